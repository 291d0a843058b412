"""Neighbourhood: records that can be put into persons without looking at any others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.clusters import Clustering, Thresholds, Ties, cluster
from everyname.linkage.pairs import Pairs
from everyname.linkage.settled import Settled

Integers = NDArray[np.int64]

BROADEST = 200
"""Records of a neighbourhood up to which it is clustered again to see what an answer changes."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Some records, and the pairs among them.

    Parameters
    ----------
    records
        Positions, ascending; int64, shape (n,).
    pairs
        The scored pairs among them; positions are places in `records`.
    ties
        The judgements among them, likewise.
    """

    records: Integers
    pairs: Pairs
    ties: Ties

    def clustered(self, thresholds: Thresholds) -> Clustering:
        """Cluster these records alone; labels are places in `records`."""
        return cluster(len(self.records), self.pairs, thresholds, self.ties)

    def persons_if(self, a: int, b: int, decision: str, thresholds: Thresholds) -> int:
        """Count persons (best reading) if a pair that is open were judged.

        Parameters
        ----------
        a, b
            Positions of two of the records.
        decision
            same or different.
        thresholds
            Where decisions change.
        """
        one, other = np.searchsorted(self.records, sorted((a, b))).tolist()
        same, different = self.ties.same, self.ties.different
        if decision == "same":
            same = (*same, (one, other))
        else:
            different = (*different, (one, other))
        ties = Ties(same, different, self.ties.unsure)
        found = cluster(len(self.records), self.pairs, thresholds, ties)
        return len(np.unique(found.best))


class Neighbourhoods:
    """Parts of a set of records between which no join is possible, or next to none.

    Two records lie in one part where a chain leads from one to the other, of pairs that are at
    least undecided and of judgements other than "different". Where such a part is broader than
    `BROADEST`, it is divided into what counts as one person in the reading *low*: the evidence as
    a whole speaks against any join between those.

    Parameters
    ----------
    pairs
        Scored pairs.
    low
        Labels of the reading *low*; int64, shape (records,).
    thresholds
        Where decisions change.
    settled
        Judgements.
    """

    def __init__(
        self, pairs: Pairs, low: Integers, thresholds: Thresholds, settled: Settled
    ) -> None:
        self._size = len(low)
        self._pairs = pairs
        linked = (pairs.probability >= thresholds.low) & ~pairs.conflict
        a, b = pairs.a[linked], pairs.b[linked]
        part = self._connected(a, b)
        broad = np.bincount(part, minlength=1)[part[a]] > BROADEST
        kept = ~broad | (low[a] == low[b])
        self._ends = a[kept], b[kept]
        self.divide(settled)

    def _connected(self, a: Integers, b: Integers) -> Integers:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        shape = (self._size, self._size)
        graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=shape)
        return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)

    def divide(self, settled: Settled) -> None:
        """Find the parts again, as judgements now are."""
        tied = [pair for pair, decision in settled.pairs() if decision != "different"]
        more = np.array(tied, dtype=np.int64).reshape(-1, 2)
        self._part = self._connected(
            np.concatenate([self._ends[0], more[:, 0]]),
            np.concatenate([self._ends[1], more[:, 1]]),
        )
        self._members, self._member_bounds = _gathered(self._part, self._size)
        within = np.flatnonzero(self._part[self._pairs.a] == self._part[self._pairs.b])
        order, self._pair_bounds = _gathered(self._part[self._pairs.a[within]], self._size)
        self._pair_order = within[order]

    def one(self, a: int, b: int) -> bool:
        """Whether two records lie in one part."""
        return bool(self._part[a] == self._part[b])

    def breadth(self, record: int) -> int:
        """How many records lie in a record's part."""
        part = self._part[record]
        return int(self._member_bounds[part + 1] - self._member_bounds[part])

    def around(self, record: int, settled: Settled) -> Neighbourhood:
        """Part of a record, with its pairs and judgements."""
        part = self._part[record]
        first, last = self._member_bounds[part : part + 2]
        # A stable order by part leaves the records of a part ascending.
        records = self._members[first:last]
        first, last = self._pair_bounds[part : part + 2]
        chosen = self._pair_order[first:last]
        pairs = self._pairs
        local = Pairs(
            np.searchsorted(records, pairs.a[chosen]),
            np.searchsorted(records, pairs.b[chosen]),
            pairs.probability[chosen],
            pairs.conflict[chosen],
            pairs.repeats,
            pairs.least_share,
        )
        return Neighbourhood(records, local, settled.ties(records.tolist()))


def _gathered(part: Integers, parts: int) -> tuple[Integers, Integers]:
    """Positions in the order of their parts, and where each part begins and the last ends."""
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(parts + 1))
    return order, bounds
