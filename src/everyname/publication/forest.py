"""Forest: the models' answers below each other, the documented count as a line for reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

from everyname.counts import Count
from everyname.estimation import Estimate
from everyname.publication.canvas import Canvas, Rows
from everyname.publication.drawing import ESTIMATE, MARK, NARROW, WIDE, Drawing, Size
from everyname.publication.row_plot import row_plot
from everyname.publication.words import number, range_words

_PIECE = 0.19  # half a piece of the upright line beside stacked marks, as a share of a row
_WIDEST = 4  # an interval beyond so many times the largest point runs out of the picture


def forest(estimates: Sequence[Estimate], total: Count | None) -> Drawing | None:
    """Draw the results of models, or None where there are none.

    An estimate is a diamond with its interval. A lower bound is an arrow that begins at the bound
    and has no interval, because it does not say where the total ends.
    """
    if not estimates:
        return None
    documented = max(e.observed for e in estimates) if total is None else total.best
    rows = [_row(place, found) for place, found in enumerate(estimates)]
    said = "; ".join(f"{e.model}: {e.words.rstrip('.')}" for e in estimates)
    return Drawing(
        title="Estimates of the number of persons, recorded and unrecorded, by model",
        text=f"{said}. The upright line is the documented count, {number(documented)}.",
        specs={size: _spec(size, rows, documented) for size in (WIDE, NARROW)},
    )


def _row(place: int, found: Estimate) -> Mapping[str, Any]:
    low, point, high = floor(found.low), round(found.point), ceil(found.high)
    bound = found.lower_bound
    return {
        "y": place,
        "label": found.model,
        "value": f"at least {number(point)}" if bound else number(point),
        "detail": "lower bound" if bound else f"interval {range_words(low, high)}",
        "low": point if bound else low,
        "point": point,
        "high": point if bound else high,
        "bound": bound,
    }


def _spec(size: Size, rows: Rows, documented: int) -> dict[str, Any]:
    largest = max(documented, *(row["point"] for row in rows))
    end = min(max(row["high"] for row in rows), largest * _WIDEST)
    end = max(end, largest)
    begin = min(documented, *(row["low"] for row in rows))
    margin = max(1.0, 0.06 * (end - begin))
    arrow = 0.1 * (end - begin) or 1.0
    rows = [
        {
            **row,
            "tip": row["point"] + arrow if row["bound"] else min(row["high"], end),
            "end": row["point"] + arrow if row["bound"] else min(row["high"], end),
        }
        for row in rows
    ]
    last = max(end, *(row["tip"] for row in rows))
    canvas = row_plot(size, rows, max(0.0, begin - margin), last + margin, head=26)
    _reference(canvas, size, rows, documented, far=documented > (begin + end) / 2)
    canvas.rule(rows, "low", "y", x2="tip", color=ESTIMATE)
    canvas.point(
        [r for r in rows if not r["bound"]], "point", "y", "diamond", area=110, fill=ESTIMATE
    )
    bounds = [row for row in rows if row["bound"]]
    canvas.point(bounds, "tip", "y", "right", area=110, fill=ESTIMATE)
    canvas.point(bounds, "point", "y", "upright", area=160, fill=ESTIMATE)
    return canvas.spec()


def _reference(canvas: Canvas, size: Size, rows: Rows, documented: int, *, far: bool) -> None:
    mark = [{"x": documented, "text": f"documented: {number(documented)}", **canvas.upright}]
    # Words stand above stacked marks, and the line must not run through them.
    pieces = [{"x": documented, "foot": r["y"] + _PIECE, "top": r["y"] - _PIECE} for r in rows]
    canvas.rule(pieces if size.stacked else mark, "x", "foot", y2="top")
    canvas.text(
        mark, "x", "top", "text", letters=size.letters, color=MARK, weight="bold",
        align="right" if far else "left", dy=-12,
    )  # fmt: skip
