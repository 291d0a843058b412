"""OpenedLedger: a ledger opened for reading, and what every question to it goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

import orjson
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import DatabaseError

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import schema
from everyname.ledger.place import Place, database_at

Made = TypeVar("Made")


class OpenedLedger:
    """A ledger opened for reading.

    Parameters
    ----------
    place
        The SQLite file, the address of the PostgreSQL database, or a database.

    Raises
    ------
    LedgerError
        There is no ledger at this place, or it is something else.
    """

    _read_only = True

    def __init__(self, place: Place) -> None:
        self.database = database_at(place)
        self.where = self.database.label
        if not self.database.exists():
            raise LedgerError("there is no ledger here", where=self.where, do="Run the case first")
        self._engine = self.database.engine(read_only=self._read_only)
        try:
            tables = inspect(self._engine).get_table_names()
        except DatabaseError as error:
            self.close()
            raise LedgerError(
                f"this is not a ledger, or another key opens it ({error.orig})",
                where=self.where,
                do="Restore it from a backup, or move it away and run the case again",
            ) from error
        missing = set(schema.metadata.tables) - set(tables)
        if missing:
            self.close()
            raise LedgerError(
                f"this is not a ledger of this version: it has no table {min(missing)!r}",
                where=self.where,
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
                yield self.database.for_reading(connection)
        except DatabaseError as error:
            raise LedgerError(
                f"the ledger cannot be read ({error.orig})",
                where=self.where,
                do="Run `everyname verify`, and restore the ledger from a backup",
            ) from error

    def _made(self, make: Callable[[Mapping[str, Any]], Made], content: bytes) -> Made:
        try:
            return make(orjson.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerAltered(
                f"a content is not as everyname writes it ({error!r})",
                where=self.where,
                do="Run `everyname verify`, and restore the ledger from a backup",
            ) from error

    def _contents(self, kind: str, make: Callable[[Mapping[str, Any]], Made]) -> Iterator[Made]:
        query = (
            select(schema.sealed.c.content)
            .join(schema.entry, schema.entry.c.seq == schema.sealed.c.seq)
            # Said twice, so that the index of all that is no record serves.
            .where(schema.entry.c.kind == kind, schema.entry.c.kind != text("'record'"))
            .order_by(schema.entry.c.seq)
        )
        with self._reading() as connection:
            for (content,) in connection.execute(query):
                yield self._made(make, content)

    def _in_force(self, kind: str, make: Callable[[Mapping[str, Any]], Made]) -> tuple[Made, ...]:
        decision = schema.decision.c
        last = (
            select(decision.id, func.max(decision.seq).label("seq"))
            .where(decision.kind == kind)
            .group_by(decision.id)
            .subquery()
        )
        query = (
            select(schema.sealed.c.content)
            .join(schema.decision, decision.seq == schema.sealed.c.seq)
            .join(last, last.c.seq == decision.seq)
            .where(decision.in_force == 1)
            .order_by(decision.seq)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return tuple(self._made(make, content) for (content,) in rows)
