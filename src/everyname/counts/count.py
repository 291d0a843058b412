"""Count: how many persons are documented, as three numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

Where = tuple[tuple[str, str], ...]
"""Sorted (field, class) conditions that all hold; empty for everyone in scope."""

EVERYONE: Where = ()
UNKNOWN = "unknown"
DISAGREE = "sources disagree"


def where(conditions: Mapping[str, str]) -> Where:
    """Make conditions of a mapping from field to class."""
    return tuple(sorted(conditions.items()))


class Count(BaseModel):
    """Documented persons who meet some conditions.

    Parameters
    ----------
    where
        The conditions.
    low
        Every undecided pair is one person, and only persons of whom no source says otherwise.
    best
        The threshold and the conflict rule in force.
    high
        Every undecided pair is two persons, and every person of whom any source says so.
    """

    model_config = ConfigDict(frozen=True)

    where: Where
    low: int
    best: int
    high: int

    @property
    def id(self) -> str:
        """Short name of the count, such as ``sex=female``; ``total`` for everyone in scope."""
        return " & ".join(f"{field}={value}" for field, value in self.where) or "total"

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 0 <= self.low <= self.best <= self.high:
            raise ValueError(f"{self.low}, {self.best}, {self.high} are not low, best, high")
        return self


class Breakdown(BaseModel):
    """Counts by the classes of one or more fields.

    Parameters
    ----------
    by
        The fields.
    rows
        One count for each combination of classes that occurs; unknown is a class of its own.
    overlapping
        Whether one person can be in several rows, so that the rows must not be added up.
    """

    model_config = ConfigDict(frozen=True)

    by: tuple[str, ...]
    rows: tuple[Count, ...]
    overlapping: bool = False


class CapturePatterns(BaseModel):
    """Which lists hold whom.

    Parameters
    ----------
    lists
        Names of the lists.
    rows
        Pattern and number of persons: ``((1, 0, 1), 17)`` are 17 persons in the first and the
        third list and not in the second. Nobody is in no list.
    """

    model_config = ConfigDict(frozen=True)

    lists: tuple[str, ...]
    rows: tuple[tuple[tuple[int, ...], int], ...]
