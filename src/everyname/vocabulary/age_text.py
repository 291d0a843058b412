"""Ages as lists write them, in digits of any script or in words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import age_pattern
from everyname.vocabulary.age import OLDEST, Age
from everyname.vocabulary.age_group import AGE_GROUPS
from everyname.vocabulary.age_word import PER_YEAR, TEENS, Unit, infants, labels, unborn, units
from everyname.vocabulary.cell import ascii_digits, is_unknown, tidy
from everyname.vocabulary.number_word import digits_for_words, fold_words, number_in_words
from everyname.vocabulary.reading import UNKNOWN, Reading, refuse
from everyname.vocabulary.word_pattern import folded_pattern

LONGEST = 100

_FIRST_BIRTH_YEAR, _LAST_BIRTH_YEAR = 1850, 2100
_SHORT_MONTHS = frozenset({"m", "м"})
_PARTS = {None: (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_TEN_WORDS = {
    word: f"{10 * place}s"
    for place, word in enumerate(
        [
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
            "nineties",
        ],
        start=2,
    )
}
_TENS_IN_LATIN = ("en", "fr", "es", "tr", "az")
_TENS = ("ru", "uk", "ar", "fa", "hy")
_NAMES = frozenset({"kirk", "on", "elli"})
_CJK = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_INCLUDED = frozenset({"up to", "<=", "≤", "до"})


def parse_age(text: str) -> Reading:
    """Read an age as lists write it, and give it in years.

    Returns
    -------
    Reading
        Canonical text (see `Age.text`) with the flag "approximate" where the source says so, or
        the reason for the rejection. Never raises.
    """
    tidied = tidy(text)
    if len(tidied) < 4 and tidied.isdecimal() and tidied.isascii() and int(tidied) <= OLDEST:
        return Reading(str(int(tidied)))
    if not tidied:
        return Reading()
    if is_unknown(tidied):
        return Reading(UNKNOWN, "unknown")
    if len(tidied) > LONGEST:
        return refuse(f"{len(tidied)} characters are too many for an age: check the column")
    return _read(tidied)


@lru_cache(maxsize=1 << 12)
def _read(shown: str) -> Reading:
    plain = _with_decimals(fold_words(ascii_digits(shown)))
    try:
        try:
            return _parsed(plain, shown)
        except ValueNotUnderstood:
            spelled = _with_decimals(digits_for_words(plain))
            if spelled == plain:
                raise
            if _may_be_a_name(plain, spelled):
                return refuse(f"{shown!r} is a number in words without a unit: write digits")
            return _spelled(spelled, plain, shown)
    except ValueNotUnderstood as error:
        return refuse(str(error))


def _may_be_a_name(plain: str, spelled: str) -> bool:
    """Whether a number is one word without a unit, which can be a name: Otto, Saba, Mia."""
    if any(c.isdecimal() for c in plain):
        return False
    if not folded_pattern(age_pattern.BARE).fullmatch(_core(spelled)):
        return False
    word, _, unit = _core(plain).partition(" ")
    if len(unit.strip(".")) > 1 or "-" in word or not word:
        return False
    if not word.isascii() and len(word) > 1 and unicodedata.name(word[0], "").startswith(_CJK):
        return False
    languages = _TENS_IN_LATIN if word.isascii() else (*_TENS_IN_LATIN, *_TENS)
    found = (number_in_words(word, language) for language in languages)
    return word in _NAMES or not any(n is not None and 10 <= n < 100 for n in found)


def _core(text: str) -> str:
    """Leave out what stands around the number: "aged", "about", marks of doubt."""
    rest = folded_pattern(age_pattern.ABOUT).sub("", text, count=1)
    rest = folded_pattern(age_pattern.ABOUT_BEHIND).sub("", rest)
    words = rest.strip("~?.:()[] ").split()
    while len(words) > 1 and words[0].strip(".:") in labels():
        words = words[1:]
    return " ".join(words)


def _spelled(spelled: str, plain: str, shown: str) -> Reading:
    try:
        return _parsed(spelled, shown)
    except ValueNotUnderstood:
        return _parsed(plain, shown)


def _parsed(plain: str, shown: str) -> Reading:
    rest = folded_pattern(age_pattern.ABOUT).sub("", _unlabelled(plain), count=1)
    rest = _unlabelled(folded_pattern(age_pattern.ABOUT_BEHIND).sub("", rest))
    about = rest != _unlabelled(plain) or rest.endswith(("~", "?"))
    low, high = _years(rest.rstrip("~? "), shown)
    return Reading(Age(low, high, about).text, flags=("approximate",) if about else ())


def _unlabelled(text: str) -> str:
    """Leave out "aged", "возраст" and the like before a number."""
    found = folded_pattern(age_pattern.LABELLED).match(text)
    return text[found.end() :] if found and found[1].strip() in labels() else text


def _with_decimals(text: str) -> str:
    """Write ½, 1/2 and "and a half" behind a number as decimals."""

    def decimals(found: re.Match[str]) -> str:
        if sign := found[2] or found[5]:
            part = unicodedata.numeric(sign)
        else:
            part = int(found[3]) / int(found[4])
        return f"{int(found[1] or 0) + part:.2f}" if part < 1 else found[0]

    if text.isascii() and "/" not in text and "half" not in text:
        return (
            folded_pattern(age_pattern.HALF).sub(r"\1.5", text)
            if "demi" in text or "medi" in text
            else text
        )
    return folded_pattern(age_pattern.FRACTION).sub(
        decimals, folded_pattern(age_pattern.HALF).sub(r"\1.5", text)
    )


def _years(text: str, shown: str) -> tuple[float, float]:
    if found := folded_pattern(age_pattern.ONE).fullmatch(text):
        years = _in_years(found[1], found[2], shown)
        if years is not None:
            return years, years
    found = folded_pattern(age_pattern.COMPOUND).fullmatch(text)
    if found and (years := _compound(found, shown)) is not None:
        return years, years
    if found := folded_pattern(age_pattern.RANGE).fullmatch(text):
        if folded_pattern(age_pattern.LIKE_FRACTION).match(text) and found[4]:
            raise ValueNotUnderstood(
                f"{shown!r} can be a fraction or a range", do="Write 0.5 or 1-2."
            )
        if not (found[2] or found[4]) and folded_pattern(age_pattern.CLINICAL).fullmatch(text):
            raise ValueNotUnderstood(
                f"{shown!r} has two readings: a range of years, or a part of a year, month or week",
                do="Write 6 months, or 6-12.",
            )
        first = _in_years(found[1], found[2] or found[4], shown)
        last = _in_years(found[3], found[4] or found[2], shown)
        if first is not None and last is not None:
            return first, last
    for read in (_decade, _open_ended, _described):
        if span := read(text, shown):
            return span
    raise _refused(text, shown)


def _unit(words: str | None) -> Unit | None:
    if not words:
        return "years"
    plain = words.strip(" .-")
    return units().get(plain) or units().get(plain.replace("-", " "))


def _in_years(number: str, words: str | None, shown: str) -> float | None:
    unit = _unit(words)
    if unit is None:
        return None
    if unit == "years":
        return _checked(number, shown)
    return round(float(number.replace(",", ".")) / PER_YEAR[unit], 2)


def _compound(found: re.Match[str], shown: str) -> float | None:
    """Years and months, or months and days: ``34y 3m``, ``2 months 10 days``."""
    if not found[2] or not found[4]:
        return None
    large, small = _unit(found[2]), _unit(found[4])
    if large == "years" and found[4].strip(" .") in _SHORT_MONTHS:
        small = "months"
    if large is None or small is None or PER_YEAR[large] >= PER_YEAR[small]:
        return None
    if int(found[3]) * PER_YEAR[large] >= PER_YEAR[small]:
        return None
    first = _in_years(found[1], found[2], shown)
    return None if first is None else round(first + round(int(found[3]) / PER_YEAR[small], 2), 2)


def _decade(text: str, _shown: str) -> tuple[float, float] | None:
    for word, digits in _TEN_WORDS.items():
        text = text.replace(word, digits)
    if found := folded_pattern(age_pattern.DECADE).fullmatch(text):
        start, (first, last) = int(found[2]), _PARTS[found[1]]
        return start + first, start + last
    if found := folded_pattern(age_pattern.DECADES).fullmatch(text):
        return int(found[1]), int(found[2]) + 9
    return None


def _open_ended(text: str, shown: str) -> tuple[float, float] | None:
    if found := folded_pattern(age_pattern.FROM).fullmatch(text):
        years = _in_years(found[1] or found[3], found[2] or found[4], shown)
        return None if years is None else (years, OLDEST)
    if found := folded_pattern(age_pattern.UNDER).fullmatch(text):
        limit = _in_years(found[2], found[3], shown)
        if limit is None:
            return None
        included = found[1] in _INCLUDED or limit <= 1
        return 0, limit if included else max(limit - 1, 0)
    return None


def _described(text: str, shown: str) -> tuple[float, float] | None:
    word = text.strip(" .()")
    if word in infants():
        return 0, 1
    if word.removeprefix("in his ").removeprefix("in her ").removeprefix("a ") in TEENS:
        return 13, 19
    if word in unborn():
        raise ValueNotUnderstood(
            f"{shown!r}: an unborn child has no age", do="Keep it in the note, or map it by a code."
        )
    return None


def _checked(number: str, shown: str) -> float:
    years = float(number.replace(",", "."))
    if _FIRST_BIRTH_YEAR <= years <= _LAST_BIRTH_YEAR:
        raise ValueNotUnderstood(
            f"{shown!r} looks like a birth year typed as an age",
            do="Check it at the source; a column of birth years is the field birth_date.",
        )
    if years > OLDEST:
        raise ValueNotUnderstood(
            f"{shown!r} is more than {OLDEST} years", do="Check it at the source."
        )
    return round(years, 2)


def _refused(text: str, shown: str) -> ValueNotUnderstood:
    if re.match(r"[-−][0-9]", text):
        return ValueNotUnderstood(f"{shown!r} is negative", do="Check it at the source.")
    if folded_pattern(age_pattern.DATE).match(text):
        return ValueNotUnderstood(
            f"{shown!r} is a date, not an age",
            do="A column of birth dates is the field birth_date.",
        )
    if AGE_GROUPS.read(text).value is not None:
        return ValueNotUnderstood(
            f"{shown!r} is an age band, not an age",
            do="Map the column to age_band, or this value by the column's codes.",
        )
    return ValueNotUnderstood(
        f"{shown!r} is not an age", do="Write years: 34, 30-35, about 40, 6 months."
    )
