"""Timeline: documented persons by month or day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

from everyname.counts import DISAGREE, UNKNOWN, Breakdown, Count
from everyname.publication.canvas import Canvas, Margins, Scale
from everyname.publication.drawing import BAR, INK, MUTED, NARROW, WIDE, Drawing, Size
from everyname.publication.measure import scale_top, text_width
from everyname.publication.words import date_words, number, plural

MOST = 400
_HEIGHT = 190
_LEFT, _RIGHT, _BELOW = 44, 10, 40
_TICKS = 4


def timeline(breakdown: Breakdown) -> Drawing | None:
    """Draw persons by month or day, or None where fewer than two or more than 400 would show.

    Every period between the first and the last stands on the scale, so that a quiet month is seen
    as such; persons whose period is unknown or disputed are in the words, not in the picture.
    """
    field = breakdown.by[0]
    known = {value: row for row in breakdown.rows for _, value in row.where if _dated(value)}
    slots = _slots(sorted(known), field) if known else []
    if not 2 <= len(slots) <= MOST:
        return None
    said = "; ".join(f"{date_words(name)}: {number(row.best)}" for name, row in known.items())
    return Drawing(
        title=f"Documented persons by {field}",
        text=f"Best count. {said}. {beside_words(breakdown)}".strip(),
        specs={size: _spec(size, slots, known, field) for size in (WIDE, NARROW)},
    )


def beside_words(breakdown: Breakdown) -> str:
    """Say how many persons no period can be given for; empty where there are none."""
    field = breakdown.by[0]
    reasons = {UNKNOWN: f"the {field} is unknown", DISAGREE: f"sources disagree on the {field}"}
    parts = [
        f"of {plural(row.best, 'person')} {reasons[value]}"
        for row in breakdown.rows
        for _, value in row.where
        if value in reasons and row.best
    ]
    return f"Not drawn: {', '.join(parts)}." if parts else ""


def _dated(value: str) -> bool:
    return value not in {UNKNOWN, DISAGREE}


def _slots(names: Sequence[str], field: str) -> list[str]:
    """All periods from the first to the last, those without persons too."""
    if field == "day":
        first, last = date.fromisoformat(names[0]), date.fromisoformat(names[-1])
        days = min((last - first).days + 1, MOST + 1)
        return [(first + timedelta(days=n)).isoformat() for n in range(days)]
    first_month, last_month = _month_number(names[0]), _month_number(names[-1])
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first_month, last_month + 1)]


def _month_number(name: str) -> int:
    return int(name[:4]) * 12 + int(name[5:7]) - 1


def _spec(size: Size, slots: Sequence[str], known: dict[str, Count], field: str) -> dict[str, Any]:
    top = scale_top(max(1, *(c.high for c in known.values())), _TICKS)
    letters = size.letters - 1
    left = max(_LEFT, ceil(text_width(number(top), letters)) + 14)
    margins = Margins(left, _RIGHT, 10, _BELOW)
    width = size.width - margins.left - margins.right
    step = width / len(slots)
    rows = [
        {"i": i, "left": i - 0.4, "right": i + 0.4, "zero": 0, "low": c.low, "best": c.best,
         "high": c.high}
        for i, name in enumerate(slots)
        if (c := known.get(name))
    ]  # fmt: skip
    canvas = Canvas(
        width, _HEIGHT, Scale(-0.5, len(slots) - 0.5), Scale(0, top, _TICKS, letters), margins
    )
    canvas.bar(rows, "left", "right", "zero", "best", BAR)
    ranged = [row for row in rows if row["low"] < row["high"]]
    canvas.rule(ranged, "i", "low", y2="high", color=INK, thick=1.2 if step > 5 else 0.8)
    ticks = _ticks(slots, field, step)
    years = [tick for tick in ticks if tick["year"]]
    for some, text, color, dy in ((ticks, "text", MUTED, 13), (years, "year", INK, 29)):
        canvas.text(some, "i", "zero", text, letters=letters, color=color, align="center", dy=dy)
    return canvas.spec()


def _ticks(slots: Sequence[str], field: str, step: float) -> list[dict[str, Any]]:
    """Letters below the bars: as many as there is room for, the year below its first."""
    every = max(1, -(-(46 if field == "day" else 30) // max(1, int(step))))
    if field == "month":
        # A whole part of a year, so that the same months are named in each year.
        every = next((n for n in (1, 2, 3, 4, 6, 12, 24, 60) if n >= every), 120)
    ticks, years = [], set()
    for i, name in enumerate(slots):
        if (int(name[5:7]) - 1) % every if field == "month" and every <= 12 else i % every:
            continue
        year = "" if name[:4] in years else name[:4]
        years.add(name[:4])
        month = date(int(name[:4]), int(name[5:7]), 1).strftime("%b")
        text = f"{int(name[8:10])} {month}" if field == "day" else month
        ticks.append({"i": i, "zero": 0, "text": text, "year": year})
    return ticks
