"""Rare matches: pairs too improbable to be weighed with others, joined now and then."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.components import Edges, Positions, components
from everyname.linkage.partitions import Pairwise

# Less probable than this (1 in 3,000 before the common mistake) is never drawn.
FAINTEST = -8.0


class Rare:
    """Pairs between components, each of which may be a match.

    Two clusters are joined with the probability that the mean evidence between them gives.

    Parameters
    ----------
    a, b
        Positions; shape (n,).
    pairs
        Evidence; each array of shape (n,).
    clusters
        The cluster that each record is most probably in; int64, shape (records,).
    missing
        Evidence of a pair that is not known.
    """

    def __init__(
        self, a: Positions, b: Positions, pairs: Pairwise, clusters: Positions, missing: float
    ) -> None:
        size = np.bincount(clusters, minlength=len(clusters)).astype(np.float64)
        ones = np.ones(len(a))
        fixed = Edges(a, b, pairs.fixed, ones).between(clusters)
        original = Edges(a, b, pairs.original, ones).between(clusters)
        everything = size[fixed.a] * size[fixed.b]
        absent = missing * (everything - fixed.number)
        mean = (fixed.total + absent) / everything
        kept = mean > FAINTEST
        self._a, self._b = fixed.a[kept], fixed.b[kept]
        self._pairs = Pairwise(
            mean[kept],
            (fixed.number / everything)[kept],
            (original.total / everything)[kept],
        )

    def draw(self, shift: float, tilt: float, rng: np.random.Generator) -> Positions:
        """Draw which pairs of clusters match.

        Parameters
        ----------
        shift, tilt
            The common mistake of this draw.
        rng
            Source of chance.

        Returns
        -------
        numpy.ndarray
            A position in each of the two; int64, shape (m, 2).
        """
        odds = self._pairs.fixed + shift * self._pairs.known + tilt * self._pairs.original
        drawn = rng.random(len(odds)) * (1 + np.exp(-odds)) < 1
        return np.stack([self._a[drawn], self._b[drawn]], axis=1)


def united(labels: Positions, joined: Positions, apart: Positions) -> Positions:
    """Join clusters, but for those whose joining brings together what must stay apart.

    Parameters
    ----------
    labels
        The smallest position in the cluster of each record; int64, shape (records,).
    joined
        Positions of two records each; shape (n, 2).
    apart
        Positions of two records each that are in different clusters; shape (m, 2).

    Returns
    -------
    numpy.ndarray
        Labels of the same kind.
    """
    if not len(joined):
        return labels
    roots, place = np.unique(labels[joined], return_inverse=True)
    place = place.reshape(-1, 2)
    merged = np.arange(len(labels))
    merged[roots] = roots[components(len(roots), place[:, 0], place[:, 1])]
    after = merged[labels]
    clash: NDArray[np.bool_] = np.zeros(len(labels), dtype=np.bool_)
    clash[after[apart[:, 0]][after[apart[:, 0]] == after[apart[:, 1]]]] = True
    return np.where(clash[after], labels, after)
