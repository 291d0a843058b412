"""Which local maxima of the latent class posterior are modes, and what each weighs.

Chains are started in every group of local maxima. Where they flow together there is one mode. Where
they stay apart, what the modes weigh follows from how often chains cross: with `k` crossings in
the time `t` spent in a mode it is left at the rate `k / t`, and the weights are those that the
rates keep in balance, wherever the chains began. Where chains do not cross, parallel tempering
weighs the modes. All random numbers are the same for everybody, so that the verdict hangs on the
table and the priors alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.modes import Mode, latent_class_modes, share_error, valleys

if TYPE_CHECKING:
    from everyname.estimation.optima import Group
    from everyname.estimation.pattern_table import PatternTable

Floats = NDArray[np.float64]
Say = Callable[[str], None]

SEED = 20_220
# A mode lighter than this is named but does not stand in the way of an interval.
HEAVY = 0.05
# Above this share of the cap the cap is near.
NEAR_CAP = 0.9
# Draws of a chain after which the chains are looked at.
LOOKS = (2_000, 4_000, 8_000)
# Crossings out of a mode from which its rate is taken.
_CROSSINGS = 10
_FEWEST_CROSSINGS = 4
# The core of a mode: who leaves it and comes to the core of another one has crossed.
_CORE = (0.2, 0.8)
_SWEEPS = 8_000
_FEWEST_SWEEPS = 500
# Patterns times lists times classes for which tempering takes all its sweeps.
_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class Weighing:
    """The modes and how they were weighed.

    Attributes
    ----------
    modes
        Smallest number first.
    how
        In words, for the settings and the reason of a refusal; empty where there is one mode.
    near_cap
        Posterior probability that the unrecorded are more than 90% of the cap.
    starts
        Parameters in the heaviest mode from which a chain can start, shape (maxima, P); empty
        where no group is known to be of it.
    """

    modes: tuple[Mode, ...]
    how: str
    near_cap: float
    starts: Floats

    @property
    def heavy(self) -> tuple[Mode, ...]:
        """Modes of at least 5%."""
        return tuple(mode for mode in self.modes if mode.weight >= HEAVY)


def weighing(
    table: PatternTable,
    groups: Sequence[Group],
    *,
    classes: int,
    a: float,
    b: float,
    cap: float,
    level: float,
    say: Say,
) -> Weighing:
    """Start four chains in each group, and weigh the modes if these stay apart.

    Parameters
    ----------
    table, classes, a, b
        As in `optima`.
    groups
        Groups of local maxima.
    cap
        Largest number of unrecorded persons.
    level
        Mass of each mode's interval.
    say
        Called with what is being done.
    """
    from everyname.estimation.chains import Chains

    chains = 4 * len(groups)
    starts = [group.starts for group in groups]
    running = Chains(table, classes, a, b, cap, chains=chains, seed=SEED, starts=starts)
    say(f"following chains from {len(groups)} groups of local maxima")
    running.warm_up()
    draws = np.empty((chains, 0), dtype=np.int64)
    cuts: tuple[float, ...] = ()
    for length in LOOKS:
        draws = np.hstack([draws, running.run(length - draws.shape[1]) + table.observed])
        cuts = valleys(np.log(draws))
        if not cuts or crossings(draws, cuts)[0].sum(axis=1).min() >= _CROSSINGS:
            break
    return weigh(
        table, draws, groups, classes=classes, a=a, b=b, cap=cap, level=level, cuts=cuts, say=say
    )


def weigh(
    table: PatternTable,
    draws: NDArray[np.int64],
    groups: Sequence[Group],
    *,
    classes: int,
    a: float,
    b: float,
    cap: float,
    level: float,
    cuts: tuple[float, ...],
    say: Say,
) -> Weighing:
    """Weigh the modes between which chains have valleys, `cuts` in logs.

    `draws` are numbers of persons, shape (chains, draws a chain); the rest is as in `weighing`.
    """
    kind = np.searchsorted(np.asarray(cuts), np.log(draws))
    weights, errors, how = _weights(table, draws, cuts, (classes, a, b, cap), say)
    modes = tuple(
        _mode(draws[kind == each], level, weight, error)
        for each, (weight, error) in enumerate(zip(weights, errors, strict=True))
    )
    above = draws - table.observed > NEAR_CAP * cap
    near = sum(w * float(above[kind == each].mean()) for each, w in enumerate(weights))
    heaviest = int(np.argmax(weights))
    # A group is of the mode between whose valleys its number lies.
    mode_of = np.searchsorted(np.asarray(cuts), np.log([group.number for group in groups]))
    inside = [group.starts for group, m in zip(groups, mode_of, strict=True) if m == heaviest]
    if not cuts and groups:
        # One mode: from its highest maxima, as chains are slow to leave the lowest.
        inside = [min(groups, key=lambda group: group.below).starts]
    starts = np.vstack(inside) if inside else np.empty((0, 0))
    return Weighing(modes, how, float(near), starts)


def _mode(inside: NDArray[np.int64], level: float, weight: float, error: float) -> Mode:
    tail = (1 - level) / 2
    low, point, high = (float(q) for q in np.quantile(inside, (tail, 0.5, 1 - tail)))
    return Mode(point=point, low=low, high=high, weight=weight, error=error)


def crossings(
    draws: NDArray[np.int64], cuts: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count how often chains go from the core of one mode to that of another.

    Parameters
    ----------
    draws
        Numbers of persons, shape (chains, draws a chain).
    cuts
        Valleys between the modes, in logs, rising.

    Returns
    -------
    Crossings from mode to mode, shape (modes, modes), and draws that belong to each mode, a draw
    between cores to the mode whose core came last, shape (modes,).
    """
    logs = np.log(draws)
    kind = np.searchsorted(np.asarray(cuts), logs)
    core: NDArray[np.int64] = np.full(logs.shape, -1, dtype=np.int64)
    n_modes = len(cuts) + 1
    for each in range(n_modes):
        low, high = np.quantile(logs[kind == each], _CORE)
        core[(kind == each) & (logs >= low) & (logs <= high)] = each
    place = np.arange(logs.shape[1])
    last = np.maximum.accumulate(np.where(core >= 0, place, -1), axis=1)
    state = np.where(last >= 0, np.take_along_axis(core, np.maximum(last, 0), axis=1), -1)
    before, after = state[:, :-1].ravel(), state[:, 1:].ravel()
    moved = (before >= 0) & (before != after)
    count = np.zeros((n_modes, n_modes))
    np.add.at(count, (before[moved], after[moved]), 1.0)
    time = np.bincount(state[state >= 0], minlength=n_modes).astype(np.float64)
    return count, time


