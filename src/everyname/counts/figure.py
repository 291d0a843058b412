"""A figure that somebody else states: a number of people, with its scope and who said it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

Interval = tuple[int, int | None]
"""Smallest and largest number that a figure allows; None where it is open above."""


class Figure(BaseModel):
    """An aggregate from one ``figure`` record, as its source states it.

    A figure is never added to another, nor subtracted: its parts may overlap. Nothing is put right
    here; a figure that states no number, or a low above its high, is kept and has no interval.

    Attributes
    ----------
    record_id, source_id
        The record and its source in the ledger.
    said_by
        Who states the figure.
    roots
        The independent primary sources behind it.
    low, best, high
        The numbers stated, in `unit`; "more than 1,000" has only `low`.
    unit, fate, victim_class
        What is counted: codes of the case's code lists.
    place, date
        Place and date of the event counted; empty means the case's own event.
    as_of
        The day up to which the figure counts; empty where it is the whole event.
    said_on, reported_in, address, read, counts_what, note, source_kind
        When and where it was said and read, and what it counts in the source's words.
    corrected
        Names of the fields of which the team holds that the record says them wrongly: what stands
        here is then the team's word, and not its source's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    record_id: str
    source_id: str
    said_by: str
    roots: tuple[str, ...]
    low: int | None
    best: int | None
    high: int | None
    unit: str
    fate: str
    victim_class: str
    place: str = ""
    date: str = ""
    as_of: str = ""
    said_on: str = ""
    reported_in: str = ""
    address: str = ""
    read: str = ""
    counts_what: str = ""
    note: str = ""
    source_kind: str = ""
    corrected: tuple[str, ...] = ()

    def interval(self) -> Interval | None:
        """Give the numbers that the figure allows, or None where it allows none.

        Returns
        -------
        As `interval`, of the figure's low, best and high.
        """
        return interval(self.low, self.best, self.high)


def interval(low: int | None, best: int | None, high: int | None) -> Interval | None:
    """Give the numbers that a stated low, best and high allow.

    A best alone is an exact figure. Otherwise a missing low is 0 and a missing high leaves the
    interval open: "more than 1,000" is ``(1000, None)`` and "up to 40" is ``(0, 40)``.

    Parameters
    ----------
    low, best, high
        The numbers as stated; None where not stated.

    Returns
    -------
    Smallest and largest number, the largest None where open; None where no number is stated, one
    is negative, or they contradict their order.
    """
    stated = [number for number in (low, best, high) if number is not None]
    if not stated or stated != sorted(stated) or stated[0] < 0:
        return None
    if low is None and high is None:
        return stated[0], stated[0]
    return low or 0, high


def interval_words(low: int | None, best: int | None, high: int | None) -> str:
    """Say in words which numbers a stated low, best and high allow.

    Returns
    -------
    For example ``"613"``, ``"at least 1,000"``, ``"up to 40"``, ``"485 to 636, best 613"``.
    """
    bounds = interval(low, best, high)
    if bounds is None:
        return "no number"
    smallest, largest = bounds
    if largest is None:
        words = f"at least {smallest:,}"
    elif smallest == largest:
        return f"{smallest:,}"
    elif low is None:
        words = f"up to {largest:,}"
    else:
        words = f"{smallest:,} to {largest:,}"
    return words if best is None else f"{words}, best {best:,}"
