"""Belonging: how probably each record belongs with the rest of its person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.clusters import UNSCORED, Ties
from everyname.linkage.components import Positions
from everyname.linkage.evidence import NEVER, Evidence, gather
from everyname.linkage.pairs import Pairs
from everyname.linkage.repeats import Repeats


def belonging(labels: Positions, pairs: Pairs, ties: Ties) -> NDArray[np.float64]:
    """Probability that each record belongs with the rest of its person.

    It is made of the mean evidence by which records are put together: the log-odds of the match
    probabilities of all pairs of the record with the others of its person, limited to ±6, a pair
    without a score speaking against by 2.5. For two records it is their match probability. Of a
    record that is alone it is the probability that it belongs with none of the other persons, by
    the one that it fits best. Records judged the same count as one and share their probability;
    where judgements alone make a person it is 1.

    Parameters
    ----------
    labels
        The smallest position in the person of each record; int64, shape (records,).
    pairs
        Scored pairs.
    ties
        Judgements.

    Returns
    -------
    numpy.ndarray
        From 0 to 1, float64, shape (records,).
    """
    size = len(labels)
    evidence = gather(size, pairs, ties)
    judged = evidence.judged
    # Where a person has many records, one that stands alone is improbable to begin with.
    against = float(Repeats(pairs.repeats).against_alone(np.ones(1))[0])
    heads = judged == np.arange(size)
    members = np.bincount(labels[heads], minlength=size)
    record, person, total, number = _between(evidence, labels, against)
    own = person == labels[record]
    inside, known = np.zeros(size), np.zeros(size)
    inside[record[own]], known[record[own]] = total[own], number[own]
    others = members[labels] - 1
    mean = (inside - UNSCORED * (others - known)) / np.maximum(others, 1)
    elsewhere = np.full(size, NEVER)
    away = ~own
    rest = members[person[away]]
    fits = (total[away] - UNSCORED * (rest - number[away])) / np.maximum(rest, 1)
    np.maximum.at(elsewhere, record[away], fits)
    # A person that judgements alone make is as certain as they are.
    alone = 1 - _sigmoid(elsewhere)
    made_by_hand = np.bincount(judged, minlength=size) > 1
    found = np.where(others > 0, _sigmoid(mean), np.where(made_by_hand, 1.0, alone))
    result: NDArray[np.float64] = found[judged]
    return result


def _between(
    evidence: Evidence, labels: Positions, against: float
) -> tuple[Positions, Positions, NDArray[np.float64], NDArray[np.float64]]:
    """Evidence between each record and each person: record, person, its sum, of how many pairs."""
    size = len(labels)
    edges, apart = evidence.edges, evidence.apart
    a = np.concatenate([edges.a, evidence.unsure[:, 0], apart[:, 0]])
    b = np.concatenate([edges.b, evidence.unsure[:, 1], apart[:, 1]])
    weight = np.concatenate(
        [edges.total, np.zeros(len(evidence.unsure)), np.full(len(apart), NEVER)]
    )
    record, other = np.concatenate([a, b]), np.concatenate([b, a])
    keys, of = np.unique(record * max(size, 1) + labels[other], return_inverse=True)
    number = np.bincount(of, minlength=len(keys)).astype(np.float64)
    total: NDArray[np.float64] = number * against
    np.add.at(total, of, np.concatenate([weight, weight]))
    return keys // max(size, 1), keys % max(size, 1), total, number


def _sigmoid(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    bounded: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(log_odds, -700, 700)))
    return bounded
