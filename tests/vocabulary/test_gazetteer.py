"""Gazetteer: what a text names, and what lies within what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.gazetteer import Found, Gazetteer, distance_km
from everyname.vocabulary.gazetteer_place import GazetteerPlace
from everyname.vocabulary.gazetteer_problems import problems

COUNTRY = GazetteerPlace("Valleyland", "country", names=("Вадиланд",))
NORTH = GazetteerPlace("North", "district", within="Valleyland")
SOUTH = GazetteerPlace("South", "district", within="Valleyland", names=("Cənub",))
TARN = GazetteerPlace(
    "Tarn", "settlement", 40.0, 46.0, "North", ("Tarın", "Тарн", "تارن", "Tarn-on-Water")
)
TARN_DISTRICT = GazetteerPlace("Tarn district", "district", within="Valleyland", names=("Tarn",))
MILL = GazetteerPlace("Alder Mill", "settlement", 41.0, 46.0, "North")
OTHER_MILL = GazetteerPlace("Alder Mill", "settlement", within="South")
CAMP = GazetteerPlace("Reed camp", "neighbourhood", within="Alder Mill, South")
TENT = GazetteerPlace("Tent 4", "site", within="Reed camp, Alder Mill")
VALLEY = Gazetteer((COUNTRY, NORTH, SOUTH, TARN, TARN_DISTRICT, MILL, OTHER_MILL, CAMP, TENT))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("valleyland", COUNTRY),
        ("ВАДИЛАНД", COUNTRY),
        ("Tarın", TARN),
        ("tarin", TARN),
        ("Тарн, North", TARN),
        ("تارن", TARN),
        ("Tarn on Water", TARN),
        # A word for a kind of place tells the town from the district.
        ("Tarn town", TARN),
        ("town of Tarn", TARN),
        ("Tarn (town)", TARN),
        ("Tarn rayonu", TARN_DISTRICT),
        ("Tarn district, Valleyland", TARN_DISTRICT),
        # Places within places, in either order.
        ("Alder Mill, North", MILL),
        ("Alder Mill (South)", OTHER_MILL),
        ("Valleyland > Cənub > Alder Mill", OTHER_MILL),
        ("Reed camp", CAMP),
        ("Reed camp, Alder Mill", CAMP),
        ("North, Valleyland", NORTH),
        # Spellings of one place beside each other are one place.
        ("Tarın / Тарн", TARN),
    ],
)
def test_the_narrowest_place_named_is_found(text, place):
    assert VALLEY.look_up(text) == Found(place)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nowhere", Found(None, "it is not in the gazetteer")),
        ("", Found(None, "it is not in the gazetteer")),
        ("?!", Found(None, "it is not in the gazetteer")),
        ("Alder Mill", Found(None, "it may be Alder Mill, North or Alder Mill, South")),
        ("Alder Mill, Valleyland", Found(None, "it may be Alder Mill, North or Alder Mill, South")),
        ("Tarn", Found(None, "it may be Tarn or Tarn district")),
        (
            "Tarn, Cənub",
            Found(None, "Tarn and Cənub: in the gazetteer, and not one within the other"),
        ),
        ("Alder Mill camp", Found(None, "it is not in the gazetteer")),
        ("Mill Lane 4, Alder Mill, North", Found(MILL, "not in the gazetteer: Mill Lane 4")),
    ],
)
def test_what_is_not_found_has_a_reason(text, found):
    assert VALLEY.look_up(text) == found
    assert VALLEY.find(text) == found.place


def test_of_many_places_of_one_name_some_are_told():
    districts = tuple(GazetteerPlace(f"D{n}", "district") for n in range(7))
    places = tuple(GazetteerPlace("Ford", within=place.name) for place in districts)
    assert Gazetteer(districts + places).look_up("Ford").reason == (
        "it may be Ford, D0 or Ford, D1 or Ford, D2 or Ford, D3 or Ford, D4 or 2 others"
    )


def test_a_name_of_the_place_itself_and_of_another_is_ambiguous_in_another_case_too():
    places = (GazetteerPlace("Ford", "settlement"), GazetteerPlace("Fords", names=("FORD",)))
    assert Gazetteer(places).look_up("ford") == Found(None, "it may be Ford or Fords")


def test_the_spelling_as_listed_comes_before_the_spelling_without_accents():
    susa, shusha = GazetteerPlace("Susa"), GazetteerPlace("Şuşa")
    both = Gazetteer((susa, shusha))
    assert (both.find("Susa"), both.find("ŞUŞA"), both.find("Shusha")) == (susa, shusha, shusha)


def test_what_lies_within_what():
    assert VALLEY.chain(TENT) == (CAMP, OTHER_MILL, SOUTH, COUNTRY)
    assert VALLEY.chain(COUNTRY) == ()
    assert VALLEY.lies_within(CAMP, SOUTH)
    assert VALLEY.lies_within(CAMP, CAMP)
    assert not VALLEY.lies_within(SOUTH, CAMP)
    assert not VALLEY.lies_within(CAMP, NORTH)
    assert VALLEY.common(CAMP, MILL) == COUNTRY
    assert VALLEY.common(CAMP, SOUTH) == SOUTH
    assert VALLEY.common(MILL, TARN) == NORTH
    assert Gazetteer((MILL_ALONE, TARN_ALONE)).common(MILL_ALONE, TARN_ALONE) is None
    assert VALLEY.widened(CAMP, "settlement") == OTHER_MILL
    assert VALLEY.widened(MILL, "settlement") == MILL
    assert VALLEY.widened(NORTH, "settlement") is None


MILL_ALONE, TARN_ALONE = GazetteerPlace("Alder Mill"), GazetteerPlace("Tarn")


def test_a_place_of_another_gazetteer_is_refused():
    with pytest.raises(ValueNotUnderstood, match="this place is not in the gazetteer"):
        VALLEY.chain(MILL_ALONE)


def test_distances():
    assert distance_km(TARN, MILL) == pytest.approx(111.195, abs=0.001)
    assert distance_km(TARN, CAMP) is None


def test_no_two_places_have_the_same_label():
    places = (
        GazetteerPlace("Tarn", "settlement", within="North"),
        GazetteerPlace("Tarn", "neighbourhood", within="Tarn (settlement), North"),
        GazetteerPlace("tarn", "district", within="North"),
        GazetteerPlace("North", "region"),
        GazetteerPlace("Tarn", "settlement"),
    )
    gazetteer = Gazetteer(places)
    assert [gazetteer.label(place) for place in places] == [
        "Tarn (settlement), North",
        "Tarn, Tarn",
        "tarn (district), North",
        "North",
        "Tarn",
    ]


@pytest.mark.parametrize(
    ("places", "part", "found"),
    [
        ([GazetteerPlace("?")], "name", "a name has no letter or digit"),
        ([GazetteerPlace("Tarn", names=("-",))], "names", "a name has no letter or digit"),
        ([GazetteerPlace("Tarn", "hamlet")], "precision", "'hamlet' is not a precision"),
        ([GazetteerPlace("Tarn", latitude=4.0)], "longitude", "there is no longitude"),
        ([GazetteerPlace("Tarn", longitude=4.0)], "latitude", "there is no latitude"),
        (
            [GazetteerPlace("Tarn", latitude=90.1, longitude=0)],
            "latitude",
            "90.1 is beyond 90 degrees",
        ),
        ([GazetteerPlace("Tarn", within="North")], "within", "there is no place 'North'"),
        ([GazetteerPlace("Tarn", within="Tarn")], "within", "there is no place 'Tarn'"),
        (
            [GazetteerPlace("Tarn", "district", within="Mill"), GazetteerPlace("Mill", "site")],
            "within",
            "'Mill' is narrower than a district",
        ),
        (
            [MILL, OTHER_MILL, NORTH, SOUTH, COUNTRY, GazetteerPlace("Reed", within="Alder Mill")],
            "within",
            "2 places are called 'Alder Mill'",
        ),
        ([MILL_ALONE, GazetteerPlace("alder mill")], "name", "'alder mill' is listed twice"),
        (
            [GazetteerPlace("A", within="B"), GazetteerPlace("B", within="C"),
             GazetteerPlace("C", within="B")],
            "within",
            "places lie within each other: B within C within B",
        ),
    ],
)  # fmt: skip
def test_what_keeps_places_from_being_a_gazetteer(places, part, found):
    (problem, *_) = problems(places)
    assert (problem.part, problem.found) == (part, found)
    assert problem.do
    with pytest.raises(ValueNotUnderstood):
        Gazetteer(tuple(places))


def test_a_long_chain_is_followed_to_its_end():
    number = 5_000
    places = tuple(
        GazetteerPlace(f"P{n}", within=f"P{n + 1}" if n < number else "") for n in range(number + 1)
    )
    gazetteer = Gazetteer(places)
    assert len(gazetteer.chain(places[0])) == number


NAMES = st.text(st.sampled_from("abAB şı,/(ТاД"), min_size=1, max_size=6)


@given(st.lists(NAMES, max_size=6), st.text(max_size=30))
def test_every_label_is_found_again_and_no_text_breaks_it(names, text):
    places = tuple(GazetteerPlace(name) for name in names)
    if any(True for _ in problems(places)):
        return
    gazetteer = Gazetteer(places)
    labels = [gazetteer.label(place) for place in places]
    assert len(set(labels)) == len(labels)
    found, reason = gazetteer.look_up(text)
    assert found is not None or reason
