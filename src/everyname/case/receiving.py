"""Receiving: the original behind a list is preserved, described, and its custody logged."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.errors import CaseError, MappingError
from everyname.intake import SourceSection
from everyname.ledger import (
    CONVERTED,
    MADE,
    RECEIVED,
    Custody,
    Document,
    Ledger,
    Writer,
    sha256_of,
    utc_now,
)

mimetypes.add_type("text/csv", ".csv")
mimetypes.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")


def receive(folder: CaseFolder, file: str, source: SourceSection, ledger: Ledger) -> str:
    """Preserve a list, and what it was made from, and enter how they came.

    A document that is described differently from before is entered anew; what is described just so
    already adds nothing.

    Parameters
    ----------
    folder
        The case.
    file
        Name under ``lists/``.
    source
        What the mapping says of it.
    ledger
        The case's ledger.

    Returns
    -------
    str
        SHA-256 of the list.

    Raises
    ------
    MappingError
        What the list was made from is not there.
    CaseError
        The list, or what it was made from, was erased.
    LedgerError
        The originals or the ledger cannot be written.
    """
    now = utc_now().isoformat(timespec="seconds")
    known = ledger.documents()
    erased = {sha256 for erasure in ledger.erasures() for sha256 in erasure.documents}
    own = _preserved(folder, folder.list_file(file), file, now, erased)
    if not source.made_from:
        documents = [_received(own, source)]
        steps = [_step(documents[0], RECEIVED, source)]
    else:
        path = made_from(folder, file, source)
        original = _preserved(folder, path, source.made_from, now, erased)
        original = _received(_unsaid(original, known), source)
        copy = replace(own, derived_from=original.sha256, how=source.how)
        documents = [original, copy]
        to, of = f"to {copy.name} ({copy.sha256})", f"of {original.name} ({original.sha256})"
        steps = [
            _step(original, RECEIVED, source),
            Custody(original.sha256, CONVERTED, source.made_by, now, "", f"{to}: {source.how}"),
            Custody(copy.sha256, MADE, source.made_by, now, "", f"{of}: {source.how}"),
        ]
    logged = [step for document in documents for step in ledger.custody(document.sha256)]
    with ledger.writing() as writer:
        for document in documents:
            _describe(document, known, writer, timed=bool(source.received))
        new = [s.content for s in steps if not _logged(s, logged, timed=bool(source.received))]
        writer.append("custody", new)
    return own.sha256


def made_from(folder: CaseFolder, file: str, source: SourceSection) -> Path:
    """Where the document lies that a list was made from.

    Raises
    ------
    MappingError
        It is not there, or lies outside of lists/ and accounts/.
    """
    path = folder.path / source.made_from
    rooms = [(folder.path / room).resolve() for room in ("lists", "accounts")]
    if not any(path.resolve().is_relative_to(room) for room in rooms) or not path.is_file():
        raise MappingError(
            f"made_from names {source.made_from!r}, and there is no such file in lists/ or "
            "accounts/",
            where=folder.mapping_file(file).name,
            do="Put the file there, and name it as accounts/report.pdf",
        )
    return path


def _preserved(
    folder: CaseFolder, path: Path, name: str, now: str, erased: Collection[str]
) -> Document:
    data = path.read_bytes()
    if sha256_of(data) in erased:
        raise CaseError(
            "this file was erased from the record",
            where=str(path),
            do="Put one in its place without what was erased, or take it out of case.toml",
        )
    return Document(
        sha256=folder.originals.preserve(data),
        name=name,
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        size=len(data),
        received=now,
    )


def _received(document: Document, source: SourceSection) -> Document:
    """Say of a document what the mapping says; what the mapping leaves open stays."""
    return replace(
        document,
        received=source.received or document.received,
        received_from=source.received_from or document.received_from,
        received_by=source.received_by or document.received_by,
        address=source.address or document.address,
        captured=source.captured or document.captured,
        parts=source.parts or document.parts,
    )


def _unsaid(document: Document, known: Mapping[str, Document]) -> Document:
    """Begin with what is known: several lists can be made from one original."""
    return known.get(document.sha256, document)


def _describe(
    document: Document, known: Mapping[str, Document], writer: Writer, *, timed: bool
) -> None:
    """Enter a document, unless it is described just so already."""
    before = known.get(document.sha256)
    if before is None:
        writer.document(document)
        return
    # The name it came under, and the day if nobody says another, are those of the first time.
    said = timed and not document.derived_from
    received = document.received if said else before.received
    now = replace(document, name=before.name, media_type=before.media_type, received=received)
    if now != before:
        writer.append("document", [now.content])


def _step(document: Document, what: str, source: SourceSection) -> Custody:
    return Custody(
        document.sha256, what, source.received_by, document.received, source.received_from
    )


def _logged(step: Custody, logged: list[Custody], *, timed: bool) -> bool:
    """Whether the log has a step already; the time of a run does not make it another."""
    own = replace(step, at="") if not (timed and step.what == RECEIVED) else step
    return any((replace(s, at="") if not own.at else s) == own for s in logged)
