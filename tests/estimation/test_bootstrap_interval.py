"""The BCa interval, against its formula worked by hand and against known coverage."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from everyname.estimation.bootstrap_interval import acceleration, bca_interval


def test_without_bias_and_skewness_it_is_the_percentile_interval():
    replicates = np.arange(1001) / 10
    found = bca_interval(50.0, replicates, [1.0, 2.0, 3.0])
    assert (found.bias_correction, found.acceleration) == (0.0, 0.0)
    assert (found.low, found.high) == pytest.approx((2.5, 97.5))


def test_it_follows_efrons_formula():
    replicates = np.arange(1, 1001) / 1000
    found = bca_interval(0.3005, replicates, [1.0, 1.0, 4.0], level=0.9)
    normal = NormalDist()
    z0 = normal.inv_cdf(0.3)
    # Mean 2, influences 1, 1, -2: a = (1 + 1 - 8) / (6 * 6^1.5).
    a = -6 / (6 * 6**1.5)
    shares = [
        normal.cdf(z0 + (z0 + normal.inv_cdf(p)) / (1 - a * (z0 + normal.inv_cdf(p))))
        for p in (0.05, 0.95)
    ]
    assert found.bias_correction == pytest.approx(z0)
    assert found.acceleration == pytest.approx(a)
    assert (found.low_share, found.high_share) == pytest.approx(tuple(shares))
    assert (found.low, found.high) == pytest.approx(
        tuple(np.quantile(replicates, shares)), rel=1e-12
    )


def test_weights_stand_for_repeated_observations():
    assert acceleration([1.0, 4.0], [2, 1]) == pytest.approx(acceleration([1.0, 1.0, 4.0]))
    assert acceleration([3.0, 3.0]) == 0.0


def test_replicates_equal_to_the_estimate_count_half():
    replicates = np.repeat([1.0, 2.0 * (1 + 1e-15), 3.0], [20, 60, 20])
    assert bca_interval(2.0, replicates, [1.0, 2.0, 3.0]).bias_correction == 0.0


def test_infinite_replicates_stand_above_all_others():
    replicates = np.append(np.arange(990.0), np.full(10, np.inf))
    found = bca_interval(499.5, replicates, [1.0, 2.0, 3.0])
    assert (found.low, found.high) == pytest.approx((24.975, 974.025))
    many = np.append(np.arange(900.0), np.full(100, np.inf))
    assert bca_interval(499.5, many, [1.0, 2.0, 3.0]).high == np.inf


def test_an_estimate_outside_its_replicates_has_a_finite_correction():
    found = bca_interval(-1.0, np.arange(100.0), [1.0, 2.0, 3.0])
    assert found.bias_correction == pytest.approx(NormalDist().inv_cdf(0.005))
    assert found.low == pytest.approx(0, abs=1e-9)


def test_on_an_exponential_mean_it_covers_and_is_set_right_of_the_percentile_interval():
    # The exact interval of the mean of 20 exponentials lies right of the percentile interval.
    generator = np.random.default_rng(4)
    covered, moved = [], []
    for _ in range(300):
        sample = generator.exponential(size=20)
        means = generator.choice(sample, (400, 20)).mean(axis=1)
        left_out = (sample.sum() - sample) / 19
        found = bca_interval(sample.mean(), means, left_out, level=0.9)
        covered.append(found.low <= 1 <= found.high)
        moved.append(found.high > np.quantile(means, 0.95))
    # 0.90 less what 20 observations cost (Efron 1987 gives about 0.86), with 3 standard errors.
    assert 0.80 <= np.mean(covered) <= 0.95
    assert np.mean(moved) > 0.9
