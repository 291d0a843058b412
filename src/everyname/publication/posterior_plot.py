"""Posterior plot: how probable each number of persons is, model by model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from statistics import median_low
from typing import Any

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.result import Estimate, PosteriorEstimate, Refusal
from everyname.publication.canvas import Canvas, Rows
from everyname.publication.drawing import (
    ASIDE,
    BAR,
    ESTIMATE,
    MARK,
    MUTED,
    NARROW,
    WIDE,
    Drawing,
    Size,
)
from everyname.publication.row_plot import row_plot
from everyname.publication.words import number, share_words

CAPTION = (
    "The higher the shape, the more probable that number of persons under the model, its prior and"
    " the lists. The interval lies between the two thin lines, the thick line is the median. Each"
    " shape has its own height. The line at the left is the documented count."
)
_BINS = 90
_WIDEST = 4
_STEP = 2.3  # from one posterior to the next, in rows
_HEIGHT = {False: 1.75, True: 1.25}
_FOOT = {False: 0.45, True: 1.15}


def posterior_plot(results: Sequence[Estimate | Refusal]) -> Drawing | None:
    """Draw posteriors of the number of persons, or None where no result holds draws.

    Parameters
    ----------
    results
        Of models; those that are no posterior are passed over, and those read back from JSON,
        which holds no draws.
    """
    found = [
        result
        for result in results
        if isinstance(result, PosteriorEstimate) and result.draws is not None
    ]
    if not found:
        return None
    observed = max(result.observed for result in found)
    ends = _ends(found, observed)
    rows = [_row(place, result, ends) for place, result in enumerate(found)]
    said = "; ".join(f"{row['label']}: {row['value']}, {row['told']}" for row in rows)
    return Drawing(
        title="Posterior of the number of persons, recorded and unrecorded, by model",
        text=f"{said}. The documented count is {number(observed)}.",
        specs={size: _spec(size, rows, ends, observed) for size in (WIDE, NARROW)},
    )


def cap_of(result: Estimate) -> int | None:
    """Largest number of persons that the model considers; None where its settings name none."""
    multiple, most = result.settings.get("cap"), result.settings.get("max_n0")
    if isinstance(multiple, int | float):
        return result.observed + floor(multiple * result.observed)
    return result.observed + int(most) if isinstance(most, int | float) else None


def _ends(found: Sequence[PosteriorEstimate], observed: int) -> tuple[int, int]:
    tails = [float(np.quantile(_flat(result), 0.995)) for result in found]
    widest = _WIDEST * max(observed, median_low(result.point for result in found))
    return observed, max(observed + 3, ceil(min(max(tails), widest)))


def _flat(result: PosteriorEstimate) -> NDArray[np.int64]:
    draws = result.draws
    return np.zeros(0, dtype=np.int64) if draws is None else np.ravel(draws)


def _row(place: int, result: PosteriorEstimate, ends: tuple[int, int]) -> Mapping[str, Any]:
    draws = _flat(result)
    low, high = floor(result.low), ceil(result.high)
    told = [f"interval {result.interval_words}"]
    cap = cap_of(result)
    if cap is not None:
        told.append(f"cap {number(cap)}")
    beyond = float((draws > ends[1]).mean())
    if beyond > 0.01:
        told.append(f"{share_words(beyond)} of it beyond the picture")
    return {
        "place": place,
        "label": result.model,
        "value": f"median {number(result.point)}",
        "detail": ", ".join(told[:2]),
        "told": ", ".join(told),
        "beyond": f"{share_words(beyond)} beyond →" if beyond > 0.01 else "",
        "low": low,
        "point": result.point,
        "high": high,
        "cap": cap,
        "bins": _bins(draws, ends),
    }


def _bins(draws: NDArray[np.int64], ends: tuple[int, int]) -> list[tuple[float, float, float]]:
    """Bins of whole numbers: where they begin and end, and their height as a share of the top."""
    width = max(1, ceil((ends[1] - ends[0] + 1) / _BINS))
    edges = np.arange(ends[0], ends[1] + width + 1, width) - 0.5
    shares, _ = np.histogram(draws, edges)
    top = max(1, int(shares.max(initial=0)))
    return [
        (float(a), min(float(b), ends[1] + 0.5), float(n / top))
        for a, b, n in zip(edges[:-1], edges[1:], shares.tolist(), strict=True)
        if n
    ]


def _spec(size: Size, rows: Rows, ends: tuple[int, int], observed: int) -> dict[str, Any]:
    height, foot = _HEIGHT[size.stacked], _FOOT[size.stacked]
    first = 0 if size.stacked else height - 0.9
    span = ends[1] - ends[0]
    begin, last = ends[0] - 0.5 - 0.02 * span, ends[1] + 0.5 + 0.02 * span
    placed = [
        {
            **row,
            "value": number(row["point"]) if size.stacked else row["value"],
            "y": first + _STEP * row["place"],
            "base": first + _STEP * row["place"] + foot,
            "end": last,
            "height": height,
        }
        for row in rows
    ]
    # Below the words of a stacked row its shape needs room of its own.
    below = placed[-1]["base"] - (0 if size.stacked else 0.4)
    room = {"y": below, "label": "", "value": "", "end": last}
    canvas = row_plot(size, [*placed, room], begin, last, head=26)
    _documented(canvas, size, placed, observed)
    for row in placed:
        _shape(canvas, size, row, ends)
    return canvas.spec()


def _documented(canvas: Canvas, size: Size, rows: Rows, observed: int) -> None:
    lines = [{"x": observed, "top": r["base"] - r["height"], "foot": r["base"]} for r in rows]
    canvas.rule(lines, "x", "top", y2="foot")
    mark = [{"x": observed, "text": f"documented: {number(observed)}", **canvas.upright}]
    canvas.text(mark, "x", "top", "text", letters=size.letters, color=MARK, weight="bold", dy=-12)


def _shape(canvas: Canvas, size: Size, row: Mapping[str, Any], ends: tuple[int, int]) -> None:
    base, height = row["base"], row["height"]
    bars = [
        {
            "x": a,
            "x2": b,
            "top": base - height * share,
            "base": base,
            "inside": row["low"] - 0.5 <= (a + b) / 2 <= row["high"] + 0.5,
        }
        for a, b, share in row["bins"]
    ]
    canvas.bar([b for b in bars if not b["inside"]], "x", "x2", "top", "base", ASIDE)
    canvas.bar([b for b in bars if b["inside"]], "x", "x2", "top", "base", BAR)
    line = {"x": ends[0], "x2": ends[1], "y": base}
    canvas.rule([line], "x", "y", x2="x2", color=MUTED, thick=1)
    for name, thick, reach in (("low", 1.5, 0.5), ("high", 1.5, 0.5), ("point", 3.5, 1.0)):
        if row[name] <= ends[1]:
            mark = {"x": row[name], "top": base - height * reach, "base": base + 0.1}
            canvas.rule([mark], "x", "top", y2="base", color=ESTIMATE, thick=thick)
    cap = row["cap"]
    if cap is not None and cap <= ends[1]:
        mark = {"x": cap, "top": base - height, "base": base, "text": "cap"}
        canvas.rule([mark], "x", "top", y2="base", color=MUTED, thick=1)
        canvas.text(
            [mark], "x", "top", "text", letters=size.letters - 1, color=MUTED, align="right", dx=-4
        )
    if row["beyond"]:
        beyond = {"x": ends[1], "y": base - 0.25, "text": row["beyond"]}
        canvas.text(
            [beyond], "x", "y", "text", letters=size.letters - 1, color=MUTED, align="right"
        )
