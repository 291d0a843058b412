"""Chao's lower bound as a log-linear model of the capture patterns."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

_STEPS = 200
_CLOSE = 1e-10
# Cells above exp(30) persons do not occur; the limit keeps a diverging fit from overflowing.
_LARGEST_LOG = 30.0


def chao_log_linear_fit(
    histories: NDArray[np.int8], counts: NDArray[np.int64]
) -> tuple[float, float] | None:
    """Fit Chao's log-linear model with an effect of each list by maximum likelihood.

    The logarithm of the expected count of a pattern is a constant, plus an effect of each list
    that holds the person, plus one term max(0, j - i + 1) for each i from 3 to L, where j is the
    number of lists that hold the person. Terms with a negative coefficient contradict the
    heterogeneity they stand for; they are dropped and the model fitted again. The exponential of
    the constant bounds the unrecorded.

    Parameters
    ----------
    histories
        Distinct capture patterns, 0 or 1, shape (k, L).
    counts
        Persons with each pattern, shape (k,).

    Returns
    -------
    The bound on the unrecorded (persons) and the variance of observed + bound; None where the
    fit does not converge or its information matrix is singular.

    References
    ----------
    Rivest and Baillargeon (2007), Biometrics 63, 999-1006; Baillargeon and Rivest (2007), Journal
    of Statistical Software 19(5).
    """
    n_lists = histories.shape[1]
    cells = np.array(list(product((0, 1), repeat=n_lists))[1:], dtype=np.float64)
    places = 2 ** np.arange(n_lists - 1, -1, -1)
    observed = np.zeros(len(cells))
    np.add.at(observed, histories.astype(np.int64) @ places - 1, counts)
    held = cells.sum(axis=1)
    fixed = np.column_stack([np.ones(len(cells)), cells])
    terms = [np.maximum(0.0, held - i + 1) for i in range(3, n_lists + 1)]
    while True:
        fit = _poisson(np.column_stack([fixed, *terms]), observed)
        if fit is None:
            return None
        coefficients, covariance = fit
        kept = [
            term
            for term, value in zip(terms, coefficients[fixed.shape[1] :], strict=True)
            if value >= 0
        ]
        if len(kept) == len(terms):
            bound = float(np.exp(coefficients[0]))
            return bound, bound + bound**2 * float(covariance[0, 0])
        terms = kept


def _poisson(
    design: NDArray[np.float64], observed: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Maximise a Poisson likelihood with a log link by iterated weighted least squares."""
    predictor = np.log(observed + 0.5)
    previous = np.full(design.shape[1], np.inf)
    for _ in range(_STEPS):
        mean = np.exp(np.clip(predictor, -_LARGEST_LOG, _LARGEST_LOG))
        weighted = design.T * mean
        working = predictor + (observed - mean) / mean
        try:
            coefficients = np.linalg.solve(weighted @ design, weighted @ working)
            if np.max(np.abs(coefficients - previous)) < _CLOSE:
                return coefficients, np.linalg.inv(weighted @ design)
        except np.linalg.LinAlgError:
            return None
        previous = coefficients
        predictor = np.clip(design @ coefficients, -_LARGEST_LOG, _LARGEST_LOG)
    return None
