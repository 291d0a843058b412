"""Clusters: records put together into persons, three times over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.components import Edges, Positions, join, smallest
from everyname.linkage.evidence import Evidence, Ties, gather, judged_same, log_odds
from everyname.linkage.leftovers import attached
from everyname.linkage.pairs import Pairs
from everyname.linkage.repeats import Repeats

__all__ = ["Clustering", "Thresholds", "Ties", "cluster", "contradiction", "unscored"]

# What a pair without a score says, measured from the cut or from even odds, whichever is lower.
# Blocking did not bring it up, or it fell below the floor of scoring: a modest word against.
UNSCORED = 2.5


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
    joined = judged_same(size, ties)
    return next(((a, b) for a, b in ties.different if joined[a] == joined[b]), None)


def cluster(
    size: int, pairs: Pairs, thresholds: Thresholds, ties: Ties | None = None
) -> Clustering:
    """Put records together into persons.

    Clusters are joined, the most alike first, while the mean evidence over *all* pairs of records
    between two of them reaches a cut: average linkage on the log-odds of the match probabilities,
    limited to ±6. A chain of likely pairs therefore does not join records that speak against each
    other, and a record with few fields, which says little about each member of a cluster and
    contradicts none, joins it. A pair without a score speaks against by 2.5, counted from the cut
    where that is below even odds. The cut is the threshold in force for `best`, and the ends of
    the undecided range for `high` and `low`: two clusters are one person in `high` where their
    evidence as a whole is decided, whatever single pairs say, and in `low` where it is undecided.

    Each join adds to the sum of evidence within clusters, less the cut: the objective of
    correlation clustering (Bansal, Blum and Chawla 2004). Moving single records afterwards until
    that sum grows no more (Elsner and Schudy 2009) was tried and left out: on 22 simulated data
    sets with families, mistakes and records of few fields, whose scores come from the simulated
    fields, it raised the sum by 0.3% and lowered pairwise F1 by .002 on average, because the
    pairs of a cluster repeat the same evidence and their sum overstates it. With 6 instead of 2 or
    3 for pairs without a score, which is nearly a veto, F1 was .006 to .03 lower.

    Where a person has many records on one list (`Pairs.repeats`), one that stands alone is
    improbable before anything is compared, and in `best` and `low` each scored pair counts more by
    that (`repeats.Repeats`); a record then agrees with some copies of its person and not with
    others, so that the best-agreeing ones decide (`leftovers.attached`); and names that have
    nothing in common count -6 like other evidence. On 50,578 records of 5,156 historical figures
    these three brought pairwise F1 from .890 to .957 and the error of the count from +61% to
    +9%; where lists name persons once, all three do nothing.

    Judgements come first and are never overridden. Records judged the same count as one record,
    with the mean of their evidence. Records whose known names have nothing in common are
    otherwise joined by judgement only; where one joins them, their names decide no further
    pair. A pair
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
    cuts = np.array([thresholds.low, thresholds.best, thresholds.high])
    lower, cut, upper = log_odds(cuts).tolist()
    evidence = gather(size, pairs, ties or Ties(), cut)
    apart = evidence.keeping_apart(None)
    high = join(np.arange(size), apart, max(cut, upper), _missing(max(cut, upper)))
    repeats = pairs.expected
    best = _joined(high, apart, cut, repeats)
    low = _with_unsure(evidence, best)
    low = _joined(low, evidence.keeping_apart((lower + upper) / 2), min(cut, lower), repeats)
    known = evidence.edges.total
    undecided = int(((lower <= known) & (known < upper)).sum()) + len(evidence.unsure)
    judged = evidence.judged
    return Clustering(low[judged], best[judged], high[judged], undecided)


def _joined(labels: Positions, edges: Edges, cut: float, repeats: Repeats) -> Positions:
    labels = join(labels, edges, cut, _missing(cut), repeats)
    return attached(labels, edges, cut, _missing(cut), repeats)


def _missing(cut: float) -> float:
    return min(cut, 0.0) - UNSCORED


def _with_unsure(evidence: Evidence, labels: Positions) -> Positions:
    """Join the pairs judged unsure, but not what must stay apart."""
    apart = evidence.apart
    for a, b in evidence.unsure.tolist():
        joined = np.where(labels == labels[b], labels[a], labels)
        if not (joined[apart[:, 0]] == joined[apart[:, 1]]).any():
            labels = joined
    return smallest(labels)


def unscored(labels: NDArray[np.int64], pairs: Pairs, most: int = 50) -> NDArray[np.int64]:
    """List the pairs of records within one cluster that have no score.

    A cluster can bring together records that blocking did not. Where these are scored as well and
    the records clustered again, fewer decisions rest on what is not known.

    Parameters
    ----------
    labels
        Cluster of each record, such as `Clustering.low`; int64, shape (n,).
    pairs
        Scored pairs.
    most
        Larger clusters are passed over: their pairs would be too many.

    Returns
    -------
    numpy.ndarray
        Positions, the lower first; int64, shape (m, 2), sorted.
    """
    order = np.argsort(labels, kind="stable")
    begins = np.flatnonzero(np.diff(labels[order], prepend=-1))
    sizes = np.diff(np.append(begins, len(labels)))
    found = [np.empty(0, dtype=np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        members = order[begins[sizes == size, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        found.append((members[:, one] * len(labels) + members[:, other]).ravel())
    keys = np.setdiff1d(np.concatenate(found), pairs.a * len(labels) + pairs.b)
    return np.stack([keys // max(len(labels), 1), keys % max(len(labels), 1)], axis=1)
