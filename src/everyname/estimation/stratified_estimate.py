"""Estimates by stratum, their sum, and how the sum and everybody together compare."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from pydantic import BaseModel, ConfigDict

from everyname.estimation.result import Estimate, Refusal


class StratifiedEstimate(BaseModel):
    """Estimates by stratum and their sum.

    Attributes
    ----------
    strata
        The result of each stratum, by its name.
    total
        The sum with its interval. Where strata are refused it says what the total is at least:
        the others, and the recorded of those. A refusal where no stratum has an estimate.
    whole
        The same estimator on everybody together; None where it was not asked for.
    consistency
        How the sum and the estimate of everybody together compare, in a sentence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    strata: dict[str, Estimate | Refusal]
    total: Estimate | Refusal
    whole: Estimate | Refusal | None = None
    consistency: str = ""

    def _repr_html_(self) -> str:
        """Show the strata as a table in a notebook."""
        rows = stratum_rows({**self.strata, "Total": self.total})
        return f"<div>{rows}<p>{escape(self.consistency)}</p></div>"


def stratum_rows(results: Mapping[str, Estimate | Refusal]) -> str:
    """Give a table in HTML with a row for each stratum.

    Parameters
    ----------
    results
        By the names of strata.
    """
    rows = "".join(
        f"<tr><td>{escape(name)}</td>{_cells(result)}</tr>" for name, result in results.items()
    )
    head = "<tr><th>Stratum</th><th>Recorded</th><th>Persons</th><th>Interval</th></tr>"
    return f"<table>{head}{rows}</table>"


def _cells(result: Estimate | Refusal) -> str:
    if isinstance(result, Refusal):
        return f'<td colspan="3">no estimate. {escape(result.reason)}</td>'
    bound = "at least " if result.lower_bound else ""
    return (
        f"<td>{result.observed:,}</td><td>{bound}{round(result.point):,}</td>"
        f"<td>{result.interval_words} ({result.level_words})</td>"
    )


def disagree(total: Estimate | Refusal, whole: Estimate | Refusal | None) -> bool:
    """Tell whether the estimate of everybody together lies outside the interval of the sum."""
    return (
        isinstance(total, Estimate)
        and isinstance(whole, Estimate)
        and not total.lower_bound
        and not total.low <= whole.point <= total.high
    )


def consistency(total: Estimate | Refusal, whole: Estimate | Refusal | None) -> str:
    """Say how the sum of the strata and the estimate of everybody together compare.

    Strata within which the lists are independent may differ in how well the lists reach them;
    together they are then dependent. So a difference speaks for the sum, unless its strata are
    too small to be estimated.

    Parameters
    ----------
    total, whole
        The sum of the strata, and the estimate of everybody together.

    References
    ----------
    Sekar and Deming (1949), Journal of the American Statistical Association 44, 101-115.
    """
    if whole is None:
        return ""
    if isinstance(total, Refusal) or isinstance(whole, Refusal):
        which = "The sum of the strata" if isinstance(total, Refusal) else "Everybody together"
        return f"{which} has no estimate: the two cannot be compared."
    both = (
        f"The strata add up to {'at least ' if total.lower_bound else ''}{round(total.point):,},"
        f" everybody together gives {round(whole.point):,}"
    )
    if total.lower_bound:
        return f"{both}."
    if not disagree(total, whole):
        return f"{both}, within the interval of the sum."
    return (
        f"{both}, outside the interval of the sum. Lists that reach strata differently are"
        " dependent when the strata are taken together, which speaks for the sum; small strata"
        " with biased estimates would speak against it."
    )
