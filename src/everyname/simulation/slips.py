"""Slips: the mistakes that clerks make in whole columns of a large list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from everyname.errors import CaseError
from everyname.simulation.mistakes import Habits, mistype
from everyname.simulation.name_table import LATIN, OTHERS, SPELLINGS, NameTable, Numbers

Flags = npt.NDArray[np.bool_]

HABITS = Habits()
# What is wrong with a wrong name: a slip of the pen, another spelling, no father's name, or given
# and family name exchanged.
NAME_REACH = (0.55, 0.75, 0.9)
DATE_REACH = (0.6, 0.8)


@dataclass(frozen=True, slots=True)
class Slips:
    """Shares of the stated values of a field that are wrong.

    Parameters
    ----------
    name, birth_date, age, date, place, sex
        One for each field; a name counts as one field, whatever its parts.
    """

    name: float = HABITS.typo + HABITS.swapped
    birth_date: float = 0.0
    age: float = HABITS.age_off
    date: float = HABITS.date_off
    place: float = 0.0
    sex: float = 0.0

    @classmethod
    def of(cls, share: float | None) -> Slips:
        """Make the same share of every field wrong; None for the habits of the small case.

        Raises
        ------
        CaseError
            This is no share.
        """
        if share is None:
            return cls()
        if not 0 <= share <= 1:
            raise CaseError(f"{share} is no share", where="errors", do="Give 0 to 1.")
        return cls(*[share] * 6)


@dataclass(frozen=True, slots=True)
class NameParts:
    """Spelt parts of names, one an element; an empty father's name where none is written."""

    given: pl.Series
    family: pl.Series
    father: pl.Series


def slipped_names(
    words: tuple[Numbers, Numbers, Numbers],
    spelling: Numbers,
    fatherless: Flags,
    names: NameTable,
    share: float,
    rng: np.random.Generator,
) -> NameParts:
    """Spell names, some of them wrong.

    Parameters
    ----------
    words
        Numbers of the words of given name, family name and father's name.
    spelling
        How each record spells.
    fatherless
        Where no father's name is written.
    names
        What the words are.
    share
        Share of names that are wrong.
    rng
        The source of chance.
    """
    count = len(spelling)
    wrong = rng.random(count) < share
    slip = np.where(wrong, np.searchsorted(NAME_REACH, rng.random(count), side="right"), -1)
    other = LATIN + 2 + rng.integers(OTHERS, size=count)
    used = np.unique(np.concatenate(words))
    spelt, written = names.spelt(used), np.where(slip == 1, other, spelling)
    given, family, father = (
        spelt.gather(np.searchsorted(used, each) * SPELLINGS + written) for each in words
    )
    in_given = rng.random(count) < 0.5
    given = _mistyped(given, (slip == 0) & in_given, rng)
    family = _mistyped(family, (slip == 0) & ~in_given, rng)
    bare, exchanged = pl.Series(fatherless | (slip == 2)), pl.Series(slip == len(NAME_REACH))
    nothing = pl.Series([""], dtype=pl.String)
    return NameParts(
        given=family.zip_with(exchanged, given),
        family=given.zip_with(exchanged, family),
        father=nothing.new_from_index(0, count).zip_with(bare, father),
    )


def _mistyped(words: pl.Series, where: Flags, rng: np.random.Generator) -> pl.Series:
    (rows,) = np.nonzero(where)
    new = [mistype(word, rng) for word in words.gather(rows).to_list()]
    return words.scatter(rows, pl.Series(new, dtype=pl.String))


def slipped_days(days: Numbers, wrong: Flags, rng: np.random.Generator) -> Numbers:
    """Get dates wrong: by a day, by a month, or with day and month exchanged.

    Parameters
    ----------
    days
        Days since 1970-01-01.
    wrong
        Which of them are wrong.
    rng
        The source of chance.
    """
    chosen = days[wrong].astype("datetime64[D]")
    kind = np.searchsorted(DATE_REACH, rng.random(len(chosen)), side="right")
    step = np.where(rng.random(len(chosen)) < 0.5, -1, 1)
    month = chosen.astype("datetime64[M]")
    day = (chosen - month).astype(np.int64)
    of_year = month.astype(np.int64) % 12
    year = month - of_year
    elsewhere = (month + step).astype("datetime64[D]") + np.minimum(day, 27)
    exchanged = (year + np.minimum(day, 11)).astype("datetime64[D]") + of_year
    # A day that is no month cannot be exchanged: it is off by one.
    kind = np.where((kind == 2) & ((day > 11) | (day == of_year)), 0, kind)
    new = np.choose(kind, [(chosen + step).astype(np.int64), elsewhere.astype(np.int64),
                           exchanged.astype(np.int64)])  # fmt: skip
    slipped = days.copy()
    slipped[wrong] = new
    return slipped


def slipped_births(days: Numbers, wrong: Flags, rng: np.random.Generator) -> Numbers:
    """Get birth dates wrong: half of them as other dates, half of them in the year.

    Parameters
    ----------
    days, wrong, rng
        As for `slipped_days`.
    """
    in_year = wrong & (rng.random(len(days)) < 0.5)
    slipped = slipped_days(days, wrong & ~in_year, rng)
    chosen = days[in_year].astype("datetime64[D]")
    month = chosen.astype("datetime64[M]")
    day = np.minimum((chosen - month).astype(np.int64), 27)
    years = rng.choice((-10, -2, -1, 1, 2, 10), size=len(chosen))
    slipped[in_year] = (month + 12 * years).astype("datetime64[D]").astype(np.int64) + day
    return slipped
