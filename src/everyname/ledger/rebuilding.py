"""Rebuilding: makes every derived table again from the log and the sealed contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import orjson
from sqlalchemy import Connection, Table

from everyname.ledger import schema
from everyname.ledger.database import Database, Row
from everyname.ledger.ledger import Ledger
from everyname.ledger.merkle import append_many, leaf_hash
from everyname.ledger.projection import arrived_rows, projected
from everyname.ledger.tree import TreeReader, stored

_BATCH = 5_000

_ENTRIES = (
    "SELECT entry.seq, entry.kind, entry.body, sealed.content FROM entry "
    "LEFT JOIN sealed ON sealed.seq = entry.seq WHERE entry.seq > ? ORDER BY entry.seq LIMIT ?"
)


def rebuild(ledger: Ledger, progress: Callable[[int], None] = lambda _count: None) -> int:
    """Make every derived table again, in one transaction.

    What an interrupted import had entered stays in the log; the import itself begins anew.

    Parameters
    ----------
    ledger
        The ledger. On PostgreSQL, opened as the owner of its tables.
    progress
        Told how many entries are done.

    Returns
    -------
    int
        Number of entries.

    Raises
    ------
    LedgerError
        The database refuses.
    """
    done = 0
    arrivals: set[int] = set()
    with ledger.writing() as writer:
        database, connection = writer.database, writer.connection
        for table in schema.PROJECTIONS:
            connection.execute(table.delete())
        while entries := list(database.stream(connection, _ENTRIES, done, _BATCH)):
            leaves = [leaf_hash(bytes(entry[2])) for entry in entries]
            nodes = append_many(done, leaves, TreeReader(database, connection))
            database.insert(connection, schema.node, stored(nodes))
            _project(database, connection, entries, arrivals)
            done += len(entries)
            progress(done)
    return done


def _project(
    database: Database, connection: Connection, entries: list[Row], arrivals: set[int]
) -> None:
    rows: dict[Table, list[Row]] = {}
    for seq, kind, _, content in entries:
        if not isinstance(content, bytes) or not isinstance(seq, int):
            continue  # erased
        said = orjson.loads(content)
        for table, found in projected(seq, str(kind), content, said):
            rows.setdefault(table, []).extend(found)
        # A file may be delivered again as it was before: its arrival is listed once.
        if kind == "delivery" and said["arrival"] not in arrivals:
            arrivals.add(said["arrival"])
            for some in _batches(arrived_rows(said)):
                database.insert(connection, schema.arrived, some)
    for table, found in rows.items():
        database.insert(connection, table, found)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, _BATCH)):
        yield some
