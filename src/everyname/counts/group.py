"""Group: an unnamed number of people, and how many of them are named one by one elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from everyname.counts.count import Count
from everyname.counts.figure import Figure

PERSONS = "persons"
SEXUAL_VIOLENCE = "sexual_violence"


class Remainder(BaseModel):
    """Number of people, from low to high.

    Parameters
    ----------
    low, best, high
        The numbers; `high` is None where it is open above.
    """

    model_config = ConfigDict(frozen=True)

    low: int
    best: int
    high: int | None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 0 <= self.low <= self.best or (self.high is not None and self.high < self.best):
            raise ValueError(f"{self.low}, {self.best}, {self.high} are not low, best, high")
        return self

    @property
    def words(self) -> str:
        """The numbers in words, such as ``"30 to 40, best 35"`` or ``"at least 30"``."""
        if self.low == self.high:
            return f"{self.low:,}"
        if self.high is None:
            more = "" if self.best == self.low else f", best {self.best:,}"
            return f"at least {self.low:,}{more}"
        return f"{self.low:,} to {self.high:,}, best {self.best:,}"

    def without(self, named: int) -> Remainder:
        """Take away people who are counted one by one; never below nobody."""
        high = None if self.high is None else max(0, self.high - named)
        return Remainder(low=max(0, self.low - named), best=max(0, self.best - named), high=high)


NOBODY = Remainder(low=0, best=0, high=0)


class Group(BaseModel):
    """A group that one record states.

    Parameters
    ----------
    figure
        What the record states.
    key
        The record's own number in its source.
    members
        Ids of the persons who are named as members, each once.
    included
        Whether the group is in scope.
    """

    model_config = ConfigDict(frozen=True)

    figure: Figure
    key: str
    members: tuple[str, ...]
    included: bool

    @property
    def stated(self) -> Remainder | None:
        """How many people it is; None where it is no number of persons.

        Families, households, bodies and burials are no persons: how many persons are in or behind
        them is not known. Where the source gives no best number, its lowest is the best.
        """
        bounds = self.figure.interval()
        if bounds is None or self.figure.unit != PERSONS:
            return None
        low, high = bounds
        best = low if self.figure.best is None else self.figure.best
        return Remainder(low=low, best=best, high=high)

    @property
    def remaining(self) -> Remainder | None:
        """How many of them are not named; None where it cannot be known."""
        return self.stated.without(len(self.members)) if self.stated else None

    @property
    def overfull(self) -> bool:
        """Whether more people are named as members than the group is said to have."""
        stated = self.stated
        return bool(stated and stated.high is not None and len(self.members) > stated.high)


class Stray(BaseModel):
    """A person record that names a group which its source does not have.

    Parameters
    ----------
    record_id
        The person record.
    member_of
        What it names.
    reason
        Why no group is meant.
    """

    model_config = ConfigDict(frozen=True)

    record_id: str
    member_of: str
    reason: str


class Groups(BaseModel):
    """The groups of a case, beside its documented persons and never among them.

    Parameters
    ----------
    groups
        Every group record, in scope or not.
    strays
        Person records that name a group which is not there.
    """

    model_config = ConfigDict(frozen=True)

    groups: tuple[Group, ...] = ()
    strays: tuple[Stray, ...] = ()

    @property
    def included(self) -> tuple[Group, ...]:
        """Groups in scope."""
        return tuple(group for group in self.groups if group.included)

    @property
    def counted(self) -> tuple[Group, ...]:
        """Groups in scope whose number of persons is stated."""
        return tuple(group for group in self.included if group.stated)

    @property
    def named(self) -> int:
        """Persons who are named as members of the groups counted, each once."""
        return len({member for group in self.counted for member in group.members})

    @property
    def stated(self) -> Remainder:
        """How many people the groups counted are; see `over_sources`."""
        return over_sources((g.figure, g.stated) for g in self.counted if g.stated)

    @property
    def remaining(self) -> Remainder:
        """How many of them are not named; see `over_sources`."""
        return over_sources((g.figure, g.remaining) for g in self.counted if g.remaining)

    @property
    def several_sources(self) -> bool:
        """Whether the groups counted are of more than one source."""
        return len({group.figure.source_id for group in self.counted}) > 1

    @property
    def protected(self) -> bool:
        """Whether one of the groups in scope is of victims of sexual violence."""
        return any(group.figure.fate == SEXUAL_VIOLENCE for group in self.included)


def over_sources(numbers: Iterable[tuple[Figure, Remainder]]) -> Remainder:
    """Put numbers of several sources together, which may be of the same people.

    Within one source the groups are different people. The groups of two sources may be the same
    people or others: *low* and *best* are those of the source in which they are largest, as if the
    others spoke of no one else, and *high* is the sum over all sources, as if they all did. Of
    sources that go back to the same primary sources, only the largest goes into the sum.

    Parameters
    ----------
    numbers
        Figure of a group, and how many people it is.
    """
    by_source: dict[tuple[tuple[str, ...], str], Remainder] = {}
    for figure, number in numbers:
        source = figure.roots, figure.source_id
        before = by_source.get(source, NOBODY)
        by_source[source] = Remainder(
            low=before.low + number.low,
            best=before.best + number.best,
            high=_sum((before.high, number.high)),
        )
    totals = by_source.values()
    highs: dict[tuple[str, ...], list[int | None]] = {}
    for (roots, _), total in by_source.items():
        highs.setdefault(roots, []).append(total.high)
    return Remainder(
        low=max((total.low for total in totals), default=0),
        best=max((total.best for total in totals), default=0),
        high=_sum(None if None in those else max(_known(those)) for those in highs.values()),
    )


def _known(numbers: Iterable[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]


def _sum(numbers: Iterable[int | None]) -> int | None:
    """Add numbers; one that is open above leaves the sum open."""
    those = list(numbers)
    return None if None in those else sum(_known(those))


def with_groups(persons: Count, groups: Groups) -> Remainder:
    """Add those who remain unnamed to documented persons.

    The unnamed of one source may be persons whom another names without saying so: not even *low*
    is a number of different people, and the sum never stands in place of the count.

    Parameters
    ----------
    persons
        Documented persons in scope.
    groups
        The groups of the case.
    """
    left = groups.remaining
    return Remainder(
        low=persons.low + left.low,
        best=persons.best + left.best,
        high=_sum((persons.high, left.high)),
    )
