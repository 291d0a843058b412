"""Evidence: what scores, names and judgements say about pairs of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.components import Edges, Positions, components
from everyname.linkage.pairs import Pairs

# No single pair may outweigh several others.
STRONGEST = 6.0
# Two records that must not be joined: no sum of evidence makes up for this.
NEVER = -1e9
# Names that have nothing in common, where a person has many records and the rest may agree.
IN_CONFLICT = -6.0


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


def ties_between(judged: Iterable[tuple[int, int, str]]) -> Ties:
    """Turn judgements on positions into ties.

    Parameters
    ----------
    judged
        Positions of two different records, and what was judged: same, different or unsure. Where
        judgements of one pair differ, it is undecided.
    """
    decisions: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for one, other, decision in judged:
        decisions[min(one, other), max(one, other)].add(decision)
    alone = {pair: next(iter(d)) if len(d) == 1 else "unsure" for pair, d in decisions.items()}
    same, different, unsure = (
        tuple(sorted(pair for pair, said in alone.items() if said == wanted))
        for wanted in ("same", "different", "unsure")
    )
    return Ties(same, different, unsure)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence between records, those judged the same being one.

    Parameters
    ----------
    judged
        The smallest position among the records judged the same as each; int64, shape (records,).
    edges
        Log-odds of the match probability, limited to ±6, a pair; the mean over records judged the
        same. A pair that judgement or names keep apart is not among them.
    unsure
        Pairs judged unsure that no other judgement settles; int64, shape (m, 2), sorted.
    apart
        Pairs that must not be joined; int64, shape (k, 2).
    """

    judged: Positions
    edges: Edges
    unsure: Positions
    apart: Positions

    def keeping_apart(self, unsure: float | None) -> Edges:
        """Edges with those that keep apart, at an evidence that is never made up for.

        Parameters
        ----------
        unsure
            Evidence of the pairs judged unsure; None to keep them apart as well.
        """
        added = [(self.apart, NEVER), (self.unsure, NEVER if unsure is None else unsure)]
        return Edges(
            np.concatenate([self.edges.a, *(pairs[:, 0] for pairs, _ in added)]),
            np.concatenate([self.edges.b, *(pairs[:, 1] for pairs, _ in added)]),
            np.concatenate([self.edges.total, *(np.full(len(p), w) for p, w in added)]),
            np.ones(len(self.edges.a) + len(self.apart) + len(self.unsure)),
        )


def judged_same(size: int, ties: Ties) -> Positions:
    """Label each record with the smallest position among those judged the same as it.

    Parameters
    ----------
    size
        Number of records.
    ties
        Judgements.
    """
    pairs = np.array(ties.same, dtype=np.int64).reshape(-1, 2)
    return components(size, pairs[:, 0], pairs[:, 1])


def log_odds(probability: NDArray[np.float64], strongest: float = STRONGEST) -> NDArray[np.float64]:
    """Log-odds of match probabilities.

    Parameters
    ----------
    probability
        Match probabilities; any shape.
    strongest
        Limit, up and down.

    Returns
    -------
    numpy.ndarray
        Natural logarithms of the odds, in the same shape.
    """
    bounded = np.clip(probability, 1e-9, 1 - 1e-9)
    limited: NDArray[np.float64] = np.clip(np.log(bounded / (1 - bounded)), -strongest, strongest)
    return limited


def gather(
    size: int, pairs: Pairs, ties: Ties, likely: float = 0.0, strongest: float = STRONGEST
) -> Evidence:
    """Gather what is known between records.

    Parameters
    ----------
    size
        Number of records.
    pairs
        Scored pairs, each once.
    ties
        Judgements.
    likely
        Evidence from which a record bears a name of somebody judged to go by two names.
    strongest
        Limit of the evidence of one pair.
    """
    judged = judged_same(size, ties)
    one, other = judged[pairs.a], judged[pairs.b]
    a, b = np.minimum(one, other), np.maximum(one, other)
    weight = log_odds(pairs.probability, strongest)
    many = pairs.expected.many
    weight[pairs.conflict] = IN_CONFLICT if many else -strongest
    # The names of somebody judged to go by two names decide no further pair.
    aliased = np.zeros(size, dtype=np.bool_)
    aliased[a[pairs.conflict & (a == b)]] = True
    kept = ~(pairs.conflict & (aliased[a] | aliased[b]))
    edges = Edges(a[kept], b[kept], weight[kept], np.ones(int(kept.sum())))
    # One pair of records judged the same counts once, with the mean of its evidence.
    edges = edges.between(np.arange(size))
    edges = Edges(edges.a, edges.b, edges.total / edges.number, np.ones(len(edges.a)))
    unsure = _moved(ties.unsure, judged)
    by_name = _keys(size, a, b)[pairs.conflict & kept & (a != b)]
    by_name = np.setdiff1d(by_name, _keys(size, *unsure.T))
    if aliased.any():
        likely_edges = edges.where(edges.total >= likely)
        by_name = by_name[~_share_an_alias(by_name, size, aliased, likely_edges)]
    if many:
        by_name = by_name[:0]
    different = _moved(ties.different, judged)
    apart = np.union1d(_keys(size, *different.T), by_name)
    unsure = unsure[~np.isin(_keys(size, *unsure.T), _keys(size, *different.T))]
    settled = np.union1d(apart, _keys(size, *unsure.T))
    edges = edges.where(~np.isin(_keys(size, edges.a, edges.b), settled))
    return Evidence(
        judged, edges, unsure, np.stack([apart // max(size, 1), apart % max(size, 1)], axis=1)
    )


def _keys(size: int, a: Positions, b: Positions) -> Positions:
    return a * size + b


def _moved(pairs: Sequence[tuple[int, int]], judged: Positions) -> Positions:
    """Pairs of what is judged the same, without those inside; sorted, shape (n, 2)."""
    moved = judged[np.array(pairs, dtype=np.int64).reshape(-1, 2)]
    moved = np.sort(moved[moved[:, 0] != moved[:, 1]], axis=1)
    return np.unique(moved, axis=0)


def _share_an_alias(
    keys: Positions, size: int, aliased: NDArray[np.bool_], likely: Edges
) -> NDArray[np.bool_]:
    """Whether both records of a pair are likely the same as somebody who goes by two names."""
    bearers: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in _both_ways(likely.where(aliased[likely.a] | aliased[likely.b])):
        if aliased[one]:
            bearers[other].add(one)
    return np.array(
        [not bearers[key // size].isdisjoint(bearers[key % size]) for key in keys.tolist()],
        dtype=np.bool_,
    )


def _both_ways(edges: Edges) -> Iterable[tuple[int, int]]:
    for a, b in zip(edges.a.tolist(), edges.b.tolist(), strict=True):
        yield a, b
        yield b, a
