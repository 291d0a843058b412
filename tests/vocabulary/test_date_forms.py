"""Whatever day is written in whatever form, the interval read holds it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import PartialDate, ReadOptions, parse_date
from everyname.vocabulary.calendars import span
from everyname.vocabulary.month_name import cldr_months, month_meanings, own_months

DAYS = st.dates(date(1850, 1, 1), date(2100, 12, 31))
ENGLISH = "January February March April May June July August September October November December"
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
ARABIC = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
ROMAN = "I II III IV V VI VII VIII IX X XI XII"
SOLAR = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
DMY = ReadOptions(date_order="dmy")
EASTERN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def name(names: str, day: date) -> str:
    return names.split()[day.month - 1]


FORMS = {
    "iso": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d:%Y/%m/%d}",
    "dots": lambda d: f"{d:%d.%m.%Y}",
    "bare": lambda d: f"{d.day}/{d.month}/{d.year}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "english": lambda d: f"{d.day} {name(ENGLISH, d)} {d.year}",
    "american": lambda d: f"{name(ENGLISH, d)} {d.day}, {d.year}",
    "short": lambda d: f"{d.day}-{name(ENGLISH, d)[:3]}-{d.year}",
    "upper": lambda d: f"{d.day} {name(ENGLISH, d).upper()} {d.year}",
    "weekday": lambda d: f"{WEEKDAYS.split()[d.weekday()]}, {d.day} {name(ENGLISH, d)} {d.year}",
    "russian": lambda d: f"{d.day} {name(RUSSIAN, d)} {d.year} г.",
    "arabic": lambda d: f"{d.day} {name(ARABIC, d)} {d.year}".translate(EASTERN),
    "roman": lambda d: f"{d.day}.{name(ROMAN, d)}.{d.year}",
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "korean": lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    "time": lambda d: f"{d.isoformat()} 00:00:00.000",
    "twice": lambda d: f"{d.isoformat()} 00:00:00/{d.isoformat()} 00:00:00",
    "week": lambda d: "{}-W{:02d}-{}".format(*d.isocalendar()),
    "ordinal": lambda d: f"{d:%Y-%j}",
}
WIDER = {
    "month": lambda d: f"{name(ENGLISH, d)} {d.year}",
    "year": lambda d: f"{d.year}",
    "decade": lambda d: f"{d.year // 10}0s",
    "iso week": lambda d: "{}-W{:02d}".format(*d.isocalendar()),
    "week of": lambda d: f"week of {d.day} {name(ENGLISH, d)} {d.year}",
    "night": lambda d: f"night of {d.day} {name(ENGLISH, d)} {d.year}",
    "or": lambda d: f"{d.year - 1} or {d.year}",
    "range": lambda d: f"{d:%d.%m.%Y} - {d + timedelta(3):%d.%m.%Y}",
    "half": lambda d: f"{'first' if d.day < 16 else 'second'} half of {name(ENGLISH, d)} {d.year}",
    "third": lambda d: (
        f"{('early', 'mid', 'late', 'late')[(d.day - 1) // 10]} {name(ENGLISH, d)} {d.year}"
    ),
    "season": lambda d: f"{('winter', 'spring', 'summer', 'autumn')[d.month % 12 // 3]} {d.year}",
}


@given(DAYS, st.sampled_from(sorted(FORMS)))
def test_a_day_in_any_form_is_that_day(day, form):
    reading = parse_date(FORMS[form](day), DMY)

    assert reading.value == day.isoformat()
    assert reading.flags == ()


@given(DAYS, st.sampled_from(sorted(WIDER)))
def test_a_wider_date_holds_the_day(day, form):
    found = PartialDate.from_edtf(parse_date(WIDER[form](day), DMY).value)

    assert found.low <= day <= found.high


@given(
    st.sampled_from(["julian", "solar_hijri", "hijri", "thai_buddhist"]),
    st.integers(1310, 1420),
    st.integers(4, 12),
    st.integers(1, 29),
)
def test_a_date_of_another_calendar_is_converted_in_every_spelling(calendar, year, month, day):
    year += {"julian": 600, "thai_buddhist": 1100}.get(calendar, 0)
    options = ReadOptions(calendar=calendar, date_order="dmy")
    expected = span(calendar, year, month, day).edtf

    for text in (f"{year}/{month:02d}/{day:02d}", f"{day:02d}.{month:02d}.{year}"):
        reading = parse_date(text, options)
        assert (reading.value, len(reading.flags)) == (expected, 1)
        assert parse_date(text.translate(EASTERN), options) == reading


@given(st.integers(1304, 1420), st.integers(1, 12), st.integers(1, 29))
def test_a_solar_month_in_words_needs_no_option(year, month, day):
    text = f"{day} {SOLAR.split()[month - 1]} {year}"

    assert parse_date(text).value == span("solar_hijri", year, month, day).edtf


@pytest.mark.parametrize("names", [own_months, cldr_months])
def test_every_month_name_is_read_with_a_day_and_a_year(names):
    years = {"gregorian": 1992, "solar_hijri": 1370, "hijri": 1412, "thai_buddhist": 2535}
    wrong = []
    for month_name in names():
        meanings = month_meanings(month_name)
        calendar, month = min(meanings)
        reading = parse_date(f"12 {month_name} {years[calendar]}")
        same = {number for of, number in meanings if of == calendar}
        expected = span(calendar, years[calendar], month, 12).edtf if len(same) == 1 else None
        if reading.value != expected:
            wrong.append((month_name, reading))
    # Words that are days of the week in larger languages.
    assert [month_name for month_name, _ in wrong] == (
        [] if names is own_months else sorted({"lun", "sat"} & set(cldr_months()))
    )


@pytest.mark.parametrize("text", ["26 listopad 1992", "lis 1992", "3 srp 1992", "12 lip 1992"])
def test_a_name_of_two_months_is_refused(text):
    assert "different months in different languages" in parse_date(text).reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("31 listopada 1992", "1992-10-31"),
        ("Thursday 26 listopad 1992", "1992-11-26"),
        ("rêbendan 1992", "1992-01"),
        ("rêbendan 1370", "1992-01-21/1992-02-19"),
        ("5 azar 1370", "1991-11-26"),
        ("5 azar 1992", "1992-03-05"),
    ],
)
def test_a_name_of_two_months_is_settled_by_what_stands_beside_it(text, value):
    assert parse_date(text).value == value
