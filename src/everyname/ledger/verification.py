"""Verification: proves that a ledger and its originals are what was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import schema
from everyname.ledger.canonical import canonical_json
from everyname.ledger.derivation import contradictions
from everyname.ledger.document import Originals
from everyname.ledger.reader import LedgerReader
from everyname.ledger.writer import commitment

_RESTORE = "Restore the ledger from a backup"


def verify(ledger: LedgerReader, originals: Originals) -> Iterator[LedgerAltered]:
    """Check every entry, every content, every table made from them, and every original.

    Entries cut off at the end leave no trace in the log itself: compare `LedgerReader.size` and
    `LedgerReader.head` with those kept elsewhere.

    Parameters
    ----------
    ledger
        The ledger to check.
    originals
        The folder of preserved originals.

    Yields
    ------
    LedgerAltered
        One for each thing that is not what was written; none when all is well.

    Raises
    ------
    LedgerError
        The file is damaged so far that it cannot be read.
    """
    where = str(ledger.path)
    broken: set[int] = set()
    documents: list[str] = []
    expected = 1
    for seq, kind, body, salt, content in _entries(ledger):
        if seq > expected:
            yield LedgerAltered(_missing(expected, seq - 1), where=where, do=_RESTORE)
        expected = seq + 1
        problem = _problem(seq, kind, body, salt, content)
        if problem:
            broken.add(seq)
            yield LedgerAltered(problem, where=where, do=_RESTORE)
        elif kind == "document":
            documents.append(json.loads(content)["sha256"])
    for found in contradictions(ledger, broken):
        yield LedgerAltered(found, where=where, do=_RESTORE)
    for sha256 in documents:
        try:
            originals.read(sha256)
        except LedgerAltered as error:
            yield error


def _missing(first: int, last: int) -> str:
    return (
        f"entry {first} is missing" if first == last else f"entries {first} to {last} are missing"
    )


def _entries(ledger: LedgerReader) -> Iterator[tuple[int, str, Any, Any, Any]]:
    # Whoever altered the file may have stored anything: the types of the cells are not known.
    query = (
        select(schema.entry, schema.sealed.c.salt, schema.sealed.c.content)
        .outerjoin(schema.sealed, schema.sealed.c.seq == schema.entry.c.seq)
        .order_by(schema.entry.c.seq)
    )
    with ledger._reading() as connection:  # noqa: SLF001 - same room
        yield from (tuple(row) for row in connection.execute(query))


def _problem(seq: int, kind: str, body: object, salt: object, content: object) -> str | None:
    try:
        said: Any = json.loads(body) if isinstance(body, bytes) else None
        sound = isinstance(said, dict) and canonical_json(said) == body
    except (ValueError, LedgerError, RecursionError):
        return f"entry {seq} is not readable"
    if not sound or said.get("seq") != seq or said.get("kind") != kind:
        return f"entry {seq} was altered"
    if salt is None or content is None:
        return f"the content of entry {seq} is missing"
    if not isinstance(salt, bytes) or not isinstance(content, bytes):
        return f"the content of entry {seq} was altered"
    if said.get("commitment") == commitment(salt, content):
        return None
    return f"the content of entry {seq} was altered"
