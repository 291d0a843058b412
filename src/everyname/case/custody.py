"""Custody of a case's documents: the log of each, and adding to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from everyname.case.checkpoint import write_checkpoint
from everyname.case.folder import CaseFolder
from everyname.case.run import alone
from everyname.errors import CaseError
from everyname.ledger import Custody, Document, Ledger, LedgerReader, utc_now

SHORTEST = 8
"""Digits of a document's SHA-256 that name it at least."""


@dataclass(frozen=True, slots=True)
class CustodyLog:
    """A document and the steps on its way.

    Parameters
    ----------
    document
        As described last.
    steps
        In the order in which they were entered.
    """

    document: Document
    steps: tuple[Custody, ...]


def custody_log(path: Path, document: str) -> CustodyLog:
    """Read the custody log of a document.

    Parameters
    ----------
    path
        The case folder.
    document
        File name under ``lists/``, name of another document, or the first eight or more digits of
        the SHA-256.

    Raises
    ------
    CaseError
        The ledger holds no such document, or several.
    LedgerError
        There is no ledger yet.
    """
    with LedgerReader(CaseFolder(path).ledger) as ledger:
        found = _find(ledger, document)
        return CustodyLog(found, ledger.custody(found.sha256))


def add_custody(path: Path, document: str, what: str, *, by: str, note: str = "") -> CustodyLog:
    """Add a step to the custody log of a document, and sign a checkpoint over it.

    Parameters
    ----------
    path, document
        As for `custody_log`.
    what
        What happened, in words, such as "handed to the archive".
    by
        Who did it.
    note
        Anything else.

    Raises
    ------
    CaseError
        As from `custody_log`; or nobody is named, or nothing said.
    LedgerError
        The ledger cannot be written.
    """
    if not what.strip() or not by.strip():
        raise CaseError(
            "a step needs what happened and who did it", where=str(path), do="Give both"
        )
    folder = CaseFolder(path)
    with LedgerReader(folder.ledger) as reader:
        found = _find(reader, document)
    with alone(folder), Ledger.open(folder.ledger) as ledger:
        now = utc_now().isoformat(timespec="seconds")
        step = Custody(found.sha256, what.strip(), by.strip(), now, note=note)
        with ledger.writing() as writer:
            writer.append("custody", [step.content])
        write_checkpoint(folder, ledger)
        return CustodyLog(found, ledger.custody(found.sha256))


def _find(ledger: LedgerReader, text: str) -> Document:
    documents = ledger.documents()
    delivered = ledger.deliveries().get(text)
    if delivered is not None and delivered.document in documents:
        return documents[delivered.document]
    found = [
        d
        for d in documents.values()
        if d.name == text or (len(text) >= SHORTEST and d.sha256.startswith(text.lower()))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        digests = ", ".join(document.sha256[:12] for document in found)
        raise CaseError(
            f"{len(found)} documents are meant by {text!r}",
            where=ledger.where,
            do=f"Name one by its SHA-256: {digests}",
        )
    raise CaseError(
        f"the ledger holds no document {text!r}",
        where=ledger.where,
        do="Take a name or a SHA-256 from out/documents.csv",
    )
