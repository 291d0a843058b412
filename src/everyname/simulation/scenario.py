"""What a simulated case is asked to be."""

from __future__ import annotations

from dataclasses import dataclass

from everyname.errors import CaseError

FEWEST_PERSONS = 50
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Scenario:
    """The options of a simulated case.

    Attributes
    ----------
    persons
        Persons killed or died of conditions: the truth an estimate is compared with. At least 50.
    seed
        Seed of the one source of chance: equal seeds give equal bytes.
    title
        Title of the case and name of the fictional valley.
    year
        The fictional year all incidents fall into.
    missing_share
        Missing persons, as a share of ``persons``; they come on top of ``persons``.

    Raises
    ------
    CaseError
        If an option is outside its bounds.
    """

    persons: int = 2000
    seed: int = 1
    title: str = "River Valley"
    year: int = 2031
    missing_share: float = 0.03

    def __post_init__(self) -> None:
        if self.persons < FEWEST_PERSONS:
            raise CaseError(
                f"{self.persons} persons are too few to simulate",
                where="persons",
                do=f"Ask for at least {FEWEST_PERSONS}.",
            )
        if self.seed < 0:
            raise CaseError(
                f"{self.seed} is no seed", where="seed", do="Give a whole number from 0 on."
            )
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise CaseError(
                f"{self.year} is outside the years that can be simulated",
                where="year",
                do=f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.",
            )
        if not 0 <= self.missing_share <= 1:
            raise CaseError(
                f"{self.missing_share} is no share", where="missing_share", do="Give 0 to 1."
            )
        if not self.title.strip():
            raise CaseError("The title is empty", where="title", do="Name the fictional valley.")

    @property
    def missing(self) -> int:
        """Number of missing persons."""
        return round(self.persons * self.missing_share)
