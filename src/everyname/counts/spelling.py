"""Spelling: one place written in several ways or scripts is one class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from everyname.ledger import Filed
from everyname.vocabulary import Place

PLACES = ("place", "place_origin")


def spellings(records: Iterable[Filed]) -> Mapping[str, str]:
    """Choose one spelling for each place.

    Parameters
    ----------
    records
        Person records.

    Returns
    -------
    Mapping
        From a place's Latin key to the spelling that most records use; of equally frequent ones
        the first in alphabetical order.
    """
    written: Counter[str] = Counter(
        text for filed in records for field in PLACES for text in filed.record.values(field)
    )
    ways: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for text, times in written.items():
        ways[Place(text).key].append((-times, text))
    return {key: min(those)[1] for key, those in ways.items()}


def spelled(field: str, value: str, chosen: Mapping[str, str]) -> str:
    """Write a class in the spelling chosen for it; fields other than places are unchanged."""
    return chosen.get(Place(value).key, value) if field in PLACES else value
