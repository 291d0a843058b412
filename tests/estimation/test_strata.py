from math import exp, log, sqrt

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, PosteriorEstimate, Refusal
from everyname.estimation.strata import by_stratum, sum_of_strata, tables_by_stratum
from everyname.estimation.two_list import two_list

LISTS = ("hospital", "press")


def table(both, first, second):
    return PatternTable.from_rows(LISTS, [((1, 1), both), ((1, 0), first), ((0, 1), second)])


TABLES = {"women": table(30, 60, 40), "men": table(20, 80, 50)}


def posterior(draws, observed):
    low, point, high = np.quantile(draws, [0.025, 0.5, 0.975])
    return PosteriorEstimate(
        model="posterior",
        point=point,
        low=low,
        high=high,
        level=0.95,
        observed=observed,
        unrecorded=point - observed,
        assumptions=("It holds.",),
        reference="None.",
        settings={},
        lower_bound=False,
        draws=np.rint(draws).astype(np.int64).reshape(4, -1),
    )


def test_points_and_variances_add_up():
    result = by_stratum(TABLES, two_list)
    women, men = (two_list(each) for each in TABLES.values())
    assert result.strata == {"women": women, "men": men}
    assert result.total.point == pytest.approx(women.point + men.point)
    assert result.total.observed == 280
    variance = women.settings["standard_error"] ** 2 + men.settings["standard_error"] ** 2
    missed = women.unrecorded + men.unrecorded
    factor = exp(1.959964 * sqrt(log(1 + variance / missed**2)))
    assert result.total.low == pytest.approx(280 + missed / factor, rel=1e-6)
    assert result.total.high == pytest.approx(280 + missed * factor, rel=1e-6)
    assert not result.total.lower_bound


def test_draws_add_up():
    rng = np.random.default_rng(1)
    parts = [rng.gamma(50, 20, 8000) + 100, rng.gamma(80, 10, 8000) + 200]
    total = sum_of_strata(
        {"a": posterior(parts[0], 100), "b": posterior(parts[1], 200)}, {"a": 100, "b": 200}
    )
    assert isinstance(total, PosteriorEstimate)
    # Variances of independent gammas: 50 * 20^2 + 80 * 10^2.
    assert total.draws.std() == pytest.approx(sqrt(28000), rel=0.05)
    assert total.draws.mean() == pytest.approx(2100, rel=0.01)
    assert total.point == pytest.approx(2100, rel=0.02)


def test_draws_in_one_order_do_not_make_strata_move_together():
    draws = np.sort(np.random.default_rng(2).normal(1000, 50, 4000))
    total = sum_of_strata({"a": posterior(draws, 1), "b": posterior(draws, 1)}, {"a": 1, "b": 1})
    assert total.draws.std() == pytest.approx(50 * sqrt(2), rel=0.05)


def test_a_refused_stratum_makes_the_total_a_lower_bound_with_its_recorded():
    result = by_stratum(TABLES | {"unknown": table(0, 7, 5)}, two_list)
    assert isinstance(result.strata["unknown"], Refusal)
    without = by_stratum(TABLES, two_list).total
    assert result.total.lower_bound
    assert result.total.point == pytest.approx(without.point + 12)
    assert result.total.observed == 292
    assert result.total.words.startswith("At least about ")
    assert result.total.diagnostics == (
        (
            "No estimate for unknown: No person is in both lists: without overlap two lists say"
            " nothing about whom both miss. Its 12 recorded persons are added as they are, so the"
            " total is at least this."
        ),
    )


def test_where_every_stratum_is_refused_there_is_no_total():
    result = by_stratum({"a": table(0, 7, 5), "b": table(0, 1, 2)}, two_list)
    assert result.total.reason == "No stratum has an estimate."
    assert "cannot be compared" in result.consistency


