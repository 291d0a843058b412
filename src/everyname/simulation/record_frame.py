"""Record frame: a large simulated case in columns, with the truth, without any file."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from everyname.errors import CaseError
from everyname.simulation.crowd import Crowd, draw_crowd, villages_of
from everyname.simulation.mistakes import Habits
from everyname.simulation.name_table import (
    CYRILLIC,
    LATIN,
    OTHERS,
    OWN,
    NameTable,
    Numbers,
    name_table,
)
from everyname.simulation.partners import LISTS
from everyname.simulation.population import ADULT
from everyname.simulation.slips import (
    NameParts,
    Slips,
    slipped_births,
    slipped_days,
    slipped_names,
)
from everyname.simulation.spelling import OTHER_CLERK, OTHER_LETTER, OWN_SCRIPT
from everyname.simulation.village_names import village_names

HABITS = Habits()
BASES = (0.35, 0.45, 0.4, -0.8)
"""Logits of the chance to be on the first four lists; further lists take them in turn."""
KNOWN, FEMALE, CHILD = 0.5, -0.15, 0.3
MARGIN = 1.02
HOSPITAL, BURIALS, RIGHTS_GROUP, PRESS = range(4)


class SimulatedRecords(NamedTuple):
    """Fictional records.

    Parameters
    ----------
    values
        One row a record, list by list: `name` or its parts, and `sex`, `age`, `birth_date`,
        `date`, `place`, all of them canonical texts, null where not stated.
    lists
        Name of the list that each record stands on.
    persons
        Number of the person that each record is about: the truth.
    """

    values: pl.DataFrame
    lists: pl.Series
    persons: Numbers


def people_frame(
    *,
    records: int = 1_000_000,
    errors: float | None = 0.1,
    no_birth: float = 0.5,
    shared_events: bool = True,
    lists: int = 4,
    seed: int = 1,
    scripts: bool = True,
    year: int = 2031,
) -> pl.DataFrame:
    """Return simulated records with two columns more: `list` and `person`.

    Parameters
    ----------
    records, errors, no_birth, shared_events, lists, seed, scripts, year
        As for `simulated_records`.
    """
    made = simulated_records(
        records=records,
        errors=errors,
        no_birth=no_birth,
        shared_events=shared_events,
        lists=lists,
        seed=seed,
        scripts=scripts,
        year=year,
    )
    return made.values.with_columns(list=made.lists, person=pl.Series(made.persons))


def simulated_records(
    *,
    records: int = 1_000_000,
    errors: float | None = 0.1,
    no_birth: float = 0.5,
    shared_events: bool = True,
    lists: int = 4,
    seed: int = 1,
    scripts: bool = True,
    year: int = 2031,
) -> SimulatedRecords:
    """Draw the records of a large fictional conflict.

    Families, three years, one village to every four hundred dead up to two thousand, names of
    eight languages of which few are common and many rare; a person is on about two of four lists,
    and three in a hundred entries are made twice.

    Parameters
    ----------
    records
        How many.
    errors
        Share of the stated values of each field that are wrong; None for the habits of
        `simulate`.
    no_birth
        Share of records without a date of birth.
    shared_events
        Whether two thirds of all deaths are of events in which many died on one day in one
        place, whole families among them.
    lists
        How many lists.
    seed
        Seed of all chance: equal seeds give equal records (under one version of Faker and of
        NumPy). Whatever `errors` and `no_birth` are, persons and their lists are the same.
    scripts
        Whether lists write in Latin and Cyrillic letters and in people's own script; else all
        write in Latin letters.
    year
        The first year.

    Raises
    ------
    CaseError
        An option is out of bounds.
    """
    _refuse(records, no_birth, lists, seed)
    slips = Slips.of(errors)
    by_person, by_list, *by_field = np.random.default_rng(seed).spawn(8)
    table = name_table()
    crowd, person, on = _drawn(
        records, lists, year, table, by_person, by_list, shared_events=shared_events
    )
    style = on % len(BASES)
    parts = _names(crowd, person, style, table, slips.name, by_field[0], scripts=scripts)
    values = pl.DataFrame(
        {
            **_written(parts, style),
            "sex": _sexes(crowd.female[person], slips.sex, by_field[1]),
            "age": _ages(crowd.age[person], slips.age, by_field[2]),
            "birth_date": _births(crowd.born[person], no_birth, slips.birth_date, by_field[3]),
            "date": _dates(crowd.died[person], slips.date, by_field[4]),
            "place": _places(
                crowd.village[person],
                villages_of(len(crowd)),
                scripts & np.isin(style, (BURIALS, RIGHTS_GROUP)),
                slips.place,
                by_field[5],
            ),
        }
    )
    labels = pl.Series("list", list_names(lists)).gather(on)
    return SimulatedRecords(values, labels, person)


def list_names(lists: int) -> list[str]:
    """Name the lists: those of the valley's four partners, and others after them."""
    return [*(each.name for each in LISTS), *(f"list_{n}" for n in range(5, lists + 1))][:lists]


def _refuse(records: int, no_birth: float, lists: int, seed: int) -> None:
    for name, value, fits, do in (
        ("records", records, records > 0, "Ask for at least one."),
        ("no_birth", no_birth, 0 <= no_birth <= 1, "Give 0 to 1."),
        ("lists", lists, 1 <= lists <= 100, "Ask for 1 to 100."),
        ("seed", seed, seed >= 0, "Give a whole number from 0 on."),
    ):
        if not fits:
            raise CaseError(f"{value} is out of bounds", where=name, do=do)


