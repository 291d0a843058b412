"""Parallel tempering of the latent class posterior on capture patterns.

Copies of the chain run at powers of the likelihood from `powers[0]` to 1 and exchange states
between neighbours, even and odd pairs in turn, so that states travel (non-reversible parallel
tempering). What the modes weigh follows from how often the copy at power 1 is in each.

References
----------
Syed, Bouchard-Cote, Deligiannidis, Doucet (2022), Journal of the Royal Statistical Society B 84,
321-350.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.capped_density import ROWS, capped_density
from everyname.estimation.kernels.class_moves import exchange_labels, renew

Numbers = NDArray[np.float64]
AIM = 0.75


@njit(cache=True, nogil=True)
def hamiltonian_step(
    rng: np.random.Generator,
    theta: Numbers,
    patterns: NDArray[np.int8],
    counts: Numbers,
    prior: Numbers,
    power: float,
    step: float,
    leaps: int,
    work: Numbers,
) -> tuple[float, float, float]:
    """Move `theta` along the gradient; return acceptance, log likelihood, recorded share."""
    size = theta.size
    gradient = np.empty(size)
    start, likelihood, q = capped_density(theta, patterns, counts, prior, power, work, gradient)
    momentum = np.empty(size)
    for d in range(size):
        momentum[d] = rng.standard_normal()
    energy = start - 0.5 * np.dot(momentum, momentum)
    place = theta.copy()
    value, new_likelihood, new_q = start, likelihood, q
    for _ in range(leaps):
        for d in range(size):
            momentum[d] += 0.5 * step * gradient[d]
            place[d] += step * momentum[d]
        value, new_likelihood, new_q = capped_density(
            place, patterns, counts, prior, power, work, gradient
        )
        for d in range(size):
            momentum[d] += 0.5 * step * gradient[d]
        if not value > start - 1000.0:
            return 0.0, likelihood, q
    change = value - 0.5 * np.dot(momentum, momentum) - energy
    acceptance = math.exp(min(change, 0.0)) if change > -700.0 else 0.0
    if rng.random() < acceptance:
        theta[:] = place
        return acceptance, new_likelihood, new_q
    return acceptance, likelihood, q


@njit(cache=True, nogil=True)
def _exchange(
    rng: np.random.Generator,
    states: Numbers,
    powers: Numbers,
    likelihoods: Numbers,
    recorded: Numbers,
    copies: NDArray[np.int64],
    parity: int,
    rejected: Numbers,
) -> None:
    """Exchange states between neighbouring powers, pairs of the given parity only."""
    for r in range(powers.size - 1):
        gap = (powers[r + 1] - powers[r]) * (likelihoods[r] - likelihoods[r + 1])
        chance = math.exp(min(gap, 0.0))
        rejected[r] += 1.0 - chance
        if r % 2 == parity and rng.random() < chance:
            kept = states[r].copy()
            states[r] = states[r + 1]
            states[r + 1] = kept
            likelihoods[r], likelihoods[r + 1] = likelihoods[r + 1], likelihoods[r]
            recorded[r], recorded[r + 1] = recorded[r + 1], recorded[r]
            copies[r], copies[r + 1] = copies[r + 1], copies[r]


@njit(cache=True, nogil=True)
def temper(
    rng: np.random.Generator,
    patterns: NDArray[np.int8],
    counts: Numbers,
    prior: Numbers,
    powers: Numbers,
    states: Numbers,
    steps: Numbers,
    copies: NDArray[np.int64],
    effort: NDArray[np.int64],
    adapt: bool,  # noqa: FBT001 - compiled code takes no keywords
    out: Numbers,
    where: NDArray[np.int64],
) -> Numbers:
    """Run sweeps over all powers, in place.

    Parameters
    ----------
    rng
        Not shared with another thread.
    patterns, counts, prior
        As in `capped_density`.
    powers
        Powers of the likelihood, rising to 1, shape (R,).
    states, steps, copies
        Parameters, step sizes, and which copy is where, by power: shapes (R, K J + K - 1), (R,),
        (R,). Changed in place; steps only with `adapt`.
    effort
        Sweeps, leaps of a step along the gradient, exchanges of labels, classes renewed.
    out, where
        Take the recorded share q at power 1, shape (sweeps,), and the copy at the lowest and the
        highest power, shape (sweeps, 2).

    Returns
    -------
    Share of exchanges refused between neighbours, shape (R - 1,).
    """
    lists = patterns.shape[1]
    rungs = powers.size
    classes = (states.shape[1] + 1) // (lists + 1)
    work = np.empty((3 * lists + ROWS, classes))
    spare = np.empty(states.shape[1])
    weights = np.empty(classes)
    likelihoods, recorded = np.empty(rungs), np.empty(rungs)
    rejected = np.zeros(rungs - 1)
    for s in range(effort[0]):
        for r in range(rungs):
            state, power = states[r], powers[r]
            exchange_labels(rng, state, lists, prior, effort[2], weights)
            renew(rng, state, patterns, counts, prior, power, effort[3], work, spare)
            step = steps[r] * math.exp(0.5 * rng.standard_normal())
            got, likelihoods[r], recorded[r] = hamiltonian_step(
                rng, state, patterns, counts, prior, power, step, effort[1], work
            )
            if adapt:
                steps[r] = min(steps[r] * math.exp(2.0 * (got - AIM) / (10 + s) ** 0.6), 1.0)
        _exchange(rng, states, powers, likelihoods, recorded, copies, s % 2, rejected)
        out[s] = recorded[rungs - 1]
        where[s, 0], where[s, 1] = copies[0], copies[rungs - 1]
    refused: Numbers = rejected / effort[0]
    return refused
