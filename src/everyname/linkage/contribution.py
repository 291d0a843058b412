"""Contribution: what one comparison of two records says about their being one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from everyname.linkage.natural_frequency import bits, of_many

ANY_TWO = "two different people"
"""Among whom chance agreement is counted, if nothing else is known of them."""

_STRENGTHS = ((0.5, "says next to nothing"), (2, "speaks a little {}"), (5, "speaks {}"))


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one comparison says.

    Parameters
    ----------
    comparison
        Its name in the model.
    label
        Its name for a reader.
    level
        The level that holds, in words; empty where one of the two does not state it.
    a_says, b_says
        What each record says; empty where it says nothing.
    m, u
        Share of the level among pairs of one person, and among pairs of two different people.
    among
        Who these two different people are, in words.
    adjustment
        Bits by which linkage counts it for more, or less, than these shares.
    because
        Why, in a sentence; or why it is not compared. Empty where there is nothing to say.
    """

    comparison: str
    label: str
    level: str
    a_says: str
    b_says: str
    m: float = 1.0
    u: float = 1.0
    among: str = ANY_TWO
    adjustment: float = 0.0
    because: str = ""

    @property
    def stated(self) -> bool:
        """Whether both records state something that can be compared."""
        return bool(self.level)

    @property
    def weight(self) -> float:
        """Match weight in bits, the adjustment included; 0 where not stated."""
        return bits(self.m, self.u) + self.adjustment if self.stated else 0.0

    @property
    def says(self) -> str:
        """What the two records say, in a few words."""
        if self.a_says == self.b_says:
            return f"both say {self.a_says}" if self.a_says else ""
        return f"{self.a_says or 'nothing'}; {self.b_says or 'nothing'}"

    @property
    def words(self) -> str:
        """One to three sentences that need no knowledge of statistics."""
        if not self.stated:
            return f"{self.label}: {self._silent()}, so this speaks neither for nor against."
        said = f" ({self.says})" if self.says else ""
        told = (
            f"{self.label}: {self.level}{said}. This is so in {of_many(self.m)} pairs of records of"
            f" one person, and in {of_many(self.u)} pairs of records of {self.among}: it"
            f" {_strength(bits(self.m, self.u))}."
        )
        return f"{told} {self.because}".rstrip()

    def _silent(self) -> str:
        if self.because:
            return self.because
        if self.a_says and self.b_says:
            return f"what the two records say cannot be compared ({self.says})"
        if self.a_says or self.b_says:
            return f"not stated by the {'second' if self.a_says else 'first'} record"
        return "not stated by either record"


def _strength(weight: float) -> str:
    side = "for one person" if weight > 0 else "for two persons"
    found = next((words for most, words in _STRENGTHS if abs(weight) < most), "speaks strongly {}")
    return found.format(side)


def said(comparison: str, values: Mapping[str, str | None]) -> str:
    """What a record says of that which a comparison compares.

    Parameters
    ----------
    comparison
        Its name in the model.
    values
        Canonical text by field.

    Returns
    -------
    str
        Empty where it says nothing.
    """
    stated = {field: text for field, text in values.items() if text}
    read = _SAID.get(comparison)
    return read(stated) if read else stated.get(comparison, "")


def _name(stated: Mapping[str, str]) -> str:
    parts = (stated.get(field, "") for field in ("given_name", "father_name", "family_name"))
    whole = stated.get("name") or " ".join(part for part in parts if part)
    other = stated.get("name_other", "")
    if whole and other and other != whole:
        return f"{whole}, also {other}"
    return whole or other


def _age(stated: Mapping[str, str]) -> str:
    """The age stated, or what it would follow from."""
    age, born = stated.get("age", ""), stated.get("birth_date", "")
    return f"aged {age}" if age else f"born {born}" if born else ""


def _place(stated: Mapping[str, str]) -> str:
    point = ", ".join(stated[f] for f in ("latitude", "longitude") if f in stated)
    return stated.get("place", point)


_SAID: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "name": _name,
    "birth": lambda stated: stated.get("birth_date", ""),
    "age": _age,
    "date": lambda stated: stated.get("date") or stated.get("date_of_death", ""),
    "place": _place,
}
