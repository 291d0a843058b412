"""The crowd: a large fictional population in columns, families and the days they died together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from everyname.simulation.name_table import NameTable, Numbers
from everyname.simulation.population import (
    ADULT,
    ELDERLY,
    FAMILY_SIZES,
    MALE_ALONE,
    SECOND_PARENT,
    SIZE_SHARES,
    WIPED_OUT,
)
from everyname.simulation.valley import COMMUNITIES

LARGE = 3
"""From this size on a family is counted with its parents."""
YEARS = 3
IN_EVENTS = 0.65
"""Share of deaths that many died in on the same day in the same place."""
EVENT_OF = 60
"""Deaths in an event, on average."""
EVENT_SPREAD = 1.2
"""The smaller, the more the sizes of events differ (Pareto)."""
LARGEST = 50.0
"""The largest event, as a multiple of the average one."""
LATER = (0.8, 0.95)
"""Cumulated shares of those who died on the day of an event, and at most one day later."""
FEWEST_VILLAGES, MOST_VILLAGES, PERSONS_OF_VILLAGE = 8, 2000, 400
SPANS = ((0, ADULT), (ADULT, 40), (40, ELDERLY), (ELDERLY, 95))
SPAN_REACH = (0.12, 0.54, 0.82)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Fictional persons, one an element; their numbers are their positions.

    Parameters
    ----------
    female
        Whether each is a woman or girl.
    given, family, father
        Numbers of words of a `NameTable`.
    age
        Completed years at death.
    died, born
        Days since 1970-01-01.
    village
        Number of the village.
    home
        Number of the household.
    """

    female: npt.NDArray[np.bool_]
    given: Numbers
    family: Numbers
    father: Numbers
    age: Numbers
    died: Numbers
    born: Numbers
    village: Numbers
    home: Numbers

    def __len__(self) -> int:
        return len(self.female)


def villages_of(persons: int) -> int:
    """How many villages so many persons die in."""
    return min(max(persons // PERSONS_OF_VILLAGE, FEWEST_VILLAGES), MOST_VILLAGES)


def draw_crowd(
    persons: int, year: int, names: NameTable, rng: np.random.Generator, *, shared_events: bool
) -> Crowd:
    """Draw persons, family by family.

    Parameters
    ----------
    persons
        How many.
    year
        The first of `YEARS` years that all deaths fall into.
    names
        What people are called.
    rng
        The source of chance.
    shared_events
        Whether many die on one day in one place; else everybody dies on a day of their own.
    """
    sizes = rng.choice(FAMILY_SIZES, size=persons, p=SIZE_SHARES)
    families = int(np.searchsorted(np.cumsum(sizes), persons)) + 1
    home = np.repeat(np.arange(families), sizes[:families])[:persons]
    member = np.arange(persons) - np.searchsorted(home, np.arange(families))[home]
    size = sizes[home]
    female, age = _roles(size, member, rng)
    given, family, father = _names(home, size, member, female, age, names, rng)
    together = (rng.random(families) < WIPED_OUT)[home] & (size >= LARGE)
    leader = np.where(together, np.arange(persons) - member, np.arange(persons))
    died, village = _deaths(home, leader, year, rng, shared_events=shared_events)
    born = _birthdays(died, age, rng)
    return Crowd(female, given, family, father, age, died, born, village, home)


def _roles(
    size: Numbers, member: Numbers, rng: np.random.Generator
) -> tuple[npt.NDArray[np.bool_], Numbers]:
    """Sex and age: the first two of a larger family are its parents."""
    count = len(size)
    large = size >= LARGE
    parent = large & (member < SECOND_PARENT)
    grandparent = large & ~parent & (member == size - 1) & (rng.random(count) < 1 / 3)
    child = large & ~parent & ~grandparent
    female = rng.random(count) >= np.where(large, 0.5, MALE_ALONE)
    female = np.where(parent, member == 1, female)
    span = np.asarray(SPANS)[np.searchsorted(SPAN_REACH, rng.random(count))]
    span[parent], span[grandparent], span[child] = (24, 47), (ELDERLY, 92), (0, ADULT)
    return female, rng.integers(span[:, 0], span[:, 1])


def _names(
    home: Numbers,
    size: Numbers,
    member: Numbers,
    female: npt.NDArray[np.bool_],
    age: Numbers,
    names: NameTable,
    rng: np.random.Generator,
) -> tuple[Numbers, Numbers, Numbers]:
    weights = np.array([each.weight for each in COMMUNITIES])
    spoken = rng.choice(len(weights), size=int(home[-1]) + 1, p=weights / weights.sum())[home]
    large = size >= LARGE
    given, family, father = (np.zeros(len(home), dtype=np.int64) for _ in range(3))
    for number, community in enumerate(names.communities):
        (here,) = np.nonzero(spoken == number)
        sex = female[here].astype(np.int64)
        first = here - member[here]  # the first of each one's family stands for it
        by_family = np.zeros((3, len(home)), dtype=np.int64)
        for row, choice in enumerate((community.family, community.male, community.male)):
            by_family[row, here] = choice.draw(len(here), rng)
        surname, head, grandfather = by_family[:, first]
        own = np.where(
            sex == 1,
            community.female.words[community.female.draw(len(here), rng), 0],
            community.male.words[community.male.draw(len(here), rng), 0],
        )
        heads = large[here] & (member[here] == 0)
        children = large[here] & (member[here] >= SECOND_PARENT) & (age[here] < ADULT)
        after = np.where(children, head, community.male.draw(len(here), rng))
        after = np.where(heads, grandfather, after)
        given[here] = np.where(heads, community.male.words[head, 0], own)
        family[here] = community.family.words[surname, sex]
        father[here] = community.fathers[after, sex]
    return given, family, father


def _deaths(
    home: Numbers, leader: Numbers, year: int, rng: np.random.Generator, *, shared_events: bool
) -> tuple[Numbers, Numbers]:
    """Day and village of each death; who has the same leader dies in the same event."""
    count = len(home)
    begin = int(np.datetime64(f"{year}-01-01").astype(np.int64))
    days = int(np.datetime64(f"{year + YEARS}-01-01").astype(np.int64)) - begin
    weight = (np.arange(villages_of(count)) + 5.0) ** -0.7
    weight /= weight.sum()
    village = rng.choice(len(weight), size=int(home[-1]) + 1, p=weight)[home]
    died = begin + rng.integers(days, size=count)
    if not shared_events:
        return died, village
    events = max(FEWEST_VILLAGES, int(count * IN_EVENTS) // EVENT_OF)
    large = np.minimum(1.0 + rng.pareto(EVENT_SPREAD, events), LARGEST)
    event = rng.choice(events, size=count, p=large / large.sum())[leader]
    where = rng.choice(len(weight), size=events, p=weight)[event]
    when = (begin + rng.integers(days, size=events))[event]
    when += np.searchsorted(LATER, rng.random(count))
    shared = (rng.random(count) < IN_EVENTS)[leader]
    return np.where(shared, when, died[leader]), np.where(shared, where, village)


def _birthdays(died: Numbers, age: Numbers, rng: np.random.Generator) -> Numbers:
    """Draw birth dates of people who are so many completed years old when they die."""
    when = died.astype("datetime64[D]")
    month = when.astype("datetime64[M]")
    # No day after the 28th, so that the birth year has it too.
    day = np.minimum((when - month).astype(np.int64), 27)
    latest = (month - 12 * age).astype("datetime64[D]").astype(np.int64) + day
    born: Numbers = latest - rng.integers(np.where(age > 0, 1, 0), 360)
    return born
