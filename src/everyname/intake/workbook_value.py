"""The text of a workbook's numbers and dates, as a person sees it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

_DAY = 86_400_000
# Where the fifteen digits that a spreadsheet shows end in so many zeros, the rest of the binary
# number is noise of arithmetic; a measured number of 16 or 17 digits is kept whole.
_SHOWN, _SHORT = 15, 12
_INTEGER = re.compile(r"-?[0-9]{1,400}")
# What is no token of a format code: text, escapes, padding, colours, conditions and locales.
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.DOTALL)
_BUILT_IN_DATES = frozenset({14, 15, 16, 22, *range(27, 32), 36, *range(50, 59)})
_BUILT_IN_TIMES = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 47})
_BUILT_IN_DURATION = 46
_LAST_SERIAL = 2_958_466
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def format_kind(number: int, code: str) -> str:
    """Tell what a number format shows.

    Parameters
    ----------
    number
        Its number in the workbook.
    code
        Its code; empty for a format built in.

    Returns
    -------
    str
        ``date``, ``month`` (a date without its day), ``time``, ``duration``, ``percent``,
        ``padded`` (leading zeros) or nothing, for a plain number.
    """
    if not code:
        if number in _BUILT_IN_DATES:
            return "date"
        if number in _BUILT_IN_TIMES:
            return "time"
        if number == _BUILT_IN_DURATION:
            return "duration"
        return {9: "percent", 10: "percent", 17: "month"}.get(number, "")
    plain = _LITERAL.sub("", code.split(";", 1)[0]).casefold()
    if "general" in plain or "standard" in plain:
        return ""
    if re.search(r"\[(?:h+|m+|s+)\]", plain):
        return "duration"
    tokens = set(re.sub(r"am/pm|a/p|e[+-]", "", plain))
    if tokens & set("yd") or ("m" in tokens and not tokens & set("hs")):
        return "date" if "d" in tokens or tokens & set("hs") else "month"
    if tokens & set("hs"):
        return "time"
    if "%" in tokens:
        return "percent"
    return "padded" if re.match(r"0{2,}(?![.0,])", plain) else ""


def number_text(value: float | int) -> str:
    """Write a number: whole ones without a point, others in the fewest digits that tell them.

    Parameters
    ----------
    value
        Any number; not finite ones are written as Python does.
    """
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 1e25:
        # Past its sixteenth digit the binary number has others than anybody wrote.
        return (
            str(int(value))
            if abs(value) < 1 << 53
            else format(Decimal(repr(value)).to_integral(), "f")
        )
    shortest = repr(value)
    shown = f"{value:.{_SHOWN}g}"
    digits = shown.partition("e")[0].lstrip("-0.").replace(".", "")
    return shown if len(digits) <= _SHORT < len(shortest) else shortest


def literal_text(literal: str) -> str:
    """Write a number as it stands in the file: whole ones to the last digit.

    Raises
    ------
    ValueError
        It is no number.
    """
    if _INTEGER.fullmatch(literal):
        sign = "-" if literal.startswith("-") else ""
        digits = literal.lstrip("-").lstrip("0") or "0"
        return digits if digits == "0" else sign + digits
    value = float(literal)
    if not abs(value) < float("inf"):
        raise ValueError(literal)
    return number_text(value)


def serial_text(value: float, kind: str, *, since_1904: bool) -> str | None:
    """Write a spreadsheet's count of days as a date, a time or a duration.

    Parameters
    ----------
    value
        Days since the workbook's first day.
    kind
        ``date``, ``month``, ``time`` or ``duration``.
    since_1904
        The workbook counts from 1904-01-01 and not from 1900.

    Returns
    -------
    str or None
        ISO 8601; None for a number that no date or time is shown for.
    """
    if kind == "duration":
        return duration_text(value)
    if not 0 <= value < _LAST_SERIAL:
        return None
    days, milliseconds = divmod(round(value * _DAY), _DAY)
    clock = clock_text(milliseconds)
    if days == 0 and (kind == "time" or not since_1904):
        return clock
    day = _day(days, since_1904=since_1904)
    if day is None:
        return None
    return f"{day} {clock}" if milliseconds else day


def _day(days: int, *, since_1904: bool) -> str | None:
    if not since_1904 and days == 60:
        # Spreadsheets show a day that never was: 1900 had no 29 February.
        return "1900-02-29"
    first = dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 30 if days > 60 else 31)
    try:
        return (first + dt.timedelta(days)).isoformat()
    except OverflowError:
        return None


def clock_text(milliseconds: int) -> str:
    """Write a time of day: seconds always, thousandths where there are some."""
    seconds, rest = divmod(milliseconds, 1_000)
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{rest:03}" if rest else text


def duration_text(days: float) -> str:
    """Write a duration as hours, minutes and seconds: 36:00:00."""
    milliseconds = round(abs(days) * _DAY)
    sign = "-" if days < 0 and milliseconds else ""
    return sign + clock_text(milliseconds)


def cell_text(value: object) -> str:
    """Write a workbook's typed value as the text a person sees in it.

    Parameters
    ----------
    value
        Text, number, date, time, duration or boolean.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return number_text(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else _thousandths(value.isoformat(sep=" "))
    if isinstance(value, dt.time):
        return _thousandths(value.isoformat())
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return duration_text(value / dt.timedelta(days=1))
    return str(value)


def _thousandths(text: str) -> str:
    whole, point, rest = text.partition(".")
    return whole + point + rest.rstrip("0") if point else text


def unescaped(text: str) -> str:
    """Text in which characters that XML cannot hold were written as ``_x0001_``."""
    if "_x" not in text:
        return text
    whole = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if re.search("[\ud800-\udbff][\udc00-\udfff]", whole):
        whole = whole.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return whole
