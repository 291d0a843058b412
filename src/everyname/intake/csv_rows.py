"""CSV rows: a text's lines as rows of cells; damage in one row does not reach the next.

Blocks of lines that fit the rule (RFC 4180) and the usual width go through Python's `csv`. The
others are read record by record. A quotation mark that never closes would swallow the rows below
it: of the ways to end such a record, the one that leaves most rows whole at the least cost is
taken, and noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from everyname.intake.csv_delimiter import delimiter_name
from everyname.intake.csv_dialect import Dialect
from everyname.intake.csv_likeness import believable, digits, indented
from everyname.intake.csv_lines import Lines
from everyname.intake.csv_notes import Notes
from everyname.intake.csv_record import OPEN, split_strictly, strict_rows
from everyname.intake.csv_window import NEAR, Window

BLOCK = 500
LARGE_CELL = 1_000_000
SETTLED = 3
_OTHERS = (", ", "; ", "||", "::", "~|~", ",", ";", "\t", "|", ":", " ", "^", "~", "¦", "§", "\x1f")
_OTHER_QUOTES = ('"', "'", "`")


class RowReader:
    """Rows of a text, with notes on those that needed mending.

    Parameters
    ----------
    lines
        The lines.
    dialect
        How cells are set apart.
    notes
        Where to note what was mended or is doubtful.
    first_end
        Line end that most lines share; a line that ends otherwise may go on in the next.
    """

    def __init__(self, lines: Lines, dialect: Dialect, notes: Notes, first_end: str = "") -> None:
        self._lines = lines
        self._notes = notes
        self._apart = dialect.delimiter
        self._quote = dialect.quote
        self._window = Window(lines, dialect)
        self._run = (0, 0)
        self._fitted = (0, 0)
        self._row = 1
        self._doubted = False
        self._end = first_end
        self._numeric: list[float] = []
        self._plain = len(self._apart) == 1 and len(self._quote) < 2
        self._shown = _spaces(self._apart)

    def rows(self) -> Iterator[list[str]]:
        """Rows in order; an empty line is a row without cells."""
        self._lines.reach(BLOCK)
        head = (
            split_strictly(self._window.line(at), self._apart, self._quote)
            for at in range(min(BLOCK, len(self._lines.held) - self._lines.at))
        )
        self._learn([cells for cells, state in head if state == 0])
        while self._lines.reach(1):
            block = self._fitting()
            if block is not None:
                self._learn(block)
                self._row += len(block)
                yield from block
                continue
            for _ in range(BLOCK):
                if not self._lines.reach(1):
                    return
                cells = self._record()
                self._check_size(cells)
                yield (
                    cells
                    if self._window.escapes is None
                    else [self._window.restored(x) for x in cells]
                )
                self._row += 1

    def _fitting(self) -> list[list[str]] | None:
        """The next block, where nothing in it is out of order."""
        lines = self._lines
        lines.reach(BLOCK)
        block = lines.held[lines.at : lines.at + BLOCK]
        text = "".join(block)
        if not self._plain or (self._window.escapes is not None and "\\" in text):
            return None
        if len(text) > LARGE_CELL and max(map(len, block)) > LARGE_CELL:
            return None
        rows, ends = strict_rows(block, self._apart, self._quote)
        if not rows or not {len(row) for row in rows} <= {0, self._window.local}:
            return None
        if self._quote and self._quote in text:
            if any(self._quote in cell for row in rows for cell in row):
                return None
            if len(rows) != ends[-1] and self._looks_swallowed(block, ends):
                return None
        if self._window.local > 2 and any(indented(row) for row in rows):
            return None
        lines.at += ends[-1]
        self._fitted = (self._fitted[0] + len(rows), self._row)
        return rows

    def _looks_swallowed(self, block: list[str], ends: list[int]) -> bool:
        """Whether a line inside a cell of several lines looks like a row of its own."""
        commas = self._window.local - 1
        return commas > 1 and any(
            block[at].count(self._apart) == commas
            for begin, end in pairwise((0, *ends))
            if end - begin > 1
            for at in range(begin + 1, end - 1)
        )

    def _record(self) -> list[str]:
        """The next row."""
        lines = self._lines
        line = self._window.line(0)
        if not line:
            lines.at += 1
            return []
        cells, state = split_strictly(line, self._apart, self._quote)
        if state == 0:
            lines.at += 1
            if self._window.fits(cells):
                return self._settle(self._unindented(cells))
            return self._odd(line, cells)
        other = self._otherwise(line)
        if other is not None:
            return self._settle(other)
        if state == OPEN:
            whole = self._over_lines(self._apart)
            if whole is not None:
                return whole
        return self._mended()

    def _note(self, column: int, reason: str) -> None:
        self._notes.add(self._row, column, reason)

    def _settle(self, cells: list[str]) -> list[str]:
        """Let several rows of one width make it the usual one from there on."""
        width, count = self._run
        if self._window.fits(cells):
            self._fitted = (self._fitted[0] + 1, self._row)
        self._run = (len(cells), count + 1 if width == len(cells) else 1)
        if self._run[1] >= SETTLED and len(cells) > 1:
            self._window.local = len(cells)
        return cells

    def _learn(self, rows: list[list[str]]) -> None:
        """Keep which columns hold digits: it tells whether a row was split as it should be."""
        typical = [row for row in rows[:100] if len(row) == self._window.local]
        if typical:
            columns = zip(*typical, strict=True)
            self._numeric = [sum(map(digits, cells)) / len(cells) for cells in columns]

    def _check_size(self, cells: list[str]) -> None:
        for column, cell in enumerate(cells, start=1):
            if len(cell) > LARGE_CELL:
                self._note(column, f"the cell is very long ({len(cell)} characters)")

    def _unindented(self, cells: list[str]) -> list[str]:
        """Take the delimiter of a row to be one with a space, where all its cells begin so."""
        if self._shown or self._window.local <= 2 or not indented(cells):
            return cells
        after = self._lines.held[self._lines.at - 3 : self._lines.at + 3]
        if sum(indented(line.split(self._apart)) for line in after) > 2:
            return cells
        self._note(0, "the row has a space behind every delimiter: left out")
        return [cells[0], *(cell[1:] for cell in cells[1:])]

    def _odd(self, line: str, cells: list[str]) -> list[str]:
        """A row that follows the rule and has not the usual number of cells."""
        if line.lstrip().startswith("#") and len(cells) < self._window.width:
            self._note(0, "a comment: kept as one cell")
            return [line]
        if line.strip():
            self._lines.at -= 1
            other = self._otherwise(line)
            if other is not None:
                return self._settle(other)
            self._lines.at += 1
            joined = self._continued(cells)
            if joined is not None:
                return joined
            self._note_width(len(cells))
        return self._settle(cells)

    def _note_width(self, width: int) -> None:
        window = self._window
        if width in (window.width, window.local):
            return
        self._note(0, f"the row has {width} cells where rows usually have {window.local}")
        if self._fitted[0] == 1 and not self._doubted:
            # One row against one: either may be the damaged one.
            self._doubted = True
            self._notes.add(self._fitted[1], 0, f"a later row has {width} cells, not as many")

    def _otherwise(self, line: str) -> list[str] | None:
        """The row by another delimiter or quotation mark, if it has the usual width then."""
        width = self._window.local
        marks = line.count(self._quote) if self._quote else 0
        if width < 2 or not self._apart:
            return None
        twins = (self._apart * 2 if width > 2 else "", f"{self._apart} ", self._apart.strip())
        for other in dict.fromkeys((*twins, *_OTHERS)):
            if not other or other == self._apart or other not in line:
                continue
            cells, state = split_strictly(line, other, self._quote)
            if state == OPEN:
                whole = self._over_lines(other)
                if whole is not None:
                    return whole
            if (
                state == 0
                and len(cells) == width
                and believable(cells, other, self._numeric, marks)
            ):
                self._lines.at += 1
                self._note(0, f"the row uses another delimiter ({delimiter_name(other)})")
                return cells
        for other in _OTHER_QUOTES:
            if other == self._quote or line.count(other) < 2:
                continue
            cells, state = split_strictly(line, self._apart, other)
            if state == 0 and len(cells) == width and self._quote not in line:
                self._lines.at += 1
                self._note(0, f"the row uses another quotation mark ({other})")
                return cells
        return None

    def _continued(self, cells: list[str]) -> list[str] | None:
        """A row broken by a line end of another kind than the rest: a break inside a cell."""
        lines = self._lines
        last = lines.peek(-1)
        end = last[len(last.rstrip("\r\n")) :]
        if not self._end or end == self._end or not lines.reach(1):
            return None
        more, state = split_strictly(self._window.line(0), self._apart, self._quote)
        if state != 0 or len(cells) + len(more) - 1 != self._window.local or not more:
            return None
        if len(more) in (0, self._window.local) or not any(cells):
            return None
        lines.at += 1
        self._note(len(cells), "a line break of another kind inside a cell without quotes")
        return self._settle([*cells[:-1], cells[-1] + end + more[0], *more[1:]])

    def _over_lines(self, delimiter: str) -> list[str] | None:
        found = self._window.over_lines(delimiter)
        return None if found is None else self._whole(*found, delimiter)

    def _whole(self, cells: list[str], count: int, delimiter: str) -> list[str] | None:
        """Accept a record of several lines unless rows of the table stand in it."""
        window, own = self._window, delimiter == self._apart
        width = window.local
        fits = len(cells) == width or (own and window.fits(cells))
        inside = sum(window.line(at).count(delimiter) + 1 == width for at in range(1, count - 1))
        if not fits and (not own or width < 2 or inside or count > NEAR):
            return None
        if not fits and self._window.best_count() != count:
            return None
        self._lines.at += count
        if delimiter != self._apart:
            self._note(0, f"the row uses another delimiter ({delimiter_name(delimiter)})")
        if inside and width > 2:
            self._note(0, "a cell of several lines holds lines that look like rows")
        self._note_width(len(cells))
        return self._settle(cells)

    def _mended(self) -> list[str]:
        """The row at the least cost for it and the lines it may have swallowed."""
        count = self._window.best_count()
        record = self._window.mend(self._window.text(count))
        self._lines.at += count
        for column, doubt in record.doubts:
            self._note(column + 1, doubt)
        if count > 1:
            self._note(0, "a row of several lines whose quotation marks do not fit")
        self._note_width(len(record.cells))
        return self._settle(record.cells)


def _spaces(delimiter: str) -> bool:
    return delimiter != delimiter.strip() or not delimiter
