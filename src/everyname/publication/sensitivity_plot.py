"""Sensitivity plot: what the number would be if the assumption of a model failed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log2
from typing import Any

from everyname.estimation.sensitivity_estimate import SensitivityEstimate, SensitivityPoint
from everyname.publication.canvas import Canvas, Margins, Rows, Scale
from everyname.publication.drawing import (
    ESTIMATE,
    INK,
    MARK,
    MUTED,
    NARROW,
    PAPER,
    WIDE,
    Drawing,
    Size,
)
from everyname.publication.measure import scale_top, text_width
from everyname.publication.words import number, range_words

CAPTION = (
    "xi is how many times the unrecorded are what the assumption of the model gives: at xi = 1 it"
    " holds, and on either side it fails the more, the farther from there. Diamonds are the number"
    " of persons, upright lines its interval. The lists cannot show which xi holds."
)
_AXIS = {
    False: "xi: the unrecorded as a multiple of what the assumption gives",
    True: "xi: multiple of the unrecorded",
}
_HEIGHT = {False: 260, True: 250}
_WIDEST = 4
_MOST_TOLD = 7
_PIECES = 8


def sensitivity_plot(estimate: SensitivityEstimate) -> Drawing | None:
    """Draw the number of persons for each value of xi, or None where there is only one.

    Parameters
    ----------
    estimate
        With its curve.
    """
    curve = estimate.curve
    if len(curve) < 2:
        return None
    said = "; ".join(
        f"xi {one.xi:g}: {number(one.point)},"
        f" interval {range_words(floor(one.low), ceil(one.high))}"
        for one in curve
    )
    turns = [
        f"The number would be {what} at xi {xi:.2g}"
        for what, xi in (("halved", estimate.halves), ("doubled", estimate.doubles))
        if xi is not None
    ]
    ends = "".join(f" {text}." for text in turns)
    return Drawing(
        title=f"{estimate.model}: the number of persons where the assumption fails",
        text=f"{said}.{ends} The level line is the documented count, {number(estimate.observed)}.",
        specs={size: _spec(size, curve, estimate.observed) for size in (WIDE, NARROW)},
    )


def _spec(size: Size, curve: Sequence[SensitivityPoint], observed: int) -> dict[str, Any]:
    middle = min(curve, key=lambda one: abs(log2(one.xi)))
    widest = max(_WIDEST * middle.point, 1.3 * max(one.point for one in curve))
    top = scale_top(min(max(one.high for one in curve), widest), 5)
    letters = size.letters
    begin, end = log2(curve[0].xi), log2(curve[-1].xi)
    left = ceil(text_width(number(top), letters - 1)) + 14
    width = size.width - left - 14
    # Numbers stand left of their marks, away from a curve that rises to the right.
    share = (text_width(number(curve[0].point), letters) + 16) / width
    first, last = (begin - share * (end - begin) / (0.95 - share), end + 0.05 * (end - begin))
    canvas = Canvas(
        width,
        _HEIGHT[size.stacked],
        Scale(first, last),
        Scale(0, top, ticks=5, letters=letters - 1),
        Margins(left, 14, 26, 46),
    )
    rows = [
        {
            "x": log2(one.xi),
            "xi": f"{one.xi:g}",
            "low": one.low,
            "point": one.point,
            "high": min(one.high, top),
            "text": number(one.point),
            "foot": 0,
            "cut": one.high > top,
            "there": one.point <= top,
        }
        for one in curve
    ]
    _level(canvas, size, observed, (first, last), below=observed * canvas.height > 22 * top)
    for name, thick in (("low", 1.0), ("high", 1.0), ("point", 2.5)):
        canvas.rule(_pieces(curve, name, observed, top), "x", "y", x2="x2", y2="y2",
                    color=ESTIMATE, thick=thick)  # fmt: skip
    _marks(canvas, size, rows)
    _axis(canvas, size, rows, first)
    return canvas.spec()


def _level(
    canvas: Canvas, size: Size, observed: int, ends: tuple[float, float], *, below: bool
) -> None:
    line = {"x": ends[0], "x2": ends[1], "y": observed, "head": canvas.upright["top"]}
    canvas.rule([line], "x", "y", x2="x2")
    told = number(observed)
    words = [{**line, "text": f"documented: {told}" if below else f"line: documented {told}"}]
    canvas.text(
        words, "x2", "y" if below else "head", "text", letters=size.letters, color=MARK,
        weight="bold", align="right", dx=-2, dy=11 if below else -15,
    )  # fmt: skip


def _marks(canvas: Canvas, size: Size, rows: Rows) -> None:
    canvas.rule(rows, "x", "low", y2="high", color=ESTIMATE, thick=2)
    canvas.point(rows, "x", "low", "level", area=110, fill=ESTIMATE)
    canvas.point(
        [row for row in rows if not row["cut"]], "x", "high", "level", area=110, fill=ESTIMATE
    )
    canvas.point(
        [row for row in rows if row["cut"]], "x", "high", "up", area=110, fill=PAPER, line=ESTIMATE
    )
    seen = [row for row in rows if row["there"]]
    area = 110 if len(rows) <= _MOST_TOLD else 45
    canvas.point(seen, "x", "point", "diamond", area=area, fill=ESTIMATE)
    if len(rows) <= _MOST_TOLD:
        canvas.text(seen, "x", "point", "text", letters=size.letters, align="right", dx=-9, dy=-9)


def _axis(canvas: Canvas, size: Size, rows: Rows, begin: float) -> None:
    letters = size.letters - 1
    step = ceil(len(rows) / _MOST_TOLD)
    told = [row for place, row in enumerate(rows) if place % step == 0 or row["xi"] == "1"]
    canvas.text(told, "x", "foot", "xi", letters=letters, color=MUTED, align="center", dy=14)
    title = {"x": begin, "y": 0, "text": _AXIS[size.stacked]}
    canvas.text([title], "x", "y", "text", letters=letters, color=MUTED, dy=33)
    above = {"x": begin, "y": canvas.upright["top"], "text": "Persons, recorded and unrecorded"}
    canvas.text(
        [above], "x", "y", "text", letters=size.letters, color=INK, dx=6 - canvas.margins.left,
        dy=-15,
    )  # fmt: skip


def _pieces(
    curve: Sequence[SensitivityPoint], name: str, observed: int, top: float
) -> list[dict[str, float]]:
    """Cut a line into pieces; between two values of xi the unrecorded go in proportion."""
    places: list[tuple[float, float]] = []
    for one, other in pairwise(curve):
        first, last = (max(0.0, getattr(point, name) - observed) for point in (one, other))
        for piece in range(_PIECES + 1):
            share = piece / _PIECES
            proportional = first > 0 and last > 0
            missed = (
                first * (last / first) ** share if proportional else first + share * (last - first)
            )
            places.append(
                (log2(one.xi) + share * (log2(other.xi) - log2(one.xi)), observed + missed)
            )
    return [
        {"x": a, "y": b, "x2": c, "y2": d}
        for (a, b), (c, d) in pairwise(places)
        if max(b, d) <= top
    ]
