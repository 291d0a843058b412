"""Bars: a breakdown, each class with its low, best and high."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from everyname.counts import DISAGREE, UNKNOWN, Breakdown, Count
from everyname.publication.canvas import Rows
from everyname.publication.drawing import ASIDE, BAR, INK, MARK, NARROW, PAPER, WIDE, Drawing, Size
from everyname.publication.row_plot import row_plot
from everyname.publication.words import Words, field_words, listing, number, range_words

MOST = 25
_IN_ORDER = {
    "age_band": {"child": 0, "adult": 1, "elderly": 2},
    "year": {},
    "month": {},
    "day": {},
}


def bars(breakdown: Breakdown, words: Words) -> Drawing | None:
    """Draw a breakdown, or None where it has no rows.

    Classes that say nothing (unknown, sources disagree) stand apart below the others; the bars of
    a breakdown whose classes overlap are hollow. At most 25 rows are drawn, the largest.
    """
    ordered = in_order(breakdown)
    if not ordered:
        return None
    drawn = ordered[:MOST]
    rows = _rows(breakdown, drawn, words)
    by = listing([field_words(field).lower() for field in breakdown.by])
    said = "; ".join(f"{row['label']}: {row['value']}" for row in rows)
    return Drawing(
        title=f"Documented persons by {by}",
        text=f"Best count, with low to high where they differ. {said}.",
        specs={size: _spec(size, rows, breakdown.overlapping) for size in (WIDE, NARROW)},
    )


def in_order(breakdown: Breakdown) -> tuple[Count, ...]:
    """Rows in reading order.

    Bands and periods in their own order, other classes the largest first; rows with an unknown or
    disputed class last.
    """

    def place(row: Count) -> tuple[Any, ...]:
        found = dict(row.where)
        if len(breakdown.by) == 1 and breakdown.by[0] in _IN_ORDER:
            own = found.get(breakdown.by[0], UNKNOWN)
            rank = _IN_ORDER[breakdown.by[0]].get(own, len(_IN_ORDER[breakdown.by[0]]))
            return (says_nothing(row), rank, own)
        return (says_nothing(row), -row.best, row.id)

    return tuple(sorted(breakdown.rows, key=place))


def says_nothing(row: Count) -> bool:
    """Whether a class of the row is unknown or disputed."""
    return any(value in {UNKNOWN, DISAGREE} for _, value in row.where)


def count_words(row: Count) -> str:
    """Best count, with the range in brackets where there is one."""
    if row.low == row.high:
        return number(row.best)
    return f"{number(row.best)} ({range_words(row.low, row.high)})"


def _rows(breakdown: Breakdown, drawn: Sequence[Count], words: Words) -> Rows:
    rows = []
    place = 0.0
    for index, row in enumerate(drawn):
        if index and says_nothing(row) and not says_nothing(drawn[index - 1]):
            place += 0.5
        rows.append(
            {
                "y": place,
                "label": ", ".join(words.classes(breakdown.by, row.where)),
                "value": count_words(row),
                "zero": 0,
                "low": row.low,
                "best": row.best,
                "high": row.high,
                "end": row.high,
                "aside": says_nothing(row),
            }
        )
        place += 1
    return rows


def _spec(size: Size, rows: Rows, hollow: bool) -> dict[str, Any]:  # noqa: FBT001 - of the data
    canvas = row_plot(size, rows, 0, max(1, *(row["high"] for row in rows)), axis=False)
    half, tick = (0.14, 0.1) if size.stacked else (0.24, 0.13)
    rows = [
        {
            **row,
            "top": row["y"] - half,
            "bottom": row["y"] + half,
            "tick_top": row["y"] - tick,
            "tick_bottom": row["y"] + tick,
        }
        for row in rows
    ]
    for aside, fill in ((False, BAR), (True, ASIDE)):
        some = [row for row in rows if row["aside"] == aside]
        sides = ("zero", "best", "top", "bottom")
        if hollow:
            canvas.bar(some, *sides, fill=PAPER, line=MARK)
        else:
            canvas.bar(some, *sides, fill=fill)
    ranged = [row for row in rows if row["low"] < row["high"]]
    canvas.rule(ranged, "low", "y", x2="high", color=INK, thick=1.4)
    for end in ("low", "high"):
        canvas.rule(ranged, end, "tick_top", y2="tick_bottom", color=INK, thick=1.4)
    return canvas.spec()
