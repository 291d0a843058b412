import csv
import json
from math import log

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation import Estimate, PatternTable, Refusal, two_list
from everyname.estimation.highest_order import SensitivityEstimate, no_highest_order

THREE = ("hospital", "press", "survey")


def table(cells):
    """Build a table of three lists from the persons with the patterns 1 to 7, as bits."""
    rows = [
        (tuple(pattern >> place & 1 for place in range(3)), count)
        for pattern, count in enumerate(cells, start=1)
    ]
    return PatternTable.from_rows(THREE, rows)


FULL = table([20, 30, 6, 10, 3, 2, 5])


@pytest.mark.shared
def test_kosovo_at_a_half_one_and_two(shared):
    path = shared / "data" / "patterns" / "kosovo_aggregate.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    cells = np.array(rows, dtype=np.int64)
    result = no_highest_order(cells[:, :-1], cells[:, -1])
    assert isinstance(result, SensitivityEstimate)
    assert [(one.xi, round(one.point)) for one in result.curve] == [
        (0.5, 10_671),
        (1.0, 16_942),
        (2.0, 29_484),
    ]
    posterior = no_highest_order(cells[:, :-1], cells[:, -1], interval="posterior")
    assert isinstance(posterior, SensitivityEstimate)
    assert posterior.point == pytest.approx(result.point, rel=0.03)
    assert posterior.low == pytest.approx(result.low, rel=0.08)
    assert posterior.high == pytest.approx(result.high, rel=0.08)


def test_three_lists_worked_by_hand():
    # Patterns of one list or three: 20, 30, 10 and 5; of two lists: 6, 3 and 2.
    result = no_highest_order(FULL)
    assert isinstance(result, SensitivityEstimate)
    missed = 20 * 30 * 10 * 5 / (6 * 3 * 2)
    assert result.unrecorded == pytest.approx(missed)
    spread = 1 / 20 + 1 / 30 + 1 / 6 + 1 / 10 + 1 / 3 + 1 / 2 + 1 / 5 + 1 / missed
    factor = np.exp(1.959964 * np.sqrt(np.log(1 + spread)))
    assert result.low == pytest.approx(76 + missed / factor, rel=1e-6)
    assert result.high == pytest.approx(76 + missed * factor, rel=1e-6)
    assert result.diagnostics[-1] == (
        "The smallest pattern has 2 persons; with one more the unrecorded would change by a factor"
        " of 1.50."
    )


@pytest.mark.parametrize("xi", [0.25, 1.0, 3.0])
def test_xi_is_the_odds_ratio_of_the_interaction_of_all_lists(xi):
    result = no_highest_order(FULL, sensitivity=[xi])
    assert isinstance(result, SensitivityEstimate)
    missed = next(one.point for one in result.curve if one.xi == xi) - result.observed
    full = [missed, 20, 30, 6, 10, 3, 2, 5]
    # Of three lists the last interaction is the log-odds ratio of the first two among the persons
    # in the third, less that among those not in it.
    inside = log(full[7] * full[4] / (full[5] * full[6]))
    outside = log(full[3] * full[0] / (full[1] * full[2]))
    assert inside - outside == pytest.approx(log(1 / xi))


def test_two_lists_give_lincoln_and_petersen():
    given = PatternTable.from_rows(("a", "b"), [((1, 1), 20), ((1, 0), 40), ((0, 1), 70)])
    result, plain = no_highest_order(given), two_list(given, form="lincoln-petersen")
    assert isinstance(result, SensitivityEstimate)
    assert isinstance(plain, Estimate)
    assert (result.point, result.low, result.high) == pytest.approx(
        (plain.point, plain.low, plain.high)
    )


