"""Chains of the latent class model: started apart, warmed up, and run on in threads."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.kernels.hamiltonian import trajectories
from everyname.estimation.kernels.lanes import LANES
from everyname.estimation.kernels.latent_class_lanes import (
    EMPTY,
    PatternTree,
    pattern_tree,
    workspace_size,
)
from everyname.estimation.pattern_table import PatternTable

Floats = NDArray[np.float64]

# A Gibbs sweep comes before every so many trajectories.
EVERY = 4
STRETCH = 0.15
# Sticks behind which nobody is left wander far; a step made for them is too long for the others.
_LONGEST_STICK = 0.5
# A trajectory is this long on average, in units of the coordinates' scale, within these steps.
_LENGTH = 2.0
_FEWEST, _MOST = 6, 400
# Trajectories, whether the scale of the coordinates is learnt from them.
_WARM_UP = ((200, False), (300, True), (600, True), (1200, True), (300, False))
WARM_UP = sum(length for length, _ in _WARM_UP)
_NO_ADAPTATION = np.empty((0, LANES))


class FourChains:
    """Four chains that one thread runs side by side, each with its own random numbers.

    Parameters
    ----------
    table
        Capture patterns.
    classes, a, b
        Number of classes, and shape and rate of the prior of alpha.
    cap
        Largest number of unrecorded persons.
    seed
        Where the random numbers of the four come from.
    starts
        Parameters as in `log_density_gradient`, shape (any, P), from which the chains start by
        turns; None for starts far apart.
    """

    def __init__(
        self,
        table: PatternTable,
        classes: int,
        a: float,
        b: float,
        cap: float,
        seed: np.random.SeedSequence,
        starts: Floats | None = None,
    ) -> None:
        order = np.lexsort(table.histories.T[::-1])
        self._histories = np.ascontiguousarray(table.histories[order])
        self._tree: PatternTree = pattern_tree(table.histories, table.counts)
        self._prior = (classes, a, b, cap)
        n_lists = len(table.lists)
        edge = classes * n_lists
        size = LANES * (edge + classes - 1)
        observed = table.observed
        # Half of the share of a list among the recorded: about its share among all.
        self._centre = np.log((table.sizes + 0.5) / (2.0 * observed))
        self._stretch = STRETCH * observed
        words, start = seed.spawn(2)
        self._state = words.generate_state(20, np.uint64).astype(np.uint64)
        generator = np.random.Generator(np.random.PCG64(start))
        self._position = generator.normal(size=size)
        sticks = generator.exponential(size=size - LANES * edge)
        self._position[LANES * edge :] = np.log(sticks)
        if starts is not None and len(starts):
            chosen = starts[np.arange(LANES) % len(starts)]
            self._position[:] = self._coordinates(chosen, classes).T.ravel()
        self._value = np.zeros(LANES)
        self._missed = -np.ones(LANES)
        self._scale = np.ones(size)
        self._edge = LANES * edge
        self._step = np.full(LANES, 0.3)
        self._steps = 16
        self._work = np.empty(4 * size + 12 + 4 * classes + workspace_size(self._tree, classes))
        self._tally = np.zeros((LANES, classes + 1))

    def _coordinates(self, thetas: Floats, classes: int) -> Floats:
        """Coordinates of the sampler, shape (starts, P): see `latent_class_lanes`."""
        edge = classes * len(self._centre)
        lengths = np.logaddexp(0.0, thetas[:, edge:])
        left = np.exp(-np.cumsum(lengths, axis=1))
        ones = np.ones((len(thetas), 1))
        weights = np.hstack([-np.expm1(-lengths), ones]) * np.hstack([ones, left])
        factor = np.sqrt(EMPTY + self._stretch * weights)[:, :, None]
        logits = thetas[:, :edge].reshape(len(thetas), classes, -1)
        stretched = ((logits - self._centre) * factor).reshape(len(thetas), edge)
        coordinates: Floats = np.hstack([stretched, np.log(np.maximum(lengths, 1e-300))])
        return coordinates

    def warm_up(self) -> None:
        """Move from the start to the bulk of the posterior, learning steps and scales."""
        for length, learn in _WARM_UP:
            adaptation = np.zeros((LANES, 4))
            adaptation[:, 2] = np.log(self._step)
            moments = np.zeros((2 if learn else 0, self._position.size))
            self._go(length, adaptation, moments)
            self._step[:] = np.exp(adaptation[:, 1])
            wanted = _LENGTH / float(np.median(self._step))
            self._steps = int(np.clip(round(wanted), _FEWEST, _MOST))
            if learn:
                variance = (moments[1] / (length - 1)).reshape(-1, LANES).mean(axis=1)
                variance = (length * variance + 5.0) / (length + 5.0)
                self._scale[:] = np.repeat(np.sqrt(variance), LANES)
                sticks = self._scale[self._edge :]
                np.minimum(sticks, _LONGEST_STICK, out=sticks)
        self._tally[:] = 0.0

    def run(self, length: int) -> NDArray[np.int64]:
        """Draw the number of unrecorded persons `length` times, shape (4, length)."""
        return self._go(length, _NO_ADAPTATION, np.empty((0, 1))).astype(np.int64)

    @property
    def steps(self) -> int:
        """Leapfrog steps of a trajectory, on average."""
        return self._steps

    @property
    def tally(self) -> Floats:
        """Sweeps after which 0, 1, ..., K classes held persons, shape (4, K + 1)."""
        return self._tally.copy()

    def _go(self, length: int, adaptation: Floats, moments: Floats) -> Floats:
        draws, chance = np.empty((LANES, length)), np.empty((LANES, length))
        classes, a, b, cap = self._prior
        trajectories(
            self._position,
            self._value,
            self._missed,
            self._tree,
            self._histories,
            1,
            EVERY,
            self._centre,
            self._stretch,
            classes,
            a,
            b,
            cap,
            self._scale,
            self._step,
            adaptation,
            self._steps,
            self._state,
            self._work,
            draws,
            chance,
            moments,
            self._tally,
        )
        return draws


class Chains:
    """Any number of chains, in fours; the same seed gives the same draws however they run.

    Parameters
    ----------
    table, classes, a, b, cap
        As in `FourChains`.
    chains
        How many.
    seed
        A whole number.
    starts
        For each four by turns the `starts` of `FourChains`; none for starts far apart.
    """

    def __init__(
        self,
        table: PatternTable,
        classes: int,
        a: float,
        b: float,
        cap: float,
        *,
        chains: int,
        seed: int,
        starts: Sequence[Floats] = (),
    ) -> None:
        self._chains = chains
        seeds = np.random.SeedSequence(seed).spawn(-(-chains // LANES))
        self._fours = [
            FourChains(table, classes, a, b, cap, one, starts[i % len(starts)] if starts else None)
            for i, one in enumerate(seeds)
        ]

    def warm_up(self) -> None:
        """Warm all chains up."""
        with ThreadPoolExecutor(cpu_count()) as pool:
            list(pool.map(FourChains.warm_up, self._fours))

    def run(self, length: int) -> NDArray[np.int64]:
        """Draw the number of unrecorded persons, shape (chains, length)."""
        with ThreadPoolExecutor(cpu_count()) as pool:
            parts: Sequence[NDArray[np.int64]] = list(
                pool.map(lambda four: four.run(length), self._fours)
            )
        return np.vstack(parts)[: self._chains]

    @property
    def occupied(self) -> Floats:
        """Posterior probability that 0, 1, ..., K classes hold persons, shape (K + 1,)."""
        tally = np.vstack([four.tally for four in self._fours])[: self._chains].sum(axis=0)
        shares: Floats = tally / max(tally.sum(), 1.0)
        return shares
