import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.linkage.natural_frequency import (
    are,
    bits,
    from_bits,
    odds_bits,
    of_many,
    two_digits,
)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "fewer than 1 of 1,000,000"),
        (0.000001, "1 of 1,000,000"),
        (0.00025, "1 of 4,000"),
        (0.0107, "1 of 93"),
        (0.094, "1 of 11"),
        (0.1, "1 of 10"),
        (0.34, "34 of 100"),
        (0.5, "1 of 2"),
        (0.9, "9 of 10"),
        (0.994, "99 of 100"),
        (0.997, "997 of 1,000"),
        (0.99951, "more than 999 of 1,000"),
        (1.0, "more than 999 of 1,000"),
    ],
)
def test_a_share_is_told_as_so_many_of_so_many(share, words):
    assert of_many(share) == words


@given(st.floats(0, 1))
def test_no_share_is_told_as_none_or_all_and_each_is_near_the_truth(share):
    words = of_many(share)
    some, of = words.rsplit(" of ", 1)
    number, many = int(some.rsplit(" ", 1)[-1]), int(of.replace(",", ""))
    assert 0 < number < many
    if not words.startswith(("fewer", "more")):
        assert number / many == pytest.approx(share, rel=0.06)


@given(st.floats(1e-6, 1 - 1e-6))
def test_odds_in_bits_lead_back_to_the_probability(share):
    assert from_bits(odds_bits(share)) == pytest.approx(share, rel=1e-6)


def test_weights_double_the_odds_with_each_bit_and_never_run_away():
    assert bits(0.8, 0.1) == pytest.approx(3)
    assert bits(0.1, 0.8) == pytest.approx(-3)
    assert bits(0.0, 0.0) == 0
    assert from_bits(1000.0) == 1


def test_numbers_have_two_digits_and_verbs_agree():
    assert [two_digits(n) for n in (1, 1.31, 9.94, 9.96, 20.7, 3_649, 127_800)] == [
        "1",
        "1.3",
        "9.9",
        "10",
        "21",
        "3,600",
        "130,000",
    ]
    told = ("1 of 4,000", "fewer than 1 of 1,000,000", "9 of 10", "more than 999 of 1,000")
    assert [are(words) for words in told] == ["is", "is", "are", "are"]
