"""Candidates: pairs of likely persons that an open pair of records stands between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.clusters import Thresholds
from everyname.linkage.evidence import log_odds
from everyname.linkage.pairs import Pairs

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of persons (reading *high*) that may be one, each with a pair of records to ask about.

    Parameters
    ----------
    one, other
        Labels of the two; int64, shape (n,), ``one < other``.
    pair
        Place among the pairs of the one that speaks for it most; int64, shape (n,).
    probability
        That the two are one person, from the mean log-odds of all scored pairs between them;
        float64, shape (n,).
    joined
        Whether they count as one person now; bool, shape (n,).
    """

    one: Integers
    other: Integers
    pair: Integers
    probability: NDArray[np.float64]
    joined: NDArray[np.bool_]

    @property
    def doubt(self) -> NDArray[np.float64]:
        """Probability that an answer is not what is counted now."""
        return np.where(self.joined, 1 - self.probability, self.probability)

    def __len__(self) -> int:
        return len(self.one)


def candidates(pairs: Pairs, high: Integers, best: Integers, thresholds: Thresholds) -> Candidates:
    """Find the pairs of likely persons between which something is open.

    Parameters
    ----------
    pairs
        Scored pairs.
    high, best
        Labels under two readings; int64, shape (records,).
    thresholds
        Where decisions change.

    Returns
    -------
    Candidates
        All between which a pair is at least undecided and its names not in conflict.
    """
    one, other = high[pairs.a], high[pairs.b]
    between = np.flatnonzero(one != other)
    one, other = one[between], other[between]
    one, other = np.minimum(one, other), np.maximum(one, other)
    probability = pairs.probability[between]
    conflict = pairs.conflict[between]
    open_ = (probability >= thresholds.low) & ~conflict
    # All pairs between the same two stand together, the one that speaks for it most in front.
    order = np.lexsort((between, -np.where(open_, probability, -1.0), other, one))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (np.diff(one[order]) != 0) | (np.diff(other[order]) != 0)
    starts = np.flatnonzero(first)
    logs = log_odds(np.where(conflict, 0.0, probability))
    sums = np.add.reduceat(logs[order], starts) if len(starts) else np.empty(0)
    means = sums / np.diff(np.append(starts, len(order)))
    lead = order[starts]
    asked = open_[lead]
    pair = between[lead[asked]]
    return Candidates(
        one=one[lead[asked]],
        other=other[lead[asked]],
        pair=pair,
        probability=1 / (1 + np.exp(-means[asked])),
        joined=best[pairs.a[pair]] == best[pairs.b[pair]],
    )
