"""Partitions: all ways to put a few records together, each drawn as often as it is probable."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.components import Positions
from everyname.linkage.evidence import NEVER

Scores = NDArray[np.float32]
# 203 partitions of six records; larger components are walked through.
MOST_RECORDS = 6
# Components that are enough to match numbers on.
ENOUGH = 1000
# Of the evidence of a pair, to match them.
FARTHEST_OFFSET = 3.0
HALVINGS = 7


class Pairwise(NamedTuple):
    """What the pairs of records within components say, and how a common mistake changes it.

    The evidence of a pair in one draw is ``fixed + shift * known + tilt * original``.

    Parameters
    ----------
    fixed
        Corrected log-odds; what a pair without a score says; or `evidence.NEVER`.
    known
        1 for a scored pair, else 0.
    original
        Log-odds before correction of a scored pair, else 0.
    """

    fixed: NDArray[np.float64]
    known: NDArray[np.float64]
    original: NDArray[np.float64]


@cache
def partitions(number: int) -> NDArray[np.int8]:
    """All partitions of a few records.

    Parameters
    ----------
    number
        Of records, at least 1.

    Returns
    -------
    numpy.ndarray
        For each partition and record the first record of its cluster; shape (partitions, number).
    """
    rows = [[0]]
    for record in range(1, number):
        rows = [[*row, first] for row in rows for first in sorted({*row, record})]
    return np.array(rows, dtype=np.int8)


@cache
def shares(number: int) -> NDArray[np.float64]:
    """How much each pair of records counts in each partition.

    The k(k - 1)/2 pairs of a cluster of k records are not independent: k - 1 pieces of evidence
    would do, each pair then counting 2/k. But under that weight there are so many more ways to
    split a larger cluster than to keep it whole that it falls apart, however alike its records.
    Each pair counts the square root of 2/k, halfway between. Pairs apart count nothing.

    Parameters
    ----------
    number
        Of records.

    Returns
    -------
    numpy.ndarray
        Shape (partitions, pairs), pairs in the order of ``numpy.triu_indices(number, 1)``.
    """
    rows = partitions(number)
    one, other = np.triu_indices(number, 1)
    size = (rows[:, :, None] == rows[:, None, :]).sum(axis=2)
    return np.where(rows[:, one] == rows[:, other], np.sqrt(2 / size[:, one]), 0.0)


class Small:
    """Components of one small size, drawn exactly and all at once.

    Parameters
    ----------
    members
        Positions in rising order; int64, shape (components, records).
    pairs
        Evidence; each array of shape (components, pairs).
    """

    def __init__(self, members: Positions, pairs: Pairwise) -> None:
        self._members = members
        self._first = partitions(members.shape[1])
        counted = shares(members.shape[1]).T
        # Those where judgement or names forbid a join are not what probabilities are matched on.
        free = np.flatnonzero((pairs.fixed > NEVER / 2).all(axis=1))[:ENOUGH]
        self._sample = Pairwise(*(part[free] for part in pairs))
        self._joined = (self._sample.known @ (counted > 0)).astype(np.float32)
        self._free = free
        self._fixed, self._known, self._original = (
            (part @ counted).astype(np.float32) for part in pairs
        )

    def draw(self, labels: Positions, shift: float, tilt: float, rng: np.random.Generator) -> None:
        """Draw a partition of each component.

        Parameters
        ----------
        labels
            Where the labels of these records are written to; int64, shape (records,).
        shift, tilt
            The common mistake of this draw.
        rng
            Source of chance.
        """
        offset = self._offset(shift, tilt)
        weight = self._weights(slice(None), shift + offset, tilt)
        below = np.cumsum(weight, axis=1, dtype=np.float64)
        at = rng.random(len(weight)) * below[:, -1]
        drawn = (below <= at[:, None]).sum(axis=1)
        first = self._first[drawn].astype(np.intp)
        labels[self._members] = np.take_along_axis(self._members, first, axis=1)

    def _weights(self, which: slice | Positions, shift: float, tilt: float) -> Scores:
        """Weight of each partition of some components; shape (components, partitions)."""
        score: Scores = self._fixed[which] + np.float32(shift) * self._known[which]
        score += np.float32(tilt) * self._original[which]
        score -= np.max(score, axis=1, keepdims=True)
        weight: Scores = np.exp(score)
        return weight

    def _offset(self, shift: float, tilt: float) -> float:
        """By how much to shift evidence so that as many pairs join as the probabilities add up to.

        The expected number of matches among scored pairs is the sum of their probabilities,
        however these depend on each other; partitions, weighed by the evidence, would give fewer.
        """
        if self._members.shape[1] == 2 or not len(self._free):
            return 0.0
        odds = self._sample.fixed + shift + tilt * self._sample.original
        wanted = float((self._sample.known / (1 + np.exp(-odds))).sum())
        low, high = -FARTHEST_OFFSET, FARTHEST_OFFSET
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            weight = self._weights(self._free, shift + middle, tilt)
            joined = float(((weight * self._joined).sum(axis=1) / weight.sum(axis=1)).sum())
            low, high = (middle, high) if joined < wanted else (low, middle)
        return (low + high) / 2
