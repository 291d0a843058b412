"""What a reader found in a file: the rows as they come, and notes on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from everyname.errors import TableError

LARGEST = 40_000_000
"""Cells, those that only fill the gap before a filled one included."""
LARGEST_TEXT = 1 << 30
"""Characters in all cells together."""
NOTED_EACH = 1_000
SAMPLE_NAMES = 50
FAR = 1_000


class Notes:
    """Notes on cells: the first thousand of each reason stand alone, the rest are counted.

    Parameters
    ----------
    each
        How many of one reason are listed.
    """

    def __init__(self, each: int = NOTED_EACH) -> None:
        self._each = each
        self._listed: list[tuple[int, int, str]] = []
        self._times: Counter[str] = Counter()

    def add(self, row: int, column: int, reason: str, limit: int | None = None) -> None:
        """Note something about a cell; row and column from 1, 0 for all of them."""
        self._times[reason] += 1
        if self._times[reason] <= (self._each if limit is None else limit):
            self._listed.append((row, column, reason))

    def listed(self) -> list[tuple[int, int, str]]:
        """All notes: row, column and reason."""
        shown = Counter(reason for _, _, reason in self._listed)
        more = [
            (0, 0, f"{reason} (and so in {times - shown[reason]:,} more)")
            for reason, times in self._times.items()
            if times > shown[reason]
        ]
        return self._listed + more


@dataclass(slots=True)
class Found:
    """A table within a file, its rows still to be read.

    Parameters
    ----------
    sheet
        Name of the sheet or table; empty where there are none.
    rows
        The rows from the first on; reading them may raise `TableError` and may add notes.
    dialect
        What was understood of the file, for people.
    sheets
        Names of all sheets or tables.
    notes
        What was mended or is doubtful.
    headed
        Whether the format itself names the columns, in the first row.
    """

    sheet: str
    rows: Iterable[list[str]]
    dialect: str
    sheets: tuple[str, ...] = ()
    notes: Notes = field(default_factory=Notes)
    headed: bool = False

    def limited(self) -> Iterator[list[str]]:
        """Rows, as long as they fit in memory.

        Raises
        ------
        TableError
            More cells, or more text, than any list has.
        """
        cells = letters = number = 0
        for number, row in enumerate(self.rows, start=1):
            cells += len(row)
            letters += sum(map(len, row))
            if cells > LARGEST:
                raise too_wide(self.sheet, number)
            if letters > LARGEST_TEXT:
                raise too_long()
            yield row


def too_wide(sheet: str, row: int) -> TableError:
    """Refuse a sheet whose filled cells lie too far apart."""
    named = f"sheet {sheet!r}" if sheet else "the list"
    return TableError(
        f"{named} spans more than the {LARGEST:,} cells allowed, in the first {row:,} rows",
        do="Look for a stray cell far from the list, or save the list as CSV",
    )


def too_long() -> TableError:
    """Refuse a list whose cells hold too much text."""
    return TableError(
        f"the cells hold more than {LARGEST_TEXT:,} characters",
        do="Send the list without what is not part of it, or in several files",
    )


def no_cells(sheet: str, held: str) -> TableError:
    """Refuse a sheet that is a chart, or of another kind without cells."""
    named = f"the sheet {sheet!r}" if sheet else "the sheet"
    return TableError(
        f"{named} holds {held} and no cells",
        do="Send the workbook with the sheet that holds the list",
    )


def no_such_sheet(sheet: str, names: Iterable[str], noun: str = "sheet") -> TableError:
    """Refuse a name that no sheet has, and list those there are."""
    known = list(names)
    shown = ", ".join(map(repr, known[:SAMPLE_NAMES]))
    more = f" and {len(known) - SAMPLE_NAMES} more" if len(known) > SAMPLE_NAMES else ""
    return TableError(
        f"there is no {noun} {sheet!r}; there are {shown or 'none'}{more}",
        do="Correct --sheet, or sheet under [table] in the mapping file",
    )
