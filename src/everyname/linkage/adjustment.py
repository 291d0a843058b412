"""Adjustment: where linkage counts a level for more, or less, than its share on the average."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, log2

from everyname.linkage.comparisons import NAME_CONFLICT, comparisons_named
from everyname.linkage.contribution import Contribution
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.expectation import CONFLICT, MAY_BE_ONE_DAY, OF_THE_EVENT
from everyname.linkage.model import Model
from everyname.linkage.natural_frequency import two_digits

_MOST_OF_CONFLICT = float(CONFLICT) / log(2)
_PLACE, _DATE = (next(iter(comparisons_named({name}, DUCKDB))) for name in ("place", "date"))
_ABOUT_ONE_DAY = tuple(level.label for level in _DATE.levels[: MAY_BE_ONE_DAY + 1])
_ELSEWHERE = _PLACE.levels[-1].label
_KILLED_TOGETHER = "two different people who may have died in one event"
_NO_EVENT = (
    "As the names have nothing in common, it counts nothing: so do all who died in one event agree."
)
_AGAINST = (
    "Two names with nothing in common always count at least"
    f" {two_digits(2**-_MOST_OF_CONFLICT)} to 1 for two persons."
)


@dataclass(frozen=True, slots=True)
class SharedEvent:
    """What it takes from two records that they share a day and a place together.

    Parameters
    ----------
    weight
        Bits, negative.
    words
        Why, in a sentence.
    """

    weight: float
    words: str


def adjusted(
    model: Model, levels: Sequence[int], event: int, contributions: Sequence[Contribution]
) -> tuple[tuple[Contribution, ...], SharedEvent | None]:
    """Weigh the comparisons of a pair as linkage does, each for itself; see `expectation.weigh`.

    Parameters
    ----------
    model
        What was learnt.
    levels
        Level of each comparison, -1 where not stated.
    event
        Class of the day and place that both share, -1 where they do not.
    contributions
        The comparisons as they weigh on the average.

    Returns
    -------
    tuple
        The comparisons, and what the shared event takes from them; None where it takes nothing.
        All together they add up to `Model.log_odds`.
    """
    conflict = any(c.comparison == "name" and c.level == NAME_CONFLICT for c in contributions)
    may_be_one = _may_be_one_event(contributions)
    made = []
    for level, each in zip(levels, contributions, strict=True):
        weighed = each
        if each.comparison == "name" and each.stated and may_be_one and model.name_in_event:
            u = model.name_in_event[event][level]
            weighed = replace(each, u=u, among=_KILLED_TOGETHER)
        made.append(_in_conflict(weighed) if conflict else weighed)
    together = event >= 0 and not conflict and model.event[event] > 1
    return tuple(made), _shared(model.event[event]) if together else None


def _may_be_one_event(contributions: Sequence[Contribution]) -> bool:
    """Whether both may have died in one event: about one day, and no other place."""
    level = {c.comparison: c.level for c in contributions}
    if not {"date", "place"} <= set(level):
        return False
    about_one_day = any(level["date"].startswith(label) for label in _ABOUT_ONE_DAY)
    return about_one_day and level["place"] != _ELSEWHERE


def _in_conflict(each: Contribution) -> Contribution:
    if each.comparison == "name":
        return replace(each, adjustment=min(_MOST_OF_CONFLICT - each.weight, 0.0), because=_AGAINST)
    if each.comparison in OF_THE_EVENT and each.weight > 0:
        return replace(each, adjustment=-each.weight, because=_NO_EVENT)
    return each


def _shared(factor: float) -> SharedEvent:
    return SharedEvent(
        -log2(factor),
        "Both records speak of the same day at the same place. Many died there together: of two"
        f" different people that is {two_digits(factor)} times as common as the day and the place,"
        " each by itself, would make it, and these count for so much less.",
    )
