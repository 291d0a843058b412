"""Canvas: marks on two scales, as one layered Vega-Lite specification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from everyname.publication.drawing import INK, MARK, MUTED, RULE

if TYPE_CHECKING:
    import altair as alt

Row = Mapping[str, Any]
Rows = Sequence[Row]
Shape = Literal["circle", "diamond", "upright", "level", "right", "left", "up"]

_SHAPES = {"right": "triangle-right", "left": "triangle-left", "up": "triangle-up"}
_ANGLES = {"upright": 90, "level": 0}


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers along one side of a canvas.

    Parameters
    ----------
    begin, end
        Numbers at the left and the right, or at the bottom and the top.
    ticks
        About how many numbers are written, with lines across; 0 for none.
    letters
        Height of these numbers in pixels.
    """

    begin: float
    end: float
    ticks: int = 0
    letters: int = 12


@dataclass(frozen=True, slots=True)
class Margins:
    """Pixels round the marks."""

    left: int = 0
    right: int = 0
    top: int = 0
    bottom: int = 0


class Canvas:
    """Marks, drawn in the order in which they are put down; words lie above all other marks.

    Every mark takes rows and the names of the fields that place it; without rows it is nothing.
    Geometry is fixed and nothing is measured, so that equal data give equal pictures.

    Parameters
    ----------
    width, height
        Of the space for marks, in pixels.
    x, y
        What its sides stand for.
    margins
        Round that space.
    """

    def __init__(self, width: int, height: int, x: Scale, y: Scale, margins: Margins) -> None:
        self.width = width
        self.height = height
        self.margins = margins
        self._x = x
        self._y = y
        # Named data: Altair would copy and check the rows of every mark again and again.
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._layers: list[alt.Chart] = []
        self._texts: list[alt.Chart] = []

    @property
    def upright(self) -> dict[str, float]:
        """Fields ``foot`` and ``top`` for a line from the bottom to the top."""
        return {"foot": self._y.begin, "top": self._y.end}

    def bar(self, rows: Rows, x: str, x2: str, y: str, y2: str, fill: str, line: str = "") -> None:
        """Put down rectangles, hollow ones with a line round them."""
        if rows:
            style: dict[str, Any] = {"stroke": line, "strokeWidth": 1.2} if line else {}
            self._add(self._chart(rows).mark_rect(fill=fill, **style), x, y, x2=x2, y2=y2)

    def rule(
        self,
        rows: Rows,
        x: str,
        y: str,
        *,
        x2: str = "",
        y2: str = "",
        color: str = MARK,
        thick: float = 2,
    ) -> None:
        """Put down lines, level to `x2`, upright to `y2`, or aslant to both."""
        if rows:
            chart = self._chart(rows).mark_rule(color=color, strokeWidth=thick)
            self._add(chart, x, y, x2=x2, y2=y2)

    def point(
        self,
        rows: Rows,
        x: str,
        y: str,
        shape: Shape,
        *,
        area: float = 70,
        fill: str = MARK,
        line: str = "",
    ) -> None:
        """Put down marks of a shape; an upright is a short line across a level one, or reverse."""
        if not rows:
            return
        if shape in _ANGLES:
            chart = self._chart(rows).mark_point(
                shape="stroke",
                angle=_ANGLES[shape],
                size=area,
                stroke=fill,
                strokeWidth=2,
                opacity=1,
            )
        else:
            chart = self._chart(rows).mark_point(
                shape=_SHAPES.get(shape, shape), size=area, filled=True, fill=fill,
                stroke=line or fill, strokeWidth=1.6, opacity=1,
            )  # fmt: skip
        self._add(chart, x, y)

    def text(
        self,
        rows: Rows,
        x: str,
        y: str,
        text: str,
        *,
        letters: int,
        color: str = INK,
        align: Literal["left", "center", "right"] = "left",
        weight: Literal["normal", "bold"] = "normal",
        dx: float = 0,
        dy: float = 0,
    ) -> None:
        """Put down words."""
        import altair as alt

        if rows:
            chart = self._chart(rows).mark_text(
                align=align, baseline="middle", dx=dx, dy=dy, fontSize=letters, fontWeight=weight,
                color=color,
            )  # fmt: skip
            self._add(chart, x, y, text=alt.Text(field=text, type="nominal"))

    def spec(self) -> dict[str, Any]:
        """Finish the specification."""
        import altair as alt

        m = self.margins
        chart = alt.layer(*self._layers, *self._texts).properties(
            width=self.width,
            height=self.height,
            padding={"left": m.left, "right": m.right, "top": m.top, "bottom": m.bottom},
            autosize=alt.AutoSizeParams(type="none"),
        )
        return {**chart.to_dict(validate=False), "datasets": self._rows}

    def _chart(self, rows: Rows) -> alt.Chart:
        import altair as alt

        name = f"rows{len(self._rows)}"
        self._rows[name] = [dict(row) for row in rows]
        return alt.Chart(alt.NamedData(name=name))

    def _add(self, chart: alt.Chart, x: str, y: str, **more: Any) -> None:  # noqa: ANN401 - channels
        import altair as alt

        ends = {"x2": alt.X2, "y2": alt.Y2}
        channels = {
            name: ends[name](field=value) if name in ends else value
            for name, value in more.items()
            if value
        }
        level = alt.X(field=x, type="quantitative", **_sides(self._x))
        upright = alt.Y(field=y, type="quantitative", **_sides(self._y))
        layers = self._texts if "text" in more else self._layers
        layers.append(chart.encode(level, upright, *channels.values()))


def _sides(scale: Scale) -> dict[str, Any]:
    import altair as alt

    axis = None
    if scale.ticks:
        axis = alt.Axis(
            title=None, format=",d", tickCount=scale.ticks, tickMinStep=1, gridColor=RULE,
            domain=False, ticks=False, labelColor=MUTED, labelFontSize=scale.letters,
            labelPadding=6, labelFlush=True,
        )  # fmt: skip
    sides = alt.Scale(domain=[scale.begin, scale.end], nice=False, zero=False)
    return {"scale": sides, "axis": axis}
