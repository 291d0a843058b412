"""Gibbs sweeps of the latent class model on capture patterns.

A sweep divides the persons of each pattern among the classes and draws all parameters anew given
the division; its cost hangs on the number of patterns, not on that of persons. It empties and
fills classes, where a trajectory of `hamiltonian` has to climb; the trajectory moves the number of
persons, where sweeps only creep.

References
----------
Manrique-Vallier (2016), Biometrics 72, 1246-1254; Ishwaran and James (2001), Journal of the
American Statistical Association 96, 161-173.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.lanes import (
    LANES,
    exp,
    first,
    larger,
    load,
    log,
    root,
    same,
    store,
)
from everyname.estimation.kernels.latent_class_lanes import EMPTY
from everyname.estimation.kernels.random_numbers import binomial, gamma, uniform

# Longest and shortest stick in units of -log(1 - V), so that no coordinate is infinite.
_LONGEST = 1e300
_SHORTEST = 1e-300


@njit(cache=True, nogil=True)
def _log(x: float) -> float:
    result: float = first(log(same(x)))
    return result


@njit(cache=True, nogil=True)
def _exp(x: float) -> float:
    result: float = first(exp(same(x)))
    return result


@njit(cache=True, nogil=True, error_model="numpy")
def _log_gamma_draw(shape: float, state: NDArray[np.uint64], lane: int) -> float:
    """Draw the logarithm of a gamma variable, for any shape above 0."""
    if shape >= 1.0:
        return _log(gamma(shape, state, lane))
    u = 1.0 - uniform(state, lane)
    return _log(gamma(shape + 1.0, state, lane)) + _log(u) / shape


@njit(cache=True, nogil=True, error_model="numpy")
def _divide(
    n: float,
    chances: NDArray[np.float64],
    n_classes: int,
    state: NDArray[np.uint64],
    lane: int,
    size: NDArray[np.float64],
) -> None:
    """Divide n persons among the classes, adding to `size`; the division is left in `chances`."""
    left = 0.0
    last = 0
    for k in range(n_classes):
        left += chances[k]
        if chances[k] > 0.0:
            last = k
    for k in range(n_classes):
        if n <= 0.0:
            chances[k] = 0.0
            continue
        p = chances[k]
        if k >= last or p >= left:
            drawn = n if (k == last or p >= left) else 0.0
        else:
            drawn = binomial(n, p / left, state, lane)
        left -= p
        chances[k] = drawn
        size[k] += drawn
        n -= drawn


@njit(cache=True, nogil=True, error_model="numpy")
def gibbs_sweep(  # noqa: C901 - one pass over memory, calls would cost
    position: NDArray[np.float64],
    missed: NDArray[np.float64],
    histories: NDArray[np.int8],
    counts: NDArray[np.float64],
    centre: NDArray[np.float64],
    stretch: float,
    n_classes: int,
    a: float,
    b: float,
    state: NDArray[np.uint64],
    memory: NDArray[np.float64],
    tally: NDArray[np.float64],
) -> None:
    """Draw all parameters of four chains given the division of persons, and that division.

    Parameters
    ----------
    position
        Coordinates as in `lanes_gradient`, changed in place.
    missed
        Unrecorded persons of the chains (4,); not changed.
    histories, counts
        Patterns (M, J) and persons with each (M,).
    centre, stretch, n_classes, a, b
        As in `lanes_gradient`.
    state
        Random state of four chains.
    memory
        Scratch memory, 8 * K * J + 8 * K + 2 * K + K * J floats.
    tally
        Sweeps after which so many classes held persons, shape (4, K + 1): counted on.
    """
    n_patterns, n_lists = histories.shape
    edge = n_classes * n_lists
    lam = memory[: 4 * edge]
    esc = memory[4 * edge : 8 * edge]
    weight = memory[8 * edge : 8 * edge + 4 * n_classes]
    lengths = memory[8 * edge + 4 * n_classes : 8 * edge + 8 * n_classes]
    rest = memory[8 * edge + 8 * n_classes :]
    total = same(0.0)
    left = same(1.0)
    one = same(1.0)
    for k in range(n_classes):
        if k < n_classes - 1:
            length = exp(load(position, 4 * (edge + k)))
            total = total + length
            go_on = exp(same(0.0) - length)
        else:
            go_on = same(0.0)
        w = left * (1.0 - go_on)
        left = left * go_on
        store(weight, 4 * k, w)
        inverse = one / root(larger(w, same(1e-100)) * stretch + EMPTY)
        for j in range(n_lists):
            i = 4 * (k * n_lists + j)
            odds = exp(load(position, i) * inverse + centre[j])
            e = one / (odds + 1.0)
            store(esc, i, e)
            store(lam, i, odds * e)
    store(lengths, 0, total)
    chances = rest[:n_classes]
    size = rest[n_classes : 2 * n_classes]
    within = rest[2 * n_classes : 2 * n_classes + edge]
    for c in range(LANES):
        alpha = gamma(n_classes - 1 + a, state, c) / (b + lengths[c])
        size[:] = 0.0
        within[:] = 0.0
        for m in range(n_patterns):
            for k in range(n_classes):
                chances[k] = weight[4 * k + c]
            for j in range(n_lists):
                factors = lam if histories[m, j] > 0 else esc
                for k in range(n_classes):
                    chances[k] *= factors[4 * (k * n_lists + j) + c]
            _divide(counts[m], chances, n_classes, state, c, size)
            for k in range(n_classes):
                if chances[k] > 0.0:
                    for j in range(n_lists):
                        if histories[m, j] > 0:
                            within[k * n_lists + j] += chances[k]
        for k in range(n_classes):
            p = weight[4 * k + c]
            for j in range(n_lists):
                p *= esc[4 * (k * n_lists + j) + c]
            chances[k] = p
        _divide(missed[c], chances, n_classes, state, c, size)
        occupied = 0
        for k in range(n_classes):
            if size[k] > 0.0:
                occupied += 1
        tally[c, occupied] += 1.0
        behind = 0.0
        for k in range(n_classes - 1, -1, -1):
            persons = size[k]
            if k < n_classes - 1:
                if persons + behind <= 0.0:
                    length = -_log(1.0 - uniform(state, c)) / alpha
                else:
                    odds = _log(gamma(1.0 + persons, state, c)) - _log_gamma_draw(
                        alpha + behind, state, c
                    )
                    length = odds if odds > 40.0 else _log(1.0 + _exp(odds))
                lengths[4 * k + c] = min(max(length, _SHORTEST), _LONGEST)
            behind += persons
            for j in range(n_lists):
                i = 4 * (k * n_lists + j) + c
                if persons > 0.0:
                    seen = within[k * n_lists + j]
                    lam[i] = gamma(1.0 + seen, state, c)
                    esc[i] = gamma(1.0 + persons - seen, state, c)
                else:
                    u = uniform(state, c)
                    lam[i] = u + 1e-300
                    esc[i] = 1.0 - u
    left = one
    for k in range(n_classes):
        if k < n_classes - 1:
            length = load(lengths, 4 * k)
            store(position, 4 * (edge + k), log(length))
            go_on = exp(same(0.0) - length)
        else:
            go_on = same(0.0)
        w = left * (1.0 - go_on)
        left = left * go_on
        factor = root(larger(w, same(1e-100)) * stretch + EMPTY)
        for j in range(n_lists):
            i = 4 * (k * n_lists + j)
            x = log(load(lam, i) / load(esc, i))
            store(position, i, (x - centre[j]) * factor)
