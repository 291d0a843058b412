"""Like with like: whether a figure or a count speaks of what a claim speaks of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from everyname.claims.claim import Claim
from everyname.counts.figure import Figure
from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import COUNTING_UNIT, FATE, PartialDate, Place

_EVERYONE = "all"
_SCOPE_FIELDS = ("fate", "place")


class Counted(Protocol):
    """What a check needs of a documented count of persons."""

    @property
    def id(self) -> str:
        """Name of the count."""

    @property
    def where(self) -> tuple[tuple[str, str], ...]:
        """Conditions (field, class) that all hold for the persons counted; empty for everyone."""

    @property
    def low(self) -> int:
        """Fewest persons."""

    @property
    def best(self) -> int:
        """Persons at the threshold in force."""

    @property
    def high(self) -> int:
        """Most persons."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Why something cannot be compared with a claim.

    Parameters
    ----------
    why
        The difference in words.
    same_event
        Whether it still speaks of the claim's event.
    """

    why: str
    same_event: bool


def figure_difference(
    claim: Claim,
    figure: Figure,
    own_places: Collection[str] = (),
    own_dates: Collection[str] = (),
) -> Difference | None:
    """Say why a figure cannot be compared with a claim, or None where it can.

    Unit, fate and victim class must be the same, and place and date those of the claim's event; an
    empty place or date is the case's own event. A dated as-of goes with the same as-of only,
    where the shorter of two dates may contain the other ("2031-03" and "2031-03-05").

    Parameters
    ----------
    claim, figure
        What is compared.
    own_places, own_dates
        Ways in which figures write the place and date of the case's own event.
    """
    own = {Place(name).key for name in own_places} | {""}
    place = "" if Place(figure.place).key in own else Place(figure.place).key
    if place != ("" if Place(claim.place).key in own else Place(claim.place).key):
        return Difference(
            f"It speaks of {figure.place or 'the whole case'},"
            f" the claim of {claim.place or 'the whole case'}.",
            same_event=False,
        )
    if figure.date and not _within(figure.date, own_dates):
        return Difference(f"It speaks of another date, {figure.date}.", same_event=False)
    if figure.interval() is None:
        return Difference("It states no number that can be used.", same_event=True)
    for name, theirs, ours, word in (
        ("unit", figure.unit, claim.unit, COUNTING_UNIT.label),
        ("fate", figure.fate, claim.fate, FATE.label),
        ("victim class", figure.victim_class, claim.victim_class, str),
    ):
        if theirs != ours:
            return Difference(
                f"Another {name}: {word(theirs) if theirs else 'not stated'}, where the claim has"
                f" {word(ours)}.",
                same_event=True,
            )
    if not _same_as_of(claim.as_of, figure.as_of):
        return Difference(
            f"It counts up to {figure.as_of or 'no stated day'}, the claim up to"
            f" {claim.as_of or 'no stated day'}.",
            same_event=True,
        )
    return None


def count_difference(
    claim: Claim,
    count: Counted,
    count_fates: Collection[str] | None = None,
    own_places: Collection[str] = (),
) -> Difference | None:
    """Say why a documented count cannot be compared with a claim, or None where it can.

    A count is of persons, and of the case as it stands, so that a claim with an as-of of its own
    is not compared with it. Which conditions make a victim class (women, children) is for the
    caller to choose; only a count of everyone beside a claim about a class, and the reverse, are
    told apart here.

    Parameters
    ----------
    claim, count
        What is compared.
    own_places
        Ways in which claims write the place of the case's own event.
    count_fates
        The fates that the count covers where its own conditions name none; None where the caller
        vouches that it covers the claim's fate and no other.
    """
    own = Place(claim.place).key in {Place(name).key for name in own_places}
    where = dict(count.where)
    fates = {where["fate"]} if "fate" in where else set(count_fates or (claim.fate,))
    if count_fates is not None and not count_fates and "fate" not in where:
        fates = {"any"}
    others = [f"{name} {value}" for name, value in count.where if name not in _SCOPE_FIELDS]
    why = ""
    if claim.unit != "persons":
        why = f"The count is of persons, the claim of {COUNTING_UNIT.label(claim.unit)}."
    elif fates != {claim.fate}:
        covered = ", ".join(FATE.label(fate) for fate in sorted(fates))
        why = f"The count covers the fate {covered}, the claim {FATE.label(claim.fate)}."
    elif Place(where.get("place", "")).key != ("" if own else Place(claim.place).key):
        why = (
            f"The count is of {where.get('place') or 'the whole case'}, the claim of"
            f" {claim.place or 'the whole case'}."
        )
    elif claim.as_of:
        why = f"The count is of the record as it stands, the claim up to {claim.as_of}."
    elif claim.victim_class == _EVERYONE and others:
        why = f"The count is of a part only: {', '.join(others)}."
    elif claim.victim_class != _EVERYONE and not others:
        why = f"The count is of everyone, the claim of {claim.victim_class}."
    return Difference(why, same_event=True) if why else None


def _within(date: str, periods: Collection[str]) -> bool:
    """Whether a date lies in one of the periods; both as EDTF."""
    try:
        own = PartialDate.from_edtf(date)
        return any(own.within(PartialDate.from_edtf(period)) for period in periods)
    except ValueNotUnderstood:
        return date in periods


def _same_as_of(one: str, other: str) -> bool:
    short, long = sorted((one.rstrip("~?%"), other.rstrip("~?%")), key=len)
    return short == long or (bool(short) and long.startswith(f"{short}-"))
