"""Evidence: what every record says, laid out for counting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.counts.classes import COUNTABLE, classes_of
from everyname.counts.ruled import ruled_classes
from everyname.counts.scope import CRITERIA, Scope
from everyname.counts.spelling import NO_GAZETTEER, Spelling, spellings
from everyname.ledger import Filed, Ruling, Source, independent_roots
from everyname.vocabulary.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Evidence:
    """What records say, without who is who.

    Parameters
    ----------
    said
        Columns ``record`` (position), ``field``, ``value``, ``root`` and ``rank`` (position of
        the record's list): one row for each class that a record puts its subject in and each
        independent root behind it.
    lists
        Columns ``record`` and ``list``.
    names
        The lists, in their order.
    size
        Number of records.
    spelling
        Which class each place is, however it is written, and which place holds which.
    ruled
        Columns ``record``, ``field`` and ``value``: classes in which rulings put the persons of
        records.
    rulings
        The rulings, each with the position of its record.
    """

    said: pl.DataFrame
    lists: pl.DataFrame
    names: tuple[str, ...]
    size: int
    spelling: Spelling
    ruled: pl.DataFrame
    rulings: tuple[tuple[int, Ruling], ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Cluster of each record under three readings; int64, shape (n,), see `linkage.Clustering`."""

    low: NDArray[np.int64]
    best: NDArray[np.int64]
    high: NDArray[np.int64]


def gather(
    records: Sequence[Filed],
    sources: Mapping[str, Source],
    lists: Mapping[str, Sequence[str]],
    scope: Scope,
    rulings: Sequence[Ruling] = (),
    gazetteer: Gazetteer = NO_GAZETTEER,
) -> Evidence:
    """Lay out what records say.

    Parameters
    ----------
    records
        Person records, by position.
    sources
        Sources by key.
    lists
        Files of each list.
    scope
        Whom the case counts.
    rulings
        What a panel decided; those whose records are not among these are passed over.
    gazetteer
        The places that the team lists: the texts that name one of them are one class.
    """
    list_of = {file: name for name, files in lists.items() for file in files}
    rank = {name: index for index, name in enumerate(lists)}
    roots = {key: sorted(independent_roots(key, sources)) for key in sources}
    spelling = spellings(records, gazetteer)
    columns: dict[str, list[object]] = {n: [] for n in ("record", "field", "value", "root", "rank")}
    for position, filed in enumerate(records):
        record = filed.record
        said = [(f, spelling.of(f, value)) for f in COUNTABLE
                for value in classes_of(record, f, scope.elderly_from)]  # fmt: skip
        said += [level for place in record.values("place") for level in spelling.levels(place)]
        answers = zip(CRITERIA, scope.answers(record), strict=True)
        said += [(criterion, answer) for criterion, answer in answers if answer != "unknown"]
        order = rank.get(list_of.get(filed.file, ""), len(rank))
        for root in roots.get(record.source, [record.source]):
            for field, value in said:
                for name, cell in zip(columns, (position, field, value, root, order), strict=True):
                    columns[name].append(cell)
    schema = {"record": pl.Int64, "field": pl.String, "value": pl.String, "root": pl.String,
              "rank": pl.Int64}  # fmt: skip
    known = tuple(_placed(records, rulings))
    return Evidence(
        said=pl.DataFrame(columns, schema=schema),
        lists=pl.DataFrame(
            {
                "record": range(len(records)),
                "list": [list_of.get(filed.file, filed.file) for filed in records],
            },
            schema={"record": pl.Int64, "list": pl.String},
        ),
        names=tuple(lists),
        size=len(records),
        spelling=spelling,
        ruled=_ruled(known, scope, spelling),
        rulings=known,
    )


def _placed(records: Sequence[Filed], rulings: Sequence[Ruling]) -> Iterator[tuple[int, Ruling]]:
    if rulings:
        position = {filed.record.reference: place for place, filed in enumerate(records)}
        yield from ((position[r.record], r) for r in rulings if r.record in position)


def _ruled(rulings: Sequence[tuple[int, Ruling]], scope: Scope, spelling: Spelling) -> pl.DataFrame:
    rows = [
        (position, field, levels.get(field, spelling.of(field, value)))
        for position, ruling in rulings
        for levels in (_levels(ruling, spelling),)
        for field, value in ruled_classes(ruling, scope)
    ]
    schema = {"record": pl.Int64, "field": pl.String, "value": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _levels(ruling: Ruling, spelling: Spelling) -> Mapping[str, str]:
    """District and so on that follow from a ruling on the place."""
    return dict(spelling.levels(ruling.value)) if ruling.field == "place" else {}
