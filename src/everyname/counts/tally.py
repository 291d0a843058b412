"""Tally: counts by any fields, each as low, best and high."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.counts.classes import COUNTABLE
from everyname.counts.count import (
    DISAGREE,
    UNKNOWN,
    Breakdown,
    CapturePatterns,
    Count,
    Where,
)
from everyname.counts.evidence import CRITERIA, Evidence, Labels
from everyname.counts.scope import BEFORE_DEATH, DEATHS, NOT_YET, Scope
from everyname.counts.spelling import spelled
from everyname.errors import CaseError

LIST = "list"
Classes = dict[tuple[str, ...], int]


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
        self._readings = {name: _Reading(evidence, getattr(labels, name), scope) for name in _SIDES}
        self._known: dict[tuple[str, ...], dict[str, Classes]] = {}

    @property
    def best(self) -> _Reading:
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
        values = tuple(spelled(f, value, self.evidence.spelling) for f, value in where)
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


class _Reading:
    """Persons under one reading of the undecided pairs."""

    def __init__(self, evidence: Evidence, labels: NDArray[np.int64], scope: Scope) -> None:
        cluster = pl.DataFrame(
            {"record": np.arange(evidence.size), "cluster": labels},
            schema={"record": pl.Int64, "cluster": pl.Int64},
        )
        self.clusters = cluster.select("cluster").unique(maintain_order=True)
        self.lists = evidence.lists.join(cluster, on="record").select("cluster", "list").unique()
        self._said = _moved_on(evidence.said.join(cluster, on="record"))
        self._scope = scope
        self._views: dict[tuple[str, str], pl.DataFrame] = {}
        self._included: dict[str, pl.DataFrame] = {}

    @property
    def included(self) -> pl.DataFrame:
        """Clusters in scope by the rule in force; column ``cluster``."""
        return self.included_by("resolved")

    def included_by(self, how: str) -> pl.DataFrame:
        """Clusters in scope, strictly (undisputed), by the rule (resolved) or possibly (said)."""
        if how not in self._included:
            yes = ["in"]
            if self._scope.unknown == "include":
                yes.append(UNKNOWN)
            if how == "resolved":
                yes.append(DISAGREE)
            included = self.clusters
            for criterion in CRITERIA:
                met = self.view(criterion, how).filter(pl.col("value").is_in(yes))
                included = included.join(met, on="cluster", how="semi")
            self._included[how] = included
        return self._included[how]

    def view(self, field: str, how: str) -> pl.DataFrame:
        """Value of a field for each cluster; columns ``cluster`` and ``value``.

        ``undisputed`` has a row where all sources that speak agree, ``resolved`` one row a
        cluster, ``said`` one row for each value that any source gives. A cluster of which no
        source speaks has the value unknown.
        """
        key = (field, how)
        if key not in self._views:
            said = self._said.filter(pl.col("field") == field)
            if field == LIST:
                view = self.lists.rename({"list": "value"})
            elif how == "resolved":
                view = _resolve(said, self._scope.conflict)
            else:
                view = said.select("cluster", "value").unique()
                if how == "undisputed":
                    view = view.filter(pl.len().over("cluster") == 1)
            silent = self.clusters.join(
                view if field == LIST else said, on="cluster", how="anti"
            ).with_columns(value=pl.lit(UNKNOWN))
            self._views[key] = pl.concat([view.select("cluster", "value"), silent])
        return self._views[key]

    def classes(self, by: tuple[str, ...], how: str) -> Classes:
        """Count clusters in scope by combinations of classes."""
        frame = self.included_by(how)
        if not by:
            return {(): frame.height}
        for index, field in enumerate(by):
            values = self.view(field, how).rename({"value": f"c{index}"})
            frame = frame.join(values, on="cluster")
        names = [f"c{index}" for index in range(len(by))]
        rows: Iterator[tuple[object, ...]] = iter(frame.group_by(names).len().rows())
        return {tuple(str(v) for v in row[:-1]): int(str(row[-1])) for row in rows}


def _moved_on(said: pl.DataFrame) -> pl.DataFrame:
    """Leave out fates that a person had before one that is known to be later.

    Missing or held, then found dead, then identified: that is one person moving on and not sources
    that contradict each other.
    """
    for field, before, after in (
        ("fate", BEFORE_DEATH, DEATHS),
        (CRITERIA[0], (NOT_YET,), ("in",)),
    ):
        of_field = pl.col("field") == field
        known = said.filter(of_field & pl.col("value").is_in(after)).select("cluster").unique()
        over = (
            of_field
            & pl.col("value").is_in(before)
            & pl.col("cluster").is_in(known["cluster"].implode())
        )
        said = said.filter(~over)
    return said


def _resolve(said: pl.DataFrame, rule: str) -> pl.DataFrame:
    """Resolve conflicts between sources about one field by a named rule."""
    if rule == "source_order":
        said = said.filter(pl.col("rank") == pl.col("rank").min().over("cluster"))
    if rule == "majority":
        votes = said.group_by("cluster", "value").agg(votes=pl.col("root").n_unique())
        said = votes.filter(pl.col("votes") == pl.col("votes").max().over("cluster"))
    return said.group_by("cluster").agg(
        value=pl.when(pl.col("value").n_unique() == 1)
        .then(pl.col("value").first())
        .otherwise(pl.lit(DISAGREE))
    )


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
