from math import exp, log, sqrt

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation import Estimate, PatternTable, Refusal, estimate_pairs, two_list


def pair(n1, n2, both):
    rows = [((1, 1), both), ((1, 0), n1 - both), ((0, 1), n2 - both)]
    return PatternTable.from_rows(("hospital", "press"), rows)


def test_chapmans_estimate_worked_by_hand():
    result = two_list(pair(199, 149, 49))
    assert isinstance(result, Estimate)
    # 200 * 150 / 50 - 1, with 299 recorded.
    assert result.point == 599
    assert (result.observed, result.unrecorded) == (299, 300)
    variance = 200 * 150 * 150 * 100 / (50**2 * 51)
    assert result.settings["standard_error"] == pytest.approx(sqrt(variance))
    factor = exp(1.959964 * sqrt(log(1 + variance / 300**2)))
    assert result.low == pytest.approx(299 + 300 / factor, rel=1e-6)
    assert result.high == pytest.approx(299 + 300 * factor, rel=1e-6)
    assert result.words == "About 599 persons (95% interval 503 to 740; 299 recorded)."
    assert result.diagnostics == (
        (
            "The estimate rests on 49 persons in both lists; one match more would give 587, one"
            " fewer 611."
        ),
    )


def test_the_uncorrected_form_worked_by_hand():
    result = two_list(pair(200, 150, 50), form="lincoln-petersen")
    assert isinstance(result, Estimate)
    assert result.point == 600
    assert result.settings["standard_error"] == pytest.approx(sqrt(200 * 150 * 150 * 100 / 50**3))


@pytest.mark.parametrize(("both", "warned"), [(6, True), (7, False)])
def test_an_overlap_below_seven_is_warned_of(both, warned):
    result = two_list(pair(40, 30, both))
    assert isinstance(result, Estimate)
    assert any("Fewer than 7 persons" in note for note in result.diagnostics) == warned


def test_an_overlap_of_one_says_what_one_match_fewer_leaves():
    result = two_list(pair(10, 8, 1))
    assert isinstance(result, Estimate)
    assert result.diagnostics[0] == (
        "The estimate rests on one person in both lists; one match more would give 32, one fewer"
        " none at all."
    )


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (
            pair(40, 30, 0),
            (
                "No person is in both lists: without overlap two lists say nothing about whom both"
                " miss."
            ),
        ),
        (
            pair(40, 12, 12),
            (
                "Every person in press is in the other list too: the estimate would be that nobody"
                " is missed, with an interval of width zero."
            ),
        ),
        (pair(0, 12, 0), "The list hospital holds nobody."),
    ],
)
def test_lists_that_support_no_estimate_are_refused_with_the_reason(table, reason):
    assert two_list(table) == Refusal(
        model="Chapman's two-list estimate, hospital and press", reason=reason
    )


def test_other_lists_of_the_table_are_recorded_persons_too():
    rows = [((1, 1, 0), 10), ((1, 0, 0), 20), ((0, 1, 0), 20), ((0, 0, 1), 30)]
    table = PatternTable.from_rows(("a", "b", "c"), rows)
    result = two_list(table, "a", "b")
    assert isinstance(result, Estimate)
    assert (result.observed, result.low) == (80, 80.0)
    assert result.point == pytest.approx(31 * 31 / 11 - 1)


def test_a_pair_that_the_other_lists_contradict_is_refused():
    rows = [((1, 1, 0), 20), ((1, 0, 0), 2), ((0, 1, 0), 2), ((0, 0, 1), 30)]
    table = PatternTable.from_rows(("a", "b", "c"), rows)
    result = two_list(table, "a", "b")
    assert isinstance(result, Refusal)
    assert result.reason == (
        "The two lists alone would give 24 persons, fewer than the 54 recorded in all lists: they"
        " share more persons than independent lists would."
    )


def test_every_pair_is_estimated_in_the_order_of_the_lists():
    rows = [((1, 1, 1), 5), ((1, 1, 0), 9), ((1, 0, 0), 20), ((0, 1, 0), 20), ((0, 0, 1), 30)]
    table = PatternTable.from_rows(("a", "b", "c"), rows)
    assert [result.model for result in estimate_pairs(table)] == [
        "Chapman's two-list estimate, a and b",
        "Chapman's two-list estimate, a and c",
        "Chapman's two-list estimate, b and c",
    ]


@pytest.mark.parametrize("names", [(), ("a",), ("a", "a")])
def test_two_different_lists_must_be_named(names):
    table = PatternTable.from_rows(("a", "b", "c"), [((1, 1, 1), 5)])
    with pytest.raises(EstimationError, match="Name two different lists of a, b, c"):
        two_list(table, *names)


def test_the_interval_covers_independent_lists_at_its_nominal_level():
    rng = np.random.default_rng(20310801)
    replicates, covered = 600, 0
    for _ in range(replicates):
        captured = rng.random((1000, 2)) < (0.4, 0.3)
        table = PatternTable.from_histories(("a", "b"), captured[captured.any(axis=1)])
        result = two_list(table)
        assert isinstance(result, Estimate)
        covered += result.low <= 1000 <= result.high
    # Three Monte Carlo standard errors around 0.95, sqrt(0.95 * 0.05 / 600) = 0.009.
    assert abs(covered / replicates - 0.95) < 0.027


def test_lists_that_record_the_same_easy_cases_err_low():
    rng = np.random.default_rng(20310802)
    below = 0
    for _ in range(100):
        easy = rng.random(1000) < 0.5
        chance = np.where(easy, 0.6, 0.1)[:, None]
        captured = rng.random((1000, 2)) < chance
        table = PatternTable.from_histories(("a", "b"), captured[captured.any(axis=1)])
        result = two_list(table)
        assert isinstance(result, Estimate)
        below += result.high < 1000
    assert below > 95
