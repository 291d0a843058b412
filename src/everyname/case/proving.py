"""Proving: what a ledger holds on a person, a record or a figure, for others to check."""

from __future__ import annotations

import re
from pathlib import Path

from everyname.case.access import record_access
from everyname.case.checkpoint import read_checkpoint
from everyname.case.folder import CaseFolder
from everyname.errors import CaseError, LedgerError
from everyname.ledger import LedgerReader, attest, make_bundle

_ENTRY = re.compile(r"entry:([0-9]{1,18})")


def prove(path: Path, what: str, older: Path | None = None) -> str:
    """Write a bundle that proves what the ledger holds.

    Parameters
    ----------
    path
        The case folder.
    what
        A person id; a record (also one that states a figure) by its reference or by the first
        eight or more digits of its id; or ``entry:17``, which also proves that something stood in
        the ledger that was erased since.
    older
        A checkpoint that the receiver kept: the bundle then also proves that the ledger only grew
        since.

    Returns
    -------
    str
        The bundle; ``verify_bundle.py`` checks it.

    Raises
    ------
    CaseError
        Nothing of that name is in the ledger.
    LedgerError
        The ledger was altered, or the checkpoint is not one of this ledger.
    """
    folder = CaseFolder(path)
    with LedgerReader(folder.ledger) as ledger:
        numbers = _entries(ledger, what)
        if not numbers:
            raise CaseError(
                f"the ledger holds no person, no record and no entry {what!r}",
                where=str(path),
                do="Take a person id or a reference from out/records.csv",
            )
        record_access(folder.ledger, what, "proved to somebody outside")
        size = ledger.size()
        key = folder.signing_key()
        since = None
        if older is not None:
            note = read_checkpoint(older)
            since = (note, ledger.grown_from(_size(note, older), size))
        return make_bundle(
            [ledger.proved(number, size) for number in numbers],
            attest(ledger, key),
            key.verifier.text,
            since,
        )


def _entries(ledger: LedgerReader, what: str) -> list[int]:
    by_number = _ENTRY.fullmatch(what)
    if by_number:
        number = int(by_number[1])
        return [number] if 0 < number <= ledger.size() else []
    numbers = set(ledger.numbers_of(what))
    leads_to = ledger.redirects().get(what, what)
    for reference, person in ledger.memberships().items():
        if person == leads_to:
            numbers.update(ledger.numbers_of(reference))
    # Whoever gets a record gets what the team decided on it, too.
    records = (ledger.record_at(number) for number in numbers)
    references = {record.reference for record in records if record is not None}
    return sorted(numbers | set(ledger.decided(references)))


def _size(note: str, path: Path) -> int:
    lines = note.split("\n")
    if len(lines) < 2 or not lines[1].isdigit():
        raise LedgerError("this is not a checkpoint", where=str(path), do="Name another")
    return int(lines[1])
