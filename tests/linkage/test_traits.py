"""Traits: what of records is compared."""

from __future__ import annotations

import polars as pl
import pytest
from linked import values

from everyname.ledger import Locator, Record, Statement
from everyname.linkage import FIELDS, full_name, traits_of
from everyname.vocabulary import FIELDS as VOCABULARY

FULL = {
    "name": "Tomarov, Ivan", "sex": "male", "age": "34", "date": "2031-01-02",
    "birth_date": "1996-05-17", "place": "Верхний Лог, Southern district",
    "latitude": "41.5", "longitude": "44.25", "occupation": "Учитель",
    "place_origin": "Tamrud", "residence_address": "Mill Road 4", "residence_place": "Oskelan",
    "residence_code": "31 69",
}  # fmt: skip
STATED = {
    "name": "ivan tomarov",
    "bones": "fn tmrf",
    "tokens": [1, 1025],
    "parts": ["ivan", "tomarov"],
    "born_digits": "19960517",
    "digits": "",
    "sex": "male",
    "born_low": 9633,
    "born_high": 9633,
    "born_year": 1996,
    "born_month": 5,
    "born_day": 17,
    "date_low": 22281,
    "date_high": 22281,
    "place": "verkhniy log southern district",
    "place_parts": ["verkhniy log", "southern district"],
    "latitude": 41.5,
    "longitude": 44.25,
    "place_origin": "tamrud",
    "residence_address": "mill road 4",
    "residence_place": "oskelan",
    "residence_code": "31 69",
    "occupation": "uchitel",
    "age_low": 34.0,
    "age_high": 34.0,
}


def row(**fields):
    """Traits of one record."""
    return traits_of(values([fields])).frame.row(0, named=True)


def test_every_field_of_a_record_becomes_traits():
    found = row(**FULL)
    assert {trait: found.get(trait) for trait in STATED} == STATED
    classes = {trait: value for trait, value in found.items() if trait.endswith("_class")}
    # Of one record, everything is as common as can be.
    assert classes == {
        f"{each}_class": 0
        for each in (
            "name", "bones", "place", "place_origin", "residence_address", "residence_place",
            "residence_code", "occupation", "birth", "date", "event",
        )
    }  # fmt: skip


def test_a_record_that_states_nothing_has_no_traits():
    found = row()
    assert {trait for trait, value in found.items() if value not in (None, -1)} == {"unique_id"}


def test_an_empty_text_states_nothing():
    assert row(**dict.fromkeys(FIELDS, "")) == row()


def test_no_records():
    traits = traits_of(values([]))
    assert len(traits) == 0
    assert traits.stated("name") == 0
    assert traits.table.num_rows == 0


def test_columns_that_are_missing_or_not_compared_are_passed_over():
    frame = pl.DataFrame({"name": ["Ivan Tomarov"], "note": ["seen by nobody"], "best": [613]})
    found = traits_of(frame).frame.row(0, named=True)
    assert found == row(name="Ivan Tomarov")


def test_only_fields_of_the_vocabulary_are_compared():
    assert set(FIELDS) <= set(VOCABULARY)


def test_records_that_state_something_are_counted():
    traits = traits_of(values([{"name": "Ivan"}, {"name": "N.N."}, {"sex": "male"}]))
    assert [traits.stated(trait) for trait in ("name", "sex", "place")] == [1, 1, 0]


def test_a_name_is_put_together_from_its_parts():
    parts = {"given_name": "Ivan", "father_name": "Petr", "family_name": "Tomarov"}
    assert row(**parts)["name"] == "ivan petr tomarov"
    assert row(**parts, name="I. Tomarov")["name"] == "i tomarov"


def test_the_full_name_of_a_record():
    def record(**fields: str) -> Record:
        statements = tuple(Statement(field, value) for field, value in fields.items())
        return Record("list", "person", "1", "d" * 64, Locator("", 2), statements, ())

    parts = {"given_name": "Ivan", "father_name": "Petr", "family_name": "Tomarov"}
    assert full_name(record(**parts)) == "Ivan Petr Tomarov"
    assert full_name(record(**parts, name="I. Tomarov")) == "I. Tomarov"
    assert full_name(record(sex="male")) == ""


@pytest.mark.parametrize(
    ("date", "low", "high"),
    [
        ("2031", 22280, 22644),
        ("2031-03", 22339, 22369),
        ("2031-03~", 22339, 22369),
        ("2031?", 22280, 22644),
        ("2031-02-25/2031-02-26", 22335, 22336),
        ("2031-02-30", None, None),
        ("early spring", None, None),
    ],
)
def test_dates_are_intervals(date, low, high):
    found = row(date=date)
    assert (found["date_low"], found["date_high"]) == (low, high)
    found = row(birth_date=date)
    assert (found["born_low"], found["born_high"]) == (low, high)


def test_only_a_birth_date_known_to_the_day_has_a_day_and_month():
    found = row(birth_date="1990-05")
    assert (found["born_year"], found["born_month"], found["born_day"]) == (None, None, None)


def test_the_date_of_death_stands_in_for_the_incident():
    assert row(date_of_death="2031-01-02")["date_low"] == 22281
    assert row(date_of_death="2031-01-02", date="2031-01-01")["date_low"] == 22280


@pytest.mark.parametrize(
    ("age", "low", "high"),
    [("34", 34, 34), ("34~", 34, 34), ("30/39", 30, 39), ("0.5", 0.5, 0.5), ("0", 0, 0),
     ("121", None, None), ("old", None, None)],
)  # fmt: skip
def test_ages_are_intervals(age, low, high):
    found = row(age=age)
    assert (found["age_low"], found["age_high"]) == (low, high)


@pytest.mark.parametrize(
    ("born", "date", "expected"),
    [
        ("1990", "2031-03-05", (40, 41)),
        ("1990-03-06", "2031-03-05", (40, 40)),
        ("2031-03-01", "2031-03-05", (0, 0)),
        # No life spans these.
        ("1850-01-01", "2031-03-05", (None, None)),
        ("2040-01-01", "2031-03-05", (None, None)),
        ("1990", "", (None, None)),
    ],
)
def test_the_age_follows_from_birth_and_incident(born, date, expected):
    found = row(birth_date=born, date=date)
    assert (found["age_low"], found["age_high"]) == expected


def test_a_stated_age_goes_before_one_that_follows():
    assert row(age="12", birth_date="1990", date="2031")["age_low"] == 12


def test_a_sex_that_tells_nothing_is_not_compared():
    assert [row(sex=sex)["sex"] for sex in ("female", "other", "unknown", "?")] == [
        "female", "other", None, None,
    ]  # fmt: skip


def test_a_rare_day_and_place_are_told_from_a_common_one():
    crowd = [{"date": "2031-01-02", "place": "Tamrud"}] * 60
    alone = [{"date": "2031-01-02", "place": "Oskelan"}] * 4
    frame = traits_of(values(crowd + alone)).frame
    assert frame["event_class"].to_list() == [0] * 60 + [1] * 4
    assert frame["date_class"].to_list() == [0] * 64
