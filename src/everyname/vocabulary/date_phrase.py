"""A date from its tokens: one day, month, year or season, or a range or choice of two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.date_end import date_end
from everyname.vocabulary.date_parts import Dated, DateParts
from everyname.vocabulary.date_token import Token
from everyname.vocabulary.partial_date import PartialDate
from everyname.vocabulary.reading import ReadOptions

_WHOLE = frozenset({"three", "spread", "compact", "isoweek", "yearday", "ym", "my"})
_AROUND = frozenset({"about", "doubt", "night", "tilde"})
_ONE_END = ValueNotUnderstood(
    "one end only of a period", do="Write both ends, such as 1992-01-01/1992-02-26."
)
_TWO_READINGS = ValueNotUnderstood(
    "a number beside a month has two readings, a day or a month",
    do="Write both ends in full, such as 1992-05/1992-06 or 1992-05-01/1992-05-06.",
)


def read_phrase(found: Sequence[Token], options: ReadOptions) -> Dated:
    """Read the tokens of a text as a date.

    Returns
    -------
    tuple
        Gregorian days, with the marks of doubt, and flags.

    Raises
    ------
    ValueNotUnderstood
        If they are no date, or could be several.
    """
    same = [at for at, token in enumerate(found) if token.kind == "same"]
    if not same:
        return _read(list(_expanded(found)), options)
    readings = [
        _read(list(_expanded(part)), options)
        for part in (found[: same[0]], found[same[0] + 1 :])
        if part
    ]
    if len(readings) != 2 or not readings[0][0].overlaps(readings[1][0]):
        raise ValueNotUnderstood(
            "the same day in two calendars, and the two do not agree", do="Correct one of them."
        )
    narrow = min(readings, key=lambda reading: reading[0].high - reading[0].low)
    return narrow[0], (*narrow[1], "given in two calendars")


def _expanded(found: Sequence[Token]) -> Iterator[Token]:
    """Tokens, with "25-26.02.1992" and "1992-02-25/26" written out as two dates."""
    for token in found:
        if token.kind == "days":
            first, last, month, year = token.numbers
            pair = [(first, month, year), (last, month, year)]
        elif token.kind == "isodays":
            year, month, first, last = token.numbers
            pair = [(year, month, first), (year, month, last)]
        else:
            yield token
            continue
        yield token._replace(kind="three", numbers=pair[0])
        yield Token("join", "")
        yield token._replace(kind="three", numbers=pair[1])


def _read(found: list[Token], options: ReadOptions) -> Dated:
    ends, kinds = _ends(found)
    if not ends:
        raise ValueNotUnderstood("no date", do="Write it as 1992-02-26, 26 February 1992 or 1992.")
    named = any(token.kind in {"month", "season"} for token in found)
    dashed = any(token.kind == "dash" for token in found)
    ends = _months_of_one_year(ends, dashed=dashed)
    parts = [date_end(end, options, named=named) for end in ends]
    if len(parts) > 2 and not all(_day_only(part) for part in parts[1:-1]):
        raise ValueNotUnderstood("more than two dates", do="Give one date or one range per cell.")
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        days, flags = first.dated(options)
        return _marked(days, flags, kinds, first)
    low, flags = first.filled(last).dated(options)
    high, more = last.filled(first).dated(options)
    if "either" in kinds:
        days = PartialDate(min(low.low, high.low), max(low.high, high.high))
        flags = (*flags, "either")
    else:
        days = PartialDate(low.low, high.high)
    if len(parts) > 2:
        _check_between(parts, days, options)
        flags = (*flags, "several dates")
    return _marked(days, tuple(dict.fromkeys((*flags, *more))), kinds)


def _months_of_one_year(ends: list[list[Token]], *, dashed: bool) -> list[list[Token]]:
    """Write out the second month of "1992-05/06", which is no day: none stands before it."""
    found = ends[:1]
    for end in ends[1:]:
        before, after = found[-1][0], end[0]
        if len(end) == len(found[-1]) == 1 and _behind_a_month(before, after):
            if before.kind != "ym" or dashed or not _later_month(before, after):
                raise _TWO_READINGS
            numbers = (before.numbers[0], after.numbers[0])
            found.append([after._replace(kind="ym", numbers=numbers)])
        else:
            found.append(end)
    return found


def _behind_a_month(before: Token, after: Token) -> bool:
    """Whether a bare number and a month with its year are joined: a day, or another month."""
    if before.kind in {"ym", "my"}:
        return _short_number(after)
    return _short_number(before) and after.kind == "my"


def _later_month(before: Token, after: Token) -> bool:
    return int(before.numbers[1]) < int(after.numbers[0]) <= 12


def _marked(
    days: PartialDate, flags: tuple[str, ...], kinds: set[str], single: DateParts | None = None
) -> Dated:
    """Add what stands around a date: marks of doubt, and the night of one day."""
    if "night" in kinds:
        flags = ("night", *flags)
        # Sources name a night by either of its two days.
        if single is not None and single.day is not None:
            days = days.widened(1)
    approximate, uncertain = bool(kinds & {"about", "tilde"}), "doubt" in kinds
    if approximate or uncertain:
        days = PartialDate(days.low, days.high, approximate, uncertain)
    return days, flags


def _check_between(parts: Sequence[DateParts], days: PartialDate, options: ReadOptions) -> None:
    """Days of a list must follow each other, or its ends are not its first and last."""
    filled = [part.filled(parts[-1]).filled(parts[0]) for part in parts]
    lows = [part.dated(options)[0].low for part in filled]
    if lows != sorted(lows) or lows[0] != days.low:
        raise ValueNotUnderstood("days out of their order", do="Give the earlier date first.")


def _day_only(part: DateParts) -> bool:
    return part.day is not None and not part.months and part.year is None and part.short is None


def _ends(found: list[Token]) -> tuple[list[list[Token]], set[str]]:
    """Tokens of each end of a range, and the kinds of what stands around them."""
    ends: list[list[Token]] = [[]]
    kinds: set[str] = set()
    for at, token in enumerate(found):
        _check(token)
        before, after = ends[-1], found[at + 1 :]
        kind = _role(token, before, after, found)
        if kind in _AROUND or kind == "either":
            kinds.add(kind)
        if kind in {"join", "either"}:
            if not before or not _dates(after):
                raise _ONE_END
            ends.append([])
        elif kind == "part":
            before.append(token)
    return [end for end in ends if end], kinds


def _check(token: Token) -> None:
    if token.kind == "foreign":
        name = token.text if token.text[0].isupper() else "another"
        raise ValueNotUnderstood(
            f"a date of {name} calendar" if name == "another" else f"a date of the {name} calendar",
            do="It is not converted: write the Gregorian date.",
        )
    if token.kind == "unclear":
        raise ValueNotUnderstood(
            "a season that differs between languages", do="Write months or a year."
        )


def _role(token: Token, before: list[Token], after: Sequence[Token], found: Sequence[Token]) -> str:
    """What a token does: it joins, stands around a date, is a part of one, or nothing."""
    kind = token.kind
    if kind in {"bound", "join", "either"}:
        others = dict(token.others)
        if kind == "bound":
            if before and "join" in others and _dates(after):
                return "join"
            raise _ONE_END
        if "filler" in others and not (before and _dates(after)):
            return ""
        return kind
    if kind in {"dash", "slash"}:
        if not before or not after:
            raise _ONE_END
        joins = _dash_joins if kind == "dash" else _slash_joins
        return "join" if joins(token, before, after, found) else ""
    if kind == "comma":
        return "join" if before and _short_number(before[-1]) and _day_next(after) else ""
    if kind == "tilde" and before and _dates(after):
        return "join"
    if kind in _AROUND:
        return kind
    return "part"


def _dates(found: Sequence[Token]) -> bool:
    return any(t.kind not in _AROUND | {"comma", "dash", "slash", "calendar"} for t in found)


def _dash_joins(
    token: Token, before: list[Token], after: Sequence[Token], found: Sequence[Token]
) -> bool:
    previous, following = before[-1], after[0]
    if _one_winter(previous, following, found):
        return False
    if previous.kind == "portion" or following.kind in {"calendar", "filler"}:
        return False
    if token.spaced and following.spaced:
        return True
    month_before = any(t.kind == "month" for t in before)
    if previous.kind == "number" and following.kind == "month":
        return month_before
    if previous.kind == "month" and following.kind == "number":
        return len(after) > 1 and after[1].kind == "month" and len(following.numbers[0]) < 3
    return True


def _slash_joins(
    token: Token, before: list[Token], after: Sequence[Token], found: Sequence[Token]
) -> bool:
    previous, following = before[-1], after[0]
    if _one_winter(previous, following, found):
        return False
    if _short_number(previous) and _short_number(following):
        return any(t.kind == "month" for t in found)
    if "month" in {previous.kind, following.kind} and not token.spaced:
        years = any(t.kind in _WHOLE or len(t.numbers[0]) == 4 for t in before if t.numbers)
        return years and any(t.kind == "month" for t in before)
    return True


def _one_winter(previous: Token, following: Token, found: Sequence[Token]) -> bool:
    """Whether two years, with one season, are those of one winter."""
    if previous.kind != "number" or following.kind != "number":
        return False
    if len(previous.numbers[0]) != 4 or len(following.numbers[0]) not in {2, 4}:
        return False
    return sum(token.kind == "season" for token in found) == 1


def _short_number(token: Token) -> bool:
    return token.kind == "number" and len(token.numbers[0]) <= 2


def _day_next(after: Sequence[Token]) -> bool:
    return bool(after) and _short_number(after[0]) and 1 <= int(after[0].numbers[0]) <= 31
