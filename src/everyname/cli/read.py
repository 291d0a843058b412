"""``everyname read``."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from rich.console import Console
from rich.table import Table as Lines

from everyname.cli.arguments import table_options
from everyname.cli.screen import note_words, shown

if TYPE_CHECKING:
    from everyname.intake import Grid, KnownFormat, Table

MOST = 50
"""Notes shown on the screen."""
LONG = 24
"""Characters shown of a value."""
CHECKED = 200_000
"""Rows up to which every value is read for its flags."""


@click.command(epilog="Example: everyname read hospital.csv")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--cells", is_flag=True, help="Print the cells instead: a JSON array for each row.")
@click.option("--json", "as_json", is_flag=True, help="Print what was understood as JSON.")
@table_options
@click.option("--encoding", default="", help="Encoding of a text file; detected if left out.")
@click.option("--delimiter", default="", help="What separates cells; detected if left out.")
@click.option("--quote", default="", help="Quotation mark around cells; detected if left out.")
def read(
    file: Path,
    *,
    cells: bool,
    as_json: bool,
    sheet: str,
    header_row: int | None,
    header_rows: int,
    encoding: str,
    delimiter: str,
    quote: str,
) -> None:
    """Say what is understood of FILE, without a case: how it is written, its columns, its flags.

    FILE is a CSV or other text file, a workbook (XLSX, XLS, ODS), JSON, JSON lines, Parquet, an
    SQLite database, or a ZIP of one of these. Nothing is written, and FILE is not changed.
    """
    from everyname.intake import TableOptions, found_table, read_grid

    options = TableOptions(
        sheet=sheet,
        header_row=header_row or 1,
        header_rows=header_rows,
        encoding=encoding,
        delimiter=delimiter,
        quote=quote,
    )
    if cells:
        _print_cells(read_grid(file, options))
        return
    table, known = found_table(file, options, headed=header_row is not None)
    understood = _Understood(table, known)
    if as_json:
        click.echo(orjson.dumps(understood.as_json()))
    else:
        understood.show()


def _print_cells(grid: Grid) -> None:
    """Print every row; say on the error stream what was mended."""
    for row in grid.cells.rows():
        sys.stdout.buffer.write(orjson.dumps(row) + b"\n")
    sys.stdout.buffer.flush()
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    for note in grid.all_notes:
        errors.print(shown(_place(note.row, note.column) + note.reason))


def _place(row: int, column: int) -> str:
    if not row:
        return "whole file: "
    return f"row {row}, column {column}: " if column else f"row {row}: "


class _Understood:
    """What is understood of a list: as a published format, or by its headers and values."""

    def __init__(self, table: Table, known: KnownFormat | None) -> None:
        from everyname.intake import Mapping, known_content, propose

        self.table = table
        self.known = known.title if known else ""
        self.proposal = propose(table)
        content: dict[str, Any]
        if known:
            content = known_content(known, table, table.file)
        else:
            content = tomllib.loads(self.proposal.toml(table.file or "list"))
        self.mapping = Mapping.from_content(content, table.file)

    def columns(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Column, what it is read as, the share understood, samples, and what is unsure."""
        joined = {name: each for each in self.mapping.joined for name in each.columns}
        proposals = {each.column: each for each in self.proposal.columns}
        for name in self.table.columns:
            proposal = proposals[name]
            section = self.mapping.columns.get(name)
            fields = ", ".join(section.fields) if section else ""
            if name in joined:
                fields = f"{joined[name].field}, joined"
            such = ", ".join(t if len(t) <= LONG else f"{t[: LONG - 1]}…" for t in proposal.sample)
            # What is said of a published format is certain; its shares are not of our guess.
            share = f"{proposal.understood:.0%}" if fields and not self.known else ""
            unsure = "" if self.known else proposal.unsure
            yield name, fields or "text", share, such, unsure

    def flags(self) -> tuple[tuple[str, str, str, int, int], ...]:
        """Gather what the values are flagged or rejected for."""
        from everyname.intake import convert

        if len(self.table) > CHECKED:
            return ()
        account = convert(self.table, self.mapping, "", self.table.file).account
        said = {note.reason for note in self.table.grid.all_notes}
        return tuple(each for each in account.reasons(publishable=False) if each[2] not in said)

    def as_json(self) -> dict[str, object]:
        """Give it as JSON."""
        table = self.table
        names = ("name", "read_as", "understood", "sample", "unsure")
        return {
            "file": table.file,
            "sheet": table.sheet,
            "sheets": table.grid.sheets,
            "dialect": table.dialect,
            "format": self.known,
            "header_row": table.header_row,
            "header_rows": table.header_rows,
            "rows": len(table),
            "cells": table.count,
            "kind": self.mapping.records.kind,
            "key": self.mapping.records.key,
            "columns": [dict(zip(names, each, strict=True)) for each in self.columns()],
            "notes": [
                {"row": note.row, "column": note.column, "reason": note.reason}
                for note in table.grid.all_notes
            ],
            "flags": [
                {"outcome": outcome, "column": column, "reason": why, "cells": n, "first_row": row}
                for outcome, column, why, n, row in self.flags()
            ],
        }

    def show(self) -> None:
        """Print it for people."""
        table = self.table
        console = Console(highlight=False)
        console.print(shown(f"{table.file}: {table.dialect}"), soft_wrap=True)
        size = f"{len(table):,} rows of {len(table.columns)} columns, {table.count:,} cells"
        console.print(shown(f"{size}, {_header(table)}"))
        if self.known:
            console.print(shown(f"known format: {self.known}"))
        if len(table.grid.sheets) > 1:
            console.print(shown(f"holds: {', '.join(table.grid.sheets)}"), soft_wrap=True)
        lines = Lines(box=None, padding=(0, 2))
        for title in ("column", "read as", "understood", "such as", "unsure"):
            lines.add_column(title, overflow="fold")
        for each in self.columns():
            lines.add_row(*map(shown, each))
        console.print(lines)
        notes = table.grid.all_notes
        for note in notes[:MOST]:
            where = _place(note.row, note.column)
            console.print(shown(f"flag: {where}{note.reason}"), soft_wrap=True)
        if len(notes) > MOST:
            console.print(f"... and {len(notes) - MOST:,} more flags: see --json")
        for reason in self.flags():
            console.print(shown(note_words(*reason)), soft_wrap=True)
        if len(table) > CHECKED:
            console.print(f"The values of more than {CHECKED:,} rows are read in a run only.")


def _header(table: Table) -> str:
    if table.header_rows == 1:
        return f"header in row {table.header_row}"
    return f"header in rows {table.header_row} to {table.header_row + table.header_rows - 1}"
