"""Problems: what keeps places from being a gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from everyname.vocabulary.gazetteer_place import GazetteerPlace
from everyname.vocabulary.place import PLACE_PRECISION
from everyname.vocabulary.place_index import PlaceIndex, name_keys, plain_name


class Problem(NamedTuple):
    """What keeps a place out of a gazetteer.

    Parameters
    ----------
    position
        Which place, from 0.
    part
        Name of the attribute of `GazetteerPlace`.
    found, do
        What was found, and what to do about it.
    """

    position: int
    part: str
    found: str
    do: str


def problems(
    places: Sequence[GazetteerPlace], index: PlaceIndex | None = None
) -> Iterator[Problem]:
    """Find what keeps places from being a gazetteer.

    Parameters
    ----------
    places
        The places.
    index
        Of these places, where there is one already.

    Yields
    ------
    Problem
        A name without letters, an unknown precision, half a pair of coordinates or one beyond its
        limits, a place within one that is not listed, or that several names fit, or that is
        narrower; two places that nothing tells apart; and places that lie within each other.
    """
    index = index or PlaceIndex(places)
    alone = len(places)
    for position, place in enumerate(places):
        for part, found, do in (*_own_problems(place), *_holder_problems(place, position, index)):
            alone = 0
            yield Problem(position, part, found, do)
    if alone:
        yield from _joint_problems(places, index)


def _own_problems(place: GazetteerPlace) -> Iterator[tuple[str, str, str]]:
    for part, names in (("name", (place.name,)), ("names", place.names)):
        if not all(name_keys(name) for name in names):
            yield part, "a name has no letter or digit", "Write the name of the place"
    if place.precision not in PLACE_PRECISION:
        listed = ", ".join(PLACE_PRECISION.codes)
        yield "precision", f"{place.precision!r} is not a precision", f"Write one of {listed}"
    if (place.latitude is None) != (place.longitude is None):
        missing = "latitude" if place.latitude is None else "longitude"
        yield missing, f"there is no {missing}", "Write both coordinates or none"
    for part, degrees, limit in (("latitude", place.latitude, 90),
                                 ("longitude", place.longitude, 180)):  # fmt: skip
        if degrees is not None and not -limit <= degrees <= limit:
            yield part, f"{degrees} is beyond {limit} degrees", "Write decimal degrees"


def _holder_problems(
    place: GazetteerPlace, position: int, index: PlaceIndex
) -> Iterator[tuple[str, str, str]]:
    if not place.within:
        return
    holders = index.holders(position)
    shown = place.within[:60]
    if not holders and index.named(place.within) - {position}:
        yield (
            "within",
            f"{shown!r} is narrower than a {place.precision}",
            "Correct the precision of one of them, or the place that holds it",
        )
    elif not holders:
        yield "within", f"there is no place {shown!r}", "List it too, in a line of its own"
    elif len(holders) > 1:
        yield (
            "within",
            f"{len(holders)} places are called {shown!r}",
            'Write it with the place that holds it, as "Alder Mill, Southern district"',
        )


def _joint_problems(places: Sequence[GazetteerPlace], index: PlaceIndex) -> Iterator[Problem]:
    holder = [min(index.holders(n)) if p.within else None for n, p in enumerate(places)]
    seen: dict[tuple[str, str, int | None], int] = {}
    for position, place in enumerate(places):
        same = (plain_name(place.name), place.precision, holder[position])
        if seen.setdefault(same, position) != position:
            yield Problem(position, "name", f"{place.name[:60]!r} is listed twice",
                          "Put the two lines together, or tell the places apart by what holds "
                          "them")  # fmt: skip
    over: set[int] = set()
    for start in range(len(places)):
        way: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in over and at not in way:
            way[at] = None
            at = holder[at]
        if at is not None and at in way:
            names = [places[n].name for n in way][list(way).index(at):][:5]  # fmt: skip
            told = " within ".join([*names, places[at].name])
            yield Problem(at, "within", f"places lie within each other: {told}",
                          "Correct which place holds which")  # fmt: skip
        over.update(way)
