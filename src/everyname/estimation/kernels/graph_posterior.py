"""The posterior of the unrecorded under each decomposable graph, summed without a coarse grid.

The range of the unrecorded is cut into blocks, which are halved until the halves have the mass of
the whole, so that a narrow peak in a wide range is neither missed nor given a width of zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from everyname.estimation.kernels.blocks import (
    NODES,
    Array,
    BlockDistribution,
    block_distribution,
    first_blocks,
    halves,
    places,
    weights_of,
)
from everyname.estimation.kernels.decomposable_graphs import exponents

# A block is halved until its mass changes by less than this share of the whole.
_CLOSE = 1e-7
# Nats between a peak and the nodes beside it: beyond, the peak is too narrow for its block.
_STEEP = 2.0
# Graphs this many nats below the best are out of the running while peaks are looked for.
_FAR = 60.0
_NEGLIGIBLE = 1e-12
# Relative error of a sum of some thirty logarithms of gamma functions.
_ROUNDING = 1e-14
_LEVELS = 60


@dataclass(frozen=True, slots=True)
class GraphPosterior:
    """The posterior over graphs and the number of the unrecorded.

    Attributes
    ----------
    log_evidence
        Logarithm of the mass of each graph under equal prior weights, up to a constant, shape
        (graphs,).
    kept
        Graphs whose mass is not negligible, in the order of the rows of `density`.
    starts, widths
        Blocks of the numbers of the unrecorded: the first of each and how many, shape (blocks,).
    density
        Probability of a number of the unrecorded given the graph, at 16 places of each block,
        shape (kept, blocks, 16).
    """

    log_evidence: Array
    kept: NDArray[np.int64]
    starts: NDArray[np.int64]
    widths: NDArray[np.int64]
    density: Array

    def mixture(self, weights: Array) -> BlockDistribution:
        """Mix the kept graphs with the given weights, shape (kept,)."""
        mixed = (weights / weights.sum()) @ self.density.reshape(len(weights), -1)
        return block_distribution(self.starts, self.widths, mixed.reshape(len(self.starts), NODES))


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the log-probability of a number of the unrecorded is made of."""

    powers: Array
    constant: Array
    zero: Array
    total: float
    observed: float

    def log_density(self, unrecorded: Array, rows: NDArray[np.int64] | slice) -> Array:
        size = self.observed + unrecorded
        tables = gammaln(self.zero[:, None] + unrecorded) - gammaln(self.total + size)
        # The prior on the number of persons is 1 / N; it makes (N - 1)! of N!.
        common = gammaln(size) - gammaln(unrecorded + 1)
        result: Array = self.powers[rows] @ tables + self.constant[rows, None] + common
        return result


def graph_posterior(cells: NDArray[np.int64], delta: float, most: int) -> GraphPosterior:
    """Give the posterior under every decomposable graph, with a hyper-Dirichlet prior.

    Parameters
    ----------
    cells
        Persons with each capture pattern, shape (2^L,); the pattern is the index in bits, and
        cell 0 is not used.
    delta
        Prior persons in each cell of the full table.
    most
        The largest number of the unrecorded that is considered; the smallest is 1.

    References
    ----------
    Madigan and York (1997), Biometrika 84, 19-31; Dawid and Lauritzen (1993), Annals of
    Statistics 21, 1272-1317.
    """
    terms = _terms(cells, delta)
    starts, widths, logs = _resolve_peaks(terms, *first_blocks(most))
    weights = weights_of(widths)
    largest = logs.max(axis=(1, 2))
    density = np.exp(logs - largest[:, None, None])
    with np.errstate(divide="ignore"):
        evidence = largest + np.log(np.einsum("gbk,bk->g", density, weights))
    # The complete graph is last. It may outweigh the others, which must not be lost beside it.
    shares = np.exp(np.minimum(evidence - evidence[:-1].max(), 0.0))
    kept = np.flatnonzero(shares > _NEGLIGIBLE)
    scaled = density[kept] * np.exp(largest - evidence)[kept, None, None]
    starts, widths, scaled = _settle(
        terms, kept, (starts, widths, scaled), evidence[kept], shares[kept]
    )
    masses = np.einsum("gbk,bk->gb", scaled, weights_of(widths))
    evidence[kept] += np.log(masses.sum(axis=1))
    return GraphPosterior(
        evidence, kept, starts, widths, scaled / masses.sum(axis=1)[:, None, None]
    )


@lru_cache(maxsize=8)
def _margins(n_lists: int) -> tuple[NDArray[np.int64], NDArray[np.bool_], Array]:
    """For each set of lists: the cell of its table each pattern is in, its cells, its size."""
    patterns = np.arange(2**n_lists)
    sets = patterns[1:, None]
    place = (patterns & sets) + (sets - 1) * 2**n_lists
    recorded = ((patterns & sets) == patterns) & (patterns > 0)
    size = np.array([int(one).bit_count() for one in sets[:, 0]], dtype=np.float64)
    return place.ravel(), recorded, size


