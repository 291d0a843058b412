import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import VICTIM_CLASSES, conditions, victim_class


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all", ()),
        ("civilians", (("status", "civilian"),)),
        ("children", (("age_group", "child"),)),
        ("women", (("age_group", "adult"), ("sex", "female"))),
        ("men", (("age_group", "adult"), ("sex", "male"))),
        ("women and girls", (("sex", "female"),)),
        ("men and boys", (("sex", "male"),)),
        ("elderly", (("age_band", "elderly"),)),
        ("combatants", None),
        ("inhabitants or defenders", None),
        ("mostly women and children", None),
    ],
)
def test_conditions_of_a_class(name, expected):
    assert conditions(name) == expected


def test_spellings_have_one_name():
    assert victim_class(" Women  and GIRLS ") == "women and girls"
    assert victim_class("Minors") == "children"
    assert victim_class("Inhabitants or  Defenders") == "inhabitants or defenders"


def test_conditions_are_sorted_so_that_equal_ones_are_equal():
    for name in VICTIM_CLASSES:
        found = conditions(name)
        assert found is None or list(found) == sorted(found)


@given(st.text())
def test_naming_a_class_twice_changes_nothing(text):
    assert victim_class(victim_class(text)) == victim_class(text)
