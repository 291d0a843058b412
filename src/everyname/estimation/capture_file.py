"""Capture file: a CSV file with a column of 0 and 1 for each list, read as columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from numpy.typing import NDArray

from everyname.errors import EstimationError

Cells: TypeAlias = Sequence[Any] | NDArray[Any]

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Columns:
    """Named columns of a file or a data frame.

    Parameters
    ----------
    names
        Names of the columns, all different.
    cells
        The cells of each column.
    rows
        Number of each row as a reader finds it again.
    where
        The file; empty for a data frame.
    """

    names: tuple[str, ...]
    cells: tuple[Cells, ...]
    rows: Sequence[int]
    where: str = ""

    def column(self, name: str) -> Cells:
        """Find the cells of a column.

        Raises
        ------
        EstimationError
            Where there is no column of that name.
        """
        if name not in self.names:
            raise EstimationError(
                f"there is no column {name!r}",
                where=self.where,
                do=f"Use one of {', '.join(self.names)}.",
            )
        return self.cells[self.names.index(name)]

    def place(self, row: int | None = None, name: str | None = None) -> str:
        """Say where a cell is, counting rows from 0."""
        parts = [self.where] if self.where else []
        parts += [f"row {self.rows[row]}"] if row is not None else []
        parts += [f"column {name!r}"] if name is not None else []
        return ", ".join(parts)


def read_capture_file(path: Path) -> Columns:
    """Read a CSV file whose first row names the columns.

    The file is UTF-8 text, with or without a byte order mark; cells are separated by commas,
    semicolons, tabs or bars, whichever the first row has most of. Blank lines are passed over.
    Rows are numbered as a spreadsheet shows them: the names are row 1.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    EstimationError
        Where the file is not such a table; the message says what to do.
    """
    text = _text(path)
    header = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise EstimationError(
            f"this is not CSV ({error})",
            where=str(path),
            do="Save the table as CSV with quotation marks in pairs.",
        ) from None
    numbered = [
        (number, cells)
        for number, cells in enumerate(lines, start=1)
        if any(cell.strip() for cell in cells)
    ]
    if not numbered:
        raise EstimationError(
            "the file is empty",
            where=str(path),
            do="Give a table with a column of 0 and 1 for each list.",
        )
    first, *rows = numbered
    names = _header(first[1], str(path))
    if not rows:
        raise EstimationError(
            "the file has names of columns and no rows",
            where=str(path),
            do="Give a row for each person, or for each pattern with its count.",
        )
    for number, cells in rows:
        if len(cells) != len(names):
            raise EstimationError(
                f"{len(cells)} cells, where the first row names {len(names)} columns",
                where=f"{path}, row {number}",
                do="Give every row one cell a column.",
            )
    cells_by_column = tuple(zip(*(cells for _, cells in rows), strict=True))
    return Columns(
        names,
        cells_by_column,
        tuple(number for number, _ in rows),
        str(path),
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise EstimationError(
            "there is no such file", where=str(path), do="Check the path."
        ) from None
    except OSError as error:
        raise EstimationError(
            f"this cannot be read ({error.strerror})", where=str(path), do="Check the path."
        ) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise EstimationError(
            "this is not text in UTF-8",
            where=str(path),
            do="Save the table as CSV in UTF-8; in a spreadsheet: Save as, CSV UTF-8.",
        )
    return text


def _header(cells: Sequence[str], where: str) -> tuple[str, ...]:
    names = tuple(cell.strip() for cell in cells)
    # Lists may be called 2019 and 2020, but hardly 0 and 1: a row of marks is no header.
    if set(names[:-1] or names) <= {"0", "1"} and names[-1].isdigit():
        raise EstimationError(
            "the first row holds numbers, not names",
            where=where,
            do="Put the names of the lists in the first row.",
        )
    return checked_names(names, where)


def checked_names(names: Sequence[str], where: str) -> tuple[str, ...]:
    """Return names of columns that are all there and all different.

    Parameters
    ----------
    names
        The names.
    where
        The file; empty for a data frame.

    Raises
    ------
    EstimationError
        Where a column has no name, or the name of another.
    """
    at = f"{where}, " if where else ""
    for number, name in enumerate(names, start=1):
        if not name:
            raise EstimationError(
                "a column without a name",
                where=f"{at}column {number}",
                do="Name it or leave it out; R writes one unless told row.names = FALSE.",
            )
        if name in names[: number - 1]:
            raise EstimationError(
                f"two columns are called {name!r}",
                where=f"{at}column {number}",
                do="Give each column a name of its own.",
            )
    return tuple(names)
