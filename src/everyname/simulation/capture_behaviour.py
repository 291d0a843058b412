"""How lists come to record persons: each function gives the population that follows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.simulation.capture_population import (
    CapturePopulation,
    all_histories,
    checked_chances,
)

_NODES = 64
_PERIODS = 48


def latent_classes(weights: ArrayLike, chances: ArrayLike) -> CapturePopulation:
    """Classes of persons in each of which the lists are independent.

    One class is a population of independent lists; strata of place or time, of known chances, are
    classes too.

    Parameters
    ----------
    weights
        Share of each class, shape (classes,); they are divided by their sum.
    chances
        Chance of each list to record a person of each class, shape (classes, L).

    Raises
    ------
    EstimationError
        Where the shapes differ or a number is no chance.

    References
    ----------
    Manrique-Vallier (2016), Biometrics 72, 1246-1254.
    """
    reach = np.atleast_2d(np.array(chances, dtype=np.float64))
    shares = np.atleast_1d(np.array(weights, dtype=np.float64))
    checked_chances(reach, "a chance of being recorded")
    if len(shares) != len(reach) or shares.min() < 0 or not shares.sum() > 0:
        raise EstimationError(
            f"weights {shares.tolist()} for {len(reach)} classes",
            do="Give one weight of 0 or more for each class.",
        )
    marks = all_histories(reach.shape[1]).astype(bool)
    within = np.where(marks, reach[:, None, :], 1 - reach[:, None, :]).prod(axis=2)
    return CapturePopulation(_names(reach.shape[1]), shares / shares.sum() @ within)


def independent(chances: ArrayLike) -> CapturePopulation:
    """Lists that record every person alike, independently of one another.

    Parameters
    ----------
    chances
        Chance of each list to record a person, shape (L,).

    Raises
    ------
    EstimationError
        Where a number is no chance.
    """
    return latent_classes([1.0], np.atleast_2d(np.array(chances, dtype=np.float64)))


def logit_normal(logits: ArrayLike, spread: float) -> CapturePopulation:
    """Persons who differ continuously in how easily they are recorded (Rasch).

    The logit of the chance that list j records a person is logits[j] + spread x z, with z standard
    normal over persons and the same for all lists.

    Parameters
    ----------
    logits
        Of each list for the middle person, shape (L,).
    spread
        Standard deviation over persons, 0 or more.

    Raises
    ------
    EstimationError
        Where a number is not finite or the spread is negative.

    References
    ----------
    Darroch, Fienberg, Glonek and Junker (1993), Journal of the American Statistical Association
    88, 1137-1148; Coull and Agresti (1999), Biometrics 55, 294-301.
    """
    middle = np.atleast_1d(np.array(logits, dtype=np.float64))
    if not np.isfinite(middle).all() or not 0 <= spread < np.inf:
        raise EstimationError(
            f"logits {middle.tolist()} with a spread of {spread}",
            do="Give finite logits and a spread of 0 or more.",
        )
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    return latent_classes(weights, _inverse_logit(middle + spread * nodes[:, None]))


def growth(ceilings: ArrayLike, starts: ArrayLike, paces: ArrayLike) -> CapturePopulation:
    """Lists that grow or fade over the time in which the deaths happen, each at its own pace.

    Deaths are spread evenly over the time from 0 to 1. List j records a death at time t with
    chance ceilings[j] x logistic((t - starts[j]) / paces[j]): a positive pace is a list that comes
    late, a negative one a list that starts early and fades.

    Parameters
    ----------
    ceilings
        Chance of each list at its fullest, shape (L,).
    starts
        Time at which each list is at half of that, shape (L,).
    paces
        Time scale of each list, not 0, shape (L,).

    Raises
    ------
    EstimationError
        Where the shapes differ, a pace is 0 or a ceiling is no chance.
    """
    top, at, pace = (
        np.atleast_1d(np.array(a, dtype=np.float64)) for a in (ceilings, starts, paces)
    )
    checked_chances(top, "a ceiling")
    if not top.shape == at.shape == pace.shape or not pace.all():
        raise EstimationError(
            "ceilings, starts and paces that do not fit together",
            do="Give one of each for every list, and no pace of 0.",
        )
    times = (np.arange(_PERIODS)[:, None] + 0.5) / _PERIODS
    return latent_classes(np.ones(_PERIODS), top * _inverse_logit((times - at) / pace))


def behavioural(first: ArrayLike, again: ArrayLike) -> CapturePopulation:
    """Lists in the order in which they record, that treat the already recorded differently.

    Parameters
    ----------
    first
        Chance of each list to record a person whom no earlier list holds, shape (L,).
    again
        Chance of each list to record a person whom an earlier list holds, shape (L,); the first
        of them is not used.

    Raises
    ------
    EstimationError
        Where the shapes differ or a number is no chance.

    References
    ----------
    Otis, Burnham, White and Anderson (1978), Wildlife Monographs 62.
    """
    fresh, known = (np.atleast_1d(np.array(a, dtype=np.float64)) for a in (first, again))
    checked_chances(fresh, "a chance of being recorded")
    checked_chances(known, "a chance of being recorded again")
    if fresh.shape != known.shape:
        raise EstimationError(
            f"{len(fresh)} chances of a first and {len(known)} of a further record",
            do="Give one of each for every list.",
        )
    marks = all_histories(len(fresh)).astype(bool)
    earlier = np.cumsum(marks, axis=1) - marks > 0
    chance = np.where(earlier, known, fresh)
    return CapturePopulation(_names(len(fresh)), np.where(marks, chance, 1 - chance).prod(axis=1))


def mixture(
    weights: Sequence[float], populations: Sequence[CapturePopulation]
) -> CapturePopulation:
    """Several populations of the same lists, joined.

    Parameters
    ----------
    weights
        Share of each population; they are divided by their sum.
    populations
        Populations of the same lists.

    Raises
    ------
    EstimationError
        Where the lists differ or there is not one weight for each.
    """
    if not populations or len({population.lists for population in populations}) > 1:
        raise EstimationError("populations of different lists", do="Join those of the same lists.")
    if len(weights) != len(populations) or min(weights) < 0:
        raise EstimationError(
            f"weights {list(weights)} for {len(populations)} populations",
            do="Give one of 0 or more for each.",
        )
    parts = zip(weights, populations, strict=True)
    return CapturePopulation(
        populations[0].lists, sum((w * p.chances for w, p in parts), np.zeros(1))
    )


def _names(lists: int) -> tuple[str, ...]:
    return tuple(f"list {number}" for number in range(1, lists + 1))


def _inverse_logit(value: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = 1 / (1 + np.exp(-value))
    return result
