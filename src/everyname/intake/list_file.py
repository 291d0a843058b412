"""A list's file: what it holds says how it is read, and its ending only where that does not."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from everyname.errors import TableError
from everyname.intake.child import read_in_child
from everyname.intake.csv_file import read_csv
from everyname.intake.file_kind import (
    JSON,
    LISTS,
    TEXT,
    WORKBOOKS,
    Kind,
    kind_of,
    unexpected,
)
from everyname.intake.json_file import read_json
from everyname.intake.table import Grid, GridNote, Table, TableOptions, shape
from everyname.intake.workbook import read_workbook
from everyname.intake.zip_file import take_out

__all__ = ["LISTS", "TEXT", "WORKBOOKS", "read_grid", "read_table"]

LARGEST_TEXT = 4 << 30


def read_table(path: Path, options: TableOptions | None = None) -> Table:
    """Read a list as a table.

    Parameters
    ----------
    path
        The file.
    options
        What not to detect.

    Returns
    -------
    Table
        Every cell, as text.

    Raises
    ------
    TableError
        The file is missing, empty, damaged, or of no kind that is read.
    """
    options = options or TableOptions()
    return shape(read_grid(path, options), options.header_row, options.header_rows)


def read_grid(path: Path, options: TableOptions) -> Grid:
    """Read a list as rows of cells.

    CSV and other delimited text, XLSX, XLSM, XLSB, XLS, ODS, JSON, JSON lines, Parquet,
    SQLite, and a ZIP archive of one of these. A file that is not what its ending says is read as
    what it is, with a note.

    Parameters
    ----------
    path, options
        As in `read_table`; the header row does not matter here.

    Returns
    -------
    Grid
        Every cell, as text.

    Raises
    ------
    TableError
        The file is missing, empty, damaged, or of no kind that is read.
    """
    try:
        with _opened(path) as file:
            return _read(path.name, path.suffix.lower(), file, options)
    except FileNotFoundError:
        raise TableError(
            "there is no such file", where=str(path), do="Check its name under [lists]"
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise TableError(
            f"this cannot be read ({why})", where=str(path), do="Name a file"
        ) from error


def _opened(path: Path) -> BinaryIO:
    """Open a file that is one: a device has no end, and a pipe makes wait."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        called = "Is a directory" if stat.S_ISDIR(mode) else "a device or pipe, not a file"
        raise TableError(f"this cannot be read ({called})", where=str(path), do="Name a file")
    return os.fdopen(descriptor, "rb")


def _read(
    name: str, ending: str, file: BinaryIO, options: TableOptions, *, packed: bool = False
) -> Grid:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if not size or (size < 1 << 16 and not file.read().strip(b" \t\r\n\xef\xbb\xbf")):
        raise TableError("this file is empty", where=name, do="Send the file with its rows")
    kind = kind_of(name, ending, file)
    if kind == "zip":
        if packed:
            raise TableError("an archive within an archive is not read", where=name, do="Unpack it")
        return _read_archive(name, file, options)
    grid, kind = _read_kind(kind, name, ending, file, options)
    said = unexpected(kind, ending)
    return replace(grid, notes=(GridNote(0, 0, said), *grid.notes)) if said else grid


def _read_kind(
    kind: Kind, name: str, ending: str, file: BinaryIO, options: TableOptions
) -> tuple[Grid, Kind]:
    match kind:
        case "spreadsheet" | "opendocument" | "workbook":
            return read_workbook(name, file, options, kind), kind
        case "parquet" | "sqlite":
            return read_in_child(kind, name, file, options.sheet), kind
        case "json":
            try:
                return read_json(name, file, options, sure=ending in JSON), kind
            except TableError:
                if ending not in TEXT:
                    raise
    return read_csv(name, _whole(name, file), options), "text"


def _whole(name: str, file: BinaryIO) -> bytes:
    file.seek(0)
    data = file.read(LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise TableError(
            f"the file holds more than {LARGEST_TEXT:,} bytes of text",
            where=name,
            do="Send it in several files",
        )
    return data


def _read_archive(name: str, file: BinaryIO, options: TableOptions) -> Grid:
    member = take_out(name, file, options.sheet, LISTS)
    ending = PurePosixPath(member.name).suffix.lower()
    with member.file:
        within = f"{name}, {member.name}"
        wanted = replace(options, sheet=member.sheet)
        grid = _read(within, ending, member.file, wanted, packed=True)
    # What the sheet is called here must lead to the same cells when it is asked for.
    several = len(member.names) > 1
    sheet = "/".join(filter(None, (member.name, grid.sheet))) if several else grid.sheet
    return replace(
        grid,
        file=name,
        sheet=sheet,
        sheets=member.names if several else grid.sheets,
        dialect=f"ZIP, {member.name}, {grid.dialect}",
    )
