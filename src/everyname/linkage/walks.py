"""Walks: clusterings of one larger component, many draws walking side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.calibration import Disturbance
from everyname.linkage.components import Positions
from everyname.linkage.partitions import FARTHEST_OFFSET

SWEEPS = 5
# A record moves to a cluster of one of its strongest neighbours, this many of them.
NEIGHBOURS = 24
NOWHERE = -1e30

Numbers = NDArray[np.float64]


class Web(NamedTuple):
    """Known pairs of a component, records numbered from 0.

    Parameters
    ----------
    a, b
        Records, ``a < b``; shape (n,).
    fixed, known, original
        As in `partitions.Pairwise`; shape (n,).
    """

    a: Positions
    b: Positions
    fixed: Numbers
    known: Numbers
    original: Numbers


class _Unit(NamedTuple):
    """Records that move together as far as they are together.

    Parameters
    ----------
    members
        Records; shape (m,).
    row, near, out
        Pairs with other records: number of the member, the other record, the edge; strongest
        first; shape (e,).
    inner
        Edges among the members and the numbers of the two; shape (i, 3).
    """

    members: Positions
    row: Positions
    near: Positions
    out: Positions
    inner: Positions


class Walk:
    """Gibbs sampling of partitions of one component, all draws at once.

    A draw moves one record after another, and one block of records after another as far as the
    block is together, to a cluster drawn from its conditional distribution (Neal 2000, algorithm
    3). Blocks do what split and merge moves do for a sampler of single records (Jain and Neal
    2004): clusters that are likely the same come together and apart in one step. A cluster of k
    records with the sum S of the evidence of its pairs has the log-weight S sqrt(2/k): see
    `partitions.shares`.

    Parameters
    ----------
    size
        Number of records.
    web
        Known pairs.
    missing
        Evidence of a pair that is not known.
    disturbance
        The common mistake of each draw.
    """

    def __init__(self, size: int, web: Web, missing: float, disturbance: Disturbance) -> None:
        self._draws = np.arange(len(disturbance.shift))
        self._missing = missing
        self._size = size
        self._web = web
        # Evidence beyond that of a pair not known; shape (pairs, draws).
        self._weight = web.fixed[:, None] - missing + np.outer(web.known, disturbance.shift)
        self._weight += np.outer(web.original, disturbance.tilt)
        self._offset = 0.0
        odds = np.maximum(self._weight[web.known > 0] + missing, -50)
        probability = 1 / (1 + np.exp(-odds))
        self._wanted = float(probability.sum())
        self._room = float((probability * (1 - probability)).sum())
        # Where joins are forbidden, the probabilities may add up to more than can be.
        self._most = FARTHEST_OFFSET / (1 if (web.known > 0).all() else 2)

    def run(
        self, starts: Sequence[Positions], blocks: Positions, rng: np.random.Generator
    ) -> Positions:
        """Walk.

        Parameters
        ----------
        starts
            Clusterings to begin with, in turn: labels that are records, shape (size,) each.
        blocks
            Label of the block of each record; shape (size,).
        rng
            Source of chance.

        Returns
        -------
        numpy.ndarray
            Labels; shape (size, draws).
        """
        turns = [starts[draw % len(starts)] for draw in range(len(self._draws))]
        self._labels = np.stack(turns, axis=1)
        self._sums, self._sizes = self._begin()
        self._free, self._top = self._unused()
        units = list(self._units(blocks))
        for _ in range(SWEEPS):
            for unit in units:
                self._move(unit, rng)
            self._match()
        return self._labels

    def _match(self) -> None:
        """Shift evidence so that as many pairs join as the probabilities add up to.

        See `partitions.Small`; one step after each sweep, over all draws together.
        """
        together = self._labels[self._web.a] == self._labels[self._web.b]
        joined = float((together * self._web.known[:, None]).sum())
        step = (self._wanted - joined) / max(self._room, 1.0)
        after = min(max(self._offset + min(max(step, -1.0), 1.0), -self._most), self._most)
        self._weight += (after - self._offset) * self._web.known[:, None]
        self._sums, _ = self._begin()
        self._offset = after

    def _begin(self) -> tuple[Numbers, Numbers]:
        """Sum of evidence and number of records of each cluster; shape (size, draws)."""
        sizes = np.zeros(self._labels.shape)
        np.add.at(sizes, (self._labels, self._draws), 1)
        sums = self._missing * sizes * (sizes - 1) / 2
        together = self._labels[self._web.a] == self._labels[self._web.b]
        edge, draw = np.nonzero(together)
        np.add.at(sums, (self._labels[self._web.a[edge], draw], draw), self._weight[edge, draw])
        return sums, sizes

    def _unused(self) -> tuple[Positions, Positions]:
        """A stack of unused labels for each draw, and how high it is."""
        unused = self._sizes == 0
        order = np.argsort(~unused, axis=0, kind="stable")
        return order, unused.sum(axis=0)

    def _units(self, blocks: Positions) -> Iterator[_Unit]:
        a, b = self._web.a, self._web.b
        ends = np.concatenate([a, b])
        others, edges = np.concatenate([b, a]), np.tile(np.arange(len(a)), 2)
        strength = np.tile(self._web.fixed, 2)
        order = np.lexsort((others, -strength, ends))
        begins = np.searchsorted(ends[order], np.arange(self._size + 1))
        alone = np.arange(self._size)
        for record in range(self._size):
            mine = order[begins[record] : begins[record + 1]]
            yield self._unit(alone[record : record + 1], mine, others, edges, ends)
        members = np.argsort(blocks, kind="stable")
        for group in np.split(members, np.flatnonzero(np.diff(blocks[members])) + 1):
            if len(group) > 1:
                mine = np.concatenate([order[begins[m] : begins[m + 1]] for m in group])
                mine = mine[np.argsort(-strength[mine], kind="stable")]
                yield self._unit(group, mine, others, edges, ends)

    def _unit(
        self,
        members: Positions,
        mine: Positions,
        others: Positions,
        edges: Positions,
        ends: Positions,
    ) -> _Unit:
        number = np.full(self._size, -1)
        number[members] = np.arange(len(members))
        outside = mine[number[others[mine]] < 0]
        inside = mine[number[others[mine]] > number[ends[mine]]]
        inner = np.stack([edges[inside], number[ends[inside]], number[others[inside]]], axis=1)
        return _Unit(members, number[ends[outside]], others[outside], edges[outside], inner)

    def _move(self, unit: _Unit, rng: np.random.Generator) -> None:
        """Move a unit, in each draw, to where it is drawn to."""
        labels, draws, missing = self._labels, self._draws, self._missing
        here = labels[unit.members[0]].copy()
        moving = labels[unit.members] == here
        number = moving.sum(axis=0)
        inner = missing * number * (number - 1) / 2
        if len(unit.inner):
            edge, one, other = unit.inner.T
            inner = inner + (self._weight[edge] * (moving[one] & moving[other])).sum(axis=0)
        near = labels[unit.near]
        weight = self._weight[unit.out] * moving[unit.row]
        left = ((near == here) * weight).sum(axis=0)
        self._sizes[here, draws] -= number
        left += missing * number * self._sizes[here, draws]
        self._sums[here, draws] -= left + inner
        self._set_free(here, self._sizes[here, draws] == 0)
        there = near[:NEIGHBOURS]
        score = self._scores(there, near, weight, number, inner)
        for member, moves in zip(unit.members[1:], moving[1:], strict=True):
            score[:-1][(labels[member] == there) & ~moves] = NOWHERE
        gumbel = -np.log(rng.standard_exponential(score.shape))
        chosen = np.argmax(score + gumbel, axis=0)
        self._settle(unit, chosen, there, near, weight, moving, inner)

    def _scores(
        self, there: Positions, near: Positions, weight: Numbers, number: Positions, inner: Numbers
    ) -> Numbers:
        """Log-weight of each cluster to move to, a new one last; shape (clusters + 1, draws)."""
        score = np.full((len(there) + 1, len(self._draws)), NOWHERE)
        score[-1] = inner * np.sqrt(2 / number)
        if not len(there):
            return score
        joined = np.einsum("ted,ed->td", there[:, None] == near[None], weight)
        sums, sizes = self._sums[there, self._draws], self._sizes[there, self._draws]
        joined += self._missing * number * sizes + inner + sums
        gain = joined * np.sqrt(2 / (sizes + number)) - sums * np.sqrt(2 / np.maximum(sizes, 1))
        again = np.zeros(there.shape, dtype=np.bool_)
        for later in range(1, len(there)):
            again[later] = (there[:later] == there[later]).any(axis=0)
        gone = sizes == 0
        score[:-1] = np.where(again | gone, NOWHERE, gain)
        return score

    def _settle(
        self,
        unit: _Unit,
        chosen: Positions,
        there: Positions,
        near: Positions,
        weight: Numbers,
        moving: NDArray[np.bool_],
        inner: Numbers,
    ) -> None:
        draws, number = self._draws, moving.sum(axis=0)
        new = chosen == len(there)
        goal = self._free[np.maximum(self._top - 1, 0), draws]
        if len(there):
            goal = np.where(new, goal, there[np.minimum(chosen, len(there) - 1), draws])
        self._top -= new
        added = ((near == goal) * weight).sum(axis=0)
        added += self._missing * number * self._sizes[goal, draws]
        self._sums[goal, draws] += np.where(new, 0.0, added) + inner
        self._sizes[goal, draws] += number
        self._labels[unit.members] = np.where(moving, goal, self._labels[unit.members])

    def _set_free(self, labels: Positions, empty: NDArray[np.bool_]) -> None:
        draws = self._draws[empty]
        self._free[self._top[draws], draws] = labels[draws]
        self._top[draws] += 1
        self._sums[labels[draws], draws] = 0.0
