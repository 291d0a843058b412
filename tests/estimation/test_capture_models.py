from itertools import product
from math import lgamma, log

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation.capture_models import (
    capture_model,
    capture_models,
    m0,
    mb,
    mbh,
    mh,
    mt,
    mth,
)
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import LikelihoodEstimate, Refusal


def drawn(chances, persons=4000, seed=1):
    """A table of lists with the chances of each person, shape (persons, lists)."""
    marks = np.random.default_rng(seed).random((persons, chances.shape[1])) < chances
    names = tuple(f"list {i}" for i in range(chances.shape[1]))
    return PatternTable.from_histories(names, marks[marks.any(axis=1)].astype(np.int8))


def expected(chances, total):
    """A table of the expected counts, rounded, of independent lists."""
    patterns = np.array(list(product((0, 1), repeat=len(chances)))[1:])
    shares = np.prod(np.where(patterns == 1, chances, 1 - np.array(chances)), axis=1)
    names = tuple(f"list {i}" for i in range(len(chances)))
    return PatternTable(names, patterns.astype(np.int8), np.round(shares * total).astype(int))


def test_two_lists_give_the_number_of_lincoln_and_petersen():
    result = mt([[1, 1], [1, 0], [0, 1]], [20, 40, 70])
    assert isinstance(result, LikelihoodEstimate)
    assert result.settings["poisson_estimate"] == pytest.approx(130 + 40 * 70 / 20)
    assert result.settings["standard_error"] == pytest.approx((60 * 90 * 40 * 70 / 20**3) ** 0.5)

    def likelihood(total):
        return (
            lgamma(total + 1)
            - lgamma(total - 130 + 1)
            + sum(n * log(n / total) + (total - n) * log(1 - n / total) for n in (60, 90))
        )

    best = max(range(131, 600), key=likelihood)
    assert result.point == pytest.approx(best, abs=0.5)


def test_lists_that_follow_the_model_give_back_the_total():
    table = expected((0.3, 0.4, 0.2, 0.35), 100_000)
    result = mt(table)
    assert result.point == pytest.approx(100_000, rel=2e-3)
    alike = expected((0.3, 0.3, 0.3), 100_000)
    assert m0(alike).point == pytest.approx(100_000, rel=2e-3)
    assert m0(alike).parameters == 2
    assert mt(alike).parameters == 4


def test_the_shapes_of_heterogeneity_are_ordered_in_how_many_they_add():
    random = np.random.default_rng(4)
    odds = np.exp(random.normal(-0.8, 1.2, 4000))[:, None]
    table = drawn(np.repeat(odds / (1 + odds), 4, axis=1))
    totals = [mth(table, heterogeneity=h).point for h in ("chao", "poisson", "darroch", "gamma")]
    assert mt(table).point < totals[0]
    assert totals == sorted(totals)
    assert mth(table, heterogeneity="chao").lower_bound
    assert not mth(table).lower_bound
    # Persons whose log odds are normal are what Darroch's model comes from.
    assert mth(table).low < 4000 < mth(table).high


def test_terms_of_heterogeneity_that_contradict_it_are_told():
    # Every list avoids the persons of the others.
    histories = [[1, 1, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    result = mh(histories, [2, 90, 80, 85, 200, 210, 190])
    assert any("is negative" in note for note in result.diagnostics)
    bound = mth(histories, [2, 90, 80, 85, 200, 210, 190], heterogeneity="chao")
    assert bound.point == pytest.approx(mt(histories, [2, 90, 80, 85, 200, 210, 190]).point)


def test_removal_worked_by_hand():
    # 500, 250 and 125 newly recorded: each list takes half of what is left of 1,000.
    histories = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]
    result = mb(histories, [400, 250, 125, 100])
    assert result.settings["poisson_estimate"] == pytest.approx(1000)
    assert result.settings["share_missed_by_each_list"] == pytest.approx(0.5)
    assert result.low < 1000 < result.high
    # With a first list of its own the later two decide: 125 / (1 - 1/2) after 250.
    free = mbh(histories, [300, 250, 125, 100])
    assert free.settings["poisson_estimate"] == pytest.approx(400 + 250 / (1 - 0.5))
    assert mbh(histories, [400, 250, 125, 100]).high > result.high


def test_newly_recorded_that_grow_are_refused():
    result = mb([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], [10, 50, 90, 5])
    assert result == Refusal(
        model="Mb",
        reason="The newly recorded do not decline from list to list (15, 50, 90), so nothing shows"
        " how many are left.",
    )


def test_tables_that_support_no_model_are_refused():
    alone = capture_models([[1]], [9])
    apart = capture_models(np.eye(3, dtype=int), [9, 7, 5])
    pair = capture_models([[1, 1], [1, 0], [0, 1]], [5, 9, 7])
    assert all(isinstance(result, Refusal) for result in alone)
    assert all(isinstance(result, Refusal) for result in apart[:10])
    assert [result.model for result in pair if isinstance(result, Refusal)] == [
        "Mh, Poisson",
        "Mh, Darroch",
        "Mh, Gamma",
        "Mth, Poisson",
        "Mth, Darroch",
        "Mth, Gamma",
        "Mbh",
    ]


def test_no_estimate_comes_from_a_model_without_a_maximum():
    result = mth([[1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [6, 5, 40, 30, 20])
    assert isinstance(result, Refusal)
    assert "does not exist" in result.reason


def test_twelve_lists_are_fitted():
    table = drawn(np.tile(np.linspace(0.05, 0.2, 12), (3000, 1)), persons=3000)
    result = mt(table)
    assert result.low < 3000 < result.high
    assert result.degrees_of_freedom == 2**12 - 1 - 13


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "Mx"},
        {"model": "Mt", "heterogeneity": "chao"},
        {"model": "Mh", "heterogeneity": "beta"},
        {"model": "Mh", "parameter": 2.0},
        {"model": "Mh", "heterogeneity": "gamma", "parameter": -1.0},
        {"level": 0.0},
    ],
)
def test_arguments_that_cannot_be_used_are_errors(wrong):
    with pytest.raises(EstimationError):
        capture_model([[1, 1], [1, 0], [0, 1]], [5, 9, 7], **wrong)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    held = 0
    for seed in range(100):
        table = drawn(np.tile([0.3, 0.25, 0.35], (600, 1)), seed=seed, persons=600)
        result = mt(table)
        held += result.low <= 600 <= result.high
    assert 88 <= held <= 100
