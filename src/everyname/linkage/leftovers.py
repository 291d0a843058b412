"""Leftovers: few records that agree with some copies of a person's record and not with others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.components import Edges, Positions, smallest
from everyname.linkage.evidence import NEVER
from everyname.linkage.repeats import LEAST_RECORDS, MOST_LEFT_OVER, Repeats

Numbers = NDArray[np.float64]


def attached(
    labels: Positions, edges: Edges, cut: float, missing: float, repeats: Repeats
) -> Positions:
    """Put leftovers to the larger clusters whose best-agreeing records they agree with.

    Where lists hold a person many times, each time with other mistakes, a record agrees with some
    of the copies and not with others, and the mean over all of them says too little. So a cluster
    of up to four records joins one of at least three and no fewer than its own, where the mean
    evidence between it and the best-agreeing share of the other's records (`Repeats.share`) still
    reaches the cut. Each larger cluster takes one leftover in a round, the one it agrees with
    most, and what it then holds is compared anew.

    Parameters
    ----------
    labels
        Clusters: the smallest position in each; int64, shape (n,).
    edges
        Evidence between pairs of records; those that must not be joined at `evidence.NEVER`.
    cut
        Mean evidence from which a leftover is joined.
    missing
        Evidence of a pair of records that is not among `edges`; below `cut`.
    repeats
        What to expect of a person.

    Returns
    -------
    numpy.ndarray
        The smallest position in the cluster of each record; int64, shape (n,).
    """
    if not repeats.many:
        return labels
    records = np.concatenate([edges.a, edges.b]), np.concatenate([edges.b, edges.a])
    weight = np.concatenate([edges.total, edges.total])
    while True:
        size = np.bincount(labels, minlength=len(labels))
        own, other = labels[records[0]], labels[records[1]]
        lower = (size[other] > size[own]) | ((size[other] == size[own]) & (other < own))
        fit = lower & (own != other) & (size[own] <= MOST_LEFT_OVER)
        fit &= size[other] >= LEAST_RECORDS
        leftover, goal, mean = _means(
            records[0][fit], labels, other[fit], weight[fit], size, missing, repeats
        )
        kept = mean >= cut
        leftover, goal = _one_each(leftover[kept], goal[kept], mean[kept])
        if not len(leftover):
            return labels
        parent = np.arange(len(labels))
        parent[leftover] = goal
        labels = smallest(parent[labels])


def _means(
    record: Positions,
    labels: Positions,
    goal: Positions,
    weight: Numbers,
    size: Positions,
    missing: float,
    repeats: Repeats,
) -> tuple[Positions, Positions, Numbers]:
    """Leftovers, clusters, and the mean evidence of the best-agreeing share between them."""
    order = np.lexsort((-weight, goal, record))
    record, goal, weight = record[order], goal[order], weight[order]
    begins = np.flatnonzero((np.diff(record, prepend=-1) != 0) | (np.diff(goal, prepend=-1) != 0))
    if not len(begins):
        return begins, begins, np.empty(0)
    of = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(record))))
    wanted = np.ceil(np.round(size[goal[begins]] * repeats.share, 9))
    counted = np.arange(len(record)) - begins[of] < wanted[of]
    own = labels[record[begins]]
    against = repeats.against_alone(size[own].astype(np.float64))
    total = np.bincount(of, np.where(counted, weight + against[of], 0.0))
    total = total + missing * (wanted - np.bincount(of, counted))
    mean = total / wanted
    # Nothing makes up for a pair that must not be joined, counted or not.
    mean[np.minimum.reduceat(weight, begins) <= NEVER / 2] = NEVER
    goal = goal[begins]
    pair, of = np.unique(own * len(labels) + goal, return_inverse=True)
    own, goal = pair // len(labels), pair % len(labels)
    absent = size[own] - np.bincount(of)
    return own, goal, np.round((np.bincount(of, mean) + missing * absent) / size[own], 9)


def _one_each(leftover: Positions, goal: Positions, mean: Numbers) -> tuple[Positions, Positions]:
    """For each leftover the cluster it agrees with most, and for each cluster one leftover."""
    order = np.lexsort((goal, leftover, -mean))
    leftover, goal = leftover[order], goal[order]
    first = np.sort(np.unique(leftover, return_index=True)[1])
    leftover, goal = leftover[first], goal[first]
    first = np.sort(np.unique(goal, return_index=True)[1])
    leftover, goal = leftover[first], goal[first]
    # What moves itself takes nobody in this round.
    still = ~np.isin(goal, leftover)
    return leftover[still], goal[still]
