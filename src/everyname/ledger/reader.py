"""LedgerReader: everything that can be asked of a ledger without writing to it."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import schema
from everyname.ledger.canonical import length_delimited
from everyname.ledger.delivery import Delivery
from everyname.ledger.document import Document
from everyname.ledger.judgement import Judgement
from everyname.ledger.record import Record, Statement
from everyname.ledger.source import Source

Made = TypeVar("Made")


class Filed(NamedTuple):
    """A record as it lies in the ledger.

    Parameters
    ----------
    id
        The record's id.
    file
        File under ``lists/`` whose latest delivery holds it.
    record
        The record.
    """

    id: str
    file: str
    record: Record


class LedgerReader:
    """Reads a ledger.

    Parameters
    ----------
    path
        The SQLite file.

    Raises
    ------
    LedgerError
        There is no ledger at this path, or the file is something else.
    """

    _read_only = True

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise LedgerError("there is no ledger here", where=str(path), do="Run the case first")
        self.path = path
        beside = {name for name in _siblings(path) if name.exists()}
        if not os.access(path, os.R_OK):
            raise LedgerError(
                "the ledger may not be read", where=str(path), do="Ask for the right to read it"
            )
        self._engine = _engine(path, read_only=self._read_only)
        try:
            tables = inspect(self._engine).get_table_names()
        except DatabaseError as error:
            self.close()
            for left in set(_siblings(path)) - beside:
                left.unlink(missing_ok=True)
            raise LedgerError(
                f"this is not a ledger ({error.orig})",
                where=str(path),
                do="Restore it from a backup, or move it away and run the case again",
            ) from error
        missing = set(schema.metadata.tables) - set(tables)
        if missing:
            self.close()
            raise LedgerError(
                f"this is not a ledger: it has no table {min(missing)!r}",
                where=str(path),
                do="Move it away and run the case again",
            )

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise LedgerError(
                f"the ledger cannot be read ({error.orig})",
                where=str(self.path),
                do="Run `everyname verify`, and restore the ledger from a backup",
            ) from error

    def _made(self, make: Callable[[Mapping[str, Any]], Made], content: bytes) -> Made:
        try:
            return make(json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerAltered(
                f"a content is not as everyname writes it ({error!r})",
                where=str(self.path),
                do="Run `everyname verify`, and restore the ledger from a backup",
            ) from error

    def _contents(self, kind: str, make: Callable[[Mapping[str, Any]], Made]) -> Iterator[Made]:
        query = (
            select(schema.sealed.c.content)
            .join(schema.entry, schema.entry.c.seq == schema.sealed.c.seq)
            .where(schema.entry.c.kind == kind)
            .order_by(schema.entry.c.seq)
        )
        with self._reading() as connection:
            for (content,) in connection.execute(query):
                yield self._made(make, content)

    def size(self) -> int:
        """Number of entries."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(schema.entry)).scalar_one()

    def head(self, size: int | None = None) -> str:
        """SHA-256 over the first entry bodies in their order: changes with every entry.

        Parameters
        ----------
        size
            Number of entries; None for all.
        """
        query = select(schema.entry.c.body).order_by(schema.entry.c.seq)
        if size is not None:
            query = query.where(schema.entry.c.seq <= size)
        whole = hashlib.sha256()
        with self._reading() as connection:
            for (body,) in connection.execute(query):
                whole.update(length_delimited(body))
        return whole.hexdigest()

    def secret(self) -> bytes:
        """Random bytes that only the ledger holds: the salt of its first entry."""
        query = select(schema.sealed.c.salt).order_by(schema.sealed.c.seq).limit(1)
        with self._reading() as connection:
            return connection.execute(query).scalar() or b""

    def references(self) -> set[str]:
        """References of all records that were ever entered, in force or not."""
        query = select(schema.record.c.source, schema.record.c.key).distinct()
        with self._reading() as connection:
            return {f"{source}/{key}" for source, key in connection.execute(query)}

    def sources(self) -> dict[str, Source]:
        """Sources by key, each as described last."""
        return {s.key: s for s in self._contents("source", Source.from_content)}

    def documents(self) -> dict[str, Document]:
        """Documents by SHA-256."""
        return {d.sha256: d for d in self._contents("document", Document.from_content)}

    def deliveries(self) -> dict[str, Delivery]:
        """Latest delivery of each file."""
        return {d.file: d for d in self._contents("delivery", Delivery.from_content)}

    def records(self, files: Sequence[str] | None = None) -> Iterator[Filed]:
        """Records in force.

        Parameters
        ----------
        files
            Names under ``lists/``; None for all files that were ever delivered.

        Yields
        ------
        Filed
            By file name, and within a file in the order in which it holds them.
        """
        latest = (
            select(schema.delivery.c.file, func.max(schema.delivery.c.seq).label("seq"))
            .group_by(schema.delivery.c.file)
            .subquery()
        )
        query = (
            select(schema.record.c.id, latest.c.file, schema.sealed.c.content)
            .select_from(latest)
            .join(schema.delivery_record, schema.delivery_record.c.delivery == latest.c.seq)
            .join(schema.record, schema.record.c.seq == schema.delivery_record.c.record)
            .join(schema.sealed, schema.sealed.c.seq == schema.record.c.seq)
            .order_by(latest.c.file, schema.delivery_record.c.position)
        )
        if files is not None:
            query = query.where(latest.c.file.in_(list(files)))
        with self._reading() as connection:
            for id_, file, content in connection.execute(query):
                yield Filed(id_, file, self._made(Record.from_content, content))

    def statements(self, record: str) -> tuple[Statement, ...]:
        """What a record says, read through the view over records.

        Parameters
        ----------
        record
            A record id.
        """
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT field, value, stance FROM statement WHERE record = ?", (record,)
            )
            return tuple(Statement(*row) for row in rows)

    def judgements(self) -> tuple[Judgement, ...]:
        """Judgements in force, in the order in which they were made."""
        last = (
            select(schema.judgement.c.id, func.max(schema.judgement.c.seq).label("seq"))
            .group_by(schema.judgement.c.id)
            .subquery()
        )
        query = (
            select(schema.sealed.c.content)
            .join(schema.judgement, schema.judgement.c.seq == schema.sealed.c.seq)
            .join(last, last.c.seq == schema.judgement.c.seq)
            .where(schema.judgement.c.in_force == 1)
            .order_by(schema.judgement.c.seq)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return tuple(self._made(Judgement.from_content, content) for (content,) in rows)

    def memberships(self) -> dict[str, str]:
        """Person id of each record reference, as assigned last."""
        query = select(schema.membership.c.record, schema.membership.c.person)
        with self._reading() as connection:
            return {record: person for record, person in connection.execute(query) if person}

    def redirects(self) -> dict[str, str]:
        """Person ids that no longer hold records, and where each leads."""
        query = select(schema.redirect.c.person, schema.redirect.c.leads_to)
        with self._reading() as connection:
            return {row.person: row.leads_to for row in connection.execute(query)}


def _siblings(path: Path) -> tuple[Path, ...]:
    """Files that SQLite makes beside a database while it is open."""
    return tuple(path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm"))


def _engine(path: Path, *, read_only: bool = False) -> Engine:
    # A path put into a URL as text would end at the first question mark of a folder's name.
    where = str(path)
    query = {}
    if read_only:
        # Evidence may lie on a medium that nothing can be written to; SQLite would want to write
        # its list of readers there, unless it is told that nobody else can write either.
        where = f"file:{quote(str(path.absolute()))}"
        query = {"mode": "ro", "uri": "true"}
        if not os.access(path.parent, os.W_OK):
            query["immutable"] = "1"
    url = URL.create("sqlite", database=where, query=query)
    engine = create_engine(url, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _settings(connection: sqlite3.Connection, _record: object) -> None:
        # Python's sqlite3 would begin and commit by itself; here a transaction is ours.
        connection.isolation_level = None
        # None of these writes to the file: whatever is opened by mistake stays as it is.
        for pragma in ("busy_timeout=30000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
