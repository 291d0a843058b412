import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from everyname.claims import Claim
from everyname.counts.figure import Figure, interval, interval_words

NUMBER = st.none() | st.integers(0, 500)


@pytest.mark.parametrize(
    ("low", "best", "high", "bounds", "words"),
    [
        (613, 613, 613, (613, 613), "613"),
        (None, 613, None, (613, 613), "613"),
        (1000, None, None, (1000, None), "at least 1,000"),
        (None, None, 40, (0, 40), "up to 40"),
        (None, 30, 40, (0, 40), "up to 40, best 30"),
        (485, 613, 636, (485, 636), "485 to 636, best 613"),
        (485, None, 636, (485, 636), "485 to 636"),
        (485, 613, None, (485, None), "at least 485, best 613"),
        (None, None, None, None, "no number"),
        (5, 4, None, None, "no number"),
        (-1, None, None, None, "no number"),
    ],
)
def test_stated_numbers_as_an_interval_and_in_words(low, best, high, bounds, words):
    assert interval(low, best, high) == bounds
    assert interval_words(low, best, high) == words


@given(NUMBER, NUMBER, NUMBER)
def test_every_stated_number_lies_in_the_interval(low, best, high):
    bounds = interval(low, best, high)
    if bounds is not None:
        for stated in (low, best, high):
            assert stated is None or stated >= bounds[0]
            assert stated is None or bounds[1] is None or stated <= bounds[1]


def test_a_figure_keeps_what_its_source_states_even_where_it_cannot_be_used():
    figure = Figure(
        record_id="r1",
        source_id="s1",
        said_by="Valley Radio",
        roots=(),
        low=50,
        best=None,
        high=40,
        unit="persons",
        fate="killed",
        victim_class="all",
    )
    assert (figure.low, figure.high, figure.interval()) == (50, 40, None)


def test_a_claim_reads_as_it_stands_in_a_case():
    claim = Claim(id="office", text="More than 600 were killed", said_by="Valley Office", low=600)
    assert claim.interval == (600, None)
    assert claim.range == "at least 600"
    assert (claim.unit, claim.fate, claim.victim_class) == ("persons", "killed", "all")


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({}, "claim office: a claim without a number. Give low, best or high."),
        ({"low": 5, "high": 4}, "claim office: the numbers low 5, best None, high 4"),
        ({"best": -5}, "claim office: the numbers low None, best -5, high None"),
        ({"best": 5, "believed": 1}, "believed\n  Extra inputs are not permitted"),
    ],
)
def test_a_claim_that_cannot_be_checked_against_anything_is_refused(given_, message):
    with pytest.raises(ValidationError) as refusal:
        Claim(id="office", text="Some were killed", said_by="Valley Office", **given_)
    assert message in str(refusal.value)
