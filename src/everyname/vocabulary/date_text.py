"""Dates as lists write them, read without guessing the order of day and month."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.cell import ascii_digits, is_unknown, tidy
from everyname.vocabulary.code_list import folded
from everyname.vocabulary.month_name import joined_months, month_number
from everyname.vocabulary.partial_date import PartialDate
from everyname.vocabulary.reading import UNKNOWN, DateOrder, Reading, refuse
from everyname.vocabulary.word_set import word_set

LONGEST = 200

_ABOUT = re.compile(
    r"^(?:~|≈|(?:c|ca|circa|about|around|approx|approximately|vers|environ|hacia|alrededor de"
    r"|около|примерно|приблизно|близько|yaklaşık|təxminən|təqribən|حوالي|نحو|մոտ)\b\.?)\s*"
)
_DOUBT = re.compile(r"\s*(?:\(\?\)|\?+)$")
_TIME = re.compile(
    r"(?:(?<=[0-9])t|[ ,]+)([0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?)"
    r"(\s*[ap]\.?m\.?)?(\s*(?:z|[+-][0-9]{2}:?[0-9]{2}))?$"
)
_NIGHT = re.compile(
    r"^(?:(?:on |in )?the )?"
    r"(?:night of|nuit du|la noche del?|noche del?|(?:в )?ночь на|(?:в )?ночь с"
    r"|ніч на|ніч з|ليلة)\s+(?:the )?"
)
_THREE = re.compile(r"([0-9]{1,4})\s?([./\-\s،,])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,4})\.?")
_DAYS = re.compile(r"([0-9]{1,2})\s?[-–—]\s?([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[./\-]([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[./\-]([0-9]{1,2})")
_COMPACT = re.compile(r"(1[0-9]{3}|20[0-9]{2})([0-9]{2})([0-9]{2})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPLIT = re.compile(
    r"\s*[–—]\s*|\s+-\s+|(?<=[^\W\d_])-(?=[^\W_])|(?<=[0-9])-(?=[0-9])|\s+(?:to|until|till|through|and|au"
    r"|al|по|на|до|ila|إلى|الى)\s+"
)
_WORD = re.compile(r"[0-9]+|[^\W\d]+")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|er|ère|º|ª|-?го|-?е|-?є)\b")
_FILLER_WORDS = """
of the on in year de del du le la el año год года году г гг року рік р yıl yılı il ili ci cı
cu cü من عام سنة في թ թվական թվականի monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun from between с з
"""
_FILLERS = frozenset(map(folded, word_set(_FILLER_WORDS)))
_TIME_DROPPED = "time dropped"


def parse_date(text: str, order: DateOrder | None = None) -> Reading:
    """Read a date as lists write it, and give it as EDTF text.

    Parameters
    ----------
    text
        A date in numbers (digits of any script) or with the month in words, a month, a year, a
        range of them, "night of 25-26 February 1992", or EDTF.
    order
        Order of day, month and year in dates written as numbers. Without it, a date that can be
        read in two ways is rejected.

    Returns
    -------
    Reading
        Canonical EDTF text with flags ("time dropped", "approximate", "uncertain", "night"), or
        the reason for the rejection. Never raises.
    """
    tidied = tidy(text)
    if not tidied:
        return Reading()
    if is_unknown(tidied):
        return Reading(UNKNOWN, "unknown")
    if len(tidied) > LONGEST:
        return refuse(f"{len(tidied)} characters are too many for a date: check the column")
    try:
        day, flags = _parse(ascii_digits(tidied), order)
    except ValueNotUnderstood as error:
        return refuse(str(error))
    marks = [name for name in ("approximate", "uncertain") if getattr(day, name)]
    return Reading(day.edtf, flags=(*flags, *marks))


def _parse(text: str, order: DateOrder | None) -> tuple[PartialDate, tuple[str, ...]]:
    try:
        return PartialDate.from_edtf(text), ()
    except ValueNotUnderstood as error:
        if error.found.startswith(("no such", "the interval")):
            raise
    lower = text.casefold().replace("i̇", "i")
    rest, approximate = _without(_ABOUT, lower)
    rest, uncertain = _without(_DOUBT, rest)
    rest, night = _without(_NIGHT, rest)
    rest, flags = _without_time(rest)
    found = _numeric(rest, order) or _in_words(rest, text)
    if night:
        flags = (*flags, "night")
        if found.exact:
            found = _day_around(found)
    return replace(found, approximate=approximate, uncertain=uncertain), flags


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    shorter = pattern.sub("", text, count=1)
    return shorter, shorter != text


def _without_time(text: str) -> tuple[str, tuple[str, ...]]:
    found = _TIME.search(text)
    if found is None:
        return text, ()
    # A spreadsheet writes a plain date as midnight: nothing is lost with that.
    midnight = not found[1].strip("0:.,") and not (found[2] or found[3])
    return text[: found.start()], () if midnight else (_TIME_DROPPED,)


def _day_around(found: PartialDate) -> PartialDate:
    """Widen a single night to the days on either side: sources name either of its two days."""
    one = timedelta(days=1)
    low = found.low - one if found.low > date.min else found.low
    high = found.high + one if found.high < date.max else found.high
    return PartialDate(low, high)


def _numeric(text: str, order: DateOrder | None) -> PartialDate | None:
    if found := _THREE.fullmatch(text):
        return _three_numbers(found[1], found[3], found[4], order)
    if found := _DAYS.fullmatch(text):
        last = _three_numbers(found[2], found[3], found[4], order)
        return PartialDate(_three_numbers(found[1], found[3], found[4], order).low, last.high)
    if found := _MONTH_YEAR.fullmatch(text):
        return PartialDate.of(int(found[2]), int(found[1]))
    if found := _YEAR_MONTH.fullmatch(text):
        return PartialDate.of(int(found[1]), int(found[2]))
    if found := _COMPACT.fullmatch(text):
        return PartialDate.of(int(found[1]), int(found[2]), int(found[3]))
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) and len(text) != 4:
        raise _refused(text, "a bare number is no date", "Export the column as dates, not serials.")
    halves = re.split(r"\s+-\s+|\s*[–—]\s*", text)
    if len(halves) == 2 and all(_THREE.fullmatch(half) for half in halves):
        starts, ends = (_numeric(half, order) for half in halves)
        if starts and ends:
            return PartialDate(starts.low, ends.high)
    return None


def _three_numbers(first: str, second: str, third: str, order: DateOrder | None) -> PartialDate:
    if len(first) == 4:
        if len(third) > 2:
            raise _refused(f"{first} {second} {third}", "two years in one date", "Correct it.")
        return PartialDate.of(int(first), int(second), int(third))
    shown = f"{first}.{second}.{third}"
    if len(third) != 4:
        raise _refused(shown, "the year has no four digits", "Write the year with four digits.")
    a, b, year = int(first), int(second), int(third)
    if order in {"dmy", "mdy"}:
        day, month = (a, b) if order == "dmy" else (b, a)
        if month > 12:
            raise _refused(shown, f"{month} is no month in the order {order}", _CORRECT_ORDER)
        return PartialDate.of(year, month, day)
    if a <= 12 and b <= 12 and a != b:
        raise _refused(shown, "day and month cannot be told apart", _CORRECT_ORDER)
    return PartialDate.of(year, min(a, b), max(a, b))


_CORRECT_ORDER = 'Set order = "dmy" or "mdy" for the column as its source writes dates.'


def _refused(text: str, found: str, do: str) -> ValueNotUnderstood:
    return ValueNotUnderstood(f"{text[:60]!r}: {found}", do=do)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Year, month and day as far as one half of a range names them."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def filled(self, other: _Parts) -> _Parts:
        """Take month and year from the other half where this half leaves them out."""
        month = self.month or (other.month if self.day else None)
        return _Parts(self.year or other.year, month, self.day)

    def date(self, text: str) -> PartialDate:
        if self.year is None:
            raise _refused(text, "no year of four digits", "Write the year with four digits.")
        if self.day is not None and self.month is None:
            raise _refused(text, "a day without a month", "Name the month.")
        return PartialDate.of(self.year, self.month, self.day)


def _in_words(text: str, shown: str) -> PartialDate:
    plain = joined_months(_ORDINAL.sub("", text))
    dashed = re.sub(r"(?<=[0-9])-(?=[^\W\d])|(?<=[^\W\d])-(?=[0-9]{2,4}\b(?!\s))", " ", plain)
    halves = [_words(half, shown) for half in _SPLIT.split(dashed)]
    if len(halves) > 2:
        raise _refused(shown, "more than two dates", "Give one date or one range per cell.")
    first, last = halves[0], halves[-1]
    low, high = first.filled(last).date(shown), last.filled(first).date(shown)
    return PartialDate(low.low, high.high)


def _words(half: str, shown: str) -> _Parts:
    parts = _Parts()
    for word in _WORD.findall(half):
        if word.isdecimal():
            name = "year" if len(word) == 4 else "day"
            number = int(word)
            if len(word) == 3 or len(word) > 4 or (name == "day" and not 1 <= number <= 31):
                raise _refused(shown, f"{word} is no day and no year of four digits", _AS_EXAMPLE)
        elif (month := month_number(word)) is not None:
            name, number = "month", month
        elif folded(word) in _FILLERS or not folded(word):
            continue
        else:
            raise _refused(shown, f"{word!r} is no month", _AS_EXAMPLE)
        if getattr(parts, name) is not None:
            raise _refused(shown, f"two numbers or words for the {name}", _AS_EXAMPLE)
        parts = replace(parts, **{name: number})
    if parts == _Parts():
        raise _refused(shown, "no date", _AS_EXAMPLE)
    return parts


_AS_EXAMPLE = "Write it as 1992-02-26, 26 February 1992, February 1992 or 1992."
