"""Forest: the models' answers below each other, the documented count as a line for reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from statistics import median_low
from typing import Any

from everyname.counts import Count
from everyname.estimation import Estimate, Refusal
from everyname.publication.canvas import Canvas, Rows
from everyname.publication.drawing import (
    ESTIMATE,
    MARK,
    MUTED,
    NARROW,
    PAPER,
    WIDE,
    Drawing,
    Size,
)
from everyname.publication.measure import in_lines, middle_shortened
from everyname.publication.row_plot import row_plot
from everyname.publication.words import number, range_words

CAPTION = (
    "A diamond is an estimate, its line the interval of that model. An arrow that begins at an"
    " upright is a lower bound: the total is at least so large, and the model does not say where"
    " it ends. A line that ends in a hollow arrow goes on beyond the picture, to the number given"
    " for it. The upright line through the models is the documented count."
)
_PIECE = 0.19  # half a piece of the upright line beside stacked marks, as a share of a row
_WIDEST = 4  # what lies far beyond so many times the middle point runs out of the picture
_FAR = 1.6
_ROOM = {False: 392, True: 334}  # for the name of a model, in pixels
_APART = 0.45  # free space between the reported interval and the models, in rows
_REPORTED = "Reported"


def forest(
    results: Sequence[Estimate | Refusal],
    total: Count | None,
    *,
    reported: Estimate | Refusal | None = None,
) -> Drawing | None:
    """Draw the results of models, or None where no model gives a number.

    The reported interval comes first and is set apart, with a thick line; then the models in their
    order; last those that refuse, with the reason. An estimate is a diamond with its interval. A
    lower bound is an arrow that begins at the bound and has no interval, because it does not say
    where the total ends. A line that runs out of the picture ends in a hollow arrow.

    Parameters
    ----------
    results
        Of the models.
    total
        The documented count; None for the persons in at least one list.
    reported
        The interval that is shown first, or why there is none.
    """
    estimates = [found for found in results if isinstance(found, Estimate)]
    refusals = [found for found in results if isinstance(found, Refusal)]
    first: list[Estimate | Refusal] = [] if reported is None else [reported]
    drawn = [*estimates, *(e for e in first if isinstance(e, Estimate))]
    if not drawn:
        return None
    documented = max(e.observed for e in drawn) if total is None else total.best
    rows = _rows(first, estimates, refusals)
    return Drawing(
        title="Estimates of the number of persons, recorded and unrecorded, by model",
        text=_text(first, estimates, refusals, documented),
        specs={size: _spec(size, rows, documented) for size in (WIDE, NARROW)},
    )


def _text(
    first: Sequence[Estimate | Refusal],
    estimates: Sequence[Estimate],
    refusals: Sequence[Refusal],
    documented: int,
) -> str:
    said = [f"{_REPORTED}: {_said(found)}" for found in first]
    said += [f"{found.model}: {_said(found)}" for found in estimates]
    said += [f"{found.model}: {_said(found)}" for found in refusals]
    return f"{'; '.join(said)}. The upright line is the documented count, {number(documented)}."


def _said(found: Estimate | Refusal) -> str:
    if isinstance(found, Refusal):
        return f"no estimate, {found.reason.rstrip('.')}"
    return found.words.rstrip(".")


def _rows(
    first: Sequence[Estimate | Refusal],
    estimates: Sequence[Estimate],
    refusals: Sequence[Refusal],
) -> Rows:
    rows = [
        {**_row(0, found), "label": _REPORTED, "first": True, "strong": True} for found in first
    ]
    start = 1 + _APART if first else 0
    models: list[Estimate | Refusal] = [*estimates, *refusals]
    return [*rows, *(_row(start + place, found) for place, found in enumerate(models))]


def _row(place: float, found: Estimate | Refusal) -> Mapping[str, Any]:
    if isinstance(found, Refusal):
        return {"y": place, "label": found.model, "value": "", "reason": found.reason}
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
    answers = [row for row in rows if "point" in row]
    refused = [row for row in rows if "point" not in row]
    begin = min(documented, *(row["low"] for row in answers))
    end = _end(answers, documented)
    arrow = 0.1 * (end - begin) or 1.0
    placed = [_placed(row, end, arrow) for row in answers]
    last = max(end, *(row["tip"] for row in placed))
    margin = max(1.0, 0.06 * (end - begin))
    room, letters = _ROOM[size.stacked], size.letters
    named = [
        {**row, "label": middle_shortened(row["label"], room, letters)}
        for row in (*placed, *refused)
    ]
    left = max(0.0, begin - margin)
    canvas = row_plot(
        size,
        [{"end": left, **row} for row in sorted(named, key=lambda row: row["y"])],
        left,
        last + margin,
        head=26,
    )
    _reference(canvas, size, placed, documented, far=documented > (begin + end) / 2)
    _apart(canvas, size, rows, (left, last + margin))
    _marks(canvas, placed)
    _reasons(canvas, size, refused, (left, last + margin), documented)
    return canvas.spec()


def _end(rows: Rows, documented: int) -> float:
    """End of the scale: no one point or interval makes all others too small to be seen."""
    middle = median_low(row["point"] for row in rows)
    largest = max(documented, *(row["high"] for row in rows))
    widest = max(documented, middle) * _WIDEST
    return float(widest if largest > _FAR * widest else largest)


def _placed(row: Mapping[str, Any], end: float, arrow: float) -> Mapping[str, Any]:
    """Find where the line of a row ends, and whether it goes on beyond the picture."""
    beyond = row["point"] > end
    cut = not row["bound"] and row["high"] > end
    tip = end if cut or beyond else row["high"]
    if row["bound"]:
        tip = end if beyond else row["point"] + arrow
    value = row["value"]
    if beyond:
        value = f"{value} →"
    elif cut:
        value = f"{value}, to {number(row['high'])} →"
    start = min(row["low"], tip - arrow) if beyond else row["low"]
    return {
        **row,
        "value": value,
        "start": start,
        "tip": tip,
        "end": tip,
        "beyond": beyond,
        "cut": cut or beyond,
    }


def _marks(canvas: Canvas, rows: Rows) -> None:
    for first, thick, area in ((True, 4.5, 200.0), (False, 2.0, 80.0)):
        some = [row for row in rows if row.get("first", False) == first]
        canvas.rule(some, "start", "y", x2="tip", color=ESTIMATE, thick=thick)
        seen = [row for row in some if not row["beyond"]]
        points = [row for row in seen if not row["bound"]]
        canvas.point(points, "start", "y", "upright", area=90, fill=ESTIMATE)
        closed = [row for row in points if not row["cut"]]
        canvas.point(closed, "tip", "y", "upright", area=90, fill=ESTIMATE)
        canvas.point(points, "point", "y", "diamond", area=area, fill=ESTIMATE)
        bounds = [row for row in seen if row["bound"]]
        canvas.point(bounds, "tip", "y", "right", area=area, fill=ESTIMATE)
        canvas.point(bounds, "point", "y", "upright", area=160, fill=ESTIMATE)
        cut = [row for row in some if row["cut"]]
        canvas.point(cut, "tip", "y", "right", area=area, fill=PAPER, line=ESTIMATE)


def _apart(canvas: Canvas, size: Size, rows: Rows, ends: tuple[float, float]) -> None:
    """Put a line between the reported interval and the models."""
    if rows[0].get("first") and len(rows) > 1:
        # The words of a stacked row stand above its marks.
        middle = _APART if size.stacked else 0.5 + _APART / 2
        between = {"x": ends[0], "x2": ends[1], "y": middle}
        canvas.rule([between], "x", "y", x2="x2", color=MUTED, thick=1)


def _reasons(
    canvas: Canvas, size: Size, rows: Rows, ends: tuple[float, float], documented: int
) -> None:
    """Write why a model refuses where its marks would be."""
    letters = size.letters - 1
    for row in rows:
        # Beside the reported interval stands the line of the documented count.
        left_third = ends[0] + (ends[1] - ends[0]) / 3
        beside = row.get("first") and not size.stacked and documented < left_third
        x, dx = (documented, 8) if beside else (ends[0], 2)
        taken = (x - ends[0]) / (ends[1] - ends[0]) * canvas.width + dx
        room = canvas.width + canvas.margins.right - taken - 4
        lines = in_lines(f"No estimate: {row['reason']}", room, letters, 2)
        for line, text in enumerate(lines):
            told = [{"x": x, "y": row["y"], "text": text}]
            canvas.text(
                told, "x", "y", "text", letters=letters, color=MUTED, dx=dx,
                dy=15 * line - (16 if size.stacked else 8),
            )  # fmt: skip


def _reference(canvas: Canvas, size: Size, rows: Rows, documented: int, *, far: bool) -> None:
    foot = max(row["y"] for row in rows) + 0.5
    head = canvas.upright["top"]
    mark = [
        {
            "x": documented,
            "text": f"documented: {number(documented)}",
            "top": head,
            "foot": foot,
        }
    ]
    # Words stand above stacked marks, and the line must not run through them.
    pieces = [{"x": documented, "foot": r["y"] + _PIECE, "top": r["y"] - _PIECE} for r in rows]
    canvas.rule(pieces if size.stacked else mark, "x", "foot", y2="top")
    canvas.text(
        mark, "x", "top", "text", letters=size.letters, color=MARK, weight="bold",
        align="right" if far else "left", dy=-12,
    )  # fmt: skip
