"""Notes on a CSV file as it is read: what was mended or is doubtful, and where."""

from __future__ import annotations

from everyname.intake.table import GridNote

MOST_NOTES = 50_000


class Notes:
    """Notes of one file, of which a file that is wrong everywhere cannot make too many."""

    __slots__ = ("_beyond", "_kept")

    def __init__(self) -> None:
        self._kept: list[GridNote] = []
        self._beyond = 0

    def add(self, row: int, column: int, reason: str) -> None:
        """Note something; row 0 and column 0 as in `GridNote`."""
        if row and len(self._kept) >= MOST_NOTES:
            self._beyond += 1
            return
        self._kept.append(GridNote(row, column, reason))

    def all(self) -> tuple[GridNote, ...]:
        """The notes by row and column."""
        notes = list(self._kept)
        if self._beyond:
            more = f"{self._beyond} more notes are not listed: every row should be looked at"
            notes.append(GridNote(0, 0, more))
        return tuple(sorted(notes, key=lambda note: (note.row, note.column)))
