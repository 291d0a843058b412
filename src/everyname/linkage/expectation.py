"""Expectation: how often records of one person agree at each level, learnt without labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.chance import LEAST, Chance, Kinds, chance_of
from everyname.linkage.comparisons import NAME_CONFLICT, Comparison
from everyname.linkage.levels import CANDIDATE

ROUNDS = 60
CLOSE = 1e-4
# What is believed before the data are seen weighs as much as so many matches.
BELIEF = 8.0
# Two known names with nothing in common speak at least this much against a match: 4,096 to 1.
CONFLICT = -12 * np.log(2)
# Levels of the date up to this one may be one day.
# What victims of one event share all the same: it says nothing for two who differ in their names.
MAY_BE_ONE_DAY = 2
OF_THE_EVENT = ("date", "place", "age", "sex")
# Below this many records, what is believed weighs more: there is little to learn from.
FEW = 200
STRONG_BELIEF = 200.0
# Who makes a list tries to name nobody twice. Among a few records, whose families look like
# duplicates, this share of the records is taken to be a second one of somebody already listed.
REPEATED = 0.02


class Learnt(NamedTuple):
    """What was learnt.

    Parameters
    ----------
    m
        For each comparison, the probability of each sublevel among pairs of one person.
    chance
        The same among pairs of different people.
    log_odds
        For each pattern, what the comparisons say of it, without a prior; natural logarithm.
    within, across
        Prior probability of a match for two records of one list, and of two lists.
    rounds
        Rounds of expectation and maximisation.
    """

    m: tuple[NDArray[np.float64], ...]
    chance: Chance
    log_odds: NDArray[np.float64]
    within: float
    across: float
    rounds: int


class ListPairs(NamedTuple):
    """Numbers of pairs, within lists and across.

    Parameters
    ----------
    within, across
        Numbers of all pairs of records.
    candidates_within, candidates_across
        Numbers of candidate pairs at each pattern; shape (patterns,).
    """

    within: float
    across: float
    candidates_within: NDArray[np.float64]
    candidates_across: NDArray[np.float64]


def learn(
    kinds: Kinds,
    comparisons: Sequence[Comparison],
    exact: Mapping[str, NDArray[np.float64]],
    pairs: ListPairs,
    records: int,
) -> Learnt:
    """Learn from pairs that nobody labelled.

    Expectation and maximisation over the patterns of levels, with two priors. What different
    people share by chance is anchored in how common values are, so that the matches cannot be
    explained away by a class of relatives or of victims of one event, and how many mistakes lists
    make is limited. Where two known names have nothing in common, sharing an event counts nothing.

    Parameters
    ----------
    kinds
        Compared pairs.
    comparisons
        What was compared.
    exact
        Chance of sharing one value, by class.
    pairs
        Numbers of pairs.
    records
        Number of records.

    References
    ----------
    Fellegi, I. P., Sunter, A. B. (1969). A theory for record linkage. JASA 64, 1183-1210.
    Winkler, W. E. (2000). Using the EM algorithm for weight computation in the Fellegi-Sunter
    model of record linkage. US Census Bureau RR2000/05.
    """
    believed = _believed(kinds, comparisons)
    belief = BELIEF if records >= FEW else STRONG_BELIEF
    m = believed
    everything = pairs.within + pairs.across
    within, across = _first_priors(pairs, records)
    match = np.zeros(len(kinds.patterns))
    before, done = -1.0, 0
    while True:
        chance = chance_of(kinds, comparisons, exact, everything, match)
        log_odds = weigh(kinds.patterns, kinds.event, comparisons, m, chance)
        p_within, p_across = posterior(log_odds, within), posterior(log_odds, across)
        matches = p_within * pairs.candidates_within + p_across * pairs.candidates_across
        whole = float(matches.sum())
        done += 1
        if done >= ROUNDS or (done > 8 and abs(whole - before) <= CLOSE * max(whole, 1.0)):
            return Learnt(m, chance, log_odds, within, across, done)
        before = whole
        candidates = np.maximum(kinds.counts[CANDIDATE], 1e-12)
        match = np.where(kinds.counts[CANDIDATE] > 0, matches / candidates, p_across)
        within = _settled(p_within, pairs.candidates_within, pairs.within)
        across = _settled(p_across, pairs.candidates_across, pairs.across)
        if records < FEW:
            within = min(within, _repeated(pairs, records))
        m = _maximised(kinds, comparisons, matches, believed, belief)


def _first_priors(pairs: ListPairs, records: int) -> tuple[float, float]:
    start = 1 / max(records, 2)
    within = min(start, _repeated(pairs, records)) if pairs.across else start
    return (within if pairs.within else 0.0), (start if pairs.across else 0.0)


def _repeated(pairs: ListPairs, records: int) -> float:
    return min(0.5, REPEATED * records / max(pairs.within, 1.0))


def _settled(p: NDArray[np.float64], candidates: NDArray[np.float64], everything: float) -> float:
    if not everything:
        return 0.0
    return min(0.5, max(float((p * candidates).sum()), 0.5) / everything)


def posterior(log_odds: NDArray[np.float64], prior: float) -> NDArray[np.float64]:
    """Match probability from evidence and a prior."""
    if prior <= 0:
        return np.zeros_like(log_odds)
    whole = np.clip(log_odds + np.log(prior / (1 - prior)), -500, 500)
    found: NDArray[np.float64] = 1 / (1 + np.exp(-whole))
    return found


def may_be_one_event(
    patterns: NDArray[np.int16], comparisons: Sequence[Comparison]
) -> NDArray[np.bool_]:
    """Patterns of two who may have died in one event: about one day, and no other place.

    Families die together: there, a shared family name is common among different people.
    """
    names = [comparison.name for comparison in comparisons]
    if not {"date", "place"} <= set(names):
        return np.zeros(len(patterns), dtype=np.bool_)
    date, place = names.index("date"), names.index("place")
    day = patterns[:, date] // comparisons[date].width
    where = patterns[:, place] // comparisons[place].width
    found: NDArray[np.bool_] = (
        (patterns[:, date] >= 0)
        & (day <= MAY_BE_ONE_DAY)
        & (where < len(comparisons[place].levels) - 1)
    )
    return found


def in_conflict(
    patterns: NDArray[np.int16], comparisons: Sequence[Comparison]
) -> NDArray[np.bool_]:
    """Patterns of two known names with nothing in common."""
    found = np.zeros(len(patterns), dtype=np.bool_)
    for at, comparison in enumerate(comparisons):
        for position, level in enumerate(comparison.levels):
            if level.label == NAME_CONFLICT:
                found |= patterns[:, at] // comparison.width == position
    return found


def weigh(
    patterns: NDArray[np.int16],
    event: NDArray[np.int8],
    comparisons: Sequence[Comparison],
    m: Sequence[NDArray[np.float64]],
    chance: Chance,
) -> NDArray[np.float64]:
    """What the comparisons say of each pattern; natural logarithm, shape (patterns,)."""
    total = np.zeros(len(patterns))
    conflict = in_conflict(patterns, comparisons)
    one_event = may_be_one_event(patterns, comparisons)
    for at, comparison in enumerate(comparisons):
        sub = patterns[:, at]
        stated = sub >= 0
        weights = np.log(np.maximum(m[at], LEAST) / chance.u[at])
        each = np.where(stated, weights[sub], 0.0)
        if comparison.name == "name":
            if len(chance.u_name_in_event):
                # Class -1, of an event that is not certainly one, is the last row: all alike.
                in_event = np.log(np.maximum(m[at], LEAST) / chance.u_name_in_event)
                each = np.where(stated & one_event, in_event[event, sub], each)
            each[conflict] = np.minimum(each[conflict], CONFLICT)
        elif comparison.name in OF_THE_EVENT:
            each[conflict] = np.minimum(each[conflict], 0.0)
        total += each
    together = (event >= 0) & ~conflict
    total[together] -= np.log(chance.event[event[together]])
    return total


def _believed(kinds: Kinds, comparisons: Sequence[Comparison]) -> tuple[NDArray[np.float64], ...]:
    """What is believed before matches are known: m of a level, shared out over its classes."""
    found = []
    for at, comparison in enumerate(comparisons):
        sub = kinds.patterns[:, at]
        stated = sub >= 0
        met = (
            np.bincount(
                sub[stated], kinds.counts[CANDIDATE][stated], minlength=comparison.sublevels
            ).reshape(-1, comparison.width)
            + 1e-3
        )
        level = np.array([each.m for each in comparison.levels])
        m = level[:, None] * met / met.sum(axis=1, keepdims=True)
        found.append((m / m.sum()).ravel())
    return tuple(found)


def _maximised(
    kinds: Kinds,
    comparisons: Sequence[Comparison],
    matches: NDArray[np.float64],
    believed: Sequence[NDArray[np.float64]],
    belief: float,
) -> tuple[NDArray[np.float64], ...]:
    found = []
    for at, comparison in enumerate(comparisons):
        sub = kinds.patterns[:, at]
        stated = sub >= 0
        met = np.bincount(sub[stated], matches[stated], minlength=comparison.sublevels)
        m = (met + belief * believed[at]) / (met.sum() + belief)
        for positions, most in comparison.limits:
            those = np.isin(np.arange(len(m)) // comparison.width, positions)
            share = float(m[those].sum())
            if share > most:
                m[those] *= most / share
                m[~those] *= (1 - most) / (1 - share)
        found.append(m)
    return tuple(found)
