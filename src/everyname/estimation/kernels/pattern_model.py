"""Poisson log-linear models of capture patterns with at most two-list terms, fitted by subset sums.

A cell is a number whose bit i says whether list i holds the person; a coefficient is the mask of
the lists it is about: 0 for the constant, one bit for the effect of a list, two for an
interaction. Sums over the cells that contain a mask give every marginal and every entry of the
information matrix, so that a step costs L 2^L + p^2 operations and not p^2 2^L.

Arrays are copied by loops: Numba takes seconds to compile the assignment of one array to a slice
of another.
"""

from __future__ import annotations

from math import exp, nan, sqrt

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.small_linear_program import balanced

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Marks = NDArray[np.bool_]

_STEPS = 100
_HALVINGS = 40
# Newton's decrement: twice what the log-likelihood can still gain. Convergence is quadratic, so
# that the step after this one is far below rounding.
_CLOSE = 1e-10
# Against diagonal entries of at least 1: the entries are whole numbers.
_SINGULAR = 1e-8


@njit(cache=True, nogil=True, error_model="numpy")
def estimable(counts: Floats, reach: Marks, masks: Integers, lists: int) -> bool:
    """Decide whether a model has an estimate, on the cells within reach, and a unique one.

    The coefficients that the positive cells do not determine must be determined by the empty
    cells, and no direction may lower empty cells alone.
    """
    gram = np.zeros(len(counts))
    for cell in range(len(counts)):
        gram[cell] = 1.0 if reach[cell] and counts[cell] > 0 else 0.0
    loose = _null_space(gram, masks, lists)
    if len(loose) == 0:
        return True
    for cell in range(len(counts)):
        gram[cell] = 1.0 if reach[cell] else 0.0
    if len(_null_space(gram, masks, lists)) > 0:
        return False
    empty = 0
    for cell in range(len(counts)):
        empty += reach[cell] and counts[cell] == 0
    rows = np.empty((len(loose), empty))
    seen = np.empty(len(counts))
    for column in range(len(loose)):
        _place(loose[column], masks, seen)
        add_subsets(seen, lists)
        place = 0
        for cell in range(len(counts)):
            if reach[cell] and counts[cell] == 0:
                rows[column, place] = seen[cell]
                place += 1
    return balanced(rows)


@njit(cache=True, nogil=True, error_model="numpy")
def fit(
    totals: Floats, reach: Marks, masks: Integers, lists: int, coefficients: Floats, means: Floats
) -> float:
    """Fit a model that has an estimate by Newton's method, from the coefficients given.

    Returns
    -------
    Variance of the constant; nan where the steps do not converge. The coefficients and the fitted
    counts are written in place.
    """
    number = len(masks)
    trial = coefficients.copy()
    information = np.empty((number, number))
    gradient = np.empty(number)
    likelihood = _predict(totals, reach, masks, lists, coefficients, means)
    for _ in range(_STEPS):
        sums = means.copy()
        add_supersets(sums, lists)
        for i in range(number):
            gradient[i] = totals[masks[i]] - sums[masks[i]]
            for j in range(i + 1):
                information[i, j] = sums[masks[i] | masks[j]]
        if not _factor(information):
            return nan
        direction = _solve(information, gradient)
        decrement = 0.0
        for i in range(number):
            decrement += direction[i] * gradient[i]
        share = 1.0
        for _ in range(_HALVINGS):
            for i in range(number):
                trial[i] = coefficients[i] + share * direction[i]
            gained = _predict(totals, reach, masks, lists, trial, means)
            # Within rounding of the maximum no step need gain.
            if gained >= likelihood - 1e-12 * abs(likelihood):
                break
            share /= 2
        for i in range(number):
            coefficients[i] = trial[i]
        likelihood = gained
        if decrement < _CLOSE:
            unit = np.zeros(number)
            unit[0] = 1.0
            return float(_solve(information, unit)[0])
    return nan


@njit(cache=True, nogil=True, error_model="numpy")
def add_supersets(values: Floats, lists: int) -> None:
    """Replace each cell's value by the sum over the cells that contain it."""
    for bit in range(lists):
        step = 1 << bit
        for cell in range(len(values)):
            if not cell & step:
                values[cell] += values[cell | step]


