"""Tokens of a date's text: numbers that belong together, words by their meaning, dashes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.date_letters import WORD, plain
from everyname.vocabulary.date_word import cldr_weekdays, date_words
from everyname.vocabulary.month_name import (
    Meaning,
    cldr_months,
    foreign_months,
    month_meanings,
    own_months,
)

_ROMAN = dict(
    zip(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
        map(str, range(1, 13)),
        strict=True,
    )
)
_ROMANS = "|".join(sorted(_ROMAN, key=len, reverse=True))
_HOLE = r"x{1,2}|_{1,2}|\?{1,2}"
_NUMERIC = rf"""
  (?P<isoweek>[0-9]{{4}}-?w[0-9]{{2}}(?:-?[1-7])?)(?![0-9])
| (?P<yearday>[0-9]{{4}}-[0-9]{{3}})(?![0-9])
| (?P<days>[0-9]{{1,2}}\s?[-~/]\s?[0-9]{{1,2}}(?P<daysep>[./])[0-9]{{1,2}}(?P=daysep)
    (?:[0-9]{{4}}|[0-9]{{2}}))(?![0-9])
| (?P<isodays>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}/[0-9]{{2}})(?![-0-9])
| (?P<three>(?:[0-9]{{1,4}}|{_HOLE})\s?(?P<sep>[./\-])\s?(?:[0-9]{{1,2}}|{_ROMANS}|{_HOLE})\s?
    (?P=sep)\s?(?:[0-9]{{1,4}}|x{{4}}|_{{4}}))(?![0-9])
| (?P<spread>[0-9]{{1,2}}(?P<gap>,?\s|,)(?:[0-9]{{1,2}}|{_ROMANS})(?P=gap)[0-9]{{4}}
    |[0-9]{{4}}(?P<gap2>,?\s|,)(?:[0-9]{{1,2}}|{_ROMANS})(?P=gap2)[0-9]{{1,2}})(?![0-9])
