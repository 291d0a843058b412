"""Judgement: somebody holds that two records are about the same subject, or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from everyname.ledger.entered import Entered

Decision = Literal["same", "different", "unsure"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)


@dataclass(frozen=True, slots=True)
class Judgement(Entered):
    """Who holds what about two records, when and why.

    Parameters
    ----------
    record_a, record_b
        References (``source/key``) of the two records.
    decision
        same, different, or unsure: it cannot be told.
    reviewer
        Who judged.
    time
        When, as written by the reviewer.
    reason
        Why.
    """

    kind: ClassVar[str] = "judgement"

    record_a: str
    record_b: str
    decision: Decision
    reviewer: str
    time: str = ""
    reason: str = ""
