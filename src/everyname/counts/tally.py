"""Tally: counts by any fields, each as low, best and high."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from everyname.counts.classes import COUNTABLE
from everyname.counts.count import (
    DISAGREE,
    UNKNOWN,
    Breakdown,
    CapturePatterns,
    Count,
    Where,
)
from everyname.counts.evidence import Evidence, Labels
from everyname.counts.reading import LIST, Classes, PersonReading
from everyname.counts.scope import CRITERIA, Scope
from everyname.errors import CaseError


class Tally:
    """Counts persons.

    Each of the three readings of the undecided pairs is counted by its own rule: *low* takes the
    fewest persons and of each only what no source contradicts, *best* resolves conflicts by the
    rule in force, *high* takes the most persons and of each whatever any source says.

    Parameters
    ----------
    evidence
        What records say.
    labels
        Which records are one person.
    scope
        Whom the case counts.
    """

    def __init__(self, evidence: Evidence, labels: Labels, scope: Scope) -> None:
        self.evidence = evidence
        self.scope = scope
        self._readings = {
            name: PersonReading(evidence, getattr(labels, name), scope) for name in _SIDES
        }
        self._known: dict[tuple[str, ...], dict[str, Classes]] = {}

    @property
    def best(self) -> PersonReading:
        """The best reading, person by person."""
        return self._readings["best"]

    def total(self) -> Count:
        """Everyone in scope."""
        return self.count(())

    def unstated(self) -> int:
        """Persons in scope (best) of whom no source states what a criterion of the scope asks."""
        best = self._readings["best"]
        silent = pl.concat(
            best.view(criterion, "resolved")
            .filter(pl.col("value") == UNKNOWN)
            .join(best.included, on="cluster", how="semi")
            .select("cluster")
            for criterion in CRITERIA
        )
        return silent.n_unique()

    def count(self, where: Where) -> Count:
        """Count the persons who meet conditions.

        Parameters
        ----------
        where
            Conditions on fields that can be counted by.

        Raises
        ------
        CaseError
            A field cannot be counted by.
        """
        by = tuple(field for field, _ in where)
        values = tuple(self.evidence.spelling.of(f, value) for f, value in where)
        return _count(by, values, self._classes(by))

    def claimable(self, where: Where) -> Count | None:
        """Count the persons who meet conditions, for putting a claim beside it.

        Unlike in `count`, *high* takes in every person whom no source excludes: of whom a source
        says nothing about a field may meet its condition.

        Parameters
        ----------
        where
            Conditions on fields that can be counted by.

        Returns
        -------
        Count or None
            None where no source says of anybody in scope whether a condition holds.

        Raises
        ------
        CaseError
            A field cannot be counted by.
        """
        count = self.count(where)
        high = self._readings["high"]
        in_scope = possible = high.included_by("said")
        for field, value in count.where:
            view = high.view(field, "said").join(in_scope, on="cluster", how="semi")
            if view.filter(pl.col("value") != UNKNOWN).is_empty():
                return None
            meets = view.filter(pl.col("value").is_in([value, UNKNOWN]))
            possible = possible.join(meets, on="cluster", how="semi")
        return count.model_copy(update={"high": max(count.high, possible.height)})

    def breakdown(self, by: Sequence[str]) -> Breakdown:
        """Count by the classes of fields.

        Parameters
        ----------
        by
            One or more fields that can be counted by.

        Returns
        -------
        Breakdown
            The rows in alphabetical order of their classes, unknown last.

        Raises
        ------
        CaseError
            A field cannot be counted by.
        """
        fields = tuple(by)
        sides = self._classes(fields)
        combinations = sorted(set().union(*sides.values()), key=_unknown_last)
        return Breakdown(
            by=fields,
            rows=tuple(_count(fields, classes, sides) for classes in combinations),
            overlapping=LIST in fields,
        )

    def patterns(self, side: str = "best") -> CapturePatterns:
        """Count in which lists the persons in scope are.

        Parameters
        ----------
        side
            low, best or high: which reading of the undecided pairs.
        """
        reading = self._readings[side]
        names = self.evidence.names
        held = (
            reading.lists.filter(pl.col("list").is_in(names))
            .join(reading.included, on="cluster")
            .group_by("cluster")
            .agg(pl.col("list").unique())
        )
        found: dict[tuple[int, ...], int] = {}
        for row in held["list"].to_list():
            pattern = tuple(int(name in row) for name in names)
            found[pattern] = found.get(pattern, 0) + 1
        return CapturePatterns(lists=names, rows=tuple(sorted(found.items(), reverse=True)))

    def _classes(self, by: tuple[str, ...]) -> dict[str, Classes]:
        if by not in self._known:
            unknown = [field for field in by if field not in COUNTABLE and field != LIST]
            if unknown:
                raise CaseError(
                    f"persons cannot be counted by {unknown[0]!r}",
                    where="case.toml",
                    do=f"Count by {', '.join(COUNTABLE)} or {LIST}",
                )
            readings = self._readings.values()
            self._known[by] = {
                "low": _least([reading.classes(by, "undisputed") for reading in readings]),
                "best": self._readings["best"].classes(by, "resolved"),
                "high": _most([reading.classes(by, "said") for reading in readings]),
            }
            resolved = [reading.classes(by, "resolved") for reading in readings]
            # That sources disagree is a fact about a reading: its range is that over the readings.
            for classes in {c for found in resolved for c in found if DISAGREE in c}:
                numbers = [found.get(classes, 0) for found in resolved]
                self._known[by]["low"][classes] = min(numbers)
                self._known[by]["high"][classes] = max(numbers)
        return self._known[by]


_SIDES = ("low", "best", "high")


def _least(readings: Sequence[Classes]) -> Classes:
    """Smallest number of each class over the readings."""
    everywhere = set.intersection(*(set(found) for found in readings))
    return {classes: min(found[classes] for found in readings) for classes in everywhere}


def _most(readings: Sequence[Classes]) -> Classes:
    """Largest number of each class over the readings."""
    anywhere = set().union(*readings)
    return {classes: max(found.get(classes, 0) for found in readings) for classes in anywhere}


def _count(by: tuple[str, ...], classes: tuple[str, ...], sides: dict[str, Classes]) -> Count:
    low, best, high = (sides[side].get(classes, 0) for side in _SIDES)
    return Count(
        where=tuple(sorted(zip(by, classes, strict=True))),
        low=min(low, best),
        best=best,
        high=max(high, best),
    )


def _unknown_last(classes: tuple[str, ...]) -> list[tuple[int, str]]:
    last = {DISAGREE: 1, UNKNOWN: 2}
    return [(last.get(value, 0), value) for value in classes]
