"""Forward selection of two-list interactions in Poisson log-linear models, table after table.

Cells and coefficients are numbered as in `pattern_model`.
"""

from __future__ import annotations

from math import erfc, exp, inf, lgamma, log, nan, pi, sqrt

import numpy as np
from numba import njit

from everyname.estimation.kernels.pattern_model import (
    Floats,
    Integers,
    Marks,
    add_supersets,
    estimable,
    fit,
)

# Beyond this mean the terms of a tail are too many to be summed: it is normal to four digits.
_MANY = 1e9
_FAR = 300.0


@njit(cache=True, nogil=True, error_model="numpy")
def select(
    counts: Floats, lists: int, threshold: float, order: Integers, means: Floats
) -> tuple[int, float, float]:
    """Select the interactions for one table and fit the model.

    Starting from an effect of each list, the pair of lists whose overlap is least compatible with
    the model is added, by the one-sided Poisson p-value of the overlap, as long as that value is
    below the threshold. A pair whose addition leaves the extended estimate without existence or
    identification is passed over. Where a pair of the model has no overlap its coefficient is
    minus infinity: its cells are left out.

    Parameters
    ----------
    counts
        Persons in each cell, shape (2^L,); the first, of the unrecorded, is 0.
    lists
        Number of lists, L.
    threshold
        Largest p-value that is added.
    order
        Receives the masks of the pairs in the order of their selection, shape (L (L - 1) / 2,).
    means
        Receives the fitted counts, shape (2^L,).

    Returns
    -------
    Pairs selected, logarithm of the estimated unrecorded, and its variance; nan for the last two
    where the model with effects of the lists alone has no estimate.

    References
    ----------
    Chan, Silverman and Vincent (2021), Journal of the American Statistical Association 116,
    1297-1306.
    """
    totals = counts.copy()
    add_supersets(totals, lists)
    reach = np.ones(len(counts), dtype=np.bool_)
    reach[0] = False
    masks = np.zeros(1 + lists + lists * (lists - 1) // 2, dtype=np.int64)
    coefficients = np.zeros(len(masks))
    number = _effects(totals, lists, reach, masks, coefficients)
    if not estimable(counts, reach, masks[:number], lists):
        return 0, nan, nan
    variance = fit(totals, reach, masks[:number], lists, coefficients[:number], means)
    chosen = 0
    limit = log(threshold) if threshold > 0 else -inf
    passed = np.zeros(len(counts), dtype=np.bool_)
    while variance == variance:
        pair = _least_compatible(totals, means, lists, passed, limit)
        if pair == 0:
            return chosen, coefficients[0], variance
        passed[pair] = True
        kept = reach
        if totals[pair] == 0:
            kept = _without(reach, pair)
            grown = number
        else:
            masks[number] = pair
            coefficients[number] = 0.0
            grown = number + 1
        if estimable(counts, kept, masks[:grown], lists):
            number, reach = grown, kept
            order[chosen] = pair
            chosen += 1
            variance = fit(totals, reach, masks[:number], lists, coefficients[:number], means)
    return chosen, nan, nan


@njit(cache=True, nogil=True, error_model="numpy")
def select_each(
    tables: Integers,
    cells: Integers,
    lists: int,
    threshold: float,
    unrecorded: Floats,
    orders: Integers,
) -> None:
    """Select and fit for each of many tables.

    Parameters
    ----------
    tables
        Persons in the cells that are not empty, a row a table, shape (tables, k).
    cells
        Which cells these are, shape (k,).
    lists
        Number of lists, L.
    threshold
        Largest p-value that is added.
    unrecorded
        Receives the estimates (persons), shape (tables,): infinity where there is none.
    orders
        Receives the masks of the selected pairs in their order, then 0, shape
        (tables, L (L - 1) / 2).
    """
    counts = np.zeros(1 << lists)
    means = np.zeros(1 << lists)
    for row in range(len(tables)):
        for place in range(len(cells)):
            counts[cells[place]] = tables[row, place]
        _, constant, _ = select(counts, lists, threshold, orders[row], means)
        unrecorded[row] = exp(constant) if constant == constant else inf


@njit(cache=True, nogil=True, error_model="numpy")
def log_tail(count: float, mean: float) -> float:
    """Logarithm of the Poisson probability of a count at least as far out, on its own side.

    Summed from the count away from the mean, so that it does not underflow: P(X <= count) where
    the count is at most the mean, P(X >= count) otherwise.
    """
    if mean <= 0:
        return 0.0 if count == 0 else -inf
    term, total = 1.0, 1.0
    at = count
    if mean > _MANY and abs(count - mean) < 1e-3 * mean:
        return _normal_tail(mean, count / mean - 1)
    while term > 1e-17 * total:
        if count <= mean:
            if at == 0:
                break
            term *= at / mean
            at -= 1
        else:
            at += 1
            term *= mean / at
        total += term
    return count * log(mean) - mean - lgamma(count + 1) + log(total)


@njit(cache=True, nogil=True, error_model="numpy")
def _normal_tail(mean: float, off: float) -> float:
    """Logarithm of the tail beyond a count that is off by a small share, from its deviance."""
    half = mean * off**2 * (1 - off / 3 + off**2 / 6 - off**3 / 10) / 2
    if half > _FAR:
        return -half - log(2 * sqrt(pi * half))
    return log(erfc(sqrt(half)) / 2)


@njit(cache=True, nogil=True, error_model="numpy")
def _effects(
    totals: Floats, lists: int, reach: Marks, masks: Integers, coefficients: Floats
) -> int:
    """Set up the constant and the effects of the lists that hold anyone.

    They start as if twice the recorded existed and the lists were independent.
    """
    everyone = 2 * totals[0]
    coefficients[0] = log(everyone)
    number = 1
    for bit in range(lists):
        size = totals[1 << bit]
        if size == 0:
            # A list that holds nobody: its effect is minus infinity.
            for cell in range(len(reach)):
                if cell & (1 << bit):
                    reach[cell] = False
            continue
        coefficients[0] += log(1 - size / everyone)
        coefficients[number] = log(size / (everyone - size))
        masks[number] = 1 << bit
        number += 1
    return number


@njit(cache=True, nogil=True, error_model="numpy")
def _least_compatible(
    totals: Floats, means: Floats, lists: int, passed: Marks, limit: float
) -> int:
    """Find the pair with the smallest p-value below the limit; 0 where there is none."""
    expected = means.copy()
    add_supersets(expected, lists)
    best, found = limit, 0
    for first in range(lists):
        for second in range(first + 1, lists):
            pair = (1 << first) | (1 << second)
            if passed[pair] or totals[1 << first] == 0 or totals[1 << second] == 0:
                continue
            value = log_tail(totals[pair], expected[pair])
            if value < best:
                best, found = value, pair
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def _without(reach: Marks, pair: int) -> Marks:
    kept = reach.copy()
    for cell in range(len(kept)):
        if cell & pair == pair:
            kept[cell] = False
    return kept
