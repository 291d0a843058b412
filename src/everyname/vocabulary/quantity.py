"""A number of people or things as a source gives it: exact, about, at least, or a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.cell import ascii_digits, tidy
from everyname.vocabulary.number_word import (
    digits_for_words,
    factor,
    fold_number,
    fold_words,
    number_in_words,
)
from everyname.vocabulary.quantity_pattern import DIGITS, number_range, qualified
from everyname.vocabulary.vague_number import open_numbers, round_numbers

LARGEST = 10**12
LONGEST = 200

_GROUPED = re.compile(r"([0-9]{1,3})((?:[,'’٬\s][0-9]{3})+|(?:\.[0-9]{3}){2,})(?:\.0+)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.0+)?")
_ASCII_DIGITS = frozenset("0123456789")
_BOTH = re.compile(rf"({DIGITS}?)\s*[(\[]([^()\[\]]+)[)\]]")
_WORDS_FIRST = re.compile(rf"([^()\[\]0-9]+?)\s*[(\[]\s*({DIGITS}?)\s*[)\]]")
_THOUSANDS = re.compile(r"([0-9]{1,3}) ([^\W0-9]{2,20})")
_OF_PEOPLE = re.compile(r" of (?:people|persons)$")
_CANONICAL = re.compile(r"([0-9]*)/([0-9]*)/([0-9]*)(?: \[([a-z, ]+)\])?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A whole number as far as a source states it.

    Parameters
    ----------
    low, best, high
        Bounds and best value; None where the source states none. A plain number is all three.
    flags
        How it is stated: "approximate", "at least", "more than", "at most", "fewer than",
        "range", "vague". "More than 1,000" has the low 1000.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    flags: tuple[str, ...] = ()

    @classmethod
    def exactly(cls, number: int) -> Quantity:
        """Build a plain number."""
        return cls(number, number, number)

    @classmethod
    def from_text(cls, text: str) -> Quantity:
        """Read canonical text (see `text`).

        Raises
        ------
        ValueNotUnderstood
            If the text is not canonical.
        """
        if re.fullmatch("[0-9]+", text):
            return cls.exactly(int(text))
        if found := _CANONICAL.fullmatch(text):
            low, best, high = (int(part) if part else None for part in found.groups()[:3])
            return cls(low, best, high, tuple(found[4].split(", ")) if found[4] else ())
        raise _refused(text, "not the canonical text of a number")

    @property
    def text(self) -> str:
        """Canonical text: ``613``, or ``low/best/high [flags]`` where one is not stated."""
        if self == Quantity.exactly(self.best or 0):
            return str(self.best)
        numbers = "/".join("" if n is None else str(n) for n in (self.low, self.best, self.high))
        return f"{numbers} [{', '.join(self.flags)}]" if self.flags else numbers


def parse_quantity(text: str) -> Quantity:
    """Read a number as lists and reports write it, in digits of any script or in words.

    Parameters
    ----------
    text
        Such as ``613``, ``1,275``, ``about 40``, ``477-478``, ``at least 161``, ``600+``,
        ``twelve``, ``12 (twelve)``, ``dozens``. Words are read as `number_in_words` and
        `vague_number` document.

    Raises
    ------
    ValueNotUnderstood
        If the text is no whole number, or its separator can be read in two ways (``1.275``).
    """
    plain = ascii_digits(tidy(text)).casefold()
    if not plain or len(plain) > LONGEST:
        raise _refused(text, "not a number")
    if _starts_with_digit(plain) and (number := _maybe_whole(plain, text)) is not None:
        return Quantity.exactly(number)
    found = _open(fold_words(plain), text)
    if found is None:
        raise _refused(text, _complaint(plain))
    return found


@lru_cache(maxsize=1 << 12)
def _open(plain: str, shown: str) -> Quantity | None:
    """Read a folded text that is more than a number in digits."""
    bare = _OF_PEOPLE.sub("", plain)
    words = fold_number(bare)
    if words in open_numbers():
        return Quantity(low=open_numbers()[words], flags=("vague",))
    if words in round_numbers():
        return Quantity(best=round_numbers()[words], flags=("approximate",))
    for text in (plain, digits_for_words(plain)):
        if found := _stated(text, shown):
            return found
    number = number_in_words(bare)
    if number is None:
        number = _number(bare, shown)
    return None if number is None else Quantity.exactly(_bounded(str(number), shown))


def _stated(plain: str, shown: str) -> Quantity | None:
    for pattern, side, flag in qualified():
        found = pattern.fullmatch(plain)
        if found and (number := _number(found[1], shown)) is not None:
            return Quantity(**{side: number}, flags=(flag,))
    if found := number_range().fullmatch(plain):
        low, high = _whole(found[1], shown), _whole(found[2], shown)
        if low > high:
            raise _refused(shown, "the range ends below its beginning")
        return Quantity(low=low, high=high, flags=("range",))
    if found := _BOTH.fullmatch(plain):
        return _said_twice(found[1], found[2], shown)
    if found := _WORDS_FIRST.fullmatch(plain):
        return _said_twice(found[2], found[1], shown)
    return None


def _number(text: str, shown: str) -> int | None:
    if found := _THOUSANDS.fullmatch(text):
        times = factor(found[2])
        return None if times is None else _whole(found[1], shown) * times
    if _starts_with_digit(text):
        return _maybe_whole(text.strip(), shown)
    return round_numbers().get(fold_number(text))


def _said_twice(digits: str, words: str, shown: str) -> Quantity | None:
    """Read a number given in digits and in words, as protocols do: ``12 (twelve)``."""
    number, spelled = _whole(digits, shown), number_in_words(words)
    if spelled is None:
        return None
    if spelled != number:
        raise _refused(shown, "the digits and the words are different numbers")
    return Quantity.exactly(number)


def _starts_with_digit(text: str) -> bool:
    return text[:1] in _ASCII_DIGITS


def _whole(digits: str, shown: str) -> int:
    number = _maybe_whole(digits.strip(), shown)
    if number is None:
        raise _refused(shown, "not a whole number")
    return number


def _maybe_whole(digits: str, shown: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", digits) and not digits.endswith(".000"):
        raise _refused(shown, "can be thousands or a fraction")
    if digits.endswith(".000") and digits.count(".") == 1 and "," not in digits:
        raise _refused(shown, "can be thousands or a fraction")
    if found := _GROUPED.fullmatch(digits):
        separators = set(re.sub("[0-9]", "", found[2]))
        return (
            _bounded(found[1] + re.sub("[^0-9]", "", found[2]), shown)
            if (len(separators) == 1)
            else None
        )
    if _INDIAN.fullmatch(digits):
        return _bounded(digits.partition(".")[0].replace(",", ""), shown)
    if found := re.fullmatch(r"([0-9]+)(?:\.0{1,2})?", digits):
        return _bounded(found[1], shown)
    return None


def _bounded(digits: str, shown: str) -> int:
    number = int(digits)
    if number > LARGEST:
        raise _refused(shown, "too large to be a number of people")
    return number


def _complaint(plain: str) -> str:
    if plain in {"none", "nil", "no"}:
        return "it may mean zero or not stated"
    if re.match(r"[-−]\s?[0-9]", plain):
        return "a negative number"
    return "not a whole number"


def _refused(text: str, found: str) -> ValueNotUnderstood:
    return ValueNotUnderstood(
        f"{tidy(text)[:60]!r}: {found}", do="Write digits only, such as 1275, or leave it blank."
    )
