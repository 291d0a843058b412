"""Placing: which places that sources write were found in the gazetteer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from everyname.counts.spelling import PLACES
from everyname.ledger import Filed
from everyname.vocabulary.gazetteer import Gazetteer

_VICTIMS = frozenset({"person", "group"})


class Unplaced(BaseModel):
    """A text that names no place of the gazetteer, or names more than is in it.

    Parameters
    ----------
    text
        As the sources write it.
    records
        How many records do.
    place
        The place that was found all the same; empty where none was.
    reason
        What was not found, and why.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    records: int
    place: str
    reason: str


class Placing(BaseModel):
    """How the places of person and group records were found.

    Parameters
    ----------
    places
        Places in the gazetteer.
    found
        Texts of which a place was found, in whole or in part.
    unplaced
        Texts of which not all was found, those in most records first.
    """

    model_config = ConfigDict(frozen=True)

    places: int
    found: int
    unplaced: tuple[Unplaced, ...]

    @property
    def missing(self) -> tuple[Unplaced, ...]:
        """Texts of which no place was found at all."""
        return tuple(each for each in self.unplaced if not each.place)


def placing(records: Iterable[Filed], gazetteer: Gazetteer) -> Placing:
    """Say which places are in the gazetteer.

    Parameters
    ----------
    records
        Records of any kind; those of persons and groups are taken.
    gazetteer
        The places that the team lists.
    """
    written: Counter[str] = Counter()
    for filed in records:
        if filed.record.kind in _VICTIMS:
            written.update({text for field in PLACES for text in filed.record.values(field)})
    found = 0
    unplaced = []
    for text, times in sorted(written.items(), key=lambda item: (-item[1], item[0])):
        place, reason = gazetteer.look_up(text)
        found += place is not None
        if reason:
            name = gazetteer.label(place) if place else ""
            unplaced.append(Unplaced(text=text, records=times, place=name, reason=reason))
    return Placing(places=len(gazetteer), found=found, unplaced=tuple(unplaced))
