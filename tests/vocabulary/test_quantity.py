import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import Quantity, parse_quantity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("613", Quantity(613, 613, 613)),
        ("0", Quantity(0, 0, 0)),
        ("613.0", Quantity(613, 613, 613)),
        ("٦١٣", Quantity(613, 613, 613)),
        ("1,275", Quantity(1275, 1275, 1275)),
        ("1 275", Quantity(1275, 1275, 1275)),
        ("1\u202f275", Quantity(1275, 1275, 1275)),
        ("1'275", Quantity(1275, 1275, 1275)),
        ("1.275.300", Quantity(1275300, 1275300, 1275300)),
        ("about 40", Quantity(best=40, flags=("approximate",))),
        ("около 40", Quantity(best=40, flags=("approximate",))),
        ("477-478", Quantity(477, None, 478, ("range",))),
        ("1,275–1,300", Quantity(1275, None, 1300, ("range",))),
        ("between 10 and 20", Quantity(10, None, 20, ("range",))),
        ("more than 1,000", Quantity(low=1000, flags=("more than",))),
        ("at least 161", Quantity(low=161, flags=("at least",))),
        ("600+", Quantity(low=600, flags=("at least",))),
        ("up to 50", Quantity(high=50, flags=("at most",))),
        ("fewer than 50", Quantity(high=50, flags=("fewer than",))),
        ("dozens", Quantity(low=24, flags=("vague",))),
        ("12,34,567", Quantity(1234567, 1234567, 1234567)),
        ("１２３４", Quantity(1234, 1234, 1234)),
        ("twelve", Quantity(12, 12, 12)),
        ("12 (twelve)", Quantity(12, 12, 12)),
        ("twelve (12)", Quantity(12, 12, 12)),
        ("一百二十", Quantity(120, 120, 120)),
        ("3 thousand", Quantity(3000, 3000, 3000)),
        ("5 тысяч", Quantity(5000, 5000, 5000)),
        ("about 2 million", Quantity(best=2_000_000, flags=("approximate",))),
        ("около сорока", Quantity(best=40, flags=("approximate",))),
        ("حوالي أربعين", Quantity(best=40, flags=("approximate",))),
        ("some 40", Quantity(best=40, flags=("approximate",))),
        ("at least twelve", Quantity(low=12, flags=("at least",))),
        ("не менее десяти", Quantity(low=10, flags=("at least",))),
        ("ən azı on", Quantity(low=10, flags=("at least",))),
        ("12 or more", Quantity(low=12, flags=("at least",))),
        ("ten to fifteen", Quantity(10, None, 15, ("range",))),
        ("from 12 to 15", Quantity(12, None, 15, ("range",))),
        ("yirmi ile otuz arasında", Quantity(20, None, 30, ("range",))),
        ("a dozen", Quantity(best=12, flags=("approximate",))),
        ("more than a dozen", Quantity(low=12, flags=("more than",))),
        ("half a dozen", Quantity(best=6, flags=("approximate",))),
        ("une vingtaine", Quantity(best=20, flags=("approximate",))),
        ("a couple", Quantity(low=2, flags=("vague",))),
        ("several", Quantity(low=3, flags=("vague",))),
        ("несколько", Quantity(low=3, flags=("vague",))),
        ("bir neçə", Quantity(low=3, flags=("vague",))),
        ("yüzlərlə", Quantity(low=200, flags=("vague",))),
        ("عشرات", Quantity(low=20, flags=("vague",))),
        ("tens of thousands", Quantity(low=20_000, flags=("vague",))),
    ],
)
def test_numbers_as_sources_state_them(text, expected):
    assert parse_quantity(text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1.275", "thousands or a fraction"),
        ("1.000", "thousands or a fraction"),
        ("12,5", "not a whole number"),
        ("1,275.300", "not a whole number"),
        ("-4", "a negative number"),
        ("none", "zero or not stated"),
        ("40-30", "ends below its beginning"),
        ("many", "not a whole number"),
        ("thirteen (12)", "the digits and the words are different numbers"),
        ("elf", "not a whole number"),
        ("12²", "not a whole number"),
        ("1½", "not a whole number"),
        ("no one", "not a whole number"),
        ("12'75", "not a whole number"),
        ("", "not a number"),
        ("9" * 40, "too large"),
        ("9" * 400, "not a number"),
    ],
)
def test_what_could_only_be_guessed_is_not_a_number(text, part):
    with pytest.raises(ValueNotUnderstood, match=part):
        parse_quantity(text)


@given(st.integers(0, 10**12))
def test_thousands_separators_change_nothing(number):
    assert parse_quantity(f"{number:,}") == Quantity.exactly(number)


@given(st.text(max_size=40) | st.text(alphabet="0123456789.,- +~'", max_size=20))
def test_any_text_gives_ordered_bounds_or_one_error(text):
    try:
        found = parse_quantity(text)
    except ValueNotUnderstood:
        return
    stated = [n for n in (found.low, found.best, found.high) if n is not None]
    assert stated
    assert stated == sorted(stated)


BOUND = st.none() | st.integers(0, 10**12)
FLAGS = st.lists(st.sampled_from(["approximate", "at least", "range", "vague"]), max_size=2)


@given(BOUND, BOUND, BOUND, FLAGS.map(tuple))
def test_every_quantity_is_read_back_from_its_text(low, best, high, flags):
    quantity = Quantity(low, best, high, flags)

    assert Quantity.from_text(quantity.text) == quantity


@given(st.integers(0, 10**12))
def test_the_text_of_a_plain_number_is_its_digits(number):
    assert Quantity.exactly(number).text == str(number)
    assert parse_quantity(str(number)).text == str(number)
