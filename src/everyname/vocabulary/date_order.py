"""Order of day and month in a column of dates, told by the dates that have only one reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from everyname.vocabulary.cell import ascii_digits, tidy
from everyname.vocabulary.reading import DateOrder

SHOWN = 10
"""Dates that are listed as examples of a contradiction."""

_NUMBERS = re.compile(
    r"(?:[0-9]{1,2}\s?[-–/]\s?(?=[0-9]{1,2}([./])[0-9]{1,2}\1))?"
    r"([0-9]{1,4})\s?([./\-\s,])\s?([0-9]{1,2})(?:\s?\3\s?([0-9]{1,4}))?\.?"
    r"(?:(?:[Tt]|[ ,]+)[0-9]{1,2}:[0-9]{2}.*)?"
)


@dataclass(frozen=True, slots=True)
class DateOrderEvidence:
    """What the dates of a column say about their order, in cells.

    Parameters
    ----------
    day_first
        Cells that can only be day-month-year.
    month_first
        Cells that can only be month-day-year.
    year_first
        Cells with the year first, which say nothing of the order of the others.
    either
        Cells that can be read in both orders as different days.
    order
        The order decided; None where the dates decide none.
    sentence
        The evidence in words, for a report.
    contradicting
        Where both orders occur: dates of the rarer one, at most `SHOWN`.
    """

    day_first: int = 0
    month_first: int = 0
    year_first: int = 0
    either: int = 0
    order: DateOrder | None = None
    sentence: str = ""
    contradicting: tuple[str, ...] = ()


def date_order(texts: Iterable[str] | Mapping[str, int]) -> DateOrderEvidence:
    """Tell whether a column writes the day or the month first.

    The order is decided only where some date can be read in one order alone and none
    contradicts: one contradiction among thousands decides nothing, as the column may be made of
    two lists, or its earlier dates may have been turned round by a spreadsheet.

    Parameters
    ----------
    texts
        Texts of the column, or the distinct texts with the times each occurs.

    Returns
    -------
    DateOrderEvidence
        Counts in cells. Texts that are no dates in numbers count nowhere.
    """
    times = texts if isinstance(texts, Mapping) else _counted(texts)
    counts = {"dmy": 0, "mdy": 0, "ymd": 0, "either": 0}
    examples: dict[str, list[str]] = {"dmy": [], "mdy": []}
    for text, number in times.items():
        kind = _kind(text)
        if kind in counts:
            counts[kind] += number
        if kind in examples and len(examples[kind]) < SHOWN:
            examples[kind].append(tidy(text)[:30])
    days, months = counts["dmy"], counts["mdy"]
    both = bool(days and months)
    order: DateOrder | None = None
    if not both and (days or months):
        order = "dmy" if days else "mdy"
    return DateOrderEvidence(
        days,
        months,
        counts["ymd"],
        counts["either"],
        order,
        _sentence(days, months, counts["ymd"], counts["either"]),
        tuple(examples["mdy" if months <= days else "dmy"]) if both else (),
    )


def _counted(texts: Iterable[str]) -> dict[str, int]:
    times: dict[str, int] = {}
    for text in texts:
        times[text] = times.get(text, 0) + 1
    return times


def _kind(text: str) -> str:
    """Order that a text must have: "dmy", "mdy", "ymd", "either", or "" for none of these."""
    if len(text) > 60:
        return ""
    found = _NUMBERS.fullmatch(ascii_digits(text if text.isascii() else tidy(text)).strip())
    if found is None:
        return ""
    first, third = found[2], found[5]
    a, b = int(first), int(found[4])
    if len(first) == 4 or a > 31:
        return "ymd" if third is not None else ""
    if third is None:
        # "26/2" tells; "02.1992" has no such groups, and "02-26" may be a range of days.
        if found[3] not in "./" or b > 31:
            return ""
    elif len(third) not in {2, 4}:
        return ""
    if len(first) > 2 or not (1 <= a <= 31 and 1 <= b <= 31) or min(a, b) > 12:
        return ""
    # "25.02.12" may be of the year 25.
    year_last = third is None or len(third) == 4 or int(third) > 31
    if a > 12:
        return "dmy" if year_last else ""
    if b > 12:
        return "mdy"
    return "" if a == b else "either"


def _sentence(days: int, months: int, years: int, either: int) -> str:
    if days and months:
        return (
            f"{_dates(days)} can only be day-month-year and {_dates(months)} only month-day-year: "
            'the column mixes two orders, none is taken; set order = "dmy" or "mdy" after '
            "correcting it"
        )
    if days or months:
        told, other = "day-month-year", "month-day-year"
        if months:
            told, other = other, told
        return f"{_dates(days or months)} can only be {told}, none {other}"
    if either:
        return (
            f"{_dates(either)} can be read as day-month-year or month-day-year, and none tells: "
            'set order = "dmy" or "mdy"'
        )
    return f"{_dates(years)} with the year first" if years else ""


def _dates(number: int) -> str:
    return f"{number} date" if number == 1 else f"{number} dates"
