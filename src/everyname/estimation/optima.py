"""Local maxima of the latent class posterior, found before any chain runs.

A chain stays with the explanation of the patterns that it finds first; which one that is hangs on
its seed. The starts here are the same for everybody, so that what is found hangs on the table and
the priors alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.kernels.ascent import ascend
from everyname.estimation.pattern_table import PatternTable

Floats = NDArray[np.float64]

STARTS = 120
_FEWEST = 24
_STEPS = 400
# What one core does in about a second, in products of patterns, lists and classes.
_WORK = 1.5e8
_GRADIENTS = 200
_SEED = 20_220
# A maximum lower by more than this, in logs, is left out. It is much: the mass of a mode is its
# density times its volume, and modes with more classes in use are wide and low.
MARGIN = 20.0
# Maxima whose numbers of persons are closer than this, in logs, are of one group.
GAP = 0.25


@dataclass(frozen=True, slots=True)
class Group:
    """Local maxima whose numbers of persons are near each other.

    Attributes
    ----------
    number
        Number of persons at the highest of them.
    below
        How much lower its log density is than the highest of all groups.
    starts
        Parameters as in `log_density_gradient`, the highest maximum first, shape (maxima, P).
    """

    number: float
    below: float
    starts: Floats


def optima(
    table: PatternTable, *, classes: int, a: float, b: float, cap: float
) -> tuple[Group, ...]:
    """Climb from fixed starts and group where they end by the number of persons.

    Parameters
    ----------
    table
        Patterns and their counts.
    classes, a, b
        K, and shape and rate of the prior of alpha.
    cap
        Largest number of unrecorded persons; maxima beyond it are left out.

    Returns
    -------
    The groups, smallest number first; none where all maxima lie beyond the cap.
    """
    patterns = table.histories.astype(np.float64)
    counts = table.counts.astype(np.float64)
    starts = _starts(table, classes)
    height = np.array([ascend(t, patterns, counts, classes, a, b, _STEPS) for t in starts])
    numbers = table.observed / _recorded(starts, len(table.lists), classes)
    allowed = np.isfinite(height) & (numbers - table.observed <= cap)
    if not allowed.any():
        return ()
    best = float(height[allowed].max())
    kept = np.flatnonzero(allowed & (height >= best - MARGIN))
    kept = kept[np.argsort(numbers[kept], kind="stable")]
    cuts = np.flatnonzero(np.diff(np.log(numbers[kept])) > GAP) + 1
    found = []
    for part in np.split(kept, cuts):
        ranked = part[np.argsort(-height[part], kind="stable")]
        top = ranked[0]
        found.append(Group(float(numbers[top]), float(best - height[top]), starts[ranked]))
    return tuple(found)


def _starts(table: PatternTable, classes: int) -> Floats:
    """Draw starts: as the prior has them, with few classes, with a class hard to reach, with many.

    Half of them are centred on the shares of the lists among the recorded.
    """
    n_lists = len(table.lists)
    edge = classes * n_lists
    effort = _GRADIENTS * table.histories.size * classes
    number = int(np.clip(_WORK / effort, _FEWEST, STARTS))
    starts = np.random.default_rng(_SEED).logistic(size=(number, edge + classes - 1))
    kind = np.arange(number) % 8
    share = np.log((table.sizes + 0.5) / (table.observed - table.sizes + 0.5))
    starts[kind >= 4, :edge] += np.tile(share, classes)
    starts[kind % 4 == 1, edge:] += 1.5
    starts[kind % 4 == 2, :n_lists] -= 3.0
    starts[kind % 4 == 3, edge:] -= 1.0
    return starts


def _recorded(thetas: Floats, n_lists: int, classes: int) -> Floats:
    """Chance that a person is recorded at all, shape (starts,)."""
    from scipy.special import expit

    edge = classes * n_lists
    missed = expit(-thetas[:, :edge]).reshape(-1, classes, n_lists).prod(axis=2)
    rest = np.cumprod(expit(-thetas[:, edge:]), axis=1)
    ones = np.ones((len(thetas), 1))
    weights = np.hstack([expit(thetas[:, edge:]), ones]) * np.hstack([ones, rest])
    chance: Floats = np.maximum((weights * (1.0 - missed)).sum(axis=1), 1e-12)
    return chance
