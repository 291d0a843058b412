"""Gazetteer: the places that a team knows, what they are called, and what lies within what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.gazetteer_place import GazetteerPlace
from everyname.vocabulary.gazetteer_problems import problems
from everyname.vocabulary.place import great_circle_km
from everyname.vocabulary.place_index import PlaceIndex, name_parts, plain_name

_TOLD = 5


class Found(NamedTuple):
    """What a text names.

    Parameters
    ----------
    place
        The place; None where none is named, or it cannot be told which.
    reason
        Why there is none; or which parts of the text are not listed. Empty where all was found.
    """

    place: GazetteerPlace | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places with their names, and what lies within what.

    Parameters
    ----------
    places
        In any order.

    Raises
    ------
    ValueNotUnderstood
        As `problems` has it; the first problem is named.
    """

    places: tuple[GazetteerPlace, ...] = ()
    _index: PlaceIndex = field(init=False, repr=False, compare=False)
    _holder: tuple[int | None, ...] = field(init=False, repr=False, compare=False)
    _labels: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _position: Mapping[GazetteerPlace, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = PlaceIndex(self.places)
        for problem in problems(self.places, index):
            name = self.places[problem.position].name
            raise ValueNotUnderstood(problem.found, where=f"place {name!r}", do=problem.do)
        object.__setattr__(self, "_index", index)
        holder = tuple(
            min(index.holders(n)) if p.within else None for n, p in enumerate(self.places)
        )
        object.__setattr__(self, "_holder", holder)
        object.__setattr__(self, "_labels", _labels(self.places, holder))
        object.__setattr__(self, "_position", {p: n for n, p in enumerate(self.places)})

    def __len__(self) -> int:
        return len(self.places)

    def find(self, text: str) -> GazetteerPlace | None:
        """Find the place that a text names; None where `look_up` finds none."""
        return self.look_up(text).place

    def look_up(self, text: str) -> Found:
        """Find the place that a text names, and say why where there is none.

        A text such as "Alder Mill, Southern district" names places within places: the narrowest
        of them is found, and the others tell which of several places of that name is meant. A
        place is found by any of its names, whatever their case, accents and script, and with a
        word for what it is ("Alder Mill town") where it is that.

        Parameters
        ----------
        text
            As a source has it.
        """
        parts = (text,) if self._index.named(text) else name_parts(text)
        named: dict[frozenset[int], str] = {}
        unread = []
        for part in parts:
            if places := self._index.named(part):
                named.setdefault(places, part)
            else:
                unread.append(part)
        if not named:
            return Found(None, "it is not in the gazetteer")
        best = self._narrowest(tuple(named))
        if not best:
            told = " and ".join([*named.values()][:_TOLD])
            return Found(None, f"{told}: in the gazetteer, and not one within the other")
        if len(best) > 1:
            told = " or ".join(self._labels[n] for n in best[:_TOLD])
            more = f" or {len(best) - _TOLD} others" if len(best) > _TOLD else ""
            return Found(None, f"it may be {told}{more}")
        left = f"not in the gazetteer: {', '.join(unread)}" if unread else ""
        return Found(self.places[best[0]], left)

    def _narrowest(self, parts: Sequence[frozenset[int]]) -> list[int]:
        """Places that one part names and within which all other parts name what holds them.

        Where one text can be read as one place in several ways, those are the ways in which the
        most of its parts are places of their own.
        """
        scores: dict[int, int] = {}
        for place in sorted(set().union(*parts)):
            line = set(self._upwards(place))
            options = [part & line for part in parts]
            if all(options):
                scores[place] = min(len(parts), len(set().union(*options)))
        most = max(scores.values(), default=0)
        return [place for place, score in scores.items() if score == most]

    def _upwards(self, position: int) -> Iterator[int]:
        """Give a place and all that hold it, the nearest first."""
        at: int | None = position
        while at is not None:
            yield at
            at = self._holder[at]

    def _known(self, place: GazetteerPlace) -> int:
        if place not in self._position:
            raise ValueNotUnderstood(
                "this place is not in the gazetteer",
                where=f"place {place.name!r}",
                do="Find it in the gazetteer first",
            )
        return self._position[place]

    def label(self, place: GazetteerPlace) -> str:
        """Name of a place that no other place has: with what holds it where it has to be."""
        return self._labels[self._known(place)]

    def chain(self, place: GazetteerPlace) -> tuple[GazetteerPlace, ...]:
        """Places that hold a place, the nearest first.

        Raises
        ------
        ValueNotUnderstood
            It is not a place of this gazetteer; so with all methods that take one.
        """
        return tuple(self.places[n] for n in self._upwards(self._known(place)))[1:]

    def lies_within(self, inner: GazetteerPlace, outer: GazetteerPlace) -> bool:
        """Whether a place is another or lies within it, as far as is listed."""
        return self._known(outer) in self._upwards(self._known(inner))

    def common(self, one: GazetteerPlace, other: GazetteerPlace) -> GazetteerPlace | None:
        """Find the narrowest place that both are or lie within; None where none is listed."""
        line = set(self._upwards(self._known(one)))
        both = (n for n in self._upwards(self._known(other)) if n in line)
        return next((self.places[n] for n in both), None)

    def widened(self, place: GazetteerPlace, precision: str) -> GazetteerPlace | None:
        """Find the place of a precision that a place is or lies within; None where none is."""
        line = (self.places[n] for n in self._upwards(self._known(place)))
        return next((p for p in line if p.precision == precision), None)


def distance_km(one: GazetteerPlace, other: GazetteerPlace) -> float | None:
    """Distance between two places, in kilometres; None where one has no coordinates.

    See `great_circle_km`. Between the coordinates of wide places it says little.
    """
    return great_circle_km(one.at, other.at) if one.at and other.at else None


def _labels(places: Sequence[GazetteerPlace], holder: Sequence[int | None]) -> tuple[str, ...]:
    """Name places so that no two have the same name."""
    labels = [place.name for place in places]
    held = [f", {places[h].name}" if h is not None else "" for h in holder]
    named = [f"{p.name}{h}" for p, h in zip(places, held, strict=True)]
    kinds = [f"{p.name} ({p.precision}){h}" for p, h in zip(places, held, strict=True)]
    for longer in (named, kinds):
        times = Counter(map(plain_name, labels))
        labels = [
            long if times[plain_name(label)] > 1 else label
            for label, long in zip(labels, longer, strict=True)
        ]
    times = Counter(labels)
    # Names that are alike up to the second place that holds them are numbered, in their order.
    return tuple(f"{label} [{n + 1}]" if times[label] > 1 else label
                 for n, label in enumerate(labels))  # fmt: skip
