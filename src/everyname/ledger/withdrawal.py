"""Withdrawal: a record is taken out of force, by its source or by the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from everyname.ledger.entered import Entered


@dataclass(frozen=True, slots=True)
class Withdrawal(Entered):
    """Who takes which record out of force, when and why.

    The record stays in the ledger. It is neither linked nor counted nor published.

    Parameters
    ----------
    record
        Reference (``source/key``) of the record.
    reviewer
        Who withdrew it: somebody of the team, or the source.
    time
        When, as written by the reviewer.
    reason
        Why.
    """

    kind: ClassVar[str] = "withdrawal"

    record: str
    reviewer: str
    time: str = ""
    reason: str = ""
