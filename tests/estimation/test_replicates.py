from math import log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import t as student

from everyname.errors import EstimationError
from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.estimation.kernels.rubin import combine_flat, combine_nested
from everyname.estimation.linkage_replicates import persons_of, tables_of
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.replicates import combine
from everyname.estimation.result import Estimate, PosteriorEstimate, Refusal
from everyname.estimation.two_list import two_list

Z = NormalDist().inv_cdf(0.975)


def estimate(unrecorded, deviation, *, observed=500, **more):
    """An estimate whose interval is log-normal in the unrecorded."""
    values = {
        "model": "made up",
        "point": observed + unrecorded,
        "low": observed + unrecorded * np.exp(-Z * deviation),
        "high": observed + unrecorded * np.exp(Z * deviation),
        "level": 0.95,
        "observed": observed,
        "unrecorded": unrecorded,
        "assumptions": ("The lists are independent.",),
        "reference": "None.",
        "settings": {},
        "lower_bound": False,
    }
    return Estimate(**values | more)


def posterior(draws, observed):
    point, low, high = np.quantile(draws, [0.5, 0.025, 0.975])
    made = estimate(100, 0.1, observed=observed)
    return PosteriorEstimate(
        **made.model_dump() | {"point": point, "low": low, "high": high},
        draws=np.asarray(draws).reshape(2, -1),
    )


def refusal(reason="No person is in both lists."):
    return Refusal(model="made up", reason=reason)


def test_rubins_rules_worked_by_hand():
    # Logarithms of the unrecorded 4.5, 5.0, 5.5: mean 5, B = .25; W = .04; m = 3.
    results = [estimate(np.exp(x), 0.2) for x in (4.5, 5.0, 5.5)]
    combined = combine(results, sources=["linkage"])
    assert isinstance(combined, CombinedEstimate)
    total = 0.04 + 4 / 3 * 0.25
    degrees = 2 * (total / (4 / 3 * 0.25)) ** 2
    reach = student.ppf(0.975, degrees) * sqrt(total)
    assert combined.point == pytest.approx(500 + np.exp(5))
    assert combined.low == pytest.approx(500 + np.exp(5 - reach))
    assert combined.high == pytest.approx(500 + np.exp(5 + reach))
    assert combined.settings["degrees_of_freedom"] == pytest.approx(degrees)
    assert combined.shares == pytest.approx(
        {"estimation": 0.04 / total, "linkage": 1 - 0.04 / total}
    )
    assert combined.diagnostics == (
        "3 replicates gave 590 to 745 persons.",
        "Share of the variance: estimation 11%, linkage 89%.",
    )


def test_the_degrees_of_freedom_of_barnard_and_rubin():
    # Their formula, written out: nu_obs = (nu + 1)/(nu + 3) nu (1 - share), then harmonically.
    values, variances = np.array([1.0, 2.0, 4.0, 3.0]), np.full(4, 2.0)
    between = 5 / 4 * values.var(ddof=1)
    share = between / (2.0 + between)
    observed = 21 / 23 * 20 * (1 - share)
    expected = 1 / (1 / (3 / share**2) + 1 / observed)
    assert combine_flat(values, variances, 20).degrees == pytest.approx(expected)
    assert expected < 20


def test_the_rule_of_verdata_is_symmetric_on_the_number_of_persons():
    results = [estimate(x, 0.2, settings={"standard_error": 30.0}) for x in (90.0, 100.0, 140.0)]
    combined = combine(results, rule="verdata")
    reach = Z * sqrt(30.0**2 + 4 / 3 * 700)
    assert combined.point == pytest.approx(610)
    assert combined.low == pytest.approx(610 - reach)
    assert combined.high == pytest.approx(610 + reach)
    assert combined.settings["rule"].startswith("the rule of HRDAG's verdata")


