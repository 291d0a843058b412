"""How alike two parts of names are, and in what way they agree."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from everyname.vocabulary.canonical_part import canonical_part
from everyname.vocabulary.name_patronymic import father_name
from everyname.vocabulary.nickname import known_names, possible_names, short_forms
from everyname.vocabulary.skeleton import skeleton

Agreement = Literal[
    "same",
    "another spelling",
    "form of one surname",
    "father's name",
    "short form",
    "counterpart",
    "initial",
    "misspelt",
]
"""In what way two parts agree."""


class PartLikeness(NamedTuple):
    """Likeness of two parts: 0 (different) to 1 (the same), and in what way they agree."""

    score: float
    how: Agreement | None


DIFFERENT = PartLikeness(0.0, None)

# What it costs to take one letter for another. One letter of another sound costs 1.
_SAME_SOUND, _SAME_VOWEL, _OTHER_VOWEL, _VOWEL_MORE = 0.3, 0.3, 0.6, 0.6
_RELATED, _TURNED, _WEAK_LETTER, _SEMIVOWEL = 0.5, 0.8, 0.4, 0.3
_UNWRITTEN_VOWEL = 0.05
_LEAST_CHANGE = 0.3
_SPELLING_BELOW = 0.65
_LEAST_OF_SKELETON = 2
_LONG_SKELETON = 5

_DIGITS = str.maketrans("01345789", "oieastbg")
_GROUPS = (
    (re.compile("shch|sch"), "$"),
    (re.compile("tch|ch"), "%"),
    (re.compile("sh"), "$"),
    (re.compile("zh|dj|dzh"), "j"),
    (re.compile("kh"), "x"),
    (re.compile("gh"), "g"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("dh"), "d"),
    (re.compile("ck|q"), "k"),
    (re.compile("ou|oo"), "u"),
    (re.compile("ee|ii|iy|yi|ij|yy"), "i"),
    (re.compile("w"), "v"),
)
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouy")


def _costs() -> MappingProxyType[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for price, groups in (
        (_OTHER_VOWEL, ("aeiouy",)),
        (_SAME_VOWEL, ("iey", "ou", "ae", "yj")),
        (_RELATED, ("bp", "dt", "c%", "bv", "sc", "zj", "j%", "lr")),
        (_SAME_SOUND, ("kgxhc", "$sx", "sz", "vf", "%$", "jg", "uv", "ij", "td")),
    ):
        for group in groups:
            table.update({(a, b): price for a in group for b in group if a != b})
    return MappingProxyType(table)


_COST = _costs()


@lru_cache(maxsize=1 << 15)
def sound(part: str) -> str:
    """Spell a part so that one letter stands for one sound and none is doubled."""
    for pattern, letter in _GROUPS:
        part = pattern.sub(letter, part)
    return _DOUBLED.sub(r"\1", part)


@lru_cache(maxsize=1 << 15)
def compare_parts(
    one: str, other: str, *, unwritten: bool = False, exact: bool = False
) -> PartLikeness:
    """Compare two parts in Latin spelling.

    Parameters
    ----------
    one, other
        Parts as in `PersonName.in_order`.
    unwritten
        Whether one of the two comes from a script that leaves short vowels out.
    exact
        Whether both come from a script of syllables, in which another reading is another name.

    Returns
    -------
    PartLikeness
        A weighted edit distance after Damerau (1964), where sounds that transliterations
        exchange are cheap, decides on parts that no rule of naming explains.
    """
    if one == other:
        return PartLikeness(1.0, "same")
    if len(one) == 1 or len(other) == 1:
        alike = one[:1] == other[:1] or sound(one)[:1] == sound(other)[:1]
        return PartLikeness(0.8, "initial") if alike else DIFFERENT
    if found := _by_table(one, other):
        return found
    if exact:
        return DIFFERENT
    if not one.isalpha():
        one = _without_digits(one)
    if not other.isalpha():
        other = _without_digits(other)
    if unwritten:
        return _by_skeleton(one, other)
    return _by_letters(one, other)


def _without_digits(part: str) -> str:
    """Read digits amid letters as the letters that they look like."""
    return part.translate(_DIGITS) if any(c.isalpha() for c in part) else part


def _by_table(one: str, other: str) -> PartLikeness | None:
    """Agreement that the tables of names and endings know; DIFFERENT for two known names."""
    names = known_names()
    root, other_root = canonical_part(one), canonical_part(other)
    if root == other_root:
        if one in short_forms() or other in short_forms():
            return PartLikeness(0.92, "short form")
        if bool(father_name(one)) != bool(father_name(other)):
            return PartLikeness(0.9, "father's name")
        known = one in names or other in names
        return PartLikeness(0.97, "another spelling" if known else "form of one surname")
    roots = possible_names(one) | {root}
    other_roots = possible_names(other) | {other_root}
    if roots & other_roots:
        return PartLikeness(0.85, "counterpart")
    if root == f"abd{other_root}" or other_root == f"abd{root}":
        # Abd al-Karim is called Karim.
        return PartLikeness(0.8, "counterpart")
    if one in names and other in names:
        return DIFFERENT
    return None


def _by_skeleton(one: str, other: str) -> PartLikeness:
    bones, others = skeleton(canonical_part(one)), skeleton(canonical_part(other))
    if bones == others:
        strong = len(bones) >= _LEAST_OF_SKELETON
        return PartLikeness(0.95 if strong else 0.8, "another spelling")
    price = distance(one, other, vowel_more=_UNWRITTEN_VOWEL)
    if price <= _SPELLING_BELOW:
        return PartLikeness(0.9, "another spelling")
    long = min(len(bones), len(others)) >= _LONG_SKELETON - 1
    return PartLikeness(0.7, "misspelt") if price <= 1 and long else DIFFERENT


def _by_letters(one: str, other: str) -> PartLikeness:
    one, other = _plain_ending(one), _plain_ending(other)
    allowed = _allowed(min(len(one), len(other)))
    if _at_least(one, other) > allowed:
        return DIFFERENT
    price = distance(one, other)
    if price > allowed:
        return DIFFERENT
    score = 1.0 - 0.4 * price / allowed
    spelling = price <= _SPELLING_BELOW and skeleton(one) == skeleton(other)
    return PartLikeness(score, "another spelling" if spelling else "misspelt")


def _at_least(one: str, other: str) -> float:
    """Price that no way can undercut: the letters of other sounds that one of the two lacks."""
    left, right = skeleton(one), skeleton(other)
    lacking = sum(left.count(sound) > right.count(sound) for sound in set(left))
    lacking_right = sum(right.count(sound) > left.count(sound) for sound in set(right))
    return max(lacking, lacking_right) * _LEAST_CHANGE


def _plain_ending(part: str) -> str:
    return canonical_part(part) if part not in known_names() and not father_name(part) else part


def _allowed(letters: int) -> float:
    """Price up to which two parts of that many letters can be one part misspelt."""
    for longest, price in ((2, 0.5), (3, 0.7), (5, 1.0), (7, 1.5), (9, 1.8)):
        if letters <= longest:
            return price
    return 2.2


def distance(one: str, other: str, *, vowel_more: float = _VOWEL_MORE) -> float:
    """Price of the cheapest way from one part to the other by sounds left out, added or changed.

    Parameters
    ----------
    one, other
        Parts in Latin spelling.
    vowel_more
        Price of a vowel that only one of the two has.
    """
    left, right = sound(one), sound(other)
    before: list[float] = []
    row = [0.0]
    for letter in right:
        row.append(row[-1] + _alone(letter, vowel_more))
    for i, letter in enumerate(left):
        current = [row[0] + _alone(letter, vowel_more)]
        for j, against in enumerate(right):
            best = min(
                row[j] + (0.0 if letter == against else _COST.get((letter, against), 1.0)),
                row[j + 1] + _alone(letter, vowel_more),
                current[j] + _alone(against, vowel_more),
            )
            if i and j and letter == right[j - 1] and left[i - 1] == against:
                best = min(best, before[j - 1] + _TURNED)
            current.append(best)
        before, row = row, current
    return row[-1]


def _alone(letter: str, vowel: float) -> float:
    """Price of a letter that only one side has."""
    if letter in _VOWELS:
        return vowel
    if letter == "h":
        return _WEAK_LETTER
    return _SEMIVOWEL if letter == "j" else 1.0
