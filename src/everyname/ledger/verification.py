"""Verification: proves that a ledger and its originals are what was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from everyname.errors import LedgerAltered
from everyname.ledger import schema
from everyname.ledger.canonical import canonical_json
from everyname.ledger.document import Originals
from everyname.ledger.ledger import commitment
from everyname.ledger.reader import LedgerReader
from everyname.ledger.record import record_id


def verify(ledger: LedgerReader, originals: Originals) -> Iterator[LedgerAltered]:
    """Check every entry, every content, every record id and every original.

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
    """
    where = str(ledger.path)
    expected = 1
    for seq, kind, body, salt, content in _entries(ledger):
        while expected < seq:
            yield LedgerAltered(f"entry {expected} is missing", where=where, do=_RESTORE)
            expected += 1
        expected = seq + 1
        problem = _problem(seq, kind, body, salt, content)
        if problem:
            yield LedgerAltered(problem, where=where, do=_RESTORE)
    yield from _records(ledger)
    for sha256 in ledger.documents():
        try:
            originals.read(sha256)
        except LedgerAltered as error:
            yield error


_RESTORE = "Restore the ledger from a backup"


def _entries(ledger: LedgerReader) -> Iterator[tuple[int, str, bytes, bytes | None, bytes | None]]:
    query = (
        select(schema.entry, schema.sealed.c.salt, schema.sealed.c.content)
        .outerjoin(schema.sealed, schema.sealed.c.seq == schema.entry.c.seq)
        .order_by(schema.entry.c.seq)
    )
    with ledger._reading() as connection:  # noqa: SLF001 - same room
        for row in connection.execute(query):
            yield tuple(row)


def _problem(
    seq: int, kind: str, body: bytes, salt: bytes | None, content: bytes | None
) -> str | None:
    try:
        said: dict[str, Any] = json.loads(body)
    except ValueError:
        return f"entry {seq} is not readable"
    if canonical_json(said) != body or said.get("seq") != seq or said.get("kind") != kind:
        return f"entry {seq} was altered"
    if salt is None or content is None:
        return f"the content of entry {seq} is missing"
    if said.get("commitment") != commitment(salt, content):
        return f"the content of entry {seq} was altered"
    return None


def _records(ledger: LedgerReader) -> Iterator[LedgerAltered]:
    query = select(
        schema.record.c.id, schema.record.c.seq, schema.entry.c.kind, schema.sealed.c.content
    ).select_from(
        schema.record.join(schema.sealed, schema.sealed.c.seq == schema.record.c.seq).join(
            schema.entry, schema.entry.c.seq == schema.record.c.seq
        )
    )
    with ledger._reading() as connection:  # noqa: SLF001 - same room
        for id_, seq, kind, content in connection.execute(query):
            try:
                said = json.loads(content)
                right = record_id(said["source"], said["kind"], said["key"], content)
            except (ValueError, KeyError, TypeError):
                right = ""
            if right != id_ or kind != "record":
                yield LedgerAltered(
                    f"the record of entry {seq} does not give its id",
                    where=str(ledger.path),
                    do=_RESTORE,
                )
