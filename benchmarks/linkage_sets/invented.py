"""Invented persons and the lists that clerks make of them, for data sets in several languages.

Independent of `everyname.simulation`, so that what is tuned on its cases meets other mistakes
here: families killed together who share family name, place and day, days and months exchanged,
years alone, wrong digits, initials, parts left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from linkage_sets.data_set import Records, frame

Texts = dict[str, str | None]
Rng = np.random.Generator
FIRST_DAY, DAYS = dt.date(2033, 1, 1), 700
EVENTS, IN_EVENTS, PLACES = 40, 0.5, 60


@dataclass(frozen=True, slots=True)
class Names:
    """What names are drawn from; the first of each are the commonest."""

    male: Sequence[str]
    female: Sequence[str]
    family: Sequence[str]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person.

    Parameters
    ----------
    given, second_given
        Own names; the second one is used by the languages that have it.
    father, family, mother_family
        Given name of the father; the father's and the mother's family name.
    place
        Number of the place where the person died.
    """

    id: str
    sex: str
    given: str
    second_given: str
    father: str
    family: str
    mother_family: str
    born: dt.date
    died: dt.date
    place: int


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who makes a list.

    Parameters
    ----------
    list
        Name of the list.
    reach
        Share of the persons that it has.
    names
        How a name is written: fields and texts.
    places
        Names of the places, by number.
    born
        Share of the entries with a birth date; the others have an age, as do some with both.
    """

    list: str
    reach: float
    names: Callable[[Person, Rng], Texts]
    places: Sequence[str]
    born: float


def people(names: Names, size: int, rng: Rng) -> list[Person]:
    """Draw persons: one in two dies in one of few events, many of them beside their family."""
    events = [(int(rng.integers(DAYS)), int(rng.integers(PLACES))) for _ in range(EVENTS)]
    found: list[Person] = []
    while len(found) < size:
        together = rng.random() < IN_EVENTS
        day, place = events[int(rng.integers(EVENTS))] if together else _somewhere(rng)
        members = int(rng.integers(2, 6)) if rng.random() < 0.25 else 1
        family, mother = _draw(names.family, rng), _draw(names.family, rng)
        father = _draw(names.male, rng)
        for _ in range(members):
            sex = "female" if rng.random() < 0.42 else "male"
            pool = names.female if sex == "female" else names.male
            age = float(rng.gamma(3.2, 11.5))
            died = FIRST_DAY + dt.timedelta(days=day)
            found.append(
                Person(
                    id=f"P{len(found):05d}",
                    sex=sex,
                    given=_draw(pool, rng),
                    second_given=_draw(pool, rng),
                    father=father if members > 1 else _draw(names.male, rng),
                    family=family,
                    mother_family=mother,
                    born=died - dt.timedelta(days=int(365.25 * min(age, 99))),
                    died=died,
                    place=place,
                )
            )
    return found[:size]


def _somewhere(rng: Rng) -> tuple[int, int]:
    return int(rng.integers(DAYS)), int(PLACES * rng.random() ** 2)


def _draw(pool: Sequence[str], rng: Rng) -> str:
    """Draw by rank: half of the persons have one of the first fifth of the names."""
    return pool[int(len(pool) * rng.random() ** 2.3)]


def listed(persons: Sequence[Person], clerks: Sequence[Clerk], rng: Rng) -> Records:
    """Make the lists: each in an order of its own, one person in fifty entered twice."""
    rows: list[Texts] = []
    lists: list[str] = []
    truth: list[str] = []
    for clerk in clerks:
        held = [p for p in persons if rng.random() < clerk.reach]
        held += [p for p in held if rng.random() < 0.02]
        for at in rng.permutation(len(held)).tolist():
            rows.append(clerk.names(held[at], rng) | _entry(held[at], clerk, rng))
            lists.append(clerk.list)
            truth.append(held[at].id)
    return Records(frame(rows), lists, truth)


def _entry(person: Person, clerk: Clerk, rng: Rng) -> Texts:
    """All but the name."""
    chance = rng.random(8)
    died = person.died
    if chance[0] < 0.08:
        died += dt.timedelta(days=int(rng.choice((-3, -2, -1, 1, 2, 3, 7))))
    age = (died - person.born).days / 365.25
    if chance[1] < 0.12:
        age += int(rng.choice((-2, -1, 1, 2)))
    with_born = chance[2] < clerk.born
    return {
        "sex": None
        if chance[3] < 0.06
        else _other_sex(person.sex)
        if chance[3] < 0.065
        else person.sex,
        "birth_date": _born(person.born, rng) if with_born else None,
        "age": str(max(0, int(age))) if not with_born and chance[4] < 0.85 else None,
        "date": None
        if chance[5] < 0.05
        else died.isoformat()
        if chance[5] < 0.93
        else died.isoformat()[:7],
        "place": None if chance[6] < 0.08 else clerk.places[person.place],
    }


def _other_sex(sex: str) -> str:
    return "male" if sex == "female" else "female"


def _born(born: dt.date, rng: Rng) -> str:
    chance = rng.random()
    if chance < 0.12:
        return born.isoformat()[:4]
    if chance < 0.16 and born.day <= 12:
        return born.replace(month=born.day, day=born.month).isoformat()
    if chance < 0.2:
        return (
            born.replace(year=born.year + int(rng.choice((-10, -1, 1, 10)))).isoformat()
            if born.day < 29
            else born.isoformat()[:7]
        )
    return born.isoformat()


def typed(text: str, rng: Rng, share: float = 0.05) -> str:
    """Text as somebody types it: in a share of texts one letter goes wrong."""
    if len(text) < 4 or rng.random() >= share:
        return text
    at = int(rng.integers(1, len(text) - 1))
    letter = text[int(rng.integers(1, len(text)))].lower()
    ways = (
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        if at > 1
        else text[:at] + text[at + 1 :],
        text[:at] + letter + text[at + 1 :],
    )
    return ways[int(rng.integers(len(ways)))]


def spelt(text: str, letters: Mapping[str, str]) -> str:
    """Put letters, and groups of up to four of them, in place of others; the longest first."""
    longest = max(map(len, letters))
    found, at = [], 0
    low = "".join("i" if letter == "İ" else letter.lower() for letter in text)
    while at < len(low):
        for size in range(longest, 0, -1):
            if (group := low[at : at + size]) in letters:
                break
        else:
            group = low[at]
        new = letters.get(group, group)
        found.append(new.capitalize() if text[at].isupper() else new)
        at += max(1, len(group))
    return "".join(found)


def words(text: str) -> tuple[str, ...]:
    """Words of a text."""
    return tuple(text.split())


def table(text: str) -> dict[str, str]:
    """Letters and what stands in their place, from ``а a|б b|ь``."""
    pairs = (one.strip().partition(" ") for one in text.replace("\n", "|").split("|"))
    return {old: new for old, _, new in pairs if old}
