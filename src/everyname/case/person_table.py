"""PersonTable: a file that says which rows of which lists are which person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polars as pl

from everyname.errors import TableError
from everyname.intake import Table, read_table

ROW_OF = ("source", "row")
"""What a record is found by."""


@dataclass(frozen=True, slots=True)
class PersonTable:
    """Rows of lists, and their persons.

    Parameters
    ----------
    file
        Name of the file.
    frame
        Columns ``source``, ``row`` and ``person``, and after them the ones asked for, as text;
        a pair of source and row stands there once.
    """

    file: str
    frame: pl.DataFrame

    @classmethod
    def load(cls, path: Path, by: Sequence[str] = (), *, complete: bool = False) -> Self:
        """Read the file: a CSV file or whatever else a list can be.

        Parameters
        ----------
        path
            Its columns are file (or else source), row and person, and any others.
        by
            Further columns to take.
        complete
            Whether each row must name a person.

        Raises
        ------
        TableError
            It cannot be read; a column is missing; a row says not which record it is of, stands
            there twice or, where it must, names no person.
        """
        table = table_of(path)
        source = "file" if "file" in table.columns else "source"
        frame = texts_of(table, (source, "row", "person", *by)).rename({source: "source"})
        for name in (*ROW_OF, *(("person",) if complete else ())):
            refuse(table, frame[name] == "", f"no {name} is named", "Fill it in")
        refuse(
            table,
            ~frame.select(pl.struct(ROW_OF).is_first_distinct()).to_series(),
            "this record was there before",
            "Keep one row for each record",
        )
        return cls(table.file, frame)


def table_of(path: Path) -> Table:
    """Read a file as a table whose first row names the columns.

    Raises
    ------
    TableError
        It is missing or cannot be read.
    """
    if not path.exists():
        raise TableError("there is no such file", where=str(path), do="Check its name")
    return read_table(path)


def texts_of(table: Table, columns: Sequence[str]) -> pl.DataFrame:
    """Take columns of a table, as text without white space around it, each column once.

    Raises
    ------
    TableError
        There is no such column.
    """
    wanted = tuple(dict.fromkeys(columns))
    for name in wanted:
        if name not in table.columns:
            raise TableError(
                f"there is no column {name!r}; there are {', '.join(table.columns)}",
                where=table.where(),
                do="Name the columns in the first row",
            )
    return pl.DataFrame({name: table.column(name).str.strip_chars() for name in wanted})


def refuse(table: Table, wrong: pl.Series, found: str, do: str) -> None:
    """Refuse a table of which some rows are wrong, naming the first.

    Parameters
    ----------
    table
        The table.
    wrong
        For each row below the header, whether it is.
    found, do
        What is wrong, and what to do.

    Raises
    ------
    TableError
        A row is wrong.
    """
    if wrong.any():
        at = wrong.arg_max() or 0
        raise TableError(found, where=table.where(table.numbers[at]), do=do)
