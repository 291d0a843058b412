"""Comparing: any two records, whether blocking brought them up or not."""

from __future__ import annotations

import numpy as np
import pytest
from linked import linked, two_lists

from everyname.linkage.comparing import compared
from everyname.linkage.model import Model


@pytest.fixture(scope="module")
def five():
    return linked(*two_lists())


def test_pairs_that_were_scored_are_scored_alike_again(five):
    pairs = five.pairs
    found = compared(five.traits.frame, pairs.a, pairs.b, five.model)
    within = pairs.a % 2 == pairs.b % 2
    assert five.model.probability(found.log_odds, within) == pytest.approx(
        pairs.probability, rel=1e-6
    )


def test_levels_are_those_of_the_model_in_its_order(five):
    found = compared(five.traits.frame, np.array([0, 3]), np.array([1, 0]), five.model)
    names = [comparison.name for comparison in five.model.comparisons]
    assert names == ["name", "age", "sex", "date", "place"]
    labels = [
        [
            c.levels[at].label.split(",")[0]
            for c, at in zip(five.model.comparisons, row, strict=True)
        ]
        for row in found.levels.tolist()
    ]
    assert labels == [
        ["same parts", "same", "same", "same day", "same place"],
        ["nothing in common", "further apart", "different", "within a month", "different"],
    ]
    assert found.log_odds[0] > 5 > -5 > found.log_odds[1]


def test_the_order_of_a_pair_and_the_rows_at_hand_change_nothing(five):
    a, b = np.array([0, 3, 0]), np.array([1, 0, 1])
    found = compared(five.traits.frame, a, b, five.model)
    swapped = compared(five.traits.frame[[3, 1, 0]], b, a, five.model)
    assert swapped.levels.tolist() == found.levels.tolist()
    assert swapped.log_odds.tolist() == found.log_odds.tolist()


def test_no_pairs(five):
    none = np.empty(0, np.int64)
    found = compared(five.traits.frame, none, none, five.model)
    assert found.levels.shape == (0, 5)
    assert len(found.log_odds) == 0


def test_a_model_read_back_says_the_same(five):
    again = Model.from_json(five.model.json())
    assert again == five.model
    a, b = np.array([0, 2]), np.array([1, 7])
    assert np.array_equal(
        compared(five.traits.frame, a, b, again).log_odds,
        compared(five.traits.frame, a, b, five.model).log_odds,
    )
