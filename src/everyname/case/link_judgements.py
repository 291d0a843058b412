"""Judgements on rows of lists that are linked without a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import polars as pl

from everyname.case.person_table import refuse, table_of, texts_of
from everyname.errors import LinkageError, TableError
from everyname.ledger import Decision
from everyname.linkage import Ties, contradiction
from everyname.linkage.evidence import ties_between

_BY_ROW = ("source_a", "row_a", "source_b", "row_b")
_BY_REFERENCE = ("record_a", "record_b")


def read_link_judgements(path: Path, values: pl.DataFrame) -> Ties:
    """Read judgements on records by their rows, or by their references.

    Parameters
    ----------
    path
        A CSV file or whatever else a list can be, with the columns source_a, row_a, source_b and
        row_b as the result names them, or record_a and record_b as in ``hand/judgements.csv``; and
        decision: same, different or unsure.
    values
        The records: ``source``, ``row`` and ``reference``.

    Returns
    -------
    Ties
        By position. Where two rows judge a pair differently, it is undecided.

    Raises
    ------
    TableError
        It cannot be read, lacks a column, or names a record that is not there, or several.
    LinkageError
        Judgements contradict each other.
    """
    table = table_of(path)
    by_row = "source_a" in table.columns
    frame = texts_of(table, (*(_BY_ROW if by_row else _BY_REFERENCE), "decision"))
    said = frame["decision"].str.to_lowercase()
    refuse(
        table,
        ~said.is_in(list(get_args(Decision))),
        "the decision is none of same, different and unsure",
        "Write one of these",
    )
    a, b = (_named(frame, side, by_row=by_row) for side in "ab")
    known = _places(values, by_row=by_row)
    ends = []
    for names in (a, b):
        places = names.to_frame("name").join(known, on="name", how="left", maintain_order="left")
        for times, found in ((0, "holds no record that was linked"), (2, "holds several")):
            count = places["times"].fill_null(0)
            wrong = count == 0 if times == 0 else count >= times
            if wrong.any():
                at = wrong.arg_max() or 0
                raise TableError(
                    f"{names[at]} {found}",
                    where=table.where(table.numbers[at]),
                    do="Name sources and rows as the result does"
                    if times == 0
                    else "Name it by record_a and record_b, as source/number",
                )
        ends.append(places["at"])
    refuse(table, ends[0] == ends[1], "both records are the same one", "Name two records")
    ties = ties_between(zip(*ends, said, strict=True))
    _refuse_contradiction(path, values, ties)
    return ties


def _named(frame: pl.DataFrame, side: str, *, by_row: bool) -> pl.Series:
    if by_row:
        return frame.select(
            pl.format("{}, row {}", f"source_{side}", f"row_{side}").alias("name")
        ).to_series()
    return frame[f"record_{side}"].rename("name")


def _places(values: pl.DataFrame, *, by_row: bool) -> pl.DataFrame:
    """Position of each record by its name, and how many have that name."""
    name = pl.format("{}, row {}", "source", "row") if by_row else pl.col("reference")
    return (
        values.select(name=name)
        .with_row_index("at")
        .with_columns(pl.col("at").cast(pl.Int64))
        .group_by("name")
        .agg(pl.col("at").first(), times=pl.len())
    )


def _refuse_contradiction(path: Path, values: pl.DataFrame, ties: Ties) -> None:
    against = contradiction(values.height, ties)
    if against is None:
        return
    one, other = _called(values, against)
    raise LinkageError(
        f"judgements contradict each other: {one} and {other} are called different, and others"
        " call them the same by way of further records",
        where=path.name,
        do="Take one of these judgements back",
    )


def _called(values: pl.DataFrame, positions: tuple[int, int]) -> Iterator[str]:
    for at in positions:
        yield f"{values['source'][at]}, row {values['row'][at]}"
