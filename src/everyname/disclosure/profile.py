"""Publication profile: what may be published, and of whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from everyname.counts import COUNTABLE, Breakdown, Person, Where
from everyname.errors import CaseError

DEAD = frozenset({"killed", "died_of_conditions", "identified_remains"})
"""Fates of people who may be named; the living, and those not known to be dead, may not."""

PROTECTED = "sexual_violence"

_TAKEN_FROM = {"year": "date", "month": "date", "day": "date", "age_group": "age_band"}
PUBLISHABLE = (*COUNTABLE, "name", "age", "date", "list")

# Beside one that says that a person is dead, these do not contradict it: the same person moved on.
_BEFORE_DEATH = frozenset({"missing", "unidentified_remains", "unknown"})


class Profile(BaseModel):
    """An allow-list: nothing about a person is published that it does not name.

    Parameters
    ----------
    fields
        Fields that may be published.
    persons
        Whether the persons are listed one by one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: tuple[str, ...] = ()
    persons: bool = False

    def check(self) -> None:
        """Check that every field named can be published.

        Raises
        ------
        CaseError
            A field is unknown, or is never published.
        """
        for field in self.fields:
            if field not in PUBLISHABLE:
                raise CaseError(
                    f"{field!r} cannot be published",
                    where="case.toml, [publish] fields",
                    do=f"Choose among {', '.join(sorted(set(PUBLISHABLE)))}",
                )

    def allows(self, breakdown: Breakdown) -> bool:
        """Say whether a breakdown may be published.

        Each of its fields must be on the list (a month is published where dates are), and none of
        its rows may count victims of sexual violence: a row left out could be had by subtraction,
        so the whole table is withheld.

        Parameters
        ----------
        breakdown
            Counts by classes.
        """
        return all(self.allows_where(row.where) for row in breakdown.rows) and (
            self._lists_all(breakdown.by)
        )

    def allows_where(self, where: Where) -> bool:
        """Say whether a count under these conditions may be published.

        Parameters
        ----------
        where
            Conditions of a count.
        """
        return self._lists_all(field for field, _ in where) and all(
            value != PROTECTED for _, value in where
        )

    def _lists_all(self, fields: Iterable[str]) -> bool:
        """Whether each field is on the list, or made from one that is."""
        return all(f in self._published or _TAKEN_FROM.get(f) in self._published for f in fields)

    def lists_persons(self, fates: Iterable[Sequence[str]]) -> bool:
        """Say whether persons may be listed one by one.

        Where any record speaks of sexual violence, nobody is listed: the rows left out could be
        had by subtracting the listed from the counted.

        Parameters
        ----------
        fates
            Every fate that any record states, person by person.
        """
        return self.persons and not any(PROTECTED in stated for stated in fates)

    def columns(self) -> tuple[str, ...]:
        """Columns of the table of persons."""
        return ("person", *self._published)

    @property
    def _published(self) -> tuple[str, ...]:
        """The fields listed, without any that is never published."""
        return tuple(field for field in self.fields if field in PUBLISHABLE)

    def row(self, person: Person, fates: Sequence[str]) -> Mapping[str, str] | None:
        """What may be published about a person.

        Parameters
        ----------
        person
            A documented person.
        fates
            Every fate that any record states.

        Returns
        -------
        Mapping or None
            Text by column; None when nothing may be published: the person is out of scope, or a
            victim of sexual violence. Only the dead are named, and nobody of whom any source says
            something else than that.
        """
        if not self.persons or not person.included or PROTECTED in fates:
            return None
        row = {"person": person.id}
        for field in self._published:
            row[field] = self._text(person, field, fates)
        return row

    def _text(self, person: Person, field: str, fates: Sequence[str]) -> str:
        if field == "list":
            return "; ".join(person.lists)
        if field == "name":
            alive = set(fates) - DEAD - _BEFORE_DEATH
            if person.classes.get("fate") not in DEAD or alive:
                return "(name withheld)"
            return " / ".join(person.names) or "(not named)"
        if field in person.values:
            return " / ".join(person.values[field])
        return person.classes.get(field, "")