def test_pooled_draws_are_the_mixture_of_the_replicates():
    rng = np.random.default_rng(1)
    parts = [rng.normal(mean, 20, 4000) for mean in (900, 1000, 1100)]
    combined = combine([posterior(part, 500) for part in parts], rule="pooled")
    expected = np.quantile(np.concatenate(parts), [0.025, 0.5, 0.975])
    assert (combined.low, combined.point, combined.high) == pytest.approx(expected, rel=0.005)
    assert combined.draws.shape == (1, 12000)
    assert "give too narrow an interval" in combined.diagnostics[-1]


def test_draws_and_an_interval_of_the_same_distribution_combine_alike():
    rng = np.random.default_rng(2)
    draws = [500 + rng.lognormal(m, 0.2, 20000) for m in (4.5, 5.0, 5.5)]
    by_draws = combine([posterior(part, 500) for part in draws])
    by_interval = combine([estimate(np.exp(m), 0.2) for m in (4.5, 5.0, 5.5)])
    assert by_draws.high == pytest.approx(by_interval.high, rel=0.01)
    assert by_draws.low == pytest.approx(by_interval.low, rel=0.01)


def test_the_recorded_that_vary_by_replicate_widen_the_interval():
    # The same number of unrecorded in each linkage, of 480 to 520 recorded.
    results = [estimate(100.0, 0.05, observed=n) for n in (480, 500, 520)]
    combined = combine(results)
    assert combined.observed == 480
    assert combined.low >= 480
    assert combined.shares["linkage"] > 0.5
    assert combined.settings["recorded_mean"] == 500
    assert "The recorded persons number 480 to 520, by replicate" in combined.diagnostics[2]


def test_refused_replicates_are_counted_and_said():
    results = [estimate(100.0 + i, 0.1) for i in range(9)] + [refusal()]
    combined = combine(results)
    assert (combined.replicates, combined.refused) == (9, 1)
    assert combined.diagnostics[-1] == (
        "1 of 10 replicates gave no estimate: (1) No person is in both lists."
    )


def test_many_refused_replicates_are_a_refusal():
    result = combine([estimate(100.0, 0.1), estimate(90.0, 0.1), refusal()])
    assert isinstance(result, Refusal)
    assert result.reason == (
        "1 of 3 replicates gave no estimate, 1 of them because: No person is in both lists."
    )
    assert isinstance(combine([refusal(), refusal()]), Refusal)
    assert isinstance(combine([refusal(), refusal()], refused_allowed=1.0), Refusal)


def test_a_lower_bound_among_the_replicates_makes_the_whole_one():
    combined = combine([estimate(100.0, 0.1), estimate(90.0, 0.1, lower_bound=True)])
    assert combined.lower_bound
    assert combined.diagnostics[-1] == (
        "1 of 2 replicates gave a lower bound only, so the whole is one."
    )


def test_one_replicate_is_refused():
    assert combine([estimate(100.0, 0.1)]).reason == (
        "One replicate shows nothing of how much replicates differ; give at least two."
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([],), "no replicates"),
        (([estimate(1.0, 0.1), [estimate(1.0, 0.1)]],), "results and sequences of results"),
    ],
)
def test_what_is_not_a_sequence_of_results_is_an_error(arguments, message):
    with pytest.raises(EstimationError, match=message):
        combine(*arguments)


@pytest.mark.parametrize(
    ("results", "found"),
    [
        (None, "NoneType in place of an estimate or a refusal"),
        ([None, None], "NoneType in place of an estimate or a refusal"),
        ([[None], [None]], "NoneType in place of an estimate or a refusal"),
        (["ab", "cd"], "str in place of an estimate or a refusal"),
        ({"a": 1}, "dict in place of an estimate or a refusal"),
    ],
)
def test_what_holds_no_results_is_said(results, found):
    with pytest.raises(EstimationError, match=found) as caught:
        combine(results)
    assert "Give one result a replicate" in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"seed": -1}, "a seed of -1"),
        ({"seed": True}, "a seed of True"),
        ({"refused_allowed": float("nan")}, "a share of refused replicates of nan"),
        ({"refused_allowed": 2}, "a share of refused replicates of 2"),
        ({"complete_degrees": float("nan")}, "complete_degrees of nan"),
    ],
)
def test_arguments_that_cannot_be_used_are_an_error(arguments, found):
    with pytest.raises(EstimationError, match=found):
        combine([estimate(1.0, 0.1)] * 2, **arguments)


