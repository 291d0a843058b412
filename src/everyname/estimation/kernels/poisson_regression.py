"""Poisson regression with a log link on small tables, and proof that its maximum exists."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

EXISTS, UNPROVEN = 0, 1
_STEPS = 100
_CLOSE = 1e-9
# A Newton step that moves no log mean by one proves that the maximum exists; half of one leaves
# room for rounding.
_PROOF = 0.5
# Below these the rounding of sums of counts is as large as the pivot itself.
_PIVOT_TO_DIAGONAL = 1e-12
_PIVOT_TO_TOTAL = 1e-13
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """A Poisson log-linear model at the maximum of its likelihood.

    Attributes
    ----------
    coefficients, covariance
        Shape (p,) and (p, p).
    predictor
        Logarithm of the expected count of each cell, shape (c,).
    log_likelihood, deviance
        Of independent Poisson counts, and twice what the saturated model gains.
    """

    coefficients: Array
    covariance: Array
    predictor: Array
    log_likelihood: float
    deviance: float


def poisson_fit(design: Array, counts: Array) -> PoissonFit | None:
    """Fit by Newton's method with step halving.

    That the maximum exists is proved on the way: where a Newton step from means m to the
    coefficients moves no log mean by one or more, m (1 + X step) are positive means with the
    observed sufficient statistics, so that these lie in the interior of their cone (Fienberg and
    Rinaldo 2012, theorem 3). Where the maximum does not exist every step moves some log mean by
    one at least, and the fit ends without the proof.

    Parameters
    ----------
    design
        Shape (c, p), of full column rank; the first column is 1.
    counts
        Shape (c,), of any non-negative numbers.

    Returns
    -------
    The fit, or None where no proof of a maximum was found.

    References
    ----------
    Fienberg and Rinaldo (2012), Annals of Statistics 40, 996-1023.
    """
    fit, exists = climb(design, counts)
    return fit if exists else None


def climb(design: Array, counts: Array) -> tuple[PoissonFit, bool]:
    """Fit as `poisson_fit`, and say whether the maximum was proved to exist.

    Where it was not, the coefficients are on their way to infinity, and the covariance is NaN.
    """
    design = np.ascontiguousarray(design, dtype=np.float64)
    counts = np.ascontiguousarray(counts, dtype=np.float64)
    coefficients = np.zeros(design.shape[1])
    factor = np.zeros((design.shape[1], design.shape[1]))
    predictor = np.log(counts + 0.5)
    value, status = newton(design, counts, predictor, coefficients, factor)
    inverse: Array = np.full_like(factor, np.nan)
    if status == EXISTS:
        inverse[:] = np.linalg.inv(np.tril(factor))
    fit = PoissonFit(
        coefficients=coefficients,
        covariance=inverse.T @ inverse,
        predictor=predictor,
        log_likelihood=value + constant_of(counts),
        deviance=saturated(counts) - 2 * value,
    )
    return fit, status == EXISTS


def constant_of(counts: Array) -> float:
    """Sum the terms of a Poisson log-likelihood that no mean enters: -log y! over the cells."""
    return -sum(lgamma(count + 1) for count in counts)


def saturated(counts: Array) -> float:
    """Give twice the sum of y log y - y, the log-likelihood of the saturated model."""
    held = counts[counts > 0]
    return float(2 * (held * np.log(held) - held).sum())


@njit(cache=True, nogil=True)
def newton(
    design: Array, counts: Array, predictor: Array, coefficients: Array, factor: Array
) -> Any:  # noqa: ANN401 - a compiled function is untyped
    """Climb to the maximum; the last three arguments are overwritten.

    Parameters
    ----------
    design, counts
        Shape (c, p) and (c,).
    predictor
        Log means to start from, in or out of the model's span, shape (c,); then the fitted ones.
    coefficients
        Shape (p,); the fitted coefficients.
    factor
        Shape (p, p); the Cholesky factor of the information matrix, in the lower triangle.

    Returns
    -------
    The sum of y log m - m over the cells, and `EXISTS` or `UNPROVEN`.
    """
    cells, size = design.shape
    total = counts.sum()
    step = np.empty(size)
    moved = np.empty(cells)
    weights = np.empty(cells)
    if not _first_step(design, counts, predictor, coefficients, factor):
        return -np.inf, UNPROVEN
    value = _value(counts, predictor)
    proven = False
    for _ in range(_STEPS):
        for i in range(cells):
            weights[i] = np.exp(predictor[i])
        _information(design, weights, factor)
        if not _cholesky(factor, _PIVOT_TO_TOTAL * total):
            return value, UNPROVEN
        step[:] = 0.0
        for i in range(cells):
            residual = counts[i] - weights[i]
            for a in range(size):
                step[a] += design[i, a] * residual
        _solve(factor, step)
        _predict(design, step, moved)
        farthest = np.abs(moved).max()
        proven = proven or farthest < _PROOF
        share, value = _halved(counts, predictor, moved, value, weights)
        coefficients += share * step
        if farthest < _CLOSE:
            break
    return value, EXISTS if proven else UNPROVEN


@njit(cache=True, nogil=True)
def _first_step(
    design: Array, counts: Array, predictor: Array, coefficients: Array, factor: Array
) -> Any:  # noqa: ANN401
    """Step by weighted least squares, because the start need not lie in the model's span."""
    cells, size = design.shape
    weights = np.exp(predictor)
    _information(design, weights, factor)
    if not _cholesky(factor, 0.0):
        return False
    coefficients[:] = 0.0
    for i in range(cells):
        working = weights[i] * predictor[i] + counts[i] - weights[i]
        for a in range(size):
            coefficients[a] += design[i, a] * working
    _solve(factor, coefficients)
    total = counts.sum()
    # A start far off can lead to means that no table of this size has.
    if not _predict(design, coefficients, predictor) < np.log(total + 1.0) + 10.0:
        coefficients[:] = 0.0
        coefficients[0] = np.log((total + 0.5) / cells)
        _predict(design, coefficients, predictor)
    return True


