"""Parts of a date as a text names them, and the days that they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import season as seasons
from everyname.vocabulary.calendars import LABELS, calendar_flags, fits, foreign, span
from everyname.vocabulary.partial_date import PartialDate
from everyname.vocabulary.reading import Calendar, ReadOptions

Month = tuple[Calendar | None, int]
"""Number of a month, and the calendar that its name is of; None where it is a number."""
Dated = tuple[PartialDate, tuple[str, ...]]
"""Days, and what a person should know of them."""

SET_CALENDAR = (
    'Set calendar = "solar_hijri", "hijri", "thai_buddhist" or "gregorian" for the column.'
)
NO_YEAR = "no year"
SET_YEAR = "Set year for the column, or write the year with four digits."
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateParts:
    """What one end of a date says; None and () where it says nothing.

    Parameters
    ----------
    year, until
        Year with all its digits; the second of two, in "winter 1991-92".
    short
        Year of two digits.
    months
        Month: what its name or number can mean.
    day
        Day of the month.
    season, portion
        Season 0-3; part of a period ("early").
    weekday
        Day of the week, Monday is 0.
    calendar
        Calendar named by an era mark.
    decade
        Whether the year stands for ten.
    week, yearday
        ISO week and its day (0: none); day of the year.
    flags
        What a person should know of the way it is written.
    """

    year: int | None = None
    until: int | None = None
    short: int | None = None
    months: frozenset[Month] = frozenset()
    day: int | None = None
    season: int | None = None
    portion: str = ""
    weekday: int | None = None
    calendar: Calendar | None = None
    decade: bool = False
    week: tuple[int, int] | None = None
    yearday: int | None = None
    flags: tuple[str, ...] = ()

    def filled(self, other: DateParts) -> DateParts:
        """Take from the other end of a range what this end leaves out."""
        part_only = self.portion and self.season is None and self.year is None
        months = self.months or (other.months if self.day or part_only else frozenset())
        dated = self.year is not None or self.short is not None
        return replace(
            self,
            months=months,
            year=self.year if dated else other.year,
            short=self.short if dated else other.short,
            calendar=self.calendar or other.calendar,
            flags=self.flags if dated else (*self.flags, *other.flags),
        )

    def dated(self, options: ReadOptions) -> Dated:
        """Gregorian days that the parts mean, with flags.

        Raises
        ------
        ValueNotUnderstood
            If they name no date, or could only be guessed.
        """
        if self.day is not None and not self.months:
            raise ValueNotUnderstood("a day without a month", do="Name the month.")
        year, flags = self._year(options)
        readings: list[tuple[PartialDate, Calendar]] = []
        failure: ValueNotUnderstood | None = None
        for calendar, month in self._readings(year, options):
            try:
                readings.append((self._days(calendar, year, month), calendar))
            except ValueNotUnderstood as error:
                failure = error
        if failure is not None and not readings:
            raise failure
        days, calendar = self._one(readings)
        flags = (*flags, *self.flags, *calendar_flags(calendar, days))
        if self.season is not None:
            flags = (*flags, "season")
        if self.portion:
            flags = (*flags, seasons.portion_flag(self.portion))
        if self.weekday is not None and days.low == days.high != _falls_on(days, self.weekday):
            flags = (*flags, "wrong weekday")
        return days, tuple(dict.fromkeys(flags))

    def _year(self, options: ReadOptions) -> tuple[int, tuple[str, ...]]:
        if self.year is not None:
            return self.year, ()
        if self.short is not None:
            if options.century is None:
                raise ValueNotUnderstood(
                    "the year has no four digits",
                    do="Write the year with four digits, or set century for the column.",
                )
            first = options.century
            return first + (self.short - first) % 100, ("two-digit year",)
        if options.year is None:
            raise ValueNotUnderstood(NO_YEAR, do=SET_YEAR)
        return options.year, ()

    def _readings(self, year: int, options: ReadOptions) -> Iterator[tuple[Calendar, int | None]]:
        """Calendars and months that the parts can mean in a year."""
        wanted = self.calendar or options.calendar
        if not self.months or next(iter(self.months))[0] is None:
            _check_year(wanted, year)
            yield from ((wanted or "gregorian", number) for _, number in self.months)
            if not self.months:
                yield wanted or "gregorian", None
            return
        found = {
            (calendar, number)
            for named, number in self.months
            for calendar in _calendars(named, wanted)
            if fits(calendar, year)
            and (wanted == calendar or calendar != "gregorian" or not foreign(year))
        }
        if self.calendar is not None:
            found = {pair for pair in found if _agrees(pair[0], self.calendar)}
        if not found:
            _check_year(self.calendar, year)
            raise ValueNotUnderstood(
                f"the month and the year {year} are of two calendars", do=SET_CALENDAR
            )
        yield from sorted(found)

    def _one(self, readings: list[tuple[PartialDate, Calendar]]) -> tuple[PartialDate, Calendar]:
        if len(readings) > 1 and self.weekday is not None:
            matching = [r for r in readings if r[0].low == _falls_on(r[0], self.weekday)]
            readings = matching or readings
        if len(readings) > 1:
            raise ValueNotUnderstood(
                "the month's name means different months in different languages",
                do="Write the month as a number.",
            )
        return readings[0]

    def _days(self, calendar: Calendar, year: int, month: int | None) -> PartialDate:
        if self.week is not None or self.yearday is not None:
            return self._counted(calendar, year)
        if self.season is not None:
            if month is not None:
                raise ValueNotUnderstood("a season and a month", do="Leave one of them out.")
            whole = seasons.season(calendar, self.season, year, self.until)
            return seasons.part_of_season(whole, self.portion) if self.portion else whole
        if self.until is not None:
            return PartialDate(span(calendar, year).low, span(calendar, self.until).high)
        if self.decade:
            return self._of_decade(calendar, year)
        if not self.portion:
            return span(calendar, year, month, self.day)
        if self.day is not None:
            if not self.portion.startswith("week_") or self.portion == "week_last":
                raise ValueNotUnderstood("a part of a day", do="Give the day alone.")
            return seasons.week_about(span(calendar, year, month, self.day), self.portion)
        if month is not None:
            return seasons.part_of_month(calendar, year, month, self.portion)
        return seasons.part_of_year(calendar, year, self.portion)

    def _of_decade(self, calendar: Calendar, year: int) -> PartialDate:
        shares = {"": (0, 9), "early": (0, 3), "middle": (4, 6), "late": (7, 9)}
        shares |= {"half1": (0, 4), "half2": (5, 9)}
        if self.portion not in shares:
            raise ValueNotUnderstood("a week without its month", do="Name the month.")
        first, last = shares[self.portion]
        return PartialDate(span(calendar, year + first).low, span(calendar, year + last).high)

    def _counted(self, calendar: Calendar, year: int) -> PartialDate:
        if calendar != "gregorian":
            raise ValueNotUnderstood(
                f"an ISO week or day of the year in the {LABELS[calendar]} calendar",
                do="Write year, month and day.",
            )
        try:
            if self.week is None:
                day = date.fromisoformat(f"{year:04d}-01-01") + (self.yearday or 0) * _DAY - _DAY
                return _in_year(day, year)
            week, weekday = self.week
            low = date.fromisocalendar(year, week, weekday or 1)
            return PartialDate(low, low if weekday else low + 6 * _DAY)
        except (ValueError, OverflowError) as error:
            raise ValueNotUnderstood(
                f"the year {year} has no such week or day", do="Correct the date."
            ) from error


def _in_year(day: date, year: int) -> PartialDate:
    if day.year != year:
        raise ValueError(day)
    return PartialDate(day, day)


def _check_year(wanted: Calendar | None, year: int) -> None:
    other = foreign(year) if wanted is None else ""
    if other == "Hebrew":
        raise ValueNotUnderstood(
            f"the year {year} is of the Hebrew calendar", do="Write the Gregorian date."
        )
    if other:
        raise ValueNotUnderstood(f"the year {year} fits the {other} calendar", do=SET_CALENDAR)


def _calendars(named: Calendar | None, wanted: Calendar | None) -> Iterator[Calendar]:
    """Calendars that a month's name can be of, in a column of the wanted calendar."""
    if named != "gregorian":
        yield named or wanted or "gregorian"
    elif wanted in {"julian", "thai_buddhist"}:
        yield wanted
    else:
        yield named


def _agrees(calendar: Calendar, mark: Calendar) -> bool:
    # In Iran and Afghanistan the mark of the Hijra stands behind solar years too.
    return calendar == mark or (mark == "hijri" and calendar == "solar_hijri")


def _falls_on(days: PartialDate, weekday: int) -> date | None:
    """First of the days, if it falls on a day of the week."""
    return days.low if days.low.weekday() == weekday else None
