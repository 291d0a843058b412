"""Chance: how often two different people agree at each level (the u probabilities)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.belief import believing
from everyname.linkage.comparisons import Comparison
from everyname.linkage.levels import CANDIDATE, EVENT, EVENT_CLASSES, RANDOM, Levels

# A level met by fewer random pairs than this is not estimated from them alone.
ENOUGH = 20
LEAST = 1e-9
# So many pairs of one event weigh as much as what all other pairs show.
EVENT_PSEUDO = 50.0
_MID_CLASS = 2.0 ** -np.array([2.0, 4.5, 7.5, 10.5, 13.5, 16.5])
# Levels of the name whose chance follows from how common whole names are, or parts of them.
_WHOLE, _PARTS = (0, 1), (2, 3, 4, 7, 8, 9)
_RELATED, _RELATED_SHARES = (7, 8, 9), (0.02, 0.05, 0.15)


class Kinds(NamedTuple):
    """Patterns with the number of pairs of each kind at them.

    Parameters
    ----------
    patterns
        Sublevels, shape (patterns, comparisons).
    event
        Class of the shared event, shape (patterns,).
    counts
        Pairs for each reason, shape (3, patterns).
    """

    patterns: NDArray[np.int16]
    event: NDArray[np.int8]
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, levels: Levels) -> Kinds:
        """Count pairs."""
        size = len(levels.patterns)
        counts = [
            np.bincount(levels.pattern[levels.why == why], minlength=size)
            for why in (CANDIDATE, RANDOM, EVENT)
        ]
        return cls(levels.patterns, levels.event, np.array(counts, dtype=np.float64))


class Chance(NamedTuple):
    """What agreement by chance is worth.

    Parameters
    ----------
    u
        For each comparison, the probability of each sublevel among pairs of different people.
    u_name_in_event
        That of the name among victims of one event, by the event's class of rarity, and last for
        all classes alike; shape (classes + 1, sublevels), or empty where there are no events.
    event
        For each class of event, the factor by which sharing day and place together is more
        common, among different people, than both apart would make it (at least 1).
    """

    u: tuple[NDArray[np.float64], ...]
    u_name_in_event: NDArray[np.float64]
    event: NDArray[np.float64]


def chance_of(
    kinds: Kinds,
    comparisons: Sequence[Comparison],
    exact: Mapping[str, NDArray[np.float64]],
    all_pairs: float,
    match: NDArray[np.float64],
) -> Chance:
    """Estimate how often different people agree.

    Common agreement is seen among random pairs. How often a rare value is shared by chance follows
    from how often it occurs, less what is already believed to be matches; for names, from how
    often their parts occur, for the families of one event share theirs. People who died in one
    event are compared by the chance that holds among them.

    Parameters
    ----------
    kinds
        Compared pairs.
    comparisons
        What was compared.
    exact
        Chance of sharing one value, by class (`Traits.chance`).
    all_pairs
        Number of all pairs of records.
    match
        For each pattern, the probability of a match as believed so far; shape (patterns,).
    """
    u = []
    for at, comparison in enumerate(comparisons):
        sub = kinds.patterns[:, at]
        seen = _Seen(sub, kinds.counts, match, comparison.sublevels, all_pairs)
        found = seen.by_random()
        if comparison.name == "name":
            _fill_names(found, comparison, seen, exact)
        for position, level in enumerate(comparison.levels):
            if level.exact:
                of_level = _sublevels(comparison, position)
                found[of_level] = seen.less_matches(exact[level.exact], of_level)
        found = believing(found, comparison, seen.met, seen.pairs)
        u.append(np.clip(found, LEAST, 1.0))
    return Chance(
        tuple(u),
        _name_in_event(kinds, comparisons, match, u),
        _event(kinds, comparisons, exact, all_pairs, match, u),
    )


def _sublevels(comparison: Comparison, position: int) -> slice:
    return slice(position * comparison.width, (position + 1) * comparison.width)


class _Seen:
    """How often the sublevels of one comparison were seen, without the matches."""

    def __init__(
        self,
        sub: NDArray[np.int16],
        counts: NDArray[np.float64],
        match: NDArray[np.float64],
        size: int,
        all_pairs: float,
    ) -> None:
        stated = sub >= 0
        self._at, self._size = sub[stated], size
        self.random = self._sum((counts[RANDOM] * (1 - match))[stated])
        self.candidates = self._sum((counts[CANDIDATE] * (1 - match))[stated])
        self.matches = self._sum((counts[CANDIDATE] * match)[stated])
        self.met = self._sum(counts[CANDIDATE][stated])
        self.drawn = max(float(self.random.sum()), 1.0)
        # Of all pairs, the share in which both state something.
        self.pairs = max(all_pairs * self.drawn / max(float(counts[RANDOM].sum()), 1.0), 1.0)

    def _sum(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        summed: NDArray[np.float64] = np.bincount(self._at, weights, minlength=self._size).astype(
            np.float64
        )
        return summed

    def by_random(self) -> NDArray[np.float64]:
        """Shares among random pairs where these suffice, else at least what blocking met."""
        shares = self.random / self.drawn
        met = (self.candidates + 0.5 * (self.candidates > 0)) / self.pairs
        found: NDArray[np.float64] = np.where(self.random >= ENOUGH, shares, np.maximum(met, LEAST))
        return found

    def less_matches(self, exact: NDArray[np.float64], of_level: slice) -> NDArray[np.float64]:
        """Chance of a shared value, without the matches that share it."""
        least = _MID_CLASS[: len(exact)]
        left = (exact * self.pairs - self.matches[of_level] + 1) / (self.pairs + 1 / least)
        found: NDArray[np.float64] = np.maximum(left, LEAST)
        return found


def _fill_names(
    found: NDArray[np.float64],
    comparison: Comparison,
    seen: _Seen,
    exact: Mapping[str, NDArray[np.float64]],
) -> None:
    """Carry what random pairs show of common names over to rare ones, by their parts' chances."""
    for positions, shape in ((_WHOLE, exact["whole_name"]), (_PARTS, exact["part_of_name"])):
        for position in positions:
            of_level = _sublevels(comparison, position)
            random = seen.random[of_level]
            scale = (random.sum() + 1) / (seen.drawn * shape.sum() + 1)
            carried = np.maximum(scale * shape, found[of_level])
            found[of_level] = np.where(random >= ENOUGH, random / seen.drawn, carried)


