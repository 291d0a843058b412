"""Verification: proves that a ledger and its originals are what was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Connection, Table, func, select

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import schema
from everyname.ledger.canonical import encoded
from everyname.ledger.database import Database, Row
from everyname.ledger.delivery import numbers_of
from everyname.ledger.document import Originals
from everyname.ledger.erasure import Erasure
from everyname.ledger.merkle import append_many, leaf_hash
from everyname.ledger.projection import KINDS, LISTED, projected, record_row
from everyname.ledger.reader import LedgerReader
from everyname.ledger.signing_key import VerifierKey
from everyname.ledger.tree import stored
from everyname.ledger.writer import commitment

Cell: TypeAlias = Any
"""A cell, or a parsed content: whoever altered the database may have stored anything."""

_RESTORE = "Restore the ledger from a backup"

_REBUILD = "Run `everyname rebuild`, and verify again"

# What is said of tables that are made from the log, and can be made again.
_DERIVED = re.compile(r"^the (tree|record of|records listed|\w+ table) ")

_BODY = re.compile(
    rb'\{"at":"[0-9T:.Z+-]+","commitment":"([0-9a-f]{64})","kind":"([a-z_]+)",'
    rb'"seq":([1-9][0-9]{0,18}),"v":1\}'
)

# Records come with the row of their own table; all else is few.
_ENTRIES = (
    "SELECT entry.seq, entry.kind, entry.body, sealed.salt, sealed.content, "
    "record.seq, record.id, record.source, record.kind, record.key "
    "FROM entry LEFT JOIN sealed ON sealed.seq = entry.seq "
    "LEFT JOIN record ON record.seq = entry.seq ORDER BY entry.seq"
)


def verify(
    ledger: LedgerReader, originals: Originals, key: VerifierKey | None = None
) -> Iterator[LedgerAltered]:
    """Check every entry, every content, every table made from them, and every original.

    Entries cut off at the end, and a log written anew as a whole, leave no trace in the database:
    compare it with checkpoints kept elsewhere (`contradicted`).

    Parameters
    ----------
    ledger
        The ledger to check.
    originals
        The folder of preserved originals.
    key
        The ledger's public key: without it, nobody can tell who signed for an erasure.

    Yields
    ------
    LedgerAltered
        One for each thing that is not what was written; none when all is well.

    Raises
    ------
    LedgerError
        The ledger is damaged so far that it cannot be read.
    """
    with ledger._reading() as connection:  # noqa: SLF001 - same room
        reading = _Reading(ledger.database, connection, key)
        for found in reading.problems():
            do = _REBUILD if _DERIVED.search(found) else _RESTORE
            yield LedgerAltered(found, where=ledger.where, do=do)
    for sha256 in dict.fromkeys(reading.documents):
        try:
            path = originals.path(sha256)
            if sha256 not in reading.erased_documents:
                originals.read(sha256)
                continue
        except LedgerAltered as error:
            yield error
            continue
        if path.exists():
            yield LedgerAltered(
                "this original was erased and is there again", where=str(path), do="Remove it"
            )


class _Reading:
    """One reading of a whole ledger, and what it has to remember meanwhile."""

    def __init__(self, database: Database, connection: Connection, key: VerifierKey | None) -> None:
        self._database = database
        self._connection = connection
        self._key = key
        self._leaves: list[bytes] = []
        self._without: dict[int, str] = {}
        self._sealed = 0
        self._listed = dict.fromkeys(LISTED, 0)
        self._deliveries: dict[int, Any] = {}
        self._erasures: dict[int, Erasure] = {}
        self.documents: list[str] = []
        self.erased_documents: set[str] = set()

    def problems(self) -> Iterator[str]:
        """Read it all."""
        yield from self._database.unexpected(self._connection)
        expected = 1
        for row in self._database.stream(self._connection, _ENTRIES):
            seq: Any = row[0]
            if seq > expected:
                yield _missing(expected, seq - 1)
            expected = seq + 1
            yield from self._entry(seq, row[1], row[2], row[3], row[4], row[5:])
        yield from self._tree()
        yield from self._erased()
        for arrival, runs in self._deliveries.items():
            yield from self._arrived(arrival, runs)
        yield from self._unfounded()

    def _entry(
        self, seq: int, kind: Cell, body: Cell, salt: Cell, content: Cell, record: Row
    ) -> Iterator[str]:
        self._leaves.append(leaf_hash(body) if isinstance(body, bytes) else b"")
        match = _BODY.fullmatch(body) if isinstance(body, bytes) else None
        if match is None:
            yield f"entry {seq} is not readable"
            return
        if match[2].decode() != kind or int(match[3]) != seq:
            yield f"entry {seq} was altered"
            return
        if salt is None or content is None:
            self._without[seq] = match[1].decode()
            self._sealed += salt is not None or content is not None
            return
        self._sealed += 1
        sound = isinstance(salt, bytes) and isinstance(content, bytes)
        if not sound or commitment(salt, content) != match[1].decode():
            yield f"the content of entry {seq} was altered"
            return
        if kind not in KINDS:
            yield f"entry {seq} is of the kind {kind!r}, which everyname does not write"
            return
        try:
            said = orjson.loads(content)
            if kind == "record":
                yield from self._record(seq, content, said, record)
            else:
                yield from self._other(seq, kind, content, said)
        except (ValueError, KeyError, TypeError, AttributeError, LedgerError) as error:
            yield f"entry {seq} is not one that everyname writes ({error!r})"

    def _record(self, seq: int, content: bytes, said: Cell, found: Row) -> Iterator[str]:
        self._listed[schema.record] += found[0] is not None
        if found[0] is None:
            yield f"the record of entry {seq} is missing from its table"
        elif tuple(found) != record_row(seq, content, said):
            yield f"the record table says something else than entry {seq}"

    def _other(self, seq: int, kind: str, content: bytes, said: Cell) -> Iterator[str]:
        if encoded(said) != content:
            yield f"the content of entry {seq} is not as everyname writes it"
        for table, expected in projected(seq, kind, content, said):
            columns = ", ".join(column.name for column in table.columns)
            query = f"SELECT {columns} FROM {table.name} WHERE seq = ?"  # noqa: S608
            found = list(self._database.stream(self._connection, query, seq))
            self._listed[table] += len(found)
            if sorted(found, key=repr) != sorted(expected, key=repr):
                yield f"the {table.name} table says something else than entry {seq}"
        if kind == "document":
            self.documents.append(str(said["sha256"]))
        elif kind == "delivery":
            runs = [(int(first), int(last)) for first, last in said["entries"]]
            self._deliveries[int(said["arrival"])] = runs
        elif kind == "erasure":
            self._erasures[seq] = Erasure.from_content(said)

    def _tree(self) -> Iterator[str]:
        """Compare the stored tree with the one that the entries give."""

        def none_before(_level: int, _index: int, /) -> bytes:
            raise LookupError  # the first leaf of all has no node before it

        right = stored(append_many(0, self._leaves, none_before))
        query = "SELECT level, position, hash FROM node ORDER BY level, position"
        for held, made in zip_longest(self._database.stream(self._connection, query), right):
            if held != made:
                level, index, _ = held or made or (0, 0, b"")
                yield f"the tree is not the entries' own from node {index} on level {level} on"
                return

    def _erased(self) -> Iterator[str]:
        """Compare the contents that are missing with those that were erased."""
        lawful: dict[int, str] = {}
        for seq, erasure in self._erasures.items():
            if self._key is None:
                yield f"without the ledger's key nobody can tell who ordered the erasure {seq}"
            elif not erasure.signed_by(self._key):
                yield f"the erasure of entry {seq} is not signed with the ledger's key"
                continue
            lawful.update(erasure.targets)
            self.erased_documents.update(erasure.documents)
        for seq, of in self._without.items():
            if lawful.get(seq) != of:
                yield f"the content of entry {seq} is missing, and no erasure says why"
        for seq in sorted(lawful.keys() - self._without.keys()):
            yield f"the content of entry {seq} was erased and is there again"

    def _arrived(self, arrival: int, runs: Iterable[Iterable[int]]) -> Iterator[str]:
        query = "SELECT position, record FROM arrived WHERE arrival = ? ORDER BY position"
        listed = self._database.stream(self._connection, query, arrival)
        for found, expected in zip_longest(listed, enumerate(numbers_of(runs))):
            if found != expected:
                yield f"the records listed for arrival {arrival} are not those delivered"
                return

    def _unfounded(self) -> Iterator[str]:
        """Find rows that belong to no entry."""
        for table, compared in (*self._listed.items(), (schema.sealed, self._sealed)):
            if self._count(table) != compared:
                yield f"the {table.name} table has rows that follow from no entry"
        known = select(schema.arrival.c.seq)
        query = select(func.count()).where(schema.arrived.c.arrival.not_in(known))
        if self._connection.execute(query).scalar_one():
            yield "the arrived table has rows that follow from no entry"

    def _count(self, table: Table) -> int:
        return self._connection.execute(select(func.count()).select_from(table)).scalar_one()


def _missing(first: int, last: int) -> str:
    return (
        f"entry {first} is missing" if first == last else f"entries {first} to {last} are missing"
    )
