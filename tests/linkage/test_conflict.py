"""Conflicts: what speaks against a cluster."""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa
import pytest

from everyname.errors import LinkageError
from everyname.linkage import Pairs
from everyname.linkage.conflict import Conflict, conflicts

DAY_1990 = 7305  # 1990-01-01
DAY_2031 = 22281  # 2031-01-02


def table(**columns: list[object]) -> pa.Table:
    kinds = {"sex": pa.string(), "place": pa.string()}
    return pa.table({k: pa.array(v, kinds.get(k, pa.int32())) for k, v in columns.items()})


def labels(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_two_dates_of_birth():
    born = [DAY_1990, DAY_1990 + 400, DAY_1990, None, DAY_1990 + 400]
    found = conflicts(table(born_low=born, born_high=born), labels(0, 0, 0, 0, 4))
    assert found == (Conflict(0, 0, 1, "birth", "born 1990-01-01; 1991-02-05"),)


def test_a_year_contradicts_no_day_in_it_but_one_outside():
    low = [DAY_1990, DAY_1990 + 100, DAY_1990 + 400]
    high = [DAY_1990 + 364, DAY_1990 + 100, DAY_1990 + 400]
    found = conflicts(table(born_low=low, born_high=high), labels(0, 0, 0))
    assert found == (
        Conflict(0, 0, 2, "birth", "born 1990-01-01 to 1990-12-31; 1991-02-05"),
        Conflict(0, 1, 2, "birth", "born 1990-04-11; 1991-02-05"),
    )


def test_two_sexes_are_listed_once_a_cluster():
    sexes = ["male", "female", "male", None, "female", "female"]
    found = conflicts(table(sex=sexes), labels(0, 0, 0, 3, 4, 4))
    assert found == (Conflict(0, 0, 1, "sex", "male; female"),)


def test_two_places_on_the_same_day():
    days = [DAY_2031, DAY_2031, DAY_2031, DAY_2031 + 1, DAY_2031]
    until = [DAY_2031, DAY_2031, DAY_2031, DAY_2031 + 1, DAY_2031 + 5]
    places = ["tamrud", "oskelan", "tamrud old town", "mzikara", "mzikara"]
    found = conflicts(table(date_low=days, date_high=until, place=places), labels(0, 0, 0, 0, 0))
    assert found == (
        Conflict(0, 0, 1, "place", "tamrud; oskelan; both on 2031-01-02"),
        Conflict(0, 1, 2, "place", "oskelan; tamrud old town; both on 2031-01-02"),
    )


def test_names_in_conflict_within_a_cluster():
    pairs = Pairs(labels(0, 0), labels(1, 2), np.zeros(2), np.ones(2, dtype=np.bool_))
    found = conflicts(table(sex=["male"] * 3), labels(0, 0, 2), pairs)
    assert found == (Conflict(0, 0, 1, "name", "two names that have nothing in common"),)


def test_nobody_and_everyone_alone():
    assert conflicts(table(sex=[]), labels()) == ()
    assert conflicts(table(sex=["male", "female"]), labels(0, 1)) == ()


def test_a_table_of_another_size_is_refused():
    with pytest.raises(LinkageError, match="1 rows of traits for 2 records"):
        conflicts(table(sex=["male"]), labels(0, 0))


def test_a_million_records():
    rng = np.random.default_rng(3)
    size = 1_000_000
    person = np.sort(rng.integers(0, 400_000, size))
    first = np.searchsorted(person, person)
    born = (person * 7 % 20_000 + (rng.random(size) < 0.05)).astype(np.int32)
    sex = pa.array(np.where((person + (rng.random(size) < 0.01)) % 2 > 0, "male", "female"))
    traits = pa.table({"born_low": born, "born_high": born, "sex": sex})
    begun = time.perf_counter()
    found = conflicts(traits, first.astype(np.int64))
    assert time.perf_counter() - begun < 20
    assert all(born[c.a] != born[c.b] for c in found if c.kind == "birth")
    several = set(np.unique(first[born != born[first]]).tolist())
    assert {c.person for c in found if c.kind == "birth"} == several