def _name_in_event(
    kinds: Kinds,
    comparisons: Sequence[Comparison],
    match: NDArray[np.float64],
    u: Sequence[NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Shares of the name's levels among victims of one event, small events apart from large."""
    at = next((n for n, c in enumerate(comparisons) if c.name == "name"), None)
    if at is None or not (kinds.counts[EVENT][kinds.patterns[:, at] >= 0]).any():
        return np.empty((0, 0))
    sub = kinds.patterns[:, at]
    drawn = kinds.counts[EVENT] * (1 - match)
    met = np.zeros((EVENT_CLASSES, len(u[at])))
    for one in range(EVENT_CLASSES):
        here = (sub >= 0) & (kinds.event == one)
        met[one] = np.bincount(sub[here], drawn[here], minlength=len(u[at]))
    sizes = met.sum(axis=1, keepdims=True)
    believed = _believed_of_relatives(u[at], comparisons[at])
    pooled = (met.sum(axis=0) + EVENT_PSEUDO * believed) / (sizes.sum() + EVENT_PSEUDO)
    # Large events bring most pairs; a family that died alone is an event too.
    known = sizes[:, 0] > 0
    alike = (met[known] / sizes[known]).sum(axis=0) / max(int(known.sum()), 1)
    alike = (sizes.sum() * alike + EVENT_PSEUDO * believed) / (sizes.sum() + EVENT_PSEUDO)
    whole = (met + EVENT_PSEUDO * alike) / (sizes + EVENT_PSEUDO)
    # Few different people of small events have one name: what is left there are matches not
    # known for ones. Only how often relatives share a part is told by the size of the event.
    related = np.isin(np.arange(len(u[at])) // comparisons[at].width, _RELATED)
    whole[:, ~related] = alike[~related] = pooled[~related]
    found: NDArray[np.float64] = np.maximum(np.vstack([whole, alike]), u[at])
    return found


def _believed_of_relatives(u: NDArray[np.float64], comparison: Comparison) -> NDArray[np.float64]:
    """Shares of the name's levels in one event, before it is seen: families die together."""
    believed = u.copy()
    for position, share in zip(_RELATED, _RELATED_SHARES, strict=True):
        of_level = _sublevels(comparison, position)
        classes = u[of_level] / u[of_level].sum()
        believed[of_level] = np.maximum(u[of_level], share * classes)
    return believed


def _event(
    kinds: Kinds,
    comparisons: Sequence[Comparison],
    exact: Mapping[str, NDArray[np.float64]],
    all_pairs: float,
    match: NDArray[np.float64],
    u: Sequence[NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Find how much more often different people share a day and a place than both apart.

    The mean over the patterns of a class, weighted by how many pairs of different people have
    them.
    """
    factors = np.ones(EVENT_CLASSES)
    names = [c.name for c in comparisons]
    if not (kinds.event >= 0).any() or not {"date", "place"} <= set(names):
        return factors
    date, place = names.index("date"), names.index("place")
    both = (kinds.patterns[:, date] >= 0) & (kinds.patterns[:, place] >= 0)
    share = float(kinds.counts[RANDOM][both].sum() / max(kinds.counts[RANDOM].sum(), 1.0))
    pairs = max(all_pairs * share, 1.0)
    for one in range(EVENT_CLASSES):
        here = kinds.event == one
        weights = kinds.counts[CANDIDATE] + kinds.counts[EVENT]
        if not weights[here].any():
            continue
        matches = float((kinds.counts[CANDIDATE] * match)[here].sum())
        together = max(exact["event"][one] * pairs - matches + 1, 0.0) / (
            pairs + 1 / _MID_CLASS[one]
        )
        apart = u[date][kinds.patterns[here, date]] * u[place][kinds.patterns[here, place]]
        alone = float(np.average(apart, weights=weights[here]))
        factors[one] = max(1.0, together / max(alone, LEAST * LEAST))
    return factors
