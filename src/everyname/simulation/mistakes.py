"""What a clerk makes of a person: an entry of a list, with the mistakes of that list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from everyname.simulation.names import Name
from everyname.simulation.population import Person


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a list goes wrong, as shares of its entries.

    ``twice`` is the share of persons entered a second time; ``found_later`` the share of the dead
    who are still listed as missing; ``vague_age`` the share of ages given as "about" a ten.
    """

    typo: float = 0.03
    swapped: float = 0.01
    no_father: float = 0.1
    no_name: float = 0.0
    age_off: float = 0.1
    vague_age: float = 0.0
    no_age: float = 0.05
    no_birth: float = 0.1
    no_date: float = 0.03
    date_off: float = 0.05
    no_sex: float = 0.02
    no_status: float = 0.1
    wrong_status: float = 0.01
    found_later: float = 0.0
    twice: float = 0.03


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list holds of one person; None or '' where it holds nothing.

    ``person`` is the truth and is written to no list. ``date`` and ``age`` are texts where a
    clerk wrote what no calendar or count knows.
    """

    person: str
    name: Name
    sex: str
    age: int | str | None
    birth_date: dt.date | None
    date: dt.date | str | None
    reported: dt.date
    place: str
    status: str
    fate: str
    note: str = ""


Render = Callable[[Person, np.random.Generator], Name]


def note_person(person: Person, render: Render, habits: Habits, rng: np.random.Generator) -> Entry:
    """Return the entry that a clerk with these habits writes about a person.

    Parameters
    ----------
    person
        Whom the entry is about.
    render
        How the list spells names.
    habits
        How often the list goes wrong.
    rng
        The source of chance.
    """
    chance = rng.random(12)
    off = int(rng.choice((-1, 1)))
    seen = person.date + dt.timedelta(days=off if chance[0] < habits.date_off else 0)
    return Entry(
        person=person.id,
        name=_note_name(render(person, rng), person.sex, habits, rng),
        sex="" if chance[1] < habits.no_sex else person.sex,
        age=_note_age(person.age, habits, rng),
        birth_date=None if chance[2] < habits.no_birth else person.birth_date,
        date=None if chance[3] < habits.no_date else seen,
        reported=person.date + dt.timedelta(days=int(rng.integers(1, 45))),
        place=person.place,
        status=_note_status(person.status, habits, float(chance[4]), float(chance[5])),
        fate="missing" if chance[6] < habits.found_later else person.fate,
    )


def _note_name(name: Name, sex: str, habits: Habits, rng: np.random.Generator) -> Name:
    chance = rng.random(4)
    if chance[0] < habits.no_name:
        return Name(
            given=f"unidentified {'man' if sex == 'male' else 'woman'}", family="", father=""
        )
    if chance[1] < habits.no_father:
        name = replace(name, father="")
    if chance[2] < habits.swapped:
        name = replace(name, given=name.family, family=name.given)
    if chance[3] < habits.typo:
        part = ("given", "family")[int(rng.integers(2))]
        name = replace(name, **{part: mistype(getattr(name, part), rng)})
    return name


def mistype(word: str, rng: np.random.Generator) -> str:
    """Return a word with one slip after its first letter: dropped, doubled or exchanged letters."""
    if len(word) < len("abc"):
        return word
    at = int(rng.integers(1, len(word) - 1))
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return slips[int(rng.integers(len(slips)))]


def _note_age(age: int, habits: Habits, rng: np.random.Generator) -> int | str | None:
    chance = rng.random(3)
    if chance[0] < habits.no_age:
        return None
    if age > 1 and chance[1] < habits.age_off:
        age = max(1, age + int(rng.choice((-3, -2, -1, 1, 2, 3))))
    if age > len("0123456789") and chance[2] < habits.vague_age:
        return f"about {round(age, -1)}"
    return age


def _note_status(status: str, habits: Habits, left_out: float, wrong: float) -> str:
    if left_out < habits.no_status:
        return ""
    if wrong < habits.wrong_status:
        return "civilian" if status == "armed_forces" else "armed_forces"
    return status
