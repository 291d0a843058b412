"""Derivation: what the tables made from the log should hold, replayed from the log."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, select

from everyname.ledger import schema
from everyname.ledger.canonical import digest
from everyname.ledger.delivery import digest_of_ids
from everyname.ledger.reader import LedgerReader
from everyname.ledger.record import record_id

Row = tuple[object, ...]
Said = dict[str, Any]


def _source(content: bytes, said: Said) -> Row:
    return digest("everyname.source.1", content), said["key"]


def _document(_content: bytes, said: Said) -> Row:
    return (said["sha256"],)


def _record(content: bytes, said: Said) -> Row:
    id_ = record_id(said["source"], said["kind"], said["key"], content)
    return id_, said["source"], said["kind"], said["key"]


def _judgement(content: bytes, said: Said) -> Row:
    if "retracts" in said:
        return said["retracts"], 0
    return digest("everyname.judgement.1", content), 1


def _delivery(content: bytes, said: Said) -> Row:
    return digest("everyname.delivery.1", content), said["file"]


# Table, kinds of the entries that it lists, and the row that follows from a content.
_LISTED: tuple[tuple[Table, tuple[str, ...], Callable[[bytes, Said], Row]], ...] = (
    (schema.source, ("source",), _source),
    (schema.document, ("document",), _document),
    (schema.record, ("record",), _record),
    (schema.judgement, ("judgement", "retraction"), _judgement),
    (schema.delivery, ("delivery",), _delivery),
)


def contradictions(ledger: LedgerReader, broken: Collection[int]) -> Iterator[str]:
    """Find where a table says something else than the log from which it was made.

    Parameters
    ----------
    ledger
        The ledger.
    broken
        Numbers of the entries that are known to be altered: nothing can be replayed from them.

    Yields
    ------
    str
        What was found, in a sentence.

    Raises
    ------
    LedgerError
        The file cannot be read.
    """
    with ledger._reading() as connection:  # noqa: SLF001 - same room
        for table, kinds, row_of in _LISTED:
            yield from _listed(connection, table, kinds, row_of, broken)
            yield from _unfounded(connection, table, kinds)
        yield from _unfounded(connection, schema.sealed, ())
        yield from _delivered(connection, broken)
        yield from _assigned(connection, broken)


def _listed(
    connection: Connection,
    table: Table,
    kinds: tuple[str, ...],
    row_of: Callable[[bytes, Said], Row],
    broken: Collection[int],
) -> Iterator[str]:
    query = (
        select(schema.entry.c.seq, schema.sealed.c.content, table)
        .select_from(schema.entry)
        .join(schema.sealed, schema.sealed.c.seq == schema.entry.c.seq)
        .outerjoin(table, table.c.seq == schema.entry.c.seq)
        .where(schema.entry.c.kind.in_(kinds))
    )
    for seq, content, listed, *row in connection.execute(query):
        if seq in broken:
            continue
        if listed is None:
            yield f"the {table.name} of entry {seq} is missing from its table"
        elif tuple(row) != row_of(content, json.loads(content)):
            yield f"the {table.name} table says something else than entry {seq}"


def _unfounded(connection: Connection, table: Table, kinds: tuple[str, ...]) -> Iterator[str]:
    entries = select(schema.entry.c.seq)
    if kinds:
        entries = entries.where(schema.entry.c.kind.in_(kinds))
    query = select(table.c.seq).where(table.c.seq.not_in(entries)).order_by(table.c.seq)
    for (seq,) in connection.execute(query):
        yield f"the {table.name} table has a row for entry {seq}, and there is no such entry"


def _delivered(connection: Connection, broken: Collection[int]) -> Iterator[str]:
    contents = connection.execute(
        select(schema.entry.c.seq, schema.sealed.c.content)
        .join(schema.sealed, schema.sealed.c.seq == schema.entry.c.seq)
        .where(schema.entry.c.kind == "delivery")
    )
    sound = ((seq, json.loads(content)) for seq, content in contents if seq not in broken)
    sealed = {seq: (said["records"], said["records_digest"]) for seq, said in sound}
    empty = (0, digest_of_ids(()))
    listed = connection.execute(
        select(schema.delivery_record.c.delivery, schema.record.c.id)
        .outerjoin(schema.record, schema.record.c.seq == schema.delivery_record.c.record)
        .order_by(schema.delivery_record.c.delivery, schema.delivery_record.c.position)
    )
    found = {}
    for seq, rows in groupby(listed, key=lambda row: int(row[0])):
        ids = [str(id_) for _, id_ in rows]
        found[seq] = (len(ids), digest_of_ids(ids))
    for seq in sorted({*sealed, *found} - set(broken)):
        if found.get(seq, empty) != sealed.get(seq, empty):
            yield f"the records listed for delivery {seq} are not those that were delivered"


def _assigned(connection: Connection, broken: Collection[int]) -> Iterator[str]:
    contents = connection.execute(
        select(schema.entry.c.seq, schema.sealed.c.content)
        .outerjoin(schema.sealed, schema.sealed.c.seq == schema.entry.c.seq)
        .where(schema.entry.c.kind == "assignment")
        .order_by(schema.entry.c.seq)
    )
    persons: dict[str, tuple[str, int]] = {}
    redirects: dict[str, tuple[str, int]] = {}
    for seq, content in contents:
        if seq in broken:
            return
        said = json.loads(content)
        persons.update((record, (person, seq)) for record, person in said["changes"])
        redirects.update((old, (new, seq)) for old, new in said["redirects"])
    for table, expected in ((schema.membership, persons), (schema.redirect, redirects)):
        held = {key: (to, seq) for key, to, seq in connection.execute(select(table))}
        differing = {key for key, _ in held.items() ^ expected.items()}
        if differing:
            yield (
                f"the {table.name} table says something else than the assignments on "
                f"{len(differing)} of its rows, {min(differing)!r} among them"
            )
