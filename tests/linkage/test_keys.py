"""Keys: by what candidates for one person are looked up."""

from __future__ import annotations

import polars as pl
import pytest
from linked import FIVE_SCRIPTS, values

from everyname.linkage.keys import families
from everyname.linkage.traits import traits_of


def shared(one, other):
    """Families in which two records share a key."""
    traits = traits_of(values([one, other]))
    return {
        family
        for family, keys in families(traits)
        if keys.group_by("key").agg(n=pl.col("id").n_unique())["n"].max() == 2
    }


@pytest.mark.parametrize("person", FIVE_SCRIPTS, ids=lambda p: p[0])
def test_a_name_finds_itself_in_another_script(person):
    assert {"part of name", "two parts of name"} <= shared({"name": person[0]}, {"name": person[1]})


def test_days_next_to_each_other_share_a_key():
    for day in ("2031-01-02", "2031-01-03", "2031-01-04"):
        following = f"2031-01-{int(day[-2:]) + 1:02d}"
        assert shared({"name": "Ivan", "date": day}, {"name": "Ivan", "date": following}) & {
            "name, day", "name, day, shifted",
        }, day  # fmt: skip
    assert not shared({"date": "2031-01-02"}, {"date": "2031-01-04"})


def test_ages_next_to_each_other_share_a_key():
    for age in range(30, 34):
        one, other = ({"name": "Ivan", "age": str(a)} for a in (age, age + 1))
        assert shared(one, other) & {"name, age", "name, age, shifted"}, age


@pytest.mark.parametrize(
    ("one", "other", "family"),
    [
        ({"name": "Ivan Tomarov"}, {"name": "Tomarov Ivan"}, "whole name"),
        ({"name": "Ivan Tomarov"}, {"name": "Boris Tomarov"}, "part of name"),
        ({"name": "Ivan", "birth_date": "1990"}, {"name": "Ivan", "birth_date": "1990-01-01"},
         "name, birth year"),
        ({"name": "Ivan", "place": "Alder, South"}, {"name": "Ivan", "place": "Oskelan, South"},
         "name, area"),
        ({"name": "Ivan", "residence_code": "3169"}, {"name": "Ivan", "residence_code": "31 96"},
         "name, signs of residence_code"),
        ({"birth_date": "1990-05-01", "date": "2031-01-02"},
         {"birth_date": "1990-05-01", "date": "2031-01-02"}, "birth, day"),
        ({"date": "2031-01-02", "place": "Tamrud", "age": "34"},
         {"date": "2031-01-02", "place": "Tamrud", "age": "35"}, "day, place, age"),
        ({"residence_address": "Mill Road 4"}, {"residence_address": "4, Mill Road"}, "two words"),
        ({"residence_address": "Mill Road", "date": "2031-01-02"},
         {"residence_address": "Mill Lane", "date": "2031-01-02"}, "word, day"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_two_records_share_brings_them_together(one, other, family):
    assert family in shared(one, other)


def test_what_nearly_everybody_shares_brings_nobody_together():
    for same in ({"sex": "male"}, {"age": "34"}):
        assert shared(same, same) == set()


def test_records_that_state_nothing_have_no_keys():
    assert list(families(traits_of(values([{}, {"name": "N.N."}])))) == []
    assert list(families(traits_of(values([])))) == []


def test_each_key_of_a_record_comes_once_and_in_one_family():
    row = {"name": "Ivan Ivan Petr Tomarov Tomarov", "date": "2031-01-02", "place": "A, A, B",
           "residence_address": "Mill Road Mill Road", "age": "34"}  # fmt: skip
    keys = pl.concat(keys for _, keys in families(traits_of(values([row, row]))))
    assert keys.n_unique() == keys.height
