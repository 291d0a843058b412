"""Words: codes, numbers, dates and addresses as a reader sees them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from everyname.counts import DISAGREE, UNKNOWN, interval, interval_words
from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import FIELDS, PartialDate

_DATES = frozenset({"date", "date_of_death", "date_reported", "birth_date", "month", "day", "year"})
_FIELD_WORDS = {
    "person": "Person",
    "list": "List",
    "lists": "In lists",
    "records": "Records",
    "year": "Year",
    "month": "Month",
    "day": "Day",
    "place": "Place",
    "settlement": "Settlement",
    "district": "District",
    "region": "Region",
    "country": "Country",
    "date": "Date",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WEB = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


class Words:
    """Words for the codes of one edition.

    Parameters
    ----------
    labels
        Field, code and label; the first of several labels for one code holds.
    """

    def __init__(self, labels: Iterable[tuple[str, str, str]]) -> None:
        self._labels: dict[tuple[str, str], str] = {}
        for field, code, label in labels:
            self._labels.setdefault((field, code), label)

    def label(self, field: str, code: str) -> str:
        """Word for a code, as `Edition.label`; a list's name without its underscores."""
        known = self._labels.get((field, code))
        if known is not None:
            return known
        return code.replace("_", " ") if field in {"list", "source_kind"} else code

    def value(self, field: str, text: str) -> str:
        """What a person's record states of a field, with codes and dates in words."""
        if text in {UNKNOWN, DISAGREE, ""}:
            return text
        if field == "lists":
            return ", ".join(self.label("list", name) for name in text.split("; "))
        if field in _DATES:
            return " / ".join(date_words(part) for part in text.split(" / "))
        return self.label(field, text)

    def classes(self, by: Sequence[str], where: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """Words for the classes of one row of a breakdown, in the order of its fields."""
        found = dict(where)
        return tuple(self.value(field, found.get(field, UNKNOWN)) for field in by)


def field_words(field: str) -> str:
    """Name of a field or of a column of the table of persons, as a heading."""
    if field in _FIELD_WORDS:
        return _FIELD_WORDS[field]
    return FIELDS[field].label if field in FIELDS else field


def legible(text: str) -> str:
    """Put U+FFFD where a text from a partner's file holds a control character.

    Tabs and line breaks stay; any line break becomes a line feed.
    """
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def number(value: float) -> str:
    """Whole number with a separator of thousands: 1,234."""
    return f"{round(value):,}"


def range_words(low: int, high: int) -> str:
    """Two ends of a range, or the one number where they are equal."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def plural(count: int, one: str, many: str = "") -> str:
    """Number with its noun: 1 person, 1,200 persons."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def share_words(share: float) -> str:
    """Share between 0 and 1 as a percentage of three significant digits."""
    return f"{share * 100:.3g}%"


def setting_words(value: str | float) -> str:
    """Setting of a model: whole numbers with separators, others with four significant digits."""
    if isinstance(value, str):
        return value.replace("_", " ")
    return f"{value:,.4g}" if value % 1 else number(value)


def listing(words: Sequence[str], last: str = "and") -> str:
    """Words with commas and an ``and`` before the last."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def web_address(text: str) -> str:
    """Return an address that can be a link, or an empty text where it is none.

    Only http and https make a link: an address comes from a partner's file and is not trusted.
    """
    return text.strip() if _WEB.fullmatch(text.strip()) else ""


def figure_words(low: int | None, best: int | None, high: int | None) -> str:
    """Stated numbers in words, as `counts.interval_words`; contradictory ones as stated."""
    if interval(low, best, high) is not None:
        return interval_words(low, best, high)
    stated = [number(n) for n in (low, best, high) if n is not None]
    return f"{', '.join(stated)} (contradictory)" if stated else "no number"


def time_words(text: str) -> str:
    """ISO 8601 time as ``22 November 2031, 18:43 UTC``; another text as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    zone = ""
    if moment.tzinfo is not None:
        moment, zone = moment.astimezone(UTC), " UTC"
    return f"{_day(moment.date())}, {moment:%H:%M}{zone}"


def date_words(text: str) -> str:
    """EDTF date as a reader writes it; another text as it is.

    Parameters
    ----------
    text
        For example ``1992-02-26``, ``1992-03~`` or ``1992-02-25/1992-02-26``.

    Returns
    -------
    For example ``26 February 1992``, ``about March 1992``, ``25–26 February 1992``.
    """
    try:
        found = PartialDate.from_edtf(text)
    except ValueNotUnderstood:
        return text
    words = _span(found.low, found.high)
    words = f"about {words}" if found.approximate else words
    return f"{words} (uncertain)" if found.uncertain else words


def _span(low: date, high: date) -> str:
    if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31):
        return f"{low.year}" if low.year == high.year else f"{low.year}–{high.year}"
    if low == high:
        return _day(low)
    if low.day == 1 and high.day == calendar.monthrange(high.year, high.month)[1]:
        first, last = _month(low), _month(high)
    elif (low.year, low.month) == (high.year, high.month):
        return f"{low.day}–{_day(high)}"
    else:
        first, last = _day(low), _day(high)
    if first == last:
        return last
    if low.year == high.year:
        first = first.removesuffix(f" {low.year}")
    return f"{first} to {last}"


def _month(day: date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"
