"""A number of people or things as a source gives it: exact, about, at least, or a range."""

from __future__ import annotations

import re
from dataclasses import dataclass

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.cell import ascii_digits, tidy

LARGEST = 10**12
LONGEST = 200

_DIGITS = r"[0-9][0-9.,'’  \u2009\u202f]*"
_GROUPED = re.compile(r"([0-9]{1,3})((?:[,'’\s][0-9]{3})+|(?:\.[0-9]{3}){2,})(?:\.0+)?")
_ABOUT = (
    r"~|≈|(?:c|ca|circa|about|around|approx|approximately|some|nearly|almost|roughly"
    r"|an estimated|environ|près de|unos|unas|alrededor de|около|примерно|почти|близько"
    r"|приблизно|yaklaşık|təxminən|حوالي|نحو|մոտ)\b\.?"
)
_AT_LEAST = (
    r"at least|no fewer than|no less than|not less than|minimum|min\.?|>=|≥|au moins|al menos"
    r"|не менее|не менше|en az|ən azı|على الأقل|առնվազն"
)
_MORE = (
    r"more than|over|above|upwards of|>|plus de|más de|более|больше|понад|більше"
    r"|أكثر من|ավելի քան"
)
_AT_MOST = (
    r"at most|up to|no more than|not more than|maximum|max\.?|<=|≤|au plus|jusqu'à|hasta"
    r"|не более|до"
)
_FEWER = r"fewer than|less than|under|below|<|moins de|menos de|менее|менше"
_QUALIFIED = tuple(
    (re.compile(rf"(?:{words})\s*({_DIGITS})"), side, flag)
    for words, side, flag in (
        (_AT_LEAST, "low", "at least"),
        (_MORE, "low", "more than"),
        (_AT_MOST, "high", "at most"),
        (_FEWER, "high", "fewer than"),
        (_ABOUT, "best", "approximate"),
    )
)
_PLUS = re.compile(rf"({_DIGITS})\s*(?:\+|or more|and more|и более)")
_RANGE = re.compile(rf"(?:between |from |от )?({_DIGITS}?)\s*(?:-|–|—|to|and|до)\s*({_DIGITS})")
_VAGUE = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}


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


def parse_quantity(text: str) -> Quantity:
    """Read a number as lists and reports write it, in digits of any script.

    Parameters
    ----------
    text
        Such as ``613``, ``1,275``, ``about 40``, ``477-478``, ``at least 161``, ``600+``.

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
    for pattern, side, flag in _QUALIFIED:
        if found := pattern.fullmatch(plain):
            return Quantity(**{side: _whole(found[1], text)}, flags=(flag,))
    if found := _PLUS.fullmatch(plain):
        return Quantity(low=_whole(found[1], text), flags=("at least",))
    if found := _RANGE.fullmatch(plain):
        low, high = _whole(found[1], text), _whole(found[2], text)
        if low > high:
            raise _refused(text, "the range ends below its beginning")
        return Quantity(low=low, high=high, flags=("range",))
    vague = plain.removesuffix(" of people").removesuffix(" of persons")
    if vague in _VAGUE:
        return Quantity(low=_VAGUE[vague], flags=("vague",))
    raise _refused(text, _complaint(plain))


def _starts_with_digit(text: str) -> bool:
    return "0" <= text[0] <= "9"


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
