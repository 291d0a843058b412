"""Spelling: one place written in several ways or scripts is one class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from everyname.ledger import Filed
from everyname.vocabulary import Place
from everyname.vocabulary.gazetteer import Gazetteer

PLACES = ("place", "place_origin")
LEVELS = ("settlement", "district", "region", "country")
"""Classes that follow from the place of the incident by the gazetteer, from narrow to wide."""


NO_GAZETTEER = Gazetteer()


class Listed(NamedTuple):
    """Where a text's place stands in the gazetteer.

    Parameters
    ----------
    name
        Name under which it is counted.
    levels
        Each of `LEVELS` that it is or lies in, with the name.
    within
        Names of the places that hold it.
    """

    name: str
    levels: tuple[tuple[str, str], ...]
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """Which class a place is, however it is written.

    Parameters
    ----------
    gazetteer
        The places that the team lists.
    chosen
        For places that are not in it, the spelling of each Latin key.
    listed
        Texts of the records that name a place of the gazetteer.
    """

    gazetteer: Gazetteer
    chosen: Mapping[str, str]
    listed: Mapping[str, Listed]

    def of(self, field: str, value: str) -> str:
        """Write a class as it is counted; fields other than places are unchanged."""
        if field not in PLACES:
            return value
        found = self._listed(value)
        return found.name if found else self.chosen.get(Place(value).key, value)

    def levels(self, place: str) -> tuple[tuple[str, str], ...]:
        """Give the settlement, district and so on in which a place lies, as far as listed.

        Parameters
        ----------
        place
            As a source has it.

        Returns
        -------
        tuple of tuple of str
            One of `LEVELS`, and the name.
        """
        found = self._listed(place)
        return found.levels if found else ()

    def within(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a class and a class of a place that holds it."""
        pairs = ((each.name, outer) for each in self.listed.values() for outer in each.within)
        return tuple(dict.fromkeys(pairs))

    def _listed(self, text: str) -> Listed | None:
        return self.listed.get(text) or listed(text, self.gazetteer)


def listed(text: str, gazetteer: Gazetteer) -> Listed | None:
    """Find a text's place in the gazetteer; None where it is not in it, or it cannot be told."""
    found = gazetteer.find(text) if len(gazetteer) else None
    if found is None:
        return None
    wider = ((level, gazetteer.widened(found, level)) for level in LEVELS)
    return Listed(
        name=gazetteer.label(found),
        levels=tuple((level, gazetteer.label(place)) for level, place in wider if place),
        within=tuple(map(gazetteer.label, gazetteer.chain(found))),
    )


def spellings(records: Iterable[Filed], gazetteer: Gazetteer = NO_GAZETTEER) -> Spelling:
    """Find the place that each text names, and choose one spelling for those not listed.

    Parameters
    ----------
    records
        Person records.
    gazetteer
        The places that the team lists; it may be empty.

    Returns
    -------
    Spelling
        Of places that are not listed, the spelling that most records use; of equally frequent
        ones the first in alphabetical order.
    """
    written: Counter[str] = Counter(
        text for filed in records for field in PLACES for text in filed.record.values(field)
    )
    found = {text: place for text in written if (place := listed(text, gazetteer))}
    ways: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for text, times in written.items():
        if text not in found:
            ways[Place(text).key].append((-times, text))
    return Spelling(gazetteer, {key: min(those)[1] for key, those in ways.items()}, found)
