"""Rows made of JSON objects: nested objects become columns, arrays stay JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from everyname.errors import TableError
from everyname.intake.child_found import Notes
from everyname.intake.json_value import Number, Pairs, compact, is_constant

COLUMNS = 16_384
VALUE, LINE, KEY = "(value)", "(line)", "(key)"
_TWICE = "a key stands twice in the object: the second is kept in a column of its own"
_CONSTANT = "NaN or Infinity, which JSON does not have, is kept as text"
_OTHER = "this is no object as the others are: it is kept as it is, in one cell"
Path = tuple[str, ...]


class Rows:
    """Rows of a table whose columns are found as the objects come."""

    def __init__(self) -> None:
        self.notes = Notes()
        self._columns: dict[Path, int] = {}
        self._rows: list[list[str]] = []
        self._waiting: list[Any] = []
        self._grid = False
        self._decided = False

    def add(self, value: Any, key: str | None = None) -> None:  # noqa: ANN401 - any JSON
        """Add an object or an array as a row; anything else as a row of one cell.

        Parameters
        ----------
        value
            The row.
        key
            Key under which the row stands, which becomes its first cell.
        """
        if not self._decided:
            if not isinstance(value, list):
                self._waiting.append(value)
                return
            self._decide(grid=not isinstance(value, Pairs))
        row: list[str] = []
        if key is not None:
            self._put(row, (KEY,), key)
        if self._grid and not isinstance(value, Pairs) and isinstance(value, list):
            row = [self._text(each, column) for column, each in enumerate(value)]
        elif isinstance(value, Pairs) and not self._grid:
            self._flatten(row, value, ())
        else:
            self._lone(row, VALUE, self._text(value, 0), _OTHER)
        self._rows.append(row)

    def add_line(self, text: str, why: str) -> None:
        """Add a line that is no JSON as a row of one cell, with a note."""
        if not self._decided:
            self._decide(grid=False)
        row: list[str] = []
        self._lone(row, LINE, text, why)
        self._rows.append(row)

    def table(self) -> Iterator[list[str]]:
        """All rows, the names of the columns first unless the rows are arrays.

        Raises
        ------
        TableError
            There is no row.
        """
        if not self._rows or (not self._columns and not self._grid):
            raise no_rows()
        if not self._grid:
            yield [".".join(path) for path in self._columns]
        width = 0 if self._grid else len(self._columns)
        for row in self._rows:
            yield row + [""] * (width - len(row))

    @property
    def headed(self) -> bool:
        """Whether the first row names the columns: it does unless the rows are arrays."""
        return not self._grid

    def _decide(self, *, grid: bool) -> None:
        self._decided, self._grid = True, grid
        for value in self._waiting:
            self.add(value)
        self._waiting = []

    @property
    def _number(self) -> int:
        """Number of the row that is being made."""
        return len(self._rows) + (1 if self._grid else 2)

    def _lone(self, row: list[str], column: str, text: str, why: str) -> None:
        if self._grid:
            row.append(text)
        else:
            self._put(row, (column,), text)
        self.notes.add(self._number, len(row), why)

    def _flatten(self, row: list[str], pairs: Pairs, above: Path) -> None:
        times: dict[str, int] = {}
        for key, value in pairs:
            nth = times[key] = times.get(key, 0) + 1
            path = (*above, key if nth == 1 else f"{key} ({nth})")
            if isinstance(value, Pairs) and value:
                self._flatten(row, value, path)
                column = 0
            else:
                column = self._put(row, path, "")
                row[column] = self._text(value, column)
            if nth > 1:
                self.notes.add(self._number, column + 1, _TWICE)

    def _put(self, row: list[str], path: Path, text: str) -> int:
        column = self._columns.setdefault(path, len(self._columns))
        if column >= COLUMNS:
            raise TableError(
                f"the objects have more than {COLUMNS:,} different keys",
                do="Send the list as an array of objects that are alike, or as CSV",
            )
        if column >= len(row):
            row.extend([""] * (column + 1 - len(row)))
        row[column] = text
        return column

    def _text(self, value: Any, column: int) -> str:  # noqa: ANN401 - any JSON
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str) or isinstance(value, Number):
            if is_constant(value):
                self.notes.add(self._number, column + 1, _CONSTANT)
            return compact(value)
        return value


def no_rows() -> TableError:
    """Refuse JSON in which nothing is a row."""
    return TableError(
        "this JSON is not a table: it holds no array of objects or of arrays",
        do="Send the list as an array of objects, or as CSV",
    )
