"""Parallel tempering of the latent class posterior: density, moves, and what it samples."""

import numpy as np
import pytest
from scipy.stats import nbinom

from everyname.estimation.kernels.capped_density import ROWS, capped_density, log_within_cap
from everyname.estimation.kernels.class_moves import exchange_labels, log_weights, sticks
from everyname.estimation.kernels.latent_class_density import log_density_gradient
from everyname.estimation.kernels.tempering import temper

PATTERNS = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1]], dtype=np.int8)
COUNTS = np.array([9.0, 40.0, 30.0, 20.0, 4.0])
NO_CAP = np.array([0.25, 0.25, 0.0])
CAP = np.array([0.25, 0.25, 20.0 * COUNTS.sum()])
CLASSES = 3
SIZE = CLASSES * 3 + CLASSES - 1


def place(seed, shift=0.0):
    theta = np.random.default_rng(seed).normal(size=SIZE)
    theta[: CLASSES * 3] += shift
    return theta


def evaluated(theta, prior, power, gradient):
    work = np.empty((3 * 3 + ROWS, CLASSES))
    return capped_density(theta, PATTERNS, COUNTS, prior, power, work, gradient)


@pytest.mark.parametrize("power", [0.0, 0.4, 1.0])
def test_without_a_cap_the_density_is_that_of_the_latent_class_sampler(power):
    patterns = PATTERNS.astype(float)
    ours, theirs, differences = np.empty(SIZE), np.empty(SIZE), []
    for seed in range(3):
        theta = place(seed)
        value, _, _ = evaluated(theta, NO_CAP, power, ours)
        other = log_density_gradient(theta, patterns, COUNTS, CLASSES, 0.25, 0.25, power, theirs)
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9)
        differences.append(value - other)
    np.testing.assert_allclose(differences, differences[0], atol=1e-9)


def test_the_gradient_of_the_capped_density_is_its_slope():
    theta = place(4, shift=-4.2)
    gradient, none = np.empty(SIZE), np.empty(0)
    value = evaluated(theta, CAP, 0.7, gradient)
    assert value[2] < 1 / 11  # near enough to the cap for its factor to count
    for d in range(SIZE):
        ahead, back = theta.copy(), theta.copy()
        ahead[d] += 1e-5
        back[d] -= 1e-5
        slope = evaluated(ahead, CAP, 0.7, none)[0] - evaluated(back, CAP, 0.7, none)[0]
        assert slope / 2e-5 == pytest.approx(gradient[d], rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("q", [0.04, 0.046, 0.0476, 0.048, 0.05, 0.2])
def test_the_mass_within_the_cap_is_that_of_the_negative_binomial(q):
    value, _ = log_within_cap(q, 1000.0, 20_000.0)
    assert value == pytest.approx(float(nbinom.logcdf(20_000, 1000, q)), abs=1e-8)


def test_weights_and_sticks_are_inverses():
    theta = place(1)
    weights, back = np.empty(CLASSES), np.zeros(SIZE)
    log_weights(theta, 3, weights)
    sticks(weights, 3, back)
    assert np.exp(weights).sum() == pytest.approx(1.0)
    np.testing.assert_allclose(back[9:], theta[9:])


def test_exchanging_labels_leaves_the_likelihood():
    theta = place(2)
    theta[9:] = [-2.0, 1.0]
    start = theta.copy()
    none = np.empty(0)
    before = evaluated(theta, CAP, 1.0, none)
    exchange_labels(np.random.default_rng(0), theta, 3, CAP, 21, np.empty(CLASSES))
    after = evaluated(theta, CAP, 1.0, none)
    assert not np.allclose(theta, start)
    assert after[1:] == pytest.approx(before[1:])


def test_the_same_generator_gives_the_same_draws():
    def drawn(seed):
        rungs = 4
        rng = np.random.default_rng(seed)
        states = rng.logistic(size=(rungs, SIZE))
        out, where = np.empty(50), np.empty((50, 2), dtype=np.int64)
        refused = temper(
            rng, PATTERNS, COUNTS, CAP, np.array([0.2, 0.4, 0.7, 1.0]), states, np.full(rungs, 0.1),
            np.arange(rungs), np.array([50, 5, 2, 1]), True, out, where,
        )  # fmt: skip
        assert ((refused >= 0) & (refused <= 1)).all()
        return out

    np.testing.assert_array_equal(drawn(3), drawn(3))
    assert not np.array_equal(drawn(3), drawn(4))
