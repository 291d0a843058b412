"""PersonReading: persons under one reading of the undecided pairs, and the class of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.counts.count import DISAGREE, UNKNOWN
from everyname.counts.evidence import Evidence
from everyname.counts.scope import BEFORE_DEATH, CRITERIA, DEATHS, NOT_YET, Scope
from everyname.counts.spelling import PLACES

LIST = "list"
Classes = dict[tuple[str, ...], int]


class PersonReading:
    """Persons under one reading of the undecided pairs.

    Parameters
    ----------
    evidence
        What records say, and what was ruled.
    labels
        Cluster of each record under this reading; int64, shape (n,).
    scope
        Whom the case counts.
    """

    def __init__(self, evidence: Evidence, labels: NDArray[np.int64], scope: Scope) -> None:
        cluster = pl.DataFrame(
            {"record": np.arange(evidence.size), "cluster": labels},
            schema={"record": pl.Int64, "cluster": pl.Int64},
        )
        self.clusters = cluster.select("cluster").unique(maintain_order=True)
        self.lists = evidence.lists.join(cluster, on="record").select("cluster", "list").unique()
        said = _moved_on(evidence.said.join(cluster, on="record"))
        self._said = _narrowed(said, evidence.spelling.within())
        self._ruled = evidence.ruled.join(cluster, on="record").select("cluster", "field", "value")
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
        source speaks has the value unknown. A ruling is the resolution whatever the rule in force;
        elsewhere it is one more voice, so that what it overrules stays in the range.
        """
        key = (field, how)
        if key not in self._views:
            said = self._said.filter(pl.col("field") == field)
            ruled = self._ruled.filter(pl.col("field") == field).select("cluster", "value")
            voices = pl.concat([said.select("cluster", "value"), ruled])
            if field == LIST:
                view = voices = self.lists.rename({"list": "value"})
            elif how == "resolved":
                resolved = _resolve(said, self._scope.conflict)
                view = pl.concat([resolved.join(ruled, on="cluster", how="anti"), _one(ruled)])
            else:
                view = voices.unique()
                if how == "undisputed":
                    view = view.filter(pl.len().over("cluster") == 1)
            silent = self.clusters.join(voices, on="cluster", how="anti").with_columns(
                value=pl.lit(UNKNOWN)
            )
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


def _narrowed(said: pl.DataFrame, within: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Leave out places that only hold one that is also known.

    Who names the district does not contradict who names the village.
    """
    if not within:
        return said
    pairs = pl.DataFrame(within, schema={"value": pl.String, "outer": pl.String}, orient="row")
    known = said.filter(pl.col("field").is_in(PLACES)).join(pairs, on="value")
    wider = known.select("cluster", "field", value="outer").unique()
    return said.join(wider, on=["cluster", "field", "value"], how="anti")


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


def _one(ruled: pl.DataFrame) -> pl.DataFrame:
    """Put rulings on one cluster together: one that leaves open what another says gives way.

    Under the reading in which undecided pairs are one person, rulings on two persons can meet.
    """
    known = pl.col("value").filter(pl.col("value") != UNKNOWN)
    return ruled.group_by("cluster").agg(
        value=pl.when(known.n_unique() > 1)
        .then(pl.lit(DISAGREE))
        .otherwise(known.first().fill_null(UNKNOWN))
    )
