import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation.doubly_robust import DoublyRobustEstimate, doubly_robust
from everyname.estimation.kernels.doubly_robust import bounded, influence, one_step, targeted
from everyname.estimation.nuisance import classifier_nuisance, from_cells
from everyname.estimation.result import Refusal

SIZE = 5000


def logistic(score):
    return 1 / (1 + np.exp(-score))


def chances(x):
    first = logistic(-0.7 + 1.2 * x[:, 0] + 0.8 * x[:, 1] ** 2)
    return first, logistic(-0.3 + 1.0 * x[:, 0] - 0.6 * x[:, 1])


def population(seed, size=SIZE):
    """The recorded of a population in which easy cases are easy for both lists."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, (size, 2))
    marks = (rng.random((size, 2)) < np.stack(chances(x), axis=1)).astype(int)
    seen = marks.any(axis=1)
    return marks[seen], x[seen]


def right(x):
    """The true probabilities among the recorded: first, second, both."""
    first, second = chances(x)
    either = first + second - first * second
    return np.stack([first / either, second / either, first * second / either], axis=1)


def wrong(column):
    def nuisance(_covariates, _cells, new):
        q = right(new)
        q[:, column] = np.clip(q[:, column] + 0.15 * np.sin(5 * new[:, 0]) + 0.1, q[:, 2], 1)
        return q

    return nuisance


def simulate(runs, **arguments):
    results = [doubly_robust(*population(seed), **arguments) for seed in range(runs)]
    points = np.array([each.point for each in results])
    held = np.mean([each.low <= SIZE <= each.high for each in results])
    return points, held, results


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("form", ["one-step", "targeted"])
def test_one_list_may_be_wrong_where_both_together_is_right(column, form):
    points, held, results = simulate(200, nuisance=wrong(column), form=form)
    assert points.mean() / SIZE == pytest.approx(1, abs=0.01)
    assert held >= 0.91
    # What is corrected: the regression alone is off by more than a tenth.
    assert np.mean([each.plug_in for each in results]) / SIZE > 1.1


def test_the_standard_error_is_the_spread_over_populations():
    points, held, results = simulate(300, nuisance=lambda _x, _c, new: right(new))
    errors = [each.settings["standard_error"] for each in results]
    assert np.mean(errors) == pytest.approx(points.std(), rel=0.1)
    assert points.mean() / SIZE == pytest.approx(1, abs=0.005)
    assert 0.92 <= held <= 0.98


def test_the_regression_of_its_own_covers():
    points, held, _ = simulate(30)
    assert points.mean() / SIZE == pytest.approx(1, abs=0.02)
    assert held >= 0.9


def test_without_the_covariates_the_same_lists_mislead():
    marks, x = population(1)
    with_them = doubly_robust(marks, x)
    without = doubly_robust(marks, np.zeros((len(x), 1)))
    assert with_them.low <= SIZE <= with_them.high
    assert without.high < SIZE


def test_without_covariates_it_is_the_estimate_of_lincoln_and_petersen():
    marks = np.repeat([[1, 1], [1, 0], [0, 1]], [120, 180, 280], axis=0)
    result = doubly_robust(marks, np.zeros((580, 1)), folds=1)
    assert result.plug_in == pytest.approx(300 * 400 / 120)
    assert result.one_step == pytest.approx(300 * 400 / 120)
    assert result.targeted == pytest.approx(300 * 400 / 120)
    # Its variance too: Sekar and Deming's n1 n2 (n1 - m)(n2 - m) / m^3.
    assert result.settings["standard_error"] ** 2 == pytest.approx(
        300 * 400 * 180 * 280 / 120**3, rel=0.01
    )


def test_categories_stratify():
    # Two places that the lists reach very differently: 1,000 persons each.
    marks = np.repeat(
        [[1, 1], [1, 0], [0, 1], [1, 1], [1, 0], [0, 1]], [490, 210, 210, 40, 160, 160], axis=0
    )
    place = np.repeat(["town", "country"], [910, 360])[:, np.newaxis]
    assert doubly_robust(marks, place).point == pytest.approx(2000, rel=0.02)
    codes = (place == "town").astype(int)
    assert doubly_robust(marks, codes, categorical=(0,)).point == pytest.approx(2000, rel=0.02)


def test_another_list_is_a_covariate():
    # List 3 marks easy cases; given it, lists 1 and 2 are independent.
    rng = np.random.default_rng(5)
    easy = rng.random(8000) < 0.5
    marks = (rng.random((8000, 3)) < np.where(easy, 0.7, 0.25)[:, np.newaxis]).astype(int)
    marks[:, 2] = easy
    seen = marks.any(axis=1)
    result = doubly_robust(marks[seen], np.zeros((int(seen.sum()), 1)))
    assert result.low <= 8000 <= result.high
    assert result.observed == seen.sum()
    assert result.diagnostics[-1].endswith("persons are in neither of the two lists.")


def test_a_classifier_of_ones_own():
    class Shares:
        def fit(self, _covariates, cells):
            self.classes_, counts = np.unique(cells, return_counts=True)
            self.shares = counts / counts.sum()
            return self

        def predict_proba(self, new):
            return np.tile(self.shares, (len(new), 1))

    marks, x = population(2, 1000)
    result = doubly_robust(marks, x, nuisance=classifier_nuisance(Shares), folds=1)
    first, second = marks.sum(axis=0)
    assert result.plug_in == pytest.approx(first * second / (marks.sum(axis=1) == 2).sum())
    assert result.settings["regression"] == "given"


def test_terms_worked_by_hand():
    q = np.array([[0.8, 0.5, 0.4]] * 3)
    marks = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    # q1 q2 / q12 = 1; terms 1/.8, 1/.5 and 1/.8 + 1/.5 - 1/.4.
    assert influence(marks, q).tolist() == pytest.approx([1.25, 2.0, 0.75])
    assert one_step(marks, q).value == pytest.approx(4 / 3)
    assert one_step(marks, q).plug_in == pytest.approx(1)


def test_targeting_ends_where_nothing_is_left_to_correct():
    marks, x = population(3)
    q = bounded(wrong(0)(None, None, x), 0.005)[0]
    result = targeted(marks.astype(float), q, 0.005)
    assert 0 < result.rounds < 99
    assert result.value == pytest.approx(one_step(marks.astype(float), q).value, rel=0.05)
    assert result.value < result.plug_in


def test_impossible_probabilities_are_moved_and_counted():
    q, moved = bounded(np.array([[0.8, 0.5, 0.6], [0.7, 0.7, 0.4], [0.5, 0.5, 0.0]]), 0.01)
    assert q.tolist() == [[0.8, 0.6, 0.6], [0.7, 0.7, 0.4], [0.5, 0.5, 0.01]]
    assert moved == 2
    assert from_cells(np.array([[0.3, 0.5, 0.2]])).tolist() == [[0.5, 0.7, 0.2]]


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((0, 50, 50), "No person is in both lists"),
        ((50, 0, 50), "Every person in list 1 is in the other list too"),
        ((50, 5, 50), "Only 5 persons are in one of the three groups"),
        ((50, 50, 50), None),
    ],
)
def test_lists_that_cannot_support_it_are_refused(counts, reason):
    marks = np.repeat([[1, 1], [1, 0], [0, 1]], counts, axis=0)
    result = doubly_robust(marks, np.zeros((len(marks), 1)))
    if reason is None:
        assert isinstance(result, DoublyRobustEstimate)
    else:
        assert isinstance(result, Refusal)
        assert result.reason.startswith(reason)


def test_fewer_than_are_recorded_is_refused():
    marks = np.repeat([[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [90, 20, 20, 400], axis=0)
    result = doubly_robust(marks, np.zeros((len(marks), 1)))
    assert "no more than the 530 recorded" in result.reason


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1, 0], [0, 1]], [[1.0], [float("nan")]]), "covariate 1: 1 missing or infinite values"),
        (([[1, 0], [0, 1]], [["a"]]), "covariates of shape"),
        (([[1, 2], [0, 1]], [[1.0], [2.0]]), "histories of shape"),
    ],
)
def test_bad_input_is_an_error(arguments, message):
    with pytest.raises(EstimationError, match=message):
        doubly_robust(*arguments)


def test_bad_arguments_are_errors():
    marks, x = population(4, 100)
    with pytest.raises(EstimationError, match="the lists 0 and 0 of 2"):
        doubly_robust(marks, x, pair=(0, 0))
    with pytest.raises(EstimationError, match="form 'both'"):
        doubly_robust(marks, x, form="both")
    with pytest.raises(EstimationError, match="1 names for 2 lists"):
        doubly_robust(marks, x, lists=("a",))
