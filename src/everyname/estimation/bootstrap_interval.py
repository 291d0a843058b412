"""The bootstrap interval that is corrected for bias and acceleration (BCa)."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

_NORMAL = NormalDist()
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class BootstrapInterval:
    """An interval from bootstrap replicates, and the corrections that it rests on.

    Attributes
    ----------
    low, high
        Limits, in the unit of the estimate; infinity where so many replicates are infinite.
    bias_correction
        Normal quantile of the share of replicates below the estimate, z0.
    acceleration
        How fast the standard error changes with the estimate, a.
    low_share, high_share
        Shares of the replicates' distribution at which the limits lie: 0.025 and 0.975 at the
        level 0.95 without corrections.
    """

    low: float
    high: float
    bias_correction: float
    acceleration: float
    low_share: float
    high_share: float


def bca_interval(
    point: float,
    replicates: ArrayLike,
    left_out: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    level: float = 0.95,
) -> BootstrapInterval:
    """Turn bootstrap replicates of an estimate into the BCa interval.

    Parameters
    ----------
    point
        The estimate from the data.
    replicates
        Estimates from resamples, shape (B,). Infinite ones count as above every number, nan is
        not allowed.
    left_out
        Estimates with one observation left out, all finite, shape (k,): the jackknife.
    weights
        Observations that each of these stands for, shape (k,); 1 each where absent. Persons of
        one capture pattern have the same value.
    level
        Nominal coverage between 0 and 1.

    Returns
    -------
    See `BootstrapInterval`. A replicate equal to the estimate counts half below it, and the share
    below it is kept from 0 and 1 by half a replicate, so that the bias correction is finite.

    References
    ----------
    Efron (1987), Journal of the American Statistical Association 82, 171-185; DiCiccio and Efron
    (1996), Statistical Science 11, 189-228; quantiles of the replicates: type 7 of Hyndman and Fan
    (1996), The American Statistician 50, 361-365.
    """
    ordered = np.sort(np.asarray(replicates, dtype=np.float64))
    # Equal but for rounding: two tables may have one estimate by different sums.
    equal = np.isclose(ordered, point, rtol=_EQUAL, atol=0)
    share = np.mean((ordered < point) & ~equal) + np.mean(equal) / 2
    margin = 0.5 / len(ordered)
    bias = _NORMAL.inv_cdf(float(np.clip(share, margin, 1 - margin)))
    factor = acceleration(left_out, weights)
    low_share = _corrected((1 - level) / 2, bias, factor)
    high_share = _corrected((1 + level) / 2, bias, factor)
    return BootstrapInterval(
        low=_quantile(ordered, low_share),
        high=_quantile(ordered, high_share),
        bias_correction=bias,
        acceleration=factor,
        low_share=low_share,
        high_share=high_share,
    )


def acceleration(left_out: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Estimate the acceleration from the jackknife: a sixth of the skewness of its influences.

    Parameters
    ----------
    left_out
        Estimates with one observation left out, shape (k,).
    weights
        Observations that each of these stands for, shape (k,); 1 each where absent.

    Returns
    -------
    The acceleration; 0 where leaving an observation out changes nothing.

    References
    ----------
    DiCiccio and Efron (1996), Statistical Science 11, 189-228, equation 6.6.
    """
    values = np.asarray(left_out, dtype=np.float64)
    number = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=np.float64)
    influence = np.average(values, weights=number) - values
    squares = float(number @ influence**2)
    if squares == 0:
        return 0.0
    return float(number @ influence**3 / (6 * squares**1.5))


def _corrected(share: float, bias: float, factor: float) -> float:
    """Move a share of the normal distribution by the bias correction and the acceleration."""
    shifted = bias + _NORMAL.inv_cdf(share)
    shrunk = 1 - factor * shifted
    if shrunk <= 0:
        # Beyond the range in which the transformation is monotone: the end of that side.
        return 1.0 if shifted > 0 else 0.0
    return _NORMAL.cdf(bias + shifted / shrunk)


def _quantile(ordered: NDArray[np.float64], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    first, second = float(ordered[below]), float(ordered[above])
    if place == below or first == second:
        return first
    if not isfinite(second):
        return second
    return first + (place - below) * (second - first)
