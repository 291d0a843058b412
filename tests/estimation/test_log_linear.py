from math import exp, inf, lgamma, log

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation.kernels.hierarchical_models import (
    cell_counts,
    fit_all,
    generators,
    model_space,
)
from everyname.estimation.kernels.poisson_regression import climb, poisson_fit
from everyname.estimation.log_linear import SelectedEstimate, loglinear
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import AveragedEstimate, Refusal

HISTORIES = np.array(
    [[1, 1, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.int8
)
COUNTS = np.array([12, 45, 20, 31, 160, 240, 118])
TABLE = PatternTable(("hospital", "press", "survey"), HISTORIES, COUNTS)


def four_lists(seed=3, persons=3000):
    """Lists of which the first two record the same persons more often than chance."""
    random = np.random.default_rng(seed)
    first = random.random(persons) < 0.35
    marks = np.column_stack(
        [
            first,
            random.random(persons) < np.where(first, 0.45, 0.2),
            random.random(persons) < 0.3,
            random.random(persons) < 0.25,
        ]
    )
    held = marks[marks.any(axis=1)].astype(np.int8)
    return PatternTable.from_histories(("a", "b", "c", "d"), held)


def test_the_saturated_model_of_three_lists_has_its_total_in_closed_form():
    # Without a three-way interaction: odd patterns over even ones.
    result = loglinear(TABLE, average=False, models=["[12,13,23]"])
    assert isinstance(result, SelectedEstimate)
    unrecorded = 12 * 160 * 240 * 118 / (45 * 20 * 31)
    assert result.settings["poisson_estimate"] == pytest.approx(628 - 2 + unrecorded)
    assert result.deviance == pytest.approx(0, abs=1e-8)
    assert result.degrees_of_freedom == 0


def test_one_dependent_pair_is_two_lists_merged():
    # With lists 1 and 2 dependent, their union and list 3 are two independent lists.
    result = loglinear(TABLE, average=False, models=["[12,3]"])
    both, only_pair, only_third = 12 + 20 + 31, 45 + 160 + 240, 118
    total = result.observed + only_pair * only_third / both
    assert result.settings["poisson_estimate"] == pytest.approx(total)
    variance = only_pair * only_third * (both + only_pair) * (both + only_third) / both**3
    assert result.settings["standard_error"] == pytest.approx(variance**0.5)
    assert result.terms == ("hospital", "press", "survey", "hospital:press")
    assert "Dependent on each other: hospital and press." in result.assumptions


def test_all_hierarchical_models_are_enumerated():
    assert [len(model_space(n, n - 1).members) for n in (3, 4)] == [8, 113]
    assert len(model_space(5, 2).members) == 1024
    assert len(model_space(5, 4).members) == 6893
    space = model_space(3, 2)
    names = [generators(space, place) for place in range(8)]
    assert names[0] == ((0,), (1,), (2,))
    assert names[-1] == ((0, 1), (0, 2), (1, 2))


def test_a_fit_solves_the_likelihood_equations():
    space = model_space(3, 2)
    counts = cell_counts(HISTORIES, COUNTS)
    fits = fit_all(HISTORIES, COUNTS)
    for place, members in enumerate(space.members):
        design = space.design[:, members]
        means = np.exp(fits.predictor[place])
        assert design.T @ means == pytest.approx(design.T @ counts)
        fit = poisson_fit(design, counts)
        assert fit is not None
        assert fit.covariance == pytest.approx(np.linalg.inv((design.T * means) @ design))
        assert fits.log_error[place] == pytest.approx(fit.covariance[0, 0] ** 0.5)


def test_a_model_without_a_maximum_is_not_fitted():
    # Nobody is in lists 1 and 2 together: their interaction goes to minus infinity; and without it
    # [13,23] fits the pattern of both, and not the third, by itself.
    counts = np.array([0, 0, 20, 31, 160, 240, 118])
    space = model_space(3, 2)
    fits = fit_all(HISTORIES, counts)
    pair = space.members[:, space.terms.index((0, 1))]
    alone = [generators(space, place) == ((0, 2), (1, 2)) for place in range(8)]
    assert fits.exists.tolist() == (~(pair | alone)).tolist()
    assert np.isnan(fits.unrecorded[~fits.exists]).all()


def test_the_proof_holds_for_very_small_means():
    design = np.column_stack([np.ones(4), [0, 0, 1, 1], [0, 1, 0, 1]]).astype(float)
    counts = np.array([1e6, 1.0, 1.0, 0.0])
    fit, exists = climb(design, counts)
    assert exists
    assert exp(fit.predictor[3]) == pytest.approx(1e-6, rel=1e-3)


def test_the_averaged_interval_lies_between_those_of_its_models():
    table = four_lists()
    result = loglinear(table)
    assert isinstance(result, AveragedEstimate)
    assert result.models
    assert result.low <= max(model.low for model in result.models)
    assert result.high >= min(model.high for model in result.models)
    assert result.low < result.settings["weighted_mean"] < result.high
    assert sum(model.weight for model in result.models) <= 1
    # The pair that depends on each other is in every model near the best.
    assert all("a:b" in model.terms for model in result.models)


def test_one_model_averaged_is_that_model():
    averaged = loglinear(TABLE, models=["[12,3]"])
    selected = loglinear(TABLE, models=["[12,3]"], average=False)
    assert averaged.low == pytest.approx(selected.low, rel=1e-6)
    assert averaged.point == pytest.approx(selected.point, rel=1e-6)
    assert averaged.high == pytest.approx(selected.high, rel=1e-6)


def test_the_interval_is_where_the_likelihood_has_fallen():
    result = loglinear(TABLE, models=["[1,2,3]"], average=False)
    at = {number: height(number) for number in (result.low, result.point, result.high)}
    assert at[result.point] - at[result.low] == pytest.approx(1.9207, abs=1e-4)
    assert at[result.point] - at[result.high] == pytest.approx(1.9207, abs=1e-4)
    assert at[result.point] > max(height(result.point - 1), height(result.point + 1))


def height(total):
    """Log-likelihood of independent lists at a total, in closed form."""
    sizes = TABLE.sizes
    held = sum(size * log(size / total) + (total - size) * log(1 - size / total) for size in sizes)
    return lgamma(total + 1) - lgamma(total - TABLE.observed + 1) + held


def test_the_criterion_decides():
    table = four_lists()
    by_bic = loglinear(table, average=False)
    by_aic = loglinear(table, average=False, criterion="aic")
    assert by_bic.parameters <= by_aic.parameters
    assert by_bic.bic <= by_aic.bic
    assert by_aic.aic <= by_bic.aic


def test_a_bootstrap_repeats_the_selection_and_is_reproducible():
    table = four_lists()
    first = loglinear(table, average=False, bootstrap=100, seed=5)
    again = loglinear(table, average=False, bootstrap=100, seed=5)
    assert (first.low, first.high) == (again.low, again.high)
    plain = loglinear(table, average=False)
    assert first.point == plain.point
    assert first.low < plain.point < first.high
    assert 0 < first.settings["same_model"] < 100
    assert first.diagnostics[-1].startswith("Of 100 tables drawn from it, ")


def test_more_than_five_lists_are_searched_by_pairs():
    random = np.random.default_rng(1)
    chance = np.array([0.3, 0.2, 0.25, 0.3, 0.2, 0.15])
    marks = random.random((2000, 6)) < chance
    marks[:, 1] |= marks[:, 0] & (random.random(2000) < 0.4)
    table = PatternTable.from_histories(tuple("abcdef"), marks[marks.any(axis=1)].astype(np.int8))
    result = loglinear(table, average=False)
    assert "a:b" in result.terms
    assert 15 < result.settings["models_fitted"] < 200
    assert result.low < 2000 < result.high


def test_a_list_that_holds_nobody_is_left_out_and_lists_keep_their_numbers():
    histories = np.insert(HISTORIES, 1, 0, axis=1)
    table = PatternTable(("hospital", "empty", "press", "survey"), histories, COUNTS)
    result = loglinear(table, average=False, models=["[13,4]"])
    assert result.settings["model"] == "[13,4]"
    assert result.point == pytest.approx(loglinear(TABLE, average=False, models=["[12,3]"]).point)
    assert "Lists that hold nobody are left out: empty." in result.diagnostics


def test_tables_that_support_no_model_are_refused():
    two = loglinear([[1, 1], [1, 0], [0, 1]], [5, 9, 7])
    apart = loglinear(np.eye(3, dtype=int), [5, 9, 7])
    nine = loglinear(np.vstack([np.eye(9, dtype=int), np.ones((1, 9), dtype=int)]))
    inside = loglinear([[1, 1, 1], [1, 1, 0], [1, 0, 0]], [5, 9, 7])
    for refused in (two, apart, nine, inside):
        assert isinstance(refused, Refusal)
    assert two.reason.startswith("2 of the lists hold anybody.")
    assert apart.reason.startswith("No person is in two lists")
    assert nine.reason.startswith("9 lists have 512 patterns")
    assert inside.reason.startswith("None of the 8 models has a maximum likelihood estimate")


@pytest.mark.parametrize(
    "wrong",
    [
        {"criterion": "cv"},
        {"maximum": "any"},
        {"order": 0},
        {"level": 1.0},
        {"bootstrap": 100},
        {"bootstrap": 10, "average": False},
        {"models": ["[123]"]},
        {"models": ["[14]"]},
        {"models": [""]},
    ],
)
def test_arguments_that_cannot_be_used_are_errors(wrong):
    with pytest.raises(EstimationError):
        loglinear(TABLE, **wrong)


def test_results_are_written_to_json_and_shown():
    result = loglinear(TABLE)
    assert AveragedEstimate.model_validate_json(result.model_dump_json()) == result
    assert "Log-linear models, averaged" in result._repr_html_()
    assert result.high < inf


@pytest.mark.parametrize("counts", [[50, 10, 10, 10, 1, 1, 1], [40, 40, 40, 40, 3, 3, 3]])
def test_where_nobody_unrecorded_is_most_likely_the_average_still_has_an_upper_end(counts):
    result = loglinear(HISTORIES, counts)
    assert result.low == result.observed
    assert result.high > result.observed + 0.3


def test_at_the_boundary_one_model_averaged_has_its_own_profile_interval():
    counts = [50, 10, 10, 10, 1, 1, 1]
    averaged = loglinear(HISTORIES, counts, models=["[1,2,3]"])
    alone = loglinear(HISTORIES, counts, models=["[1,2,3]"], average=False)
    assert (averaged.low, averaged.point) == (alone.low, alone.point) == (83.0, 83.0)
    assert averaged.high == pytest.approx(alone.high, rel=1e-6)
    assert averaged.high == pytest.approx(84.4, abs=0.05)
