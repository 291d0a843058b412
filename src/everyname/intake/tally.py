"""Tally: counts the cells of a list while it is converted."""

from __future__ import annotations

from dataclasses import dataclass, field

from everyname.intake.accounting import CellNote, Outcome
from everyname.intake.table import Table


@dataclass(slots=True)
class Tally:
    """What became of the cells so far.

    Parameters
    ----------
    table
        The list.
    parsed, empty, unmapped, rejected
        As in `CellAccount`.
    notes
        Notes of single cells.
    doubts
        Column, text and doubt -> first row and number of cells.
    """

    table: Table
    parsed: int = 0
    empty: int = 0
    unmapped: int = 0
    rejected: int = 0
    notes: list[CellNote] = field(default_factory=list)
    doubts: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)

    def doubt(self, row: int, column: str, text: str, flag: str) -> None:
        """Note a doubt about a text once a column, with how often it occurs."""
        first, times = self.doubts.get((column, text, flag), (row, 0))
        self.doubts[column, text, flag] = (first, times + 1)

    def all_notes(self) -> tuple[CellNote, ...]:
        """Notes by row."""
        doubts = [
            CellNote(
                file=self.table.file,
                sheet=self.table.sheet,
                row=row,
                column=column,
                text=text,
                outcome="flagged",
                reason=flag,
                times=times,
            )
            for (column, text, flag), (row, times) in self.doubts.items()
        ]
        return tuple(sorted((*self.notes, *doubts), key=lambda note: (note.row, note.column)))

    def note(self, row: int, column: str, text: str, outcome: Outcome, reason: str) -> None:
        """Note one cell."""
        self.notes.append(
            CellNote(
                file=self.table.file,
                sheet=self.table.sheet,
                row=row,
                column=column,
                text=text,
                outcome=outcome,
                reason=reason,
            )
        )
