"""Month names of a hundred languages and four calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from everyname.vocabulary import month_words
from everyname.vocabulary.date_letters import phrase
from everyname.vocabulary.reading import Calendar

Meaning = tuple[Calendar, int]
"""A calendar and the number of a month in it. Gregorian stands for Julian too."""

LONGEST = 5
"""Words of the longest month name."""
_TABLE = Path(__file__).with_name("date_names.tsv")


@cache
def own_months() -> Mapping[str, frozenset[Meaning]]:
    """Month names of the most used languages (plain, see `phrase`), with all their meanings."""
    tables: tuple[tuple[Calendar, str], ...] = (
        ("gregorian", month_words.GREGORIAN),
        ("solar_hijri", month_words.SOLAR_HIJRI),
        ("hijri", month_words.HIJRI),
    )
    found: dict[str, frozenset[Meaning]] = {}
    for calendar, table in tables:
        for number, names in enumerate(table.replace("\n ", " ").splitlines(), 1):
            for name in names.split():
                key = phrase(name.replace("_", " "))
                found[key] = found.get(key, frozenset()) | {(calendar, number)}
    for number in range(1, 13):
        for name in ("tháng", "thg", "شهر"):
            meanings: frozenset[Meaning] = frozenset({("gregorian", number)})
            found[phrase(f"{name} {number}")] = found[phrase(f"{name} {number:02d}")] = meanings
    return found


@cache
def cldr_months() -> Mapping[str, frozenset[Meaning]]:
    """Month names of a hundred languages of the Unicode CLDR."""
    found: dict[str, frozenset[Meaning]] = {}
    for name, numbers, languages in cldr_names("m"):
        meanings: frozenset[Meaning] = frozenset(("gregorian", number) for number in numbers)
        if languages == ["th"]:
            meanings |= {("thai_buddhist", number) for number in numbers}
        found[name] = meanings
        if languages == ["he"]:
            # "In February" is one word.
            found["ב" + name] = meanings
    return found


def cldr_names(kind: str) -> Iterator[tuple[str, list[int], list[str]]]:
    """Names of months ("m") or weekdays ("d"): plain letters, numbers and languages."""
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, meanings, languages = line.split("\t")
        numbers = [int(meaning[1:]) for meaning in meanings.split() if meaning[0] == kind]
        if numbers:
            yield name, numbers, languages.split()


@cache
def foreign_months() -> Mapping[str, str]:
    """Month names of calendars that are not converted, with the calendar's name."""
    return {
        phrase(name.replace("_", " ")): calendar
        for calendar, names in month_words.FOREIGN.items()
        for name in names.split()
    }


def month_meanings(name: str) -> frozenset[Meaning]:
    """Months that a name in plain letters can mean; none where it names no month.

    A name that means two months ("listopad": October in Croatian, November in Polish and Czech)
    has both.
    """
    return own_months().get(name, frozenset()) | cldr_months().get(name, frozenset())
