"""Sampling: whole clusterings, each drawn as often as it is probable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.errors import LinkageError
from everyname.linkage.calibration import FARTHEST, Calibration, Disturbance
from everyname.linkage.clusters import UNSCORED
from everyname.linkage.components import Edges, Positions, components, join, smallest
from everyname.linkage.evidence import NEVER, Evidence, Ties, gather, log_odds
from everyname.linkage.missed import Missed
from everyname.linkage.pairs import Pairs
from everyname.linkage.partitions import MOST_RECORDS, Pairwise, Small
from everyname.linkage.rare import Rare, united
from everyname.linkage.walks import Walk, Web

# Pairs from the first of these match probabilities on make components. In components of more than
# LARGE records, those below the next are treated as rare matches instead.
CONNECTING = (0.1, 0.3, 0.5)
LARGE = 12
# Walks begin with the clusterings that decide as `cluster` does, at this cut and its opposite.
DECIDED = 0.05
# Draws that walk side by side hold this many labels at most.
WALKING = 20_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a number lies with a stated probability.

    Parameters
    ----------
    low, high
        Both inclusive.
    level
        Probability.
    """

    low: int
    high: int
    level: float


def sample_clusterings(
    size: int,
    pairs: Pairs,
    ties: Ties,
    rng: np.random.Generator,
    draws: int,
    *,
    calibration: Calibration | None = None,
    recall: float = 1.0,
    lists: Sequence[str] | None = None,
) -> Iterator[NDArray[np.int64]]:
    """Draw whole clusterings from match probabilities.

    Within each component of the pairs, partitions are drawn by their composite pairwise
    likelihood: the sum of the log-odds of the pairs within clusters, each times the square root
    of 2/k in a cluster of k records, whose pairs repeat each other (composite likelihoods
    overstate what they know: Pauli, Racugno and Ventura 2011). The evidence of components of one
    size is shifted so that as many scored pairs are joined as their probabilities add up to.
    Components of up to six records are drawn exactly, larger ones by Gibbs sampling. Two records
    without others are one person with exactly the corrected probability.

    Scores make mistakes that all pairs share, which drawing pair by pair would average away. So
    each draw shifts and tilts all log-odds together, by as much as `calibration` leaves open.
    Pairs too improbable to make components join at random, each draw, by the mean evidence
    between the two clusters of the best reading; and matches that blocking missed join at random
    at the rate that `recall` implies, itself drawn on the log-odds with a standard deviation of
    one half.

    Parameters
    ----------
    size
        Number of records.
    pairs
        Scored pairs, each once, with the probabilities as the model gives them.
    ties
        Judgements: those judged the same are together in every draw, those judged different in
        none; a pair judged unsure is even before the common shift. Names in conflict keep apart
        as in `cluster`.
    rng
        Source of chance. The same state gives the same draws.
    draws
        How many.
    calibration
        What the probabilities are worth; without it, they are taken as they are, with the spread
        that holds before any judgement.
    recall
        Share of the true matches among records that blocking brought up, above 0.
    lists
        The list each record stands on, so that missed matches are drawn across lists; shape
        (size,).

    Yields
    ------
    numpy.ndarray
        The smallest position in the cluster of each record; int64, shape (size,).

    Raises
    ------
    LinkageError
        `recall` is not above 0 and at most 1, or `lists` is not of this size.
    """
    if not 0 < recall <= 1:
        raise LinkageError(f"a recall of {recall}", do="Give a share above 0 and at most 1")
    if lists is not None and len(lists) != size:
        raise LinkageError(f"{len(lists)} lists of {size} records", do="Give one a record")
    calibration = calibration or Calibration()
    evidence = gather(size, pairs, ties, strongest=FARTHEST)
    plan = _Plan(evidence, calibration)
    missed = Missed(evidence.judged, recall, lists)
    return _drawn(plan, missed, calibration.draw(rng, draws), rng)