def test_strata_that_lists_reach_differently_are_told_from_everybody_together():
    # 1,000 each; the lists hold 90% and 10% of the strata, independently in each.
    tables = {"town": table(810, 90, 90), "country": table(10, 90, 90)}
    result = by_stratum(tables, lambda each: two_list(each, form="lincoln-petersen"))
    assert result.total.point == pytest.approx(2000)
    assert result.whole.point == pytest.approx(1000**2 / 820)
    assert result.consistency == (
        "The strata add up to 2,000, everybody together gives 1,220, outside the interval of the"
        " sum. Lists that reach strata differently are dependent when the strata are taken"
        " together, which speaks for the sum; small strata with biased estimates would speak"
        " against it."
    )


def test_equal_strata_agree_with_everybody_together():
    result = by_stratum({"a": table(30, 60, 40), "b": table(30, 60, 40)}, two_list)
    assert result.consistency.endswith("within the interval of the sum.")


def test_the_sum_over_many_strata_covers():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(300):
        strata, recorded = {}, {}
        for name in "abcdefghij":
            marks = rng.random((200, 2)) < (0.5, 0.4)
            each = PatternTable.from_histories(LISTS, marks[marks.any(axis=1)].astype(np.int8))
            strata[name], recorded[name] = two_list(each), each.observed
        total = sum_of_strata(strata, recorded)
        held += total.low <= 2000 <= total.high
    assert 0.92 <= held / 300 <= 0.98


def test_histories_are_split_by_stratum():
    tables = tables_by_stratum(
        [[1, 0], [1, 1], [0, 1]], ["b", "a", "b"], counts=[3, 4, 5], lists=LISTS
    )
    assert tables == {
        "a": PatternTable.from_rows(LISTS, [((1, 1), 4)]),
        "b": PatternTable.from_rows(LISTS, [((1, 0), 3), ((0, 1), 5)]),
    }


def test_strata_that_do_not_fit_are_an_error():
    with pytest.raises(EstimationError, match="2 strata for 1 rows"):
        tables_by_stratum([[1, 0]], ["a", "b"])
    with pytest.raises(EstimationError, match="no strata"):
        by_stratum({}, two_list)
    other = PatternTable.from_rows(("a", "b"), [((1, 1), 1)])
    with pytest.raises(EstimationError, match="different lists"):
        by_stratum({"a": table(1, 1, 1), "b": other}, two_list)


def test_what_is_no_stratum_and_no_result_is_said():
    with pytest.raises(EstimationError, match="list in place of a table for each stratum"):
        by_stratum([table(1, 1, 1)], two_list)
    with pytest.raises(EstimationError, match="NoneType in place of a result"):
        by_stratum(TABLES, lambda _table: None)
    with pytest.raises(EstimationError, match="NoneType in place of a result"):
        sum_of_strata({"a": None}, {"a": 3})
    with pytest.raises(EstimationError, match="no number of recorded persons for the stratum men"):
        sum_of_strata({"men": two_list(TABLES["men"])}, {})


def test_a_notebook_shows_intervals_as_the_words_do():
    result = by_stratum(TABLES, lambda each: two_list(each, level=0.995))
    women = result.strata["women"]
    html = result._repr_html_()
    assert f"<td>{women.interval_words} (99.5%)</td>" in html
    assert f"(99.5% interval {women.interval_words}; 130 recorded)" in women.words


def test_a_notebook_shows_the_strata_and_the_total():
    html = by_stratum(TABLES | {"<b>": table(0, 7, 5)}, two_list)._repr_html_()
    # By Chapman 91 times 71, over 31, less 1.
    assert "<td>women</td><td>130</td><td>207</td>" in html
    assert "&lt;b&gt;" in html
    assert "at least " in html


def test_the_result_goes_to_json_and_back():
    result = by_stratum(TABLES, two_list)
    again = type(result).model_validate_json(result.model_dump_json())
    assert isinstance(again.total, Estimate)
    assert again.total.high == pytest.approx(result.total.high)
