"""Leave one list out: whether an estimate hangs on a single list."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from numpy.typing import ArrayLike
from pydantic import BaseModel, ConfigDict

from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal
from everyname.estimation.table_input import TableLike, as_table

Estimator = Callable[[PatternTable], Estimate | Refusal]


class LeftOut(BaseModel):
    """What a model says without one of the lists.

    Attributes
    ----------
    list
        The list left out. Persons whom it alone holds are then among the unrecorded.
    point, low, high
        The total and its interval; None where the model refuses.
    reason
        Why the model refuses; empty where it does not.
    outside
        Whether the point lies outside of the interval of the estimate from all lists; of a lower
        bound, whether it lies above: a lower one without a list is no contradiction.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    list: str
    point: float | None
    low: float | None
    high: float | None
    reason: str
    outside: bool


class LeaveOneOut(BaseModel):
    """A model without each of the lists in turn.

    Attributes
    ----------
    model
        The model in words.
    point, low, high
        The total from all lists, and its interval.
    without
        One for each list, in their order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    point: float
    low: float
    high: float
    without: tuple[LeftOut, ...]

    @property
    def moved_by(self) -> tuple[str, ...]:
        """Lists without which the point leaves the interval."""
        return tuple(found.list for found in self.without if found.outside)

    @property
    def words(self) -> str:
        """The result as a sentence."""
        moved = [found for found in self.without if found.outside and found.point is not None]
        if moved:
            parts = ", ".join(f"{found.list} {round(found.point or 0):,}" for found in moved)
            return (
                f"{self.model}: {round(self.point):,} from all lists, but outside of its interval"
                f" without {parts}."
            )
        if all(found.point is None for found in self.without):
            return f"{self.model}: no estimate without any of the lists."
        return f"{self.model}: within its interval whichever list is left out."

    def _repr_html_(self) -> str:
        """Show what each list does in a notebook."""
        rows = "".join(
            f"<tr><td>{escape(found.list)}</td><td>{escape(_found_words(found))}</td></tr>"
            for found in self.without
        )
        return (
            f"<div><p>{escape(self.words)}</p>"
            f"<table><tr><th>Without</th><th>Persons</th></tr>{rows}</table></div>"
        )


def leave_one_out(
    data: TableLike, counts: ArrayLike | None = None, *, estimator: Estimator
) -> LeaveOneOut | Refusal:
    """Estimate again without each of the lists.

    The total is the same whichever lists are asked, so an estimator whose assumptions hold gives
    about the same number without any of them (internal consistency: Binette and Steorts 2022).

    Parameters
    ----------
    data, counts
        As in `as_table`.
    estimator
        Gives an estimate, or a refusal, of a table of capture patterns.

    Returns
    -------
    LeaveOneOut or Refusal
        The refusal of the estimator where it refuses all lists together.

    Raises
    ------
    EstimationError
        Where the input is not a table of capture patterns.

    References
    ----------
    Binette and Steorts (2022), Journal of the Royal Statistical Society A 185, 640-676.
    """
    table = as_table(data, counts)
    whole = estimator(table)
    if isinstance(whole, Refusal):
        return whole
    if len(table.lists) < 2:
        return Refusal(model=whole.model, reason="There is only one list.")
    without = []
    for name in table.lists:
        result = estimator(as_table(table, lists=[n for n in table.lists if n != name]))
        if isinstance(result, Refusal):
            without.append(
                LeftOut(
                    list=name, point=None, low=None, high=None, reason=result.reason, outside=False
                )
            )
        else:
            without.append(
                LeftOut(
                    list=name,
                    point=result.point,
                    low=result.low,
                    high=result.high,
                    reason="",
                    outside=result.point > whole.high
                    or (result.point < whole.low and not whole.lower_bound),
                )
            )
    return LeaveOneOut(
        model=whole.model, point=whole.point, low=whole.low, high=whole.high, without=tuple(without)
    )


def _found_words(found: LeftOut) -> str:
    if found.point is None or found.low is None or found.high is None:
        return f"no estimate: {found.reason}"
    outside = ", outside of the interval" if found.outside else ""
    return f"{round(found.point):,} ({round(found.low):,} to {round(found.high):,}){outside}"
