import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import PartialDate, Reading, ReadOptions, parse_date

ORDERS = st.sampled_from([None, "ymd", "dmy", "mdy"])


@pytest.mark.parametrize(
    "text",
    [
        "1992-02-26",
        "1992/02/26",
        "1992.2.26",
        "19920226",
        "26.02.1992",
        "26/2/1992",
        "26 - 02 - 1992",
        "2/26/1992",
        "26 February 1992",
        "February 26, 1992",
        "Feb. 26th, 1992",
        "26-Feb-1992",
        "Wednesday, 26 February 1992",
        "26 février 1992",
        "26 de febrero de 1992",
        "26 февраля 1992 г.",
        "26 лютого 1992 року",
        "26 Şubat 1992",
        "26 ŞUBAT 1992",
        "26 fevral 1992-ci il",
        "٢٦ فبراير ١٩٩٢",
        "26 شباط 1992",
        "١٩٩٢/٠٢/٢٦",
        "1992 թ. փետրվարի 26",
        " 26\u00a0February\u20091992 ",
        "1992-02-26 00:00:00",
    ],
)
def test_one_day_in_many_spellings(text):
    assert parse_date(text) == Reading("1992-02-26")


@pytest.mark.parametrize(
    ("text", "value", "flags"),
    [
        ("Feb 1992", "1992-02", ()),
        ("02.1992", "1992-02", ()),
        ("1992/2", "1992-02", ()),
        ("1992", "1992", ()),
        ("10 تشرين الأول 1992", "1992-10-10", ()),
        ("25-26 February 1992", "1992-02-25/1992-02-26", ()),
        ("February 25-26, 1992", "1992-02-25/1992-02-26", ()),
        ("25-26.02.1992", "1992-02-25/1992-02-26", ()),
        ("25.02.1992 - 26.02.1992", "1992-02-25/1992-02-26", ()),
        ("between 25 and 27 Feb 1992", "1992-02-25/1992-02-27", ()),
        ("25 February - 2 March 1992", "1992-02-25/1992-03-02", ()),
        ("28 December 1992 to 2 January 1993", "1992-12-28/1993-01-02", ()),
        ("January-March 1992", "1992-01/1992-03", ()),
        ("1992-1993", "1992/1993", ()),
        ("night of 25-26 February 1992", "1992-02-25/1992-02-26", ("night",)),
        ("ночь с 25 на 26 февраля 1992", "1992-02-25/1992-02-26", ("night",)),
        ("nuit du 25 au 26 février 1992", "1992-02-25/1992-02-26", ("night",)),
        ("night of 26 February 1992", "1992-02-25/1992-02-27", ("night",)),
        ("night of 31 December 9999", "9999-12-30/9999-12-31", ("night",)),
        ("night of 1 January 0001", "0001-01-01/0001-01-02", ("night",)),
        ("1992-02-26T22:15:00Z", "1992-02-26", ("time dropped",)),
        ("1992-02-26T00:00:00+04:00", "1992-02-26", ("time dropped",)),
        ("26.02.1992 14:30", "1992-02-26", ("time dropped",)),
        ("c. 1992", "1992~", ("approximate",)),
        ("~March 1992", "1992-03~", ("approximate",)),
        ("26 February 1992?", "1992-02-26?", ("uncertain",)),
        ("about 1992 (?)", "1992%", ("approximate", "uncertain")),
        ("possibly 26 Feb 1992", "1992-02-26?", ("uncertain",)),
        ("26 February 1992 (approx.)", "1992-02-26~", ("approximate",)),
        ("1992 or 1993", "1992/1993", ("either",)),
        ("26 or 27 February 1992", "1992-02-26/1992-02-27", ("either",)),
        ("25 and 26 February 1992", "1992-02-25/1992-02-26", ()),
        ("25, 26 and 28 February 1992", "1992-02-25/1992-02-28", ("several dates",)),
        ("Feb 25, 26 and 27, 1992", "1992-02-25/1992-02-27", ("several dates",)),
        ("25/26.02.1992", "1992-02-25/1992-02-26", ()),
        ("25.-26. Februar 1992", "1992-02-25/1992-02-26", ()),
        ("25.02.-26.02.1992", "1992-02-25/1992-02-26", ()),
        ("1992-02-25/26", "1992-02-25/1992-02-26", ()),
        ("1992/02/26 - 1992/02/27", "1992-02-26/1992-02-27", ()),
        (
            "1992-02-25 00:00:00.000/1992-02-26 00:00:00.000",
            "1992-02-25/1992-02-26",
            (),
        ),
        ("Jan 25-Feb 2, 1992", "1992-01-25/1992-02-02", ()),
        ("1991-92", "1991/1992", ()),
        ("1990s", "1990/1999", ()),
        ("198X", "1980/1989", ()),
        ("early 1990s", "1990/1993", ("early",)),
        ("00/00/1992", "1992", ()),
        ("1992-00-00", "1992", ()),
        ("1992-02-00", "1992-02", ()),
        ("xx.02.1992", "1992-02", ()),
        ("1992-W09", "1992-02-24/1992-03-01", ()),
        ("1992-057", "1992-02-26", ()),
        ("26.II.1992", "1992-02-26", ()),
        ("26 X 1992", "1992-10-26", ()),
        ("1992年2月25日～26日", "1992-02-25/1992-02-26", ()),
        ("Tuesday, February 26, 1992", "1992-02-26", ("wrong weekday",)),
        ("Feb 26, 1992 at 5 pm", "1992-02-26", ("time dropped",)),
        ("19920226143000", "1992-02-26", ("time dropped",)),
        ("spring 1992", "1992-03/1992-05", ("season",)),
        ("весной 1992 года", "1992-03/1992-05", ("season",)),
        ("early spring 1992", "1992-03", ("season", "early")),
        ("winter 1991-92", "1991-12/1992-02", ("season",)),
        ("winter of 1991-1992", "1991-12/1992-02", ("season",)),
        ("winter 1992", "1991-12/1993-02", ("season",)),
        ("autumn 1991 - spring 1992", "1991-09/1992-05", ("season",)),
        ("1992-21", "1992-03/1992-05", ()),
        ("early February 1992", "1992-02-01/1992-02-10", ("early",)),
        ("mid-February 1992", "1992-02-11/1992-02-20", ("middle",)),
        ("в конце февраля 1992 г.", "1992-02-21/1992-02-29", ("late",)),
        ("beginning of 1992", "1992-01/1992-04", ("early",)),
        ("first week of March 1992", "1992-03-01/1992-03-07", ("week",)),
        ("week of 3 March 1992", "1992-02-26/1992-03-09", ("week",)),
        ("week ending 8 March 1992", "1992-03-02/1992-03-08", ("week",)),
        ("second quarter of 1992", "1992-04/1992-06", ("quarter",)),
        ("Q1 1992", "1992-01/1992-03", ("quarter",)),
        ("on or about 26 February 1992", "1992-02-26~", ("approximate",)),
        ("0000-00-00", "unknown", ("zero date",)),
    ],
)
def test_what_is_not_one_plain_day(text, value, flags):
    stance = "unknown" if value == "unknown" else "asserted"
    assert parse_date(text) == Reading(value, stance, flags)


