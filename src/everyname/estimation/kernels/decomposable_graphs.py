"""The decomposable graphs on a few lists, and the factors each splits a probability into."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Subset = frozenset[int]


@lru_cache(maxsize=8)
def decomposable_graphs(n_lists: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Enumerate the decomposable graphs, each by its cliques, from no edge to all.

    A graph is decomposable (chordal) where its vertices can be taken away one by one, each with
    neighbours that are all joined to each other.

    Parameters
    ----------
    n_lists
        Vertices, L; 2^(L (L - 1) / 2) graphs are looked at.

    Returns
    -------
    Cliques of each graph as tuples of columns: 8 graphs for three lists, 61 for four, 822 for
    five. The first has no edge and the last is complete.

    References
    ----------
    Fulkerson and Gross (1965), Pacific Journal of Mathematics 15, 835-855.
    """
    found = []
    pairs = list(combinations(range(n_lists), 2))
    for n_edges in range(len(pairs) + 1):
        for edges in combinations(pairs, n_edges):
            steps = _elimination(n_lists, edges)
            if steps is not None:
                found.append(_cliques(steps))
    return tuple(found)


@lru_cache(maxsize=8)
def exponents(n_lists: int) -> NDArray[np.float64]:
    """Give the power with which each marginal table enters the probability under each graph.

    The probability of a table under a decomposable graph is the product of those of the tables
    of its cliques, divided by the product of those of its separators.

    Parameters
    ----------
    n_lists
        Vertices, L.

    Returns
    -------
    Shape (graphs, 2^L - 1), in the order of `decomposable_graphs`; column s - 1 is the set of
    lists whose bits are set in s. The empty separator has probability 1 and no column.

    References
    ----------
    Dawid and Lauritzen (1993), Annals of Statistics 21, 1272-1317.
    """
    rows = []
    for cliques in decomposable_graphs(n_lists):
        edges = {pair for clique in cliques for pair in combinations(clique, 2)}
        row = np.zeros(2**n_lists)
        for vertex, rest in _elimination(n_lists, tuple(edges)) or ():
            row[_bits(rest | {vertex})] += 1
            row[_bits(rest)] -= 1
        rows.append(row[1:])
    result = np.array(rows)
    result.setflags(write=False)
    return result


def _bits(subset: Subset) -> int:
    return sum(1 << vertex for vertex in subset)


def _elimination(
    n_lists: int, edges: tuple[tuple[int, int], ...]
) -> list[tuple[int, Subset]] | None:
    """Take vertices away, each with neighbours all joined; None where that cannot be done."""
    joined = set(edges)
    near: dict[int, set[int]] = {vertex: set() for vertex in range(n_lists)}
    for first, second in edges:
        near[first].add(second)
        near[second].add(first)
    steps: list[tuple[int, Subset]] = []
    while near:
        simplicial = (
            vertex
            for vertex, rest in near.items()
            if all(pair in joined for pair in combinations(sorted(rest), 2))
        )
        vertex = next(simplicial, None)
        if vertex is None:
            return None
        steps.append((vertex, frozenset(near.pop(vertex))))
        for others in near.values():
            others.discard(vertex)
    return steps


def _cliques(steps: list[tuple[int, Subset]]) -> tuple[tuple[int, ...], ...]:
    sets = [rest | {vertex} for vertex, rest in steps]
    largest = [one for one in sets if not any(one < other for other in sets)]
    return tuple(sorted(tuple(sorted(one)) for one in largest))
