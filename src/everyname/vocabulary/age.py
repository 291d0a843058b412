"""Age in years as an interval: what a source says of an age, no more exact than it says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.partial_date import PartialDate

Band = Literal["child", "adult", "elderly", "unknown"]

OLDEST = 120
"""Years beyond which a number is not taken for an age."""

ADULT_FROM = 18


@dataclass(frozen=True, slots=True)
class Age:
    """An age known to lie between two numbers of years, both included.

    A whole number means completed years, as people state their age: ``Age(17, 17)`` is anyone
    between the 17th and the 18th birthday. Under one year a fraction is kept.

    Parameters
    ----------
    low, high
        Years, 0 to 120.
    approximate
        The source gives the age as approximate.

    Raises
    ------
    ValueNotUnderstood
        If the numbers are out of range or out of order.
    """

    low: float
    high: float
    approximate: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= OLDEST:
            raise ValueNotUnderstood(
                f"{self.low:g} to {self.high:g} years is not an age",
                do=f"Ages run from 0 to {OLDEST} years, the lower first.",
            )

    @classmethod
    def from_text(cls, text: str) -> Age:
        """Read canonical text: ``34``, ``34~``, ``30/39`` or ``0.5``.

        Raises
        ------
        ValueNotUnderstood
            If the text is not canonical.
        """
        low, _, high = text.removesuffix("~").partition("/")
        try:
            return cls(float(low), float(high or low), text.endswith("~"))
        except ValueError as error:
            if isinstance(error, ValueNotUnderstood):
                raise
            raise ValueNotUnderstood(
                f"{text[:40]!r} is not an age", do="Write it as 34, 34~, 30/39 or 0.5."
            ) from error

    @property
    def text(self) -> str:
        """Canonical text, years with at most two decimals."""
        low, high = _plain(self.low), _plain(self.high)
        years = low if low == high else f"{low}/{high}"
        return f"{years}~" if self.approximate else years


def _plain(years: float) -> str:
    return f"{years:.2f}".rstrip("0").rstrip(".")


def age_at(birth: PartialDate, incident: PartialDate) -> Age:
    """Completed years between a birth and an incident, as an interval.

    Raises
    ------
    ValueNotUnderstood
        If the incident lies before the birth, or more than 120 years after it.
    """
    high = _completed_years(birth.low, incident.high)
    if incident.high < birth.low:
        raise ValueNotUnderstood(
            f"the incident ({incident.edtf}) lies before the birth ({birth.edtf})",
            do="Check both dates at the source.",
        )
    low = max(0, _completed_years(birth.high, incident.low))
    if low > OLDEST:
        raise ValueNotUnderstood(
            f"born {birth.edtf}, {low} years before the incident ({incident.edtf})",
            do="Check both dates at the source.",
        )
    doubtful = any(d.approximate or d.uncertain for d in (birth, incident))
    return Age(low, min(high, OLDEST), doubtful)


def _completed_years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def band(age: Age, elderly_from: int | None = None) -> Band:
    """Band of an age, known only when the whole interval falls in one band.

    Parameters
    ----------
    age
        An approximate age is widened by a tenth, and by one year at least, before it is placed.
    elderly_from
        Lowest age of the elderly band; None where the case declares none, so that everyone from
        18 years is an adult.
    """
    low, high = age.low, age.high
    if age.approximate:
        low, high = low - max(1, low / 10), high + max(1, high / 10)
    if high < ADULT_FROM:
        return "child"
    if low < ADULT_FROM:
        return "unknown"
    if elderly_from is None or high < elderly_from:
        return "adult"
    return "elderly" if low >= elderly_from else "unknown"
