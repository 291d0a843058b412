"""The fields of a record: names, labels, the kinds that have them, and how each is read."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from everyname.errors import MappingError
from everyname.vocabulary import field_reader as readers
from everyname.vocabulary.age_group import AGE_GROUPS
from everyname.vocabulary.cause import CAUSE
from everyname.vocabulary.code_list import CodeList
from everyname.vocabulary.counting_unit import COUNTING_UNIT
from everyname.vocabulary.fate import FATE
from everyname.vocabulary.field_reader import Reader, read_code
from everyname.vocabulary.place import PLACE_PRECISION
from everyname.vocabulary.sex import SEX
from everyname.vocabulary.source_kind import FIGURE_SOURCE_KIND
from everyname.vocabulary.status import STATUS

KINDS = ("person", "group", "incident", "figure", "damage", "response")
"""Kinds of record."""

_EVERY = frozenset(KINDS)
_PERSON = frozenset({"person"})
_VICTIMS = frozenset({"person", "group"})
_FIGURE = frozenset({"figure"})
_COUNTED = frozenset({"group", "incident", "figure", "damage", "response"})
_HAPPENED = frozenset({"incident", "damage", "response"})

CODE_LISTS: Mapping[str, CodeList] = MappingProxyType(
    {
        "sex": SEX,
        "age_band": AGE_GROUPS,
        "status": STATUS,
        "fate": FATE,
        "cause": CAUSE,
        "place_precision": PLACE_PRECISION,
        "unit": COUNTING_UNIT,
        "source_kind": FIGURE_SOURCE_KIND,
    }
)
"""Field name -> the code list it is read by."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    Parameters
    ----------
    name
        Name in mapping files.
    label
        What a report prints.
    kinds
        Kinds of record that have the field.
    read
        Reads any text; never raises.
    help
        One sentence for the person who writes a mapping.
    """

    name: str
    label: str
    kinds: frozenset[str]
    read: Reader
    help: str


def _coded(name: str, label: str, kinds: frozenset[str], explained: str) -> Field:
    return Field(name, label, kinds, read_code(CODE_LISTS[name]), explained)


_NAMES = (
    Field("name", "Name", _PERSON, readers.read_name, "The whole name as the source writes it."),
    Field("given_name", "Given name", _PERSON, readers.read_name, "The person's own name."),
    Field("family_name", "Family name", _PERSON, readers.read_name, "The name of the family."),
    Field("father_name", "Father's name", _PERSON, readers.read_name, "Father's name, patronymic."),
    Field(
        "name_other",
        "Name in another script or spelling",
        _PERSON,
        readers.read_name,
        "The same person's name in another script or spelling.",
    ),
)
_PERSONAL = (
    _coded("sex", "Sex", _VICTIMS, "man/boy, woman/girl, other or unknown."),
    Field("age", "Age at the incident", _PERSON, readers.read_age, "Years; 30-35, about 40."),
    _coded("age_band", "Age group", _VICTIMS, "child (under 18), adult or elderly, as stated."),
    Field("birth_date", "Date of birth", _PERSON, readers.read_date, "Date or year of birth."),
    Field("occupation", "Occupation", _PERSON, readers.read_place, "Work, trade or rank."),
)
_WHEN = (
    Field("date", "Date of the incident", _EVERY, readers.read_date, "When it happened."),
    Field(
        "date_reported",
        "Date of the report",
        _EVERY,
        readers.read_date,
        "When it was reported; never in place of the date of the incident.",
    ),
    Field("date_of_death", "Date of death", _PERSON, readers.read_date, "When the person died."),
)
_WHERE = (
    Field("place", "Place of the incident", _EVERY, readers.read_place, "Where it happened."),
    Field("place_origin", "Place of origin", _VICTIMS, readers.read_place, "Where they came from."),
    Field(
        "residence_address",
        "Address of residence",
        _PERSON,
        readers.read_place,
        "Street and house where the person lived.",
    ),
    Field(
        "residence_place",
        "Place of residence",
        _PERSON,
        readers.read_place,
        "Town or village where the person lived.",
    ),
    Field(
        "residence_code",
        "Postal code of residence",
        _PERSON,
        readers.read_identifier,
        "Postal code of where the person lived.",
    ),
    _coded("place_precision", "Precision of the place", _EVERY, "How exact the place is."),
    Field("latitude", "Latitude", _EVERY, readers.read_latitude, "Degrees, south negative."),
    Field("longitude", "Longitude", _EVERY, readers.read_longitude, "Degrees, west negative."),
)
_WHAT = (
    _coded("status", "Status", _VICTIMS, "Civilian or not, according to the source."),
    _coded("fate", "Fate", _VICTIMS | _FIGURE, "What happened: killed, missing, held ..."),
    _coded("cause", "Cause", _VICTIMS | _FIGURE | {"incident"}, "The means of death or harm."),
    Field(
        "listed_id", "Number in the list", _VICTIMS, readers.read_identifier, "The list's own id."
    ),
    Field(
        "member_of",
        "Member of the group",
        _PERSON,
        readers.read_identifier,
        "Number of the group record that the named person is one of.",
    ),
    Field("title", "Title", _HAPPENED, readers.read_text, "A short neutral name for it."),
    Field("note", "Note", _EVERY, readers.read_text, "Anything else the source says."),
)
_NUMBERS = (
    Field("low", "Lowest number", _COUNTED, readers.read_bound("low"), "At least so many."),
    Field("best", "Number", _COUNTED, readers.read_bound("best"), "The number, or the best one."),
    Field("high", "Highest number", _COUNTED, readers.read_bound("high"), "At most so many."),
    _coded("unit", "Counting unit", _COUNTED, "What is counted: persons, families, burials ..."),
    Field(
        "victim_class",
        "Victim class",
        _FIGURE | {"group"},
        readers.read_victim_class,
        "Who is counted: all, civilians, children, women, men, elderly ...",
    ),
    Field(
        "counts_what",
        "What is counted, in the source's words",
        _FIGURE,
        readers.read_text,
        "The source's own words for what the figure counts.",
    ),
)
_SAID = (
    Field("said_by", "Said by", _FIGURE, readers.read_text, "Who gives the figure."),
    Field("said_on", "Said on", _FIGURE, readers.read_date, "When the figure was given."),
    Field("reported_in", "Reported in", _FIGURE, readers.read_text, "Where it was read."),
    Field("address", "Address", _COUNTED, readers.read_address, "Web address it was read at."),
    Field("read", "Read", _FIGURE, readers.read_text, "Whether the source or a copy was read."),
    Field("as_of", "As of", _FIGURE, readers.read_date, "The day the figure describes."),
    _coded("source_kind", "Kind of source", _FIGURE, "What the source is, or who speaks in it."),
)

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        each.name: each
        for group in (_NAMES, _PERSONAL, _WHEN, _WHERE, _WHAT, _NUMBERS, _SAID)
        for each in group
    }
)
"""All fields by name, in the order a report prints them."""


def field(name: str, fields: Mapping[str, Field] = FIELDS) -> Field:
    """Field of a name.

    Raises
    ------
    MappingError
        If there is no such field; the message names the nearest ones.
    """
    if name in fields:
        return fields[name]
    near = difflib.get_close_matches(name.strip().lower()[:60], fields, n=3, cutoff=0.5)
    do = f"Did you mean {' or '.join(near)}?" if near else f"Fields are {', '.join(fields)}."
    raise MappingError(f"there is no field {name[:60]!r}", do=do)


def extended_fields(code_lists: Mapping[str, CodeList]) -> Mapping[str, Field]:
    """All fields, with a case's own code lists in place of those built in.

    Parameters
    ----------
    code_lists
        Field name -> code list, usually ``CODE_LISTS[name].extended(...)``.

    Raises
    ------
    MappingError
        If a name is not a field, or not one that is read by a code list.
    """
    changed = dict(FIELDS)
    for name, codes in code_lists.items():
        if name not in CODE_LISTS:
            field(name)
            raise MappingError(
                f"the field {name!r} has no code list",
                do=f"Code lists can be extended for {', '.join(CODE_LISTS)}.",
            )
        changed[name] = replace(changed[name], read=read_code(codes))
    return MappingProxyType(changed)
