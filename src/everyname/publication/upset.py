"""UpSet plot: which lists hold whom, pattern by pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from everyname.counts import CapturePatterns
from everyname.publication.canvas import Canvas, Margins, Scale
from everyname.publication.drawing import BAR, MARK, NARROW, RULE, WIDE, Drawing, Size
from everyname.publication.measure import shortened, text_width
from everyname.publication.words import Words, listing, number

MOST = 25
_ROW = 24
_HEAD = 24
Pattern = tuple[tuple[int, ...], int]


def upset(patterns: CapturePatterns, words: Words) -> Drawing | None:
    """Draw capture patterns as rows of dots with bars, or None where nobody is in a list.

    Above the patterns stand the lists with their sizes. At most 25 patterns are drawn.

    References
    ----------
    A. Lex, N. Gehlenborg, H. Strobelt, R. Vuillemot and H. Pfister, UpSet: Visualization of
    Intersecting Sets, IEEE Transactions on Visualization and Computer Graphics 20 (2014),
    pages 1983-1992.
    """
    rows = by_size(patterns)
    if not rows:
        return None
    names = [words.label("list", name) for name in patterns.lists]
    told = "; ".join(f"{pattern_words(pattern, names)}: {number(n)}" for pattern, n in rows[:MOST])
    sizes = list_sizes(patterns)
    held = "; ".join(f"{name}: {number(n)}" for name, n in zip(names, sizes, strict=True))
    return Drawing(
        title="Which lists hold whom",
        text=f"Persons in each list: {held}. Persons by pattern: {told}.",
        specs={size: _Grid(size, names, sizes, rows[:MOST]).spec() for size in (WIDE, NARROW)},
    )


def by_size(patterns: CapturePatterns) -> list[Pattern]:
    """Patterns that hold somebody, the largest first."""
    held = [(pattern, n) for pattern, n in patterns.rows if n and any(pattern)]
    return sorted(held, key=lambda row: (-row[1], row[0]))


def list_sizes(patterns: CapturePatterns) -> list[int]:
    """Persons in each list, in the order of the lists."""
    return [
        sum(n for pattern, n in patterns.rows if pattern[place])
        for place in range(len(patterns.lists))
    ]


def pattern_words(pattern: Sequence[int], names: Sequence[str]) -> str:
    """Say which lists a pattern is of."""
    inside = [name for name, there in zip(names, pattern, strict=True) if there]
    if len(inside) == len(names) and len(names) > 1:
        return f"in all {len(names)} lists"
    return f"{'only in ' if len(inside) == 1 else 'in '}{listing(inside)}"


@dataclass(frozen=True, slots=True)
class _Grid:
    """Places of everything, in pixels from the top left."""

    size: Size
    names: Sequence[str]
    sizes: Sequence[int]
    rows: Sequence[Pattern]

    @property
    def column(self) -> int:
        return 26 if len(self.names) <= 8 else 18

    @property
    def start(self) -> int:
        """Where bars begin, right of the dots and of the names."""
        dots = self.column * len(self.names) + 12
        longest = 110 if self.size.stacked else 220
        letters = self.size.letters
        widest = max(text_width(name, letters) for name in self.names)
        named = 36 + min(longest, ceil(widest))
        return max(dots, named)

    @property
    def top(self) -> int:
        """Where the patterns begin."""
        return _HEAD + _ROW * len(self.names) + 66

    @property
    def height(self) -> int:
        return self.top + _ROW * len(self.rows) + 4

    def spec(self) -> dict[str, Any]:
        width = self.size.width
        canvas = Canvas(width, self.height, Scale(0, width), Scale(self.height, 0), Margins())
        headings = [
            {"x": 0, "y": 10, "text": "Persons in each list"},
            {"x": 0, "y": self.top - 38, "text": "Persons by the lists that hold them"},
        ]
        canvas.text(headings, "x", "y", "text", letters=self.size.letters, weight="bold")
        self._lists(canvas)
        self._patterns(canvas)
        return canvas.spec()

    def _lists(self, canvas: Canvas) -> None:
        """Put down a bar for each list, with the letter that stands above its dots."""
        letters = self.size.letters
        rows = []
        for i, (name, n) in enumerate(zip(self.names, self.sizes, strict=True)):
            middle = _HEAD + i * _ROW + _ROW / 2
            named = {"letter": letter(i), "name": shortened(name, self.start - 30, letters)}
            rows.append({**named, "letter_x": 6, "name_x": 26, **self._bar(n, middle)})
        canvas.bar(rows, "x", "x2", "top", "bottom", BAR)
        canvas.text(rows, "letter_x", "y", "letter", letters=letters, weight="bold", align="center")
        canvas.text(rows, "name_x", "y", "name", letters=letters)
        canvas.text(rows, "x2", "y", "text", letters=letters, dx=6)

    def _patterns(self, canvas: Canvas) -> None:
        letters = self.size.letters
        dots, lines, bars = [], [], []
        for i, (pattern, n) in enumerate(self.rows):
            y = self.top + i * _ROW + _ROW / 2
            held = [self._x(k) for k, there in enumerate(pattern) if there]
            dots += [
                {"x": self._x(k), "y": y, "held": bool(there)} for k, there in enumerate(pattern)
            ]
            if len(held) > 1:
                lines.append({"x": held[0], "x2": held[-1], "y": y})
            bars.append(self._bar(n, y))
        heads = [
            {"x": self._x(k), "y": self.top - 9, "text": letter(k)} for k in range(len(self.names))
        ]
        canvas.text(heads, "x", "y", "text", letters=letters, weight="bold", align="center")
        canvas.rule(lines, "x", "y", x2="x2", thick=3)
        canvas.point([d for d in dots if not d["held"]], "x", "y", "circle", area=110, fill=RULE)
        canvas.point([d for d in dots if d["held"]], "x", "y", "circle", area=110)
        canvas.bar(bars, "x", "x2", "top", "bottom", MARK)
        canvas.text(bars, "x2", "y", "text", letters=letters, dx=6)

    def _bar(self, persons: int, middle: float) -> dict[str, Any]:
        """Reckon a bar; lists and patterns have one scale, so that they can be compared."""
        length = (self.size.width - self.start - 56) * persons / max(*self.sizes, 1)
        return {
            "x": self.start, "x2": self.start + length, "y": middle, "top": middle - 7,
            "bottom": middle + 7, "text": number(persons),
        }  # fmt: skip

    def _x(self, place: int) -> float:
        return place * self.column + self.column / 2


def letter(place: int) -> str:
    """A, B, ... Z, then numbers."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)
