"""PlaceIndex: finds places by what they are called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from everyname.vocabulary.cell import tidy
from everyname.vocabulary.code_list import folded
from everyname.vocabulary.gazetteer_place import GazetteerPlace
from everyname.vocabulary.place import can_hold, stated_precision
from everyname.vocabulary.script import latin

_BETWEEN = re.compile(r"[,;،؛、，;/|()\[\]>›\n]+")


class PlaceIndex:
    """Finds places by what they are called.

    Parameters
    ----------
    places
        The places; they are named by their positions here.
    """

    def __init__(self, places: Sequence[GazetteerPlace]) -> None:
        self._places = places
        exact: defaultdict[str, set[int]] = defaultdict(set)
        keyed: defaultdict[str, set[int]] = defaultdict(set)
        for position, place in enumerate(places):
            for name in (place.name, *place.names):
                exact[plain_name(name)].add(position)
                for key in name_keys(name):
                    keyed[key].add(position)
        self._exact = {name: frozenset(those) for name, those in exact.items()}
        self._keyed = {key: frozenset(those) for key, those in keyed.items()}

    def named(self, part: str) -> frozenset[int]:
        """Positions of the places that one name can mean."""
        if places := self._listed(part):
            return places
        name, precision = stated_precision(part)
        # "Alder Mill camp" is not the village of Alder Mill.
        return frozenset(
            n for n in (self._listed(name) if precision and name else ())
            if self._places[n].precision == precision
        )  # fmt: skip

    def _listed(self, name: str) -> frozenset[int]:
        if exact := self._exact.get(plain_name(name)):
            return exact
        nothing: frozenset[int] = frozenset()
        return nothing.union(*(self._keyed.get(key, nothing) for key in name_keys(name)))

    def holders(self, position: int) -> frozenset[int]:
        """Positions of the places that a place can be within, by what it says."""
        place = self._places[position]
        named, others = self._taken_apart(place.within)
        outside = frozenset[int]().union(*map(self.named, others))
        return frozenset(
            n
            for n in named
            if n != position
            and can_hold(self._places[n].precision, place.precision)
            and (not others or self._taken_apart(self._places[n].within)[0] & outside)
        )

    def _taken_apart(self, within: str) -> tuple[frozenset[int], Sequence[str]]:
        """Places that what is written under `within` can mean, and what else it says of them."""
        if whole := self.named(within):
            return whole, ()
        first, *others = name_parts(within) or ("",)
        return self.named(first), others


def name_parts(text: str) -> tuple[str, ...]:
    """Cut a text into the names of places; a word for a kind of place goes with what it follows."""
    parts: list[str] = []
    for part in map(str.strip, _BETWEEN.split(text)):
        if not name_keys(part):
            continue
        if parts and stated_precision(part)[0] == "":
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return tuple(parts)


def plain_name(name: str) -> str:
    """Name without case and without stray white space, but with its accents."""
    return tidy(name).casefold()


@lru_cache(maxsize=1 << 17)
def name_keys(name: str) -> frozenset[str]:
    """Keys by which a name is found: without accents, and in basic Latin letters."""
    return frozenset({folded(name), latin(name)} - {""})
