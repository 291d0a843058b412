"""Reliability: match probabilities held against what is true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import LinkageError
from everyname.linkage.reliability import expected_calibration_error, reliability


def test_an_example_worked_by_hand():
    # In halves: .1, .2 and .4 with one match, where .7 were expected; .5, .9 and 1 with two, where
    # 2.4 were. Off by .3 and .4 of six pairs.
    found = reliability([0.1, 0.5, 0.9, 0.2, 0.4, 1.0], [False, False, True, True, False, True], 2)
    assert found.model_dump() == {
        "pairs": 6,
        "error": pytest.approx(0.7 / 6),
        "bins": (
            {
                "low": 0.0,
                "high": 0.5,
                "pairs": 3,
                "probability": pytest.approx(0.7 / 3),
                "matches": {
                    "part": 1,
                    "of": 3,
                    "value": pytest.approx(1 / 3),
                    "low": pytest.approx(0.0615, abs=1e-4),
                    "high": pytest.approx(0.7923, abs=1e-4),
                },
            },
            {
                "low": 0.5,
                "high": 1.0,
                "pairs": 3,
                "probability": pytest.approx(0.8),
                "matches": {
                    "part": 2,
                    "of": 3,
                    "value": pytest.approx(2 / 3),
                    "low": pytest.approx(0.2077, abs=1e-4),
                    "high": pytest.approx(0.9385, abs=1e-4),
                },
            },
        ),
    }


def test_what_is_drawn_with_its_probability_is_calibrated():
    random = np.random.default_rng(3)
    probability = random.random(100_000)
    drawn = random.random(100_000) < probability
    assert expected_calibration_error(probability, drawn) < 0.01
    assert expected_calibration_error(probability, ~drawn) > 0.4
    # Log-odds twice too large: the mean distance from p to p^2 / (p^2 + (1 - p)^2) is .0966.
    bold = probability**2 / (probability**2 + (1 - probability) ** 2)
    assert expected_calibration_error(bold, drawn) == pytest.approx(0.0966, abs=0.005)


def test_certain_and_right_has_no_error_and_certain_and_wrong_has_all():
    assert expected_calibration_error([0, 1, 1], [False, True, True]) == 0
    assert expected_calibration_error([0, 1, 1], [True, False, False]) == 1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1), st.integers(1, 20))
def test_every_pair_is_in_one_bin(pairs, bins):
    probability, match = zip(*pairs, strict=True)
    found = reliability(probability, match, bins)
    assert sum(each.pairs for each in found.bins) == len(pairs)
    assert sum(each.matches.part for each in found.bins) == sum(match)
    assert 0 <= found.error <= 1
    for each in found.bins:
        assert each.low - 1e-9 <= each.probability <= each.high + 1e-9


@pytest.mark.parametrize(
    ("probability", "match", "bins", "said"),
    [
        ([], [], 10, "there is no pair to judge by. Give scored, labelled pairs"),
        (
            [0.5],
            [True, False],
            10,
            (
                "there are 1 match probabilities, and labels of 2 pairs. "
                "Give one label for each match probability"
            ),
        ),
        ([1.5], [True], 10, "a match probability is not between 0 and 1. Correct it"),
        ([float("nan")], [True], 10, "a match probability is not between 0 and 1. Correct it"),
        ([0.5], [True], 0, "0 bins hold no pairs. Use one or more"),
    ],
)
def test_what_is_no_match_probability_is_refused(probability, match, bins, said):
    with pytest.raises(LinkageError) as error:
        expected_calibration_error(probability, match, bins)
    assert str(error.value) == said
