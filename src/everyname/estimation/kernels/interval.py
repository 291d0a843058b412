"""An interval for a number that cannot lie below what is recorded."""

from __future__ import annotations

from math import exp, log1p, sqrt
from statistics import NormalDist


def log_normal(unrecorded: float, variance: float, level: float) -> tuple[float, float]:
    """Give the interval of the unrecorded, taking their logarithm as normal.

    The limits are unrecorded / C and unrecorded * C with C = exp(z sqrt(log(1 + variance /
    unrecorded^2))), so that the total never falls below the observed.

    Parameters
    ----------
    unrecorded
        Estimated number of the unrecorded (persons), above 0.
    variance
        Variance of the estimated total (persons squared).
    level
        Nominal coverage between 0 and 1, as 0.95.

    Returns
    -------
    Lower and upper limit of the unrecorded (persons).

    References
    ----------
    Burnham's transformation, as given by Chao (1987), Biometrics 43, 783-791, p. 787.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    factor = exp(z * sqrt(log1p(variance / unrecorded**2)))
    return unrecorded / factor, unrecorded * factor