@njit(cache=True, nogil=True)
def _halved(counts: Array, predictor: Array, moved: Array, value: float, trial: Array) -> Any:  # noqa: ANN401
    """Move the predictor by the largest share of the step that does not lose height."""
    share = 1.0
    reached = value
    for _ in range(_HALVINGS):
        for i in range(len(counts)):
            trial[i] = predictor[i] + share * moved[i]
        reached = _value(counts, trial)
        if reached >= value - 1e-12 * abs(value):
            break
        share /= 2
    for i in range(len(counts)):
        predictor[i] = trial[i]
    return share, reached


@njit(cache=True, nogil=True)
def first_variance(factor: Array) -> Any:  # noqa: ANN401
    """Give the variance of the first coefficient from the Cholesky factor."""
    size = len(factor)
    column = np.zeros(size)
    column[0] = 1.0
    result = 0.0
    for a in range(size):
        total = column[a]
        for b in range(a):
            total -= factor[a, b] * column[b]
        column[a] = total / factor[a, a]
        result += column[a] ** 2
    return result


@njit(cache=True, nogil=True)
def _value(counts: Array, predictor: Array) -> Any:  # noqa: ANN401
    total = 0.0
    for i in range(len(counts)):
        total -= np.exp(predictor[i])
        if counts[i] > 0:
            total += counts[i] * predictor[i]
    return total


@njit(cache=True, nogil=True)
def _predict(design: Array, coefficients: Array, out: Array) -> Any:  # noqa: ANN401
    highest = -np.inf
    for i in range(design.shape[0]):
        total = 0.0
        for a in range(design.shape[1]):
            total += design[i, a] * coefficients[a]
        out[i] = total
        highest = max(highest, total)
    return highest


@njit(cache=True, nogil=True)
def _information(design: Array, weights: Array, out: Array) -> None:
    out[:] = 0.0
    for i in range(design.shape[0]):
        for a in range(design.shape[1]):
            if design[i, a] == 0.0:
                continue
            weighted = weights[i] * design[i, a]
            for b in range(a + 1):
                out[a, b] += weighted * design[i, b]


@njit(cache=True, nogil=True)
def _cholesky(matrix: Array, least: float) -> Any:  # noqa: ANN401
    for a in range(len(matrix)):
        diagonal = matrix[a, a]
        for b in range(a + 1):
            total = matrix[a, b]
            for k in range(b):
                total -= matrix[a, k] * matrix[b, k]
            if a > b:
                matrix[a, b] = total / matrix[b, b]
            elif total <= _PIVOT_TO_DIAGONAL * diagonal or total <= least:
                return False
            else:
                matrix[a, a] = np.sqrt(total)
    return True


@njit(cache=True, nogil=True)
def _solve(factor: Array, vector: Array) -> None:
    size = len(vector)
    for a in range(size):
        total = vector[a]
        for b in range(a):
            total -= factor[a, b] * vector[b]
        vector[a] = total / factor[a, a]
    for a in range(size - 1, -1, -1):
        total = vector[a]
        for b in range(a + 1, size):
            total -= factor[b, a] * vector[b]
        vector[a] = total / factor[a, a]
