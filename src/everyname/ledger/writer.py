"""Writer: appends to the ledger, within one transaction."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, repeat
from typing import Any, NamedTuple, Protocol

import orjson
from sqlalchemy import Connection, Table, and_, func, select, text

from everyname.errors import LedgerError
from everyname.ledger import schema
from everyname.ledger.assignment import Assignment
from everyname.ledger.canonical import Json, canonical_json, encoded
from everyname.ledger.database import Database, Row
from everyname.ledger.delivery import Arrival, Delivery, runs_of
from everyname.ledger.document import Document
from everyname.ledger.merkle import append_many, leaf_hash
from everyname.ledger.projection import projected
from everyname.ledger.record import EncodedRecord, Record
from everyname.ledger.source import Source
from everyname.ledger.tree import TreeReader, stored

BATCH = 10_000
"""Records that are entered, and made sure of on disk, at once."""


def encoded_batches(
    records: Iterable[Record], kept: Callable[[str], bool]
) -> Iterator[list[EncodedRecord]]:
    """Encode records, as many at a time as are entered at once.

    Parameters
    ----------
    records
        In their file's order.
    kept
        Whether the record of a reference may be entered.
    """
    rest = (record for record in records if kept(record.reference))
    # Encoded one by one: a batch of whole records is so many objects that Python's own
    # housekeeping would take longer than the work.
    while batch := [record.encoded() for record in islice(rest, BATCH)]:
        yield batch


class Decision(Protocol):
    """Something that people hold about records, and may take back."""

    @property
    def id(self) -> str:
        """SHA-256 of the content."""

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""


class Arrived(NamedTuple):
    """What came of a batch of records.

    Parameters
    ----------
    arrival
        Under which the next batch goes: another one than before when this batch was not what had
        been entered in its place.
    new
        How many of its records the ledger did not hold.
    """

    arrival: int
    new: int


class Delivered(NamedTuple):
    """What came of a delivery.

    Parameters
    ----------
    new
        Records that the ledger did not hold.
    no_longer_listed
        Records of the previous delivery of the same file that this one does not hold.
    """

    new: int
    no_longer_listed: int


def commitment(salt: bytes, content: bytes) -> str:
    """SHA-256 over salt and canonical content: proves a content without holding it.

    Parameters
    ----------
    salt
        16 random bytes.
    content
        Canonical JSON.
    """
    return hashlib.sha256(salt + content).hexdigest()


def reference_digest(secret: bytes, reference: str) -> str:
    """Keyed digest of a reference: tells a list's record again without naming it.

    Parameters
    ----------
    secret
        As from `LedgerReader.secret`. Whoever holds the ledger can test a guess with it.
    reference
        ``source/key``.
    """
    return hmac.digest(secret, b"everyname.erased.1" + reference.encode(), "sha256").hex()


def body_of(at: str, commitment: str, kind: str, seq: int) -> bytes:
    """Canonical JSON of a log entry.

    Parameters
    ----------
    at
        When, as an ISO 8601 time.
    commitment
        As from `commitment`.
    kind
        Lower-case letters.
    seq
        Number of the entry.
    """
    text = f'{{"at":"{at}","commitment":"{commitment}","kind":"{kind}","seq":{seq},"v":1}}'
    return text.encode("ascii")


class Writer:
    """Appends entries within one transaction; made by `Ledger.writing`."""

    def __init__(
        self,
        database: Database,
        connection: Connection,
        now: Callable[[], datetime],
        salt: Callable[[int], bytes],
    ) -> None:
        self.database = database
        self.connection = connection
        self._now = now
        self._salt = salt
        top = connection.execute(select(func.max(schema.entry.c.seq))).scalar_one()
        self._next = (top or 0) + 1

    def append(self, kind: str, contents: Sequence[Mapping[str, Json]]) -> range:
        """Append one entry a content, and the rows that follow from it.

        Parameters
        ----------
        kind
            Of all of them.
        contents
            What is sealed.

        Returns
        -------
        range
            Their sequence numbers.
        """
        data = [canonical_json(content) for content in contents]
        return self._append(kind, data, map(orjson.loads, data))

    def _append(self, kind: str, data: Sequence[bytes], said: Iterable[Mapping[str, Any]]) -> range:
        numbers = self._log(kind, data)
        rows: dict[Table, list[Row]] = {}
        for seq, content, each in zip(numbers, data, said, strict=True):
            for table, found in projected(seq, kind, content, each):
                rows.setdefault(table, []).extend(found)
        for table, found in rows.items():
            self._insert(table, found)
        return numbers

    def _log(self, kind: str, contents: Sequence[bytes]) -> range:
        """Append entries, seal their contents, and let the tree grow."""
        at = self._now().isoformat(timespec="seconds")
        numbers = range(self._next, self._next + len(contents))
        salts = [self._salt(seq) for seq in numbers]
        commitments = map(commitment, salts, contents)
        bodies = [body_of(at, c, kind, seq) for seq, c in zip(numbers, commitments, strict=True)]
        self._insert(schema.entry, list(zip(numbers, repeat(kind), bodies, strict=False)))
        self._insert(schema.sealed, list(zip(numbers, salts, contents, strict=True)))
        self._grow(numbers.start - 1, list(map(leaf_hash, bodies)))
        self._next = numbers.stop
        return numbers

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        self.database.insert(self.connection, table, rows)

    def _grow(self, size: int, leaves: Sequence[bytes]) -> None:
        """Store the nodes of the Merkle tree that new leaves complete."""
        reader = TreeReader(self.database, self.connection)
        self._insert(schema.node, stored(append_many(size, leaves, reader)))

    def source(self, source: Source) -> bool:
        """Enter a source, unless it is described just so already; tell whether it was new."""
        last = self.connection.execute(
            select(schema.source.c.id)
            .where(schema.source.c.key == source.key)
            .order_by(schema.source.c.seq.desc())
            .limit(1)
        ).scalar()
        if last == source.id:
            return False
        self.append("source", [source.content])
        return True

    def document(self, document: Document) -> bool:
        """Enter a document, unless its bytes are known already; tell whether it was new."""
        known = self.connection.execute(
            select(schema.document.c.seq).where(schema.document.c.id == document.id)
        ).scalar()
        if known is None:
            self.append("document", [document.content])
        return known is None

    def deliver(
        self, file: str, document: str, mapping: str, records: Iterable[Record]
    ) -> Delivered:
        """Enter the records that a reading of a file yielded, all in this transaction.

        Records that the ledger holds already are not entered again; a delivery that differs in
        nothing from the latest of this file adds nothing at all.

        Parameters
        ----------
        file
            Name under ``lists/``.
        document
            SHA-256 of the file.
        mapping
            SHA-256 of the mapping applied.
        records
            The records, in the file's order.
        """
        arrival = self.arrival(file, document, mapping)
        position = new = 0
        for batch in encoded_batches(records, self.not_erased()):
            arrival, fresh = self.arrive(arrival, position, batch)
            position, new = position + len(batch), new + fresh
        return Delivered(new, self.delivered(arrival, position))

    def arrival(self, file: str, document: str, mapping: str) -> int:
        """Begin an import, or go on with one; return the number of its entry."""
        arrival = Arrival(file, document, mapping)
        return self._arrival(arrival) or self.append("arrival", [arrival.content])[0]

    def _arrival(self, arrival: Arrival) -> int | None:
        """Number of the latest reading of this arrival."""
        found = None
        while number := self.connection.execute(
            select(schema.arrival.c.seq).where(schema.arrival.c.id == arrival.id)
        ).scalar():
            found = number
            arrival = arrival.again
        return found

    def arrive(self, arrival: int, position: int, batch: Sequence[EncodedRecord]) -> Arrived:
        """Enter some of the records of an import.

        What was entered before, under the same arrival and at the same position, is not entered
        again: a batch of which nobody knows whether it was kept can be given once more.

        Parameters
        ----------
        arrival
            As from `arrival`, or as returned for the batch before.
        position
            Number of the batch's first record within the file, from 0.
        batch
            The records, in the file's order.

        Raises
        ------
        LedgerError
            Meanwhile a record was erased, or the tables were made again: the import has to be
            begun once more.
        """
        if position and not self._arrived(arrival, position - 1, 1):
            raise _interfered("what was entered before is not listed any more")
        kept = self.not_erased()
        if not all(kept(f"{record.source}/{record.key}") for record in batch):
            raise _interfered("one of its records was erased")
        ids = [record.id for record in batch]
        known = self.database.numbers(self.connection, ids)
        held = self._arrived(arrival, position, len(ids))
        other = held != [known.get(id_) for id_ in ids[: len(held)]]
        # What a delivery has ended is not added to: its records are in force.
        if other or (len(held) < len(ids) and self._ended(arrival)):
            arrival, held = self._read_again(arrival, position), []
        fresh = {record.id: record for record in batch if record.id not in known}
        numbers = self._log("record", [record.content for record in fresh.values()])
        self._insert(
            schema.record,
            [
                (seq, record.id, record.source, record.kind, record.key)
                for seq, record in zip(numbers, fresh.values(), strict=True)
            ],
        )
        known.update(zip(fresh, numbers, strict=True))
        rows = [(arrival, position + at, known[id_]) for at, id_ in enumerate(ids)]
        self._insert(schema.arrived, rows[len(held) :])
        return Arrived(arrival, len(fresh))

    def _arrived(self, arrival: int, position: int, count: int) -> list[int]:
        query = (
            select(schema.arrived.c.record)
            .where(
                schema.arrived.c.arrival == arrival,
                schema.arrived.c.position >= position,
                schema.arrived.c.position < position + count,
            )
            .order_by(schema.arrived.c.position)
        )
        return list(self.connection.execute(query).scalars())

    def _begun(self, arrival: int) -> Arrival:
        """What the import of this number is of."""
        content = self.connection.execute(
            select(schema.sealed.c.content).where(schema.sealed.c.seq == arrival)
        ).scalar_one()
        return Arrival.from_content(orjson.loads(content))

    def _ended(self, arrival: int) -> bool:
        """Whether a delivery lists the records of this arrival."""
        query = select(schema.delivery.c.seq).where(schema.delivery.c.arrival == arrival).limit(1)
        return self.connection.execute(query).first() is not None

    def _read_again(self, arrival: int, position: int) -> int:
        """Begin another reading of the same document with what both have in common."""
        again = self._begun(arrival).again
        (number,) = self.append("arrival", [again.content])
        common = self._arrived(arrival, 0, position)
        self._insert(schema.arrived, [(number, at, seq) for at, seq in enumerate(common)])
        return number

    def delivered(self, arrival: int, records: int) -> int:
        """End an import: from now on its records are those in force of its file.

        Parameters
        ----------
        arrival
            As from `arrive`.
        records
            How many records the file yielded.

        Returns
        -------
        int
            How many records of the previous delivery of the file are no longer listed.
        """
        if self._arrived(arrival, records, 1):
            arrival = self._read_again(arrival, records)
        begun = self._begun(arrival)
        listed = self._arrived(arrival, 0, records)
        if len(listed) != records:
            raise _interfered("what was entered before is not listed any more")
        runs = runs_of(listed)
        delivery = Delivery(begun.file, begun.document, begun.mapping, arrival, runs)
        before = self.connection.execute(
            select(schema.delivery.c.id, schema.delivery.c.arrival)
            .where(schema.delivery.c.file == begun.file)
            .order_by(schema.delivery.c.seq.desc())
            .limit(1)
        ).first()
        if before is not None and before.id == delivery.id:
            return 0
        self.append("delivery", [delivery.content])
        return 0 if before is None else self._gone(before.arrival, arrival)

    def _gone(self, before: int, now: int) -> int:
        old, new = schema.arrived.alias(), schema.arrived.alias()
        gone = (
            select(old.c.record)
            .distinct()
            .join(new, and_(new.c.record == old.c.record, new.c.arrival == now), isouter=True)
            .where(old.c.arrival == before, new.c.record.is_(None))
        )
        return self.connection.execute(
            select(func.count()).select_from(gone.subquery())
        ).scalar_one()

    def not_erased(self) -> Callable[[str], bool]:
        """Tell references of records that may be entered from those that were erased for good."""
        secret = self.connection.execute(
            select(schema.sealed.c.salt).order_by(schema.sealed.c.seq).limit(1)
        ).scalar()
        query = (
            select(schema.sealed.c.content)
            .join(schema.entry, schema.entry.c.seq == schema.sealed.c.seq)
            # Said twice, so that the index of all that is no record serves.
            .where(schema.entry.c.kind == "erasure", schema.entry.c.kind != text("'record'"))
        )
        contents = self.connection.execute(query).scalars()
        erased = {ref for content in contents for ref in orjson.loads(content)["references"]}
        if not erased or secret is None:
            return lambda _reference: True
        return lambda reference: reference_digest(secret, reference) not in erased

    def decide(self, kind: str, decisions: Iterable[Decision]) -> tuple[int, int]:
        """Make these decisions, and only these, the ones in force among their kind.

        Parameters
        ----------
        kind
            judgement, correction, withdrawal or ruling.
        decisions
            All that hold now; what held before and is not among them is retracted by an entry
            of its own.

        Returns
        -------
        tuple of int
            How many were entered, and how many retracted.
        """
        table = schema.decision.c
        states = self.connection.execute(
            select(table.id, table.in_force).where(table.kind == kind).order_by(table.seq)
        )
        last = dict(states.all())
        held = [id_ for id_, in_force in last.items() if in_force]
        wanted = {decision.id: decision for decision in decisions}
        new = [d.content for id_, d in wanted.items() if id_ not in held]
        gone = [{"kind": kind, "retracts": id_} for id_ in held if id_ not in wanted]
        self.append(kind, new)
        self.append("retraction", gone)
        return len(new), len(gone)

    def assign(self, assignment: Assignment) -> None:
        """Enter a change in who is who; an empty change adds nothing."""
        if assignment.changes or assignment.redirects:
            # Pairs of texts and nothing else, but a million of them: not gone through one by one.
            said = {"changes": assignment.changes, "redirects": assignment.redirects}
            self._append("assignment", [encoded(said)], [said])


def _interfered(what: str) -> LedgerError:
    return LedgerError(
        f"the import cannot go on: {what}",
        do="Begin it again: what is in the ledger is not entered twice",
    )
