import numpy as np
import pytest
from scipy.optimize import minimize

from everyname.estimation import (
    DependenceSensitivity,
    PatternTable,
    Refusal,
    dependence_sensitivity,
)
from everyname.estimation.kernels.dependence import (
    independent_unrecorded,
    odds_ratio_of_all,
    odds_ratio_of_pair,
)

TWO = PatternTable.from_rows(("hospital", "press"), [((1, 1), 20), ((1, 0), 40), ((0, 1), 70)])
THREE = PatternTable.from_rows(
    ("hospital", "press", "survey"),
    [
        ((1, 1, 1), 9),
        ((1, 1, 0), 20),
        ((1, 0, 1), 14),
        ((0, 1, 1), 11),
        ((1, 0, 0), 60),
        ((0, 1, 0), 45),
        ((0, 0, 1), 80),
    ],
)


def fitted_unrecorded(table, offset):
    """Fit the log-linear model to the observable cells by brute force."""
    n_lists = len(table.lists)
    cells = np.array(np.unravel_index(np.arange(1, 2**n_lists), (2,) * n_lists)).T
    counts = np.zeros(len(cells))
    for pattern, count in zip(table.histories, table.counts, strict=True):
        counts[(cells == pattern).all(axis=1)] = count
    design = np.column_stack([np.ones(len(cells)), cells])
    fixed = offset(cells)

    def minus_log_likelihood(beta):
        mean = design @ beta + fixed
        return np.exp(mean).sum() - counts @ mean

    def gradient(beta):
        return design.T @ (np.exp(design @ beta + fixed) - counts)

    start = np.zeros(n_lists + 1)
    start[0] = np.log(counts.mean() + 1)
    found = minimize(minus_log_likelihood, start, jac=gradient, method="BFGS", tol=1e-10)
    return np.exp(found.x[0])


def test_two_lists_need_the_odds_ratio_worked_by_hand():
    found = dependence_sensitivity(TWO)
    assert isinstance(found, DependenceSensitivity)
    # 40 x 70 / 20 = 140 unrecorded of 270; the total of 135 is 5 unrecorded, of 540 it is 410.
    assert (found.observed, found.unrecorded) == (130, pytest.approx(140))
    (pair,) = found.pairs
    assert pair.lists == ("hospital", "press")
    assert pair.halved == pytest.approx(0.5)
    assert pair.doubled == pytest.approx(2)
    assert pair.halved_total == pytest.approx(5 * 20 / (40 * 70))
    assert pair.doubled_total == pytest.approx(410 * 20 / (40 * 70))
    assert pair.seen is None
    assert found.overall.doubled == pytest.approx(2, rel=1e-5)
    assert found.words == (
        "If all lists were independent, about 140 persons would be unrecorded. For hospital and"
        " press it would be twice as many if being in one multiplied the odds of being in the"
        " other by 2, and half as many if it multiplied them by 0.5."
    )


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.5])
def test_the_odds_ratio_of_a_pair_is_that_of_the_log_linear_model_with_an_offset(factor):
    unrecorded = factor * independent_unrecorded(THREE.sizes, THREE.observed)
    ratio = odds_ratio_of_pair(THREE.sizes, THREE.observed, (0, 2), unrecorded)
    assert fitted_unrecorded(
        THREE, lambda cells: np.log(ratio) * cells[:, 0] * cells[:, 2]
    ) == pytest.approx(unrecorded, rel=1e-4)
    assert (ratio > 1) == (factor > 1) or ratio == pytest.approx(1)


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.0])
def test_the_odds_ratio_of_every_pair_is_that_of_the_log_linear_model(factor):
    unrecorded = factor * independent_unrecorded(THREE.sizes, THREE.observed)
    ratio = odds_ratio_of_all(THREE.sizes, THREE.observed, unrecorded)
    assert fitted_unrecorded(
        THREE, lambda cells: np.log(ratio) * cells.sum(axis=1) * (cells.sum(axis=1) - 1) / 2
    ) == pytest.approx(unrecorded, rel=1e-4)


def test_the_order_of_lists_changes_nothing():
    turned = PatternTable(THREE.lists[::-1], THREE.histories[:, ::-1], THREE.counts)
    found = {frozenset(pair.lists): pair for pair in dependence_sensitivity(THREE).pairs}
    for pair in dependence_sensitivity(turned).pairs:
        same = found[frozenset(pair.lists)]
        assert pair.doubled == pytest.approx(same.doubled)
        assert pair.seen == pytest.approx(same.seen)


def test_the_odds_ratio_among_the_persons_of_another_list_is_worked_by_hand():
    # Of the survey's: 9 in both, 14 and 11 in one, 80 in neither of the two.
    pair = dependence_sensitivity(THREE).pairs[0]
    assert pair.lists == ("hospital", "press")
    assert pair.seen == pytest.approx(9.5 * 80.5 / (14.5 * 11.5))


def test_what_no_odds_ratio_does_is_said():
    rows = [((1, 1, 0), 5), ((1, 0, 1), 6), ((0, 1, 1), 4), ((1, 0, 0), 200), ((0, 1, 0), 9),
            ((0, 0, 1), 7)]  # fmt: skip
    found = dependence_sensitivity(PatternTable.from_rows(("a", "b", "c"), rows))
    assert found.pairs[2].lists == ("b", "c")
    assert found.pairs[2].halved is None
    assert "none" in found._repr_html_()


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [((1, 0), 20)],
            "Fewer than two lists hold anybody: there is no dependence to speak of.",
        ),
        (
            [((1, 0), 20), ((0, 1), 20)],
            "No person is in two lists: under independence the number has no end.",
        ),
        (
            [((1, 1), 20), ((1, 0), 20)],
            (
                "Independent lists would leave nobody unrecorded: there is no number to halve or"
                " double."
            ),
        ),
        ([], "Fewer than two lists hold anybody: there is no dependence to speak of."),
    ],
)
def test_a_table_without_such_a_number_is_refused(rows, reason):
    found = dependence_sensitivity(PatternTable.from_rows(("a", "b"), rows))
    assert isinstance(found, Refusal)
    assert found.reason == reason


def test_for_more_than_12_lists_only_pairs_are_asked():
    rng = np.random.default_rng(1)
    histories = (rng.random((4000, 13)) < 0.1).astype(np.int8)
    table = PatternTable.from_histories(tuple("abcdefghijklm"), histories[histories.any(axis=1)])
    found = dependence_sensitivity(table)
    assert found.overall is None
    assert len(found.pairs) == 78
