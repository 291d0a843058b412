"""Names of fictional persons, in their own scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from faker import Faker

POOL = 160
TRIES = 20
# A single word of letters: titles, double names and vowel points would need rules of their own.
PLAIN = re.compile(r"[^\W\d_]{3,}")
SLAVIC = ("ru_RU", "uk_UA")
FEMALE_ENDINGS = {
    "ru_RU": (("ов", "ова"), ("ев", "ева"), ("ин", "ина"), ("ын", "ына"), ("ский", "ская")),
    "uk_UA": (("ов", "ова"), ("ев", "ева"), ("ський", "ська"), ("цький", "цька")),
    "az_AZ": (("ov", "ova"), ("ev", "eva")),
    "el_GR": (("ος", "ου"), ("ός", "ού"), ("ης", "η"), ("ής", "ή"), ("ας", "α"), ("άς", "ά")),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its own script: given name, family name, and the father's name or ''."""

    given: str
    family: str
    father: str


@dataclass(frozen=True, slots=True)
class NamePool:
    """The names one community draws from, each once, sorted."""

    male: tuple[str, ...]
    female: tuple[str, ...]
    family: tuple[str, ...]


def name_pools(locales: Iterable[str], rng: np.random.Generator) -> Mapping[str, NamePool]:
    """Draw the pool of names of each locale from Faker, seeded from ``rng``."""
    return {locale: _pool(locale, int(rng.integers(2**31))) for locale in locales}


def _pool(locale: str, seed: int) -> NamePool:
    fake = Faker(locale, providers=["faker.providers.person"])
    fake.seed_instance(seed)

    def draw(kind: str) -> tuple[str, ...]:
        drawn = {str(getattr(fake, kind)()) for _ in range(POOL * TRIES)}
        return tuple(sorted(name for name in drawn if PLAIN.fullmatch(name))[:: _step(drawn)])

    family = "last_name_male" if locale in (*SLAVIC, "el_GR") else "last_name"
    return NamePool(draw("first_name_male"), draw("first_name_female"), draw(family))


def _step(drawn: set[str]) -> int:
    # Thin a long pool evenly, so that namesakes occur as often as they do in real villages.
    return max(1, len(drawn) // POOL)


def family_name(name: str, sex: str, locale: str) -> str:
    """Return a family name in the form that the sex takes in its language."""
    if sex != "female":
        return name
    for ending, female in FEMALE_ENDINGS.get(locale, ()):
        if name.endswith(ending):
            return name.removesuffix(ending) + female
    return name


def father_name(father: str, sex: str, locale: str) -> str:
    """Return what a document calls somebody after the father's given name ``father``."""
    if locale in SLAVIC:
        stem, tail = (father[:-1], "е") if father[-1] in "йьяеі" else (father, "о")
        if father[-1] in "аоу":
            stem = father[:-1]
        return stem + tail + ("вна" if sex == "female" else "вич")
    if locale == "az_AZ":
        return f"{father} {'qızı' if sex == 'female' else 'oğlu'}"
    return father
