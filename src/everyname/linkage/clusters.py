"""Clusters: records put together into persons, three times over."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
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
    joined = _Joining(size, {}, Ties(same=ties.same)).labels()
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

    Judgements come first and are never overridden. Records whose known names have nothing in
    common are joined by judgement only. A pair judged unsure is two persons in `best` and `high`
    and one in `low`, unless other judgements settle it.

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
    unsure = frozenset((min(pair), max(pair)) for pair in ties.unsure)
    evidence = _evidence(pairs)
    for pair in unsure:
        evidence[pair] = (lower + upper) / 2
    apart = (*ties.different, *(pair for pair in _conflicts(pairs) if pair not in unsure))
    order = sorted(evidence, key=lambda pair: (-evidence[pair], pair))
    undecided = [pair for pair in order if lower <= evidence[pair] < upper]
    join = _Joining(size, evidence, Ties(same=ties.same, different=apart))
    open_pairs = sum(join.may_join(pair) for pair in undecided)
    join.keep_apart(unsure)
    join.by_mean((pair for pair in order if evidence[pair] >= upper), cut)
    high = join.labels()
    join.by_mean((pair for pair in order if cut <= evidence[pair] < upper), cut)
    best = join.labels()
    together = tuple((label, place) for place, label in enumerate(best.tolist()))
    join = _Joining(size, evidence, Ties(same=together, different=apart))
    join.by_mean(sorted(unsure), -math.inf)
    join.by_mean(undecided, lower)
    return Clustering(join.labels(), best, high, open_pairs)


def _log_odds(probability: float) -> float:
    p = min(max(probability, 1e-9), 1 - 1e-9)
    return min(max(math.log(p / (1 - p)), -STRONGEST), STRONGEST)


def _evidence(pairs: Pairs) -> dict[tuple[int, int], float]:
    odds = np.clip(pairs.probability, 1e-9, 1 - 1e-9)
    logs = np.clip(np.log(odds / (1 - odds)), -STRONGEST, STRONGEST)
    logs[pairs.conflict] = -STRONGEST
    return dict(
        zip(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True), logs.tolist(), strict=True)
    )


def _conflicts(pairs: Pairs) -> Iterable[tuple[int, int]]:
    a, b = pairs.a[pairs.conflict].tolist(), pairs.b[pairs.conflict].tolist()
    return zip(a, b, strict=True)


class _Joining:
    """Clusters while they are being joined."""

    def __init__(self, size: int, evidence: dict[tuple[int, int], float], ties: Ties) -> None:
        self._parent = list(range(size))
        self._size = [1] * size
        # Sum and number of the known evidence between two clusters.
        self._between: list[dict[int, tuple[float, int]]] = [{} for _ in range(size)]
        for (a, b), weight in evidence.items():
            self._between[a][b] = self._between[b][a] = (weight, 1)
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        for a, b in ties.same:
            self._join(self._root(a), self._root(b))
        self.keep_apart(ties.different)

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
