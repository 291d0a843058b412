from math import exp, log, sqrt

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation import (
    Estimate,
    PatternTable,
    Refusal,
    chao,
    chao_equal_lists,
    chao_log_linear,
    two_list,
)

THREE = ("hospital", "press", "survey")


def three_lists(**counts):
    """Build a table from arguments such as p100=20, for the pattern (1, 0, 0)."""
    rows = [(tuple(int(mark) for mark in name[1:]), count) for name, count in counts.items()]
    return PatternTable.from_rows(THREE, rows)


TABLE = three_lists(p100=20, p010=30, p001=10, p110=6, p101=3, p011=1, p111=5)


def test_the_bound_worked_by_hand():
    # Products of the singles: 20*30 + 20*10 + 30*10 = 1100; in two lists: 10; recorded: 75.
    result = chao(TABLE, form="uncorrected")
    assert isinstance(result, Estimate)
    assert result.point == 75 + 110
    assert result.unrecorded == 110
    # The bound itself, then singles times the squared others over f2^2 = 840, then 1210.
    variance = 110 + 840 + 1210
    assert result.settings["standard_error"] == pytest.approx(sqrt(variance))
    factor = exp(1.959964 * sqrt(log(1 + variance / 110**2)))
    assert result.low == pytest.approx(75 + 110 / factor, rel=1e-6)
    assert result.high == pytest.approx(75 + 110 * factor, rel=1e-6)


def test_the_bias_corrected_bound_worked_by_hand():
    result = chao(TABLE)
    assert isinstance(result, Estimate)
    assert result.point == 75 + 1100 / 11
    assert result.diagnostics == (
        "The bound rests on 10 persons in exactly two lists; with one more it would be 167.",
    )


def test_the_bound_of_1987_worked_by_hand():
    # 60 persons in one list, 10 in two, of three lists.
    uncorrected = chao_equal_lists(TABLE, form="uncorrected")
    corrected = chao_equal_lists(TABLE)
    assert isinstance(uncorrected, Estimate)
    assert isinstance(corrected, Estimate)
    assert uncorrected.point == pytest.approx(75 + 2 / 3 * 60**2 / 20)
    assert corrected.point == pytest.approx(75 + 2 / 3 * 60 * 59 / 22)
    # Four terms of the printed variance, with f1 / f2 = 6.
    assert uncorrected.settings["standard_error"] == pytest.approx(sqrt(10 * (12 + 96 + 144)))


def test_lists_of_equal_reach_give_both_bounds_alike():
    table = three_lists(p100=20, p010=20, p001=20, p110=4, p101=4, p011=4)
    differing = chao(table, form="uncorrected")
    equal = chao_equal_lists(table, form="uncorrected")
    assert isinstance(differing, Estimate)
    assert isinstance(equal, Estimate)
    assert differing.point == pytest.approx(equal.point)


def test_a_bound_is_never_worded_as_an_estimate_of_the_total():
    for result in (chao(TABLE), chao_equal_lists(TABLE), chao_log_linear(TABLE)):
        assert isinstance(result, Estimate)
        assert result.lower_bound
        assert result.words.startswith("At least about ")
        assert "a lower bound, not an estimate of the total" in result.words
        assert "a lower bound, not an estimate of the total" in result._repr_html_()


def test_for_two_lists_the_bound_is_chapmans_number():
    table = PatternTable.from_rows(("a", "b"), [((1, 1), 20), ((1, 0), 40), ((0, 1), 70)])
    bound, estimate = chao(table), two_list(table)
    assert isinstance(bound, Estimate)
    assert isinstance(estimate, Estimate)
    assert bound.point == pytest.approx(estimate.point)
    assert (bound.lower_bound, estimate.lower_bound) == (True, False)


def test_the_log_linear_bound_of_two_lists_is_that_of_lincoln_and_petersen():
    table = PatternTable.from_rows(("a", "b"), [((1, 1), 20), ((1, 0), 40), ((0, 1), 70)])
    bound = chao_log_linear(table)
    estimate = two_list(table, form="lincoln-petersen")
    assert isinstance(bound, Estimate)
    assert isinstance(estimate, Estimate)
    assert bound.point == pytest.approx(estimate.point)
    assert bound.settings["standard_error"] == pytest.approx(estimate.settings["standard_error"])


