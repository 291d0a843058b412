"""Classes: what a record says of a field."""

from __future__ import annotations

import pytest
from counted import filed

from everyname.counts import COUNTABLE, classes_of
from everyname.ledger import Locator, Record, Statement


def classes(field: str, elderly_from: int | None = None, **fields: str) -> tuple[str, ...]:
    return classes_of(filed("a", 1, **fields).record, field, elderly_from)


@pytest.mark.parametrize("field", COUNTABLE)
def test_a_record_that_says_nothing(field):
    assert classes(field) == ()


def test_what_is_stated():
    assert classes("sex", sex="male") == ("male",)
    assert classes("fate", fate="killed|identified_remains") == ("killed", "identified_remains")
    assert classes("place_origin", place_origin="Tamrud") == ("Tamrud",)


def test_what_a_source_denies_or_does_not_know_is_no_class():
    said = (Statement("sex", "male", "denied"), Statement("sex", "unknown", "unknown"))
    record = Record("a", "person", "1", "d" * 64, Locator("", 2), said, ())
    assert classes_of(record, "sex", None) == ()


@pytest.mark.parametrize(
    ("fields", "band", "group", "with_elderly"),
    [
        ({"age": "17"}, ("child",), ("child",), ("child",)),
        ({"age": "18"}, ("adult",), ("adult",), ("adult",)),
        ({"age": "70"}, ("adult",), ("adult",), ("elderly",)),
        ({"age": "60/70"}, ("adult",), ("adult",), ()),
        ({"age": "17~"}, (), (), ()),
        ({"age": "17~", "age_band": "child"}, ("child",), ("child",), ("child",)),
        ({"age_band": "child"}, ("child",), ("child",), ("child",)),
        # "Adult" says nothing on elderly; "elderly" is an adult, and a band only where declared.
        ({"age_band": "adult"}, ("adult",), ("adult",), ()),
        ({"age_band": "elderly"}, (), ("adult",), ("elderly",)),
        # What is reckoned from an age goes before a stated band.
        ({"age": "30", "age_band": "child"}, ("adult",), ("adult",), ("adult",)),
        ({"birth_date": "2020", "date": "2031-05-01"}, ("child",), ("child",), ("child",)),
        ({"birth_date": "2013", "date": "2031-05-01"}, (), (), ()),
        ({"birth_date": "2013"}, (), (), ()),
        ({"birth_date": "1900-01-01", "date": "2031"}, (), (), ()),
        ({"birth_date": "2032-01-01", "date": "2031"}, (), (), ()),
    ],
)
def test_age_bands(fields, band, group, with_elderly):
    assert classes("age_band", **fields) == band
    assert classes("age_group", **fields) == group
    assert classes("age_group", 65, **fields) == group
    assert classes("age_band", 65, **fields) == with_elderly


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2031-05-01", {"year": ("2031",), "month": ("2031-05",), "day": ("2031-05-01",)}),
        ("2031-05", {"year": ("2031",), "month": ("2031-05",), "day": ()}),
        ("2031-05-30/2031-06-02", {"year": ("2031",), "month": (), "day": ()}),
        ("2030/2031", {"year": (), "month": (), "day": ()}),
    ],
)
def test_periods(date, expected):
    assert {field: classes(field, date=date) for field in expected} == expected
