"""Level weights: how telling each agreement or difference is, as a model has learnt it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from everyname.linkage.natural_frequency import bits, two_digits
from everyname.publication.canvas import Canvas
from everyname.publication.drawing import MUTED, NARROW, WIDE, Drawing, Size
from everyname.publication.row_plot import row_plot
from everyname.publication.waterfall import AGAINST, FOR

_HEAD = 26
_GAP = 0.5


def level_weights(levels: Sequence[tuple[str, str, float, float]]) -> Drawing | None:
    """Draw the weights of the levels of all comparisons, or None where there are none.

    Parameters
    ----------
    levels
        Comparison, level, share among pairs of one person (m), share among pairs of two (u).

    Returns
    -------
    Drawing
        A bar to the right speaks for one person, a bar to the left for two; none of them stands
        for a pair or a person.
    """
    if not levels:
        return None
    rows = _rows(levels)
    said = "; ".join(f"{row['label']}: {row['value']}" for row in rows)
    return Drawing(
        title="How telling each agreement or difference of two records is",
        text=f"Factor by which the odds of one person change. {said}.",
        specs={size: _spec(size, rows) for size in (WIDE, NARROW)},
    )


def factor_words(weight: float) -> str:
    """Write a weight in bits as what it does to the odds: ``× 3,600`` or ``÷ 25``."""
    factor = two_digits(2.0 ** abs(weight))
    if factor == "1":
        return "× 1"
    return f"× {factor}" if weight > 0 else f"÷ {factor}"


def _rows(levels: Sequence[tuple[str, str, float, float]]) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    place = 0.0
    last = levels[0][0]
    for comparison, level, m, u in levels:
        place += _GAP if comparison != last else 0.0
        last = comparison
        weight = bits(m, u)
        rows.append(
            {
                "y": place,
                "label": f"{comparison}: {level}",
                "value": factor_words(weight),
                "left": min(0.0, weight),
                "right": max(0.0, weight),
                "end": max(0.0, weight),
                "weight": weight,
            }
        )
        place += 1
    return rows


def _spec(size: Size, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    smallest = min(0.0, *(row["left"] for row in rows))
    largest = max(0.0, *(row["right"] for row in rows))
    margin = max(0.5, 0.04 * (largest - smallest))
    canvas = row_plot(
        size, rows, smallest - margin, largest + margin, head=4 if size.stacked else _HEAD
    )
    half = 0.14 if size.stacked else 0.28
    drawn = [{**row, "top": row["y"] - half, "bottom": row["y"] + half} for row in rows]
    box = ("left", "right", "top", "bottom")
    canvas.bar([row for row in drawn if row["weight"] >= 0], *box, fill=FOR)
    canvas.bar([row for row in drawn if row["weight"] < 0], *box, fill=AGAINST)
    pieces = [{"x": 0.0, "foot": row["bottom"], "top": row["top"]} for row in drawn]
    whole = [{"x": 0.0, **canvas.upright}]
    # Words stand above stacked bars, and the line must not run through them.
    canvas.rule(pieces if size.stacked else whole, "x", "foot", y2="top", color=MUTED, thick=1)
    if not size.stacked:
        _sides(canvas, size)
    return canvas.spec()


def _sides(canvas: Canvas, size: Size) -> None:
    mark = [{"x": 0.0, "y": canvas.upright["top"], "two": "← for two", "one": "for one person →"}]
    small = size.letters - 1
    canvas.text(mark, "x", "y", "two", letters=small, color=MUTED, align="right", dx=-6, dy=-12)
    canvas.text(mark, "x", "y", "one", letters=small, color=MUTED, dx=6, dy=-12)
