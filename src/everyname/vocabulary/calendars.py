"""Calendars that lists use, and the Gregorian days that their dates mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.partial_date import PartialDate
from everyname.vocabulary.reading import Calendar

LABELS: dict[Calendar, str] = {
    "gregorian": "Gregorian",
    "julian": "Julian",
    "solar_hijri": "Solar Hijri",
    "hijri": "Hijri",
    "thai_buddhist": "Thai Buddhist",
}
_YEARS: dict[Calendar, range] = {
    "gregorian": range(1, 10_000),
    "julian": range(1, 10_000),
    "solar_hijri": range(1200, 1501),
    "hijri": range(1200, 1501),
    "thai_buddhist": range(2400, 2601),
}
_HEBREW = range(5600, 5900)
_DAY = timedelta(days=1)
_HIJRI_FLAG = "Hijri date: a day either way"
_SOLAR_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
_TABLE_OF_MECCA = range(1343, 1501)


def fits(calendar: Calendar, year: int) -> bool:
    """Whether a year can be of a calendar, by its size alone."""
    return year in _YEARS[calendar]


def foreign(year: int) -> str:
    """Other calendars that a year of the size fits; "" where it is a plain Gregorian year.

    A casualty list has no business in the 14th or the 26th century: 1371 is far likelier a year
    of the Hijri calendars, and is not silently read as either.
    """
    if year in _YEARS["solar_hijri"]:
        return "Solar Hijri or Hijri"
    if year in _YEARS["thai_buddhist"]:
        return "Thai Buddhist"
    return "Hebrew" if year in _HEBREW else ""


def span(
    calendar: Calendar, year: int, month: int | None = None, day: int | None = None
) -> PartialDate:
    """Gregorian days of a year, a month or a day of a calendar.

    Parameters
    ----------
    calendar
        The calendar. Solar Hijri: the 33-year rule, which agrees with the observed equinox from
        1178 to 1633; before 1304 (1925), when the months had other lengths, a day or two either
        way. Hijri: the table of Umm al-Qura from 1343 to 1500 (1924-2077) and the arithmetic
        calendar, always with a day either way, as the month begins where the moon is seen. Thai
        Buddhist: until 1940 the year began in April, so January to March of those years are
        refused.
    year, month, day
        Numbers in that calendar.

    Raises
    ------
    ValueNotUnderstood
        If there is no such date, or the year does not fit the calendar.

    References
    ----------
    Richards, E. G. (2013), "Calendars", in Explanatory Supplement to the Astronomical Almanac,
    3rd ed., ch. 15; Borkowski, K. M. (1996), "The Persian calendar for 3000 years", Earth, Moon,
    and Planets 74, 223-230.
    """
    if calendar == "gregorian":
        return PartialDate.of(year, month, day)
    if not fits(calendar, year):
        raise ValueNotUnderstood(
            f"the year {year} does not fit the {LABELS[calendar]} calendar",
            do="Set the calendar of the column, or write the era behind the year.",
        )
    if month is not None and not 1 <= month <= 12:
        raise _no_such(calendar, year, month, day)
    try:
        return _SPANS[calendar](year, month, day)
    except (ValueError, OverflowError) as error:
        if isinstance(error, ValueNotUnderstood):
            raise
        raise _no_such(calendar, year, month, day) from error


def calendar_flags(calendar: Calendar, found: PartialDate) -> tuple[str, ...]:
    """What a person should know of a date that was converted."""
    if calendar == "gregorian":
        return ()
    if calendar == "julian":
        days = {julian_lag(found.low), julian_lag(found.high)}
        shown = " or ".join(str(lag) for lag in sorted(days))
        return (f"Julian date, {shown} days earlier than Gregorian",)
    return (_HIJRI_FLAG,) if calendar == "hijri" else (f"{LABELS[calendar]} date",)


def julian_lag(day: date) -> int:
    """Days by which the Julian calendar's date of a Gregorian day is behind."""
    # Years of the Julian calendar, begun in March, so that the leap day is the last of its year.
    year = (4 * (day.toordinal() + 307) + 3) // 1461
    return year // 100 - year // 400 - 2


