"""Chao's lower bound: at least how many persons there are, recorded and unrecorded."""

from __future__ import annotations

from typing import Literal

from everyname.estimation.estimate import Estimate, Refusal, checked_level
from everyname.estimation.kernels import (
    chao_log_linear_fit,
    differing_lists,
    equal_lists,
    log_normal,
)
from everyname.estimation.pattern_table import PatternTable

Form = Literal["bias-corrected", "uncorrected"]

_NAMES = {
    "differ": "Chao's lower bound",
    "equal": "Chao's lower bound, lists of equal reach",
    "log-linear": "Chao's lower bound, log-linear",
}
_MOST_LISTS = 12

_CLOSED = "All lists cover the same population, and no person joins or leaves it."
_MATCHED = (
    "Every person is matched across the lists without error, and each list is free of repeats."
)
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
    table: PatternTable, *, form: Form = "bias-corrected", level: float = 0.95
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
    table
        Capture patterns of at least two lists.
    form
        ``"bias-corrected"`` divides by f2 + 1, ``"uncorrected"`` by f2.
    level
        Nominal coverage of the interval, between 0 and 1.

    Raises
    ------
    EstimationError
        Where `level` is not between 0 and 1.

    References
    ----------
    Chao (1987), Biometrics 43, 783-791; Chao (1989), Biometrics 45, 427-438; Rivest and
    Baillargeon (2007), Biometrics 63, 999-1006.
    """
    checked_level(level)
    reason = _unsupported(table)
    if reason:
        return Refusal(model=_NAMES["differ"], reason=reason)
    f2 = int(table.frequencies[2])
    corrected = form == "bias-corrected"
    bound, variance = differing_lists(table.singles, f2, corrected=corrected)
    more, _ = differing_lists(table.singles, f2 + 1, corrected=corrected)
    return _estimate(
        table,
        "differ",
        (bound, variance),
        level=level,
        form=form,
        diagnostics=_diagnostics(table, table.observed + more),
    )


def chao_equal_lists(
    table: PatternTable, *, form: Form = "bias-corrected", level: float = 0.95
) -> Estimate | Refusal:
    """Bound the number of persons from below as if every list reached a person equally well.

    The unrecorded are at least (t - 1) / t x f1^2 / (2 f2), with f1 and f2 persons in exactly one
    and exactly two of t lists (Chao 1987), or bias-corrected f1 (f1 - 1) over 2 (f2 + 1). Kept
    for comparison with published figures: with lists of different size it can exceed the total.

    Parameters
    ----------
    table
        Capture patterns of at least two lists; a list that holds nobody is left out of t.
    form
        ``"bias-corrected"`` or ``"uncorrected"``, the form of 1987.
    level
        Nominal coverage of the interval, between 0 and 1.

    Raises
    ------
    EstimationError
        Where `level` is not between 0 and 1.

    References
    ----------
    Chao (1987), Biometrics 43, 783-791; Colwell et al. (2012), Journal of Plant Ecology 5, 3-21.
    """
    checked_level(level)
    reason = _unsupported(table)
    if reason:
        return Refusal(model=_NAMES["equal"], reason=reason)
    f1, f2 = int(table.frequencies[1]), int(table.frequencies[2])
    n_lists = int((table.sizes > 0).sum())
    corrected = form == "bias-corrected"
    found = equal_lists(f1, f2, n_lists, corrected=corrected)
    more, _ = equal_lists(f1, f2 + 1, n_lists, corrected=corrected)
    return _estimate(
        table,
        "equal",
        found,
        level=level,
        form=form,
        diagnostics=_diagnostics(table, table.observed + more),
    )


def chao_log_linear(table: PatternTable, *, level: float = 0.95) -> Estimate | Refusal:
    """Bound the number of persons from below by Chao's log-linear model (Mth).

    It fits an effect of each list and of the number of lists that hold a person by maximum
    likelihood, so that persons in three lists and more add to the precision of `chao`.

    Parameters
    ----------
    table
        Capture patterns of 2 to 12 lists.
    level
        Nominal coverage of the interval, between 0 and 1.

    Raises
    ------
    EstimationError
        Where `level` is not between 0 and 1.

    References
    ----------
    Rivest and Baillargeon (2007), Biometrics 63, 999-1006.
    """
    checked_level(level)
    held = table.sizes > 0
    reason = _unsupported(table)
    if not reason and held.sum() > _MOST_LISTS:
        reason = (
            f"{held.sum()} lists have {2 ** int(held.sum()):,} patterns; the model is fitted to"
            f" at most {_MOST_LISTS} lists."
        )
    fit = None if reason else chao_log_linear_fit(table.histories[:, held], table.counts)
    if fit is None:
        return Refusal(
            model=_NAMES["log-linear"],
            reason=reason or "The fit does not settle: the table is too sparse for the model.",
        )
    return _estimate(table, "log-linear", fit, level=level, form="maximum likelihood")


def _unsupported(table: PatternTable) -> str:
    """Say why the table gives no bound; an empty text where it does."""
    if int((table.sizes > 0).sum()) < 2:
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
    if int((table.sizes > 0).sum()) == 2:
        notes.append("For two lists the bound is the number of the two-list estimator.")
    return tuple(notes)


def _estimate(
    table: PatternTable,
    kind: Literal["differ", "equal", "log-linear"],
    found: tuple[float, float],
    *,
    level: float,
    form: str,
    diagnostics: tuple[str, ...] = (),
) -> Estimate:
    bound, variance = found
    low, high = log_normal(bound, variance, level)
    references = {
        "differ": "Chao (1987), Biometrics 43, 783-791; Chao (1989), Biometrics 45, 427-438.",
        "equal": "Chao (1987), Biometrics 43, 783-791.",
        "log-linear": "Rivest and Baillargeon (2007), Biometrics 63, 999-1006.",
    }
    return Estimate(
        model=_NAMES[kind],
        point=table.observed + bound,
        low=table.observed + low,
        high=table.observed + high,
        level=level,
        observed=table.observed,
        unrecorded=bound,
        assumptions=(_CLOSED, _MATCHED, _AVOID, _EQUAL if kind == "equal" else _DIFFER),
        reference=references[kind],
        settings={
            "form": form,
            "interval": "log-normal",
            "lists": int((table.sizes > 0).sum()),
            "in_one_list": int(table.frequencies[1]),
            "in_two_lists": int(table.frequencies[2]),
            "standard_error": variance**0.5,
        },
        lower_bound=True,
        diagnostics=diagnostics,
    )
