"""Ruling: a panel decides which value holds of a person on whom sources disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from everyname.ledger.entered import Entered


@dataclass(frozen=True, slots=True)
class Ruling(Entered):
    """Who decides which value of a person holds, when and why.

    Unlike a correction, it changes nothing of what the records say: it stands in place of the rule
    by which conflicts between sources are resolved.

    Parameters
    ----------
    record
        Reference (``source/key``) of a record of the person.
    field
        Name of a field of the vocabulary.
    value
        Canonical text of the value that holds.
    reviewer
        Who decided, such as the name of the panel.
    time
        When, as written by the reviewer.
    reason
        Why.
    stance
        ``asserted``, or ``unknown`` where it is held that nobody can know.
    """

    kind: ClassVar[str] = "ruling"

    record: str
    field: str
    value: str
    reviewer: str
    time: str = ""
    reason: str = ""
    stance: str = "asserted"
