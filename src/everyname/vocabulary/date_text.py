"""Dates as lists write them, read as days and never guessed."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.calendars import foreign
from everyname.vocabulary.cell import ascii_digits, is_unknown, tidy
from everyname.vocabulary.date_parts import SET_CALENDAR, Dated
from everyname.vocabulary.date_phrase import read_phrase
from everyname.vocabulary.date_token import tokens
from everyname.vocabulary.partial_date import PartialDate
from everyname.vocabulary.reading import UNKNOWN, Reading, ReadOptions, refuse

LONGEST = 200

_PLAIN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_PLAIN_YEARS = range(1600, 2400)
_EDTF = re.compile(r"[0-9]{2}[0-9Xx]{2}[-0-9Xx/~?%]*")
_NOTHING = re.compile(r"[0x_?]{1,4}([./-])[0x_?]{1,2}\1[0x_?]{1,4}")
_TWO_YEARS = re.compile(r"[0-9]{2}([0-9]{2})-(1[3-9]|[2-9][0-9])[~?%]?")
_HOUR = re.compile(r"[ ,][0-9]{1,2}\s?[aApP]\.?[mM]")
_CLOCK = r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
_TIME = (
    r"(?:(?<=[0-9])[Tt]|(?:^|[ ,]+)(?:(?:at|um|kl\.?|в|о|об|saat|ساعت|الساعة) )?)"
    rf"(?P<clock>{_CLOCK}|(?:1[0-2]|0?[1-9])(?=\s?[aApP]\.?[mM]))(?P<until>\s?[-–]\s?{_CLOCK})?"
    r"(?P<half>\s*[aApP]\.?[mM]\.?(?![\w]))?"
    r"(?P<zone>\s*(?:[zZ]|UTC|utc|GMT|gmt|Uhr|uhr|hrs?|[+-][0-9]{2}:?[0-9]{2}))?"
    r"(?=[ ,/)]|[-–] |$)[ ,]*"
)
_TIME_DROPPED = "time dropped"
_STAMP = re.compile(r"((?:19|20)[0-9]{6})((?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])")
_NUMBER = re.compile(r"[0-9]{1,3}|[0-9]{5,}(?:\.[0-9]+)?")
_COMPACT = re.compile(r"(?:1[0-9]{3}|20[0-9]{2})[0-9]{4}")


def parse_date(text: str, options: ReadOptions = ReadOptions()) -> Reading:
    """Read a date as lists write it, and give it as EDTF text.

    Parameters
    ----------
    text
        A date in numbers (digits of any script) or with the month in words of some hundred
        languages, a month, a season (of the northern hemisphere: March to May is spring), a part
        of a period ("early February" is its days 1-10), a year, a decade, a range or a choice of
        two of them, "night of 25-26 February 1992", an ISO week, or EDTF. Calendars: Gregorian,
        Julian, Solar Hijri, Hijri, Thai Buddhist, years of Japanese eras and of Minguo.
    options
        Order of day, month and year in dates written as numbers: without it, a date that can be
        read in two ways is rejected. Calendar, year and century, where the dates leave them out;
        without a calendar, an era mark or a month's name, a year such as 1371 or 2535 is rejected.

    Returns
    -------
    Reading
        Canonical EDTF text of the Gregorian days that the date can mean, with flags ("time
        dropped", "approximate", "uncertain", "night", "either", "several dates", "season",
        "early", "middle", "late", "first half", "second half", "quarter", "week", "wrong weekday",
        "two-digit year", "given in two calendars", "zero date", and the
        calendar it was converted from), or the reason for the rejection. Never raises.
    """
    if (plain := _PLAIN.fullmatch(text)) and (known := _plain(plain, options)) is not None:
        return known
    tidied = tidy(text)
    if not tidied:
        return Reading()
    if is_unknown(tidied):
        return Reading(UNKNOWN, "unknown")
    if len(tidied) > LONGEST:
        return refuse(f"{len(tidied)} characters are too many for a date: check the column")
    digits = ascii_digits(tidied)
    if _NOTHING.fullmatch(digits.casefold()):
        return Reading(UNKNOWN, "unknown", ("zero date",))
    try:
        days, flags = _parse(digits, options)
    except ValueNotUnderstood as error:
        return refuse(str(error))
    marks = [name for name in ("approximate", "uncertain") if getattr(days, name)]
    return Reading(days.edtf, flags=(*flags, *marks))


def _plain(found: re.Match[str], options: ReadOptions) -> Reading | None:
    """Read the two commonest spellings of a Gregorian day; None where more has to be asked."""
    if options.calendar not in {None, "gregorian"}:
        return None
    year, month, day, first, second, last = found.groups()
    if first is not None:
        if options.date_order == "mdy" or (options.date_order != "dmy" and int(first) <= 12):
            return None
        year, month, day = last, second, first
    if int(year) not in _PLAIN_YEARS:
        return None
    try:
        return Reading(date(int(year), int(month), int(day)).isoformat())
    except ValueError:
        return None


def _parse(text: str, options: ReadOptions) -> Dated:
    gregorian = options.calendar in {None, "gregorian"}
    if gregorian and _EDTF.fullmatch(text) and "-00" not in text:
        known = _edtf(text.upper(), options)
        if known is not None:
            return known, ()
    rest, flags = _without_time(text)
    if _NUMBER.fullmatch(rest) and not _COMPACT.fullmatch(rest):
        raise ValueNotUnderstood(
            "a bare number is no date", do="Export the column as dates, not serials."
        )
    days, more = read_phrase(tokens(rest), options)
    return days, (*flags, *more)


def _edtf(text: str, options: ReadOptions) -> PartialDate | None:
    """Read EDTF text; None where it is none."""
    years = _TWO_YEARS.fullmatch(text)
    if years and (int(years[1]) + 1) % 100 == int(years[2]):
        if 20 < int(years[2]) < 33:
            raise ValueNotUnderstood(
                "two years or an EDTF season", do="Write both years with four digits."
            )
        return None
    try:
        found = PartialDate.from_edtf(text)
    except ValueNotUnderstood as error:
        if error.found.startswith(("no such", "the interval")):
            raise
        return None
    other = foreign(found.low.year) or foreign(found.high.year)
    if other and options.calendar is None:
        raise ValueNotUnderstood(f"the year fits the {other} calendar", do=SET_CALENDAR)
    return found


@cache
def _time_pattern() -> re.Pattern[str]:
    return re.compile(_TIME)


def _without_time(text: str) -> tuple[str, tuple[str, ...]]:
    if ":" not in text and not _HOUR.search(text):
        if stamp := _STAMP.fullmatch(text):
            return stamp[1], (_TIME_DROPPED,) if stamp[2].strip("0") else ()
        return text, ()
    dropped = False

    def drop(found: re.Match[str]) -> str:
        nonlocal dropped
        # A spreadsheet writes a plain date as midnight: nothing is lost with that.
        midnight = not found["clock"].strip("0:.,")
        extra = found["until"] or found["half"] or found["zone"]
        dropped = dropped or not midnight or extra is not None
        return " "

    rest = _time_pattern().sub(drop, text).strip()
    return rest, (_TIME_DROPPED,) if dropped else ()
