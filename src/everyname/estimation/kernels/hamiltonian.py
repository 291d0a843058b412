"""Hamiltonian Monte Carlo for the latent class model, four chains at once.

Each chain has its own position, its own step length and its own random numbers; the scale of the
coordinates and the number of steps of a trajectory are common. The number of persons is drawn
given the parameters; where it goes above the cap, the whole step is taken back, which leaves the
posterior under the cap unchanged.

References
----------
Duane et al. (1987), Physics Letters B 195, 216-222; Neal (2011), Handbook of Markov Chain Monte
Carlo, chapter 5; Hoffman and Gelman (2014), Journal of Machine Learning Research 15, 1593-1623
(step length); Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26, 363-372;
Hoermann (1993), Insurance: Mathematics and Economics 12, 39-45 (Poisson).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.lanes import LANES, load, normals, same, store
from everyname.estimation.kernels.latent_class_gibbs import gibbs_sweep
from everyname.estimation.kernels.latent_class_lanes import (
    PatternTree,
    lanes_gradient,
    recorded_chance,
)
from everyname.estimation.kernels.random_numbers import common_uniform, missed_persons, uniform


@njit(cache=True, nogil=True, error_model="numpy")
def trajectories(  # noqa: C901 - one pass over memory, calls would cost
    position: NDArray[np.float64],
    value: NDArray[np.float64],
    missed: NDArray[np.float64],
    tree: PatternTree,
    histories: NDArray[np.int8],
    sweeps: int,
    every: int,
    centre: NDArray[np.float64],
    stretch: float,
    n_classes: int,
    a: float,
    b: float,
    cap: float,
    scale: NDArray[np.float64],
    step: NDArray[np.float64],
    adapt: NDArray[np.float64],
    mean_steps: int,
    state: NDArray[np.uint64],
    work: NDArray[np.float64],
    draws: NDArray[np.float64],
    odds: NDArray[np.float64],
    moments: NDArray[np.float64],
    tally: NDArray[np.float64],
) -> tuple[int, float]:
    """Run as many trajectories as `draws` has columns, on four chains.

    Parameters
    ----------
    position, value, missed
        Coordinates (4 * P,), log density (4,) and unrecorded (4,) of the chains: changed in place.
        On entry `missed` may be negative: not drawn yet.
    tree, n_classes, a, b
        As in `lanes_gradient`.
    cap
        Largest number of unrecorded.
    scale
        Standard deviation by coordinate and chain, shape (4 * P,).
    step
        Step lengths (4,), changed in place where `adapt` is not empty.
    adapt
        State of dual averaging, shape (4, 4): mean error, mean log step, log of the start, count;
        of shape (0, 4) for fixed steps.
    mean_steps
        Leapfrog steps of a trajectory are uniform from 1 to 2 * mean_steps - 1.
    state
        Random state, 16 words for the chains and 4 for what is common.
    work
        Scratch memory of `workspace_size` and 12 * P + 8 floats.
    draws, odds
        Take the unrecorded and the chance to be recorded, shape (4, draws).
    moments
        Takes number, mean and sum of squares of coordinates where it is not empty, shape (2, 4P).

    Returns
    -------
    Leapfrog steps taken, and the sum of acceptance over trajectories and chains.
    """
    size = position.size
    gradient = work[:size]
    here = work[size : 2 * size]
    speed = work[2 * size : 3 * size]
    start_gradient = work[3 * size : 4 * size]
    out = work[4 * size : 4 * size + 8]
    kinetic = work[4 * size + 8 : 4 * size + 12]
    scratch = work[4 * size + 12 :]
    chances = np.empty(LANES)
    persons = tree.counts.sum()
    lanes_gradient(
        position, tree, centre, stretch, n_classes, a, b, scratch, start_gradient, out, 1
    )
    for c in range(LANES):
        value[c] = out[c]
        chances[c] = out[4 + c]
        if missed[c] < 0:
            missed[c] = min(missed_persons(persons, chances[c], state, c), cap)
    taken = 0
    accepted_sum = 0.0
    common = state[16:]
    for t in range(draws.shape[1]):
        for _sweep in range(sweeps if t % every == 0 else 0):
            gibbs_sweep(
                position,
                missed,
                histories,
                tree.counts,
                centre,
                stretch,
                n_classes,
                a,
                b,
                state,
                scratch,
                tally,
            )
            recorded_chance(position, centre, stretch, n_classes, out)
            for c in range(LANES):
                chances[c] = out[4 + c]
                proposed = missed_persons(persons, chances[c], state, c)
                if proposed <= cap:
                    missed[c] = proposed
        if mean_steps == 0:
            for c in range(LANES):
                draws[c, t] = missed[c]
                odds[c, t] = chances[c]
            continue
        if t % every == 0 and sweeps > 0:
            lanes_gradient(
                position, tree, centre, stretch, n_classes, a, b, scratch, start_gradient, out, 1
            )
            for c in range(LANES):
                value[c] = out[c]
        before = same(0.0)
        for i in range(0, size, 8):
            z, z2 = normals(state)
            store(speed, i, z)
            before = before + z * z
            if i + 4 < size:
                store(speed, i + 4, z2)
                before = before + z2 * z2
        steps = 1 + int(common_uniform(common) * (2 * mean_steps - 1))
        taken += steps
        eps = load(step, 0)
        half = eps * 0.5
        for i in range(0, size, 4):
            s = load(scale, i)
            v = load(speed, i) + half * s * load(start_gradient, i)
            store(speed, i, v)
            store(here, i, load(position, i) + eps * s * v)
        for _ in range(steps - 1):
            lanes_gradient(here, tree, centre, stretch, n_classes, a, b, scratch, gradient, out, 0)
            for i in range(0, size, 4):
                s = eps * load(scale, i)
                v = load(speed, i) + s * load(gradient, i)
                store(speed, i, v)
                store(here, i, load(here, i) + s * v)
        lanes_gradient(here, tree, centre, stretch, n_classes, a, b, scratch, gradient, out, 1)
        after = same(0.0)
        for i in range(0, size, 4):
            v = load(speed, i) + half * load(scale, i) * load(gradient, i)
            after = after + v * v
        store(kinetic, 0, 0.5 * (before - after))
        for c in range(LANES):
            gain = out[c] - value[c] + kinetic[c]
            chance = math.exp(min(gain, 0.0)) if gain > -1e300 else 0.0
            accepted_sum += chance
            u = uniform(state, c)
            if u < chance:
                proposed = missed_persons(persons, out[4 + c], state, c)
                if proposed <= cap:
                    missed[c] = proposed
                    value[c] = out[c]
                    chances[c] = out[4 + c]
                    for i in range(c, size, 4):
                        position[i] = here[i]
                        start_gradient[i] = gradient[i]
            else:
                proposed = missed_persons(persons, chances[c], state, c)
                if proposed <= cap:
                    missed[c] = proposed
            draws[c, t] = missed[c]
            odds[c, t] = chances[c]
            if adapt.shape[0]:
                adapt[c, 3] += 1.0
                m = adapt[c, 3]
                adapt[c, 0] += (0.75 - chance - adapt[c, 0]) / (m + 10.0)
                log_step = adapt[c, 2] - math.sqrt(m) / 0.05 * adapt[c, 0]
                adapt[c, 1] += m**-0.75 * (log_step - adapt[c, 1])
                step[c] = math.exp(log_step)
        if moments.shape[0]:
            m = float(t + 1)
            for i in range(size):
                d = position[i] - moments[0, i]
                moments[0, i] += d / m
                moments[1, i] += d * (position[i] - moments[0, i])
    return taken, accepted_sum