def _no_such(
    calendar: Calendar, year: int, month: int | None, day: int | None
) -> ValueNotUnderstood:
    shown = "-".join([f"{year:04d}", *(f"{n:02d}" for n in (month, day) if n is not None)])
    return ValueNotUnderstood(
        f"no such date: {shown} in the {LABELS[calendar]} calendar",
        do="Correct the date or leave out what is not known.",
    )


def _between(
    first: Callable[[int, int], int], year: int, month: int | None, day: int | None
) -> PartialDate:
    """Days of a calendar whose months begin on `first` (year, month), as proleptic ordinals."""
    low = first(year, month or 1)
    after = first(year, month + 1) if month and month < 12 else first(year + 1, 1)
    high = after - 1
    if day is not None:
        if not 1 <= day <= after - low:
            raise ValueError(day)
        low = high = low + day - 1
    return PartialDate(date.fromordinal(low), date.fromordinal(high))


def _julian_first(year: int, month: int) -> int:
    # Counted from March, so that the leap day is the last of its year.
    years, months = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * years + years // 4 + (153 * months + 2) // 5 - 307


def _julian(year: int, month: int | None, day: int | None) -> PartialDate:
    return _between(_julian_first, year, month, day)


def _solar_first(year: int, month: int) -> int:
    cycles, years = divmod(year - 1, 33)
    leaps = 8 * cycles + sum(leap <= years for leap in _SOLAR_LEAPS)
    return 226_895 + 365 * (year - 1) + leaps + 31 * min(month - 1, 6) + 30 * max(month - 7, 0)


def _solar(year: int, month: int | None, day: int | None) -> PartialDate:
    found = _between(_solar_first, year, month, day)
    if year >= 1304:
        return found
    return PartialDate(found.low - 2 * _DAY, found.high + 2 * _DAY)


def _tabular_first(year: int, month: int) -> int:
    return 227_015 + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2


@cache
def _mecca_first(year: int, month: int) -> int | None:
    """First day of a month by the table of Umm al-Qura; None where the table ends."""
    if year not in _TABLE_OF_MECCA:
        return None
    from hijridate import Hijri

    return Hijri(year, month, 1).to_gregorian().toordinal()


def _hijri(year: int, month: int | None, day: int | None) -> PartialDate:
    if day is not None:
        if not 1 <= day <= 30:
            raise ValueError(day)
        starts = _starts(year, month or 1)
        low, high = min(starts) + day - 1, max(starts) + day - 1
    else:
        low = min(_starts(year, month or 1))
        next_year, next_month = (year, month + 1) if month and month < 12 else (year + 1, 1)
        high = max(_starts(next_year, next_month)) - 1
    return PartialDate(date.fromordinal(low), date.fromordinal(high))


def _starts(year: int, month: int) -> tuple[int, ...]:
    """Days on which the month may have begun."""
    tabular, mecca = _tabular_first(year, month), _mecca_first(year, month)
    if mecca is None:
        return (tabular - 1, tabular + 1)
    return (mecca - 1, mecca + 1, tabular)


def _thai(year: int, month: int | None, day: int | None) -> PartialDate:
    gregorian = year - 543
    if year > 2483:
        return PartialDate.of(gregorian, month, day)
    if month is None:
        # From April to March, and read backwards by today's rule from January.
        return PartialDate(date(gregorian, 1, 1), date(gregorian + 1, 3, 31))
    if month < 4:
        raise ValueNotUnderstood(
            "until 1940 the Thai year began in April, so January to March may be of either year",
            do="Write the Gregorian date.",
        )
    return PartialDate.of(gregorian, month, day)


_SPANS: dict[Calendar, Callable[[int, int | None, int | None], PartialDate]] = {
    "julian": _julian,
    "solar_hijri": _solar,
    "hijri": _hijri,
    "thai_buddhist": _thai,
}
