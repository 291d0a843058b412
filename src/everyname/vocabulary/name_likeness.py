"""How alike two names of persons are, which parts they have in common, and the reason in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from everyname.vocabulary.name_alignment import (
    FULL_WEIGHT,
    Aligned,
    PartPair,
    Scripts,
    aligned,
    part_weight,
)
from everyname.vocabulary.name_words import CHILD_OF
from everyname.vocabulary.nickname import known_names
from everyname.vocabulary.part_likeness import Agreement, sound
from everyname.vocabulary.person_name import PersonName
from everyname.vocabulary.word_set import word_set

SAME_NAME_FROM = 0.7
"""Score from which two names can be of one person."""

_WITHOUT_VOWELS = frozenset({"Arabic", "Hebrew"})
_OF_SYLLABLES = frozenset({"Han", "Hangul"})
_SUFFIXES = word_set("jr sr junior senior ii iii iv phd md esq")
_LONGEST = 12
"""Parts of a name that are compared; what stands behind them is a sentence, not a name."""

_CONTRADICTED = 0.55
_EXTRA = 0.04
_ONE_PART_ONLY = 0.6
_SWAPPED = 0.5
_SHORTEST_KUNYA = 5

_CHILD = re.compile(r"\s+(?:bin|ibn|ben|bint|son of|daughter of)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """How alike two names are.

    Parameters
    ----------
    score
        0 (nothing in common) to 1 (the same). From `SAME_NAME_FROM` on the two can be of one
        person; it is no probability that they are.
    pairs
        Parts in common, in the order of the first name.
    left, right
        Parts of the first and of the second name that the other one lacks.
    swapped
        Whether one is named as the child of whom the other names as the child: "A son of B" and
        "B son of A".
    """

    score: float
    pairs: tuple[PartPair, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    swapped: bool = False

    @property
    def possible(self) -> bool:
        """Whether the two can be names of one person."""
        return self.score >= SAME_NAME_FROM

    @property
    def words(self) -> str:
        """What is alike and what is not, in a plain sentence."""
        if not self.pairs:
            return "The two names have no part in common."
        same = [pair.left for pair in self.pairs if pair.how == "same"]
        said = [f"{_listed(same)} {'is' if len(same) == 1 else 'are'} the same"] if same else []
        said += [_REASONS[p.how].format(p.left, p.right) for p in self.pairs if p.how != "same"]
        if self.left:
            said.append(f"only the first has {_listed(self.left)}")
        if self.right:
            said.append(f"only the second has {_listed(self.right)}")
        if self.swapped:
            said.append("father and child are exchanged")
        sentence = "; ".join(said)
        return f"{sentence[:1].upper()}{sentence[1:]}."


_REASONS: dict[Agreement, str] = {
    "same": "{} is the same",
    "another spelling": "{} and {} are spellings of one name",
    "form of one surname": "{} and {} are forms of one surname",
    "father's name": "{} and {} name the same father",
    "short form": "{} and {} are one name, one of them in short",
    "counterpart": "{} and {} can stand for each other",
    "initial": "{} and {} agree as an initial",
    "misspelt": "{} and {} differ by a few letters",
}


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


@lru_cache(maxsize=1 << 14)
def compare_names(a: str, b: str) -> NameLikeness:
    """Compare two names of persons, in any scripts.

    Order does not matter, a part that only one name has matters little, and a part that
    contradicts a part of the other name matters much: "Aram Davit Example" can be "Example,
    Aram", but hardly "Aram Davit Sample".

    Parameters
    ----------
    a, b
        Names as sources write them.
    """
    one, other = PersonName(a), PersonName(b)
    if one.unknown or other.unknown:
        same = bool(one.key) and one.key == other.key
        return NameLikeness(1.0 if same and one.text == other.text else 0.0)
    left, right = _parts(one), _parts(other)
    if not left or not right:
        return NameLikeness(0.0)
    scripts = Scripts(
        unwritten=(one.script in _WITHOUT_VOWELS) != (other.script in _WITHOUT_VOWELS),
        exact=one.script == other.script and one.script in _OF_SYLLABLES,
    )
    chosen = aligned(left, right, scripts)
    used = {i for candidate in chosen for i in candidate.left}
    used_right = {j for candidate in chosen for j in candidate.right}
    rest = [part for i, part in enumerate(left) if i not in used]
    rest_right = [part for j, part in enumerate(right) if j not in used_right]
    if not (rest and rest_right):
        rest, rest_right = _without_repeated(rest, left), _without_repeated(rest_right, right)
    swapped = _swapped(a, b)
    score = _score(chosen, rest, rest_right, single=len(left) == len(right) == 1)
    if swapped or _father_instead(chosen, rest, rest_right):
        score = min(score, _SWAPPED)
    pairs = tuple(c.pair for c in sorted(chosen, key=lambda c: c.left))
    return NameLikeness(round(score, 4), pairs, tuple(rest), tuple(rest_right), swapped)


def _parts(name: PersonName) -> tuple[str, ...]:
    parts = name.in_order[:_LONGEST]
    named = tuple(part for part in parts if part not in CHILD_OF)
    return named if len(named) > 1 else parts


def _without_repeated(rest: list[str], parts: tuple[str, ...]) -> list[str]:
    """Parts left over, without those that the name has twice."""
    kept = []
    for part in rest:
        if parts.count(part) == 1 or (rest.count(part) == parts.count(part) and part not in kept):
            kept.append(part)
    return kept


def _score(chosen: list[Aligned], rest: list[str], rest_right: list[str], *, single: bool) -> float:
    weight = sum(candidate.weight for candidate in chosen)
    if not weight:
        return 0.0
    agreed = sum(candidate.weight * candidate.pair.score for candidate in chosen)
    against = _contradictions(rest, rest_right)
    extra = len(rest) + len(rest_right) - 2 * len(against)
    score = agreed / (weight + sum(against))
    if against:
        score *= 1 - (1 - _CONTRADICTED) * min(1.0, max(against) * 1.5)
    score *= max(0.7, 1 - _EXTRA * max(extra, 0))
    full = sum(max(len(c.left), len(c.right)) for c in chosen if c.weight >= FULL_WEIGHT)
    if full == 0 or (full == 1 and len(chosen) == 1 and not single):
        score = min(score, _ONE_PART_ONLY)
    return score


def _contradictions(rest: list[str], rest_right: list[str]) -> list[float]:
    """Weights of parts left over on both sides, which stand against each other."""
    suffixes = [part for part in rest if part in _SUFFIXES]
    others = [part for part in rest_right if part in _SUFFIXES]
    left = sorted((p for p in rest if not _beside(p)), key=len, reverse=True)
    right = sorted((p for p in rest_right if not _beside(p)), key=len, reverse=True)
    against = [part_weight(p, q) for p, q in zip(left, right, strict=False)]
    return against + [1.0] * min(len(suffixes), len(others))


def _beside(part: str) -> bool:
    """Whether a part stands beside the name: a kunya is borne together with it."""
    kunya = part.startswith(("abu", "umm")) and len(part) > _SHORTEST_KUNYA
    return part in _SUFFIXES or (kunya and part not in known_names())


def _father_instead(chosen: list[Aligned], rest: list[str], rest_right: list[str]) -> bool:
    """Whether the given name of one is only the father's name of the other."""
    return any(
        c.pair.how == "father's name"
        and ((c.right == (0,) and bool(rest)) or (c.left == (0,) and bool(rest_right)))
        for c in chosen
    )


def _swapped(a: str, b: str) -> bool:
    """Whether child and father of one are father and child of the other."""
    one, other = (_CHILD.split(text, maxsplit=1) for text in (a, b))
    if len(one) < 2 or len(other) < 2:
        return False
    heads = [sound(PersonName(words[0]).key) for words in (one, other)]
    fathers = [sound("".join(PersonName(words[1]).in_order[:1])) for words in (one, other)]
    return heads[0] != heads[1] and heads[0] == fathers[1] and heads[1] == fathers[0]
