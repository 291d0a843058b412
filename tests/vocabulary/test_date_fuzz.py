import random

from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import PartialDate, ReadOptions, parse_date

PIECES = """26|2|02|12|31|00|1992|1993|92|'92|1371|2535|1412|-|/|.|, | |: |–|?|~|(|)|(?)|to|and|or
|of|the|Feb|February|march|mar|listopad|شباط|اسفند|Ramadan|ก.พ.|2月|年|日|1992年|early|mid|late|spring
|winter|before|after|week of|first week of|night of|c.|circa|about|AH|BE|O.S.|هـ|ش|Monday|среда|2 or
|between|from|1990s|199X|XX|W09|T22:15|14:30|pm|Z|II|x|1992-02|..|\u00b2|%|昭和|元|الموافق|с|по|до|h|e
|a|i|to 1993|27.02.1992|1992-02-26/1992-02-27|33660|19920226""".replace("\n", "").split("|")
OPTIONS = st.builds(
    ReadOptions,
    date_order=st.sampled_from([None, "ymd", "dmy", "mdy"]),
    calendar=st.sampled_from(
        [None, None, "gregorian", "julian", "solar_hijri", "hijri", "thai_buddhist"]
    ),
    year=st.sampled_from([None, 1992]),
    century=st.sampled_from([None, 1930]),
)


@given(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join), OPTIONS)
def test_pieces_of_dates_in_any_order_are_read_or_refused(text, options):
    reading = parse_date(text, options)

    if reading.stance == "asserted" and reading.value is not None:
        assert PartialDate.from_edtf(reading.value).edtf == reading.value
    if reading.rejected:
        assert len(reading.reason) < 250


def test_a_stated_year_is_never_outside_the_interval():
    dice = random.Random(1992)  # noqa: S311
    read = 0
    for _ in range(10_000):
        joint = dice.choice(["", " ", " "])
        text = joint.join(dice.choices(PIECES, k=dice.randint(1, 6)))
        options = ReadOptions(
            date_order=dice.choice([None, "dmy"]), century=dice.choice([None, 1930])
        )
        reading = parse_date(text, options)
        if reading.value is None or reading.stance != "asserted":
            continue
        if any("date" in flag or "calendars" in flag for flag in reading.flags):
            continue
        read += 1
        found = PartialDate.from_edtf(reading.value)
        for year in (1992, 1993):
            if str(year) in text:
                assert found.overlaps(PartialDate.of(year)), (text, reading)
    assert read > 300
