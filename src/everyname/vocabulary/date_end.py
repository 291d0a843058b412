"""One end of a date: what its tokens say of year, month and day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.calendars import fits
from everyname.vocabulary.date_number import SET_ORDER, three_numbers, two_numbers
from everyname.vocabulary.date_parts import DateParts, Month
from everyname.vocabulary.date_token import Token
from everyname.vocabulary.reading import Calendar, ReadOptions

_AS_EXAMPLE = "Write it as 1992-02-26, 26 February 1992, February 1992 or 1992."
_UNITS = {
    **dict.fromkeys("年년", "year"),
    **dict.fromkeys("月월", "month"),
    **dict.fromkeys("日号號일", "day"),
}


def date_end(found: Sequence[Token], options: ReadOptions, *, named: bool) -> DateParts:
    """Put together what the tokens of one end say.

    Parameters
    ----------
    found
        Tokens between the joints of the text.
    options
        Order, year and century of the column.
    named
        Whether the text names a month or a season anywhere.

    Raises
    ------
    ValueNotUnderstood
        If they contradict each other, or could be read in two ways.
    """
    fields: dict[str, Any] = {}
    numbers: list[tuple[int, Token]] = []
    base: Token | None = None
    for at, token in enumerate(found):
        if token.kind == "number":
            numbers.append((at, token))
        elif token.kind == "era":
            base = token
        else:
            _add(fields, _read(token, found, options, base))
    if base is not None and "flags" not in fields:
        raise ValueNotUnderstood("an era without its year", do=_AS_EXAMPLE)
    months = [at for at, token in enumerate(found) if token.kind == "month"]
    if numbers:
        _add(
            fields, _numbered(fields, numbers, months[0] if months else None, options, named=named)
        )
    return DateParts(**fields)


def _read(
    token: Token, found: Sequence[Token], options: ReadOptions, base: Token | None
) -> dict[str, Any]:
    """Fields of `DateParts` that one token gives."""
    if token.kind in {"three", "spread"}:
        return _said(three_numbers(token.numbers, options.date_order, options.century))
    if token.kind == "cjk":
        return _cjk(token, base)
    if token.kind == "dm":
        return _said(_two(token.numbers, options))
    if token.kind == "ym":
        return _year_month(token, any(t.kind == "season" for t in found))
    if token.kind == "filler":
        calendars = [value for kind, value in token.others if kind == "calendar"]
        years = [int(t.numbers[0]) for t in found if t.kind == "number"]
        if calendars and any(fits(cast("Calendar", calendars[0]), year) for year in years):
            return {"calendar": calendars[0]}
        return {}
    reader = _SIMPLE.get(token.kind)
    if reader is None:
        raise ValueNotUnderstood("words that are no date", do=_AS_EXAMPLE)
    return reader(token)


def _month(number: str) -> frozenset[Month]:
    return frozenset({(None, int(number))}) if int(number) else frozenset()


def _week(token: Token) -> dict[str, Any]:
    year, week, *rest = token.numbers
    weekday = rest[0] if rest else week[2:]
    return {"year": int(year), "week": (int(week[:2]), int(weekday or 0))}


def _compact(token: Token) -> dict[str, Any]:
    digits = token.numbers[0]
    return _said(three_numbers((digits[:4], digits[4:6], digits[6:]), None, None))


def _decade(token: Token) -> dict[str, Any]:
    digits = token.numbers[0]
    return {"decade": True, "year" if len(digits) == 4 else "short": int(digits)}


_SIMPLE: Mapping[str, Callable[[Token], dict[str, Any]]] = {
    "month": lambda token: {"months": frozenset(token.months)},
    "season": lambda token: {"season": int(token.text)},
    "portion": lambda token: {"portion": token.text},
    "weekday": lambda token: {"weekday": int(token.text)},
    "calendar": lambda token: {"calendar": token.text},
    "my": lambda token: {"year": int(token.numbers[1]), "months": _month(token.numbers[0])},
    "isoweek": _week,
    "compact": _compact,
    "decade": _decade,
    "short": lambda token: {"short": int(token.numbers[0])},
    "yearday": lambda token: {"year": int(token.numbers[0]), "yearday": int(token.numbers[1])},
    "comma": lambda _token: {},
}


def _said(parts: DateParts) -> dict[str, Any]:
    fields = {name: getattr(parts, name) for name in ("year", "short", "months", "day")}
    return {name: value for name, value in fields.items() if value not in {None, frozenset()}}


def _cjk(token: Token, base: Token | None) -> dict[str, Any]:
    number, unit = int(token.numbers[0]), _UNITS[token.text[-1]]
    if unit == "month":
        return {"months": _month(token.numbers[0])}
    if unit == "day":
        return {"day": number}
    if base is not None and len(token.numbers[0]) < 4:
        return {"year": int(base.numbers[0]) + number, "flags": (base.text,)}
    if len(token.numbers[0]) == 4:
        return {"year": number}
    if len(token.numbers[0]) == 2:
        return {"short": number}
    raise ValueNotUnderstood(f"{number} is no year of four digits", do=_AS_EXAMPLE)


def _year_month(token: Token, of_season: bool) -> dict[str, Any]:  # noqa: FBT001
    year, month = int(token.numbers[0]), int(token.numbers[1])
    digits = len(token.numbers[1])
    follows = (year + 1) % 10**digits == month
    if follows and "." not in token.text and (of_season or month > 12):
        return {"year": year, "until": year + 1}
    return {"year": year, "months": _month(token.numbers[1])}


def _two(numbers: Sequence[str], options: ReadOptions) -> DateParts:
    """Read two numbers: day and month, or month and a year of two digits."""
    a, b = int(numbers[0]), int(numbers[1])
    if b > 31 and 1 <= a <= 12:
        return DateParts(short=b, months=_month(numbers[0]))
    if options.year is None and options.century is not None and a <= 12 and len(numbers[1]) == 2:
        raise ValueNotUnderstood(
            "day and month, or month and year", do="Write the year with four digits."
        )
    return two_numbers(a, b, options.date_order)


def _add(fields: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name in more:
        if name in fields and name not in {"flags", "decade"}:
            raise _twice(name)
    fields.update(more)


def _twice(name: str) -> ValueNotUnderstood:
    shown = {"months": "month", "short": "year", "calendar": "era"}.get(name, name)
    return ValueNotUnderstood(f"two numbers or words for the {shown}", do=_AS_EXAMPLE)


def _numbered(
    said: Mapping[str, Any],
    numbers: Sequence[tuple[int, Token]],
    month_at: int | None,
    options: ReadOptions,
    *,
    named: bool,
) -> dict[str, Any]:
    """Settle which of the free numbers are the year and the day."""
    small: list[tuple[int, str]] = []
    fields: dict[str, Any] = {}
    for at, token in numbers:
        digits = token.numbers[0]
        if len(digits) == 4:
            another = "year" in said or "year" in fields
            _add(fields, {"until" if another and "season" in said else "year": int(digits)})
        elif len(digits) > 2:
            raise ValueNotUnderstood(
                f"{digits[:12]} is no day and no year of four digits", do=_AS_EXAMPLE
            )
        else:
            small.append((at, digits))
    if not small:
        return fields
    known = {**said, **fields}
    if len(small) == 2 and not named and not {"year", "months"} & known.keys():
        _add(fields, _said(_two([digits for _, digits in small], options)))
    else:
        _add(fields, _small(known, small, month_at, options))
    return fields


def _small(
    known: Mapping[str, Any],
    small: Sequence[tuple[int, str]],
    month_at: int | None,
    options: ReadOptions,
) -> dict[str, Any]:
    """Settle the numbers of one or two digits."""
    first = int(small[0][1])
    if len(small) == 1:
        if {"season", "year"} <= known.keys() and "until" not in known:
            year: int = known["year"]
            if (year + 1) % 100 != first:
                raise ValueNotUnderstood("two years that are not one winter", do="Write months.")
            return {"until": year + 1}
        return _single(known, small[0], month_at, options)
    if len(small) > 2 or month_at is None or {"year", "short", "day"} & known.keys():
        raise _twice("day")
    second = int(small[1][1])
    if second > 31 or small[0][0] > month_at or options.date_order in {"dmy", "mdy"}:
        day, year = first, second
    elif first > 31 or options.date_order == "ymd":
        day, year = second, first
    else:
        raise ValueNotUnderstood("day and year cannot be told apart", do=SET_ORDER)
    return {"day": _day(day), "short": year}


def _single(
    known: Mapping[str, Any], number: tuple[int, str], month_at: int | None, options: ReadOptions
) -> dict[str, Any]:
    at, value = number[0], int(number[1])
    dated = bool({"year", "short"} & known.keys())
    if "day" in known or (not dated and value > 31):
        if dated:
            raise _twice("day")
        return {"short": value}
    if dated or month_at is None or at < month_at:
        return {"day": _day(value)} if value else {}
    # "Feb 12" is a day, or a month of the year 12.
    if options.century is not None:
        if options.year is not None:
            raise ValueNotUnderstood("a day or a year of two digits", do=_AS_EXAMPLE)
        return {"short": value}
    return {"day": _day(value)}


def _day(number: int) -> int:
    if not 1 <= number <= 31:
        raise ValueNotUnderstood(f"{number} is no day and no year of four digits", do=_AS_EXAMPLE)
    return number
