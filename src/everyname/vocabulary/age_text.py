"""Ages as lists write them."""

from __future__ import annotations

import re

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.age import OLDEST, Age
from everyname.vocabulary.age_group import AGE_GROUPS
from everyname.vocabulary.cell import ascii_digits, is_unknown, tidy
from everyname.vocabulary.reading import UNKNOWN, Reading, refuse
from everyname.vocabulary.word_set import word_set

LONGEST = 100

_NUMBER = r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)"
_YEARS = (
    r"years?(?: old| of age)?|yrs?\.?|y\.?/?o\.?|y|aged?|ans?|años?|лет|года?|г\.?"
    r"|рок(?:ів|и|у)|рік|yaş(?:ında)?|yaşlarında|سن[ةه]|سنوات|عام[اً]*|أعوام|տարեկան|წლის"
)
_MONTHS = r"months?(?: old)?|mos?\.?|mois|mes(?:es)?|мес\.?|месяц(?:а|ев)?|місяц(?:і|ів|ь)|ay"
_MONTHS += r"|aylıq|aylık|شهر|أشهر|شهور|ամսական"
_WEEKS = (
    r"weeks?(?: old)?|wks?\.?|semaines?|semanas?|недел[ьяи]|тижн(?:і|ів)|hafta|həftə|أسابيع|أسبوع"
)
_DAYS = r"days?(?: old)?|jours?|d[íi]as?|дн(?:я|ей|і|ів)|день|gün(?:lük)?|أيام|يوم"
_UNITS = ((_MONTHS, 12.0), (_WEEKS, 52.18), (_DAYS, 365.25))

_ABOUT = re.compile(
    r"^(?:~|≈|(?:c|ca|circa|about|around|approx|approximately|environ|unos|около|примерно|приблизно"
    r"|близько|yaklaşık|təxminən|حوالي|نحو|մոտ)\b\.?)\s*"
)
_ONE = re.compile(rf"(?:aged?\s+)?{_NUMBER}\s*(?:{_YEARS})?")
_SMALL = tuple((re.compile(rf"{_NUMBER}\s*(?:{unit})"), per_year) for unit, per_year in _UNITS)
_YEARS_MONTHS = re.compile(
    rf"([0-9]{{1,3}})\s*(?:{_YEARS})\s*(?:and )?([0-9]{{1,2}})\s*(?:{_MONTHS})"
)
_RANGE = re.compile(
    rf"(?:between )?{_NUMBER}\s*(?:-|–|—|/|to|and|or|à|a|до)\s*{_NUMBER}\s*(?:{_YEARS})?"
)
_DECADE = re.compile(r"(?:in (?:his|her|their) )?(?:(early|mid|late)[ -])?([1-9]0)'?s")
_FROM = re.compile(
    rf"(?:{_NUMBER}\s*\+|(?:over|at least|more than|older than|>=?)\s*{_NUMBER})\s*(?:{_YEARS})?"
)
_UNDER = re.compile(rf"(under|less than|younger than|<|up to|<=)\s*{_NUMBER}\s*(?:{_YEARS})?")
_INFANT = word_set(
    "infant|baby|newborn|newborn baby|neonate|nourrisson|bébé|bebé|recién nacido|младенец"
    "|новорожденный|новонароджений|немовля|bebek|körpə|رضيع|رضيعة|նորածին",
    between="|",
)
_DATE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}")
_FIRST_BIRTH_YEAR, _LAST_BIRTH_YEAR = 1850, 2100


def parse_age(text: str) -> Reading:
    """Read an age as lists write it, and give it in years.

    Returns
    -------
    Reading
        Canonical text (see `Age.text`) with the flag "approximate" where the source says so, or
        the reason for the rejection. Never raises.
    """
    tidied = tidy(text)
    if not tidied:
        return Reading()
    if is_unknown(tidied):
        return Reading(UNKNOWN, "unknown")
    if len(tidied) > LONGEST:
        return refuse(f"{len(tidied)} characters are too many for an age: check the column")
    plain = ascii_digits(tidied).casefold().replace("i̇", "i")
    rest = _ABOUT.sub("", plain, count=1)
    about = rest != plain or rest.endswith(("~", "?"))
    rest = rest.rstrip("~? ")
    try:
        low, high = _years(rest, tidied)
        age = Age(low, high, about)
    except ValueNotUnderstood as error:
        return refuse(str(error))
    return Reading(age.text, flags=("approximate",) if about else ())


def _years(text: str, shown: str) -> tuple[float, float]:
    if found := _ONE.fullmatch(text):
        years = _checked(found[1], shown)
        return years, years
    if found := _RANGE.fullmatch(text):
        return _checked(found[1], shown), _checked(found[2], shown)
    if found := _YEARS_MONTHS.fullmatch(text):
        years = int(found[1]) + round(int(found[2]) / 12, 2)
        return years, years
    for pattern, per_year in _SMALL:
        if found := pattern.fullmatch(text):
            years = round(float(found[1].replace(",", ".")) / per_year, 2)
            return years, years
    if found := _DECADE.fullmatch(text):
        start = int(found[2])
        first, last = {None: (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}[found[1]]
        return start + first, start + last
    if found := _FROM.fullmatch(text):
        return _checked(found[1] or found[2], shown), OLDEST
    if found := _UNDER.fullmatch(text):
        limit = _checked(found[2], shown)
        included = found[1] in {"up to", "<="} or limit < 1
        return 0, limit if included else max(limit - 1, 0)
    if text in _INFANT:
        return 0, 1
    raise _refused(text, shown)


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
    if _DATE.match(text):
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
