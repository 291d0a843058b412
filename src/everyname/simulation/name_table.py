"""Name tables: the names of a large population, how common each is, and how lists spell it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import numpy as np
import numpy.typing as npt
import polars as pl
from faker import Faker

from everyname.simulation.names import PLAIN, SLAVIC, family_name, father_name
from everyname.simulation.romanisation import cyrillicise, romanise
from everyname.simulation.valley import COMMUNITIES

Numbers = npt.NDArray[np.int64]

OWN, LATIN, CYRILLIC = 0, 1, 2
OTHERS = 4
"""Spellings in Latin letters by other clerks; they stand behind the three above."""
SPELLINGS = 3 + OTHERS

# How fast names grow rare: the share of the name of rank r falls as (r + OFFSET) ** -FALL.
GIVEN_FALL, GIVEN_OFFSET = 1.0, 3.0
FAMILY_FALL, FAMILY_OFFSET = 1.0, 6.0
# A language forms family names from given names; Faker's tables alone have too few for a million.
FAMILY_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "ru_RU": ("ов", "ин"),
    "uk_UA": ("енко", "чук"),
    "hy_AM": ("յան",),
    "az_AZ": ("ov", "oğlu", "lı"),
    "ka_GE": ("შვილი", "ძე"),
    "el_GR": ("ίδης", "όπουλος"),
    "tr_TR": ("oğlu", "er"),
    "ar_AA": ("ي", "اوي"),
}
VOWELS = "аеиоуыэюяйьієїաեիոուაეიოუaeəıioöuüαάεέηήιίοόυύωώςاىة"


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that somebody is called by, and how common each is.

    Parameters
    ----------
    words
        Numbers of words; for family names and fathers' names one column for men and one for
        women, shape (names, 2); for given names shape (names, 1).
    reach
        Cumulated shares, the last one 1.
    """

    words: Numbers
    reach: npt.NDArray[np.float64]

    def draw(self, count: int, rng: np.random.Generator) -> Numbers:
        """Draw rows of `words`."""
        return np.searchsorted(self.reach, rng.random(count), side="right")


@dataclass(frozen=True, slots=True)
class Community:
    """The names of one community.

    Parameters
    ----------
    male, female, family
        What its people are called.
    fathers
        What a document calls somebody after each of the male names, shape (male names, 2).
    """

    male: Choice
    female: Choice
    family: Choice
    fathers: Numbers


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names of all communities.

    Parameters
    ----------
    communities
        In the order of `valley.COMMUNITIES`.
    words
        Every word in its own script, with the locale of its language.
    """

    communities: tuple[Community, ...]
    words: tuple[tuple[str, str], ...]

    def spelt(self, words: Numbers) -> pl.Series:
        """Spell words; that of ``words[i]`` in spelling s stands at ``i * SPELLINGS + s``."""
        spellings = (
            each for word in words.tolist() for each in _spellings(word, *self.words[word])
        )
        return pl.Series(spellings, dtype=pl.String)


@lru_cache(maxsize=1)
def name_table() -> NameTable:
    """Return the names of the valley, the same ones each time.

    Which name is common is drawn once, by a generator of its own: a seed changes who lives, and
    not what people of a language are called.
    """
    rng = np.random.default_rng(0)
    words: list[tuple[str, str]] = []
    communities = [_community(each.locale, words, rng) for each in COMMUNITIES]
    return NameTable(tuple(communities), tuple(words))


def _community(locale: str, words: list[tuple[str, str]], rng: np.random.Generator) -> Community:
    provider = Faker(locale, providers=["faker.providers.person"]).get_providers()[0]
    kind = "last_names_male" if locale in (*SLAVIC, "el_GR") else "last_names"
    male = _plain(provider.first_names_male)
    female = _plain(provider.first_names_female)
    made = (_stem(name) + end for name in male for end in FAMILY_ENDINGS[locale])
    family = _plain([*getattr(provider, kind), *made])

    def number(texts: Sequence[str]) -> Numbers:
        begin = len(words)
        words.extend((text, locale) for text in texts)
        return np.arange(begin, begin + len(texts))

    def both(texts: Sequence[str], form: Callable[[str, str, str], str]) -> Numbers:
        sexes = [number([form(text, sex, locale) for text in texts]) for sex in ("male", "female")]
        return np.stack(sexes, axis=1)

    given = GIVEN_FALL, GIVEN_OFFSET
    return Community(
        male=Choice(number(male)[:, None], _reach(len(male), *given, rng)),
        female=Choice(number(female)[:, None], _reach(len(female), *given, rng)),
        family=Choice(
            both(family, family_name), _reach(len(family), FAMILY_FALL, FAMILY_OFFSET, rng)
        ),
        fathers=both(male, father_name),
    )


def _plain(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if PLAIN.fullmatch(name)})


def _stem(name: str) -> str:
    return name[:-1] if name[-1] in VOWELS else name


def _reach(
    names: int, fall: float, offset: float, rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    share = (np.arange(names) + offset) ** -fall
    summed = np.cumsum(rng.permutation(share))
    reach: npt.NDArray[np.float64] = summed / summed[-1]
    return reach


def _spellings(word: int, text: str, locale: str) -> list[str]:
    # Of each word's own chance, so that it is spelt alike whichever others are.
    chance = Random(word)  # noqa: S311 - chance, no secret

    def other(spellings: int) -> int:
        return int(chance.random() * spellings)

    others = [romanise(text, locale, other) for _ in range(OTHERS)]
    return [text, romanise(text, locale), cyrillicise(text, locale), *others]