| (?P<ym>[0-9]{{4}}\s?[./\-][0-9]{{1,2}})(?![0-9])
| (?P<my>[0-9]{{1,2}}[./\-][0-9]{{4}})(?![0-9])
| (?P<compact>(?:1[0-9]{{3}}|20[0-9]{{2}})[0-9]{{4}})(?![0-9])
| (?P<decade>(?:(?:1[0-9]|20)?[0-9]0)\s?(?:'?s|-?(?:е|х|ые|ых|ти|і|er|erne))(?!\w))
| (?P<cjk>[0-9]{{1,4}}\s?[年月日号號년월일])
| (?P<dm>[0-9]{{1,2}}\.[0-9]{{1,2}})(?![0-9])
| (?P<short>'[0-9]{{2}})(?![0-9])
| (?P<number>[0-9]+)(?:(?:st|nd|rd|th|ere?|e|o|º|ª|a|-?(?:го|е|є|и))(?!\w))?
"""
# What is commonest is tried first; the numeric forms only where one can begin.
_TOKEN = rf"""
  (?P<ignored>[.()\[\]";:\s]|'(?![0-9]{{2}}))
| (?P<word>(?!x{{1,2}}\s?[./\-]){WORD})
| (?=[0-9x_?'])(?:{_NUMERIC})
| (?P<bound><|>|≤|≥|…)
| (?P<dash>-)
| (?P<slash>/)
| (?P<comma>,)
| (?P<join>&)
| (?P<doubt>\?+)
| (?P<tilde>~|≈)
| (?P<odd>.)"""
_SEVERAL_DOTS = re.compile(r"\.\.+")
_CAPITAL_TEN = re.compile(r"(?<=[0-9][./\- ])X(?=[./\- ][0-9])")
_NUMBER = re.compile(r"[0-9]+")
_PIECE = re.compile(rf"[0-9]+|x{{2,4}}|{_ROMANS}|_+|\?+")
_ERAS = {
    "昭和": ("1925", "Japanese era year"),
    "平成": ("1988", "Japanese era year"),
    "令和": ("2018", "Japanese era year"),
    "大正": ("1911", "Japanese era year"),
    "民國": ("1911", "Minguo year"),
    "民国": ("1911", "Minguo year"),
    "中華民國": ("1911", "Minguo year"),
    "中华民国": ("1911", "Minguo year"),
}


class Token(NamedTuple):
    """One thing that a text says.

    Parameters
    ----------
    kind
        What it is: "month", "weekday", "join", "number", "three"...
    text
        As it stands, in plain letters; of a word, its value ("winter" of a season is "3").
    numbers
        Its numbers as digits; an unknown part of a date is "0".
    months
        Of a month's name: what it can mean.
    spaced
        Whether a blank stands before it.
    others
        Further kinds that the word can be, with their values.
    """

    kind: str
    text: str
    numbers: tuple[str, ...] = ()
    months: frozenset[Meaning] = frozenset()
    spaced: bool = False
    others: tuple[tuple[str, str], ...] = ()


def tokens(text: str) -> list[Token]:
    """Cut the text of a date, whose digits are 0-9 and whose times are gone, into tokens.

    Raises
    ------
    ValueNotUnderstood
        If it holds a word or a character that belongs to no date.
    """
    raw = _raw(plain(_CAPITAL_TEN.sub("10", text)).replace("元年", "1年"))
    found: list[Token] = []
    at = 0
    while at < len(raw):
        token = raw[at]
        used = 1
        if token.kind == "word":
            token, used = _named(raw, at)
        at += used
        if token.kind != "filler" or token.others:
            found.append(token)
        elif found and found[-1].kind == "dash" and not (found[-1].spaced or token.spaced):
            # A suffix: "1992-ci il".
            found.pop()
    return found


def _raw(text: str) -> list[Token]:
    found: list[Token] = []
    spaced = False
    if ".." in text:
        text = _SEVERAL_DOTS.sub("…", text)
    for match in _token_pattern().finditer(text):
        kind = match.lastgroup or ""
        if kind == "ignored":
            spaced = spaced or match[0].isspace()
            continue
        if kind == "odd":
            raise ValueNotUnderstood(
                f"{match[0]!r} belongs to no date", do="Keep nothing but the date in the column."
            )
        whole = match[0]
        if kind in {"three", "spread"}:
            numbers = tuple(_digits(piece) for piece in _PIECE.findall(whole))
        else:
            numbers = tuple(_NUMBER.findall(whole))
        found.append(Token(kind, whole, numbers, spaced=spaced))
        spaced = False
    return found


@cache
def _token_pattern() -> re.Pattern[str]:
    """Compile the tokens when the first text needs them: it takes milliseconds."""
    return re.compile(_TOKEN, re.VERBOSE)


def _digits(piece: str) -> str:
    if piece[0] in "_?" or piece.strip("x") == "":
        return "0" if len(piece) < 4 else "0000"
    return _ROMAN.get(piece, piece)


def _named(raw: list[Token], at: int) -> tuple[Token, int]:
    """Longest phrase that begins at a word, as one token, and how many tokens it takes."""
    head = raw[at]
    longest = _heads().get(head.text, 0)
    for count, key in reversed(_keys(raw, at, longest)):
        if named := _token(key, head):
            return named, count
    if head.text in _ERAS:
        base, flag = _ERAS[head.text]
        return Token("era", flag, (base,), spaced=head.spaced), 1
    raise ValueNotUnderstood(
        f"{head.text[:30]!r} is no month", do="Write it as 1992-02-26, 26 February 1992 or 1992."
    )


def _token(key: str, head: Token) -> Token | None:
    if calendar := foreign_months().get(key):
        return Token("foreign", calendar)
    kinds = date_words().get(key, ())
    months = month_meanings(key) if not kinds or key in own_months() else frozenset()
    if not kinds and key in cldr_weekdays():
        kinds = (("weekday", cldr_weekdays()[key]),)
    if months:
        return Token("month", key, months=months, spaced=head.spaced, others=kinds)
    if not kinds:
        return None
    kind, value = kinds[0]
    text = value if kind in {"calendar", "season", "portion", "weekday"} else key
    return Token(kind, text, spaced=head.spaced, others=kinds[1:])


def _keys(raw: list[Token], at: int, longest: int) -> list[tuple[int, str]]:
    """Phrases of one word and more from a word on, with the tokens each takes."""
    found: list[tuple[int, str]] = []
    words: list[str] = []
    for count, token in enumerate(raw[at : at + 2 * longest], 1):
        if token.kind in {"word", "number"} and len(words) < longest:
            words.append(token.text)
            found.append((count, " ".join(words)))
        elif token.kind != "dash" or token.spaced:
            break
    return found


@cache
def _heads() -> Mapping[str, int]:
    """First words of all phrases in the own tables, with the words of the longest of them."""
    heads: dict[str, int] = {}
    tables = (date_words(), own_months(), foreign_months(), cldr_months(), cldr_weekdays())
    for table in tables:
        for key in table:
            words = key.split(" ")
            heads[words[0]] = max(heads.get(words[0], 0), len(words))
    return heads
