"""Populations of capture histories: chances that add up, and the designs of the coverage study."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import EstimationError
from everyname.estimation import PatternTable, chao_log_linear
from everyname.simulation.capture_behaviour import (
    behavioural,
    growth,
    independent,
    latent_classes,
    logit_normal,
    mixture,
)
from everyname.simulation.capture_designs import NINE, capture_design, held_out
from everyname.simulation.capture_population import CapturePopulation

BOUND_IN_R = {
    "independent": 1.01,
    "two-classes-4": 0.76,
    "three-classes-5": 0.81,
    "two-classes-3": 0.75,
}
"""Median of Chao's log-linear bound over the truth, as measured with Rcapture."""


def bound_share(population):
    """Chao's log-linear bound on the expected counts of a very large population."""
    counts = np.round(population.chances * 3_000_000).astype(np.int64)
    counts[0] = 0
    return (
        chao_log_linear(PatternTable(population.lists, population.histories, counts)).point
        / 3_000_000
    )


def odds_ratio(population, first, second):
    a, b = population.histories[:, first], population.histories[:, second]
    cell = {(i, j): population.chances[(a == i) & (b == j)].sum() for i in (0, 1) for j in (0, 1)}
    return cell[1, 1] * cell[0, 0] / (cell[1, 0] * cell[0, 1])


def test_independent_lists_have_the_products_of_their_chances():
    population = independent([0.5, 0.2])
    assert population.histories.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert population.chances.tolist() == pytest.approx([0.4, 0.1, 0.4, 0.1])
    assert population.recorded_share == pytest.approx(0.6)
    assert population.reach.tolist() == pytest.approx([0.5, 0.2])
    assert population.lists == ("list 1", "list 2")


def test_latent_classes_are_averaged_over():
    both = latent_classes([1, 3], [[0.8, 0.4], [0.2, 0.1]])
    assert both.chances.tolist() == pytest.approx(
        mixture([1, 3], [independent([0.8, 0.4]), independent([0.2, 0.1])]).chances.tolist()
    )
    assert both.chances[3] == pytest.approx(0.25 * 0.8 * 0.4 + 0.75 * 0.2 * 0.1)


@given(
    chances=st.lists(st.floats(0.01, 0.99), min_size=2, max_size=5),
    ratio=st.floats(0.05, 20),
)
def test_a_tie_sets_the_odds_ratio_and_keeps_the_sizes_of_the_lists(chances, ratio):
    population = independent(chances).tied(0, len(chances) - 1, ratio)
    assert odds_ratio(population, 0, len(chances) - 1) == pytest.approx(ratio, rel=1e-6)
    assert population.reach.tolist() == pytest.approx(chances)
    assert population.chances.sum() == pytest.approx(1)


def test_a_tie_multiplies_the_tie_there_is_and_leaves_the_other_lists_alone():
    population = independent([0.3, 0.2, 0.4]).tied(0, 1, 2).tied(0, 1, 3)
    assert odds_ratio(population, 0, 1) == pytest.approx(6)
    assert odds_ratio(population, 0, 2) == pytest.approx(1)
    undone = population.tied(0, 1, 1 / 6)
    assert undone.chances.tolist() == pytest.approx(independent([0.3, 0.2, 0.4]).chances.tolist())


def test_a_referral_reaches_only_persons_of_the_list_that_refers():
    population = independent([0.5, 0.2, 0.1]).passed_on(0, 1, 0.25)
    # 20% found by the list itself; of the other 80% of the half that list 1 holds, a quarter.
    assert population.reach.tolist() == pytest.approx([0.5, 0.2 + 0.5 * 0.8 * 0.25, 0.1])
    assert population.recorded_share == pytest.approx(1 - 0.5 * 0.8 * 0.9)


def test_the_unreached_are_on_no_list_and_change_no_share_among_the_recorded():
    before = independent([0.5, 0.2])
    after = before.with_unreached(0.3)
    assert after.recorded_share == pytest.approx(0.7 * before.recorded_share)
    among = [p.chances[1:] / p.recorded_share for p in (before, after)]
    assert among[0].tolist() == pytest.approx(among[1].tolist())


def test_persons_that_differ_make_lists_overlap_more_than_chance():
    alike, unlike = logit_normal([-1.0, -1.0], 0), logit_normal([-1.0, -1.0], 1.5)
    assert odds_ratio(alike, 0, 1) == pytest.approx(1)
    assert odds_ratio(unlike, 0, 1) > 2
    rng = np.random.default_rng(3)
    chance = 1 / (1 + np.exp(1.0 - 1.5 * rng.standard_normal(2_000_000)))
    assert unlike.chances[3] == pytest.approx((chance**2).mean(), abs=0.001)


def test_lists_of_the_same_time_overlap_more_than_chance_and_of_other_times_less():
    together = growth([0.6, 0.6], [0.5, 0.5], [0.1, 0.1])
    apart = growth([0.6, 0.6], [0.5, 0.5], [0.1, -0.1])
    assert odds_ratio(together, 0, 1) > 1.5
    assert odds_ratio(apart, 0, 1) < 0.7
    assert together.reach.tolist() == pytest.approx([0.3, 0.3], abs=0.002)


