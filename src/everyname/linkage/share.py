"""Share: some of a number, with the interval that its size allows."""

from __future__ import annotations

import math
from typing import Self

from pydantic import BaseModel, ConfigDict

# Of the standard normal distribution, the point that 97.5% lie below.
_NORMAL = 1.959963984540054


class Share(BaseModel):
    """Some of a number, such as the true pairs that were found.

    Parameters
    ----------
    part, of
        So many of so many.
    value
        Their ratio; None where there are none to be a share of.
    low, high
        95% Wilson interval of the ratio; None likewise.
    """

    model_config = ConfigDict(frozen=True)

    part: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def counted(cls, part: int, of: int, independent: float | None = None) -> Self:
        """Make a share of counts.

        Parameters
        ----------
        part, of
            So many of so many.
        independent
            As how many independent ones they count for the interval, where some stand or fall
            together; None for as many as there are.
        """
        if not of:
            return cls(part=part, of=of, value=None, low=None, high=None)
        low, high = wilson(part / of, of if independent is None else independent)
        return cls(part=part, of=of, value=part / of, low=low, high=high)


def wilson(ratio: float, number: float) -> tuple[float, float]:
    """95% interval of a ratio that was observed among so many independent cases.

    Parameters
    ----------
    ratio
        Observed, from 0 to 1.
    number
        Of cases, above 0; need not be whole.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    JASA 22, 209-212.
    """
    square = _NORMAL * _NORMAL / number
    middle = ratio + square / 2
    half = math.sqrt(square * (ratio * (1 - ratio) + square / 4))
    # At the ends the interval reaches the ratio itself, which rounding can miss.
    low = 0.0 if ratio == 0 else (middle - half) / (1 + square)
    high = 1.0 if ratio == 1 else (middle + half) / (1 + square)
    return low, high


def f1(precision: float, recall: float) -> float:
    """Harmonic mean of precision and recall; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
