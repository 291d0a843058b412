"""Calibration: judged pairs teach what probabilities are worth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated import calibration_error, simulate

from everyname.errors import LinkageError
from everyname.linkage.calibration import Calibration, calibrate


def judged(seed: int, number: int, shift: float, slope: float, wrong: float = 0.05):
    """Held-out probabilities with the truth, and judgements, some of them wrong."""
    rng = np.random.default_rng(seed)
    found = simulate(rng, 6000, others=2.0, shift=shift, slope=slope)
    chosen = rng.permutation(len(found.same))
    asked, rest = chosen[:number], chosen[number:]
    answers = found.same[asked] ^ (rng.random(number) < wrong)
    probability = found.reported.probability
    return probability[asked], answers, probability[rest], found.same[rest]


def test_without_judgements_probabilities_stay_as_they_are_and_are_doubted():
    learnt = calibrate([], [])
    assert learnt == Calibration()
    assert learnt.apply(np.array([0.1, 0.5, 0.99])) == pytest.approx([0.1, 0.5, 0.99])
    assert learnt.covariance == ((1.0, 0.0), (0.0, 0.25))


def test_a_few_judgements_move_little():
    learnt = calibrate([0.9, 0.8], [False, False])
    assert -1.5 < learnt.shift < 0
    assert 0.5 < learnt.slope < 1
    assert learnt.number == 2


@pytest.mark.parametrize(("shift", "slope"), [(0, 1), (-1.5, 0.6), (1.0, 1.5), (-2.0, 0.8)])
def test_two_hundred_judgements_calibrate(shift, slope):
    errors = []
    for seed in range(4):
        asked, answers, held_out, same = judged(seed, 200, shift, slope)
        learnt = calibrate(asked, answers)
        errors.append(calibration_error(learnt.apply(held_out), same))
        assert abs(learnt.shift - shift) < 4 * learnt.covariance[0][0] ** 0.5
    assert np.mean(errors) <= 0.03


def test_overconfident_probabilities_are_far_better_after_judgements():
    asked, answers, held_out, same = judged(1, 200, -2.0, 0.5)
    before = calibration_error(held_out, same)
    assert before > 0.05
    assert calibration_error(calibrate(asked, answers).apply(held_out), same) < before / 2


def test_one_wrong_judgement_of_a_certain_pair_is_not_believed():
    asked, answers, _, _ = judged(2, 200, 0.0, 1.0, wrong=0.0)
    learnt = calibrate(asked, answers)
    misled = calibrate([*asked, 1 - 1e-8], [*answers, False])
    assert abs(misled.slope - learnt.slope) < 0.1
    assert abs(misled.shift - learnt.shift) < 0.1


def test_more_judgements_leave_less_open():
    spreads = []
    for number in (20, 200, 2000):
        asked, answers, _, _ = judged(3, number, -1.0, 0.7)
        spreads.append(calibrate(asked, answers).covariance[0][0])
    assert spreads == sorted(spreads, reverse=True)


def test_many_judgements_bend_the_line():
    rng = np.random.default_rng(5)
    probability = rng.random(8000)
    # A step, which no straight line on log-odds follows.
    right = np.where(probability > 0.7, 0.9, 0.2)
    same = rng.random(8000) < right
    answers = same ^ (rng.random(8000) < 0.05)
    learnt = calibrate(probability[:4000], answers[:4000])
    line = Calibration(learnt.shift, learnt.slope, learnt.covariance, learnt.number)
    held_out = probability[4000:]
    errors = [calibration_error(c.apply(held_out), same[4000:], 20) for c in (learnt, line)]
    assert errors[0] < 0.05
    assert errors[0] < 0.75 * errors[1]


def test_weights_count_as_repetitions():
    asked, answers, _, _ = judged(4, 60, -1.0, 0.7)
    weights = np.where(np.arange(60) < 20, 2.0, 1.0)
    once = calibrate(asked, answers, weights)
    twice = calibrate([*asked, *asked[:20]], [*answers, *answers[:20]])
    assert once.shift == pytest.approx(twice.shift, abs=0.15)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40),
    st.integers(1, 60),
)
@settings(max_examples=80, deadline=None)
def test_a_correction_never_turns_the_order_round(answers, times):
    probability, same = zip(*answers * times, strict=True)
    learnt = calibrate(probability, same)
    grid = learnt.apply(np.linspace(0, 1, 200))
    assert (np.diff(grid) >= -1e-12).all()
    assert ((grid >= 0) & (grid <= 1)).all()
    assert np.linalg.eigvalsh(np.array(learnt.covariance)).min() > 0


def test_draws_spread_as_the_covariance_says():
    drawn = Calibration(slope=0.5).draw(np.random.default_rng(1), 20_000)
    assert drawn.shift.std() == pytest.approx(1.0, abs=0.03)
    assert np.log1p(drawn.tilt / 0.5).std() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("probability", "same", "weight"),
    [([0.5], [], None), ([1.5], [True], None), ([0.5], [True], [0.0]), ([np.nan], [True], None)],
)
def test_what_is_no_judged_pair_is_refused(probability, same, weight):
    with pytest.raises(LinkageError):
        calibrate(probability, same, weight)
