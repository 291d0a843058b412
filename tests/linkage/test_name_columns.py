"""Name columns: what of names is compared."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked import FIVE_SCRIPTS

from everyname.linkage.name_columns import name_columns
from everyname.linkage.rarity import PACKED_MODULUS


def columns(*names):
    return name_columns(pl.Series("name", names, dtype=pl.String)).frame.rows(named=True)


def test_a_name_in_any_script_and_order_is_one_name():
    latin, cyrillic = columns("Ivan Tomarov", "Томаров, Иван")
    assert latin == cyrillic
    assert latin["name"] == "ivan tomarov"


@pytest.mark.parametrize(("name", "other"), [person[:2] for person in FIVE_SCRIPTS])
def test_names_in_five_scripts_share_the_skeletons_of_two_parts(name, other):
    one, two = columns(name, other)
    assert len(set(one["tokens"]) & set(two["tokens"])) >= 2


def test_short_names_that_differ_in_their_vowels_share_a_skeleton_but_no_sound():
    for name, other in (("Hassan", "Hussein"), ("Amr", "Omar")):
        one, two = columns(name, other)
        assert one["tokens"] == two["tokens"], name
        assert not set(one["sounds"]) & set(two["sounds"]), name


def test_a_sound_that_comes_twice_is_told_from_one_that_comes_once():
    once, twice = columns("Hassan", "Hassan Hassan")
    assert len(set(twice["sounds"])) == 2
    assert set(once["sounds"]) < set(twice["sounds"])


def test_numbers_of_children_are_kept():
    names = ["Child 1 of Ahmed Ali", "Child 2 of Ahmed Ali", "Ali"]
    assert [c["digits"] for c in columns(*names)] == [
        "1", "2", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", [None, "unidentified man", "N.N.", "Неизвестный", "wife of Ivan Tomarov", "?", " "]
)
def test_what_names_nobody_gives_no_name(text):
    (found,) = columns(text)
    assert (found["name"], found["bones"]) == (None, None)
    assert not found["tokens"]


def bits(name):
    return [token % PACKED_MODULUS / 32 for token in name["tokens"]]


def test_the_bits_of_a_part_are_those_of_its_frequency():
    found = columns(*["Boris Tomarov"] * 3, "Marta Tomarov")
    assert [sorted(bits(name)) for name in found] == [
        pytest.approx([1 / 32, 0.415], abs=1 / 32)] * 3 + [pytest.approx([1 / 32, 2], abs=1 / 32)
    ]  # fmt: skip


def test_the_chance_of_sharing_a_name_is_that_of_drawing_its_parts():
    # Four people: two given names, two family names, each borne by half.
    names = [f"{given} {family}" for given in ("Boris", "Marta") for family in ("Kelin", "Tomarov")]
    found = name_columns(pl.Series("name", names))
    assert found.whole.tolist() == [0.25, 0, 0, 0, 0, 0, 0]
    # One part or the other (1/2 each), or both (1/4): how such pairs spread over the classes.
    assert found.part.tolist() == [1.25, 0, 0, 0, 0, 0, 0]


def test_no_names():
    found = name_columns(pl.Series("name", [None, "N.N."], dtype=pl.String))
    assert found.frame["name"].to_list() == [None, None]
    assert not found.whole.any()
    assert not found.part.any()


PARTS = st.sampled_from(["Ivan", "Иван", "Hassan", "Hussein", "Kim", "1", "Abd al-Rahman", "მარია"])


@given(st.lists(st.lists(PARTS, max_size=9).map(" ".join), max_size=12), st.randoms())
@settings(deadline=None, max_examples=60)
def test_each_name_is_read_alike_wherever_it_stands(names, random):
    order = list(range(len(names)))
    random.shuffle(order)
    found = name_columns(pl.Series("name", names, dtype=pl.String))
    mixed = name_columns(pl.Series("name", [names[n] for n in order], dtype=pl.String))
    assert mixed.frame.rows() == [found.frame.row(n) for n in order]
    assert np.allclose(found.whole, mixed.whole)
    assert found.whole.sum() <= 1 + 1e-9
