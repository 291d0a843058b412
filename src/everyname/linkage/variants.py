"""Variants: spellings of one name that records teach by giving the name twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from everyname.vocabulary import PersonName, canonical_part, skeleton

# A pair of spellings is believed when so many different persons' names show it.
TIMES = 2
# A spelling that goes with several others as often teaches nothing: it says who is related to
# whom, not how a name is written.
SHARE = 0.5


def taught_variants(names: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Learn which spellings of parts of names are one, from names that are given twice.

    Where all parts of two spellings of one name agree but one, that one is spelt in two ways.
    Transliteration cannot know all of them: a name may pass through a third language.

    Parameters
    ----------
    names
        The same person's name in two scripts or spellings, each pair once.

    Returns
    -------
    Mapping
        Latin part of a name -> the part that stands for it. Parts that stand for themselves are
        not in it.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for one, other in names:
        found = _left_over(one, other)
        if found is not None:
            seen[found] += 1
    shown: Counter[str] = Counter()
    for (a, b), times in seen.items():
        shown[a] += times
        shown[b] += times
    stands: dict[str, str] = {}
    for (a, b), times in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        if times >= TIMES and times >= SHARE * max(shown[a], shown[b]):
            one, other = _last(stands, a), _last(stands, b)
            if one != other:
                stands[max(one, other)] = min(one, other)
    return {part: _last(stands, part) for part in stands}


def _last(stands: Mapping[str, str], part: str) -> str:
    while part in stands:
        part = stands[part]
    return part


def _left_over(one: str, other: str) -> tuple[str, str] | None:
    """The one part on either side that the other does not have, in alphabetical order."""
    a, b = (_by_sound(PersonName(text)) for text in (one, other))
    if len(a) < 2 or len(a) != len(b):
        return None
    left, right = set(a) - set(b), set(b) - set(a)
    if len(left) != 1 or len(right) != 1:
        return None
    first, second = sorted((a[left.pop()], b[right.pop()]))
    return first, second


def _by_sound(name: PersonName) -> dict[str, str]:
    if name.unknown:
        return {}
    return {skeleton(canonical_part(part)): part for part in name.key.split()}
