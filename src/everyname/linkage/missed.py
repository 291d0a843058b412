"""Missed matches: what blocking never brought up, at the rate that its recall implies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.components import Positions

# An estimated recall is itself uncertain: standard deviation of its log-odds.
SPREAD = 0.5
# Families of keys lean on the same fields and miss the same matches: on sets with known truth where
# hardly any was estimated to be missed, 0 to 2.4% were, 10% across scripts, and 14% of the
# historical figures. Chosen on those sets.
MOST = 0.99
# Lone records are paired this many times, for some pairs stand on one list.
PASSES = 4


def credible_recall(estimate: float) -> float:
    """Recall to draw missed matches with, given what `estimated_recall` says.

    Parameters
    ----------
    estimate
        From 0 to 1.

    Returns
    -------
    float
        The estimate, but no more than 0.99.
    """
    return min(estimate, MOST)


class Missed:
    """Matches that were never compared.

    Where a share q of the pairs of a person's records is never compared, a person of two records
    falls apart with probability q, and one of k records loses one of them with about
    ``k q^(k-1)``. So for each cluster of two, q/(1 - q) pairs of lone records match, and for each
    larger cluster that many lone records belong to it or one like it.

    Parameters
    ----------
    judged
        Smallest position among records judged the same; int64, shape (records,).
    recall
        Share of the true pairs that were compared.
    lists
        The list of each record, or None; missed matches are across lists where there are several.
    """

    def __init__(self, judged: Positions, recall: float, lists: Sequence[str] | None) -> None:
        self._records = np.flatnonzero(judged == np.arange(len(judged)))
        self._odds = np.log(recall / (1 - recall)) if recall < 1 else np.inf
        of = None if lists is None else np.unique(np.asarray(lists), return_inverse=True)[1]
        # Where there is one list, what was missed is on it.
        self._lists = of if of is not None and of.any() else None

    def draw(self, labels: Positions, rng: np.random.Generator) -> Positions:
        """Draw missed matches.

        Parameters
        ----------
        labels
            The smallest position in the cluster of each record; int64, shape (records,).
        rng
            Source of chance.

        Returns
        -------
        numpy.ndarray
            Positions of two records each; int64, shape (m, 2).
        """
        if np.isinf(self._odds):
            return np.empty((0, 2), dtype=np.int64)
        share = 1 / (1 + np.exp(self._odds + SPREAD * rng.standard_normal()))
        size = np.bincount(labels[self._records], minlength=len(labels))
        larger = size[size > 2]
        pairs = rng.poisson((size == 2).sum() * share / (1 - share))
        ones = rng.poisson((larger * share ** (larger - 1.0)).sum())
        own = size[labels[self._records]]
        alone, accompanied = self._records[own == 1], self._records[own > 1]
        lone = self._paired(alone, pairs, rng)
        rest = np.setdiff1d(alone, lone)
        return np.concatenate([lone, self._belonging(rest, accompanied, ones, rng)])

    def _paired(self, alone: Positions, number: int, rng: np.random.Generator) -> Positions:
        """Random pairs of lone records, nobody twice; int64, shape (at most number, 2)."""
        found = [np.empty((0, 2), dtype=np.int64)]
        for _ in range(PASSES):
            number -= len(found[-1])
            mixed = rng.permutation(np.setdiff1d(alone, np.concatenate(found)))
            pairs = mixed[: len(mixed) // 2 * 2].reshape(-1, 2)
            found.append(pairs[self._fit(pairs)][:number])
        return np.concatenate(found)

    def _belonging(
        self, alone: Positions, others: Positions, number: int, rng: np.random.Generator
    ) -> Positions:
        """Random lone records, each with one that is not alone; int64, shape (n, 2)."""
        if not len(others):
            return np.empty((0, 2), dtype=np.int64)
        pairs = np.stack([rng.permutation(alone), rng.choice(others, len(alone))], axis=1)
        fitting: Positions = pairs[self._fit(pairs)][:number]
        return fitting

    def _fit(self, pairs: Positions) -> NDArray[np.bool_]:
        """Whether two records are on different lists, where these are known."""
        if self._lists is None:
            return np.ones(len(pairs), dtype=np.bool_)
        different: NDArray[np.bool_] = self._lists[pairs[:, 0]] != self._lists[pairs[:, 1]]
        return different
