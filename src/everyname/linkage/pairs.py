"""Pairs: which records might be the same person, and how probably."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.repeats import LEAST_SHARE, Repeats


@dataclass(frozen=True, slots=True)
class Pairs:
    """Scored pairs of records, by position.

    Parameters
    ----------
    a, b
        Positions of the two records, ``a < b``; int64, shape (n,).
    probability
        Match probability; float64, shape (n,).
    conflict
        Whether two known names have nothing in common, which decides against a match whatever
        else agrees; bool, shape (n,).
    repeats
        How many further records of the same person a list is expected to hold, in the mean a
        record.
    least_share
        Share of a person's records that must agree with one put to them, where `repeats` is large.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    probability: NDArray[np.float64]
    conflict: NDArray[np.bool_]
    repeats: float = 0.0
    least_share: float = LEAST_SHARE

    def __len__(self) -> int:
        return len(self.a)

    @property
    def expected(self) -> Repeats:
        """What to expect of a person."""
        return Repeats(self.repeats, self.least_share)

    def where(self, wanted: NDArray[np.bool_]) -> Pairs:
        """Keep some of the pairs.

        Parameters
        ----------
        wanted
            Which; bool, shape (n,).
        """
        return Pairs(
            self.a[wanted],
            self.b[wanted],
            self.probability[wanted],
            self.conflict[wanted],
            self.repeats,
            self.least_share,
        )

    def in_order(self) -> Pairs:
        """Sort them by their two records: engines give them in any order."""
        return self._taken(np.lexsort((self.b, self.a)), self.a, self.b)

    def at(self, positions: NDArray[np.int64]) -> Pairs:
        """Give the records other positions.

        Parameters
        ----------
        positions
            The new position of each record.
        """
        one, other = positions[self.a], positions[self.b]
        a, b = np.minimum(one, other), np.maximum(one, other)
        return self._taken(np.lexsort((b, a)), a, b)

    def _taken(self, order: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64]) -> Pairs:
        return Pairs(
            a[order],
            b[order],
            self.probability[order],
            self.conflict[order],
            self.repeats,
            self.least_share,
        )

    @classmethod
    def none(cls) -> Pairs:
        """No pairs at all."""
        whole = np.empty(0, dtype=np.int64)
        return cls(whole, whole, np.empty(0), np.empty(0, dtype=np.bool_))
