"""What came of reading one text as one field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Stance = Literal["asserted", "denied", "unknown"]
DateOrder = Literal["ymd", "dmy", "mdy"]
Calendar = Literal["gregorian", "julian", "solar_hijri", "hijri", "thai_buddhist"]

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one text as one field.

    Parameters
    ----------
    value
        Canonical text; None when nothing was understood (the text was blank or rejected).
        With the stance "unknown" it is the word ``unknown`` (in a name: the text as given).
    stance
        "unknown" where the source says outright that it does not know.
    flags
        Things a person should look at, such as "approximate".
    reason
        Set when the text is rejected: why, and what to do.
    """

    value: str | None = None
    stance: Stance = "asserted"
    flags: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def empty(self) -> bool:
        """Whether the text said nothing at all."""
        return self.value is None and self.reason is None

    @property
    def rejected(self) -> bool:
        """Whether the text said something that was not understood."""
        return self.reason is not None


def refuse(reason: str) -> Reading:
    """Reject a text, saying why and what to do."""
    return Reading(reason=reason)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How the texts of one column are to be read.

    Parameters
    ----------
    date_order
        Order of day, month and year in dates written as numbers.
    calendar
        Calendar of the dates; None where each says so itself or is Gregorian.
    year
        Year that a date without one means; None where no column says it.
    century
        First of the hundred years that years of two digits lie in; None to reject them.
    codes
        The partner's code -> the text to read in its place, usually one of our codes. Partner's
        codes are compared after stripping and case-folding.
    """

    date_order: DateOrder | None = None
    calendar: Calendar | None = None
    year: int | None = None
    century: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        folded = {code.strip().casefold(): ours for code, ours in self.codes.items()}
        object.__setattr__(self, "codes", folded)

    def translated(self, text: str) -> str:
        """Replace a partner's code by the text it stands for; any other text is unchanged."""
        if not self.codes:
            return text
        return self.codes.get(text.strip().casefold(), text)
