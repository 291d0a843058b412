"""Row plot: what bars, ranges and forest have in common; one labelled row below the other."""

from __future__ import annotations

from math import ceil
from typing import Literal

from everyname.publication.canvas import Canvas, Margins, Rows, Scale
from everyname.publication.drawing import MUTED, Size
from everyname.publication.measure import shortened, text_width, tick_count

_AXIS = 24
_WEIGHTS: tuple[Literal["normal", "bold"], ...] = ("normal", "bold")
_LONGEST_LABEL, _LONGEST_VALUE = 410, 210


def row_plot(
    size: Size,
    rows: Rows,
    smallest: float,
    largest: float,
    *,
    head: int = 4,
    axis: bool = True,
) -> Canvas:
    """Begin rows with labels and values in words, along a scale of numbers.

    Parameters
    ----------
    size
        Wide: labels stand left of the scale and values behind the marks. Narrow: both stand above.
    rows
        Each with ``y`` (its place from the top, from 0), ``label``, ``value``, ``end``, behind
        which the value stands, and possibly ``detail``, which stands below the label, and
        ``strong``, whether label and value are bold.
    smallest, largest
        Numbers at the ends of the scale.
    head
        Pixels left free above the rows.
    axis
        Whether the numbers of the scale are written below.

    Returns
    -------
    Canvas
        For marks; ``y`` of a row is where they belong.
    """
    stacked = size.stacked
    detailed = any(row.get("detail") for row in rows)
    step = (42, 56)[detailed] if stacked else (28, 38)[detailed]
    places = max((float(row["y"]) for row in rows), default=0) + 1
    longest = max(_longest(rows, "label", size), _longest(rows, "detail", size))
    left = 8 if stacked else min(_LONGEST_LABEL, longest + 18)
    right = 8 if stacked else min(_LONGEST_VALUE, _longest(rows, "value", size) + 16)
    # In a stacked plot the upper part of a row is for the words.
    above = (step - 12) / step if stacked else 0.5
    width, letters = size.width - left - right, size.letters - 1
    ticks = tick_count(smallest, largest, width, letters, 4 if stacked else 6) if axis else 0
    canvas = Canvas(
        width,
        round(places * step),
        Scale(smallest, largest, ticks=ticks, letters=letters),
        Scale(places - above, -above),
        Margins(left, right, head, _AXIS if axis else 4),
    )
    _words(canvas, size, rows, (smallest, largest), (left, step))
    return canvas


def _words(
    canvas: Canvas,
    size: Size,
    rows: Rows,
    ends: tuple[float, float],
    pixels: tuple[int, int],
) -> None:
    letters, (left, step) = size.letters, pixels
    # Above a stacked row a value stands at the right of the last line of words.
    second = any(row.get("detail") for row in rows)
    last = "detail" if second else "label"
    begun = []
    for row in rows:
        fitting = {}
        for field in ("label", "detail"):
            beside = text_width(row["value"], letters) + 12 if field == last else 0
            room = canvas.width + 16 - beside if size.stacked else left - 14
            fitting[field] = shortened(row.get(field, ""), max(90, room), letters)
        begun.append({**row, **fitting, "begin": ends[0], "far": ends[1]})
    detailed = [row for row in begun if row["detail"]]
    top = 22 - step
    for weight in _WEIGHTS:
        some = [row for row in begun if bool(row.get("strong")) == (weight == "bold")]
        if size.stacked:
            down = top + 15 if second else top
            canvas.text(some, "begin", "y", "label", letters=letters, weight=weight, dx=-8, dy=top)
            canvas.text(
                some, "far", "y", "value", letters=letters, weight=weight, align="right", dx=8,
                dy=down,
            )  # fmt: skip
        else:
            up = -8 if detailed else 0
            canvas.text(
                some, "begin", "y", "label", letters=letters, weight=weight, align="right",
                dx=-12, dy=up,
            )  # fmt: skip
            canvas.text(some, "end", "y", "value", letters=letters, weight=weight, dx=11)
    if size.stacked:
        canvas.text(
            detailed, "begin", "y", "detail", letters=letters, color=MUTED, dx=-8, dy=top + 15
        )
    else:
        canvas.text(
            detailed, "begin", "y", "detail", letters=letters - 1, color=MUTED, align="right",
            dx=-12, dy=8,
        )  # fmt: skip


def _longest(rows: Rows, field: str, size: Size) -> int:
    widths = (text_width(str(row.get(field, "")), size.letters) for row in rows)
    return ceil(max(widths, default=0))
