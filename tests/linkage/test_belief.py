"""Belief: how often different people agree, before it can be counted."""

from __future__ import annotations

import numpy as np
import pytest

from everyname.linkage.belief import BELIEFS, believing
from everyname.linkage.comparisons import comparisons_of
from everyname.linkage.dialect import DUCKDB

COMPARISONS = comparisons_of(lambda _: 2, DUCKDB)


def believed(comparison, found, pairs):
    """Share of each level, its classes put together."""
    shares = believing(found, comparison, np.zeros(comparison.sublevels), pairs)
    return shares.reshape(-1, comparison.width).sum(axis=1)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda c: c.name)
def test_without_records_what_is_believed_are_shares_that_favour_agreement(comparison):
    shares = believed(comparison, np.zeros(comparison.sublevels), 0)
    assert shares.sum() == pytest.approx(1)
    assert (shares > 0).all()
    weights = np.log([level.m for level in comparison.levels]) - np.log(shares)
    assert weights[0] == max(weights) > 0 > weights[-1]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda c: c.name)
def test_many_records_go_before_belief(comparison):
    found = np.full(comparison.sublevels, 1 / comparison.sublevels)
    assert believing(found, comparison, np.zeros(comparison.sublevels), 1e9) == pytest.approx(
        found, rel=1e-5
    )


def test_labels_are_those_of_levels():
    levels = {c.name: {level.label for level in c.levels} for c in COMPARISONS}
    for name, belief in BELIEFS.items():
        assert set(belief.shares) <= levels[name], name


def test_a_level_is_divided_among_its_classes_as_candidates_are():
    name = COMPARISONS[0]
    met = np.zeros(name.sublevels)
    met[:2] = 30, 10
    found = believing(np.zeros(name.sublevels), name, met, 0)
    assert found[:2] == pytest.approx([0.75 * 2e-5, 0.25 * 2e-5], rel=1e-3)
