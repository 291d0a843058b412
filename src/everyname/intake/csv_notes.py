"""Notes on a CSV file as it is read: what was mended or is doubtful, and where."""

from __future__ import annotations

import re
from collections import Counter

from everyname.intake.table import GridNote

MOST_OF_A_KIND = 1_000
_NUMBER = re.compile(r"\d+")


class Notes:
    """Notes of one file: the first thousand of each kind stand alone, the rest are counted.

    Notes that differ in a number only, such as that of a row's cells, are of one kind.
    """

    __slots__ = ("_kept", "_times", "_worded")

    def __init__(self) -> None:
        self._kept: list[GridNote] = []
        self._times: Counter[str] = Counter()
        self._worded: dict[str, str] = {}

    def add(self, row: int, column: int, reason: str) -> None:
        """Note something; row 0 and column 0 as in `GridNote`."""
        kind = _NUMBER.sub("#", reason)
        self._times[kind] += 1
        self._worded.setdefault(kind, reason)
        if not row or self._times[kind] <= MOST_OF_A_KIND:
            self._kept.append(GridNote(row, column, reason))

    def all(self) -> tuple[GridNote, ...]:
        """The notes by row and column."""
        more = [
            GridNote(0, 0, f"{self._worded[kind]} (and so, or nearly so, in {times:,} more)")
            for kind, many in self._times.items()
            if (times := many - MOST_OF_A_KIND) > 0
        ]
        return tuple(sorted((*self._kept, *more), key=lambda note: (note.row, note.column)))
