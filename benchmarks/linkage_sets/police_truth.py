"""Which records of the two police lists are one person.

The published truth is the Washington Post's id, which Mapping Police Violence gives beside its
own records. Some of these ids are wrong (in 2019 a run of them is shifted by a row or two) and
some are missing. `corrected` mends both by a rule that looks at the records themselves:

*Overruled*: an id whose two records

- both have a name, no part of one is like any part of the other (`likeness` 0), and they are in
  another state, or another place, or more than two years apart in age; or
- lack a name on either side, and are in two states or of two sexes.

*Filled*: of the records that then have no partner, a pair in which each is the only one that
agrees with the other. Stronger reasons come first, and each leaves fewer records for the next:

1. the names agree (every part of the shorter, of at least two, is like one of the longer), same
   state, at most three days apart;
2. the names agree and either the state, at most 31 days apart, or the age, at most three days;
3. half of the parts or more are alike, same state, at most one day apart, and the age within a
   year (the place, where an age is not known);
4. a name is missing on either side: same place (the county, where the Post names one), state and
   sex, at most one day apart, age within a year where both are known.

*Merged*: two records of one list whose names agree, same state and at most one day apart, with
ages within a year: the list has that person twice.

Parts of names and places are alike when difflib's ratio is at least .75 (places .8). An unknown
sex or age contradicts nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from everyname.vocabulary import Age, PersonName

NAME_ALIKE = 0.75
PLACE_ALIKE = 0.8
AGE_APART = 2


@dataclass(frozen=True, slots=True)
class Killing:
    """What of a record the rule looks at.

    Parameters
    ----------
    key
        Own id of the record, unique over both lists.
    wapo
        The Washington Post's id, as this record's list gives it; empty where it gives none.
    """

    key: str
    wapo: str
    name: frozenset[str]
    date: dt.date
    age: Age | None
    sex: str | None
    city: str
    county: str
    state: str


def parts_of(name: str | None) -> frozenset[str]:
    """Parts of a name, in Latin letters."""
    person = PersonName(name) if name else None
    return frozenset(person.key.split()) if person and not person.unknown else frozenset()


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected truth.

    Parameters
    ----------
    person
        Key of a record -> key of its person.
    published, overruled, filled, merged
        Pairs by the published ids; how many of them are overruled; how many pairs are filled in;
        how many times a list has a person twice.
    """

    person: dict[str, str]
    published: int
    overruled: int
    filled: int
    merged: int


def corrected(mpv: Sequence[Killing], wapo: Sequence[Killing]) -> Corrected:
    """Mend the published ids, as the module says.

    Parameters
    ----------
    mpv, wapo
        Records of the two lists.
    """
    by_id = {a.wapo: a for a in wapo}
    published = [(m, by_id[m.wapo]) for m in mpv if m.wapo in by_id]
    believed = [pair for pair in published if not overruled(*pair)]
    held = [(m.key, a.key) for m, a in believed]
    pairs = held + list(_filled(mpv, wapo, {key for pair in held for key in pair}))
    twice = [pair for one in (mpv, wapo) for pair in _twice(one)]
    person = {record.key: record.key for record in (*mpv, *wapo)}
    for one, other in (*pairs, *twice):
        kept, gone = sorted((person[one], person[other]), reverse=True)
        person = (
            {k: kept if p == gone else p for k, p in person.items()} if kept != gone else person
        )
    wrong = len(published) - len(believed)
    return Corrected(person, len(published), wrong, len(pairs) - len(held), len(twice))


def overruled(m: Killing, a: Killing) -> bool:
    """Whether a published id is wrong."""
    if not m.name or not a.name:
        return m.state != a.state or not _one_sex(m, a)
    apart = _years(m, a)
    differs = m.state != a.state or m.city != a.city or (apart is not None and apart > AGE_APART)
    return likeness(m.name, a.name) == 0 and differs


def _filled(
    mpv: Iterable[Killing], wapo: Iterable[Killing], taken: set[str]
) -> Iterator[tuple[str, str]]:
    free = [[r for r in records if r.key not in taken] for records in (mpv, wapo)]
    for agree in (_named, _named_elsewhere, _half_named, _nameless):
        found = [(m.key, a.key) for m in free[0] for a in free[1] if agree(m, a)]
        times = Counter(key for pair in found for key in pair)
        alone = [pair for pair in found if times[pair[0]] == times[pair[1]] == 1]
        yield from alone
        gone = {key for pair in alone for key in pair}
        free = [[r for r in records if r.key not in gone] for records in free]


def _twice(records: Iterable[Killing]) -> Iterator[tuple[str, str]]:
    by_state: defaultdict[str, list[Killing]] = defaultdict(list)
    for record in records:
        by_state[record.state].append(record)
    for those in by_state.values():
        for one, other in combinations(those, 2):
            apart = _years(one, other)
            if _days(one, other) <= 1 and apart is not None and apart <= 1 and _same(one, other):
                yield one.key, other.key


def _named(m: Killing, a: Killing) -> bool:
    return _days(m, a) <= 3 and m.state == a.state and _same(m, a)


def _named_elsewhere(m: Killing, a: Killing) -> bool:
    days, apart = _days(m, a), _years(m, a)
    near = (m.state == a.state and days <= 31) or (days <= 3 and apart is not None and apart <= 1)
    return near and _same(m, a)


def _half_named(m: Killing, a: Killing) -> bool:
    if _days(m, a) > 1 or m.state != a.state or not m.name or not a.name:
        return False
    apart = _years(m, a)
    near = _one_place(m, a) if apart is None else apart <= 1
    return near and likeness(m.name, a.name) >= 0.5


def _nameless(m: Killing, a: Killing) -> bool:
    if (m.name and a.name) or _days(m, a) > 1 or m.state != a.state:
        return False
    apart = _years(m, a)
    return _one_sex(m, a) and (apart is None or apart <= 1) and _one_place(m, a)


def _one_sex(m: Killing, a: Killing) -> bool:
    return m.sex is None or a.sex is None or m.sex == a.sex


def _same(m: Killing, a: Killing) -> bool:
    return min(len(m.name), len(a.name)) > 1 and likeness(m.name, a.name) == 1


def _one_place(m: Killing, a: Killing) -> bool:
    named = SequenceMatcher(None, m.city, a.city).ratio() >= PLACE_ALIKE
    return named or (m.county != "" and a.city == f"{m.county} county")


def _days(m: Killing, a: Killing) -> int:
    return abs((m.date - a.date).days)


def _years(m: Killing, a: Killing) -> float | None:
    """Years between two ages; None where one is not known."""
    if m.age is None or a.age is None:
        return None
    return max(m.age.low - a.age.high, a.age.low - m.age.high, 0)


@cache
def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the parts of the shorter name that are like a part of the longer; 0 without any."""
    shorter, longer = sorted((one, other), key=lambda n: (len(n), sorted(n)))
    left, alike = sorted(longer), 0
    for part in sorted(shorter):
        ratio, best = max(
            ((SequenceMatcher(None, part, p).ratio(), p) for p in left), default=(0, "")
        )
        if ratio >= NAME_ALIKE:
            alike += 1
            left.remove(best)
    return alike / len(shorter) if shorter else 0.0
