"""Waterfall: how the evidence on two records adds up, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from everyname.linkage.explanation import Explanation
from everyname.linkage.natural_frequency import from_bits, of_many
from everyname.publication.canvas import Canvas, Rows
from everyname.publication.drawing import INK, MARK, MUTED, NARROW, WIDE, Drawing, Size
from everyname.publication.measure import shortened, text_width
from everyname.publication.row_plot import row_plot

FOR = "#3478ad"
"""For one person. With `AGAINST` told apart by whoever is colour-blind, on light and on dark."""
AGAINST = "#c7661a"
_HALF = 0.26
_HEAD = 62
_UNIT = {
    False: "Match weight in bits: each step to the right doubles the odds of one person",
    True: "Each bit to the right doubles the odds of one person",
}
_SIDES = ("← rather two persons", "rather one person →")


def waterfall(explanation: Explanation, a: str, b: str) -> Drawing:
    """Draw how the evidence on two records adds up.

    Parameters
    ----------
    explanation
        Of the pair.
    a, b
        What the two records are called.

    Returns
    -------
    Drawing
        Each bar begins where the one above it ends: to the right what speaks for one person, to
        the left what speaks for two. First the odds before anything is compared, last all of it.
    """
    rows = _rows(explanation)
    said = "; ".join(": ".join(filter(None, (row["label"], row["value"]))) for row in rows)
    title = f"{a} and {b}"
    return Drawing(
        title=f"How the evidence adds up: {title}",
        text=f"Match weights in bits; each bit doubles the odds of one person. {said}.",
        specs={size: _spec(size, rows, title) for size in (WIDE, NARROW)},
    )


def signed(weight: float) -> str:
    """Write a weight with its sign: +7.1, −3.0 or 0."""
    text = f"{weight:+.1f}".replace("-", "−")
    return "0" if text[1:] == "0.0" else text


def _rows(explanation: Explanation) -> Rows:
    rows: list[Mapping[str, Any]] = []
    for step in explanation.steps:
        value = "" if step.kind == "silent" else signed(step.weight)
        if step.kind in {"begin", "total"}:
            value = f"{value}: {of_many(from_bits(step.weight))}"
        right = max(step.start, step.end)
        rows.append(
            {
                "y": len(rows) + (0.35 if step.kind == "total" else 0),
                "label": step.label,
                "detail": step.detail,
                "value": value,
                "from": step.start,
                "to": step.end,
                "left": min(step.start, step.end),
                "right": right,
                "end": right,
                "kind": step.kind,
            }
        )
    return rows


def _spec(size: Size, rows: Rows, title: str) -> dict[str, Any]:
    smallest = min(0.0, *(row["left"] for row in rows))
    largest = max(0.0, *(row["right"] for row in rows))
    margin = max(1.0, 0.05 * (largest - smallest))
    canvas = row_plot(size, rows, smallest - margin, largest + margin, head=_HEAD)
    _head(canvas, size, title, (smallest - margin, largest + margin))
    half = 0.14 if size.stacked else _HALF
    drawn = [{**row, "top": row["y"] - half, "bottom": row["y"] + half} for row in rows]
    zero = {"x": 0.0, **canvas.upright}
    if size.stacked:
        pieces = [{"x": 0.0, "foot": row["bottom"], "top": row["top"]} for row in drawn]
        canvas.rule(pieces, "x", "foot", y2="top", color=MUTED, thick=1)
    else:
        canvas.rule([zero], "x", "foot", y2="top", color=MUTED, thick=1)
        _connect(canvas, drawn)
    box = ("left", "right", "top", "bottom")
    steps = [row for row in drawn if row["kind"] == "step"]
    canvas.bar([row for row in steps if row["to"] >= row["from"]], *box, fill=FOR)
    canvas.bar([row for row in steps if row["to"] < row["from"]], *box, fill=AGAINST)
    canvas.bar([row for row in drawn if row["kind"] in {"begin", "total"}], *box, fill=MARK)
    silent = [row for row in drawn if row["kind"] == "silent"]
    canvas.rule(silent, "to", "top", y2="bottom", color=MUTED, thick=2)
    return canvas.spec()


def _connect(canvas: Canvas, rows: Rows) -> None:
    """Draw thin lines from where one bar ends to where the next begins."""
    lines = [
        {"x": one["to"], "foot": one["bottom"], "top": other["top"]}
        for one, other in pairwise(rows)
    ]
    canvas.rule(lines, "x", "foot", y2="top", color=MUTED, thick=1)


def _head(canvas: Canvas, size: Size, title: str, ends: tuple[float, float]) -> None:
    """Write what the chart shows, and what its two sides mean, where there is room."""
    begin, end = ends
    letters, left = size.letters, canvas.margins.left
    indent = 0 if size.stacked else 8
    top = canvas.upright["top"]
    fitting = shortened(title, size.width - 16, letters + 1)
    canvas.text(
        [{"x": begin, "y": top, "text": fitting}], "x", "y", "text", letters=letters + 1,
        weight="bold", color=INK, dx=indent - left, dy=-50,
    )  # fmt: skip
    told = _UNIT[size.stacked]
    canvas.text(
        [{"x": begin, "y": top, "text": told}], "x", "y", "text", letters=letters - 1,
        color=MUTED, dx=indent - left, dy=-32,
    )  # fmt: skip
    pixels = canvas.width / (end - begin)
    mark = [{"x": 0.0, "y": top, "two": _SIDES[0], "one": _SIDES[1]}]
    if text_width(_SIDES[0], letters - 1) + 8 <= left - begin * pixels:
        canvas.text(
            mark, "x", "y", "two", letters=letters - 1, color=MUTED, align="right", dx=-6, dy=-10
        )
    if text_width(_SIDES[1], letters - 1) + 8 <= end * pixels + canvas.margins.right:
        canvas.text(mark, "x", "y", "one", letters=letters - 1, color=MUTED, dx=6, dy=-10)
