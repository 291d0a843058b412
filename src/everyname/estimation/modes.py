"""Modes of the latent class posterior, and what each weighs.

On some tables the latent class model explains the same patterns in several ways that give numbers
of persons far apart, and a chain stays with the first it finds. Tempered copies of the chain go
between them. Independent runs tell how well the weights are known: where they disagree there is no
single interval.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from everyname.errors import EstimationError

if TYPE_CHECKING:
    from everyname.estimation.pattern_table import PatternTable

BINS = 240
# A valley must fall to this share of the lower of its two peaks.
VALLEY = 0.5
# A mode lighter than this is not named.
LEAST = 0.01
# Standard error of a weight beyond which the weights are not settled.
TOLERANCE = 0.05


class Mode(BaseModel):
    """One peak of the posterior of the number of persons.

    Attributes
    ----------
    point, low, high
        Median and central interval of the number of persons within the mode.
    weight
        Posterior probability of the mode.
    error
        Monte Carlo standard error of `weight`: from the spread between independent runs, or half
        the drift between the halves of the runs where that is larger.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    point: float
    low: float
    high: float
    weight: float
    error: float


class Modes(BaseModel):
    """The modes of a posterior.

    Attributes
    ----------
    modes
        By number of persons, smallest first.
    settled
        Whether the weights are known well enough for one interval over all modes.
    draws
        Draws of the number of persons, shape (runs, draws a run).
    settings
        The sampler's numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    modes: tuple[Mode, ...]
    settled: bool
    draws: NDArray[np.int64] = Field(exclude=True, repr=False)
    settings: dict[str, str | int | float]

    @property
    def words(self) -> str:
        """The modes as a sentence."""
        parts = ", ".join(
            f"about {round(mode.point):,} ({round(mode.low):,} to {round(mode.high):,}; weight"
            f" {mode.weight:.2f}, standard error {mode.error:.2f})"
            for mode in self.modes
        )
        if len(self.modes) == 1 and self.settled:
            return f"The posterior has one mode: {parts}."
        if self.settled:
            return f"The posterior has {len(self.modes)} modes: {parts}."
        return (
            f"The posterior has these modes: {parts}. Independent runs disagree on what they"
            " weigh, so there is no single interval."
        )


def valleys(
    log_numbers: NDArray[np.float64], weights: NDArray[np.float64] | None = None
) -> tuple[float, ...]:
    """Find where the density of weighted draws falls between two peaks.

    Parameters
    ----------
    log_numbers
        Draws of a logarithm, shape (draws,).
    weights
        Their weights, shape (draws,); equal where absent.

    Returns
    -------
    The lowest point of each valley, rising: the density there is at most half of the lower peak
    beside it, and each side holds at least a hundredth of the draws.
    """
    values = np.asarray(log_numbers, dtype=float).ravel()
    mass = np.ones(values.size) if weights is None else np.asarray(weights, dtype=float).ravel()
    if values.size == 0 or values.shape != mass.shape:
        raise EstimationError(
            f"{values.size} draws and {mass.size} weights", do="Give one weight for each draw."
        )
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-9:
        return ()
    pad = 0.05 * (high - low)
    heights, edges = np.histogram(values, bins=BINS, range=(low - pad, high + pad), weights=mass)
    heights = heights / heights.sum()
    # A fixed width on the logarithm: peaks closer than about a tenth of the number are one.
    width = max(0.05 / (edges[1] - edges[0]), 2.0)
    reach = np.arange(-int(4 * width), int(4 * width) + 1)
    kernel = np.exp(-0.5 * (reach / width) ** 2)
    density = np.convolve(np.pad(heights, reach.size), kernel / kernel.sum(), mode="same")
    density = density[reach.size : -reach.size]
    found: list[float] = []
    _divide(density, np.cumsum(heights), 0, BINS, found, edges)
    return tuple(sorted(found))


def _divide(
    density: NDArray[np.float64],
    below: NDArray[np.float64],
    first: int,
    last: int,
    found: list[float],
    edges: NDArray[np.float64],
) -> None:
    """Cut [first, last) at its deepest valley, then each side."""
    piece = density[first:last]
    if piece.size < 3:
        return
    left = np.maximum.accumulate(piece)
    right = np.maximum.accumulate(piece[::-1])[::-1]
    depth = piece / np.maximum(np.minimum(left, right), 1e-300)
    start = below[first - 1] if first else 0.0
    inner = below[first:last] - start
    heavy = (inner >= LEAST) & (below[last - 1] - below[first:last] >= LEAST)
    depth = np.where(heavy, depth, 1.0)
    at = int(np.argmin(depth))
    if depth[at] > VALLEY:
        return
    found.append(float(edges[first + at + 1]))
    _divide(density, below, first, first + at + 1, found, edges)
    _divide(density, below, first + at + 1, last, found, edges)


def modes_of(draws: NDArray[np.int64], *, level: float = 0.95) -> tuple[tuple[Mode, ...], bool]:
    """Name the modes of independent runs' draws, and say whether their weights are settled.

    Parameters
    ----------
    draws
        Draws of the number of persons, shape (runs, draws a run), at least two runs that started
        apart. Weighted runs are resampled before.
    level
        Mass of each mode's interval within the mode.

    Returns
    -------
    The modes, smallest number first, and whether every weight's standard error is at most 0.05.
    """
    if draws.ndim != 2 or draws.shape[0] < 2:
        raise EstimationError(
            f"draws of shape {draws.shape}", do="Give draws of two or more independent runs."
        )
    logs = np.log(draws)
    cuts = valleys(logs)
    kind = np.searchsorted(np.asarray(cuts), logs)
    tail = (1 - level) / 2
    found: list[Mode] = []
    for each in range(len(cuts) + 1):
        shares = (kind == each).mean(axis=1)
        inside = draws[kind == each]
        low, point, high = np.quantile(inside, (tail, 0.5, 1 - tail))
        error = share_error(kind == each)
        found.append(
            Mode(point=point, low=low, high=high, weight=float(shares.mean()), error=error)
        )
    return tuple(found), all(mode.error <= TOLERANCE for mode in found)


def share_error(inside: NDArray[np.bool_]) -> float:
    """Standard error of a mode's weight: spread between runs, or drift from half to half.

    `inside` says of each draw whether it is in the mode, shape (runs, draws a run).
    """
    shares = inside.mean(axis=1)
    half = inside.shape[1] // 2
    drift = inside[:, half:].mean() - inside[:, :half].mean()
    # A drift shared by all runs shows that they are still on their way; the spread does not.
    return float(max(shares.std(ddof=1) / np.sqrt(shares.size), abs(drift) / 2))


def latent_class_modes(
    table: PatternTable,
    *,
    classes: int = 10,
    a: float = 0.25,
    b: float = 0.25,
    cap: float = 20,
    runs: int = 4,
    sweeps: int = 8000,
    powers: int = 20,
    lowest: float = 0.12,
    level: float = 0.95,
    seed: int = 0,
) -> Modes:
    """Sample the latent class posterior by parallel tempering and name its modes.

    Parameters
    ----------
    table
        Patterns and their counts.
    classes
        K, the number of sticks.
    a, b
        Shape and rate of alpha's prior.
    cap
        The unrecorded are at most this many times the recorded; 0 for no cap.
    runs
        Independent runs, two or more.
    sweeps
        Sweeps of each run after 1,500 that set the powers and the steps. The first half is left
        out: copies enter the modes one by one, so that early weights lean to the mode found first.
    powers, lowest
        Number of tempered copies, and the lowest power of the likelihood.
    level
        Mass of the modes' intervals.
    seed
        The same seed gives the same answer.

    References
    ----------
    Manrique-Vallier (2016), Biometrics 72, 1246-1254. Syed and others (2022), Journal of the Royal
    Statistical Society B 84, 321-350.
    """
    if runs < 2 or sweeps < 100 or powers < 3 or classes < 2 or not 0 < lowest < 1:
        raise EstimationError(
            f"runs {runs}, sweeps {sweeps}, powers {powers}, classes {classes}, lowest {lowest}",
            do="Give at least 2 runs, 100 sweeps, 3 powers and 2 classes, and 0 < lowest < 1.",
        )
    keys = np.random.SeedSequence(seed).spawn(runs)
    shape = (classes, powers, sweeps)
    with ThreadPoolExecutor(cpu_count()) as pool:
        each = pool.map(lambda key: _run(table, shape, (a, b, float(cap)), lowest, key), keys)
        draws = np.stack(list(each))
    modes, settled = modes_of(draws, level=level)
    settings: dict[str, str | int | float] = {
        "classes": classes, "a": a, "b": b, "cap": cap, "runs": runs, "sweeps": sweeps,
        "powers": powers, "lowest power": lowest, "seed": seed,
    }  # fmt: skip
    return Modes(modes=modes, settled=settled, draws=draws, settings=settings)


def _run(
    table: PatternTable,
    shape: tuple[int, int, int],
    prior: tuple[float, float, float],
    lowest: float,
    key: np.random.SeedSequence,
) -> NDArray[np.int64]:
    """Draws of the number of persons from one tempered run."""
    from everyname.estimation.kernels.tempering import temper

    classes, rungs, sweeps = shape
    generator = np.random.default_rng(key)
    patterns = np.ascontiguousarray(table.histories, dtype=np.int8)
    counts = table.counts.astype(float)
    recorded = int(table.counts.sum())
    limits = np.array([prior[0], prior[1], prior[2] * recorded])
    lists = patterns.shape[1]
    states = generator.logistic(size=(rungs, classes * lists + classes - 1))
    powers = np.exp(np.linspace(np.log(lowest), 0.0, rungs))
    steps = 0.03 / np.sqrt(powers)
    copies = np.arange(rungs)
    for stage, length in enumerate((100, 200, 400, 800, sweeps)):
        last = stage == 4
        out, where = np.empty(length), np.empty((length, 2), dtype=np.int64)
        rejected = temper(
            generator, patterns, counts, limits, powers, states, steps, copies,
            np.array([length, 10, 5, 2]), not last, out, where,
        )  # fmt: skip
        if not last:
            powers, steps = _respaced(powers, steps, rejected)
    kept = out[length // 2 :]
    return recorded + _unrecorded(generator, recorded, kept, int(limits[2]))


def _respaced(
    powers: NDArray[np.float64], steps: NDArray[np.float64], rejected: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Powers between which exchanges are refused equally often, and steps for them."""
    barrier = np.concatenate([[0.0], np.cumsum(rejected + 1e-3)])
    even = np.interp(np.linspace(0.0, barrier[-1], powers.size), barrier, powers)
    even[-1] = 1.0
    return even, np.exp(np.interp(even, powers, np.log(steps)))


def _unrecorded(
    generator: np.random.Generator, recorded: int, q: NDArray[np.float64], cap: int
) -> NDArray[np.int64]:
    """Draw the number of the unrecorded given q, at most the cap."""
    from scipy.stats import nbinom

    if cap <= 0:
        return generator.negative_binomial(recorded, q)
    number = generator.negative_binomial(recorded, q)
    over = number > cap
    if over.any():
        # What is beyond the cap is drawn again by inverting the distribution below the cap.
        top = nbinom.cdf(cap, recorded, q[over])
        again = nbinom.ppf(generator.random(top.size) * top, recorded, q[over])
        number[over] = np.where(np.isfinite(again) & (again >= 0), np.minimum(again, cap), cap)
    return number