def _terms(cells: NDArray[np.int64], delta: float) -> _Terms:
    n_lists = len(cells).bit_length() - 1
    place, recorded, size = _margins(n_lists)
    n_sets = len(cells) - 1
    persons = cells.astype(np.float64)
    persons[0] = 0.0
    margins = np.bincount(
        place, weights=np.tile(persons, n_sets), minlength=n_sets * len(cells)
    ).reshape(n_sets, len(cells))
    prior = delta * 2.0 ** (n_lists - size)
    total = delta * len(cells)
    logs = np.where(recorded, gammaln(prior[:, None] + margins) - gammaln(prior)[:, None], 0.0)
    powers = exponents(n_lists)
    return _Terms(
        powers=powers,
        constant=powers @ (logs.sum(axis=1) - gammaln(prior) + gammaln(total)),
        zero=prior + margins[:, 0],
        total=total,
        observed=float(persons.sum()),
    )


def _evaluate(
    terms: _Terms,
    starts: NDArray[np.int64],
    widths: NDArray[np.int64],
    rows: NDArray[np.int64] | slice,
) -> Array:
    logs = terms.log_density(places(starts, widths).ravel(), rows)
    return logs.reshape(len(logs), len(starts), NODES)


def _resolve_peaks(
    terms: _Terms, starts: NDArray[np.int64], widths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Halve the blocks around the peak of every graph in the running until it is resolved."""
    logs = _evaluate(terms, starts, widths, slice(None))
    for _ in range(_LEVELS):
        flat = logs.reshape(len(logs), -1)
        top = flat.argmax(axis=1)
        graphs = np.arange(len(flat))
        peak = flat[graphs, top]
        before = flat[graphs, np.maximum(top - 1, 0)]
        after = flat[graphs, np.minimum(top + 1, flat.shape[1] - 1)]
        fall = np.maximum(peak - before, peak - after)
        # A peak between two nodes is higher than both by less than the fall to either side.
        running = peak + fall >= peak[:-1].max() - _FAR
        steep = running & (fall > _STEEP)
        near = np.concatenate([top[steep] - 1, top[steep], top[steep] + 1]) // NODES
        chosen = np.unique(near[(near >= 0) & (near < len(starts))])
        chosen = chosen[widths[chosen] > NODES]
        if not chosen.size:
            break
        new_starts, new_widths = halves(starts[chosen], widths[chosen])
        new_logs = _evaluate(terms, new_starts, new_widths, slice(None))
        starts = np.concatenate([np.delete(starts, chosen), new_starts])
        widths = np.concatenate([np.delete(widths, chosen), new_widths])
        order = np.argsort(starts)
        logs = np.concatenate([np.delete(logs, chosen, axis=1), new_logs], axis=1)[:, order]
        starts, widths = starts[order], widths[order]
    return starts, widths, logs


def _settle(
    terms: _Terms,
    kept: NDArray[np.int64],
    blocks: tuple[NDArray[np.int64], NDArray[np.int64], Array],
    evidence: Array,
    shares: Array,
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Halve the blocks that hold mass until their halves have the mass of the whole."""
    starts, widths, scaled = blocks
    done: list[tuple[NDArray[np.int64], NDArray[np.int64], Array]] = []
    shares = shares / shares.sum()
    for _ in range(_LEVELS):
        mass = shares @ np.einsum("gbk,bk->gb", scaled, weights_of(widths))
        check = (widths > NODES) & (mass > _CLOSE)
        done.append((starts[~check], widths[~check], scaled[:, ~check]))
        if not check.any():
            break
        starts, widths, mass = starts[check], widths[check], mass[check]
        starts, widths = halves(starts, widths)
        scaled = np.exp(_evaluate(terms, starts, widths, kept) - evidence[:, None, None])
        new_mass = shares @ np.einsum("gbk,bk->gb", scaled, weights_of(widths))
        # In numbers this large the log-densities themselves are uncertain: halving ends there.
        rounding = _ROUNDING * gammaln(terms.observed + starts[::2] + 2.0) * mass
        apart = np.abs(new_mass.reshape(-1, 2).sum(axis=1) - mass)
        agree = np.repeat(apart <= np.maximum(_CLOSE, rounding), 2)
        done.append((starts[agree], widths[agree], scaled[:, agree]))
        starts, widths, scaled = starts[~agree], widths[~agree], scaled[:, ~agree]
    starts = np.concatenate([part[0] for part in done])
    order = np.argsort(starts)
    widths = np.concatenate([part[1] for part in done])[order]
    return starts[order], widths, np.concatenate([part[2] for part in done], axis=1)[:, order]
