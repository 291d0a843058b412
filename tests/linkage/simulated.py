"""Partitions whose truth is known, with scores that are wrong on purpose."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from everyname.linkage import Pairs

# Scores of matches and of other pairs that blocking brings up.
MATCH = beta(3, 0.6)
OTHER = beta(0.4, 3)


class Simulated(NamedTuple):
    """Records of known persons.

    `person` and `list_of` say who and where a record is; `reported` are its scored pairs as an
    overconfident or a timid model gives them; `right` are the probabilities it ought to give.
    """

    person: NDArray[np.int64]
    list_of: NDArray[np.int64]
    reported: Pairs
    right: NDArray[np.float64]
    same: NDArray[np.bool_]

    @property
    def persons(self) -> int:
        return len(np.unique(self.person))


def simulate(
    rng: np.random.Generator,
    persons: int = 1000,
    *,
    coverage: tuple[float, ...] = (0.6, 0.5, 0.35, 0.2),
    twice: float = 0.02,
    others: float = 3.0,
    recall: float = 1.0,
    shift: float = 0.0,
    slope: float = 1.0,
) -> Simulated:
    """Persons on lists, some twice on one; pairs with scores from a mixture of beta distributions.

    Each list holds a person with its own probability; `others` is the number of pairs of different
    persons that blocking brings up, a record. Reported log-odds are ``(right - shift) / slope``.
    """
    on = [np.flatnonzero(rng.random(persons) < share) for share in coverage]
    listed = [np.concatenate([who, who[rng.random(len(who)) < twice]]) for who in on]
    person = np.concatenate(listed)
    list_of = np.repeat(np.arange(len(listed)), [len(who) for who in listed])
    mixed = rng.permutation(len(person))
    person, list_of = person[mixed], list_of[mixed]
    a, b, same = _candidates(rng, person, int(others * len(person)), recall)
    density = np.where(
        same, MATCH.rvs(len(a), random_state=rng), OTHER.rvs(len(a), random_state=rng)
    )
    density = np.clip(density, 1e-6, 1 - 1e-6)
    share = same.mean()
    right = np.log(share / (1 - share)) + MATCH.logpdf(density) - OTHER.logpdf(density)
    reported = Pairs(a, b, _sigmoid((right - shift) / slope), np.zeros(len(a), dtype=np.bool_))
    return Simulated(person, list_of, reported, _sigmoid(right), same)


def _candidates(
    rng: np.random.Generator, person: NDArray[np.int64], others: int, recall: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    size = len(person)
    order = np.argsort(person, kind="stable")
    found = []
    for step in range(1, int(np.bincount(person).max())):
        one, other = order[:-step], order[step:]
        found.append(np.stack([one, other])[:, person[one] == person[other]])
    true = np.sort(np.concatenate(found, axis=1), axis=0)
    true = true[:, rng.random(true.shape[1]) < recall]
    # Different persons who look alike are few and look alike in groups: neighbours by number.
    one = rng.integers(0, size, others)
    other = (one + rng.integers(1, 12, others)) % size
    false = np.sort(np.stack([order[one], order[other]]), axis=0)
    false = false[:, person[false[0]] != person[false[1]]]
    a, b = np.unique(np.concatenate([true, false], axis=1), axis=1)
    return a, b, person[a] == person[b]


def _sigmoid(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-odds))


def calibration_error(
    probability: NDArray[np.float64], same: NDArray[np.bool_], bins: int = 10
) -> float:
    """Expected calibration error: mean distance of probability and share, over equal bins."""
    number = np.minimum((probability * bins).astype(np.int64), bins - 1)
    return float(
        sum(
            abs(probability[number == one].mean() - same[number == one].mean())
            * (number == one).mean()
            for one in range(bins)
            if (number == one).any()
        )
    )
