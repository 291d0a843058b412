"""Weighing: what of a model explains a pair, from the model itself or from its account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from everyname.linkage.contribution import comparison_label


class Level(Protocol):
    """A level of agreement: in words, and its share among matches (m) and others (u)."""

    @property
    def label(self) -> str:
        """What it is, for a reader."""

    @property
    def m(self) -> float:
        """Share among pairs of one person."""

    @property
    def u(self) -> float:
        """Share among pairs of two different people."""


class Comparison(Protocol):
    """A comparison: its name, its name for a reader, its levels from the most agreement."""

    @property
    def name(self) -> str:
        """Its name in the model."""

    @property
    def label(self) -> str:
        """What it is, for a reader."""

    @property
    def levels(self) -> Sequence[Level]:
        """From the most agreement to the least."""


class Weighing(Protocol):
    """What of a model explains a pair."""

    @property
    def trained(self) -> bool:
        """Whether the shares were learnt from the records; else they were set beforehand."""

    @property
    def prior(self) -> float:
        """Probability that two records match, across lists."""

    @property
    def prior_within(self) -> float:
        """The same within one list; 0 where it is not told apart."""

    @property
    def comparisons(self) -> Sequence[Comparison]:
        """In the order of the levels of a pair."""


@dataclass(frozen=True, slots=True)
class LearntLevel:
    """A level as an account of linkage keeps it; see `Level`."""

    label: str
    m: float
    u: float


@dataclass(frozen=True, slots=True)
class LearntComparison:
    """A comparison as an account of linkage keeps it; see `Comparison`."""

    name: str
    label: str
    levels: tuple[LearntLevel, ...]


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model as an account of linkage keeps it; see `Weighing`."""

    trained: bool
    prior: float
    prior_within: float
    comparisons: tuple[LearntComparison, ...]

    @classmethod
    def from_levels(
        cls,
        levels: Sequence[tuple[str, str, float, float]],
        prior: float,
        prior_within: float,
        *,
        trained: bool,
    ) -> Learnt:
        """Make a model from a flat account.

        Parameters
        ----------
        levels
            Comparison, level, m, u; the levels of a comparison stand together.
        prior, prior_within
            Probability that two records match, across lists and within one.
        trained
            Whether m and u were learnt from the records.
        """
        comparisons = (
            LearntComparison(
                name, comparison_label(name), tuple(LearntLevel(*level[1:]) for level in those)
            )
            for name, those in groupby(levels, key=lambda level: level[0])
        )
        return cls(trained, prior, prior_within, tuple(comparisons))
