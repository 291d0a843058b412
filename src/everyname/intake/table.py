"""Table: a list's cells as text, with where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from everyname.errors import TableError
from everyname.intake.cells import Cells

BETWEEN = " / "
"""What joins the names of a column that a header of several rows gives it."""


@dataclass(frozen=True, slots=True)
class GridNote:
    """Something about the way a cell or row was read that a person should know.

    Parameters
    ----------
    row
        Row as the spreadsheet shows it; 0 for the whole file.
    column
        Column from 1; 0 for the whole row.
    reason
        What was found and what was done, without the cell's text.
    """

    row: int
    column: int
    reason: str


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How to read a file as a table, where detection is not wanted.

    Parameters
    ----------
    sheet
        Name of the sheet, of the table of a database, or of the file within a ZIP archive;
        empty for the first.
    header_row
        First row that names the columns, from 1.
    header_rows
        Number of rows that name the columns.
    encoding, delimiter, quote
        Empty to detect.
    """

    sheet: str = ""
    header_row: int = 1
    header_rows: int = 1
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a file before anybody knows which row names the columns.

    Parameters
    ----------
    file
        Name of the file.
    sheet
        Name of the sheet; empty where there are none.
    cells
        The cells; the first row is number `first`.
    dialect
        What was understood of the file, for people: encoding, delimiter, sheet.
    first
        Number of the first row as the spreadsheet shows it.
    guessed
        Encoding that was guessed by the letters; empty when the file or the mapping says it.
    sheets
        Names of all the sheets, this one included.
    notes
        What was mended or is doubtful.
    headed
        Whether the format itself names the columns, in the first row.
    """

    file: str
    sheet: str
    cells: Cells
    dialect: str
    first: int = 1
    guessed: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[GridNote, ...] = ()
    headed: bool = False

    @property
    def all_notes(self) -> tuple[GridNote, ...]:
        """The notes, and those on cells with half a character, by row and column."""
        halves = (
            GridNote(
                row + self.first,
                column + 1,
                "half a character (a lone surrogate) stands in the cell: written as its escape",
            )
            for row, column in self.cells.halves
        )
        return tuple(sorted((*self.notes, *halves), key=lambda note: (note.row, note.column)))


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, every cell as text.

    Parameters
    ----------
    grid
        The file's cells.
    columns
        Names of the columns, each once: as many as the longest row has cells.
    header_row, header_rows
        As in `TableOptions`.
    """

    grid: Grid
    columns: tuple[str, ...]
    header_row: int = 1
    header_rows: int = 1

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.grid.file

    @property
    def sheet(self) -> str:
        """Name of the sheet; empty where there are none."""
        return self.grid.sheet

    @property
    def dialect(self) -> str:
        """What was understood of the file, for people."""
        return self.grid.dialect

    @property
    def _top(self) -> int:
        """Index of the first row below the header."""
        return self.header_row - self.grid.first + self.header_rows

    @property
    def named(self) -> int:
        """Number of columns that the header has cells for."""
        widths = self.grid.cells.widths[self._top - self.header_rows : self._top]
        return int(widths.max(initial=0))

    @property
    def numbers(self) -> range:
        """Row number of each row below the header, as the spreadsheet shows it."""
        first = self.header_row + self.header_rows
        return range(first, first + len(self.grid.cells) - self._top)

    @property
    def widths(self) -> np.ndarray:
        """Number of cells that stand in each row below the header; shape (rows,)."""
        return self.grid.cells.widths[self._top :]

    @property
    def above(self) -> int:
        """Number of cells above the header."""
        return int(self.grid.cells.widths[: self._top - self.header_rows].sum())

    @property
    def headers(self) -> int:
        """Number of cells in the header and above it."""
        return int(self.grid.cells.widths[: self._top].sum())

    @property
    def count(self) -> int:
        """Number of cells, the header's and those above it included."""
        return self.grid.cells.count

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self) -> Iterator[list[str]]:
        """Rows below the header, each as long as the header at least: short ones are filled."""
        named = self.named
        for cells in self.grid.cells.rows(self._top):
            yield cells if len(cells) >= named else cells + [""] * (named - len(cells))

    def row(self, at: int) -> list[str]:
        """Cells of one row below the header, from 0, as they stand."""
        return self.grid.cells.row(self._top + at)

    def holding(self) -> np.ndarray:
        """Number of cells of each row below the header that hold anything; shape (rows,)."""
        return self.grid.cells.holding(self._top)

    def starting_with(self, text: str) -> Iterator[tuple[int, int]]:
        """Row and column, from 0, of the cells below the header that start with a text."""
        for row, column in self.grid.cells.starting_with(text):
            if row >= self._top:
                yield row - self._top, column

    def column(self, name: str, rows: int | None = None) -> pl.Series:
        """Cells of one column, top to bottom; empty in rows that are too short.

        Parameters
        ----------
        name
            Of the column.
        rows
            How many rows at most; None for all.
        """
        stop = None if rows is None else self._top + rows
        return self.grid.cells.column(self._places[name], self._top, stop).fill_null("")

    @property
    def _places(self) -> dict[str, int]:
        return _places(self.columns)

    def where(self, row: int | None = None, column: str | None = None) -> str:
        """Say where something stands, for a message."""
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet!r}")
        if row is not None:
            parts.append(f"row {row}")
        if column is not None:
            parts.append(f"column {column!r}")
        return ", ".join(parts)


@lru_cache(maxsize=8)
def _places(columns: tuple[str, ...]) -> dict[str, int]:
    return {name: at for at, name in enumerate(columns)}


def shape(grid: Grid, header_row: int, header_rows: int = 1) -> Table:
    """Make a table of rows of cells.

    Columns without a name, and cells beyond the header, are named by their position; a name
    that occurs twice gets its position too. Where several rows name the columns, a name in an
    upper row holds for the empty cells to its right, as in merged cells.

    Parameters
    ----------
    grid
        The cells.
    header_row
        First row that names the columns, from 1.
    header_rows
        Number of rows that name the columns.

    Raises
    ------
    TableError
        There is no header row, or it is empty.
    """
    at = header_row - grid.first
    inside = at >= 0 and at + header_rows <= len(grid.cells)
    levels = list(grid.cells.rows(at, at + header_rows)) if inside else []
    if not any(cell.strip() for level in levels for cell in level):
        raise TableError(
            f"row {header_row} should name the columns and is empty or missing",
            where=f"{grid.file}, sheet {grid.sheet!r}" if grid.sheet else grid.file,
            do="Set header_row under [table] in the mapping file, or send a file that is not empty",
        )
    width = max(int(grid.cells.widths[at:].max()), 1)
    return Table(grid, _names(_joined(levels, width)), header_row, header_rows)


def _joined(levels: Sequence[list[str]], width: int) -> list[str]:
    filled = [level + [""] * (width - len(level)) for level in levels]
    for level in filled[:-1]:
        for position in range(1, width):
            if not level[position].strip():
                level[position] = level[position - 1]
    columns = zip(*filled, strict=True)
    names = (dict.fromkeys(" ".join(cell.split()) for cell in column) for column in columns)
    return [BETWEEN.join(filter(None, name)) for name in names]


def _names(header: Sequence[str]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for position, cell in enumerate(header, start=1):
        name = " ".join(cell.split()) or f"(column {position})"
        while name in names:
            name = f"{name} ({position})"
        names[name] = None
    return tuple(names)
