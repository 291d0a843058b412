"""Table: a list's cells as text, with where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from everyname.errors import TableError


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, every cell as text.

    Parameters
    ----------
    file
        Name of the file.
    sheet
        Name of the sheet; empty outside workbooks.
    columns
        Names of the columns, each once.
    rows
        One tuple of cells a row, as long as `columns`.
    numbers
        Row number of each row as the spreadsheet shows it, from 1.
    above
        Number of cells above the header, kept with the document.
    dialect
        What was understood of the file, for people: encoding, delimiter, sheet.
    header_row
        Row that names the columns, from 1.
    guessed
        Encoding that was guessed by the letters; empty when the file or the mapping says it.
    """

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    above: int
    dialect: str
    header_row: int = 1
    guessed: str = ""

    @property
    def cells(self) -> int:
        """Number of cells, the header's and those above it included."""
        return self.above + len(self.columns) * (1 + len(self.rows))

    def column(self, name: str) -> Iterator[str]:
        """Cells of one column, top to bottom."""
        index = self.columns.index(name)
        return (row[index] for row in self.rows)

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


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How to read a file as a table, where detection is not wanted.

    Parameters
    ----------
    sheet
        Name of the sheet; empty for the first.
    header_row
        Row that names the columns, from 1.
    encoding, delimiter
        Empty to detect.
    """

    sheet: str = ""
    header_row: int = 1
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a file before anybody knows which row names the columns.

    Parameters
    ----------
    file, sheet, dialect, guessed
        As in `Table`.
    rows
        Cells of each row, the first row being number `first`; rows differ in length.
    first
        Number of the first row as the spreadsheet shows it.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[str]]
    dialect: str
    first: int = 1
    guessed: str = ""


def shape(grid: Grid, header_row: int) -> Table:
    """Make a table of rows of cells.

    Columns without a name, and cells beyond the header, are named by their position; a name
    that occurs twice gets its position too. Short rows are filled with empty cells.

    Parameters
    ----------
    grid
        The cells.
    header_row
        Row that names the columns, from 1.

    Raises
    ------
    TableError
        There is no header row, or it is empty.
    """
    at = header_row - grid.first
    header = grid.rows[at] if 0 <= at < len(grid.rows) else ()
    if not any(cell.strip() for cell in header):
        raise TableError(
            f"row {header_row} should name the columns and is empty or missing",
            where=f"{grid.file}, sheet {grid.sheet!r}" if grid.sheet else grid.file,
            do="Set header_row under [table] in the mapping file, or send a file that is not empty",
        )
    below = grid.rows[at + 1 :]
    width = max(len(cells) for cells in (header, *below))
    return Table(
        file=grid.file,
        sheet=grid.sheet,
        columns=_names([*header, *([""] * (width - len(header)))]),
        rows=tuple((*cells, *([""] * (width - len(cells)))) for cells in below),
        numbers=tuple(range(header_row + 1, header_row + 1 + len(below))),
        above=sum(len(cells) for cells in grid.rows[:at]),
        dialect=grid.dialect,
        header_row=header_row,
        guessed=grid.guessed,
    )


def _names(header: Sequence[str]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for position, cell in enumerate(header, start=1):
        name = " ".join(cell.split()) or f"(column {position})"
        while name in names:
            name = f"{name} ({position})"
        names[name] = None
    return tuple(names)
