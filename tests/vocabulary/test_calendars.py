from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import Reading, ReadOptions, parse_date
from everyname.vocabulary.calendars import calendar_flags, foreign, julian_lag, span


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "edtf"),
    [
        ("julian", 1917, 10, 25, "1917-11-07"),
        ("julian", 1900, 2, 29, "1900-03-13"),
        ("julian", 1918, None, None, "1918-01-14/1919-01-13"),
        # Nowruz of years on either side of leap years, from the official calendar of Iran.
        ("solar_hijri", 1357, 1, 1, "1978-03-21"),
        ("solar_hijri", 1375, 1, 1, "1996-03-20"),
        ("solar_hijri", 1376, 1, 1, "1997-03-21"),
        ("solar_hijri", 1399, 12, 30, "2021-03-20"),
        ("solar_hijri", 1403, 12, 30, "2025-03-20"),
        ("solar_hijri", 1370, 12, None, "1992-02-20/1992-03-20"),
        ("solar_hijri", 1285, 5, 14, "1906-08-04/1906-08-08"),
        ("hijri", 1412, 8, 22, "1992-02-24/1992-02-26"),
        ("hijri", 1445, 9, 1, "2024-03-10/2024-03-12"),
        ("hijri", 1300, 1, 1, "1882-11-11/1882-11-13"),
        ("thai_buddhist", 2535, 2, 26, "1992-02-26"),
        ("thai_buddhist", 2480, 12, 1, "1937-12-01"),
        ("thai_buddhist", 2480, None, None, "1937-01/1938-03"),
        ("gregorian", 1992, 2, None, "1992-02"),
    ],
)
def test_dates_of_other_calendars_are_these_days(calendar, year, month, day, edtf):
    assert span(calendar, year, month, day).edtf == edtf


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "part"),
    [
        ("julian", 1917, 2, 29, "no such date: 1917-02-29 in the Julian calendar"),
        ("solar_hijri", 1371, 12, 30, "no such date: 1371-12-30 in the Solar Hijri calendar"),
        ("solar_hijri", 1371, 13, 1, "no such date"),
        ("solar_hijri", 1992, 1, 1, "does not fit the Solar Hijri calendar"),
        ("hijri", 1412, 8, 31, "no such date"),
        ("thai_buddhist", 2480, 2, 26, "began in April"),
    ],
)
def test_what_no_calendar_has_is_refused(calendar, year, month, day, part):
    with pytest.raises(ValueNotUnderstood, match=part):
        span(calendar, year, month, day)


@given(st.integers(1304, 1500))
def test_solar_years_follow_each_other_without_a_gap(year):
    days = [span("solar_hijri", year, month) for month in range(1, 13)]

    assert all(b.low - a.high == timedelta(1) for a, b in pairwise(days))
    assert (days[0].low, days[-1].high) == (
        span("solar_hijri", year).low,
        span("solar_hijri", year).high,
    )
    assert date(year + 621, 3, 19) <= days[0].low <= date(year + 621, 3, 22)


@given(st.integers(1250, 1499), st.integers(1, 12))
def test_hijri_months_leave_no_day_out(year, month):
    here, after = (
        span("hijri", year, month),
        span("hijri", year + month // 12, month % 12 + 1),
    )

    assert 29 <= (here.high - here.low).days + 1 <= 34
    assert here.low < after.low <= here.high + timedelta(1)


@given(st.dates(date(1583, 1, 1), date(2100, 1, 1)))
def test_the_lag_of_the_julian_calendar_takes_a_date_back(day):
    then = day - timedelta(julian_lag(day))
    if (then.month, then.day) != (2, 29):
        found = span("julian", then.year, then.month, then.day)
        assert found.low in {day, day + timedelta(1)}
        assert calendar_flags("julian", found)[0].endswith("days earlier than Gregorian")


@pytest.mark.parametrize(
    ("text", "options", "value", "flag"),
    [
        ("۷ حوت ۱۳۷۰", {}, "1992-02-26", "Solar Hijri date"),
        ("1370/12/07", {"calendar": "solar_hijri"}, "1992-02-26", "Solar Hijri date"),
        ("7 اسفند 1370 ه.ش", {}, "1992-02-26", "Solar Hijri date"),
        ("زمستان 1370", {"calendar": "solar_hijri"}, "1991-12-22/1992-03-20", "Solar Hijri date"),
        (
            "22 شعبان 1412 هـ",
            {},
            "1992-02-24/1992-02-26",
            "Hijri date: a day either way",
        ),
        (
            "22 Sha'ban 1412 AH",
            {},
            "1992-02-24/1992-02-26",
            "Hijri date: a day either way",
        ),
        ("26 ก.พ. 2535", {}, "1992-02-26", "Thai Buddhist date"),
        ("26/2/2535 พ.ศ.", {}, "1992-02-26", "Thai Buddhist date"),
        (
            "25 октября 1917 г. (ст. ст.)",
            {},
            "1917-11-07",
            "Julian date, 13 days earlier than Gregorian",
        ),
        (
            "26/2/1992 م الموافق 22/8/1412 هـ",
            {},
            "1992-02-26",
            "given in two calendars",
        ),
        ("昭和64年1月7日", {}, "1989-01-07", "Japanese era year"),
        ("民國81年2月26日", {}, "1992-02-26", "Minguo year"),
    ],
)
def test_the_calendar_is_told_by_option_mark_or_month(text, options, value, flag):
    given_as = ReadOptions(**options)

    reading = parse_date(text, given_as)

    assert reading.value == value
    assert flag in reading.flags


@pytest.mark.parametrize(
    "text", ["1371/12/07", "1371", "26 February 1371", "07.12.1371", "2535-02-26", "5 May 2535"]
)
def test_a_year_that_fits_another_calendar_is_not_converted_unasked(text):
    assert "Set calendar =" in parse_date(text, ReadOptions(date_order="dmy")).reason
    plain = parse_date(text, ReadOptions(date_order="dmy", calendar="gregorian"))
    assert plain.value[:4] in text


@pytest.mark.parametrize("text", ["15 Tishrei 5753", "26 אדר 5752", "19 የካቲት 1984", "5 Nisan 5752"])
def test_calendars_that_are_not_converted_are_refused_by_name(text):
    assert "Write the Gregorian date" in parse_date(text).reason.replace("write", "Write")


def test_two_calendars_that_disagree_are_refused():
    assert "do not agree" in parse_date("26/2/1992 الموافق 22/9/1412 هـ").reason


def test_plain_gregorian_years_fit_no_other_calendar():
    assert [foreign(year) for year in (1249 - 50, 1371, 1992, 2535, 5752)] == [
        "",
        "Solar Hijri or Hijri",
        "",
        "Thai Buddhist",
        "Hebrew",
    ]


def test_a_julian_column_flags_the_difference():
    assert parse_date("13.02.1918", ReadOptions(calendar="julian", date_order="dmy")) == Reading(
        "1918-02-26", flags=("Julian date, 13 days earlier than Gregorian",)
    )
