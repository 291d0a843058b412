"""Tempered posterior density of the latent class model, its number of persons capped.

The model and its parameters are those of `latent_class_density`. With P(N) proportional to 1/N up
to a cap on the unrecorded, n0 <= cap, the number integrates out to

    product over patterns x of (p_x / q) ** n_x  *  P(NegBin(n, q) <= cap),

q the probability that a person is recorded. Without the second factor the density has mass where
no number of persons is allowed, and modes near the cap weigh too much.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

# Work space of `capped_density`, rows of K numbers beyond three for each list.
ROWS = 5


@njit(cache=True, nogil=True)
def _continued_fraction(a: float, b: float, x: float) -> float:
    """Continued fraction of the incomplete beta function (Lentz's method)."""
    tiny = 1e-300
    c = 1.0
    d = 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, 100_000):
        step = m * (b - m) * x / ((a - 1.0 + 2 * m) * (a + 2 * m))
        d = 1.0 + step * d
        d = 1.0 / (d if abs(d) > tiny else tiny)
        c = 1.0 + step / c
        c = c if abs(c) > tiny else tiny
        value *= d * c
        step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1.0 + 2 * m))
        d = 1.0 + step * d
        d = 1.0 / (d if abs(d) > tiny else tiny)
        c = 1.0 + step / c
        c = c if abs(c) > tiny else tiny
        value *= d * c
        if abs(d * c - 1.0) < 1e-12:
            break
    return value


@njit(cache=True, nogil=True)
def log_within_cap(q: float, recorded: float, cap: float) -> tuple[float, float]:
    """Log of P(NegBin(recorded, q) <= cap), and its derivative in q; 0, 0 where cap is 0."""
    mean = recorded * (1.0 - q) / q
    if cap <= 0.0 or mean + 10.0 * math.sqrt(mean / q) + 10.0 < cap:
        return 0.0, 0.0
    b = cap + 1.0
    front = recorded * math.log(q) + b * math.log1p(-q)
    front += math.lgamma(recorded + b) - math.lgamma(recorded) - math.lgamma(b)
    if q > (recorded + 1.0) / (recorded + b + 2.0):
        above = front + math.log(_continued_fraction(b, recorded, 1.0 - q) / b)
        value = math.log(max(-math.expm1(min(above, 0.0)), 1e-16))
    else:
        value = front + math.log(_continued_fraction(recorded, b, q) / recorded)
    return value, math.exp(front - math.log(q) - math.log1p(-q) - value)


@njit(cache=True, nogil=True)
def _unpack(
    theta: NDArray[np.float64],
    lists: int,
    classes: int,
    a: float,
    b: float,
    work: NDArray[np.float64],
) -> float:
    """Fill `work` with lambda, weights, 1 - lambda; return the log prior of `theta`."""
    value = 0.0
    for k in range(classes):
        for j in range(lists):
            x = theta[k * lists + j]
            e = math.exp(-abs(x))
            value -= abs(x) + 2.0 * math.log1p(e)
            large, small = 1.0 / (1.0 + e), e / (1.0 + e)
            work[j, k] = large if x >= 0.0 else small
            work[lists + ROWS - 1 + j, k] = small if x >= 0.0 else large
    left = 1.0
    logs = 0.0
    for k in range(classes - 1):
        x = theta[classes * lists + k]
        e = math.exp(-abs(x))
        log_large = -math.log1p(e)
        log_small = log_large - abs(x)
        logs += log_small if x >= 0.0 else log_large
        value += log_large if x >= 0.0 else log_small
        large, small = 1.0 / (1.0 + e), e / (1.0 + e)
        work[lists, k] = left * (large if x >= 0.0 else small)
        left *= small if x >= 0.0 else large
    work[lists, classes - 1] = left
    return value - (a + classes - 1) * math.log(b - logs)


@njit(cache=True, nogil=True)
def _share(pattern: NDArray[np.int8], scale: float, work: NDArray[np.float64]) -> None:
    """Add the persons of a pattern to the classes' expected persons, in all and by list."""
    lists = pattern.size
    persons, caught, joint = lists + 3, 2 * lists + 4, 3 * lists + 4
    for k in range(work.shape[1]):
        work[joint, k] *= scale
        work[persons, k] += work[joint, k]
    for j in range(lists):
        if pattern[j]:
            for k in range(work.shape[1]):
                work[caught + j, k] += work[joint, k]


