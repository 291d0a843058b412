"""Writer: appends to the ledger, within one transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from everyname.ledger import schema
from everyname.ledger.assignment import Assignment
from everyname.ledger.canonical import Json, canonical_json
from everyname.ledger.delivery import Delivery, digest_of_ids
from everyname.ledger.document import Document
from everyname.ledger.judgement import Judgement
from everyname.ledger.record import Record, record_id
from everyname.ledger.source import Source

BATCH = 5_000


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


class Writer:
    """Appends entries within one transaction; made by `Ledger.writing`."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now
        top = connection.execute(select(func.max(schema.entry.c.seq))).scalar_one()
        self._next = (top or 0) + 1

    def _append(self, kind: str, contents: Sequence[Mapping[str, Json]]) -> range:
        """Append one entry a content and return their sequence numbers."""
        if not contents:
            return range(self._next, self._next)
        at = self._now().isoformat(timespec="seconds")
        entries: list[dict[str, object]] = []
        seals: list[dict[str, object]] = []
        numbers = range(self._next, self._next + len(contents))
        for seq, content in zip(numbers, contents, strict=True):
            salt, data = secrets.token_bytes(16), canonical_json(content)
            body = canonical_json(
                {"at": at, "commitment": commitment(salt, data), "kind": kind, "seq": seq, "v": 1}
            )
            entries.append({"seq": seq, "kind": kind, "body": body})
            seals.append({"seq": seq, "salt": salt, "content": data})
        self._insert(schema.entry, entries)
        self._insert(schema.sealed, seals)
        self._next = numbers.stop
        return numbers

    def _insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        for start in range(0, len(rows), BATCH):
            self._connection.execute(insert(table), list(rows[start : start + BATCH]))

    def source(self, source: Source) -> bool:
        """Enter a source, unless it is described just so already; tell whether it was new."""
        last = self._connection.execute(
            select(schema.source.c.id)
            .where(schema.source.c.key == source.key)
            .order_by(schema.source.c.seq.desc())
            .limit(1)
        ).scalar()
        if last == source.id:
            return False
        (seq,) = self._append("source", [source.content])
        self._insert(schema.source, [{"seq": seq, "id": source.id, "key": source.key}])
        return True

    def document(self, document: Document) -> bool:
        """Enter a document, unless its bytes are known already; tell whether it was new."""
        known = self._connection.execute(
            select(schema.document.c.seq).where(schema.document.c.id == document.id)
        ).scalar()
        if known is not None:
            return False
        (seq,) = self._append("document", [document.content])
        self._insert(schema.document, [{"seq": seq, "id": document.id}])
        return True

    def deliver(
        self, file: str, document: str, mapping: str, records: Iterable[Record]
    ) -> tuple[int, int]:
        """Enter the records that a reading of a file yielded.

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

        Returns
        -------
        tuple of int
            How many records were new, and how many of the previous delivery's are no longer
            listed.
        """
        contents = [record.content for record in records]
        ids = [
            record_id(str(c["source"]), str(c["kind"]), str(c["key"]), canonical_json(c))
            for c in contents
        ]
        delivery = Delivery(file, document, mapping, len(ids), digest_of_ids(ids))
        before = self._latest_delivery(file)
        if before is not None and before[1] == delivery.id:
            return 0, 0
        known = self._record_numbers(ids)
        fresh: dict[str, Mapping[str, Json]] = {}
        for id_, content in zip(ids, contents, strict=True):
            if id_ not in known and id_ not in fresh:
                fresh[id_] = content
        numbers = self._append("record", list(fresh.values()))
        self._insert(
            schema.record,
            [
                {"seq": n, "id": i, "source": c["source"], "kind": c["kind"], "key": c["key"]}
                for n, (i, c) in zip(numbers, fresh.items(), strict=True)
            ],
        )
        known.update(zip(fresh, numbers, strict=True))
        (seq,) = self._append("delivery", [delivery.content])
        self._insert(schema.delivery, [{"seq": seq, "id": delivery.id, "file": file}])
        self._insert(
            schema.delivery_record,
            [{"delivery": seq, "position": p, "record": known[i]} for p, i in enumerate(ids)],
        )
        return len(fresh), self._no_longer_listed(before, ids)

    def _latest_delivery(self, file: str) -> tuple[int, str] | None:
        row = self._connection.execute(
            select(schema.delivery.c.seq, schema.delivery.c.id)
            .where(schema.delivery.c.file == file)
            .order_by(schema.delivery.c.seq.desc())
            .limit(1)
        ).first()
        return None if row is None else (row[0], row[1])

    def _record_numbers(self, ids: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(ids), BATCH):
            rows = self._connection.execute(
                select(schema.record.c.id, schema.record.c.seq).where(
                    schema.record.c.id.in_(ids[start : start + BATCH])
                )
            )
            found.update((id_, seq) for id_, seq in rows)
        return found

    def _no_longer_listed(self, before: tuple[int, str] | None, ids: Sequence[str]) -> int:
        if before is None:
            return 0
        rows = self._connection.execute(
            select(schema.record.c.id)
            .join(schema.delivery_record, schema.delivery_record.c.record == schema.record.c.seq)
            .where(schema.delivery_record.c.delivery == before[0])
        )
        return len({id_ for (id_,) in rows} - set(ids))

    def judge(self, judgements: Sequence[Judgement]) -> tuple[int, int]:
        """Make these judgements, and only these, the ones in force.

        Parameters
        ----------
        judgements
            All that hold now; what held before and is not among them is retracted by an entry
            of its own.

        Returns
        -------
        tuple of int
            How many were entered, and how many retracted.
        """
        states = self._connection.execute(
            select(schema.judgement.c.id, schema.judgement.c.in_force).order_by(
                schema.judgement.c.seq
            )
        )
        last = dict(states.all())
        held = {id_: None for id_, in_force in last.items() if in_force}
        wanted = {judgement.id: judgement for judgement in judgements}
        new = {i: j.content for i, j in wanted.items() if i not in held}
        gone = {i: {"retracts": i} for i in held if i not in wanted}
        for kind, contents, in_force in (("judgement", new, 1), ("retraction", gone, 0)):
            numbers = self._append(kind, list(contents.values()))
            self._insert(
                schema.judgement,
                [
                    {"seq": n, "id": i, "in_force": in_force}
                    for n, i in zip(numbers, contents, strict=True)
                ],
            )
        return len(new), len(gone)

    def assign(self, assignment: Assignment) -> None:
        """Enter a change in who is who; an empty change adds nothing."""
        if not assignment.changes and not assignment.redirects:
            return
        (seq,) = self._append("assignment", [assignment.content])
        for table, column, other, pairs in (
            (schema.membership, "record", "person", assignment.changes),
            (schema.redirect, "person", "leads_to", assignment.redirects),
        ):
            statement = sqlite_insert(table)
            statement = statement.on_conflict_do_update(
                index_elements=[column],
                set_={other: statement.excluded[other], "seq": statement.excluded.seq},
            )
            rows = [{column: a, other: b, "seq": seq} for a, b in pairs]
            for start in range(0, len(rows), BATCH):
                self._connection.execute(statement, rows[start : start + BATCH])
