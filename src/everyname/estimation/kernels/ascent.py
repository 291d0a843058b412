"""Ascent to a local maximum of the latent class posterior by limited-memory BFGS.

References
----------
Nocedal (1980), Mathematics of Computation 35, 773-782.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.latent_class_density import log_density_gradient

# Pairs of steps and changes of the gradient that are kept.
MEMORY = 8
# Longest step of a coordinate: far out a logit has no slope to come back by.
_LONGEST = 4.0
_SHRINK = 0.35
_TRIES = 12


@njit(cache=True, nogil=True, error_model="numpy")
def _direction(
    gradient: NDArray[np.float64],
    moves: NDArray[np.float64],
    changes: NDArray[np.float64],
    inverse: NDArray[np.float64],
    kept: int,
) -> NDArray[np.float64]:
    """Multiply the gradient by the inverse curvature of the last moves (two-loop recursion)."""
    d = gradient.copy()
    shares = np.zeros(MEMORY)
    oldest = max(0, kept - MEMORY)
    for i in range(kept - 1, oldest - 1, -1):
        j = i % MEMORY
        shares[j] = inverse[j] * np.dot(moves[j], d)
        d -= shares[j] * changes[j]
    if kept > 0:
        j = (kept - 1) % MEMORY
        d *= 1.0 / (inverse[j] * np.dot(changes[j], changes[j]))
    for i in range(oldest, kept):
        j = i % MEMORY
        d += moves[j] * (shares[j] - inverse[j] * np.dot(changes[j], d))
    return d


@njit(cache=True, nogil=True, error_model="numpy")
def ascend(
    theta: NDArray[np.float64],
    patterns: NDArray[np.float64],
    counts: NDArray[np.float64],
    n_classes: int,
    a: float,
    b: float,
    most: int,
) -> float:
    """Climb from `theta`, in place, at most `most` steps; return the log density reached.

    The parameters are those of `log_density_gradient`, with tempering 1. A climb ends where a step
    gains less than 1e-4, or nothing.
    """
    size = theta.size
    moves, changes = np.zeros((MEMORY, size)), np.zeros((MEMORY, size))
    inverse = np.zeros(MEMORY)
    slope, next_slope, place = np.empty(size), np.empty(size), np.empty(size)
    value = log_density_gradient(theta, patterns, counts, n_classes, a, b, 1.0, slope)
    kept = 0
    for step in range(most):
        d = _direction(slope, moves, changes, inverse, kept)
        rise = np.dot(d, slope)
        if not rise > 0.0:
            d[:] = slope
            rise = np.dot(slope, slope)
            kept = 0
        far = max(np.max(np.abs(d)), 1e-300)
        t = min(1.0, (_LONGEST if kept > 0 else 1.0) / far)
        reached = -np.inf
        for _ in range(_TRIES):
            place[:] = theta + t * d
            reached = log_density_gradient(
                place, patterns, counts, n_classes, a, b, 1.0, next_slope
            )
            if reached >= value + 1e-4 * t * rise:
                break
            t *= _SHRINK
        if not reached >= value + 1e-4 * t * rise:
            return value
        move, change = place - theta, slope - next_slope
        curvature = np.dot(move, change)
        if curvature > 1e-10 * np.dot(change, change):
            j = kept % MEMORY
            moves[j], changes[j], inverse[j] = move, change, 1.0 / curvature
            kept += 1
        gain = reached - value
        theta[:] = place
        slope[:] = next_slope
        value = reached
        if gain < 1e-4 and step > 20:
            break
    return value
