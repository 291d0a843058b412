"""Traits: what of a record is compared when records are linked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import pyarrow as pa

from everyname.errors import ValueNotUnderstood
from everyname.ledger import Record
from everyname.vocabulary import Age, PartialDate, PersonName, Place, age_at, skeleton

# A key shared by more records than this finds no candidates: it would only multiply pairs of
# people with common names, whom other keys find. One part of a name alone must be rare.
COMMON_KEY = 300
COMMON_PART = 30
MOST_PARTS = 6
# Skeletons up to this length do not tell names apart by themselves: Hassan and Hussein, Amr and
# Omar differ in their vowels alone.
SHORT_SKELETON = 3
DAY = dt.date(1970, 1, 1)


class Traits(NamedTuple):
    """What of one record is compared.

    Dates are days since 1970-01-01, ages completed years; both are closed intervals, and None
    where the record does not say.

    Parameters
    ----------
    name
        Sorted Latin parts of the name, joined by spaces; None when there is no name.
    bones
        Sorted consonant skeletons of the parts, joined by spaces.
    parts, bone_parts
        The same, one by one.
    sounds
        What each of `parts` sounds like: its skeleton and, where that is short, its first vowel.
    sex
        male, female, other; None when not known.
    date_low, date_high
        Date of the incident.
    born_low, born_high
        Date of birth.
    age_low, age_high
        Age at the incident.
    place
        Latin key of the place.
    """

    name: str | None
    bones: str | None
    parts: tuple[str, ...]
    bone_parts: tuple[str, ...]
    sounds: tuple[str, ...]
    sex: str | None
    date_low: int | None
    date_high: int | None
    born_low: int | None
    born_high: int | None
    age_low: float | None
    age_high: float | None
    place: str | None


def traits_of(record: Record) -> Traits:
    """Take from a record what linkage compares.

    Parameters
    ----------
    record
        A person record.
    """
    name = full_name(record)
    person = PersonName(name) if name else None
    known = person is not None and not person.unknown
    parts = tuple(sorted(person.key.split())) if person is not None and known else ()
    bone_parts = tuple(sorted(person.skeleton.split())) if person is not None and known else ()
    incident = _date(record, "date", "date_of_death")
    born = _date(record, "birth_date")
    age = _age(record, born, incident)
    sex = record.value("sex")
    place = record.value("place")
    return Traits(
        name=" ".join(parts) or None,
        bones=" ".join(bone_parts) or None,
        parts=parts,
        bone_parts=tuple(dict.fromkeys(bone_parts)),
        sounds=_sounds(parts),
        sex=sex if sex in {"male", "female", "other"} else None,
        date_low=_day(incident.low) if incident else None,
        date_high=_day(incident.high) if incident else None,
        born_low=_day(born.low) if born else None,
        born_high=_day(born.high) if born else None,
        age_low=age.low if age else None,
        age_high=age.high if age else None,
        place=(Place(place).key or None) if place else None,
    )


def _sounds(parts: Sequence[str]) -> tuple[str, ...]:
    """What parts sound like; the second of one sound is marked, for the other may have it once."""
    met: Counter[str] = Counter()
    found = []
    for part in parts:
        bones = skeleton(part)
        sound = bones + _vowel(part) if len(bones) <= SHORT_SKELETON else bones
        met[sound] += 1
        found.append(f"{sound}+{met[sound]}")
    return tuple(found)


def _vowel(part: str) -> str:
    """Class of the first vowel: o and u pass into each other, and so do a, e, i and y."""
    vowel = next((letter for letter in part if letter in "aeiouy"), "")
    return "o" if vowel in {"o", "u"} else "a"


def full_name(record: Record) -> str:
    """Name of a record's subject: as one text, or put together from its parts.

    Parameters
    ----------
    record
        A person record.

    Returns
    -------
    str
        Empty when the record gives no name.
    """
    whole = record.value("name")
    if whole:
        return whole
    parts = (record.value(field) for field in ("given_name", "father_name", "family_name"))
    return " ".join(part for part in parts if part)


def _date(record: Record, *fields: str) -> PartialDate | None:
    for field in fields:
        text = record.value(field)
        if text:
            return PartialDate.from_edtf(text)
    return None


def _age(record: Record, born: PartialDate | None, incident: PartialDate | None) -> Age | None:
    text = record.value("age")
    if text:
        return Age.from_text(text)
    if born is None or incident is None:
        return None
    try:
        return age_at(born, incident)
    except ValueNotUnderstood:
        # Dates that no life spans: intake keeps both as the source has them.
        return None


def _day(date: dt.date) -> int:
    return (date - DAY).days


def table_of(traits: Sequence[Traits]) -> pa.Table:
    """Put traits into columns, with what blocking needs beside them.

    Parameters
    ----------
    traits
        One a record; a record's number is its position.

    Returns
    -------
    pyarrow.Table
        Columns ``unique_id``, the traits but `parts`, ``sounded``: each part of the name behind
        what it sounds like, and ``keys``: what candidates are looked up by, without what too many
        records share.
    """
    keys = [_keys(t) for t in traits]
    shared = Counter(key for those in keys for key in those)
    columns: dict[str, pa.Array] = {
        "unique_id": pa.array(range(len(traits)), pa.int64()),
        "keys": pa.array(
            [[k for k in those if shared[k] <= _most(k)] for those in keys],
            pa.list_(pa.string()),
        ),
    }
    columns["sounded"] = pa.array(
        [["/".join(pair) for pair in zip(t.sounds, t.parts, strict=True)] for t in traits],
        pa.list_(pa.string()),
    )
    for name, kind in _TYPES.items():
        columns[name] = pa.array([getattr(t, name) for t in traits], kind)
    return pa.table(columns)


_TYPES = {
    "name": pa.string(),
    "bones": pa.string(),
    "bone_parts": pa.list_(pa.string()),
    "sounds": pa.list_(pa.string()),
    "sex": pa.string(),
    "date_low": pa.int32(),
    "date_high": pa.int32(),
    "born_low": pa.int32(),
    "born_high": pa.int32(),
    "age_low": pa.float64(),
    "age_high": pa.float64(),
    "place": pa.string(),
}


def _keys(traits: Traits) -> list[str]:
    """Look-up keys: two parts of the name, one with a date, one alone."""
    bones = sorted(traits.bone_parts)[:MOST_PARTS]
    dates: list[str] = []
    if traits.born_low is not None:
        dates.append(f"born {traits.born_low}")
    if traits.date_low is not None:
        # Of two consecutive days, half the pairs share the first key and half the second.
        dates += [f"even {traits.date_low // 2}", f"odd {(traits.date_low + 1) // 2}"]
    pairs = [f"{a} {b}" for a, b in combinations(bones, 2)]
    return [*bones, *pairs, *(f"{date} {bone}" for date in dates for bone in bones)]


def _most(key: str) -> int:
    return COMMON_KEY if " " in key else COMMON_PART
