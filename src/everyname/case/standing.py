"""Standing: how far a review is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a review is.

    Parameters
    ----------
    answered, taken_back, put_off
        In this session.
    judged
        Pairs judged in all sessions.
    open
        Questions left that may change the count.
    checked
        Settled pairs of the random sample that checks the model.
    low, best, high
        Persons, as judged so far.
    seconds
        Since the session began.
    """

    answered: int
    taken_back: int
    put_off: int
    judged: int
    open: int
    checked: int
    low: int
    best: int
    high: int
    seconds: float

    @property
    def per_minute(self) -> float:
        """Answers a minute in this session; 0 before the first."""
        return 60 * self.answered / self.seconds if self.answered and self.seconds else 0.0
