"""How many are left where each list newly records a fixed share of those not yet recorded."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log, log1p, sqrt

import numpy as np

from everyname.estimation.kernels.poisson_regression import Array, poisson_fit
from everyname.estimation.kernels.profile_likelihood import ProfileInterval, interval_of


@dataclass(frozen=True, slots=True)
class RemovalFit:
    """The Poisson maximum of a removal model.

    Attributes
    ----------
    total
        Persons, recorded and not; below 0 where the newly recorded grow from list to list.
    error
        Standard error of the total.
    missed
        Share of those not yet recorded that a list misses.
    """

    total: float
    error: float
    missed: float


def removal_fit(newly: Array) -> RemovalFit | None:
    """Fit the newly recorded as a geometric sequence.

    Parameters
    ----------
    newly
        Persons whom a list is the first to record, in the order of the lists, shape (t,), t at
        least 2.

    Returns
    -------
    The fit, or None where it does not exist or the total is infinite.

    References
    ----------
    Otis, Burnham, White and Anderson (1978), Wildlife Monographs 62.
    """
    design = np.column_stack([np.ones(len(newly)), np.arange(len(newly), dtype=np.float64)])
    fit = poisson_fit(design, newly)
    if fit is None:
        return None
    missed = float(np.exp(fit.coefficients[1]))
    if missed == 1:
        return None
    total = float(np.exp(fit.coefficients[0])) / (1 - missed)
    slope = np.array([total, total * missed / (1 - missed)])
    variance = float(slope @ fit.covariance @ slope) - total
    return RemovalFit(total, sqrt(max(variance, 0.0)), missed)


def removal_interval(newly: Array, level: float, *, start: float) -> ProfileInterval:
    """Give the maximum and interval of the multinomial profile likelihood of the unrecorded.

    Parameters
    ----------
    newly
        As for `removal_fit`.
    level
        Nominal coverage.
    start
        A number of the unrecorded to start from, above 0.
    """
    recorded = float(newly.sum())
    waits = float(newly @ np.arange(len(newly)))

    def height(number: float) -> float:
        misses = waits + len(newly) * number
        share = recorded / (recorded + misses)
        return (
            lgamma(recorded + number + 1)
            - lgamma(number + 1)
            + recorded * log(share)
            + misses * log1p(-share)
        )

    return interval_of(height, recorded, level, start=start)
