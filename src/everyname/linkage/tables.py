"""Tables: records of persons in Polars, pandas or Arrow, read as linkage compares them."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from pyarrow.interchange import from_dataframe

from everyname.errors import LinkageError
from everyname.linkage.traits import FIELDS
from everyname.vocabulary import FIELDS as VOCABULARY
from everyname.vocabulary import ReadOptions, field
from everyname.vocabulary.date_order import date_order

Tables = Any
"""One table; a mapping of name to table; or a sequence of tables, or of names and tables."""

SCHEMA: Mapping[str, pl.DataType] = {
    "source": pl.String(),
    "row": pl.Int64(),
    **dict.fromkeys(FIELDS, pl.String()),
}
"""Columns of the records of tables."""

_DATES = frozenset(name for name in FIELDS if VOCABULARY[name].read is VOCABULARY["date"].read)
_ALONE = "table"


@dataclass(frozen=True, slots=True)
class Problem:
    """A text that was not understood, and states nothing.

    Parameters
    ----------
    table
        Name of the table.
    row
        Position in the table, from 0; the first that has the text.
    column
        Name of the column.
    text
        What stands there.
    reason
        Why it is not understood, and what to do.
    rows
        How many rows have the text.
    """

    table: str
    row: int
    column: str
    text: str
    reason: str
    rows: int = 1

    def __str__(self) -> str:
        more = f" (and {self.rows - 1:,} more)" if self.rows > 1 else ""
        return f"{self.table}, row {self.row}, column {self.column!r}{more}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ReadTables:
    """Records of tables.

    Parameters
    ----------
    frame
        One row a record, in the order of the tables: ``source``, the table's name; ``row``, the
        position in it, from 0; and for each field that linkage compares its canonical text, null
        where not stated.
    problems
        What was not understood.
    """

    frame: pl.DataFrame
    problems: tuple[Problem, ...]


def read_tables(tables: Tables, columns: Mapping[str, str] | None = None) -> ReadTables:
    """Read the records of tables, each text as its field is read.

    Parameters
    ----------
    tables
        One table; a mapping of name to table; a sequence of tables, then named "1", "2" and so
        on; or a sequence of pairs of name and table. A table is a Polars frame, a pandas frame, an
        Arrow table or record batch, or anything else with ``__arrow_c_stream__`` or
        ``__dataframe__``.
    columns
        Field by the name of a column, for columns that are not called as their field is. Columns
        that are neither named here nor called like a field are passed over.

    Returns
    -------
    ReadTables
        Each distinct text of a column is read once. Numbers and dates are read as they would be
        written; the order of day and month follows from the column's own dates.

    Raises
    ------
    LinkageError
        Something is no table, a table has no column of a field that is compared, or has two for
        one, or holds what is no text; `columns` names a column that no table has.
    MappingError
        `columns` names a field that does not exist.
    """
    named = list(_named(tables))
    wanted = {column: field(name).name for column, name in (columns or {}).items()}
    _refuse_missing(wanted, [frame for _, frame in named])
    frames = [pl.DataFrame(schema=SCHEMA)]
    problems: list[Problem] = []
    for name, frame in named:
        texts, found = _read(name, frame, _fields(name, frame, wanted))
        frames.append(texts)
        problems += found
    return ReadTables(pl.concat(frames), tuple(problems))


def _named(tables: Tables) -> Iterator[tuple[str, pl.DataFrame]]:
    """Each table under its name."""
    if _is_table(tables):
        yield _ALONE, _frame(_ALONE, tables)
        return
    if isinstance(tables, Mapping):
        pairs = list(tables.items())
    elif isinstance(tables, Sequence) and not isinstance(tables, str | bytes):
        pairs = [_pair(at, each) for at, each in enumerate(tables, start=1)]
    else:
        raise _no_table("tables", tables)
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        raise LinkageError(f"two tables are called {twice[0]!r}", do="Name each otherwise")
    for name, table in pairs:
        yield str(name), _frame(str(name), table)


def _pair(at: int, each: Any) -> tuple[str, Any]:  # noqa: ANN401 - whatever a caller gives
    if isinstance(each, tuple) and len(each) == 2 and isinstance(each[0], str):
        return each
    return str(at), each


def _is_table(table: object) -> bool:
    kinds = (pl.DataFrame, pl.LazyFrame)
    return isinstance(table, kinds) or any(
        hasattr(table, name) for name in ("__arrow_c_stream__", "__dataframe__")
    )


def _frame(name: str, table: Any) -> pl.DataFrame:  # noqa: ANN401 - whatever a caller gives
    if isinstance(table, pl.LazyFrame):
        return table.collect()
    if isinstance(table, pl.DataFrame):
        return table
    if not _is_table(table):
        raise _no_table(f"the table {name!r}", table)
    try:
        if hasattr(table, "__arrow_c_stream__"):
            return pl.DataFrame(table)
        return pl.DataFrame(from_dataframe(table))
    except (pl.exceptions.PolarsError, TypeError, ValueError, RuntimeError) as error:
        # pandas cannot hand over a column of texts and numbers mixed.
        raise LinkageError(
            f"the table cannot be read ({error})".splitlines()[0],
            where=name,
            do="Make each of its columns texts, such as with astype(str) in pandas",
        ) from error


def _no_table(what: str, found: object) -> LinkageError:
    return LinkageError(
        f"{what} is a {type(found).__name__}",
        do="Give Polars or pandas frames or Arrow tables, or a mapping of name to table",
    )


def _refuse_missing(wanted: Mapping[str, str], frames: Sequence[pl.DataFrame]) -> None:
    there = dict.fromkeys(column for frame in frames for column in frame.columns)
    for column in wanted:
        if column not in there:
            near = difflib.get_close_matches(column, there, n=3, cutoff=0.5) or list(there)[:20]
            raise LinkageError(
                f"no table has a column {column!r}",
                where="columns",
                do=f"There are {', '.join(map(repr, near))}",
            )


def _fields(name: str, frame: pl.DataFrame, wanted: Mapping[str, str]) -> dict[str, str]:
    """Column by field, of the fields that are compared."""
    found: dict[str, str] = {}
    for column in frame.columns:
        of = wanted.get(column, column)
        if of not in FIELDS:
            continue
        if of in found:
            raise LinkageError(
                f"the columns {found[of]!r} and {column!r} are both {of}",
                where=name,
                do="Leave one of them out, or rename it",
            )
        found[of] = column
    if not found:
        has = ", ".join(map(repr, frame.columns[:20])) or "none"
        raise LinkageError(
            f"no column is called like a field that is compared; the columns are {has}",
            where=name,
            do=f"Say which is which with columns={{...}}. The fields are {', '.join(FIELDS)}",
        )
    return found


def _read(
    name: str, frame: pl.DataFrame, fields: Mapping[str, str]
) -> tuple[pl.DataFrame, list[Problem]]:
    length = frame.height
    values = [
        pl.repeat(name, length, dtype=pl.String, eager=True).alias("source"),
        pl.int_range(length, dtype=pl.Int64, eager=True).alias("row"),
    ]
    problems: list[Problem] = []
    for of in FIELDS:
        read = pl.repeat(None, length, dtype=pl.String, eager=True)
        if of in fields:
            read, found = _understood(name, fields[of], of, _texts(name, frame[fields[of]]))
            problems += found
        values.append(read.alias(of))
    return pl.DataFrame(values), sorted(problems, key=lambda problem: problem.row)


def _texts(name: str, series: pl.Series) -> pl.Series:
    """Values as they would be written."""
    kind = series.dtype
    if kind.is_float():
        # pandas makes decimal fractions of whole numbers as soon as one is missing.
        whole = series.is_finite() & (series == series.round(0)) & (series.abs() < 2**53)
        number = pl.when(whole).then(series.cast(pl.Int64, strict=False).cast(pl.String))
        return pl.select(
            number.otherwise(pl.when(series.is_finite()).then(series.cast(pl.String)))
        ).to_series()
    if isinstance(kind, pl.Datetime):
        return series.dt.date().cast(pl.String)
    if kind.is_nested() or kind in (pl.Object, pl.Binary):
        raise LinkageError(
            f"the column {series.name!r} holds {str(kind).split('(')[0].lower()} values",
            where=name,
            do="Make texts of them",
        )
    return series.cast(pl.String)


def _understood(
    name: str, column: str, of: str, texts: pl.Series
) -> tuple[pl.Series, list[Problem]]:
    """Canonical texts, each distinct one read once, and what was not understood."""
    times = texts.drop_nulls().value_counts(sort=False)
    counted = dict(zip(times[:, 0].to_list(), times[:, 1].to_list(), strict=True))
    options = ReadOptions(date_order=date_order(counted).order if of in _DATES else None)
    value: dict[str, str | None] = {}
    refused: dict[str, str] = {}
    for text in counted:
        reading = VOCABULARY[of].read(text, options)
        value[text] = reading.value if reading.stance == "asserted" else None
        if reading.reason:
            refused[text] = reading.reason
    known = pl.DataFrame(
        {"text": list(value), "value": list(value.values())},
        schema={"text": pl.String, "value": pl.String},
    )
    found = texts.rename("text").to_frame().with_row_index("at")
    read = found.join(known, on="text", how="left", maintain_order="left")["value"]
    bad = found.filter(pl.col("text").is_in(pl.Series(list(refused), dtype=pl.String).implode()))
    first = bad.group_by("text", maintain_order=True).agg(pl.col("at").first())
    problems = [
        Problem(name, at, column, text, refused[text], counted[text])
        for text, at in first.iter_rows()
    ]
    return read, problems