def _drawn(
    records: int,
    lists: int,
    year: int,
    table: NameTable,
    by_person: np.random.Generator,
    by_list: np.random.Generator,
    *,
    shared_events: bool,
) -> tuple[Crowd, Numbers, Numbers]:
    """Draw as many persons as make so many records; tell the person and list of each record."""
    bases = np.resize(BASES, lists)
    persons = int(records / np.sum(1 / (1 + np.exp(-bases))) * MARGIN) + 200
    crowd = draw_crowd(persons, year, table, by_person, shared_events=shared_events)
    own = FEMALE * crowd.female + CHILD * (crowd.age < ADULT)
    own += KNOWN * by_list.standard_normal(persons)
    held = by_list.random((persons, lists)) < 1 / (1 + np.exp(-(own[:, None] + bases)))
    times = held * (1 + (by_list.random((persons, lists)) < HABITS.twice))
    person, on = np.divmod(np.repeat(np.arange(persons * lists), times.ravel()), lists)
    if len(person) < records:
        raise CaseError(
            f"{persons} persons do not make {records} records", where="records", do="Ask for more."
        )
    # Whole families come first, so that what is left out is a few of the last families.
    person, on = person[:records], on[:records]
    order = by_list.permutation(records)
    order = order[np.argsort(on[order], kind="stable")]
    return crowd, person[order], on[order]


def _names(
    crowd: Crowd,
    person: Numbers,
    style: Numbers,
    table: NameTable,
    share: float,
    rng: np.random.Generator,
    *,
    scripts: bool,
) -> NameParts:
    count = len(person)
    other = LATIN + 2 + rng.integers(OTHERS, size=count)
    chance = rng.random(count)
    by_clerk = np.where(chance < OTHER_CLERK, other, LATIN)
    by_ear = np.where(chance < OTHER_LETTER, other, LATIN)
    in_cyrillic = np.where(chance < OWN_SCRIPT, OWN, CYRILLIC)
    own = np.full(count, OWN)
    each = (by_clerk, own, in_cyrillic, by_ear) if scripts else (by_clerk,) * 3 + (by_ear,)
    spelling = np.choose(style, each)
    fatherless = (rng.random(count) < HABITS.no_father) | (style == PRESS)
    words = crowd.given[person], crowd.family[person], crowd.father[person]
    return slipped_names(words, spelling, fatherless, table, share, rng)


def _written(parts: NameParts, style: Numbers) -> dict[str, pl.Series]:
    """Put names as each list does: a whole name in one order or another, or its parts."""
    given, family, father = pl.col("given"), pl.col("family"), pl.col("father")
    in_parts = pl.col("style") == BURIALS
    rest = pl.concat_str(given, father, separator=" ").str.strip_chars()
    name = (
        pl.when(in_parts)
        .then(None)
        .when(pl.col("style") == HOSPITAL)
        .then(pl.concat_str(family, rest, separator=", "))
        .when(pl.col("style") == RIGHTS_GROUP)
        .then(pl.concat_str(family, rest, separator=" "))
        .otherwise(pl.concat_str(given, family, separator=" "))
    )
    frame = pl.DataFrame(
        {"given": parts.given, "family": parts.family, "father": parts.father, "style": style}
    ).select(
        name=name,
        given_name=pl.when(in_parts).then(given),
        family_name=pl.when(in_parts).then(family),
        father_name=pl.when(in_parts & (father != "")).then(father),
    )
    return {column.name: column for column in frame}


def _sexes(female: npt.NDArray[np.bool_], share: float, rng: np.random.Generator) -> pl.Series:
    """Half of the wrong ones are the other sex, half are empty as those nobody asked for."""
    chance = rng.random(len(female))
    code = np.where(chance < share / 2, ~female, female).astype(np.int64)
    code[chance > 1 - HABITS.no_sex - share / 2] = 2
    return pl.Series(["male", "female", None]).gather(code)


def _ages(age: Numbers, share: float, rng: np.random.Generator) -> pl.Series:
    wrong = rng.random(len(age)) < share
    off = rng.choice((-3, -2, -1, 1, 2, 3), size=len(age))
    stated = pl.Series(np.where(wrong, np.maximum(age + off, 1), age)).cast(pl.String)
    return _without(stated, rng.random(len(age)) < HABITS.no_age)


def _births(days: Numbers, missing: float, share: float, rng: np.random.Generator) -> pl.Series:
    chance = rng.random((2, len(days)))
    slipped = slipped_births(days, chance[0] < share, rng)
    return _without(_texts(slipped), chance[1] < missing)


def _dates(days: Numbers, share: float, rng: np.random.Generator) -> pl.Series:
    chance = rng.random((2, len(days)))
    slipped = slipped_days(days, chance[0] < share, rng)
    return _without(_texts(slipped), chance[1] < HABITS.no_date)


def _places(
    village: Numbers,
    villages: int,
    cyrillic: npt.NDArray[np.bool_],
    share: float,
    rng: np.random.Generator,
) -> pl.Series:
    """Wrong places are other villages: the nearest in number are neighbours."""
    wrong = rng.random(len(village)) < share
    near = (village + rng.choice((-2, -1, 1, 2), size=len(village))) % villages
    latin, other = village_names(villages)
    named = np.where(wrong, near, village) + np.where(cyrillic, len(latin), 0)
    return pl.Series([*latin, *other]).gather(named)


def _texts(days: Numbers) -> pl.Series:
    return pl.Series(days.astype("datetime64[D]")).cast(pl.String)


def _without(stated: pl.Series, missing: npt.NDArray[np.bool_]) -> pl.Series:
    return stated.set(pl.Series(missing), None)
