"""Account: what was assumed and what came of it, as a paragraph written from the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

from everyname.estimation.dependence_sensitivity import DependenceSensitivity
from everyname.estimation.leave_one_out import LeaveOneOut
from everyname.estimation.models import FAMILIES
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal

Found = Sequence[tuple[str, Estimate | Refusal]]
"""Results, each with the family of its model."""

_ALIKE = 1.05
_FAR = 1.5
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def account(
    table: PatternTable,
    found: Found,
    *,
    reported: Estimate | Refusal | None = None,
    sensitivity: DependenceSensitivity | Refusal | None = None,
    leave_one_out: Sequence[LeaveOneOut] = (),
) -> str:
    """Say in plain words who is recorded, what was assumed, and what the models give.

    Parameters
    ----------
    table
        Capture patterns.
    found
        Results with the families of their models, see `models.FAMILIES`.
    reported
        The interval that is shown first; None where there is none.
    sensitivity
        What dependence between lists would do.
    leave_one_out
        What each model says without each of the lists.
    """
    sentences = [_recorded(table)]
    reason = _no_estimate(table)
    if reason:
        return " ".join([*sentences, reason, _NOT_COUNTED])
    if reported is not None:
        sentences.append(_reported(reported))
    if len(_held(table)) == 2:
        sentences.append(_TWO_LISTS)
    sentences += _by_family(found)
    sentences += _spread(found)
    sentences += _changes(sensitivity, leave_one_out)
    return " ".join([*sentences, _COMMON])


_DIFFER = "their assumptions differ, and the lists cannot say which of these hold."
_NOT_COUNTED = "What no list shows is not estimated here; the record stands as it is."
_COMMON = (
    "All of them take it that the lists are about the same population, which nobody joins or"
    " leaves, and that each person was recognised in every list; none of them is a count."
)
_TWO_LISTS = (
    "Two lists alone cannot show whether they depend on each other: what is given holds only if"
    " being in one list made no difference to being in the other."
)


def _recorded(table: PatternTable) -> str:
    held = _held(table)
    persons = _persons(table.observed)
    if not held:
        return "No list holds anybody."
    if len(held) == 1:
        return f"One list, {held[0]}, holds {persons}."
    shared = table.observed - int(table.frequencies[1])
    again = "nobody" if shared == 0 else f"{shared:,}"
    number = _NUMBERS[len(held)] if len(held) < len(_NUMBERS) else str(len(held))
    return (
        f"{number} lists ({', '.join(held)}) hold {persons}, and {again} of these in more than"
        " one list."
    )


def _no_estimate(table: PatternTable) -> str:
    """Say why no model can answer; an empty text where one may."""
    held = _held(table)
    if not held:
        return "Without records nothing can be estimated."
    if len(held) == 1:
        return (
            "How many are in no list can only be told from the overlap of lists, and there is none:"
            " no estimate is given."
        )
    if table.observed == table.frequencies[1]:
        return (
            "How many are in no list can only be told from persons who are in several, and nobody"
            " is: no estimate is given."
        )
    return ""


def _reported(reported: Estimate | Refusal) -> str:
    if isinstance(reported, Refusal):
        return f"No interval is reported: {_ended(reported.reason)}"
    return (
        f"The reported interval ({reported.level_words}) is {reported.interval_words} persons,"
        " recorded and unrecorded."
    )


def _by_family(found: Found) -> Iterator[str]:
    for family, does in FAMILIES.items():
        results = [result for of, result in found if of == family]
        estimates = [result for result in results if isinstance(result, Estimate)]
        if estimates:
            yield f"Models that {does} give {_given(estimates, len(results) - len(estimates))}."
        elif results:
            yield _refused(results, does)


def _given(estimates: Sequence[Estimate], refused: int) -> str:
    """Give points and intervals of a family, and how many of its models give none."""
    others = f"; {refused} refused" if refused else ""
    least = "at least " if all(e.lower_bound for e in estimates) else ""
    if len(estimates) == 1:
        (one,) = estimates
        return (
            f"{least}about {round(one.point):,}, interval {one.interval_words}"
            f" ({one.model}{others})"
        )
    points = [round(estimate.point) for estimate in estimates]
    low, high = min(points), max(points)
    about = f"about {low:,}" if low == high else f"{low:,} to {high:,}"
    lowest, highest = min(e.low for e in estimates), max(e.high for e in estimates)
    return (
        f"points of {least}{about}, intervals from {floor(lowest):,} to {ceil(highest):,}"
        f" ({len(estimates)} estimates{others})"
    )


def _refused(results: Sequence[Estimate | Refusal], does: str) -> str:
    reasons = dict.fromkeys(result.reason for result in results if isinstance(result, Refusal))
    return f"Models that {does} give no estimate: {_ended(' '.join(reasons))}"


def _spread(found: Found) -> list[str]:
    estimates = [r for _, r in found if isinstance(r, Estimate) and not r.lower_bound]
    if len(estimates) < 2:
        return []
    lowest = min(estimates, key=lambda e: e.unrecorded)
    highest = max(estimates, key=lambda e: e.unrecorded)
    if round(highest.unrecorded) == 0:
        return ["All estimates put the unrecorded at 0."]
    if round(lowest.unrecorded) == 0:
        return [
            (
                f"The estimates of the unrecorded go from 0 ({lowest.model}) to"
                f" {round(highest.unrecorded):,} ({highest.model}): {_DIFFER}"
            )
        ]
    ratio = highest.unrecorded / lowest.unrecorded
    if ratio < _ALIKE:
        return ["The estimates of the unrecorded are within 5% of each other."]
    times = f"{ratio:.2g}" if ratio < 10 else f"{ratio:,.0f}"
    if ratio < _FAR:
        return [f"The highest estimate of the unrecorded is {times} times the lowest."]
    return [
        (
            f"The highest estimate of the unrecorded ({highest.model}) is {times} times the lowest"
            f" ({lowest.model}): {_DIFFER}"
        )
    ]


def _changes(
    sensitivity: DependenceSensitivity | Refusal | None, leave_one_out: Sequence[LeaveOneOut]
) -> Iterator[str]:
    if isinstance(sensitivity, DependenceSensitivity):
        yield sensitivity.words
    for left in leave_one_out:
        if left.moved_by:
            yield left.words


def _held(table: PatternTable) -> list[str]:
    return [name for name, size in zip(table.lists, table.sizes, strict=True) if size > 0]


def _persons(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} persons"


def _ended(reason: str) -> str:
    return reason if reason.endswith(".") else f"{reason}."
