"""Clusters: records put together into persons, three times over."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.pairs import Pairs

# No single pair may outweigh several others. A pair without a score, because blocking never
# brought it up or it fell below the floor of scoring, speaks this much against.
STRONGEST = 6.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Match probabilities at which decisions change.

    Parameters
    ----------
    best
        From here a pair counts as one person.
    low, high
        Between these, a pair is undecided.
    """

    best: float = 0.5
    low: float = 0.05
    high: float = 0.95


@dataclass(frozen=True, slots=True)
class Ties:
    """What judgements say about pairs of records, by position.

    Parameters
    ----------
    same, different, unsure
        Pairs of positions. No pair of `different` may be joined by `same`, directly or by way of
        others: see `contradiction`.
    """

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[int, int], ...] = ()
    unsure: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Clustering:
    """Which cluster each record is in, under three readings of the undecided pairs.

    The three are nested: each cluster of `high` lies within one of `best`, and each of `best`
    within one of `low`.

    Parameters
    ----------
    low
        What is undecided is one person, unless that puts together records that speak against each
        other: fewest clusters. Labels, int64, shape (n,).
    best
        The threshold in force.
    high
        What is undecided is two persons: most clusters.
    undecided
        Number of pairs that neither the model nor a judgement decides.
    """

    low: NDArray[np.int64]
    best: NDArray[np.int64]
    high: NDArray[np.int64]
    undecided: int


def contradiction(size: int, ties: Ties) -> tuple[int, int] | None:
    """Find two records that judgements call different and, by way of others, the same.

    Parameters
    ----------
    size
        Number of records.
    ties
        Judgements.

    Returns
    -------
    tuple of int, or None
        The first such pair.
    """
    joined = _judged_same(size, ties)
    return next(((a, b) for a, b in ties.different if joined[a] == joined[b]), None)


def cluster(
    size: int, pairs: Pairs, thresholds: Thresholds, ties: Ties | None = None
) -> Clustering:
    """Put records together into persons.

    Pairs are taken from the most to the least probable. Two clusters are joined when the mean
    evidence (log-odds of the match probability, limited to ±6; a pair without a score counts -6)
    over *all* pairs of records between them reaches the threshold, so that a chain of likely
    pairs does not join records that speak against each other. All three readings follow this
    rule: `high` joins along decided pairs only, `best` along those above the threshold in force,
    and `low` wherever the mean evidence between two clusters is undecided.

    Judgements come first and are never overridden. Records judged the same count as one record,
    with the mean of their evidence. Records whose known names have nothing in common are
    joined by judgement only; where one joins them, their names decide no further pair. A pair
    judged unsure is two persons in `best` and `high` and one in `low`, unless other judgements
    settle it.

    Parameters
    ----------
    size
        Number of records.
    pairs
        Scored pairs, each once.
    thresholds
        Where decisions change.
    ties
        Judgements.

    Returns
    -------
    Clustering
        Labels are the smallest position in each cluster.
    """
    ties = ties or Ties()
    cut, upper, lower = map(_log_odds, (thresholds.best, thresholds.high, thresholds.low))
    judged = _judged_same(size, ties)
    evidence = _evidence(pairs, judged)
    unsure = sorted(_moved(ties.unsure, judged))
    evidence |= dict.fromkeys(unsure, (lower + upper) / 2)
    likely = (pair for pair, weight in evidence.items() if weight >= cut)
    by_name = _apart_by_name(pairs, judged, likely)
    apart = _moved(ties.different, judged) | by_name.difference(unsure)
    order = sorted(evidence, key=lambda pair: (-evidence[pair], pair))
    undecided = [pair for pair in order if lower <= evidence[pair] < upper]
    join = _Joining(size, evidence, apart)
    open_pairs = sum(join.may_join(pair) for pair in undecided)
    join.keep_apart(unsure)
    join.by_mean((pair for pair in order if evidence[pair] >= upper), cut)
    high = join.labels()
    join.by_mean((pair for pair in order if cut <= evidence[pair] < upper), cut)
    best = join.labels()
    join = _Joining(size, evidence, apart)
    join.together(enumerate(best.tolist()))
    join.by_mean(unsure, -math.inf)
    join.by_mean(undecided, lower)
    low = join.labels()
    return Clustering(low[judged], best[judged], high[judged], open_pairs)


def _log_odds(probability: float) -> float:
    p = min(max(probability, 1e-9), 1 - 1e-9)
    return min(max(math.log(p / (1 - p)), -STRONGEST), STRONGEST)


def _judged_same(size: int, ties: Ties) -> NDArray[np.int64]:
    join = _Joining(size, {}, ())
    join.together(ties.same)
    return join.labels()


def _moved(
    pairs: Iterable[tuple[int, int]], judged: NDArray[np.int64]
) -> frozenset[tuple[int, int]]:
    """Pairs of what is judged the same, without those inside."""
    moved = ((int(judged[a]), int(judged[b])) for a, b in pairs)
    return frozenset((min(pair), max(pair)) for pair in moved if pair[0] != pair[1])