def counts_of(draws: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Count the clusters of each draw.

    Parameters
    ----------
    draws
        Labels, such as `sample_clusterings` yields.

    Returns
    -------
    numpy.ndarray
        int64, shape (draws,).
    """
    return np.array([len(np.unique(labels)) for labels in draws], dtype=np.int64)


def interval(counts: NDArray[np.int64], level: float = 0.95) -> Interval:
    """Take the middle of drawn counts as an interval.

    Parameters
    ----------
    counts
        From `counts_of`; at least one.
    level
        Share of the draws within.

    Returns
    -------
    Interval
        Between the draws at the two ends, no less than `level` of them.

    Raises
    ------
    LinkageError
        There are no counts, or the level is not between 0 and 1.
    """
    if not len(counts) or not 0 < level < 1:
        raise LinkageError(
            f"an interval of {len(counts)} draws at level {level}",
            do="Draw at least once, and give a level between 0 and 1",
        )
    side = (1 - level) / 2
    low = np.quantile(counts, side, method="lower")
    high = np.quantile(counts, 1 - side, method="higher")
    return Interval(int(low), int(high), level)


class _Plan:
    """What is the same for every draw."""

    def __init__(self, evidence: Evidence, calibration: Calibration) -> None:
        self.evidence = evidence
        self.judged = evidence.judged
        number = len(evidence.judged)
        even, apart = evidence.unsure, evidence.apart
        # Known pairs first, those kept apart last.
        self._a = np.concatenate([evidence.edges.a, even[:, 0], apart[:, 0]])
        self._b = np.concatenate([evidence.edges.b, even[:, 1], apart[:, 1]])
        original = np.concatenate([evidence.edges.total, np.zeros(len(even) + len(apart))])
        known = np.ones(len(original))
        known[len(known) - len(apart) :] = 0.0
        fixed = np.concatenate(
            [
                calibration.corrected(evidence.edges.total),
                np.zeros(len(even)),
                np.full(len(apart), NEVER),
            ]
        )
        self._pairwise = Pairwise(fixed, known, original)
        self._edges = Edges(self._a, self._b, fixed, np.ones(len(fixed)))
        everyone = np.arange(number)
        self.high = join(everyone, self._edges, -_log(DECIDED), -UNSCORED)
        self.best = join(self.high, self._edges, 0.0, -UNSCORED)
        self.low = join(self.best, self._edges, _log(DECIDED), _log(DECIDED) - UNSCORED)
        self.component = self._components(number)
        inside = self.component[self._a] == self.component[self._b]
        self._inside = np.flatnonzero(inside)
        across = ~inside & (known > 0)
        self.rare = Rare(
            self._a[across],
            self._b[across],
            Pairwise(*(part[across] for part in self._pairwise)),
            self.best,
            -UNSCORED,
        )

    def _components(self, number: int) -> Positions:
        component = np.zeros(number, dtype=np.int64)
        large = np.ones(number, dtype=np.bool_)
        for probability in CONNECTING:
            strong = self._edges.total >= _log(probability)
            strong &= large[self._a] & large[self._b]
            strong &= component[self._a] == component[self._b]
            found = components(number, self._a[strong], self._b[strong])
            component = np.where(large, found, component)
            large = np.bincount(component, minlength=number)[component] > LARGE
        return component

    def small(self) -> list[Small]:
        """Components of up to six records."""
        sizes = np.bincount(self.component, minlength=len(self.component))
        order = np.argsort(self.component, kind="stable")
        begins = np.flatnonzero(np.diff(self.component[order], prepend=-1))
        numbers = sizes[self.component[order][begins]] if len(begins) else begins
        found = []
        for size in range(2, MOST_RECORDS + 1):
            members = order[begins[numbers == size, None] + np.arange(size)]
            if len(members):
                found.append(Small(members, self._dense(members)))
        return found

    def _dense(self, members: Positions) -> Pairwise:
        """Evidence within components of one size, an array of all their pairs."""
        count, size = members.shape
        row = np.full(len(self.component), -1)
        place = np.zeros(len(self.component), dtype=np.int64)
        row[members] = np.arange(count)[:, None]
        place[members] = np.arange(size)
        a, b = self._a[self._inside], self._b[self._inside]
        mine = row[a] >= 0
        edges, a, b = self._inside[mine], a[mine], b[mine]
        number = np.zeros((size, size), dtype=np.int64)
        number[np.triu_indices(size, 1)] = np.arange(size * (size - 1) // 2)
        column = number[place[a], place[b]]
        shape = (count, size * (size - 1) // 2)
        dense = Pairwise(np.full(shape, -UNSCORED), np.zeros(shape), np.zeros(shape))
        for whole, part in zip(dense, self._pairwise, strict=True):
            whole[row[a], column] = part[edges]
        return dense

    def large(self) -> Iterator[tuple[Positions, Web]]:
        """Components of more than six records: their records, and what is known."""
        sizes = np.bincount(self.component, minlength=len(self.component))
        many = sizes[self.component] > MOST_RECORDS
        records = np.flatnonzero(many)
        records = records[np.argsort(self.component[records], kind="stable")]
        edges = self._inside[many[self._a[self._inside]]]
        edges = edges[np.argsort(self.component[self._a[edges]], kind="stable")]
        place = np.zeros(len(many), dtype=np.int64)
        for group, known in zip(
            _runs(records, self.component[records]),
            _runs(edges, self.component[self._a[edges]]),
            strict=True,
        ):
            place[group] = np.arange(len(group))
            columns = (part[known] for part in self._pairwise)
            yield group, Web(place[self._a[known]], place[self._b[known]], *columns)

    def walked(
        self, disturbance: Disturbance, rng: np.random.Generator
    ) -> tuple[Positions, NDArray[np.int32]]:
        """Records of the larger components, and their labels; shapes (n,) and (n, draws)."""
        records, labels = (
            [np.empty(0, dtype=np.int64)],
            [np.empty((0, len(disturbance.shift)), dtype=np.int32)],
        )
        for group, web in self.large():
            starts = [_within(group, labels) for labels in (self.high, self.best, self.low)]
            walk = Walk(len(group), web, -UNSCORED, disturbance)
            records.append(group)
            labels.append(group[walk.run(starts, starts[0], rng)].astype(np.int32))
        return np.concatenate(records), np.concatenate(labels)


def _log(probability: float) -> float:
    return float(log_odds(np.array(probability), FARTHEST))


def _runs(values: Positions, keys: Positions) -> list[Positions]:
    return np.split(values, np.flatnonzero(np.diff(keys)) + 1) if len(values) else []


def _within(group: Positions, labels: Positions) -> Positions:
    """Labels of some records, numbered among these."""
    return smallest(labels[group])


def _drawn(
    plan: _Plan, missed: Missed, disturbance: Disturbance, rng: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    small = plan.small()
    everyone = np.arange(len(plan.judged))
    walkers = int((np.bincount(plan.component, minlength=1)[plan.component] > MOST_RECORDS).sum())
    together = max(1, min(len(disturbance.shift), WALKING // max(walkers, 1)))
    for begin in range(0, len(disturbance.shift), together):
        batch = Disturbance(*(part[begin : begin + together] for part in disturbance))
        records, walked = plan.walked(batch, rng)
        for draw, (shift, tilt) in enumerate(zip(*map(np.ndarray.tolist, batch), strict=True)):
            labels = everyone.copy()
            for components_ in small:
                components_.draw(labels, shift, tilt, rng)
            labels[records] = _first(records, walked[:, draw])
            labels = united(labels, plan.rare.draw(shift, tilt, rng), plan.evidence.apart)
            labels = united(labels, missed.draw(labels, rng), plan.evidence.apart)
            yield labels[plan.judged]


def _first(records: Positions, labels: NDArray[np.int32]) -> Positions:
    """Label with the smallest position."""
    order = np.argsort(records, kind="stable")
    result = np.empty(len(records), dtype=np.int64)
    result[order] = records[order][smallest(labels[order])]
    return result
