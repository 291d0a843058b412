"""Weights of modes from how often chains cross between them."""

import numpy as np
import pytest

from everyname.estimation.latent_class_refusals import cap_decides, several_modes
from everyname.estimation.mode_weights import balance, crossings
from everyname.estimation.modes import Mode


def two_state_chains(leave_low, leave_high, length, chains=8, seed=1):
    """Chains that jump between numbers near 50,000 and 140,000 at given rates."""
    rng = np.random.default_rng(seed)
    state = np.empty((chains, length), dtype=int)
    state[:, 0] = np.arange(chains) % 2
    for t in range(1, length):
        rate = np.where(state[:, t - 1] == 1, leave_high, leave_low)
        state[:, t] = np.where(rng.random(chains) < rate, 1 - state[:, t - 1], state[:, t - 1])
    logs = np.where(state == 1, np.log(140_000), np.log(50_000))
    return np.exp(logs + rng.normal(0, 0.05, state.shape)).astype(np.int64)


def test_weights_are_those_the_rates_keep_in_balance_wherever_chains_began():
    draws = two_state_chains(0.002, 0.006, 10_000)
    count, time = crossings(draws, [np.log(84_000)])
    weights, errors = balance(count, time)
    assert weights[0] == pytest.approx(0.75, abs=3 * errors[0])
    assert weights.sum() == pytest.approx(1.0)
    assert 0.005 < errors[0] < 0.06


def test_a_visit_to_the_edge_of_a_mode_is_no_crossing():
    logs = np.full((2, 400), np.log(50_000.0))
    logs[1] = np.log(140_000.0)
    logs += np.random.default_rng(2).normal(0, 0.05, logs.shape)
    logs[0, 200] = np.log(90_000.0)
    count, time = crossings(np.exp(logs).astype(np.int64), [np.log(84_000)])
    np.testing.assert_array_equal(count, np.zeros((2, 2)))
    assert time.sum() == pytest.approx(800, abs=40)


def test_three_modes_in_a_row_keep_their_balance():
    count = np.array([[0.0, 400.0, 0.0], [400.0, 0.0, 900.0], [0.0, 900.0, 0.0]])
    weights, errors = balance(count, np.array([2000.0, 3000.0, 5000.0]))
    np.testing.assert_allclose(weights, [0.2, 0.3, 0.5], atol=0.001)
    assert errors.max() < 0.05


def test_modes_never_left_have_large_errors():
    _, errors = balance(np.zeros((2, 2)), np.array([1000.0, 1000.0]))
    assert errors.min() > 0.3


LOW = Mode(point=48_476, low=41_787, high=57_816, weight=0.76, error=0.09)
HIGH = Mode(point=138_966, low=107_251, high=169_629, weight=0.24, error=0.09)


def test_a_refusal_names_each_mode_with_its_weight():
    refusal = several_modes("Latent classes", (LOW, HIGH), "from four runs", 0.02, 164_680)
    assert refusal.reason == (
        "The table has 2 separate explanations: about 48,476 (41,787 to 57,816) with a probability"
        " of 76% (standard error 9%); and about 138,966 (107,251 to 169,629) with a probability of"
        " 24% (standard error 9%). The probabilities are approximate, from four runs. No single"
        " interval is honest: one over all of them would hold numbers that none of them supports."
    )
    assert refusal.modes == (LOW, HIGH)


def test_the_cap_is_named_with_what_it_would_give():
    refusal = cap_decides("Latent classes", (109_000.0, 142_000.0, 170_000.0), 164_680, 0.2)
    assert refusal.reason == (
        "The cap decides, not the table: 20% of the posterior lies above 90% of the largest number"
        " of unrecorded allowed, 164,680. Under this cap the median would be 142,000 and the"
        " interval 109,000 to 170,000; its upper end moves with the cap."
    )
