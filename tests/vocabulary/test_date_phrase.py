import pytest

from everyname.vocabulary import FIELDS, ReadOptions


def read_date(text):
    return FIELDS["date"].read(text, ReadOptions())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1992-05/06", "1992-05/1992-06"),
        ("1992-5/6", "1992-05/1992-06"),
        ("1992-05/1992-06", "1992-05/1992-06"),
        ("1992-05-01/06", "1992-05-01/1992-05-06"),
        ("05.1992-06.1992", "1992-05/1992-06"),
    ],
)
def test_a_number_behind_a_month_is_a_month_and_behind_a_day_a_day(text, value):
    assert read_date(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "1992-05/13",
        "1992-05/05",
        "1992-05/04",
        "1992-11/02",
        "1992.05-06",
        "05.1992/06",
        "05-06/1992",
    ],
)
def test_a_number_beside_a_month_that_has_two_readings_is_refused(text):
    reading = read_date(text)

    assert reading.value is None
    assert "two readings" in reading.reason
