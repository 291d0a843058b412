"""Chao's lower bound: at least how many persons there are, recorded and unrecorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from numpy.typing import ArrayLike

from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.kernels.bound import differing_lists, equal_lists
from everyname.estimation.kernels.capture_designs import chao_log_linear_fit
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal, checked_level
from everyname.estimation.table_input import TableLike, as_table

Form = Literal["bias-corrected", "uncorrected"]
_Kind = Literal["differ", "equal", "log-linear"]
_Formula = Callable[[int], tuple[float, float]]
"""The bound and its variance for a number of persons in exactly two lists."""

_NAMES = {
    "differ": "Chao's lower bound",
    "equal": "Chao's lower bound, lists of equal reach",
    "log-linear": "Chao's lower bound, log-linear",
}
_REFERENCES = {
    "differ": "Chao (1987), Biometrics 43, 783-791; Chao (1989), Biometrics 45, 427-438.",
    "equal": "Chao (1987), Biometrics 43, 783-791.",
    "log-linear": "Rivest and Baillargeon (2007), Biometrics 63, 999-1006.",
}
_MOST_LISTS = 12

_AVOID = (
    "Persons may differ in how easily they are recorded, but no list avoids the persons whom"
    " another holds; lists that do can push the number above the total."
)
_DIFFER = (
    "The lists may differ in how many they reach; a person hard to record is so for every list."
)
_EQUAL = (
    "Every list reaches a person equally well; where lists differ in size, the number can exceed"
    " the total and is then no lower bound."
)


def chao(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    form: Form = "bias-corrected",
    level: float = 0.95,
) -> Estimate | Refusal:
    """Bound the number of persons from below, with lists that may differ in size.

    The unrecorded are at least the sum over pairs of lists of (persons only in the one) x
    (persons only in the other), divided by the persons in exactly two lists (plus one in the
    bias-corrected form). For two lists this is the number Chapman's estimator gives, read as a
    bound. The interval is that of the bound, log-normal in the unrecorded (Chao 1987).

    Where nobody is in exactly two lists the result is a refusal: the bias-corrected form would
    still return a number, but the number would come from the added one and not from the lists.

    Parameters
    ----------
    data, counts
        Capture patterns of at least two lists, as `as_table` takes them.
    form
        ``"bias-corrected"`` divides by f2 + 1, ``"uncorrected"`` by f2.
    level
        Nominal coverage of the interval, between 0 and 1.

    Raises
    ------
    EstimationError
        Where `level` is not between 0 and 1, or `data` is no table.

    References
    ----------
    Chao (1987), Biometrics 43, 783-791; Chao (1989), Biometrics 45, 427-438; Rivest and
    Baillargeon (2007), Biometrics 63, 999-1006.
    """
    table = as_table(data, counts)
    singles, corrected = table.singles, form == "bias-corrected"
    return _bound(
        table,
        "differ",
        lambda f2: differing_lists(singles, f2, corrected=corrected),
        form=form,
        level=level,
    )


def chao_equal_lists(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    form: Form = "bias-corrected",
    level: float = 0.95,
) -> Estimate | Refusal:
    """Bound the number of persons from below as if every list reached a person equally well.

    The unrecorded are at least (t - 1) / t x f1^2 / (2 f2), with f1 and f2 persons in exactly one
    and exactly two of t lists (Chao 1987), or bias-corrected f1 (f1 - 1) over 2 (f2 + 1). Kept
    for comparison with published figures: with lists of different size it can exceed the total.

    Parameters
    ----------
    data, counts
        Capture patterns of at least two lists, as `as_table` takes them; a list that holds nobody
        is left out of t.
    form
        ``"bias-corrected"`` or ``"uncorrected"``, the form of 1987.
    level
        Nominal coverage of the interval, between 0 and 1.

    Raises
    ------
    EstimationError
        Where `level` is not between 0 and 1, or `data` is no table.

    References
    ----------
    Chao (1987), Biometrics 43, 783-791; Colwell et al. (2012), Journal of Plant Ecology 5, 3-21.
    """
    table = as_table(data, counts)
    f1, n_lists, corrected = int(table.singles.sum()), _lists(table), form == "bias-corrected"
    return _bound(
        table,
        "equal",
        lambda f2: equal_lists(f1, f2, n_lists, corrected=corrected),
        form=form,
        level=level,
    )


def chao_log_linear(
    data: TableLike, counts: ArrayLike | None = None, *, level: float = 0.95
) -> Estimate | Refusal:
    """Bound the number of persons from below by Chao's log-linear model (Mth).

    It fits an effect of each list and of the number of lists that hold a person by maximum
    likelihood, so that persons in three lists and more add to the precision of `chao`.

    Parameters
    ----------
    data, counts
        Capture patterns of 2 to 12 lists, as `as_table` takes them.
    level
        Nominal coverage of the interval, between 0 and 1.

    Raises
    ------
    EstimationError
        Where `level` is not between 0 and 1, or `data` is no table.

    References
    ----------
    Rivest and Baillargeon (2007), Biometrics 63, 999-1006.
    """
    checked_level(level)
    table = as_table(data, counts)
    reason = _unsupported(table)
    if not reason and _lists(table) > _MOST_LISTS:
        reason = (
            f"{_lists(table)} lists have {2 ** _lists(table):,} patterns; the model is fitted to"
            f" at most {_MOST_LISTS} lists."
        )
    fit = None if reason else chao_log_linear_fit(table.histories[:, table.sizes > 0], table.counts)
    if fit is None:
        return Refusal(
            model=_NAMES["log-linear"],
            reason=reason or "The fit does not settle: the table is too sparse for the model.",
        )
    return _estimate(table, "log-linear", fit, level=level, form="maximum likelihood")


def _lists(table: PatternTable) -> int:
    """Count the lists that hold somebody."""
    return int((table.sizes > 0).sum())


def _bound(
    table: PatternTable, kind: _Kind, formula: _Formula, *, form: Form, level: float
) -> Estimate | Refusal:
    """Apply a formula of the persons in one list and in two, or refuse with the reason."""
    checked_level(level)
    reason = _unsupported(table)
    if reason:
        return Refusal(model=_NAMES[kind], reason=reason)
    f2 = int(table.frequencies[2])
    more, _ = formula(f2 + 1)
    notes = _diagnostics(table, table.observed + more)
    return _estimate(table, kind, formula(f2), level=level, form=form, diagnostics=notes)


def _unsupported(table: PatternTable) -> str:
    """Say why the table gives no bound; an empty text where it does."""
    if _lists(table) < 2:
        return "Fewer than two lists hold anybody: nothing shows how much one list alone misses."
    if table.frequencies[2] == 0:
        return (
            "Nobody is in exactly two lists, so the bound would divide by zero; the"
            " bias-corrected form would give a number made by the added one, not by the lists."
        )
    if int((table.singles > 0).sum()) < 2:
        return (
            "At most one list holds persons whom no other list holds, so the bound adds nobody"
            " to the recorded and has no interval."
        )
    return ""


def _diagnostics(table: PatternTable, more: float) -> tuple[str, ...]:
    f2 = int(table.frequencies[2])
    notes = [
        (
            f"The bound rests on {f2:,} persons in exactly two lists; with one more it would be"
            f" {round(more):,}."
        )
    ]
    if _lists(table) == 2:
        notes.append("For two lists the bound is the number of the two-list estimator.")
    return tuple(notes)


def _estimate(
    table: PatternTable,
    kind: _Kind,
    found: tuple[float, float],
    *,
    level: float,
    form: str,
    diagnostics: tuple[str, ...] = (),
) -> Estimate:
    bound, variance = found
    low, high = log_normal(bound, variance, level)
    return Estimate(
        model=_NAMES[kind],
        point=table.observed + bound,
        low=table.observed + low,
        high=table.observed + high,
        level=level,
        observed=table.observed,
        unrecorded=bound,
        assumptions=(CLOSED, MATCHED, _AVOID, _EQUAL if kind == "equal" else _DIFFER),
        reference=_REFERENCES[kind],
        settings={
            "form": form,
            "interval": "log-normal",
            "lists": _lists(table),
            "in_one_list": int(table.frequencies[1]),
            "in_two_lists": int(table.frequencies[2]),
            "standard_error": variance**0.5,
        },
        lower_bound=True,
        diagnostics=diagnostics,
    )