def test_recorded_persons_are_treated_by_later_lists_as_said():
    population = behavioural([0.5, 0.2], [0.9, 0.6])
    assert population.chances.tolist() == pytest.approx([0.4, 0.1, 0.2, 0.3])


def test_a_draw_has_the_chances_of_its_population_and_hides_the_unrecorded():
    population = NINE["referral"].population
    drawn = population.draw(1_000_000, np.random.default_rng(5))
    assert drawn.n == 1_000_000
    assert drawn.recorded == drawn.counts.sum()
    assert drawn.histories.any(axis=1).all()
    assert (drawn.counts > 0).all()
    expected = population.chances[1:] * 1_000_000
    squares = (drawn.counts - expected) ** 2 / expected
    assert squares.sum() < 40  # 15 cells: chance of more is below 1 in 1,000
    again = population.draw(1_000_000, np.random.default_rng(5))
    assert again.counts.tolist() == drawn.counts.tolist()


def test_a_draw_is_a_table_for_the_estimators():
    drawn = NINE["independent"].draw(3000, np.random.default_rng(1))
    table = PatternTable(drawn.lists, drawn.histories, drawn.counts)
    assert table.observed == drawn.recorded


def test_a_draw_costs_less_than_two_milliseconds():
    rng = np.random.default_rng(1)
    begun = time.process_time()
    for design in NINE.values():
        for _ in range(20):
            design.draw(3000, rng)
    assert (time.process_time() - begun) / (20 * len(NINE)) < 0.002


@pytest.mark.parametrize("name", NINE)
def test_the_nine_designs_record_45_to_60_of_100(name):
    design = capture_design(name)
    assert design.name == name
    assert design.says.endswith(".")
    assert 0.45 <= design.population.recorded_share <= 0.60


@pytest.mark.parametrize(("name", "share"), BOUND_IN_R.items())
def test_the_first_designs_are_as_hard_as_those_measured_in_r(name, share):
    assert bound_share(NINE[name].population) == pytest.approx(share, abs=0.03)


def test_held_out_designs_hang_on_the_seed_alone_and_are_of_all_kinds():
    designs, again, other = held_out(1), held_out(1), held_out(2)
    assert [d.name.split("-", 4)[4] for d in designs] == list(NINE)
    for a, b, c in zip(designs, again, other, strict=True):
        assert a.population.chances.tolist() == b.population.chances.tolist()
        assert a.population.chances.tolist() != c.population.chances.tolist()
        assert 0.45 <= a.population.recorded_share <= 0.60
    assert len(held_out(1, 20)) == 20


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: independent([0.5, 1.2]), "a chance of being recorded of"),
        (lambda: independent([0.5, float("nan")]), "Give numbers from 0 to 1"),
        (lambda: independent([0.1] * 13), "Give 1 to 12 names"),
        (lambda: latent_classes([1], [[0.1], [0.2]]), "for 2 classes"),
        (lambda: latent_classes([-1, 2], [[0.1], [0.2]]), "weight of 0 or more"),
        (lambda: logit_normal([0, 0], -1), "a spread of 0 or more"),
        (lambda: growth([0.5], [0.5, 0.1], [1.0]), "do not fit together"),
        (lambda: growth([0.5], [0.5], [0.0]), "no pace of 0"),
        (lambda: behavioural([0.5], [0.5, 0.5]), "1 chances of a first and 2"),
        (lambda: mixture([1], []), "populations of different lists"),
        (lambda: mixture([1, 2], [independent([0.5])]), "weights [1, 2] for 1 populations"),
        (lambda: independent([0.5, 0.5]).tied(0, 0, 2), "two different positions from 0 to 1"),
        (lambda: independent([0.5, 0.5]).tied(0, 1, 0), "an odds ratio of 0"),
        (lambda: independent([0.5, 0.5]).passed_on(0, 2, 0.5), "0 and 2 as the positions"),
        (lambda: independent([0.5, 0.5]).passed_on(0, 1, 2), "a share passed on of 2"),
        (lambda: independent([0.5]).with_unreached(1), "an unreached share of 1"),
        (lambda: independent([0.5]).draw(0, np.random.default_rng(1)), "a population of 0"),
        (lambda: CapturePopulation(("a",), np.ones(3)), "chances of shape (3,) for 1 lists"),
        (lambda: CapturePopulation(("a",), np.array([-1.0, 2])), "negative, not finite"),
        (lambda: CapturePopulation(("a", "a"), np.ones(4)), "all different"),
        (lambda: capture_design("none"), "a design 'none'. Use one of independent,"),
        (lambda: held_out(1, 0), "0 designs. Ask for 1 or more"),
    ],
)
def test_what_is_no_population_is_refused(wrong, said):
    with pytest.raises(EstimationError) as error:
        wrong()
    assert said in str(error.value)
