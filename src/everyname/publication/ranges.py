"""Ranges: what sources state of one quantity, source by source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from everyname.counts import Figure
from everyname.publication.canvas import Canvas, Rows, Shape
from everyname.publication.drawing import MUTED, NARROW, PAPER, WIDE, Drawing, Size
from everyname.publication.quantity import Quantity, second_hand, speaker
from everyname.publication.row_plot import row_plot
from everyname.publication.words import date_words, figure_words

MOST = 40
_ARROW = 0.07  # length of an arrow as a share of the scale


def ranges(quantity: Quantity) -> Drawing | None:
    """Draw the figures of one quantity, or None where fewer than two state a number.

    A dot is an exact number, a line goes from low to high with a dot at the best, an arrow stands
    for an open end. Marks are hollow for figures that were read second-hand.
    """
    rows = _rows(quantity)
    if len(rows) < 2:
        return None
    said = "; ".join(f"{row['speaker']}: {row['value']}{row['read']}" for row in rows)
    return Drawing(
        title=f"{quantity.title}: figures by who said them",
        text=f"{quantity.summary} {said}.",
        specs={size: _spec(size, rows) for size in (WIDE, NARROW)},
    )


def _rows(quantity: Quantity) -> Rows:
    stated = [f for f in quantity.figures if f.interval() is not None][:MOST]
    return [_row(place, figure) for place, figure in enumerate(stated)]


def _row(place: int, figure: Figure) -> Mapping[str, Any]:
    low, high = figure.interval() or (0, 0)
    open_above = high is None
    open_below = figure.low is None and figure.high is not None
    exact = low == high
    return {
        "y": place,
        "label": figure.said_by,
        "speaker": speaker(figure),
        "detail": date_words(figure.said_on),
        "value": figure_words(figure.low, figure.best, figure.high),
        "read": ", read second-hand" if second_hand(figure) else "",
        "hollow": second_hand(figure),
        "low": low,
        "high": low if high is None else high,
        "dot": low if exact else figure.best,
        "exact": exact,
        "up": open_above,
        "down": open_below and not exact,
    }


def _spec(size: Size, rows: Rows) -> dict[str, Any]:
    largest = max(1, *(max(row["high"], row["dot"] or 0) for row in rows))
    arrow = _ARROW * largest
    scale = largest + 1.3 * arrow if any(row["up"] for row in rows) else largest
    rows = [
        {
            **row,
            "tip": row["low"] + arrow,
            "end": max(row["low"] + arrow if row["up"] else row["high"], row["dot"] or 0),
        }
        for row in rows
    ]
    canvas = row_plot(size, rows, 0, scale)
    # An upright stands where a line ends for certain.
    closed = [row for row in rows if not row["exact"] and not row["up"]]
    upward = [row for row in rows if row["up"]]
    canvas.rule(closed, "low", "y", x2="high")
    canvas.rule(upward, "low", "y", x2="tip")
    canvas.point([row for row in closed if not row["down"]], "low", "y", "upright", area=110)
    canvas.point(
        [row for row in closed if row["dot"] != row["high"]], "high", "y", "upright", area=110
    )
    canvas.point([row for row in upward if not row["down"]], "low", "y", "upright", area=110)
    _points(canvas, upward, "tip", "right")
    _points(canvas, [row for row in rows if row["down"] and not row["up"]], "low", "left")
    _points(canvas, [row for row in rows if row["dot"] is not None], "dot", "circle")
    return canvas.spec()


def _points(canvas: Canvas, rows: Rows, field: str, shape: Shape) -> None:
    read = [row for row in rows if not row["hollow"]]
    copied = [row for row in rows if row["hollow"]]
    canvas.point(read, field, "y", shape)
    canvas.point(copied, field, "y", shape, fill=PAPER, line=MUTED)
