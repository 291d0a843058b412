"""Tally: what is noted of a list's cells while it is converted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from everyname.intake.accounting import CellNote, Outcome
from everyname.intake.column_reading import ColumnReading
from everyname.intake.table import Table

ONE_BY_ONE = 1_000
"""Notes on cells of one column, of one outcome, that are kept one by one."""


@dataclass(slots=True)
class Tally:
    """Notes of cells, in which nothing is lost: what is not noted one by one is counted.

    Parameters
    ----------
    table
        The list.
    """

    table: Table
    _notes: list[CellNote] = field(default_factory=list)
    _said: set[tuple[int, str, Outcome, str]] = field(default_factory=set)
    _noted: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    _more: dict[tuple[str, Outcome], tuple[int, int]] = field(default_factory=dict)

    def note(
        self, row: int, column: str, text: str, outcome: Outcome, reason: str, times: int = 1
    ) -> None:
        """Note one cell, or the first of several with the same text and reason."""
        kind, same = (column, outcome), (row, column, outcome, reason)
        # Several records of a row can be fed by one cell.
        if same in self._said:
            return
        self._noted[kind] += 1
        if self._noted[kind] <= ONE_BY_ONE:
            self._said.add(same)
        else:
            first, more = self._more.get(kind, (row, 0))
            self._more[kind] = (min(first, row), more + times)
            return
        self._notes.append(
            CellNote(
                file=self.table.file,
                sheet=self.table.sheet,
                row=row,
                column=column,
                text=text,
                outcome=outcome,
                reason=reason,
                times=times,
            )
        )

    def column(self, reading: ColumnReading, apart: np.ndarray) -> None:
        """Note the rejected texts of a column cell by cell, and each doubt once a text.

        Parameters
        ----------
        reading
            The column.
        apart
            Rows of which nothing is noted, as they make no record; shape (rows,), bool.
        """
        of_code = [code for code, r in enumerate(reading.readings) if r.flags or r.reasons]
        if not of_code:
            return
        order = np.argsort(reading.codes, kind="stable")
        begins = np.searchsorted(reading.codes[order], np.arange(len(reading.texts) + 1))
        first = self.table.numbers.start
        for code in of_code:
            rows = order[begins[code] : begins[code + 1]]
            if len(rows := rows[~apart[rows]]):
                self._text(reading, code, (rows + first).tolist())

    def _text(self, reading: ColumnReading, code: int, rows: list[int]) -> None:
        read, text = reading.readings[code], reading.texts[code]
        for flag in dict.fromkeys(read.flags):
            self.note(rows[0], reading.name, text, "flagged", flag, len(rows))
        # Understood as one field and not as another: the cell counts as parsed, with a doubt.
        outcome: Outcome = "flagged" if read.statements else "rejected"
        for reason in read.reasons:
            for row in rows:
                self.note(row, reading.name, text, outcome, reason)

    def grid(self) -> None:
        """Note what the reader of the file mended or doubts."""
        grid = self.table.grid
        for each in grid.all_notes:
            at = each.row - grid.first
            cells = grid.cells.row(at) if 0 <= at < len(grid.cells) else []
            inside = 0 < each.column <= len(cells)
            named = 0 < each.column <= len(self.table.columns)
            column = self.table.columns[each.column - 1] if named else ""
            text = cells[each.column - 1] if inside else ""
            self.note(each.row, column, text, "flagged", each.reason)

    def notes(self) -> tuple[CellNote, ...]:
        """All notes by row."""
        more = [
            CellNote(
                file=self.table.file,
                sheet=self.table.sheet,
                row=first,
                column=column,
                text="",
                outcome=outcome,
                reason=f"more of this column: only the first {ONE_BY_ONE:,} are listed one by one",
                times=times,
            )
            for (column, outcome), (first, times) in self._more.items()
        ]
        return tuple(sorted((*self._notes, *more), key=lambda note: (note.row, note.column)))
