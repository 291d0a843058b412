"""Erasing a record of a case, and finding where else its words may be."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from everyname.case.checkpoint import write_checkpoint
from everyname.case.folder import CaseFolder
from everyname.case.run import alone
from everyname.case.stage import file_digest, write_text
from everyname.errors import CaseError
from everyname.ledger import Ledger, LedgerReader, Record, erase, sha256_of

# What runs make, and make again, from the record. All else under out/ is the record itself.
_KEPT = (
    "ledger.sqlite",
    "ledger.sqlite-wal",
    "ledger.sqlite-shm",
    "originals",
    "keys",
    "checkpoints",
    "erasures",
)


@dataclass(frozen=True, slots=True)
class ErasedRecord:
    """What an erasure in a case did.

    Parameters
    ----------
    references
        References of the records that were erased.
    contents
        How many contents of the ledger went with them.
    note
        The signed order, to be kept outside with the checkpoints.
    copies
        Where what was erased may still be, for a person to see to.
    """

    references: tuple[str, ...]
    contents: int
    note: Path
    copies: tuple[str, ...]


def erase_record(
    path: Path, what: str, *, by: str, why: str, originals: bool = False
) -> ErasedRecord:
    """Erase what a case holds on a record, in all its versions.

    All that runs made from the record is removed too; the next run makes it again without what
    was erased, even when the list still holds it.

    Parameters
    ----------
    path
        The case folder.
    what
        The record's reference, ``source/key``, or the first eight or more digits of its id.
    by, why
        Who ordered it, and on which ground.
    originals
        Whether the preserved originals that hold the record are removed as well, whole.

    Raises
    ------
    CaseError
        There is no such record, or an order without a name or a ground.
    LedgerError
        The ledger refuses.
    """
    if not by.strip() or not why.strip():
        raise CaseError(
            "an erasure needs the name of who ordered it, and the ground",
            where=str(path),
            do="Give both",
        )
    folder = CaseFolder(path)
    with alone(folder):
        with LedgerReader(folder.ledger) as ledger:
            records = _records(ledger, what)
            # Erased before, and interrupted before its files were written anew: it is ended now.
            begun = not records and ledger.was_erased(what)
            documents = _documents(ledger, {record.document for record in records})
        if not records and not begun:
            raise CaseError(
                f"the ledger holds no record {what!r}",
                where=str(path),
                do="Take a reference from out/records.csv",
            )
        references = (what,) if begun else tuple(sorted({r.reference for r in records}))
        key = folder.signing_key()
        remove_derived(path / "out")
        with Ledger.open(folder.ledger) as ledger:
            done = erase(
                ledger,
                folder.originals,
                references,
                by=by,
                why=why,
                key=key,
                documents=documents if originals else (),
            )
        note = path / "out" / "erasures" / f"{done.number:010}.txt"
        write_text(note, done.erasure.note)
        with LedgerReader(folder.ledger) as ledger:
            write_checkpoint(folder, ledger)
    _remove_unfinished(folder.originals.folder)
    copies = (*_copies(folder, documents), *_hand_lines(folder, references), *done.left)
    return ErasedRecord(references, len(done.erasure.targets), note, copies)


def _records(ledger: LedgerReader, what: str) -> list[Record]:
    """All versions of the records that are meant: by reference, or by an id's first digits."""
    numbers = ledger.numbers_of(what)
    found = [record for number in numbers if (record := ledger.record_at(number)) is not None]
    references = {record.reference for record in found}
    return [
        record
        for reference in sorted(references)
        for number in ledger.numbers_of(reference)
        if (record := ledger.record_at(number)) is not None
    ]


def remove_derived(out: Path) -> None:
    """Remove what runs make, and make again, from the record.

    Parameters
    ----------
    out
        The case's folder ``out``.
    """
    for made in out.iterdir() if out.is_dir() else ():
        if made.name in _KEPT or made.name.endswith(".turn"):
            continue
        if made.is_dir() and not made.is_symlink():
            # The lock of this very command lies in work/.
            for inner in made.iterdir():
                if inner.name == "lock":
                    continue
                shutil.rmtree(inner) if inner.is_dir() else inner.unlink()
        else:
            made.unlink()


def _documents(ledger: LedgerReader, found: Collection[str]) -> list[str]:
    """Documents, what they were made from, and what else was made from that."""
    documents = ledger.documents()
    wanted, before = set(found), set[str]()
    while wanted != before:
        before = set(wanted)
        for sha256, document in documents.items():
            if sha256 in wanted and document.derived_from:
                wanted.add(document.derived_from)
            elif document.derived_from in wanted:
                wanted.add(sha256)
    return sorted(wanted)


def _remove_unfinished(originals: Path) -> None:
    """Remove what an import that was killed left half written among the originals."""
    for file in originals.glob("*/*"):
        if len(file.name) != len(sha256_of(b"")):
            file.unlink()


def _hand_lines(folder: CaseFolder, references: Sequence[str]) -> tuple[str, ...]:
    """Lines of the hand files that name a record; the next run refuses those that decide on it."""
    return tuple(
        f"{path}, row {row}"
        for path in sorted((folder.path / "hand").glob("*.csv"))
        for row, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1)
        if any(reference in line for reference in references)
    )


def _copies(folder: CaseFolder, documents: Sequence[str]) -> tuple[str, ...]:
    found = [
        str(folder.originals.path(sha256))
        for sha256 in documents
        if folder.originals.path(sha256).exists()
    ]
    found += [
        str(file)
        for own in ("lists", "accounts")
        for file in sorted((folder.path / own).rglob("*"))
        if file.is_file() and file_digest(file) in documents
    ]
    return (*found, "backups of the case, and whatever was published or handed on")
