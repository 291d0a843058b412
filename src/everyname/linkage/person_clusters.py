"""Clusters: which rows of which tables are one person, with what is left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from everyname.errors import LinkageError
from everyname.linkage.belonging import belonging
from everyname.linkage.calibration import Calibration
from everyname.linkage.clusters import Clustering, Ties
from everyname.linkage.comparing import compared
from everyname.linkage.conflict import Conflict, conflicts
from everyname.linkage.count_interval import SEED, count_interval
from everyname.linkage.evidence import ties_between
from everyname.linkage.explanation import Explanation, Remark, explain
from everyname.linkage.model import Model
from everyname.linkage.pairs import Pairs
from everyname.linkage.sampling import Interval
from everyname.linkage.tables import Problem
from everyname.linkage.traits import Traits, traits_of

Row = tuple[str, int]
"""A record: name of its table or list, and its row there."""

_JUDGED = {
    "same": "It was judged that the two are one person.",
    "different": "It was judged that the two are two persons.",
    "unsure": "It was judged that it cannot be told whether the two are one person.",
}


class PersonCount(NamedTuple):
    """How many persons the records are about.

    Parameters
    ----------
    low
        If what is undecided is one person.
    best
        At the threshold in force.
    high
        If what is undecided is two persons.
    """

    low: int
    best: int
    high: int


@dataclass(frozen=True)
class Clusters:
    """Which records are one person.

    Parameters
    ----------
    values
        One row a record: ``source``, ``row``, and canonical texts of the fields compared.
    clustering
        Labels of the records under three readings, by position in `values`.
    pairs
        Scored pairs, by position in `values`.
    model
        What was learnt.
    ties
        What judgements hold.
    problems
        Texts that were not understood.
    prepared
        What of the records was compared, where it is at hand; else it is made when asked for.
    calibration
        How judgements correct the match probabilities.
    """

    values: pl.DataFrame
    clustering: Clustering
    pairs: Pairs
    model: Model
    ties: Ties = field(default_factory=Ties)
    problems: tuple[Problem, ...] = ()
    prepared: Traits | None = None
    calibration: Calibration = field(default_factory=Calibration)

    def __len__(self) -> int:
        return self.values.height

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Who is who: ``source``, ``row``, ``person``, ``probability``.

        Persons are numbered P1, P2 and so on in the order of their first records; the numbers
        hold for these records only. ``probability`` is that with which the record belongs with
        the rest of its person, and of a record that is alone in its person, that it belongs with
        nobody else; see `belonging`.
        """
        labels = self.clustering.best
        # A label is the position of its first record.
        number = np.unique(labels, return_inverse=True)[1] + 1
        return self.values.select("source", "row").with_columns(
            person="P" + pl.Series(number, dtype=pl.Int64).cast(pl.String),
            probability=pl.Series(belonging(labels, self.pairs, self.ties).round(4)),
        )

    @property
    def count(self) -> PersonCount:
        """How many persons there are, under three readings."""
        found = self.clustering
        return PersonCount(*(len(np.unique(x)) for x in (found.low, found.best, found.high)))

    def interval(self, level: float = 0.95, draws: int | None = None, seed: int = SEED) -> Interval:
        """Interval of the number of persons, from whole clusterings drawn at random.

        Parameters
        ----------
        level
            Share of the draws within.
        draws
            How many clusterings are drawn; see `sample_clusterings`. None for 200, or fewer of
            more than 20,000 records, but at least 40.
        seed
            Equal ones give equal draws.

        Raises
        ------
        LinkageError
            The level is not between 0 and 1, or nothing is drawn.
        """
        return count_interval(
            self.values["source"].to_list(),
            self.pairs,
            self.ties,
            self.model,
            self.calibration,
            level=level,
            draws=draws,
            seed=seed,
        )

    @cached_property
    def traits(self) -> Traits:
        """What of the records was compared."""
        return self.prepared or traits_of(self.values)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What within persons speaks against their being one."""
        return conflicts(self.traits.table, self.clustering.best, self.pairs)

    def explain(self, a: Row, b: Row) -> Explanation:
        """Explain why two records are one person, or two.

        Parameters
        ----------
        a, b
            Each the ``source`` and ``row`` of a record, as in `frame`.

        Raises
        ------
        LinkageError
            There is no such record, or both are the same one.
        """
        one, other = self._position(a), self._position(b)
        if one == other:
            raise LinkageError("both are the same record", do="Name two different records")
        low, high = min(one, other), max(one, other)
        ends = np.array([low]), np.array([high])
        found = compared(self.traits.frame, *ends, self.model)
        scored = self.pairs.where((self.pairs.a == low) & (self.pairs.b == high))
        sources = self.values["source"]
        known = bool(len(scored)) and float(scored.probability[0]) > 0
        return explain(
            self.model,
            found.levels[0].tolist(),
            self.values.row(one, named=True),
            self.values.row(other, named=True),
            within=sources[one] == sources[other],
            event=int(found.event[0]),
            probability=float(scored.probability[0]) if known else None,
            remarks=self._remarks((low, high), scored),
        )

    def _position(self, record: Row) -> int:
        source, row = record
        found = self._places.get((source, row))
        if found is None:
            raise LinkageError(
                f"there is no record of {source!r}, row {row}", do="Name one of `frame`"
            )
        return found

    @cached_property
    def _places(self) -> dict[Row, int]:
        rows = self.values.select("source", "row").iter_rows()
        return {(source, row): at for at, (source, row) in enumerate(rows)}

    def _remarks(self, pair: tuple[int, int], scored: Pairs) -> tuple[Remark, ...]:
        """What decided beyond the weights."""
        remarks = [
            Remark("judgement", words)
            for decision, words in _JUDGED.items()
            if pair in {(min(p), max(p)) for p in getattr(self.ties, decision)}
        ]
        if scored.conflict.any():
            told = (
                "The two names have nothing in common. That alone decides for two persons,"
                " whatever else agrees, unless somebody judges otherwise."
            )
            remarks.append(Remark("conflict", told))
        together = self.clustering.best[pair[0]] == self.clustering.best[pair[1]]
        counted = "one person" if together else "two persons"
        return (*remarks, Remark("clustering", f"They count as {counted}."))


def ties_of_rows(values: pl.DataFrame, judged: Sequence[tuple[Row, Row, str]]) -> Ties:
    """Turn judgements on rows into ties between positions.

    Parameters
    ----------
    values
        ``source`` and ``row`` of the records.
    judged
        Two records each, and what was judged: same, different or unsure. Where judgements of one
        pair differ, it is undecided.

    Raises
    ------
    LinkageError
        A record is not there, both are the same one, or a decision is none of the three.
    """
    wanted = {row for a, b, _ in judged for row in (a, b)}
    rows = enumerate(values.select("source", "row").iter_rows())
    place: dict[Row, int] = {}
    for at, (source, row) in rows:
        if (source, row) in wanted:
            place.setdefault((source, row), at)
    found = []
    for a, b, decision in judged:
        for source, row in (a, b):
            if (source, row) not in place:
                raise LinkageError(
                    f"a judgement names {source!r}, row {row}, which was not linked",
                    do="Name records as the result does",
                )
        if decision not in _JUDGED or a == b:
            raise LinkageError(
                f"{decision!r} is judged of {a} and {b}",
                do="Judge two different records: same, different or unsure",
            )
        found.append((place[a], place[b], decision))
    return ties_between(found)
