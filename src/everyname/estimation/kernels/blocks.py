"""Sums over a long range of whole numbers, cut into blocks.

A block of up to 16 numbers is summed number by number; a wider one is integrated by the rule of
Gauss and Legendre.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

NODES = 16
_PARTS = 256
# Below this each number is a term of its own: there a sum is no integral.
_UNIT = 256
# A block with a smaller share of the mass is one step of the distribution.
_SLIGHT = 1e-9


@dataclass(frozen=True, slots=True)
class BlockDistribution:
    """A distribution over whole numbers.

    Attributes
    ----------
    places, probability
        Numbers, ascending, and the probability of each; wide blocks are shown at 16 places, which
        need not be whole.
    edges, cumulative
        Places between the numbers, ascending, and the probability of a number below each.
    """

    places: Array
    probability: Array
    edges: Array
    cumulative: Array

    def quantile(self, shares: Array) -> NDArray[np.int64]:
        """Find the smallest numbers with at least the given probabilities up to them."""
        reached = np.interp(shares, self.cumulative, self.edges)
        return np.ceil(reached - 0.5 - 1e-9).astype(np.int64)

    @property
    def median(self) -> int:
        """The smallest number with at least half of the probability up to it."""
        return int(self.quantile(np.array([0.5]))[0])

    def above(self, number: float) -> float:
        """Give the probability of more than `number`."""
        return 1.0 - float(np.interp(number + 0.5, self.edges, self.cumulative))


def block_distribution(
    starts: NDArray[np.int64], widths: NDArray[np.int64], density: Array
) -> BlockDistribution:
    """Build a distribution from the probability of a number at 16 places of each block.

    Parameters
    ----------
    starts, widths
        The first number of each block, ascending, and how many it has, shape (blocks,).
    density
        Probability of a number, up to a constant, at the `places`, shape (blocks, 16).
    """
    edges, cumulative = _cumulative(starts, widths, density)
    weights = weights_of(widths)
    used = weights > 0
    return BlockDistribution(
        places=places(starts, widths)[used],
        probability=density[used] / (density * weights).sum(),
        edges=edges,
        cumulative=cumulative,
    )


def first_blocks(most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cut 1 to `most` into sixteens, and from 256 on into blocks that double."""
    edges = [*range(1, min(_UNIT, most) + 1, NODES)]
    double = _UNIT + 1
    while double <= most:
        edges.append(double)
        double = 2 * double - 1
    bounds = np.array([*edges, most + 1], dtype=np.int64)
    return bounds[:-1], np.diff(bounds)


@lru_cache(maxsize=1)
def _rule() -> tuple[Array, Array, Array]:
    """Gauss and Legendre's nodes and weights on 0 to 1, and the integrals up to each part."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    values = np.polynomial.legendre.legvander(nodes, NODES - 1)
    fitted = values.T * weights * (np.arange(NODES) + 0.5)[:, None]
    integral = np.polynomial.legendre.legint(np.eye(NODES), lbnd=-1, axis=0)
    places = np.linspace(-1, 1, _PARTS + 1)[1:]
    parts = np.polynomial.legendre.legvander(places, NODES) @ integral @ fitted
    return (nodes + 1) / 2, weights / 2, parts / 2


def places(starts: NDArray[np.int64], widths: NDArray[np.int64]) -> Array:
    """Nodes of each block, shape (blocks, 16)."""
    each = starts[:, None] + np.minimum(np.arange(NODES), widths[:, None] - 1)
    inside = starts[:, None] - 0.5 + widths[:, None] * _rule()[0]
    return np.where(widths[:, None] <= NODES, each, inside)


def weights_of(widths: NDArray[np.int64]) -> Array:
    """Weights of the nodes of each block, shape (blocks, 16); 0 for nodes a block has not."""
    each = (np.arange(NODES) < widths[:, None]).astype(np.float64)
    return np.where(widths[:, None] <= NODES, each, widths[:, None] * _rule()[1])


def halves(
    starts: NDArray[np.int64], widths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cut each block in two; the halves of a block stand next to each other."""
    left = widths // 2
    return (
        np.column_stack([starts, starts + left]).ravel(),
        np.column_stack([left, widths - left]).ravel(),
    )


def _cumulative(
    starts: NDArray[np.int64], widths: NDArray[np.int64], density: Array
) -> tuple[Array, Array]:
    """Sum the mass up to each number of the narrow blocks and to 256 places of the wide ones."""
    masses = (density * weights_of(widths)).sum(axis=1)
    before = np.cumsum(masses) - masses
    held = masses > _SLIGHT * masses.sum()
    narrow, wide = held & (widths <= NODES), held & (widths > NODES)
    each = np.arange(1, NODES + 1)
    counted = density[narrow] * (each <= widths[narrow, None])
    parts = np.arange(1, _PARTS + 1) / _PARTS
    inside = np.maximum.accumulate(density[wide] @ _rule()[2].T, axis=1) * widths[wide, None]
    edges = np.concatenate(
        [
            starts - 0.5,
            (starts[narrow, None] - 0.5 + np.minimum(each, widths[narrow, None])).ravel(),
            (starts[wide, None] - 0.5 + widths[wide, None] * parts).ravel(),
            [float(starts[-1] + widths[-1]) - 0.5],
        ]
    )
    summed = np.concatenate(
        [
            before,
            (before[narrow, None] + np.cumsum(counted, axis=1)).ravel(),
            (before[wide, None] + inside).ravel(),
            [masses.sum()],
        ]
    )
    edges, first = np.unique(edges, return_index=True)
    return edges, np.clip(np.maximum.accumulate(summed[first]) / masses.sum(), 0.0, 1.0)
