"""Latent classes few in number whose reach is alike across lists, by tempered sequential sampling.

A class of persons has a chance to be on each list. Its logits are normal and share two effects: of
the list, whatever the class, and of the class, whatever the list. So a class that one list hardly
reaches is hardly reached by the others either: the invisible part of a population is thought
possible in advance, and does not become less so as lists are added, as it does where the chances
are independent of each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_KEPT = 0.6  # share of effective particles that a step of the power leaves
_ACCEPTED = 0.25
_STILL = 1e-4
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class ReachPrior:
    """What is thought of the chances to be on a list before the table is seen, in logits.

    Attributes
    ----------
    centre
        Middle of the logits.
    of_lists, of_classes, of_both
        Standard deviation of the effect of a list, of a class, and of a class at a list.
    """

    centre: float = -1.0
    of_lists: float = 1.5
    of_classes: float = 1.0
    of_both: float = 0.75

    def covariance(self, classes: int, lists: int) -> Array:
        """Covariance of the logits, class after class, shape (classes x lists, the same)."""
        same_class = np.kron(np.eye(classes), np.ones((lists, lists)))
        same_list = np.kron(np.ones((classes, classes)), np.eye(lists))
        result: Array = (
            self.of_classes**2 * same_class
            + self.of_lists**2 * same_list
            + self.of_both**2 * np.eye(classes * lists)
        )
        return result


@dataclass(frozen=True, slots=True)
class MixtureDraws:
    """Draws of a number of classes from their posterior.

    Attributes
    ----------
    log_evidence
        Of the table, given that every person in it is recorded.
    missed
        Chance that a person is in no list, shape (particles,).
    steps
        Powers of the likelihood that were taken.
    """

    log_evidence: float
    missed: Array
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """A number of classes, and the table they are to explain."""

    patterns: Array
    counts: Array
    classes: int
    centre: float
    precision: Array

    @property
    def free(self) -> int:
        return self.classes * int(self.patterns.shape[1])

    @property
    def size(self) -> int:
        return self.free + self.classes - 1

    def log_prior(self, theta: Array) -> Array:
        logits = theta[:, : self.free] - self.centre
        result: Array = -0.5 * np.einsum("pi,ij,pj->p", logits, self.precision, logits)
        # Uniform on the simplex: the c-th stick is Beta(1, number of the classes after it).
        after = np.arange(self.classes - 1, 0, -1)
        sticks = theta[:, self.free :]
        result += (-np.logaddexp(0, -sticks) - after * np.logaddexp(0, sticks)).sum(axis=1)
        return result + float(np.log(after).sum())

    def log_likelihood(self, theta: Array) -> tuple[Array, Array]:
        """Give log likelihoods given being recorded, and chances of being in no list."""
        particles, lists = len(theta), self.patterns.shape[1]
        logits = theta[:, : self.free].reshape(particles * self.classes, lists)
        sticks = theta[:, self.free :]
        shares = np.zeros((particles, self.classes))
        shares[:, :-1] = -np.logaddexp(0, -sticks)
        shares[:, 1:] += np.cumsum(-np.logaddexp(0, sticks), axis=1)
        nowhere = shares - np.logaddexp(0, logits).sum(axis=1).reshape(particles, self.classes)
        within = (logits @ self.patterns.T).reshape(particles, self.classes, -1)
        chances = np.exp(nowhere[:, :, None] + within).sum(axis=1)
        missed = np.exp(nowhere).sum(axis=1)
        value = np.log(chances + _TINY) @ self.counts
        return value - self.counts.sum() * np.log(1 - missed + _TINY), missed


def mixture_draws(
    patterns: NDArray[np.int8],
    counts: NDArray[np.int64],
    *,
    classes: int,
    particles: int,
    moves: int,
    rng: np.random.Generator,
    prior: ReachPrior,
) -> MixtureDraws:
    """Draw the chance of being in no list from the posterior of a number of classes.

    The likelihood is that of the patterns given that a person is recorded, which is what remains
    of the multinomial likelihood under P(N) proportional to 1 / N. The shares of the classes are
    uniform on the simplex. Particles go from the prior to the posterior through powers of the
    likelihood; at each they are drawn anew by weight, then moved by random walks and by
    differences of other particles. The cost hangs on patterns and particles, not on persons.

    Parameters
    ----------
    patterns
        Distinct capture patterns, shape (k, L).
    counts
        Persons with each, shape (k,).
    classes
        Number of classes, 1 or more.
    particles, moves
        Number of particles, and of moves at each power.
    rng
        Random numbers.
    prior
        Of the logits.

    References
    ----------
    Del Moral, Doucet and Jasra (2006), Journal of the Royal Statistical Society B 68, 411-436;
    ter Braak (2006), Statistics and Computing 16, 239-249 (moves by differences).
    """
    covariance = prior.covariance(classes, patterns.shape[1])
    precision: Array = np.linalg.inv(covariance).astype(np.float64)
    model = _Model(
        patterns.astype(np.float64),
        counts.astype(np.float64),
        classes,
        prior.centre,
        precision,
    )
    theta = np.empty((particles, model.size))
    factor = np.linalg.cholesky(covariance)
    theta[:, : model.free] = prior.centre + rng.standard_normal((particles, model.free)) @ factor.T
    after = np.arange(classes - 1, 0, -1)
    rest = np.clip(rng.random((particles, classes - 1)) ** (1 / after), 1e-12, 1 - 1e-12)
    theta[:, model.free :] = np.log1p(-rest) - np.log(rest)
    return _temper(model, theta, moves, rng)


def _temper(model: _Model, theta: Array, moves: int, rng: np.random.Generator) -> MixtureDraws:
    particles = len(theta)
    value, missed = model.log_likelihood(theta)
    before = model.log_prior(theta)
    power, log_evidence, scale, steps = 0.0, 0.0, 1.0, 0
    while power < 1.0:
        power, weights, gained = _step(value, power)
        log_evidence += gained
        places = (np.arange(particles) + rng.random()) / particles
        chosen = np.searchsorted(np.cumsum(weights) / weights.sum(), places)
        chosen = np.minimum(chosen, particles - 1)
        theta, value, before, missed = theta[chosen], value[chosen], before[chosen], missed[chosen]
        spread = np.cov(theta.T).reshape(model.size, model.size) + 1e-8 * np.eye(model.size)
        factor = np.linalg.cholesky(spread)
        for turn in range(moves if power < 1.0 else 3 * moves):
            noise = rng.standard_normal((particles, model.size))
            if turn % 2:
                one, other = rng.integers(particles, size=(2, particles))
                jump = (theta[one] - theta[other]) * (scale * 2.38 / np.sqrt(2 * model.size))
                trial = theta + jump + _STILL * noise
            else:
                trial = theta + noise @ factor.T * (scale * 2.38 / np.sqrt(model.size))
            likelihood, none = model.log_likelihood(trial)
            prior = model.log_prior(trial)
            gain = power * (likelihood - value) + prior - before
            moved = np.log(rng.random(particles)) < gain
            theta[moved], value[moved] = trial[moved], likelihood[moved]
            before[moved], missed[moved] = prior[moved], none[moved]
            scale = float(np.clip(scale * np.exp((moved.mean() - _ACCEPTED) / 2), 0.05, 3.0))
        steps += 1
    return MixtureDraws(log_evidence, missed, steps)


def _step(value: Array, power: float) -> tuple[float, Array, float]:
    """Find the next power, the weights it gives, and what it adds to the log evidence."""
    highest = value.max()

    def weights(added: float) -> Array:
        result: Array = np.exp((value - highest) * added)
        return result

    def kept(added: float) -> bool:
        given = weights(added)
        return bool(given.sum() ** 2 >= _KEPT * len(value) * (given**2).sum())

    low, high = 0.0, 1.0 - power
    if kept(high):
        low = high
    else:
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if kept(middle) else (low, middle)
    given = weights(low)
    reached = 1.0 if low == 1.0 - power else power + low
    return reached, given, float(np.log(given.mean()) + highest * low)
