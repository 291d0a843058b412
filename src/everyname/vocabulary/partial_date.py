"""A date as far as it is known: an interval of days, never an invented day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from everyname.errors import ValueNotUnderstood

_SIDE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[?~%]?)"
)
_MARKS = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to lie between two days, both included.

    Parameters
    ----------
    low, high
        First and last possible day.
    approximate
        The source gives the date as approximate (EDTF ``~``).
    uncertain
        The source doubts the date (EDTF ``?``).

    Raises
    ------
    ValueNotUnderstood
        If `high` lies before `low`.

    References
    ----------
    ISO 8601-2:2019, annex on the Extended Date/Time Format, level 1 (the part used here:
    years, months, days, the marks ``? ~ %``, closed intervals, unspecified digits and seasons).
    """

    low: date
    high: date
    approximate: bool = False
    uncertain: bool = False

    def __post_init__(self) -> None:
        if self.high < self.low:
            raise ValueNotUnderstood(
                f"the interval ends ({self.high}) before it begins ({self.low})",
                do="Give the earlier date first.",
            )

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        """Build the interval of a year, a month or a day.

        Raises
        ------
        ValueNotUnderstood
            If there is no such date.
        """
        try:
            if month is None:
                return cls(date(year, 1, 1), date(year, 12, 31))
            if day is None:
                first = date(year, month, 1)
                return cls(first, first.replace(day=calendar.monthrange(year, month)[1]))
            only = date(year, month, day)
        except ValueError as error:
            parts = "-".join(f"{n:02d}" for n in (month, day) if n is not None)
            parts = f"{year:04d}-{parts}".rstrip("-")
            raise ValueNotUnderstood(
                f"no such date: {parts}", do="Correct the date or leave out what is not known."
            ) from error
        return cls(only, only)

    @classmethod
    def from_edtf(cls, text: str) -> PartialDate:
        """Read EDTF text, such as ``1992-02-26``, ``1992-03~`` or ``1992-02-25/1992-02-26``.

        Raises
        ------
        ValueNotUnderstood
            If the text is not of the part of EDTF used here, or there is no such date.
        """
        sides = [cls._side(side, text) for side in text.split("/")]
        if len(sides) > 2:
            raise _not_edtf(text)
        return cls(
            sides[0].low,
            sides[-1].high,
            any(side.approximate for side in sides),
            any(side.uncertain for side in sides),
        )

    @classmethod
    def _side(cls, side: str, whole: str) -> PartialDate:
        found = _SIDE.fullmatch(side)
        if found is None:
            raise _not_edtf(whole)
        year, month, day = found["year"], found["month"], found["day"]
        if "X" in year and month is not None:
            raise _not_edtf(whole)
        if month == "XX" and day not in {None, "XX"}:
            raise _not_edtf(whole)
        if day is None and (number := _known(month)) is not None and number > 12:
            first = last = _season(int(year), number)
        else:
            first = cls.of(int(year.replace("X", "0")), _known(month), _known(day))
            last = first if "X" not in year else cls.of(int(year.replace("X", "9")))
        return cls(first.low, last.high, *_MARKS[found["mark"]])

    @property
    def edtf(self) -> str:
        """EDTF text, the shortest that has this interval."""
        mark = ("", "?", "~", "%")[2 * self.approximate + self.uncertain]
        low, high = self.low, self.high
        starts_year = (low.month, low.day) == (1, 1)
        if starts_year and (high.month, high.day) == (12, 31):
            first, last = f"{low.year:04d}", f"{high.year:04d}"
        elif low.day == 1 and high.day == calendar.monthrange(high.year, high.month)[1]:
            first, last = low.isoformat()[:7], high.isoformat()[:7]
        else:
            first, last = low.isoformat(), high.isoformat()
        return f"{first}{mark}" if first == last else f"{first}{mark}/{last}{mark}"

    @property
    def exact(self) -> bool:
        """Whether the date is one day, without a mark of doubt."""
        return self.low == self.high and not (self.approximate or self.uncertain)

    def widened(self, days: int) -> PartialDate:
        """Interval with some days more on either side, as far as the calendar goes."""
        before = min(days, (self.low - date.min).days)
        after = min(days, (date.max - self.high).days)
        low, high = self.low - timedelta(before), self.high + timedelta(after)
        return PartialDate(low, high, self.approximate, self.uncertain)

    def overlaps(self, other: PartialDate) -> bool:
        """Whether both can be the same day."""
        return self.low <= other.high and other.low <= self.high

    def within(self, other: PartialDate) -> bool:
        """Whether every day of this date lies in the other."""
        return other.low <= self.low and self.high <= other.high

    def days_apart(self, other: PartialDate) -> tuple[int, int]:
        """Smallest and largest possible distance, in days."""
        farthest = max((self.high - other.low).days, (other.high - self.low).days)
        gap = max((self.low - other.high).days, (other.low - self.high).days)
        return max(gap, 0), farthest


_SEASONS = {21: 3, 22: 6, 23: 9, 25: 3, 26: 6, 27: 9, 29: 9, 31: 3, 32: 6}
_WINTERS = (24, 28, 30)


def _season(year: int, number: int) -> PartialDate:
    """Days of an EDTF season: 21-24 spring to winter, 25-28 northern, 29-32 southern."""
    if number in _WINTERS:
        return winter(year)
    if number not in _SEASONS:
        return PartialDate.of(year, number)
    first = _SEASONS[number]
    return PartialDate(PartialDate.of(year, first).low, PartialDate.of(year, first + 2).high)


def winter(year: int) -> PartialDate:
    """Days of the winter of one year, which may end or begin in it.

    Raises
    ------
    ValueNotUnderstood
        If the year is the first or the last that can be written.
    """
    first, last = PartialDate.of(year - 1, 12), PartialDate.of(year + 1, 2)
    return PartialDate(first.low, last.high)


def _known(part: str | None) -> int | None:
    return None if part is None or part == "XX" else int(part)


def _not_edtf(text: str) -> ValueNotUnderstood:
    return ValueNotUnderstood(
        f"{text[:60]!r} is not a date of the kind 1992-02-26, 1992-03~ or 1992-02-25/1992-02-26",
        do="Write year, month, day in that order and leave out what is not known.",
    )
