"""The columns of a list: a header, what field it is, and how an entry fills it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from everyname.simulation.mistakes import Entry
from everyname.simulation.population import ADULT
from everyname.simulation.valley import village

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes
    ----------
    header
        What stands above the column.
    write
        The cell of an entry.
    field
        The field of the vocabulary; a column without one is not mapped.
    order
        The date order the mapping states; '' for columns that hold no dates.
    codes
        Our code for each of the partner's.
    style
        The strftime format of dates in text files.
    """

    header: str
    write: Callable[[Entry], Cell]
    field: str = ""
    order: Literal["", "ymd", "dmy", "mdy"] = ""
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    style: str = "%Y-%m-%d"


def coded(header: str, name: Literal["sex", "status", "fate"], codes: Mapping[str, str]) -> Column:
    """Return a column of codes for the field ``name`` of an entry.

    Parameters
    ----------
    header
        What stands above the column.
    name
        The field.
    codes
        The partner's code for each of ours; an entry with another value is left empty.
    """
    ours = {theirs: our for our, theirs in codes.items()}
    return Column(header, lambda e: codes.get(str(getattr(e, name)), ""), field=name, codes=ours)


def surname_comma_given(entry: Entry) -> str:
    """Write "Family, Given Father"."""
    rest = " ".join(part for part in (entry.name.given, entry.name.father) if part)
    return f"{entry.name.family}, {rest}" if entry.name.family else rest


def surname_first(entry: Entry) -> str:
    """Write "Family Given Father"."""
    name = entry.name
    return " ".join(part for part in (name.family, name.given, name.father) if part)


def given_first(entry: Entry) -> str:
    """Write "Given Family"."""
    return " ".join(part for part in (entry.name.given, entry.name.family) if part)


def birth_year(entry: Entry) -> int | None:
    """Write the year of birth alone."""
    return entry.birth_date.year if entry.birth_date else None


def village_in_latin(entry: Entry) -> str:
    """Write the village in Latin letters."""
    return entry.place


def village_in_cyrillic(entry: Entry) -> str:
    """Write the village in Cyrillic letters."""
    return village(entry.place).cyrillic


def man_or_boy(entry: Entry) -> str:
    """Write man, woman, boy or girl, as newspapers do."""
    child = isinstance(entry.age, int) and entry.age < ADULT
    words = {"male": ("man", "boy"), "female": ("woman", "girl")}
    return words.get(entry.sex, ("", ""))[child]
