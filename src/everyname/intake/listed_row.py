"""ListedRow: a row of a release of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from everyname.intake.table import Table

Cell = tuple[str, str]
"""Column and text."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a release.

    Parameters
    ----------
    key
        What the list calls the row, with its source before a ``/`` where the list has several;
        the row's own part begins with ``~`` where no column numbers it.
    cells
        Pairs of column name and text.
    """

    key: str
    cells: Sequence[tuple[str, str]]

    @property
    def numbered(self) -> bool:
        """Whether the list itself numbers the row."""
        return not self.key.rpartition("/")[2].rpartition(":")[2].startswith("~")

    def body(self, key: str) -> frozenset[tuple[str, str]]:
        """Cells that hold anything, but for the number: without order and spare white space."""
        return frozenset((c, " ".join(t.split())) for c, t in self.cells if c != key and t.strip())


@dataclass(frozen=True, slots=True)
class RowsOfTable:
    """The rows of a table, made each time they are gone through.

    Parameters
    ----------
    table
        The list.
    key
        Column that numbers the rows; empty when none does.
    """

    table: Table
    key: str

    def __iter__(self) -> Iterator[ListedRow]:
        columns = self.table.columns
        at = columns.index(self.key) if self.key else -1
        for number, row in zip(self.table.numbers, self.table.rows(), strict=True):
            if any(cell.strip() for cell in row):
                own = row[at].strip() if 0 <= at < len(row) else ""
                cells = tuple(zip(columns, row, strict=False))
                yield ListedRow(own or f"~row {number}", cells)
