"""Publication profile: what may be published, and of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from everyname.counts import COUNTABLE, Breakdown, Person
from everyname.errors import CaseError

DEAD = frozenset({"killed", "died_of_conditions", "identified_remains"})
"""Fates of people who may be named; the living, and those not known to be dead, may not."""

PROTECTED = "sexual_violence"

_TAKEN_FROM = {"year": "date", "month": "date", "day": "date"}
PUBLISHABLE = (*COUNTABLE, "name", "age", "date")


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
        listed = {"list", *self._published}
        named = all(f in listed or _TAKEN_FROM.get(f) in listed for f in breakdown.by)
        protected = any(value == PROTECTED for row in breakdown.rows for _, value in row.where)
        return named and not protected

    def columns(self) -> tuple[str, ...]:
        """Columns of the table of persons."""
        return ("person", *self._published, "lists", "records")

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
            victim of sexual violence. Only the dead are named.
        """
        if not self.persons or not person.included or PROTECTED in fates:
            return None
        row = {"person": person.id}
        for field in self._published:
            row[field] = self._text(person, field)
        row["lists"] = "; ".join(person.lists)
        row["records"] = str(len(person.records))
        return row

    def _text(self, person: Person, field: str) -> str:
        if field == "name":
            if person.classes.get("fate") not in DEAD:
                return "(name withheld)"
            return " / ".join(person.names) or "(not named)"
        if field in person.values:
            return " / ".join(person.values[field])
        return person.classes.get(field, "")
