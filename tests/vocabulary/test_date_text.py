import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import PartialDate, Reading, parse_date

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
    ],
)
def test_what_is_not_one_plain_day(text, value, flags):
    assert parse_date(text) == Reading(value, flags=flags)


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
    assert parse_date(text, order).value == value


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
        ("spring 1992", None, "'spring' is no month"),
        ("1992, 26", None, "a day without a month"),
        ("1 May 1992 - 2 May 1992 - 3 May 1992", None, "more than two dates"),
        ("x" * 300, None, "too many for a date"),
    ],
)
def test_what_could_only_be_guessed_is_refused(text, order, part):
    reading = parse_date(text, order)

    assert reading.value is None
    assert part in reading.reason


def test_unknown_and_blank_are_told_apart():
    assert parse_date("неизвестно") == Reading("unknown", "unknown")
    assert parse_date("  ") == Reading()


@given(st.text(max_size=60), ORDERS)
def test_any_text_is_read_without_an_error(text, order):
    reading = parse_date(text, order)

    if reading.value is not None and reading.stance == "asserted":
        assert PartialDate.from_edtf(reading.value).edtf == reading.value


@given(st.text(alphabet="0123456789-./ ?~:TXFebmar", max_size=24), ORDERS)
def test_texts_near_to_dates_are_read_without_an_error(text, order):
    value = parse_date(text, order).value

    assert value is None or parse_date(value, order).value == value


@given(st.dates(), st.sampled_from(["dmy", "mdy"]))
def test_a_date_written_in_the_columns_order_is_that_date(day, order):
    written = f"{day:%d/%m/}" if order == "dmy" else f"{day:%m/%d/}"

    assert parse_date(f"{written}{day.year:04d}", order).value == day.isoformat()
