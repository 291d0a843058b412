"""Model: what was learnt, kept and read back."""

from __future__ import annotations

import numpy as np
import pytest
from linked import linked, two_lists

from everyname.linkage.model import ComparisonModel, LevelModel, Model

MODEL = Model(
    trained=True,
    prior=0.02,
    prior_within=0.0,
    comparisons=(
        ComparisonModel(
            "sex", "Sex", (LevelModel("same", 0.96, 0.48), LevelModel("different", 0.04, 0.52))
        ),
    ),
    candidates=12,
)


def test_the_weight_of_a_level_is_in_bits():
    assert LevelModel("same", 0.96, 0.48).weight == pytest.approx(1)


def test_levels_are_listed():
    assert MODEL.levels == (("sex", "same", 0.96, 0.48), ("sex", "different", 0.04, 0.52))


def test_each_kind_of_pair_has_its_prior():
    found = MODEL.probability(np.zeros(2), np.array([False, True]))
    assert found.tolist() == pytest.approx([0.02, 0])


def test_a_model_is_read_back_as_it_was_written():
    learnt = linked(*two_lists()).model
    for model in (MODEL, learnt):
        assert Model.from_json(model.json()) == model


def test_what_is_learnt_of_ten_records_is_accounted_for():
    model = linked(*two_lists()).model
    assert not model.trained
    assert [comparison.name for comparison in model.comparisons] == [
        "name", "age", "sex", "date", "place",
    ]  # fmt: skip
    assert model.candidates >= 5
    assert 0 < model.blocking_recall <= 1
    assert model.prior > model.prior_within > 0
    assert all(pairs > 0 for _, _, pairs, _ in model.families)
    for comparison in model.comparisons:
        assert sum(level.m for level in comparison.levels) == pytest.approx(1, abs=1e-6)
        assert all(0 < level.u <= 1 for level in comparison.levels)
