"""Which parts of two names belong together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from everyname.vocabulary.part_likeness import Agreement, compare_parts, sound

FULL_WEIGHT = 0.8
"""Weight from which a pair of parts is more than an initial."""

_MERGED = 3
_MERGE_FROM = 0.85
_INITIAL_WEIGHT = 0.4
_SHORTEST_MERGED = 5
_LONGER = 3


@dataclass(frozen=True, slots=True)
class PartPair:
    """Parts of two names that agree.

    Parameters
    ----------
    left, right
        Part of the first and of the second name, in Latin letters; several parts written as one
        on the other side are joined by a blank.
    how
        In what way they agree.
    score
        0 (different) to 1 (the same).
    """

    left: str
    right: str
    how: Agreement
    score: float


class Scripts(NamedTuple):
    """What the scripts of two names mean for comparing parts (see `compare_parts`)."""

    unwritten: bool
    exact: bool


class Aligned(NamedTuple):
    """Places in two names whose parts can belong together, and how much that counts."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    pair: PartPair
    weight: float


def aligned(left: tuple[str, ...], right: tuple[str, ...], scripts: Scripts) -> list[Aligned]:
    """Find the parts of two names that belong together, each part at most once.

    Parameters
    ----------
    left, right
        Parts of two names.
    scripts
        What the scripts mean for comparing parts.
    """
    # Equally good choices must not depend on which name comes first.
    if right < left:
        return [_turned(c) for c in _chosen(_candidates(right, left, scripts), right, left)]
    return _chosen(_candidates(left, right, scripts), left, right)


def _candidates(left: tuple[str, ...], right: tuple[str, ...], scripts: Scripts) -> list[Aligned]:
    found = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            likeness = compare_parts(one, other, unwritten=scripts.unwritten, exact=scripts.exact)
            if likeness.how is not None:
                pair = PartPair(one, other, likeness.how, likeness.score)
                found.append(Aligned((i,), (j,), pair, part_weight(one, other)))
    found.extend(_merged(left, right, scripts))
    found.extend(_turned(candidate) for candidate in _merged(right, left, scripts))
    return found


def _turned(candidate: Aligned) -> Aligned:
    pair = candidate.pair
    turned = PartPair(pair.right, pair.left, pair.how, pair.score)
    return Aligned(candidate.right, candidate.left, turned, candidate.weight)


def _merged(left: tuple[str, ...], right: tuple[str, ...], scripts: Scripts) -> list[Aligned]:
    """Neighbouring parts of the left name that are one part, or its initials, on the right."""
    found = []
    for start, end in combinations(range(len(left) + 1), 2):
        size = end - start
        if not 1 < size <= _MERGED:
            continue
        parts = left[start:end]
        for j, other in enumerate(right):
            how: Agreement
            if size == len(other) and other == "".join(part[0] for part in parts):
                score, weight, how = 0.8, FULL_WEIGHT, "initial"
            elif len(other) >= _SHORTEST_MERGED and _near("".join(parts), other):
                likeness = compare_parts(
                    "".join(parts), other, unwritten=scripts.unwritten, exact=scripts.exact
                )
                if likeness.how is None or likeness.score < _MERGE_FROM:
                    continue
                score, weight, how = likeness.score, float(size), "another spelling"
            else:
                continue
            pair = PartPair(" ".join(parts), other, how, score)
            found.append(Aligned(tuple(range(start, end)), (j,), pair, weight))
    return found


def _near(merged: str, other: str) -> bool:
    """Whether two parts begin alike and are about as long, which is cheap to tell."""
    return sound(merged)[:1] == sound(other)[:1] and abs(len(merged) - len(other)) <= _LONGER


def part_weight(one: str, other: str) -> float:
    """How much a pair of parts counts: an initial little, two letters somewhat less than more."""
    shorter = min(len(one), len(other))
    if shorter == 1:
        return _INITIAL_WEIGHT
    return FULL_WEIGHT if shorter == 2 else 1.0


def _chosen(
    candidates: list[Aligned], left: tuple[str, ...], right: tuple[str, ...]
) -> list[Aligned]:
    """Take the best pairs first; of equals those at the same distance from an end."""

    def rank(candidate: Aligned) -> tuple[float, float, int]:
        i, j = candidate.left[0], candidate.right[0]
        shift = min(abs(i - j), abs((len(left) - i) - (len(right) - j)))
        return (-candidate.weight * candidate.pair.score**2, -candidate.pair.score, shift)

    chosen: list[Aligned] = []
    taken: set[tuple[str, int]] = set()
    for candidate in sorted(candidates, key=rank):
        places = {("l", i) for i in candidate.left} | {("r", j) for j in candidate.right}
        if taken.isdisjoint(places):
            chosen.append(candidate)
            taken |= places
    return chosen