@njit(cache=True, nogil=True)
def _likelihood(
    patterns: NDArray[np.int8],
    counts: NDArray[np.float64],
    gradient: bool,  # noqa: FBT001 - compiled code takes no keywords
    work: NDArray[np.float64],
) -> float:
    """Sum of count times log p_x; with `gradient`, expected persons by class and list too."""
    n_patterns, lists = patterns.shape
    classes = work.shape[1]
    persons, caught, joint = lists + 3, 2 * lists + 4, 3 * lists + 4
    for k in range(classes):
        work[persons, k] = 0.0
        for j in range(lists):
            work[caught + j, k] = 0.0
    value = 0.0
    for i in range(n_patterns):
        for k in range(classes):
            work[joint, k] = work[lists, k]
        for j in range(lists):
            row = j if patterns[i, j] else lists + 4 + j
            for k in range(classes):
                work[joint, k] *= work[row, k]
        p = 0.0
        for k in range(classes):
            p += work[joint, k]
        p = max(p, 1e-290)
        value += counts[i] * math.log(p)
        if gradient:
            _share(patterns[i], counts[i] / p, work)
    return value


@njit(cache=True, nogil=True)
def _gradient(
    a: float,
    b: float,
    power: float,
    pull: float,
    work: NDArray[np.float64],
    out: NDArray[np.float64],
) -> None:
    """Gradient from the sums in `work`; `pull` is the derivative of the likelihood in p_0."""
    classes = work.shape[1]
    lists = (work.shape[0] - ROWS) // 3
    logs = 0.0
    for k in range(classes):
        missed = pull * work[lists, k] * work[lists + 1, k]
        for j in range(lists):
            at = work[j, k]
            gain = work[2 * lists + 4 + j, k] - at * (work[lists + 3, k] + missed)
            out[k * lists + j] = power * gain + 1.0 - 2.0 * at
        if k < classes - 1:
            x = out[classes * lists + k]  # the logit, put there by the caller
            stick = 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else 0.0
            logs += -x - math.log1p(math.exp(-x)) if x >= 0.0 else -math.log1p(math.exp(x))
            out[classes * lists + k] = stick
    slope = (a + classes - 1) / (b - logs)
    behind = (
        work[lists + 3, classes - 1]
        - pull * work[lists, classes - 1] * work[lists + 2, classes - 1]
    )
    for k in range(classes - 2, -1, -1):
        force = work[lists + 3, k] - pull * work[lists, k] * work[lists + 2, k]
        stick = out[classes * lists + k]
        out[classes * lists + k] = (1.0 - stick) * (1.0 + power * force) - stick * (
            power * behind + slope
        )
        behind += force


@njit(cache=True, nogil=True)
def capped_density(
    theta: NDArray[np.float64],
    patterns: NDArray[np.int8],
    counts: NDArray[np.float64],
    prior: NDArray[np.float64],
    power: float,
    work: NDArray[np.float64],
    out: NDArray[np.float64],
) -> tuple[float, float, float]:
    """Log density of `theta` with the likelihood to a power; its gradient goes to `out`.

    Parameters
    ----------
    theta
        Logits of lambda, class by class, then logits of the sticks; length K * J + K - 1.
    patterns
        0 and 1, shape (M, J).
    counts
        Persons with each pattern, shape (M,).
    prior
        Shape and rate of alpha's prior, and the cap on the unrecorded (0: none).
    power
        Power of the likelihood, the factor of the cap with it.
    work
        Shape (3 J + 5, K).
    out
        Takes the gradient, shape of `theta`; an empty array leaves it out.

    Returns
    -------
    Log density (without constant), log likelihood, probability of being recorded.
    """
    lists = patterns.shape[1]
    classes = work.shape[1]
    a, b, cap = prior[0], prior[1], prior[2]
    value = _unpack(theta, lists, classes, a, b, work)
    q = 0.0
    for k in range(classes):
        caught = 0.0
        escaped = 1.0
        for j in range(lists):
            caught += escaped * work[j, k]
            escaped *= work[lists + 4 + j, k]
        work[lists + 1, k] = escaped
        work[lists + 2, k] = caught
        q += work[lists, k] * caught
    q = max(q, 1e-12)
    recorded = counts.sum()
    likelihood = _likelihood(patterns, counts, out.size > 0, work) - recorded * math.log(q)
    within, slope = log_within_cap(q, recorded, cap)
    likelihood += within
    if out.size > 0:
        for k in range(classes - 1):
            out[classes * lists + k] = theta[classes * lists + k]
        _gradient(a, b, power, recorded / q - slope, work, out)
    return value + power * likelihood, likelihood, q