def test_the_xi_that_halves_or_doubles_the_number():
    result = no_highest_order(FULL)
    assert isinstance(result, SensitivityEstimate)
    assert result.doubles is not None
    assert result.halves is not None
    check = no_highest_order(FULL, sensitivity=[result.halves, result.doubles])
    assert isinstance(check, SensitivityEstimate)
    assert [one.point for one in check.curve] == pytest.approx(
        [result.point / 2, result.point, 2 * result.point]
    )
    assert result.xi_that(0.01) is None


def test_an_empty_pattern_is_refused_and_the_posterior_says_what_the_prior_does():
    sparse = table([20, 30, 6, 10, 3, 2, 0])
    refused = no_highest_order(sparse)
    assert isinstance(refused, Refusal)
    assert refused.reason == (
        "Nobody has 1 of the 7 patterns of lists, and the number is a product and quotient of all"
        " of them: it would be nothing, infinite or neither. Fewer lists, or the posterior with"
        " its prior, give a number."
    )
    result = no_highest_order(sparse, interval="posterior")
    assert isinstance(result, SensitivityEstimate)
    assert result.diagnostics[-1] == (
        "Nobody has 1 of the 7 patterns: there the prior of 0.5 persons a pattern decides the"
        " number and its interval."
    )
    assert result.draws is not None
    assert result.draws.shape == (4, 1000)
    assert np.median(result.draws) == result.point
    assert "draws" not in json.loads(result.model_dump_json())
    again = no_highest_order(sparse, interval="posterior")
    assert isinstance(again, SensitivityEstimate)
    assert (again.low, again.high) == (result.low, result.high)


def test_a_posterior_without_upper_limit_is_refused():
    result = no_highest_order(table([20, 30, 0, 10, 0, 1, 4]), interval="posterior")
    assert isinstance(result, Refusal)
    assert result.reason.startswith("The lists set no upper limit: nobody has 2 of the 7 patterns")


def covered(interval):
    """Share of intervals that hold the truth where two lists depend, and all three do not."""
    rng = np.random.default_rng(20310803)
    found = []
    for _ in range(200):
        first = rng.random(3000) < 0.4
        second = rng.random(3000) < np.where(first, 0.5, 0.25)
        third = rng.random(3000) < 0.3
        captured = np.column_stack([first, second, third])
        given = PatternTable.from_histories(THREE, captured[captured.any(axis=1)])
        result = no_highest_order(given, interval=interval)
        found.append(result.low <= 3000 <= result.high)
    return np.mean(found)


@pytest.mark.parametrize("interval", ["log-normal", "posterior"])
def test_the_interval_covers_dependent_lists_at_its_nominal_level(interval):
    # Three Monte Carlo standard errors around 0.95.
    assert abs(covered(interval) - 0.95) < 0.047


def test_a_notebook_shows_the_curve():
    html = no_highest_order(FULL)._repr_html_()
    assert "<td>0.5</td><td>493</td>" in html
    assert "same among the persons in the last list" in html


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            PatternTable.from_rows(("only",), [((1,), 30)]),
            "Fewer than two lists hold anybody: nothing shows how much one list alone misses.",
        ),
        (
            table([20, 30, 0, 10, 0, 0, 0]),
            (
                "No person is in two lists: without overlap the lists say nothing about whom all"
                " of them miss."
            ),
        ),
        (
            PatternTable.from_histories(
                tuple("abcdefghijk"), np.vstack([np.eye(11), np.ones((2, 11))]).astype(int)
            ),
            (
                "11 lists have 2,047 patterns, far more than can all be filled: give at most 10"
                " lists."
            ),
        ),
    ],
)
def test_a_table_that_supports_no_number_is_refused_with_the_reason(given, reason):
    result = no_highest_order(given)
    assert isinstance(result, Refusal)
    assert result.reason == reason


@pytest.mark.parametrize("wrong", [{"sensitivity": (0.0,)}, {"prior": 0.0}, {"level": 0.0}])
def test_settings_that_cannot_be_used_are_refused(wrong):
    with pytest.raises(EstimationError):
        no_highest_order(FULL, **wrong)
