from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import PartialDate

dates = st.builds(
    lambda a, b, approximate, uncertain: PartialDate(min(a, b), max(a, b), approximate, uncertain),
    st.dates(),
    st.dates(),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate", "uncertain"),
    [
        ("1992-02-26", date(1992, 2, 26), date(1992, 2, 26), False, False),
        ("1992-02", date(1992, 2, 1), date(1992, 2, 29), False, False),
        ("1992", date(1992, 1, 1), date(1992, 12, 31), False, False),
        ("1992-02-25/1992-02-26", date(1992, 2, 25), date(1992, 2, 26), False, False),
        ("1992-03~", date(1992, 3, 1), date(1992, 3, 31), True, False),
        ("1992?", date(1992, 1, 1), date(1992, 12, 31), False, True),
        ("1992%", date(1992, 1, 1), date(1992, 12, 31), True, True),
        ("1992-11/1993-01", date(1992, 11, 1), date(1993, 1, 31), False, False),
        ("1990/1999", date(1990, 1, 1), date(1999, 12, 31), False, False),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31), False, False),
        ("0001", date(1, 1, 1), date(1, 12, 31), False, False),
    ],
)
def test_edtf_text_is_an_interval_and_comes_back_unchanged(text, low, high, approximate, uncertain):
    found = PartialDate.from_edtf(text)

    assert found == PartialDate(low, high, approximate, uncertain)
    assert found.edtf == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("199X", "1990/1999"),
        ("19XX", "1900/1999"),
        ("1992-XX-XX", "1992"),
        ("1992-02-XX", "1992-02"),
        ("1992-21", "1992-03/1992-05"),
        ("1992-23~", "1992-09~/1992-11~"),
        ("1992-24", "1991-12/1993-02"),
        ("1992-29", "1992-09/1992-11"),
    ],
)
def test_unspecified_digits_widen_the_interval(text, canonical):
    assert PartialDate.from_edtf(text).edtf == canonical


@pytest.mark.parametrize(
    "text",
    [
        "1992-02-31",
        "1992-13",
        "1992-20",
        "1992-33",
        "0001-24",
        "0000",
        "1992/1991",
        "1992/..",
        "92",
        "",
        "1992-2-6",
        "a/b/c",
        "199X-02",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueNotUnderstood):
        PartialDate.from_edtf(text)


@given(dates)
def test_edtf_text_keeps_the_interval_and_the_marks(found):
    assert PartialDate.from_edtf(found.edtf) == found


@given(dates, dates)
def test_dates_overlap_exactly_where_they_can_be_no_days_apart(one, other):
    low, high = one.days_apart(other)

    assert (low == 0) == one.overlaps(other) == other.overlaps(one)
    assert 0 <= low <= high
    assert (low, high) == other.days_apart(one)


@given(dates, dates)
def test_what_lies_within_overlaps(one, other):
    assert not one.within(other) or one.overlaps(other)


def test_days_apart_of_a_day_and_a_month():
    assert PartialDate.of(1992, 2, 26).days_apart(PartialDate.of(1992, 3)) == (4, 34)
    assert PartialDate.of(1992, 2, 26).days_apart(PartialDate.of(1992)) == (0, 309)


def test_a_day_is_exact_and_a_doubted_day_is_not():
    assert PartialDate.from_edtf("1992-02-26").exact
    assert not PartialDate.from_edtf("1992-02-26?").exact
    assert not PartialDate.from_edtf("1992-02").exact


def test_a_date_is_widened_as_far_as_the_calendar_goes():
    assert PartialDate.of(1992, 2, 26).widened(2).edtf == "1992-02-24/1992-02-28"
    assert PartialDate.of(9999, 12, 31).widened(2).edtf == "9999-12-29/9999-12-31"
