"""LedgerReader: everything that can be asked of a ledger without writing to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from sys import intern
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Select, func, select

from everyname.ledger import schema
from everyname.ledger.access import Access
from everyname.ledger.correction import Correction, corrected
from everyname.ledger.custody import Custody
from everyname.ledger.delivery import Delivery
from everyname.ledger.document import Document
from everyname.ledger.erasure import Erasure
from everyname.ledger.filed import Filed
from everyname.ledger.judgement import Judgement
from everyname.ledger.provable import ProvableLedger
from everyname.ledger.record import Record, Statement
from everyname.ledger.release import Release
from everyname.ledger.ruling import Ruling
from everyname.ledger.source import Source
from everyname.ledger.values import SealedValues
from everyname.ledger.withdrawal import Withdrawal
from everyname.ledger.writer import reference_digest

if TYPE_CHECKING:
    import polars as pl

FETCH = 5_000
SHORTEST_ID = 8

# By one arrival at a time, so that nothing has to be sorted.
_SEALED = (
    "SELECT record.id, sealed.content FROM arrived JOIN record ON record.seq = arrived.record "
    "JOIN sealed ON sealed.seq = record.seq WHERE arrived.arrival = ? AND record.kind = ? "
    "ORDER BY arrived.position"
)


class LedgerReader(ProvableLedger):
    """Reads a ledger; made as `OpenedLedger`."""

    def numbers_of(self, record: str) -> tuple[int, ...]:
        """Numbers of the entries that hold a record.

        Parameters
        ----------
        record
            Its reference, or its id, of which the first eight digits may do.
        """
        table = schema.record.c
        source, _, key = record.partition("/")
        by_reference = select(table.seq).where(table.source == source, table.key == key)
        with self._reading() as connection:
            found = list(connection.execute(by_reference.order_by(table.seq)).scalars())
            if not found and _is_id(record):
                rows = connection.execute(_beginning(record))
                begins = record.lower()
                found = [row[1] for row in rows if bytes(row[0]).hex().startswith(begins)]
        return tuple(found)

    def secret(self) -> bytes:
        """Random bytes that only the ledger holds: the salt of its first entry."""
        query = select(schema.sealed.c.salt).order_by(schema.sealed.c.seq).limit(1)
        with self._reading() as connection:
            return connection.execute(query).scalar() or b""

    def erasures(self) -> tuple[Erasure, ...]:
        """Erasures, in their order."""
        return tuple(self._contents("erasure", Erasure.from_content))

    def was_erased(self, reference: str) -> bool:
        """Whether the record of this reference was erased for good."""
        made = reference_digest(self.secret(), reference)
        return any(made in erasure.references for erasure in self.erasures())

    def references(self) -> set[str]:
        """References of all records that were ever entered, in force or not."""
        return set(self.kinds())

    def kinds(self) -> dict[str, str]:
        """Kind of every record that was ever entered, in force or not, by its reference."""
        table = schema.record.c
        query = select(table.source, table.key, table.kind).order_by(table.seq)
        with self._reading() as connection:
            rows = connection.execution_options(yield_per=FETCH).execute(query)
            return {f"{source}/{key}": intern(kind) for source, key, kind in rows}

    def named(self, begin: str) -> tuple[str, ...]:
        """References of the records whose ids begin with eight or more digits.

        Parameters
        ----------
        begin
            Hexadecimal digits; in any other case nothing is found.
        """
        if not _is_id(begin):
            return ()
        begins = begin.lower()
        with self._reading() as connection:
            rows = connection.execute(_beginning(begin)).all()
        found = [f"{row[2]}/{row[3]}" for row in rows if bytes(row[0]).hex().startswith(begins)]
        return tuple(dict.fromkeys(found))

    def sources(self) -> dict[str, Source]:
        """Sources by key, each as described last."""
        return {s.key: s for s in self._contents("source", Source.from_content)}

    def documents(self) -> dict[str, Document]:
        """Documents by SHA-256, each as described last."""
        return {d.sha256: d for d in self._contents("document", Document.from_content)}

    def custody(self, sha256: str) -> tuple[Custody, ...]:
        """Steps on the way of a document, in the order in which they were entered."""
        steps = self._contents("custody", Custody.from_content)
        return tuple(step for step in steps if step.document == sha256)

    def releases(self) -> tuple[Release, ...]:
        """Releases, in their order."""
        return tuple(self._contents("release", Release.from_content))

    def accesses(self) -> tuple[Access, ...]:
        """Accesses, in their order."""
        return tuple(self._contents("access", Access.from_content))

    def deliveries(self) -> dict[str, Delivery]:
        """Latest delivery of each file."""
        return {d.file: d for d in self._contents("delivery", Delivery.from_content)}

    def deliveries_of(self, file: str) -> tuple[Delivery, ...]:
        """All deliveries of a file, in their order."""
        every = self._contents("delivery", Delivery.from_content)
        return tuple(delivery for delivery in every if delivery.file == file)

    def delivered(self, delivery: Delivery) -> Iterator[Filed]:
        """Records of one delivery, whether or not it is the latest, as their source has them.

        Yields
        ------
        Filed
            In the order in which the file holds them; without what was erased.
        """
        query = (
            select(schema.record.c.id, schema.sealed.c.content)
            .select_from(schema.arrived)
            .join(schema.record, schema.record.c.seq == schema.arrived.c.record)
            .join(schema.sealed, schema.sealed.c.seq == schema.record.c.seq)
            .where(schema.arrived.c.arrival == delivery.arrival)
            .order_by(schema.arrived.c.position)
        )
        with (
            self._reading() as connection,
            connection.execution_options(yield_per=FETCH).execute(query) as rows,
        ):
            for id_, content in rows:
                yield Filed(id_.hex(), delivery.file, self._made(Record.from_content, content))

    def records(self, files: Sequence[str] | None = None) -> Iterator[Filed]:
        """Records in force, without those that are withdrawn, and with what was corrected.

        Parameters
        ----------
        files
            Names under ``lists/``; None for all files that were ever delivered.

        Yields
        ------
        Filed
            By file name, and within a file in the order in which it holds them.
        """
        yield from self.in_force(self._listed(files))

    def in_force(self, records: Iterable[Filed]) -> Iterator[Filed]:
        """Of records as their sources have them, those not withdrawn, with what was corrected."""
        gone = {withdrawal.record for withdrawal in self.withdrawals()}
        by_record = self._corrections()
        for filed in records:
            if not gone and not by_record:
                yield filed
                continue
            reference = filed.record.reference
            if reference not in gone:
                yield _with(filed, by_record.get(reference, ()))

    def values(
        self, fields: Sequence[str], files: Sequence[str] | None = None, kind: str = "person"
    ) -> pl.DataFrame:
        """Values of the records in force, in columns; no record is made of what is not corrected.

        Parameters
        ----------
        fields
            Names of fields of the vocabulary.
        files
            As for `records`.
        kind
            Of records; others are left out.

        Returns
        -------
        polars.DataFrame
            As from `values.values_of`, in the order of `records`.
        """
        gone = frozenset(withdrawal.record for withdrawal in self.withdrawals())
        columns = SealedValues(fields, gone, self._corrections())
        with self._reading() as connection:
            for file, arrival in connection.execute(_latest(files)).all():
                for id_, content in self.database.stream(connection, _SEALED, arrival, kind):
                    self._made(partial(columns.add, id_.hex(), file), content)
        return columns.frame()

    def withdrawn(self, files: Sequence[str] | None = None) -> Iterator[tuple[Filed, Withdrawal]]:
        """Records that would be in force if they were not withdrawn.

        Parameters
        ----------
        files
            As for `records`.

        Yields
        ------
        tuple of Filed and Withdrawal
            In the order of `records`, each with the last of its withdrawals.
        """
        gone = {withdrawal.record: withdrawal for withdrawal in self.withdrawals()}
        by_record = self._corrections()
        for filed in self._listed(files) if gone else ():
            reference = filed.record.reference
            if reference in gone:
                yield _with(filed, by_record.get(reference, ())), gone[reference]

    def _corrections(self) -> dict[str, tuple[Correction, ...]]:
        by_record: defaultdict[str, list[Correction]] = defaultdict(list)
        for correction in self.corrections():
            by_record[correction.record].append(correction)
        return {record: tuple(those) for record, those in by_record.items()}

    def _listed(self, files: Sequence[str] | None) -> Iterator[Filed]:
        """Read the records of the latest delivery of each file, as their sources have them."""
        latest = _latest(files).subquery()
        query = (
            select(schema.record.c.id, latest.c.file, schema.sealed.c.content)
            .select_from(latest)
            .join(schema.arrived, schema.arrived.c.arrival == latest.c.arrival)
            .join(schema.record, schema.record.c.seq == schema.arrived.c.record)
            .join(schema.sealed, schema.sealed.c.seq == schema.record.c.seq)
            .order_by(latest.c.file, schema.arrived.c.position)
        )
        with (
            self._reading() as connection,
            connection.execution_options(yield_per=FETCH).execute(query) as rows,
        ):
            for id_, file, content in rows:
                yield Filed(id_.hex(), file, self._made(Record.from_content, content))

    def record_at(self, number: int) -> Record | None:
        """Record of an entry; None when it holds no record, or its content was erased."""
        query = (
            select(schema.sealed.c.content)
            .join(schema.record, schema.record.c.seq == schema.sealed.c.seq)
            .where(schema.record.c.seq == number)
        )
        with self._reading() as connection:
            content = connection.execute(query).scalar()
        return None if content is None else self._made(Record.from_content, content)

    def statements(self, record: str) -> tuple[Statement, ...]:
        """What a record says and what was corrected in it: a view over both, no second store.

        Parameters
        ----------
        record
            A record id.
        """
        if len(record) != 64 or not _is_id(record):
            return ()
        query = (
            select(schema.sealed.c.content)
            .join(schema.record, schema.record.c.seq == schema.sealed.c.seq)
            .where(schema.record.c.id == bytes.fromhex(record))
        )
        with self._reading() as connection:
            content = connection.execute(query).scalar()
        if content is None:
            return ()
        found = self._made(Record.from_content, content)
        return corrected(found, self._corrections().get(found.reference, ())).statements

    def decided(self, references: Collection[str]) -> tuple[int, ...]:
        """Numbers of the entries that correct, withdraw or rule on records, and are in force.

        Parameters
        ----------
        references
            References of the records.
        """
        table = schema.decision.c
        query = (
            select(table.seq, table.id, table.in_force, schema.sealed.c.content)
            .outerjoin(schema.sealed, schema.sealed.c.seq == table.seq)
            .where(table.kind.in_(("correction", "withdrawal", "ruling")))
            .order_by(table.seq)
        )
        last: dict[str, int] = {}
        with self._reading() as connection:
            for seq, id_, in_force, content in connection.execute(query):
                last.pop(id_, None)
                if in_force and content and orjson.loads(content)["record"] in references:
                    last[id_] = seq
        return tuple(sorted(last.values()))

    def judgements(self) -> tuple[Judgement, ...]:
        """Judgements in force, in the order in which they were made."""
        return self._in_force("judgement", Judgement.from_content)

    def corrections(self) -> tuple[Correction, ...]:
        """Corrections in force, in the order in which they were made."""
        return self._in_force("correction", Correction.from_content)

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Withdrawals in force, in the order in which they were made."""
        return self._in_force("withdrawal", Withdrawal.from_content)

    def rulings(self) -> tuple[Ruling, ...]:
        """Rulings in force, in the order in which they were made."""
        return self._in_force("ruling", Ruling.from_content)

    def memberships(self) -> dict[str, str]:
        """Person id of each record reference, as assigned last."""
        return {record: person for record, person in self._assigned().items() if person}

    def membership_columns(self) -> pl.DataFrame:
        """What `memberships` holds, in two columns: `record` and `person`."""
        import polars as pl

        last = self._assigned()
        frame = pl.DataFrame(
            {"record": list(last), "person": list(last.values())},
            schema={"record": pl.String, "person": pl.String},
        )
        return frame.filter(pl.col("person") != "")

    def _assigned(self) -> dict[str, str]:
        query = "SELECT record, person FROM membership ORDER BY seq"
        with self._reading() as connection:
            return dict(self.database.stream(connection, query))

    def redirects(self) -> dict[str, str]:
        """Person ids that no longer hold records, and where each leads."""
        table = schema.redirect.c
        query = select(table.person, table.leads_to).order_by(table.seq)
        with self._reading() as connection:
            return dict(connection.execute(query).all())


def _with(filed: Filed, corrections: tuple[Correction, ...]) -> Filed:
    if not corrections:
        return filed
    return filed._replace(record=corrected(filed.record, corrections), corrections=corrections)


def _latest(files: Sequence[str] | None) -> Select[Any]:
    """Find the latest delivery of each file, and the arrival that lists its records."""
    table = schema.delivery.c
    last = select(table.file, func.max(table.seq).label("seq")).group_by(table.file).subquery()
    query = select(table.file, table.arrival).join(last, last.c.seq == table.seq)
    if files is not None:
        query = query.where(table.file.in_(list(files)))
    return query.order_by(table.file)


def _beginning(id_: str) -> Select[Any]:
    """Find records by the first digits of their id, an odd last digit left out."""
    table = schema.record.c
    low = bytes.fromhex(id_[: len(id_) // 2 * 2])
    high = low + b"\xff" * (32 - len(low))
    return (
        select(table.id, table.seq, table.source, table.key)
        .where(table.id >= low, table.id <= high)
        .order_by(table.seq)
    )


def _is_id(text: str) -> bool:
    return SHORTEST_ID <= len(text) <= 64 and set(text.lower()) <= set("0123456789abcdef")