@pytest.mark.parametrize(
    ("text", "options", "value", "flags"),
    [
        ("26/2", {"year": 1992}, "1992-02-26", ()),
        ("night of 25-26 February", {"year": 1992}, "1992-02-25/1992-02-26", ("night",)),
        ("26 February", {"year": 1992}, "1992-02-26", ()),
        ("26 February 1993", {"year": 1992}, "1993-02-26", ()),
        ("26.02.92", {"century": 1930}, "1992-02-26", ("two-digit year",)),
        ("26-Feb-92", {"century": 1930}, "1992-02-26", ("two-digit year",)),
        ("Feb-92", {"century": 1930}, "1992-02", ("two-digit year",)),
        ("02.03.04", {"century": 1930, "date_order": "dmy"}, "2004-03-02", ("two-digit year",)),
        ("92-02-26", {"century": 1930}, "1992-02-26", ("two-digit year",)),
        ("summer of '92", {"century": 1930}, "1992-06/1992-08", ("two-digit year", "season")),
    ],
)
def test_the_column_gives_the_year_or_the_century(text, options, value, flags):
    assert parse_date(text, ReadOptions(**options)) == Reading(value, flags=flags)


@pytest.mark.parametrize(
    ("text", "options", "part"),
    [
        ("02.03.92", {"century": 1930}, "cannot be told apart"),
        ("03-Feb-12", {"century": 1930}, "cannot be told apart"),
        ("28 December - 2 January", {"year": 1992}, "before it begins"),
        ("Feb 12", {"century": 1930, "year": 1992}, "a day or a year of two digits"),
    ],
)
def test_year_and_century_of_the_column_do_not_make_a_guess(text, options, part):
    assert part in parse_date(text, ReadOptions(**options)).reason


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("03.02.1992", "dmy", "1992-02-03"),
        ("03.02.1992", "mdy", "1992-03-02"),
        ("02.02.1992", None, "1992-02-02"),
        ("1992-02-03", "dmy", "1992-02-03"),
    ],
)
def test_the_order_of_the_column_settles_day_and_month(text, order, value):
    assert parse_date(text, ReadOptions(date_order=order)).value == value


