"""Question: a pair of records that a person is asked about, and why just this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Purpose = Literal["changes the count", "to check the model", "contradiction"]

CHANGES: Final = "changes the count"
CHECKS: Final = "to check the model"
CONTRADICTS: Final = "contradiction"


@dataclass(frozen=True, slots=True)
class Question:
    """A pair of records to be judged.

    Parameters
    ----------
    a, b
        Positions of the two records, ``a < b``.
    probability
        Match probability of the pair, by the model; what a contradiction within a person has
        without a score is 1, since the model put the two together.
    change
        By how many persons the count is expected to change when the pair is judged, whichever way:
        the sum over both answers of their probability times the change that follows, with all
        joins and splits that go with it. 0 for a question that checks the model.
    why
        What it is asked for: "changes the count"; "to check the model": drawn at random from its
        band of probability, so that errors of the model can be learnt without bias; or
        "contradiction": the model holds the two for one person, and they cannot both be right.
    words
        What contradicts, in words; empty for other questions.
    """

    a: int
    b: int
    probability: float
    change: float
    why: Purpose
    words: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two records of one person that state what cannot both be true.

    Parameters
    ----------
    a, b
        Positions of the two records, ``a < b``.
    words
        What contradicts, such as "two dates of birth: 1990-01-02 and 1961-05-06".
    """

    a: int
    b: int
    words: str