def balance(count: Floats, time: Floats) -> tuple[Floats, Floats]:
    """Weights that the rates of crossing keep in balance, and their standard errors.

    Half a crossing is added to each that was possible, so that a mode never entered has a weight.

    Parameters
    ----------
    count, time
        As `crossings` returns them.
    """
    neighbours = np.abs(np.subtract.outer(np.arange(len(time)), np.arange(len(time)))) == 1
    weights = _balanced(count + 0.5 * neighbours, time)
    variance = np.zeros(len(time))
    for i, j in np.argwhere((count > 0) | neighbours):
        # Delta method: the log of a rate has the variance 1 / crossings.
        events = count[i, j] + 0.5
        more = count + 0.5 * neighbours
        more[i, j] *= 1.0 + 1e-4
        variance += ((_balanced(more, time) - weights) / 1e-4) ** 2 / events
    return weights, np.sqrt(variance)


def _balanced(count: Floats, time: Floats) -> Floats:
    rates = count / np.maximum(time, 1.0)[:, None]
    np.fill_diagonal(rates, 0.0)
    flow = rates.T - np.diag(rates.sum(axis=1))
    flow[-1] = 1.0
    answer: Floats = np.linalg.solve(flow, np.append(np.zeros(len(time) - 1), 1.0))
    return answer


def _weights(
    table: PatternTable,
    draws: NDArray[np.int64],
    cuts: tuple[float, ...],
    model: tuple[int, float, float, float],
    say: Say,
) -> tuple[list[float], list[float], str]:
    """Weights of the modes, their standard errors, and where they come from."""
    if not cuts:
        return [1.0], [0.0], ""
    count, time = crossings(draws, cuts)
    sweeps = int(min(_SWEEPS, _SWEEPS * _SIZE / (table.histories.size * model[0])))
    if count.sum(axis=1).min() >= _FEWEST_CROSSINGS or sweeps < _FEWEST_SWEEPS:
        weights, errors = balance(count, time)
        how = f"from {int(count.sum())} crossings between them in {draws.size:,} draws"
        return weights.tolist(), errors.tolist(), how
    say("weighing the modes by parallel tempering")
    classes, a, b, cap = model
    multiple = cap / table.observed if cap < 1e15 else 0.0
    tempered = latent_class_modes(
        table, classes=classes, a=a, b=b, cap=multiple, sweeps=sweeps, seed=SEED
    )
    kind = np.searchsorted(np.asarray(cuts), np.log(tempered.draws))
    inside = [kind == each for each in range(len(cuts) + 1)]
    how = "from four runs of parallel tempering"
    return [float(m.mean()) for m in inside], [share_error(m) for m in inside], how