def test_an_empty_list_changes_no_bound():
    wider = PatternTable.from_rows(
        (*THREE, "empty"),
        [
            ((*pattern, 0), int(count))
            for pattern, count in zip(TABLE.histories.tolist(), TABLE.counts, strict=True)
        ],
    )
    for bound in (chao, chao_equal_lists, chao_log_linear):
        assert bound(wider).point == pytest.approx(bound(TABLE).point)


@pytest.mark.parametrize("bound", [chao, chao_equal_lists, chao_log_linear])
@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (
            PatternTable.from_rows(("only",), [((1,), 30)]),
            "Fewer than two lists hold anybody: nothing shows how much one list alone misses.",
        ),
        (
            three_lists(p100=20, p010=30, p111=4),
            (
                "Nobody is in exactly two lists, so the bound would divide by zero; the"
                " bias-corrected form would give a number made by the added one, not by the lists."
            ),
        ),
        (
            three_lists(p100=20, p110=30),
            (
                "At most one list holds persons whom no other list holds, so the bound adds nobody"
                " to the recorded and has no interval."
            ),
        ),
    ],
)
def test_a_table_that_supports_no_bound_is_refused_with_the_reason(bound, table, reason):
    result = bound(table)
    assert isinstance(result, Refusal)
    assert result.reason == reason
    assert reason in result._repr_html_()


def test_the_log_linear_bound_is_refused_for_many_lists():
    lists = tuple(f"list {number}" for number in range(13))
    rows = [(tuple(int(i == j) for i in range(13)), 5) for j in range(13)]
    rows += [((1, 1, *[0] * 11), 3)]
    table = PatternTable.from_rows(lists, rows)
    result = chao_log_linear(table)
    assert isinstance(result, Refusal)
    assert result.reason == (
        "13 lists have 8,192 patterns; the model is fitted to at most 12 lists."
    )
    assert isinstance(chao(table), Estimate)


@pytest.mark.parametrize("bound", [chao, chao_equal_lists, chao_log_linear, two_list])
def test_a_level_that_is_no_share_is_refused(bound):
    with pytest.raises(EstimationError, match=r"a level of 95\. Give the level as a number"):
        bound(TABLE, level=95)


def bounds(bound, chances, *, replicates):
    """Bound 1,000 persons whom three independent lists reach with the given chances."""
    rng = np.random.default_rng(20310803)
    found = []
    for _ in range(replicates):
        captured = rng.random((1000, 3)) < chances
        found.append(bound(PatternTable.from_histories(THREE, captured[captured.any(axis=1)])))
    return found


def test_the_interval_covers_independent_lists_of_different_size_at_its_nominal_level():
    found = bounds(chao, (0.5, 0.2, 0.1), replicates=400)
    covered = sum(result.low <= 1000 <= result.high for result in found) / len(found)
    # Three Monte Carlo standard errors around 0.95, sqrt(0.95 * 0.05 / 400) = 0.011.
    assert abs(covered - 0.95) < 0.033


def test_with_lists_of_different_size_the_bound_of_1987_exceeds_the_total():
    # The reason why it is not among the models run in a case.
    found = bounds(chao_equal_lists, (0.5, 0.2, 0.1), replicates=100)
    assert np.median([result.point for result in found]) > 1150


@pytest.mark.parametrize("bound", [chao, chao_equal_lists, chao_log_linear])
def test_arrays_of_histories_and_counts_give_the_same(bound):
    found = bound(np.array(TABLE.histories), np.array(TABLE.counts))
    assert (found.point, found.low, found.high) == (
        bound(TABLE).point,
        bound(TABLE).low,
        bound(TABLE).high,
    )


def test_two_lists_take_arrays_too_and_counts_by_name():
    found = two_list([[1, 1], [1, 0], [0, 1]], counts=[20, 40, 70])
    assert isinstance(found, Estimate)
    assert found.point == pytest.approx(61 * 91 / 21 - 1)
    with pytest.raises(EstimationError, match="Name two different lists"):
        two_list([[1, 1], [1, 0], [0, 1]], [20, 40, 70])


def test_a_fit_that_does_not_settle_is_refused():
    # The hospital holds only persons of all three lists: its effect has no finite estimate.
    result = chao_log_linear(three_lists(p111=2, p011=1, p010=6, p001=6))
    assert isinstance(result, Refusal)
    assert result.reason == "The fit does not settle: the table is too sparse for the model."