def test_an_unknown_rule_is_an_error():
    with pytest.raises(EstimationError, match="the rule 'mean'"):
        combine([estimate(1.0, 0.1)] * 2, rule="mean")


def test_equal_replicates_add_nothing():
    combined = combine([estimate(100.0, 0.1)] * 5)
    assert combined.low == pytest.approx(estimate(100.0, 0.1).low)
    assert combined.high == pytest.approx(estimate(100.0, 0.1).high)
    assert combined.shares == {"estimation": 1.0, "linkage": 0.0}


def test_nested_replicates_share_the_variance_by_kind():
    # Outer means 4, 5, 6; inside each -.1 and +.1; W = .04.
    nests = [[estimate(np.exp(m + s), 0.2) for s in (-0.1, 0.1)] for m in (4.0, 5.0, 6.0)]
    combined = combine(nests)
    inner, outer = 0.02, 2 * 1.0
    total = 0.04 + (1 + 1 / 3) * outer / 2 + 0.5 * inner
    linkage = (1 + 1 / 3) * (outer - inner) / 2
    assert combined.settings["variance"] == pytest.approx(total)
    assert combined.shares == pytest.approx(
        {
            "estimation": 0.04 / total,
            "linkage": linkage / total,
            "imputation": (total - 0.04 - linkage) / total,
        }
    )
    assert sum(combined.shares.values()) == pytest.approx(1)
    assert "Shen (2000)" in combined.reference


def test_nested_shares_are_found_in_simulated_replicates():
    rng = np.random.default_rng(3)
    outer = rng.normal(0, 0.3, 200)
    values = [center + rng.normal(0, 0.2, 20) for center in outer]
    made = combine_nested(values, [np.full(20, 0.01)] * 200)
    assert made.outer == pytest.approx(0.09, rel=0.2)
    assert made.inner == pytest.approx(0.04, rel=0.1)
    assert made.within == pytest.approx(0.01)


def interval_covers(rng, m, sampling, missing):
    """Impute the missing part of a normal sample properly, and combine: is the mean 0 inside?

    Of n values from N(mean, 1) a share is missing. Each replicate draws the mean given the known
    (flat prior) and then the missing values.
    """
    n, gone = sampling, missing
    known = rng.normal(0, 1, n - gone)
    means = known.mean() + rng.normal(0, 1 / sqrt(n - gone), m)
    filled = means + rng.normal(0, 1 / sqrt(gone), m)
    values = (known.sum() + gone * filled) / n
    made = combine_flat(values, np.full(m, 1 / n))
    reach = student.ppf(0.95, made.degrees) * sqrt(made.variance)
    return abs(made.mean) <= reach, made.variance


def test_rubins_variance_is_that_of_theory_and_his_interval_covers():
    # With half of 100 known the mean has variance 1/50, whatever is imputed (plus W-B noise: the
    # rule's expectation with m replicates is 1/50 + B/m, B = 1/50 - 1/100).
    rng = np.random.default_rng(4)
    runs = [interval_covers(rng, 5, 100, 50) for _ in range(4000)]
    assert np.mean([variance for _, variance in runs]) == pytest.approx(1 / 50 + 0.01 / 5, rel=0.03)
    assert np.mean([held for held, _ in runs]) == pytest.approx(0.90, abs=0.015)


