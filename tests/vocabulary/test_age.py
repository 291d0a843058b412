from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import Age, PartialDate, Reading, age_at, band, parse_age


@pytest.mark.parametrize(
    ("text", "value", "flags"),
    [
        ("34", "34", ()),
        ("34.0", "34", ()),
        ("٣٤", "34", ()),
        ("34 years old", "34", ()),
        ("34 лет", "34", ()),
        ("0", "0", ()),
        ("0,5", "0.5", ()),
        ("6 months", "0.5", ()),
        ("18 months", "1.5", ()),
        ("2 years 6 months", "2.5", ()),
        ("3 weeks", "0.06", ()),
        ("40s", "40/49", ()),
        ("early 30s", "30/33", ()),
        ("30-35", "30/35", ()),
        ("between 30 and 35", "30/35", ()),
        ("60+", "60/120", ()),
        ("under 18", "0/17", ()),
        ("infant", "0/1", ()),
        ("about 40", "40~", ("approximate",)),
        ("~40", "40~", ("approximate",)),
        ("30/39~", "30/39~", ("approximate",)),
        ("unknown", "unknown", ()),
        ("34 yrs.", "34", ()),
        ("34y 3m", "34.25", ()),
        ("2 months 10 days", "0.2", ()),
        ("3 1/2", "3.5", ()),
        ("1½", "1.5", ()),
        ("½", "0.5", ()),
        ("2 с половиной года", "2.5", ()),
        ("3-4 months", "0.25/0.33", ()),
        ("3 months - 1 year", "0.25/1", ()),
        ("34/35", "34/35", ()),
        ("34 или 35", "34/35", ()),
        ("сорок-пятьдесят лет", "40/50", ()),
        ("60s-70s", "60/79", ()),
        ("in her thirties", "30/39", ()),
        ("teenager", "13/19", ()),
        ("до 5 лет", "0/5", ()),
        ("<1", "0/1", ()),
        ("newborn", "0/1", ()),
        ("34 (?)", "34~", ("approximate",)),
        ("about forty", "40~", ("approximate",)),
        ("Age: 34", "34", ()),
        ("возраст 34", "34", ()),
        ("34 yaşında", "34", ()),
        ("٣٤ سنة", "34", ()),
        ("34岁", "34", ()),
        ("34歳", "34", ()),
        ("34세", "34", ()),
        ("thirty-four", "34", ()),
        ("forty", "40", ()),
        ("сорок", "40", ()),
        ("otto anni", "8", ()),
        ("6/12 months", "0.5/1", ()),
        ("6-12", "6/12", ()),
        ("tridtsat' chetyre", "34", ()),
        ("тридцать четыре года", "34", ()),
        ("otuz dört yaşında", "34", ()),
        ("أربعة وثلاثون سنة", "34", ()),
        ("三十四岁", "34", ()),
        ("삼십사세", "34", ()),
        ("altı aylıq", "0.5", ()),
        ("six mois", "0.5", ()),
        ("٦ أشهر", "0.5", ()),
    ],
)
def test_ages_as_lists_write_them(text, value, flags):
    stance = "unknown" if value == "unknown" else "asserted"

    assert parse_age(text) == Reading(value, stance, flags)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1975", "looks like a birth year typed as an age"),
        ("1975.0", "looks like a birth year typed as an age"),
        ("121", "more than 120 years"),
        ("-3", "is negative"),
        ("35-30", "is not an age"),
        ("child", "age_band"),
        ("adult", "age_band"),
        ("1975-03-02", "birth_date"),
        ("minor", "age_band"),
        ("unborn", "an unborn child has no age"),
        ("плод", "an unborn child has no age"),
        ("1/2 year", "can be a fraction or a range"),
        ("Otto", "'Otto' is a number in words without a unit: write digits"),
        ("Saba", "'Saba' is a number in words without a unit: write digits"),
        ("Lima", "'Lima' is a number in words without a unit: write digits"),
        ("Sept", "'Sept' is a number in words without a unit: write digits"),
        ("On", "'On' is a number in words without a unit: write digits"),
        ("Kumi", "'Kumi' is a number in words without a unit: write digits"),
        ("Mia", "'Mia' is a number in words without a unit: write digits"),
        ("Dua", "'Dua' is a number in words without a unit: write digits"),
        ("6/12", "has two readings"),
        ("3/52", "has two readings"),
        ("5/7", "has two readings"),
        ("1/2", "has two readings"),
        ("34 M", "is not an age"),
        ("6m", "is not an age"),
        ("40th", "is not an age"),
        ("34 years 13 months", "is not an age"),
        ("pushing 40", "is not an age"),
        ("nan", "is not an age"),
        ("1e1", "is not an age"),
        ("x" * 200, "too many for an age"),
    ],
)
def test_what_is_no_age_is_refused_with_the_way_out(text, part):
    reading = parse_age(text)

    assert reading.value is None
    assert part in reading.reason


