"""The fictional persons: who they were and what became of them, the truth of a simulated case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from everyname.simulation.names import Name, NamePool, family_name, father_name, name_pools
from everyname.simulation.scenario import Scenario
from everyname.simulation.valley import COMMUNITIES, INCIDENTS, VILLAGES, Incident

FAMILY_SIZES = (1, 2, 3, 4, 5, 6, 7)
SIZE_SHARES = (0.60, 0.17, 0.10, 0.06, 0.04, 0.02, 0.01)
WIPED_OUT = 0.7  # share of families of three or more that were killed in one incident
ARMED = 0.45  # share of grown men below 50, of no larger family killed, who served
MALE_ALONE = 0.68
ELDERLY, ADULT, OLDEST_TO_SERVE = 65, 18, 50
SECOND_PARENT = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional person.

    ``age`` is in completed years at ``date``, the date of the incident; ``sex``, ``fate`` and
    ``status`` are codes of the vocabulary; ``place`` is the Latin name of a village.
    """

    id: str
    family: int
    locale: str
    name: Name
    sex: str
    birth_date: dt.date
    age: int
    date: dt.date
    place: str
    fate: str
    status: str


@dataclass(frozen=True, slots=True)
class _Family:
    number: int
    locale: str
    surname: str
    grandfather: str
    father: str
    home: str
    size: int


def draw_population(scenario: Scenario, rng: np.random.Generator) -> tuple[Person, ...]:
    """Draw all persons of a scenario, the missing among them.

    Parameters
    ----------
    scenario
        How many persons, in which year.
    rng
        The source of chance; it also seeds Faker.

    Returns
    -------
    tuple of Person
        ``scenario.persons`` killed or died of conditions and ``scenario.missing`` missing persons,
        families together.
    """
    pools = name_pools((each.locale for each in COMMUNITIES), rng)
    total = scenario.persons + scenario.missing
    missing = frozenset(rng.choice(total, size=scenario.missing, replace=False).tolist())
    people: list[Person] = []
    number = 0
    while len(people) < total:
        number += 1
        family = _draw_family(number, pools, total - len(people), rng)
        shared = _draw_incident(rng)
        together = family.size >= FAMILY_SIZES[2] and rng.random() < WIPED_OUT
        for member in range(family.size):
            incident = shared if together or member == 0 else _draw_incident(rng)
            people.append(
                _draw_person(
                    f"P{len(people) + 1:05d}",
                    family,
                    member,
                    incident,
                    pools[family.locale],
                    scenario.year,
                    rng,
                    is_missing=len(people) in missing,
                )
            )
    return tuple(people)


def _choice(rng: np.random.Generator, weights: Sequence[float]) -> int:
    share = np.asarray(weights, dtype=np.float64)
    return int(rng.choice(len(share), p=share / share.sum()))


def _one_of(rng: np.random.Generator, names: Sequence[str]) -> str:
    return names[int(rng.integers(len(names)))]


def _draw_family(
    number: int, pools: Mapping[str, NamePool], most: int, rng: np.random.Generator
) -> _Family:
    community = COMMUNITIES[_choice(rng, [each.weight for each in COMMUNITIES])]
    pool = pools[community.locale]
    return _Family(
        number=number,
        locale=community.locale,
        surname=_one_of(rng, pool.family),
        grandfather=_one_of(rng, pool.male),
        father=_one_of(rng, pool.male),
        home=VILLAGES[_choice(rng, [each.weight for each in VILLAGES])].latin,
        size=min(most, FAMILY_SIZES[_choice(rng, SIZE_SHARES)]),
    )


def _draw_incident(rng: np.random.Generator) -> Incident:
    return INCIDENTS[_choice(rng, [each.weight for each in INCIDENTS])]


def _draw_role(family: _Family, member: int, rng: np.random.Generator) -> tuple[str, int]:
    """Return sex and age: the first two of a larger family are its parents."""
    if family.size >= FAMILY_SIZES[2]:
        if member < SECOND_PARENT:
            return ("male", "female")[member], int(rng.integers(24, 47))
        if member == family.size - 1 and rng.random() < 1 / 3:
            return _one_of(rng, ("male", "female")), int(rng.integers(ELDERLY, 92))
        return _one_of(rng, ("male", "female")), int(rng.integers(0, ADULT))
    sex = "male" if rng.random() < MALE_ALONE else "female"
    spans = ((0, ADULT), (ADULT, 40), (40, ELDERLY), (ELDERLY, 95))
    low, high = spans[_choice(rng, (0.12, 0.42, 0.28, 0.18))]
    return sex, int(rng.integers(low, high))


def _draw_name(
    family: _Family, member: int, sex: str, age: int, pool: NamePool, rng: np.random.Generator
) -> Name:
    child = family.size >= FAMILY_SIZES[2] and age < ADULT
    if family.size >= FAMILY_SIZES[2] and member == 0:
        given, father = family.father, family.grandfather
    else:
        given = _one_of(rng, pool.male if sex == "male" else pool.female)
        father = family.father if child else _one_of(rng, pool.male)
    return Name(
        given=given,
        family=family_name(family.surname, sex, family.locale),
        father=father_name(father, sex, family.locale),
    )


def _draw_person(
    person_id: str,
    family: _Family,
    member: int,
    incident: Incident,
    pool: NamePool,
    year: int,
    rng: np.random.Generator,
    *,
    is_missing: bool,
) -> Person:
    sex, age = _draw_role(family, member, rng)
    when, place = _when_and_where(family, incident, year, rng)
    frail = age < ADULT or age >= ELDERLY
    cold = rng.random() < incident.cold * (1.4 if frail else 0.7)
    serves = sex == "male" and ADULT <= age < OLDEST_TO_SERVE and family.size < FAMILY_SIZES[2]
    armed = bool(serves and not cold and rng.random() < ARMED)
    return Person(
        id=person_id,
        family=family.number,
        locale=family.locale,
        name=_draw_name(family, member, sex, age, pool, rng),
        sex=sex,
        birth_date=_birthday(when, age, rng),
        age=age,
        date=when,
        place=place,
        fate="missing" if is_missing else "died_of_conditions" if cold else "killed",
        status="armed_forces" if armed else "civilian",
    )


def _when_and_where(
    family: _Family, incident: Incident, year: int, rng: np.random.Generator
) -> tuple[dt.date, str]:
    if not incident.month:
        return dt.date(year, 1, 1) + dt.timedelta(days=int(rng.integers(365))), family.home
    later = _choice(rng, (0.8, 0.15, 0.05))
    return dt.date(year, incident.month, incident.day) + dt.timedelta(days=later), incident.village


def _birthday(when: dt.date, age: int, rng: np.random.Generator) -> dt.date:
    """Draw a birth date of somebody who is ``age`` completed years old on ``when``."""
    # No day after the 28th, so that the birth year has it too.
    latest = dt.date(when.year - age, when.month, min(when.day, 28))
    return latest - dt.timedelta(days=int(rng.integers(1 if age else 0, 360)))
