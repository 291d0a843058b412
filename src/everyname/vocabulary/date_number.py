"""Dates written as numbers: the order of day, month and year is told or asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.date_parts import DateParts
from everyname.vocabulary.reading import DateOrder

SET_ORDER = 'Set order = "dmy" or "mdy" for the column as its source writes dates.'
_FOUR_DIGITS = ValueNotUnderstood(
    "the year has no four digits",
    do="Write the year with four digits, or set century for the column.",
)


def three_numbers(
    numbers: Sequence[str], order: DateOrder | None, century: int | None
) -> DateParts:
    """Read three numbers as a date; "0" is an unknown day or month.

    Parameters
    ----------
    numbers
        The digits of each, as they stand.
    order
        Order of the column.
    century
        First of the hundred years of years of two digits; None to reject them.

    Raises
    ------
    ValueNotUnderstood
        If they are no date, or could be two.
    """
    a, b, c = (int(number) for number in numbers)
    lengths = [len(number) for number in numbers]
    if lengths[0] == 4:
        if lengths[2] > 2:
            raise ValueNotUnderstood("two years in one date", do="Correct it.")
        return _parts(a, b, c)
    if lengths[2] == 4:
        return _year_last(a, b, c, order)
    if lengths[0] > 2 or lengths[2] > 2:
        raise _FOUR_DIGITS
    return _short(a, b, c, order, century, lengths)


def _year_last(a: int, b: int, year: int, order: DateOrder | None) -> DateParts:
    if order in {"dmy", "mdy"}:
        day, month = (a, b) if order == "dmy" else (b, a)
        if month > 12:
            raise ValueNotUnderstood(f"{month} is no month in the order {order}", do=SET_ORDER)
        return _parts(year, month, day)
    # An unknown month beside a known day is nobody's meaning: the zero is the day.
    if a == 0 or b == 0:
        return _parts(year, a or b, 0) if max(a, b) <= 12 else _parts(year, 0, max(a, b))
    if a <= 12 and b <= 12 and a != b:
        raise ValueNotUnderstood("day and month cannot be told apart", do=SET_ORDER)
    return _parts(year, min(a, b), max(a, b))


def _short(
    a: int, b: int, c: int, order: DateOrder | None, century: int | None, lengths: Sequence[int]
) -> DateParts:
    if century is None:
        raise _FOUR_DIGITS
    found = {
        (year, month, day)
        for year, month, day, length in _orders(a, b, c, order, lengths)
        if month <= 12 and day <= 31 and length == 2
    }
    if not found:
        raise ValueNotUnderstood("no such date", do=SET_ORDER)
    if len(found) > 1:
        raise ValueNotUnderstood("day, month and year cannot be told apart", do=SET_ORDER)
    year, month, day = found.pop()
    return _parts(None, month, day, short=year)


def _orders(
    a: int, b: int, c: int, order: DateOrder | None, lengths: Sequence[int]
) -> Iterator[tuple[int, int, int, int]]:
    if order in {None, "dmy"}:
        yield c, b, a, lengths[2]
    if order in {None, "mdy"}:
        yield c, a, b, lengths[2]
    if order in {None, "ymd"}:
        yield a, b, c, lengths[0]


def two_numbers(a: int, b: int, order: DateOrder | None) -> DateParts:
    """Read two numbers as day and month.

    Raises
    ------
    ValueNotUnderstood
        If they are none, or could be two.
    """
    if order == "dmy" or (order is None and a > 12) or a == b:
        day, month = a, b
    elif order is not None or b > 12:
        day, month = b, a
    else:
        raise ValueNotUnderstood("day and month cannot be told apart", do=SET_ORDER)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise ValueNotUnderstood("no day and month", do="Write the year with four digits.")
    return DateParts(months=frozenset({(None, month)}), day=day)


def _parts(year: int | None, month: int, day: int, *, short: int | None = None) -> DateParts:
    if not month and day:
        raise ValueNotUnderstood("a day without a month", do="Name the month.")
    months = frozenset({(None, month)}) if month else frozenset()
    return DateParts(year=year, short=short, months=months, day=day or None)
