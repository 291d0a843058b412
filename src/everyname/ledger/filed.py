"""Filed: a record as it lies in the ledger."""

from __future__ import annotations

from typing import NamedTuple

from everyname.ledger.correction import Correction
from everyname.ledger.record import Record


class Filed(NamedTuple):
    """A record as it lies in the ledger.

    Parameters
    ----------
    id
        The record's id, of what its source says.
    file
        File under ``lists/`` whose latest delivery holds it.
    record
        The record, with the corrections in force applied; see `correction.corrected`.
    corrections
        All that are in force on it, in their order: by whom, when and why.
    """

    id: str
    file: str
    record: Record
    corrections: tuple[Correction, ...] = ()
