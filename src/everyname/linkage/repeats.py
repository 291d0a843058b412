"""Repeats: what it says of a lone record that a person on these data has many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Relatives and victims of one event look a little like repeated records: so many are not believed.
MISTAKEN_FOR = 0.25
# From so many further records on, names that have nothing in common may be two forms of one.
MANY = 1.0
# Of the records of a person, at least this share must agree with one that is put to them.
LEAST_SHARE = 0.4
# No person is smaller than this who is judged by the best-agreeing records: two of three.
LEAST_RECORDS = 3
# Larger clusters are not put to others by the best-agreeing records alone.
MOST_LEFT_OVER = 4


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many further records of the same person the list of a record holds, in the mean.

    The number of records of a person is taken to be geometric, the widest distribution of its
    mean. A record then stands for a person that has it alone with the probability ``p²``, where
    ``p = 2 / (2 + mean)``, and s records for one that has these s and no more with
    ``s p² / (s p + 1 - p)``. A pair's match probability knows nothing of that: it says how
    probably two records match, not how probably the rest of the records have none that does.

    Parameters
    ----------
    mean
        Further records, at least 0; 0 where a list names nobody twice.
    least_share
        Share of the records of a person that must agree with one that is put to them, where
        `mean` is large.
    """

    mean: float = 0.0
    least_share: float = LEAST_SHARE

    @classmethod
    def believed(cls, mean: float) -> Repeats:
        """Repeats of which some are not believed, since relatives look like them.

        Parameters
        ----------
        mean
            What the prior probability of a match within lists comes to.
        """
        return cls(max(0.0, mean - MISTAKEN_FOR))

    @property
    def many(self) -> bool:
        """Whether a person has so many records that some bear names of another form."""
        return self.mean >= MANY

    @property
    def share(self) -> float:
        """Share of a person's records that must agree with one that is put to them."""
        return max(self.least_share, 2 / (2 + self.mean))

    def against_alone(self, size: NDArray[np.float64]) -> NDArray[np.float64]:
        """Evidence that so many records are not all that their person has.

        Parameters
        ----------
        size
            Numbers of records; any shape.

        Returns
        -------
        numpy.ndarray
            Natural logarithm of the odds, at least 0, falling with the size; in the same shape.
        """
        p = 2 / (2 + self.mean)
        found: NDArray[np.float64] = np.log((size * p + 1 - p) / (size * p * p))
        return found


ONCE = Repeats()
"""A list names nobody twice."""
