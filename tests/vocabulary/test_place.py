import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import Place
from everyname.vocabulary.place import can_hold, great_circle_km, stated_precision

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xocalı", "Xocalı"),
        ("Saint-Example", "saint example"),
        ("Ağdam", "Ağdam "),
        ("Прымерск", "prymersk"),
        ("Al-Mithal (camp)", "al mithal camp"),
        ("Éxample", "EXAMPLE"),
    ],
)
def test_spellings_of_one_place_share_a_key(one, other):
    assert Place(one).key == Place(other).key


def test_the_text_is_kept_as_it_is():
    place = Place(" Ağdam, Əsgəran ")

    assert (place.text, place.key, place.script) == (" Ağdam, Əsgəran ", "aghdam asgaran", "Latin")


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Alder Mill", "Alder Mill", ""),
        ("Alder Mill town", "Alder Mill", "settlement"),
        ("City of Alder Mill", "Alder Mill", "settlement"),
        ("district Alder Mill", "Alder Mill", "district"),
        ("Alder Mill kəndi", "Alder Mill", "settlement"),
        ("с. Ольхово", "Ольхово", "settlement"),
        ("р-н Ольхово", "Ольхово", "district"),
        ("مخيم المثال", "المثال", "neighbourhood"),
        ("town", "", "settlement"),
        ("Populated place", "", "settlement"),
        ("village of", "of", "settlement"),
        ("", "", ""),
    ],
)
def test_a_word_for_a_kind_of_place_is_told_from_the_name(text, name, precision):
    assert stated_precision(text) == (name, precision)


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("district", "settlement", True),
        ("settlement", "settlement", True),
        ("settlement", "district", False),
        ("unknown", "country", True),
        ("site", "unknown", True),
    ],
)
def test_a_place_holds_none_that_is_wider(outer, inner, expected):
    assert can_hold(outer, inner) is expected


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((0, 0), (0, 0), 0),
        # A quarter, a half of the circle, and one degree of it.
        ((0, 0), (90, 0), math.pi / 2 * 6371.0088),
        ((0, 0), (0, 180), math.pi * 6371.0088),
        ((10, 20), (11, 20), math.pi / 180 * 6371.0088),
        # Across the line at which a day begins.
        ((0, 179.5), (0, -179.5), math.pi / 180 * 6371.0088),
    ],
)
def test_distances_known_from_the_circle(one, other, kilometres):
    assert great_circle_km(one, other) == pytest.approx(kilometres, abs=1e-6)


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_and_at_most_half_the_circle(one, other):
    there = great_circle_km(one, other)
    assert there == pytest.approx(great_circle_km(other, one), abs=1e-6)
    assert 0 <= there <= math.pi * 6371.0088 + 1e-6