def reads_as_itself(text):
    """Read again, an age gives itself; a cell such as 6/12 can also be 6 months."""
    again = parse_age(text)
    return again.value == text or "has two readings" in (again.reason or "")


@given(st.text(alphabet="0123456789.,-/~? +<abcdemonthsyr", max_size=20))
def test_canonical_ages_are_read_as_themselves(text):
    reading = parse_age(text)

    if reading.value is not None and reading.stance == "asserted":
        assert reads_as_itself(reading.value)
        assert Age.from_text(reading.value).text == reading.value


@pytest.mark.parametrize(
    ("age", "elderly_from", "expected"),
    [
        (Age(17, 17), None, "child"),
        (Age(18, 18), None, "adult"),
        (Age(0.5, 0.5), 65, "child"),
        (Age(17, 18), None, "unknown"),
        (Age(80, 80), None, "adult"),
        (Age(80, 80), 65, "elderly"),
        (Age(64, 64), 65, "adult"),
        (Age(60, 70), 65, "unknown"),
        (Age(18, 18, approximate=True), None, "unknown"),
        (Age(40, 40, approximate=True), 65, "adult"),
        (Age(62, 62, approximate=True), 65, "unknown"),
    ],
)
def test_a_band_is_known_only_where_the_whole_interval_falls_in_it(age, elderly_from, expected):
    assert band(age, elderly_from) == expected


@pytest.mark.parametrize(
    ("birth", "incident", "expected"),
    [
        ("1974-02-26", "1992-02-26", "18"),
        ("1974-02-27", "1992-02-26", "17"),
        ("1974", "1992-02-26", "17/18"),
        ("1974", "1992", "17/18"),
        ("1992-02-01", "1992-02-26", "0"),
        ("1992", "1992-02", "0"),
        ("1974~", "1992-02-26", "17/18~"),
        ("0001-01-01", "0001-12-31", "0"),
    ],
)
def test_age_between_two_partial_dates(birth, incident, expected):
    dates = PartialDate.from_edtf(birth), PartialDate.from_edtf(incident)

    assert age_at(*dates).text == expected


@pytest.mark.parametrize(
    ("birth", "incident"), [("1993", "1992"), ("1850", "1992"), ("0001", "9999")]
)
def test_impossible_pairs_of_dates_are_refused(birth, incident):
    with pytest.raises(ValueNotUnderstood):
        age_at(PartialDate.from_edtf(birth), PartialDate.from_edtf(incident))


@given(
    st.dates(date(1900, 1, 1), date(1999, 1, 1)),
    st.integers(0, 40_000),
    st.integers(0, 700),
    st.integers(0, 700),
)
def test_the_interval_holds_every_possible_age(born, days, born_width, width):
    birth = PartialDate(born, born + timedelta(born_width))
    day = born + timedelta(born_width + days)
    found = age_at(birth, PartialDate(day, day + timedelta(width)))
    exact = age_at(PartialDate(born, born), PartialDate(day, day))

    assert found.low <= exact.low <= found.high


@pytest.mark.parametrize("text", ["", "a", "34/", "50/30", "nan", "-1", "130"])
def test_text_that_is_not_canonical_is_refused(text):
    if text == "34/":
        assert Age.from_text(text) == Age(34, 34)
        return
    with pytest.raises(ValueNotUnderstood):
        Age.from_text(text)


YEARS = st.integers(0, 12_000).map(lambda hundredths: hundredths / 100)


@given(st.tuples(YEARS, YEARS).map(sorted), st.booleans())
def test_every_age_is_read_back_from_its_text(years, approximate):
    age = Age(*years, approximate)

    assert Age.from_text(age.text) == age
    assert reads_as_itself(age.text)


@given(st.text(max_size=60))
def test_any_text_gives_an_age_a_blank_or_a_reason(text):
    reading = parse_age(text)

    assert reading.empty or reading.rejected or reading.value
