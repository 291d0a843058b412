import numpy as np
import pytest
from scipy.stats import multivariate_normal

from everyname.estimation.kernels.class_mixture import ReachPrior, mixture_draws

TWO_LISTS = np.array([[1, 1], [1, 0], [0, 1]], dtype=np.int8)
COUNTS = np.array([30, 60, 45])


def draws(classes, seed=1, particles=2000):
    return mixture_draws(
        TWO_LISTS,
        COUNTS,
        classes=classes,
        particles=particles,
        moves=10,
        rng=np.random.default_rng(seed),
        prior=ReachPrior(),
    )


def integrated():
    """Log evidence and mean chance of being in no list, of one class, summed over a fine grid."""
    x, y = np.meshgrid(*[np.linspace(-5, 4, 901)] * 2, indexing="ij")
    p, q = 1 / (1 + np.exp(-x)), 1 / (1 + np.exp(-y))
    chances = np.stack([p * q, p * (1 - q), (1 - p) * q])
    prior = multivariate_normal([-1, -1], ReachPrior().covariance(1, 2))
    value = np.tensordot(COUNTS, np.log(chances / chances.sum(axis=0)), axes=1)
    weight = prior.pdf(np.stack([x, y], axis=-1)) * np.exp(value - value.max())
    missed = (weight * (1 - p) * (1 - q)).sum() / weight.sum()
    return np.log(weight.sum() * 0.01**2) + value.max(), missed


def test_one_class_has_the_evidence_that_integration_gives():
    found = [draws(1, seed).log_evidence for seed in range(4)]
    assert np.mean(found) == pytest.approx(integrated()[0], abs=0.1)


def test_one_class_draws_the_chance_of_being_in_no_list_that_integration_gives():
    assert draws(1).missed.mean() == pytest.approx(integrated()[1], abs=0.012)


def test_independent_lists_speak_for_one_class_and_unlike_groups_for_two():
    histories = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)][1:], np.int8)

    def evidence(counts, classes):
        return mixture_draws(
            histories,
            np.array(counts),
            classes=classes,
            particles=800,
            moves=8,
            rng=np.random.default_rng(3),
            prior=ReachPrior(),
        ).log_evidence

    # Chances .3 for all, and half the persons at .6, half at .1: expected counts of 6,000.
    alike = [882, 882, 378, 882, 378, 378, 162]
    unlike = [531, 531, 459, 531, 459, 459, 651]
    assert evidence(alike, 1) > evidence(alike, 2)
    assert evidence(unlike, 2) > evidence(unlike, 1) + 10


def test_the_same_seed_gives_the_same_draws():
    assert np.array_equal(draws(2, 5, 300).missed, draws(2, 5, 300).missed)


def test_the_cost_hangs_on_patterns_not_on_persons():
    few = draws(1)
    many = mixture_draws(
        TWO_LISTS,
        COUNTS * 10_000,
        classes=1,
        particles=500,
        moves=6,
        rng=np.random.default_rng(1),
        prior=ReachPrior(),
    )
    assert few.missed.mean() == pytest.approx(many.missed.mean(), abs=0.02)
    assert many.missed.std() < 0.002
    assert many.steps < 60


def test_chances_go_together_across_lists_within_a_class():
    covariance = ReachPrior(of_lists=0.0, of_classes=2.0, of_both=1.0).covariance(2, 2)
    assert covariance.tolist() == [[5, 4, 0, 0], [4, 5, 0, 0], [0, 0, 5, 4], [0, 0, 4, 5]]