def _evidence(pairs: Pairs, judged: NDArray[np.int64]) -> dict[tuple[int, int], float]:
    odds = np.clip(pairs.probability, 1e-9, 1 - 1e-9)
    logs = np.clip(np.log(odds / (1 - odds)), -STRONGEST, STRONGEST)
    logs[pairs.conflict] = -STRONGEST
    a, b = np.sort(np.stack([judged[pairs.a], judged[pairs.b]]), axis=0)
    aliased = np.isin(a, a[pairs.conflict & (a == b)]) | np.isin(b, a[pairs.conflict & (a == b)])
    kept = (a != b) & ~(pairs.conflict & aliased)
    ends, place = np.unique(np.stack([a, b], axis=1)[kept], axis=0, return_inverse=True)
    means = np.bincount(place, logs[kept]) / np.bincount(place)
    return dict(zip(map(tuple, ends.tolist()), means.tolist(), strict=True))


def _apart_by_name(
    pairs: Pairs, judged: NDArray[np.int64], likely: Iterable[tuple[int, int]]
) -> frozenset[tuple[int, int]]:
    """Pairs whose names keep them apart, but for those of somebody judged to go by two names."""
    a, b = judged[pairs.a[pairs.conflict]].tolist(), judged[pairs.b[pairs.conflict]].tolist()
    conflicts = [(min(pair), max(pair)) for pair in zip(a, b, strict=True)]
    aliased = {one for one, other in conflicts if one == other}
    bearers: defaultdict[int, set[int]] = defaultdict(set, {one: {one} for one in aliased})
    for one, other in likely:
        for somebody, bearer in ((one, other), (other, one)):
            if somebody in aliased:
                bearers[bearer].add(somebody)
    return frozenset(
        (a, b)
        for a, b in conflicts
        if not aliased & {a, b} and not bearers.get(a, set()) & bearers.get(b, set())
    )


class _Joining:
    """Clusters while they are being joined."""

    def __init__(
        self,
        size: int,
        evidence: Mapping[tuple[int, int], float],
        apart: Iterable[tuple[int, int]],
    ) -> None:
        self._parent = list(range(size))
        self._size = [1] * size
        # Sum and number of the known evidence between two clusters.
        self._between: list[dict[int, tuple[float, int]]] = [{} for _ in range(size)]
        for (a, b), weight in evidence.items():
            self._between[a][b] = self._between[b][a] = (weight, 1)
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        self.keep_apart(apart)

    def together(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join these records, whatever speaks against it."""
        for a, b in pairs:
            self._join(self._root(a), self._root(b))

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Never join these records from now on; those joined already stay so."""
        for a, b in pairs:
            root_a, root_b = self._root(a), self._root(b)
            if root_a != root_b:
                self._apart[root_a].add(root_b)
                self._apart[root_b].add(root_a)

    def may_join(self, pair: tuple[int, int]) -> bool:
        """Whether two records are neither one person yet nor kept apart."""
        return self._roots(pair) is not None

    def _root(self, x: int) -> int:
        while self._parent[x] != x:
            self._parent[x] = self._parent[self._parent[x]]
            x = self._parent[x]
        return x

    def _join(self, a: int, b: int) -> None:
        if a == b:
            return
        if len(self._between[a]) < len(self._between[b]):
            a, b = b, a
        self._parent[b] = a
        self._size[a] += self._size[b]
        for other, (weight, number) in self._between[b].items():
            del self._between[other][b]
            if other == a:
                continue
            known, count = self._between[a].get(other, (0.0, 0))
            merged = (known + weight, count + number)
            self._between[a][other] = self._between[other][a] = merged
        self._between[b] = {}
        for other in self._apart.pop(b, set()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)

    def _mean(self, a: int, b: int) -> float:
        weight, number = self._between[a].get(b, (0.0, 0))
        everything = self._size[a] * self._size[b]
        return (weight - STRONGEST * (everything - number)) / everything

    def _roots(self, pair: tuple[int, int]) -> tuple[int, int] | None:
        """Clusters of a pair that may be joined; None when they are one or must stay apart."""
        a, b = self._root(pair[0]), self._root(pair[1])
        return None if a == b or b in self._apart.get(a, ()) else (a, b)

    def by_mean(self, pairs: Iterable[tuple[int, int]], cut: float) -> None:
        """Join the clusters of these pairs, in order, where the mean evidence reaches a cut."""
        for pair in pairs:
            roots = self._roots(pair)
            if roots is not None and self._mean(*roots) >= cut:
                self._join(*roots)

    def labels(self) -> NDArray[np.int64]:
        """Label each record with the smallest position in its cluster."""
        roots = [self._root(x) for x in range(len(self._parent))]
        first: dict[int, int] = {}
        for position, root in enumerate(roots):
            first.setdefault(root, position)
        return np.array([first[root] for root in roots], dtype=np.int64)
