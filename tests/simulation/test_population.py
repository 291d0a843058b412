"""Fictional persons: whole, consistent, and treated alike whatever their names."""

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.simulation.coverage import Reach, chances, draw_coverage
from everyname.simulation.mistakes import Habits, mistype, note_person
from everyname.simulation.names import Name, family_name, father_name
from everyname.simulation.partners import LISTS
from everyname.simulation.population import Person, draw_population
from everyname.simulation.scenario import Scenario
from everyname.simulation.spelling import own_script

PERSON = Person(
    id="P00001",
    family=1,
    locale="ka_GE",
    name=Name("ნინო", "ბერიძე", "გია"),
    sex="female",
    birth_date=date(2000, 5, 1),
    age=30,
    date=date(2031, 4, 6),
    place="Oskelan",
    fate="killed",
    status="civilian",
)


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    return draw_population(Scenario(persons=3000), np.random.default_rng(7))


def test_as_many_as_asked_for(people):
    fates = Counter(person.fate for person in people)
    assert fates["killed"] + fates["died_of_conditions"] == 3000
    assert fates["missing"] == 90
    assert len({person.id for person in people}) == 3090


def test_age_is_in_completed_years_at_the_incident(people):
    for person in people:
        had_birthday = (person.date.month, person.date.day) >= (
            person.birth_date.month,
            person.birth_date.day,
        )
        years = person.date.year - person.birth_date.year - (not had_birthday)
        assert years == person.age, person
        assert person.date.year == 2031


def test_only_grown_men_serve(people):
    armed = [person for person in people if person.status == "armed_forces"]
    assert armed
    assert {person.sex for person in armed} == {"male"}
    assert min(person.age for person in armed) >= 18


def test_some_families_are_wiped_out_in_one_incident(people):
    families = defaultdict(list)
    for person in people:
        families[person.family].append(person)
    together = [
        members
        for members in families.values()
        if len(members) >= 3 and len({person.place for person in members}) == 1
    ]
    assert len(together) > 30


def test_a_list_without_the_missing_holds_none():
    reaches = [Reach(base=9.0), Reach(base=9.0, missing=0.0), Reach(base=0.0, remote=-50.0)]
    people = [
        PERSON,
        Person(**{**_fields(PERSON), "fate": "missing"}),
        Person(**{**_fields(PERSON), "place": "Zarbek"}),
    ]
    found = chances(people, reaches, np.zeros(3))
    assert found.round(2).tolist() == [[1.0, 1.0, 0.5], [0.0, 1.0, 0.0], [1.0, 1.0, 0.0]]


def test_coverage_does_not_depend_on_names():
    other = Person(**{**_fields(PERSON), "locale": "hy_AM", "name": Name("Անի", "Սարյան", "")})
    reaches = [design.reach for design in LISTS]
    one, two = (
        draw_coverage([each] * 50, reaches, np.random.default_rng(3)) for each in (PERSON, other)
    )
    assert one.tolist() == two.tolist()


def test_a_clerk_without_bad_habits_notes_the_truth():
    never = Habits(**dict.fromkeys(Habits.__dataclass_fields__, 0.0))
    entry = note_person(PERSON, own_script, never, np.random.default_rng(1))
    assert (entry.name, entry.sex, entry.age, entry.birth_date, entry.date, entry.fate) == (
        PERSON.name,
        "female",
        30,
        date(2000, 5, 1),
        date(2031, 4, 6),
        "killed",
    )


@given(st.text("abcdefgh", min_size=1, max_size=12), st.integers(0, 1000))
def test_a_slip_changes_at_most_one_place_after_the_first_letter(word, seed):
    slipped = mistype(word, np.random.default_rng(seed))
    assert slipped[0] == word[0]
    assert abs(len(slipped) - len(word)) <= 1
    assert not (Counter(word) - Counter(slipped)).total() > 1


@pytest.mark.parametrize(
    ("name", "locale", "female"),
    [
        ("Иванов", "ru_RU", "Иванова"),
        ("Донской", "ru_RU", "Донской"),
        ("Ковальський", "uk_UA", "Ковальська"),
        ("Παππάς", "el_GR", "Παππά"),
        ("Quliyev", "az_AZ", "Quliyeva"),
        ("ბერიძე", "ka_GE", "ბერიძე"),
    ],
)
def test_family_names_take_the_form_of_the_sex(name, locale, female):
    assert family_name(name, "male", locale) == name
    assert family_name(name, "female", locale) == female


@pytest.mark.parametrize(
    ("father", "locale", "son", "daughter"),
    [
        ("Иван", "ru_RU", "Иванович", "Ивановна"),
        ("Андрей", "ru_RU", "Андреевич", "Андреевна"),
        ("Rauf", "az_AZ", "Rauf oğlu", "Rauf qızı"),
        ("გია", "ka_GE", "გია", "გია"),
    ],
)
def test_children_are_called_after_their_father(father, locale, son, daughter):
    assert father_name(father, "male", locale) == son
    assert father_name(father, "female", locale) == daughter


def _fields(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in Person.__dataclass_fields__}
