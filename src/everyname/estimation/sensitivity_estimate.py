"""An estimate with the values it takes where its assumption fails."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from everyname.estimation.result import Estimate, PosteriorEstimate


class SensitivityPoint(BaseModel):
    """The number of persons under one value of the sensitivity parameter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    xi: float
    point: float
    low: float
    high: float


class SensitivityEstimate(PosteriorEstimate):
    """An estimate that rests on an assumption, and its values where the assumption fails.

    Attributes
    ----------
    curve
        The number under each value of xi, ascending. The estimate itself is that of xi = 1.
    """

    curve: tuple[SensitivityPoint, ...]

    def xi_that(self, factor: float) -> float | None:
        """Find the xi under which the number of persons is `factor` times the estimate.

        None where that would be fewer persons than are recorded, or none is unrecorded.
        """
        wanted = factor * self.point - self.observed
        return wanted / self.unrecorded if wanted > 0 and self.unrecorded > 0 else None

    @property
    def halves(self) -> float | None:
        """The xi that halves the number of persons."""
        return self.xi_that(0.5)

    @property
    def doubles(self) -> float | None:
        """The xi that doubles the number of persons."""
        return self.xi_that(2.0)

    def _repr_html_(self) -> str:
        """Show the result with its curve in a notebook."""
        rows = "".join(
            f"<tr><td>{one.xi:g}</td><td>{one.point:,.0f}</td>"
            f"<td>{one.low:,.0f} to {one.high:,.0f}</td></tr>"
            for one in self.curve
        )
        head = "<tr><th>xi</th><th>Persons</th><th>Interval</th></tr>"
        return f"{Estimate._repr_html_(self)}<table>{head}{rows}</table>"
