"""Correction: the team holds that a record says something wrong, and what holds instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from everyname.ledger.entered import Entered
from everyname.ledger.record import Record, Statement

CORRECTED = "corrected"
"""Stance of what the source says and the team does not let stand: shown, and never counted."""


@dataclass(frozen=True, slots=True)
class Correction(Entered):
    """Who corrects which value of a record, when and why.

    What the source says stays in the ledger, and its cells stay as they are.

    Parameters
    ----------
    record
        Reference (``source/key``) of the record.
    field
        Name of a field of the vocabulary.
    value
        Canonical text of what holds; empty where the record states nothing.
    reviewer
        Who corrected.
    time
        When, as written by the reviewer.
    reason
        Why.
    stance
        ``asserted``, or ``unknown`` where it holds that the value is not known.
    """

    kind: ClassVar[str] = "correction"

    record: str
    field: str
    value: str
    reviewer: str
    time: str = ""
    reason: str = ""
    stance: str = "asserted"


def corrected(record: Record, corrections: Sequence[Correction]) -> Record:
    """Apply corrections to a record.

    Parameters
    ----------
    record
        As its source has it.
    corrections
        In the order in which they came into force: the last one on a field holds.

    Returns
    -------
    Record
        What the source says of a corrected field stands in it with the stance `CORRECTED`, and
        what holds instead behind it. Its `id` is no longer that of the record in the ledger.
    """
    last = {correction.field: correction for correction in corrections}
    statements = [
        s._replace(stance=CORRECTED) if s.field in last and s != _said(last[s.field]) else s
        for s in record.statements
    ]
    new = [_said(correction) for correction in last.values() if correction.value]
    statements += [statement for statement in new if statement not in statements]
    return replace(record, statements=tuple(statements))


def _said(correction: Correction) -> Statement:
    return Statement(correction.field, correction.value, correction.stance)