def nested_covers(rng, outer, inner):
    """Outer unknown N(0, .09), inner unknown N(0, .04), estimation N(0, .01)."""
    truth_at = rng.normal(0, sqrt(0.14))
    values = [truth_at + center + rng.normal(0, 0.2, inner) for center in rng.normal(0, 0.3, outer)]
    made = combine_nested(values, [np.full(inner, 0.01)] * outer)
    return abs(made.mean) <= student.ppf(0.95, made.degrees) * sqrt(made.variance)


def test_nested_intervals_cover():
    rng = np.random.default_rng(5)
    held = np.mean([nested_covers(rng, 5, 3) for _ in range(3000)])
    assert held == pytest.approx(0.90, abs=0.025)


def test_tables_under_each_linkage():
    lists = ("hospital", "press")
    places = [0, 0, 1, 1]
    labels = [[7, 8, 7, 9], [1, 2, 3, 4], [5, 5, 5, 5]]
    assert list(tables_of(labels, places, lists)) == [
        PatternTable.from_rows(lists, [((1, 1), 1), ((1, 0), 1), ((0, 1), 1)]),
        PatternTable.from_rows(lists, [((1, 0), 2), ((0, 1), 2)]),
        PatternTable.from_rows(lists, [((1, 1), 1)]),
    ]


def test_a_person_has_what_most_records_say_and_nothing_where_they_disagree_evenly():
    labels = [[1, 1, 1, 2, 2, 3]]
    columns = [[0, 4], [1, -1], [1, -1], [0, 2], [1, 2], [-1, -1]]
    persons = next(persons_of(labels, [0, 1, 1, 0, 1, 0], 2, columns))
    assert persons.columns.tolist() == [[1, 4], [-1, 2], [-1, -1]]
    assert persons.histories.tolist() == [[1, 1], [1, 1], [1, 0]]


@pytest.mark.parametrize(
    ("labels", "places", "columns", "message"),
    [
        ([[1, 2]], [0, 1, 1], None, "replicate 1: labels of shape"),
        ([[1, 2]], [0, 2], None, "a list of a record outside 0 to 1"),
        ([[1, 2]], [0, 1], [[1]], "columns of shape"),
    ],
)
def test_linkages_that_do_not_fit_the_records_are_an_error(labels, places, columns, message):
    with pytest.raises(EstimationError, match=message):
        list(persons_of(labels, places, 2, columns))


def test_linkage_replicates_from_records_to_one_interval():
    # 300 persons in two lists of 150, 60 in both; each true pair is joined with probability .9.
    rng = np.random.default_rng(6)
    places = np.repeat([0, 1], 150)
    alike = np.concatenate([np.arange(150), np.r_[np.arange(60), 1000 + np.arange(90)]])

    def labels():
        for _ in range(30):
            made = alike.copy()
            made[150:210] = np.where(rng.random(60) < 0.9, made[150:210], 2000 + np.arange(60))
            yield made

    tables = tables_of(labels(), places, ("hospital", "press"))
    combined = combine([two_list(table) for table in tables], sources=["linkage"])
    assert isinstance(combined, CombinedEstimate)
    # About 54 matches: 151^2 / 55 - 1.
    assert combined.point == pytest.approx(151**2 / 55 - 1, rel=0.03)
    assert 0.05 < combined.shares["linkage"] < 0.6
    single = two_list(
        PatternTable.from_rows(("hospital", "press"), [((1, 1), 54), ((1, 0), 96), ((0, 1), 96)])
    )
    assert combined.high - combined.low > single.high - single.low
    assert (
        combined.settings["variance"]
        > (log(single.high - single.observed) - log(single.low - single.observed)) ** 2
        / (2 * Z) ** 2
        * 0.5
    )


def test_intervals_that_reach_further_up_stay_so_when_combined():
    lopsided = estimate(200, 0.1, observed=800, low=950, high=1400)
    found = combine([lopsided, lopsided], sources=("linkage",))
    assert (found.low, found.point, found.high) == pytest.approx((950, 1000, 1400))
