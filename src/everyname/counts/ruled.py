"""Ruled: the classes in which a panel's rulings put persons."""

from __future__ import annotations

from collections.abc import Sequence

from everyname.counts.classes import classes_of
from everyname.counts.count import UNKNOWN
from everyname.counts.scope import CRITERIA, Scope
from everyname.counts.spelling import LEVELS
from everyname.ledger import Locator, Record, Ruling, Statement

_DECIDES = {
    "sex": ("sex",),
    "age": ("age_band", "age_group"),
    "age_band": ("age_band", "age_group"),
    "status": ("status",),
    "fate": ("fate", CRITERIA[0]),
    "cause": ("cause",),
    "place": ("place", *LEVELS),
    "place_origin": ("place_origin",),
    "date": ("year", "month", "day", CRITERIA[1]),
}
"""Field -> what is counted by it."""

RULED_FIELDS = ("name", *_DECIDES, "birth_date", "listed_id")
"""Fields on which a panel can rule."""


def ruled_classes(ruling: Ruling, scope: Scope) -> tuple[tuple[str, str], ...]:
    """Put a person into classes by a ruling.

    Parameters
    ----------
    ruling
        On one field.
    scope
        Whom the case counts.

    Returns
    -------
    tuple of field and class
        One for every field that can be counted by and follows from the field ruled on, and for the
        criteria of the scope that follow from it. What the ruling leaves open is unknown: a ruling
        that somebody died in 2031 gives no month.
    """
    record = _saying(ruling)
    answers = dict(zip(CRITERIA, scope.answers(record), strict=True))
    return tuple(
        (
            decided,
            answers[decided]
            if decided in answers
            else _class(ruling, record, decided, scope.elderly_from),
        )
        for decided in _DECIDES.get(ruling.field, ())
    )


def _class(ruling: Ruling, record: Record, decided: str, elderly_from: int | None) -> str:
    if decided == "age_band" == ruling.field:
        # A source's "adult" may be elderly; a panel knows which bands the case has.
        return "adult" if ruling.value == "elderly" and not elderly_from else ruling.value
    return next(iter(classes_of(record, decided, elderly_from)), UNKNOWN)


def _saying(ruling: Ruling) -> Record:
    """Make a record that says nothing but what was ruled."""
    said = (Statement(ruling.field, ruling.value, ruling.stance),)
    return Record("", "person", "", "", Locator(), said, ())


def contradiction(
    rulings: Sequence[tuple[int, Ruling]], labels: Sequence[int], scope: Scope
) -> tuple[Ruling, Ruling] | None:
    """Find two rulings that hold different things of one person.

    Parameters
    ----------
    rulings
        Each with the position of its record.
    labels
        Person of each record.
    scope
        Whom the case counts.

    Returns
    -------
    tuple of Ruling or None
        The first two, in the order of the rulings.
    """
    held: dict[tuple[int, str, bool], tuple[str, Ruling]] = {}
    for position, ruling in rulings:
        said = [(ruling.field, f"{ruling.stance} {ruling.value}", True)]
        classes = ruled_classes(ruling, scope)
        said += [(name, value, False) for name, value in classes if value != UNKNOWN]
        for name, value, itself in said:
            before, other = held.setdefault((labels[position], name, itself), (value, ruling))
            if before != value:
                return other, ruling
    return None
