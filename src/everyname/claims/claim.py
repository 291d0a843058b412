"""A published claim about a number, entered by hand."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, model_validator

from everyname.counts.figure import Interval, interval, interval_words
from everyname.errors import ValueNotUnderstood


class Claim(BaseModel):
    """What somebody says about how many, with its scope.

    Attributes
    ----------
    id
        Name of the claim in the case.
    text
        The claim in words, quoted or paraphrased.
    said_by, said_on, address
        Who said it, when (EDTF) and where it can be read.
    copies
        Sources that the claim repeats: what they say is no support of its own.
    low, best, high
        The numbers claimed, in `unit`: at least one, in this order, none negative. "More than
        1,000" has only `low`; a `best` alone is an exact figure.
    unit, fate, victim_class
        What is counted: codes of the case's code lists.
    place
        Place of the event; empty means the case's own event.
    as_of
        The day up to which the claim counts; empty where it is the whole event.

    Raises
    ------
    pydantic.ValidationError
        For an unknown key, and for numbers that are missing, negative or out of order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    said_by: str
    said_on: str = ""
    address: str = ""
    copies: tuple[str, ...] = ()
    low: int | None = None
    best: int | None = None
    high: int | None = None
    unit: str = "persons"
    fate: str = "killed"
    victim_class: str = "all"
    place: str = ""
    as_of: str = ""

    @model_validator(mode="after")
    def _has_numbers(self) -> Claim:
        if self.low is None and self.best is None and self.high is None:
            raise ValueNotUnderstood(
                "a claim without a number",
                where=f"claim {self.id}",
                do="Give low, best or high.",
            )
        if interval(self.low, self.best, self.high) is None:
            raise ValueNotUnderstood(
                f"the numbers low {self.low}, best {self.best}, high {self.high}",
                where=f"claim {self.id}",
                do="Give numbers from 0 with low <= best <= high.",
            )
        return self

    @property
    def interval(self) -> Interval:
        """Smallest and largest number claimed; the largest is None where open above."""
        bounds = interval(self.low, self.best, self.high)
        # The validator has refused every claim without bounds.
        return bounds if bounds is not None else (0, None)

    @property
    def range(self) -> str:
        """The numbers claimed, in words."""
        return interval_words(self.low, self.best, self.high)
