"""Window: the lines from the next one on, and how many of them one record most likely takes."""

from __future__ import annotations

import re
from math import inf

from everyname.intake.csv_dialect import Dialect
from everyname.intake.csv_lines import Lines
from everyname.intake.csv_record import BAD, WRONG_WIDTH, Mended, mend, split_strictly

# A record that was damaged is looked for in so many lines, one that follows the rule in more.
NEAR = 12
FAR = 500_000
# Looking so far in vain is allowed for a few times.
MOST_WASTED = 1_000_000
# A text that is damaged everywhere is mended line by line from some point on.
MOST_JOINS = 50_000
# Noncharacters, which no text holds: they stand for escaped marks while cells are set apart.
_BACK, _MARK, _APART = "\ufdd0", "\ufdd1", "\ufdd2"


class Window:
    """Lines not yet read as rows, and the width that rows have there.

    Parameters
    ----------
    lines
        The lines.
    dialect
        How cells are set apart.
    """

    def __init__(self, lines: Lines, dialect: Dialect) -> None:
        self.lines = lines
        self.apart = dialect.delimiter
        self.quote = dialect.quote
        self.width = dialect.width
        """Number of cells that rows of the whole file usually have."""
        self.local = dialect.width
        """Number of cells that rows have hereabouts."""
        self._wasted = self._joins = 0
        self._asked = ("", 0)
        self._mended = Mended([""], 0.0)
        self.escapes: re.Pattern[str] | None = None
        if dialect.escape:
            marks = "|".join(re.escape(x) for x in ("\\", self.quote, self.apart) if x)
            self.escapes = re.compile(rf"\\({marks})")

    def line(self, offset: int) -> str:
        """The line so many lines further on, without its end."""
        text = self.lines.peek(offset).rstrip("\r\n")
        return text if self.escapes is None else self._masked(text)

    def text(self, count: int, start: int = 0) -> str:
        """Lines up to a number as one text, without the last line end."""
        held = self.lines.held[self.lines.at + start : self.lines.at + count]
        text = "".join(held)
        text = text[: len(text) - len(held[-1]) + len(held[-1].rstrip("\r\n"))]
        return text if self.escapes is None else self._masked(text)

    def _masked(self, text: str) -> str:
        assert self.escapes is not None  # noqa: S101 - for the type checker
        if "\\" not in text:
            return text
        kinds = {"\\": _BACK, self.quote: _MARK, self.apart: _APART}
        return self.escapes.sub(lambda match: kinds[match[1]], text)

    def restored(self, cell: str) -> str:
        """Write the marks of a cell that were escaped."""
        cell = cell.replace(_BACK, "\\").replace(_MARK, self.quote)
        return cell.replace(_APART, self.apart)

    def fits(self, cells: list[str]) -> bool:
        """Whether a row has a usual number of cells."""
        return len(cells) in (self.width, self.local)

    def mend(self, text: str) -> Mended:
        """Split a damaged record."""
        asked = (text, self.local)
        if asked != self._asked:
            self._mended, self._asked = mend(text, self.apart, self.quote, self.local), asked
        return self._mended

    def best_count(self) -> int:
        """Number of lines that the damaged record most likely has.

        Of all ways to cut the lines up to the next whole row into records, the cheapest is taken.
        """
        if self._joins >= MOST_JOINS:
            return 1
        quoted, costs = [], []
        for count in range(1, NEAR + 2):
            if not self.lines.reach(count):
                break
            line = self.line(count - 1)
            cost = self.alone(count - 1)
            # A whole row says that the record ended before it.
            if count > 1 and cost == 0.0 and line and self.local > 1:
                break
            quoted.append(self.quote in line)
            costs.append(cost)
        total = [0.0] + [inf] * len(costs)
        first = [0] * (len(costs) + 1)
        for start, alone in enumerate(costs):
            for end in range(start + 1, len(costs) + 1):
                if end > start + 1 and not (quoted[start] and quoted[end - 1]):
                    continue
                cost = alone if end == start + 1 else self._joined_cost(start, end)
                if total[start] + cost < total[end] - 0.01:
                    total[end] = total[start] + cost
                    first[end] = first[start] or end
        return first[-1]

    def _joined_cost(self, start: int, end: int) -> float:
        text = self.text(end, start)
        # The work grows with the square of the pieces.
        self._joins += 1 + text.count(self.apart) ** 2 // 100 if self.apart else 1
        cells, state = split_strictly(text, self.apart, self.quote)
        if state == 0 and self.fits(cells):
            return 0.0
        return self.mend(text).cost

    def alone(self, offset: int) -> float:
        """Cost of a line as a record of its own."""
        line = self.line(offset)
        if not line:
            return 0.0
        cells, state = split_strictly(line, self.apart, self.quote)
        if state == 0:
            return WRONG_WIDTH * (not self.fits(cells))
        return self.mend(line).cost

    def over_lines(self, delimiter: str) -> tuple[list[str], int] | None:
        """Cells and lines of a record whose quoted cells hold line breaks, as the rule has it."""
        lines = self.lines
        marks = attempts = 0
        reach = FAR if self._wasted < MOST_WASTED else 4 * NEAR
        for count in range(1, reach + 1):
            if not lines.reach(count):
                break
            marks += self.line(count - 1).count(self.quote)
            if count == 1 or marks % 2 or self.quote not in lines.peek(count - 1):
                continue
            cells, state = split_strictly(self.text(count), delimiter, self.quote)
            attempts += 1
            if state == BAD or attempts > 20:
                break
            if state == 0:
                return cells, count
        self._wasted += count
        return None
