"""The likelihood of the number of persons, with everything else at its best for that number.

Given a total of N persons, a log-linear model is fitted to the table with N less the recorded in
the cell of those in no list. The multinomial profile log-likelihood of N is

    log N! - log (N - n)! + sum of y log(m / N), n recorded,

over all cells, with factorials as gamma functions.

References
----------
Cormack (1992), Biometrics 48, 567-576.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, lgamma, log
from statistics import NormalDist
from typing import Any

import numpy as np
from numba import njit

from everyname.estimation.kernels.poisson_regression import Array, newton

# Logarithms of the unrecorded between which limits are looked for: below a thousandth of a person
# is none, and above 100,000 times the recorded there is no limit (and no digit left in the sums).
LOWEST, SPAN = -7.0, 11.5
CLOSE = 1e-8
ROUNDS = 200
SCAN = 0.25
_GOLDEN, _GOLDEN_ROUNDS = 0.6180339887498949, 40


@dataclass(frozen=True, slots=True)
class ProfileInterval:
    """The maximum of a profile likelihood and where it has fallen by a given amount.

    Attributes
    ----------
    point, low, high
        Numbers of the unrecorded; `low` is 0 where the likelihood does not fall so far above it,
        `high` infinite where it does not within any number of use.
    maximum
        Profile log-likelihood at `point`, up to a constant of the table.
    """

    point: float
    low: float
    high: float
    maximum: float


def profile_interval(
    design: Array, counts: Array, level: float, *, start: float, hidden: Array | None = None
) -> ProfileInterval:
    """Find the maximum and the interval of a model that has a maximum likelihood estimate.

    Parameters
    ----------
    design, counts
        Observable cells, shape (c, p) and (c,).
    level
        Nominal coverage.
    start
        A number of the unrecorded to start from, above 0.
    hidden
        Row of the design for the cell of those in no list, shape (p,); 1, 0, ..., 0 where absent.
    """
    full, spread = with_hidden(design, counts, hidden)
    fall = NormalDist().inv_cdf((1 + level) / 2) ** 2 / 2
    point, maximum, low, high = fallen_from_peak(full, spread, log(max(start, 1e-3)), fall)
    return _interval(point, low, high, maximum, float(counts.sum()))


def interval_of(
    height: Callable[[float], float], recorded: float, level: float, *, start: float
) -> ProfileInterval:
    """Find the maximum and the interval of any profile log-likelihood of the unrecorded.

    Parameters
    ----------
    height
        The profile log-likelihood of a number of the unrecorded; it rises to one maximum.
    recorded
        Persons in at least one list.
    level
        Nominal coverage.
    start
        A number of the unrecorded to start from, above 0.
    """

    def at(log_number: float) -> float:
        return height(exp(log_number))

    highest = log(recorded) + SPAN
    here = min(max(log(max(start, 1e-3)), LOWEST), highest)
    move = SCAN if at(here + SCAN) > at(here) else -SCAN
    while LOWEST < here < highest and at(here + move) > at(here):
        here += move
    point = here
    if LOWEST < here < highest:
        below, above = here - SCAN, here + SCAN
        for _ in range(_GOLDEN_ROUNDS):
            left, right = above - _GOLDEN * (above - below), below + _GOLDEN * (above - below)
            below, above = (left, above) if at(left) < at(right) else (below, right)
        point = (below + above) / 2
    maximum = at(point)
    floor = maximum - NormalDist().inv_cdf((1 + level) / 2) ** 2 / 2
    limits = [_crossing(at, floor, point, end) for end in (LOWEST, highest)]
    return _interval(point, limits[0], limits[1], maximum, recorded)


def _crossing(at: Callable[[float], float], floor: float, near: float, end: float) -> float:
    """Find where a function falls below `floor` between `near` and `end`; `end` if nowhere."""
    move = SCAN if end > near else -SCAN
    far = near
    while at(far) >= floor:
        if (end - far) * move <= 0:
            return end
        near, far = far, far + move
    while abs(far - near) > CLOSE:
        middle = (near + far) / 2
        near, far = (middle, far) if at(middle) >= floor else (near, middle)
    return (near + far) / 2


def _interval(
    point: float, low: float, high: float, maximum: float, recorded: float
) -> ProfileInterval:
    numbers = [number(value, recorded) for value in (point, low, high)]
    return ProfileInterval(numbers[0], numbers[1], numbers[2], maximum)


def with_hidden(design: Array, counts: Array, hidden: Array | None = None) -> tuple[Array, Array]:
    """Put the cell of those in no list first, with a count to be filled in."""
    row = np.eye(1, design.shape[1]) if hidden is None else hidden[None, :]
    return np.ascontiguousarray(np.vstack([row, design]), dtype=np.float64), np.append(0.0, counts)


def number(log_number: float, recorded: float) -> float:
    """Turn a logarithm into a number of the unrecorded: 0 or infinite at the ends of the range."""
    if log_number <= LOWEST:
        return 0.0
    return exp(log_number) if log_number < log(recorded) + SPAN else inf


@njit(cache=True, nogil=True)
def _digamma(x: float) -> Any:  # noqa: ANN401
    result = 0.0
    while x < 10.0:
        result -= 1.0 / x
        x += 1.0
    square = 1.0 / (x * x)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    return result + np.log(x) - 0.5 / x - series


@njit(cache=True, nogil=True)
def profile(
    design: Array, counts: Array, log_number: float, predictor: Array, memory: Array, factor: Array
) -> Any:  # noqa: ANN401
    """Give the profile log-likelihood and its slope in the number, at exp(log_number)."""
    number = np.exp(log_number)
    counts[0] = number
    total = counts.sum()
    value, _ = newton(design, counts, predictor, memory, factor)
    height = lgamma(total + 1.0) - lgamma(number + 1.0) + value + total - total * np.log(total)
    slope = _digamma(total + 1.0) - _digamma(number + 1.0) + predictor[0] - np.log(total)
    return height, slope


@njit(cache=True, nogil=True)
def restart(counts: Array, log_number: float, predictor: Array) -> None:
    """Fill in the number of the unrecorded and start the fit from the counts."""
    counts[0] = np.exp(log_number)
    for i in range(len(counts)):
        predictor[i] = np.log(counts[i] + 0.5)


@njit(cache=True, nogil=True)
def peak(design: Array, counts: Array, start: float) -> Any:  # noqa: ANN401
    """Find where the slope is 0; the end of the range where it is not within it."""
    size = design.shape[1]
    memory, factor, predictor = np.zeros(size), np.zeros((size, size)), np.zeros(len(counts))
    highest = np.log(counts[1:].sum()) + SPAN
    restart(counts, start, predictor)
    below = start
    height, slope_below = profile(design, counts, below, predictor, memory, factor)
    while slope_below < 0.0 and below > LOWEST:
        below -= SCAN
        height, slope_below = profile(design, counts, below, predictor, memory, factor)
    if slope_below < 0.0:
        return LOWEST, height
    above = below
    slope_above = slope_below
    while slope_above > 0.0 and above < highest:
        below, slope_below = above, slope_above
        above += SCAN
        height, slope_above = profile(design, counts, above, predictor, memory, factor)
    if slope_above > 0.0:
        return highest, height
    middle = above
    for _ in range(ROUNDS):
        if above - below < CLOSE:
            break
        middle = (above + below) / 2
        height, slope = profile(design, counts, middle, predictor, memory, factor)
        if slope > 0.0:
            below = middle
        else:
            above = middle
    return middle, height


@njit(cache=True, nogil=True)
def fallen_from_peak(design: Array, counts: Array, start: float, fall: float) -> Any:  # noqa: ANN401
    """Give the logarithm of the best number, its height, and where the profile fell on each side.

    With a `fall` of 0 the sides are not looked for.
    """
    point, maximum = peak(design, counts, start)
    limits = np.full(2, point)
    if fall > 0.0:
        for side in range(2):
            move = SCAN if side == 1 else -SCAN
            limits[side] = _fallen(design, counts, point, maximum, fall, move)
    return point, maximum, limits[0], limits[1]


@njit(cache=True, nogil=True)
def _fallen(
    design: Array, counts: Array, point: float, maximum: float, fall: float, move: float
) -> Any:  # noqa: ANN401
    """Find where the profile has fallen, going from the maximum in steps of `move`."""
    size = design.shape[1]
    memory, factor, predictor = np.zeros(size), np.zeros((size, size)), np.zeros(len(counts))
    highest = np.log(counts[1:].sum()) + SPAN
    restart(counts, point, predictor)
    near, far = point, point
    while True:
        near, far = far, far + move
        if far < LOWEST or far > highest:
            return far
        height, _ = profile(design, counts, far, predictor, memory, factor)
        if maximum - height > fall:
            break
    for _ in range(ROUNDS):
        if abs(far - near) < CLOSE:
            break
        middle = (near + far) / 2
        height, _ = profile(design, counts, middle, predictor, memory, factor)
        if maximum - height > fall:
            far = middle
        else:
            near = middle
    return (near + far) / 2