@njit(cache=True, nogil=True, error_model="numpy")
def add_subsets(values: Floats, lists: int) -> None:
    """Replace each cell's value by the sum over the cells that it contains."""
    for bit in range(lists):
        step = 1 << bit
        for cell in range(len(values)):
            if not cell & step:
                values[cell | step] += values[cell]


@njit(cache=True, nogil=True, error_model="numpy")
def _predict(
    totals: Floats, reach: Marks, masks: Integers, lists: int, coefficients: Floats, means: Floats
) -> float:
    """Write the expected counts and return the log-likelihood, up to a constant."""
    _place(coefficients, masks, means)
    likelihood = 0.0
    for place in range(len(masks)):
        likelihood += coefficients[place] * totals[masks[place]]
    add_subsets(means, lists)
    for cell in range(len(means)):
        means[cell] = exp(means[cell]) if reach[cell] else 0.0
        likelihood -= means[cell]
    return likelihood


@njit(cache=True, nogil=True, error_model="numpy")
def _place(coefficients: Floats, masks: Integers, values: Floats) -> None:
    """Write coefficients at their masks and 0 elsewhere."""
    for cell in range(len(values)):
        values[cell] = 0.0
    for place in range(len(masks)):
        values[masks[place]] = coefficients[place]


@njit(cache=True, nogil=True, error_model="numpy")
def _factor(matrix: Floats) -> bool:
    """Factor the lower triangle by Cholesky's method in place; False where it is singular."""
    for j in range(len(matrix)):
        for i in range(j, len(matrix)):
            value = matrix[i, j]
            for k in range(j):
                value -= matrix[i, k] * matrix[j, k]
            if i == j:
                if not value > 0:
                    return False
                matrix[j, j] = sqrt(value)
            else:
                matrix[i, j] = value / matrix[j, j]
    return True


@njit(cache=True, nogil=True, error_model="numpy")
def _solve(factor: Floats, right: Floats) -> Floats:
    solution = right.copy()
    number = len(right)
    for i in range(number):
        for k in range(i):
            solution[i] -= factor[i, k] * solution[k]
        solution[i] /= factor[i, i]
    for i in range(number - 1, -1, -1):
        for k in range(i + 1, number):
            solution[i] -= factor[k, i] * solution[k]
        solution[i] /= factor[i, i]
    return solution


@njit(cache=True, nogil=True, error_model="numpy")
def _null_space(weights: Floats, masks: Integers, lists: int) -> Floats:
    """Basis of the coefficients that cells of weight 1 do not see, shape (p - rank, p).

    By elimination of the Gram matrix with the largest remaining diagonal first; `weights` is
    overwritten.
    """
    add_supersets(weights, lists)
    number = len(masks)
    matrix = np.empty((number, number))
    for i in range(number):
        for j in range(number):
            matrix[i, j] = weights[masks[i] | masks[j]]
    pivot = np.zeros(number, dtype=np.bool_)
    rank = 0
    for _ in range(number):
        best, largest = -1, _SINGULAR
        for i in range(number):
            if not pivot[i] and matrix[i, i] > largest:
                best, largest = i, matrix[i, i]
        if best < 0:
            break
        pivot[best] = True
        rank += 1
        _eliminate(matrix, best)
    basis = np.empty((number - rank, number))
    column = 0
    for free in range(number):
        if not pivot[free]:
            for i in range(number):
                basis[column, i] = -matrix[i, free] if pivot[i] else (1.0 if i == free else 0.0)
            column += 1
    return basis


@njit(cache=True, nogil=True, error_model="numpy")
def _eliminate(matrix: Floats, best: int) -> None:
    number = len(matrix)
    divisor = matrix[best, best]
    for j in range(number):
        matrix[best, j] /= divisor
    for i in range(number):
        share = matrix[i, best]
        if i != best and share != 0:
            for j in range(number):
                matrix[i, j] -= share * matrix[best, j]
