"""Components: records that pairs connect, and the joining of clusters within them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csgraph

from everyname.linkage.repeats import ONCE, Repeats

Positions = NDArray[np.int64]
# After this many rounds only a few large clusters still grow, one neighbour at a time: a heap is
# then quicker than whole arrays.
ROUNDS = 25
# Means that differ by less are equal, so that the order of adding decides nothing.
DIGITS = 9


def components(size: int, a: Positions, b: Positions) -> Positions:
    """Connected components of records.

    Parameters
    ----------
    size
        Number of records.
    a, b
        Positions of pairs that connect; shape (n,).

    Returns
    -------
    numpy.ndarray
        The smallest position in the component of each record; int64, shape (size,).
    """
    if not size:
        return np.empty(0, dtype=np.int64)
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(size, size))
    return smallest(csgraph.connected_components(graph, directed=False)[1])


def smallest(labels: NDArray[np.integer]) -> Positions:
    """Label each record with the smallest position among those with its label.

    Parameters
    ----------
    labels
        Any labels; shape (n,).
    """
    if not len(labels):
        return np.empty(0, dtype=np.int64)
    _, first, of = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(first, dtype=np.int64)[of]


class Edges(NamedTuple):
    """What is known between pairs of clusters, each pair once.

    Parameters
    ----------
    a, b
        Labels of the two clusters, ``a < b``; int64, shape (n,).
    total
        Sum of the evidence of the scored pairs of records between them; float64, shape (n,).
    number
        How many pairs of records that is; float64, shape (n,).
    """

    a: Positions
    b: Positions
    total: NDArray[np.float64]
    number: NDArray[np.float64]

    def where(self, wanted: NDArray[np.bool_]) -> Edges:
        """Keep some; `wanted` is bool, shape (n,)."""
        return Edges(self.a[wanted], self.b[wanted], self.total[wanted], self.number[wanted])

    def between(self, labels: Positions) -> Edges:
        """Put together what is between the same two labels, and drop what is within one.

        Parameters
        ----------
        labels
            Label of each record; int64, shape (records,).
        """
        one, other = labels[self.a], labels[self.b]
        low, high = np.minimum(one, other), np.maximum(one, other)
        kept = low != high
        key = low[kept] * len(labels) + high[kept]
        order = np.argsort(key, kind="stable")
        key = key[order]
        begins = np.flatnonzero(np.diff(key, prepend=-1))
        if not len(begins):
            return Edges(key, key, np.empty(0), np.empty(0))
        return Edges(
            key[begins] // len(labels),
            key[begins] % len(labels),
            np.add.reduceat(self.total[kept][order], begins),
            np.add.reduceat(self.number[kept][order], begins),
        )


def join(
    labels: Positions,
    edges: Edges,
    cut: float,
    missing: float,
    repeats: Repeats = ONCE,
) -> Positions:
    """Join clusters whose mean evidence reaches a cut, the strongest first.

    Average linkage (UPGMA: Sokal and Michener 1958). A mean over pairs never rises above the
    higher of the two it is made from, so that clusters which are nearest to each other can be
    joined all over the data at once with the same outcome as one after another (reciprocal
    nearest neighbours: Bruynooghe 1977; Murtagh 1983), and records in different components of
    the pairs that reach the cut never meet.

    Parameters
    ----------
    labels
        Clusters to begin with: the smallest position in each; int64, shape (n,).
    edges
        Evidence between pairs of records.
    cut
        Mean evidence from which two clusters are joined.
    missing
        Evidence of a pair of records that is not among `edges`; below `cut`.
    repeats
        Each scored pair counts more by what these say against the smaller cluster being whole:
        less and less as clusters grow, so that the outcome is that of joining one after another.

    Returns
    -------
    numpy.ndarray
        The smallest position in the cluster of each record; int64, shape (n,).
    """
    cut = round(cut, DIGITS)
    parent = np.arange(len(labels))
    size = np.bincount(labels, minlength=len(labels)).astype(np.float64)
    left = edges.between(labels)
    for _ in range(ROUNDS):
        mean = _mean(left, size, missing, repeats)
        strong = mean >= cut
        if not strong.any():
            return _resolved(parent)[labels]
        left, mean = _reachable(left, mean, strong)
        one, other = _nearest(left.where(mean >= cut), mean[mean >= cut])
        parent[other] = one
        size[one] += size[other]
        left = left.between(parent)
    for stronger, weaker in _one_by_one(left, size, cut, missing, repeats):
        parent[weaker] = stronger
    return _resolved(parent)[labels]


def _mean(
    edges: Edges, size: NDArray[np.float64], missing: float, repeats: Repeats
) -> NDArray[np.float64]:
    everything = size[edges.a] * size[edges.b]
    total = edges.total
    if repeats.mean > 0:
        smaller = np.minimum(size[edges.a], size[edges.b])
        total = total + edges.number * repeats.against_alone(smaller)
    mean = (total + missing * (everything - edges.number)) / everything
    return np.round(mean, DIGITS)


def _reachable(
    edges: Edges, mean: NDArray[np.float64], strong: NDArray[np.bool_]
) -> tuple[Edges, NDArray[np.float64]]:
    """Edges within the components of the strong ones: only these can still matter."""
    ends, place = np.unique(np.concatenate([edges.a[strong], edges.b[strong]]), return_inverse=True)
    half = len(place) // 2
    component = components(len(ends), place[:half], place[half:])
    where = np.minimum(np.searchsorted(ends, edges.a), len(ends) - 1)
    there = np.minimum(np.searchsorted(ends, edges.b), len(ends) - 1)
    inside = (ends[where] == edges.a) & (ends[there] == edges.b)
    inside &= component[where] == component[there]
    return edges.where(inside), mean[inside]


def _nearest(edges: Edges, mean: NDArray[np.float64]) -> tuple[Positions, Positions]:
    """Pairs of clusters each of which is the other's nearest."""
    order = np.lexsort((edges.b, edges.a, -mean))
    a, b = edges.a[order], edges.b[order]
    rank = np.arange(len(order))
    best = np.full(int(b.max()) + 1, len(order))
    np.minimum.at(best, a, rank)
    np.minimum.at(best, b, rank)
    mutual = (best[a] == rank) & (best[b] == rank)
    return a[mutual], b[mutual]


