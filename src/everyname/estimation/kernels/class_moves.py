"""Moves between arrangements of the classes: labels exchanged, a class drawn anew.

Steps along the gradient do not lead from one mode of the latent class posterior to another. These
Metropolis-Hastings moves change a whole class at once.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.capped_density import capped_density


@njit(cache=True, nogil=True)
def log_weights(theta: NDArray[np.float64], lists: int, out: NDArray[np.float64]) -> None:
    """Logs of the classes' weights from the logits of the sticks."""
    classes = out.size
    left = 0.0
    for k in range(classes - 1):
        x = theta[classes * lists + k]
        large = -math.log1p(math.exp(-abs(x)))
        small = large - abs(x)
        out[k] = left + (large if x >= 0.0 else small)
        left += small if x >= 0.0 else large
    out[classes - 1] = left


@njit(cache=True, nogil=True)
def sticks(weights: NDArray[np.float64], lists: int, theta: NDArray[np.float64]) -> None:
    """Put the logits of the sticks into `theta` from logs of weights."""
    classes = weights.size
    left = weights[classes - 1]
    for k in range(classes - 2, -1, -1):
        theta[classes * lists + k] = weights[k] - left
        high = max(left, weights[k])
        left = high + math.log(math.exp(left - high) + math.exp(weights[k] - high))


@njit(cache=True, nogil=True)
def log_weight_density(weights: NDArray[np.float64], a: float, b: float) -> float:
    """Log prior density of the weights (not of the sticks), alpha integrated out."""
    classes = weights.size
    last = float(weights[classes - 1])
    value: float = -last - (a + classes - 1) * math.log(b - last)
    left = math.exp(last)
    for k in range(classes - 2, 0, -1):
        left += math.exp(weights[k])
        value -= math.log(max(left, 1e-300))
    return value


@njit(cache=True, nogil=True)
def exchange_labels(
    rng: np.random.Generator,
    theta: NDArray[np.float64],
    lists: int,
    prior: NDArray[np.float64],
    tries: int,
    weights: NDArray[np.float64],
) -> None:
    """Exchange the labels of two classes, `tries` times: the likelihood stays as it is."""
    classes = weights.size
    log_weights(theta, lists, weights)
    now = log_weight_density(weights, prior[0], prior[1])
    moved = False
    for _ in range(tries):
        k, m = rng.integers(0, classes), rng.integers(0, classes)
        weights[k], weights[m] = weights[m], weights[k]
        then = log_weight_density(weights, prior[0], prior[1])
        if k != m and math.log(rng.random()) < then - now:
            now = then
            moved = True
            for j in range(lists):
                x = theta[k * lists + j]
                theta[k * lists + j] = theta[m * lists + j]
                theta[m * lists + j] = x
        else:
            weights[k], weights[m] = weights[m], weights[k]
    if moved:
        sticks(weights, lists, theta)


@njit(cache=True, nogil=True)
def renew(
    rng: np.random.Generator,
    theta: NDArray[np.float64],
    patterns: NDArray[np.int8],
    counts: NDArray[np.float64],
    prior: NDArray[np.float64],
    power: float,
    tries: int,
    work: NDArray[np.float64],
    spare: NDArray[np.float64],
) -> None:
    """Draw lambda of a class, or of a class in one list, from its prior, `tries` times."""
    lists = patterns.shape[1]
    classes = work.shape[1]
    none = np.empty(0)
    _, now, _ = capped_density(theta, patterns, counts, prior, power, work, none)
    for _ in range(tries):
        k = rng.integers(0, classes)
        only = rng.integers(0, 2 * lists)
        spare[:] = theta
        for j in range(lists):
            if only >= lists or only == j:
                x = rng.random()
                spare[k * lists + j] = math.log(x / (1.0 - x))
        _, then, _ = capped_density(spare, patterns, counts, prior, power, work, none)
        # The prior is the proposal: what is left is the likelihood.
        if math.log(rng.random()) < power * (then - now):
            theta[:] = spare
            now = then
