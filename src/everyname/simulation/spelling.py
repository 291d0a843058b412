"""How each list of the valley spells names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from everyname.simulation.names import Name
from everyname.simulation.population import Person
from everyname.simulation.romanisation import cyrillicise, romanise

OTHER_CLERK = 0.1
OTHER_LETTER = 0.25
OWN_SCRIPT = 0.25


def own_script(person: Person, _: np.random.Generator) -> Name:
    """Write a name as it stands on the stone."""
    return person.name


def by_clerk(person: Person, rng: np.random.Generator) -> Name:
    """Write a name in Latin letters as one clerk does; one name in ten is another clerk's."""
    other = rng.random() < OTHER_CLERK

    def choose(spellings: int) -> int:
        return int(rng.integers(spellings)) if other else 0

    return _each_part(person, lambda part: romanise(part, person.locale, choose))


def by_ear(person: Person, rng: np.random.Generator) -> Name:
    """Write a name in Latin letters as it was heard, without the father's name."""

    def choose(spellings: int) -> int:
        return int(rng.integers(1, spellings)) if rng.random() < OTHER_LETTER else 0

    return replace(_each_part(person, lambda p: romanise(p, person.locale, choose)), father="")


def in_cyrillic(person: Person, rng: np.random.Generator) -> Name:
    """Write a name in Cyrillic letters, one name in four as its own script has it."""
    if rng.random() < OWN_SCRIPT:
        return person.name
    return _each_part(person, lambda part: cyrillicise(part, person.locale))


def _each_part(person: Person, spell: Callable[[str], str]) -> Name:
    name = person.name
    return Name(given=spell(name.given), family=spell(name.family), father=spell(name.father))