def _resolved(parent: Positions) -> Positions:
    """Follow each record to the end."""
    while True:
        further = parent[parent]
        if np.array_equal(further, parent):
            return parent
        parent = further


def _one_by_one(
    edges: Edges, size: NDArray[np.float64], cut: float, missing: float, repeats: Repeats
) -> Iterator[tuple[int, int]]:
    """Join the strongest pair of clusters, then the next; the second goes into the first."""
    around: dict[int, dict[int, tuple[float, float]]] = {}
    for a, b, total, number in zip(*(column.tolist() for column in edges), strict=True):
        around.setdefault(a, {})[b] = around.setdefault(b, {})[a] = (total, number)
    sizes = {one: float(size[one]) for one in around}
    most = int(sum(sizes.values())) + 1
    against: list[float] = repeats.against_alone(np.arange(1.0, most + 1)).tolist()

    def mean(one: int, other: int) -> float:
        total, number = around[one][other]
        everything = sizes[one] * sizes[other]
        total += number * against[int(min(sizes[one], sizes[other])) - 1]
        return round((total + missing * (everything - number)) / everything, DIGITS)

    heap = [(-mean(a, b), a, b) for a, b in zip(edges.a.tolist(), edges.b.tolist(), strict=True)]
    heap = [entry for entry in heap if -entry[0] >= cut]
    heapq.heapify(heap)
    while heap:
        strength, one, other = heapq.heappop(heap)
        if other not in around.get(one, ()) or mean(one, other) != -strength:
            continue  # Joined, or changed, since it was put here.
        yield one, other
        sizes[one] += sizes.pop(other)
        for third, (total, number) in around.pop(other).items():
            del around[third][other]
            if third != one:
                known, count = around[one].get(third, (0.0, 0.0))
                around[one][third] = around[third][one] = (known + total, count + number)
        for third in around[one]:
            now = mean(one, third)
            if now >= cut:
                heapq.heappush(heap, (-now, min(one, third), max(one, third)))
