from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import ReadOptions, parse_date
from everyname.vocabulary.date_order import DateOrderEvidence, date_order


def test_dates_with_one_reading_decide_for_the_others():
    assert date_order({"26.02.1992": 300, "03.02.1992": 40, "27/02/1992": 12}) == DateOrderEvidence(
        day_first=312,
        either=40,
        order="dmy",
        sentence="312 dates can only be day-month-year, none month-day-year",
    )


def test_one_contradiction_decides_nothing_and_is_listed():
    found = date_order({"26.02.1992": 499, "2/27/1992": 1})

    assert found.order is None
    assert found.contradicting == ("2/27/1992",)
    assert found.sentence == (
        "499 dates can only be day-month-year and 1 date only month-day-year: the column mixes "
        'two orders, none is taken; set order = "dmy" or "mdy" after correcting it'
    )


def test_dates_that_tell_nothing_decide_nothing():
    assert date_order(["03.02.1992", "04.05.1992"]).sentence == (
        "2 dates can be read as day-month-year or month-day-year, and none tells: "
        'set order = "dmy" or "mdy"'
    )
    assert date_order(["1992-02-26", "1992/02/03"]) == DateOrderEvidence(
        year_first=2, sentence="2 dates with the year first"
    )
    assert date_order(["", "spring 1992", "02.02.1992", "26 February 1992", "x" * 99]) == (
        DateOrderEvidence()
    )


def test_times_ranges_other_digits_and_short_years_tell_too():
    texts = ["26/02/1992 14:30", "25-26.02.1992", "٢٦/٠٢/١٩٩٢", "26.02.92", "26/2", "26-02-1992"]

    assert date_order(texts).day_first == len(texts)
    assert date_order(["02/26/92", "2/26/1992 0:00:00"]).order == "mdy"
    assert date_order(["25.02.12", "12-25", "92-02-26"]) == DateOrderEvidence(
        year_first=1, sentence="1 date with the year first"
    )


@given(st.lists(st.dates(), min_size=1, max_size=40), st.sampled_from(["dmy", "mdy"]))
def test_the_order_found_is_the_order_written(days, order):
    form = "%d/%m/" if order == "dmy" else "%m/%d/"
    found = date_order([f"{day:{form}}{day.year:04d}" for day in days])

    assert found.order in {None, order}
    assert (found.order is None) == all(day.day <= 12 for day in days)


@given(st.lists(st.text(alphabet="0123456789/.- T:", max_size=24), max_size=8))
def test_a_text_that_can_only_be_one_order_is_refused_in_the_other(texts):
    for text in texts:
        order = date_order([text]).order
        other = {"dmy": "mdy", "mdy": "dmy"}.get(order or "")
        if other and len(text) > 6:
            century = ReadOptions(date_order=other, century=1930, calendar="gregorian", year=1992)
            assert parse_date(text, century).value is None