@pytest.mark.parametrize(
    ("text", "order", "part"),
    [
        ("03.02.1992", None, 'Set order = "dmy" or "mdy"'),
        ("03.02.1992", "ymd", 'Set order = "dmy" or "mdy"'),
        ("2/26/1992", "dmy", "26 is no month in the order dmy"),
        ("26/2/1992", "mdy", "26 is no month in the order mdy"),
        ("2/26/92", "mdy", "four digits"),
        ("26-Feb-92", None, "four digits"),
        ("31 February 1992", None, "no such date: 1992-02-31"),
        ("31.02.1992", None, "no such date: 1992-02-31"),
        ("26 February", None, "four digits"),
        ("33660", None, "a bare number is no date"),
        ("33660.0", None, "a bare number is no date"),
        ("28 December - 2 January 1993", None, "before it begins"),
        ("sprung 1992", None, "'sprung' is no month"),
        ("yaz 1992", None, "differs between languages"),
        ("before 26 Feb 1992", None, "one end only"),
        ("после 26.02.1992", None, "one end only"),
        ("1992-02-26/..", None, "one end only"),
        ("<1992", None, "one end only"),
        ("1992-", None, "one end only"),
        ("26/2", None, "Set year for the column"),
        ("night of 25-26 February", None, "Set year for the column"),
        ("the 90s", None, "set century"),
        ("26.02.92", None, "set century"),
        ("709081200", None, "a bare number is no date"),
        ("26021992", None, "a bare number is no date"),
        ("26.x.1992", None, "a day without a month"),
        ("02/00/1992", "dmy", "a day without a month"),
        ("1993-366", None, "no such week or day"),
        ("1993-W54", None, "no such week or day"),
        ("1920-21", None, "two years or an EDTF season"),
        ("winter 1990-1992", None, "not one winter"),
        ("27, 26 and 28 February 1992", None, "out of their order"),
        ("26 (27) February 1992", None, "two numbers or words for the day"),
        ("26\u00b2 February 1992", None, "is no month"),
        ("26 Feb 1992 + 2", None, "belongs to no date"),
        ("1992, 26", None, "a day without a month"),
        ("1 May 1992 - 2 May 1992 - 3 May 1992", None, "more than two dates"),
        ("x" * 300, None, "too many for a date"),
    ],
)
def test_what_could_only_be_guessed_is_refused(text, order, part):
    reading = parse_date(text, ReadOptions(date_order=order))

    assert reading.value is None
    assert part in reading.reason


def test_unknown_and_blank_are_told_apart():
    assert parse_date("неизвестно") == Reading("unknown", "unknown")
    assert parse_date("  ") == Reading()


@given(st.text(max_size=60), ORDERS)
def test_any_text_is_read_without_an_error(text, order):
    reading = parse_date(text, ReadOptions(date_order=order))

    if reading.value is not None and reading.stance == "asserted":
        assert PartialDate.from_edtf(reading.value).edtf == reading.value


@given(st.text(alphabet="0123456789-./ ?~:TXFebmar", max_size=24), ORDERS)
def test_texts_near_to_dates_are_read_without_an_error(text, order):
    value = parse_date(text, ReadOptions(date_order=order)).value

    assert value is None or parse_date(value, ReadOptions(date_order=order)).value == value


@given(st.dates(), st.sampled_from(["dmy", "mdy"]))
def test_a_date_written_in_the_columns_order_is_that_date(day, order):
    written = f"{day:%d/%m/}" if order == "dmy" else f"{day:%m/%d/}"

    options = ReadOptions(date_order=order, calendar="gregorian")
    assert parse_date(f"{written}{day.year:04d}", options).value == day.isoformat()
