"""What an estimate leaves open, read from its draws or its interval."""

from __future__ import annotations

from math import log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.result import Estimate, PosteriorEstimate

_NOBODY = 0.5


def draws_of(result: Estimate) -> NDArray[np.float64] | None:
    """Give the draws of a posterior in one row, shape (draws,), or None where it has none."""
    if isinstance(result, PosteriorEstimate) and result.draws is not None:
        return np.asarray(result.draws, dtype=np.float64).reshape(-1)
    return None


def log_moments(result: Estimate, floor: float) -> tuple[float, float]:
    """Give mean and variance of log(number - floor), taken as normal.

    Draws give them directly. Otherwise the point gives the mean, and the length of the interval
    on that scale the standard deviation; where the lower limit is cut off at the recorded
    persons, the length of its upper half.

    Parameters
    ----------
    result
        An estimate.
    floor
        Persons below which the number cannot lie, at most the recorded. A number within half a
        person of it counts as half a person above.

    Returns
    -------
    Mean and variance, both without unit.
    """
    draws = draws_of(result)
    if draws is not None:
        logs = np.log(np.maximum(draws - floor, _NOBODY))
        return float(logs.mean()), float(logs.var())
    point = log(max(result.point - floor, _NOBODY))
    z = NormalDist().inv_cdf((1 + result.level) / 2)
    high = log(max(result.high - floor, _NOBODY))
    if result.low <= result.observed or result.low - floor < _NOBODY:
        return point, ((high - point) / z) ** 2
    return point, ((high - log(result.low - floor)) / (2 * z)) ** 2


def log_halves(result: Estimate, floor: float) -> tuple[float, float]:
    """Give the variances of log(number - floor) below and above the point, each taken as normal.

    An interval can reach much further up than down, as where it is widened for what the lists
    cannot tell. Of draws, and where the lower limit is cut off at the recorded persons, both are
    the variance that `log_moments` gives.
    """
    _, whole = log_moments(result, floor)
    if (
        draws_of(result) is not None
        or result.low <= result.observed
        or result.low - floor < _NOBODY
    ):
        return whole, whole
    z = NormalDist().inv_cdf((1 + result.level) / 2)
    low, point, high = (
        log(max(number - floor, _NOBODY)) for number in (result.low, result.point, result.high)
    )
    return ((point - low) / z) ** 2, ((high - point) / z) ** 2


def moments(result: Estimate) -> tuple[float, float]:
    """Give mean and variance of the number of persons (persons, persons squared).

    From the draws; else from the point and the standard error in the settings; else from the
    interval, read as log-normal in the unrecorded.
    """
    draws = draws_of(result)
    if draws is not None:
        return float(draws.mean()), float(draws.var())
    error = result.settings.get("standard_error")
    if isinstance(error, int | float):
        return result.point, float(error) ** 2
    variance = log_moments(result, result.observed)[1]
    return result.point, result.unrecorded**2 * float(np.expm1(variance))


def sampled(result: Estimate, size: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Give draws of the number of persons, shape (size,), in random order.

    A posterior's own draws where there are any, each about equally often; otherwise a log-normal
    number of unrecorded with the point as its median and the interval of the result.
    """
    draws = draws_of(result)
    if draws is not None:
        return rng.permutation(np.resize(rng.permutation(draws), size))
    mean, variance = log_moments(result, result.observed)
    return result.observed + rng.lognormal(mean, sqrt(variance), size)
