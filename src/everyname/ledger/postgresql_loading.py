"""PostgreSQL loading: a snapshot's rows in a schema of their own, moved into place as a whole."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from everyname.errors import LedgerError
from everyname.ledger import schema
from everyname.ledger.postgresql_dump import dumped

_BEGINS = "everyname_loading_"


@contextmanager
def scratch_schema(connection: Connection) -> Iterator[str]:
    """Make a schema that is gone when the block has ended, and remove those that were left.

    Parameters
    ----------
    connection
        Commits every statement by itself, and stays open meanwhile: what it locks says that this
        schema is at work, and not left by a process that was killed.

    Yields
    ------
    str
        The schema's name.

    Raises
    ------
    DatabaseError
        Schemas cannot be made by whoever is connected.
    """
    query = text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :begins)")
    for left in connection.execute(query, {"begins": _BEGINS}).scalars().all():
        if _locked(connection, left):
            _drop(connection, left)
    name = _BEGINS + secrets.token_hex(8)
    _locked(connection, name)
    connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    try:
        yield name
    finally:
        _drop(connection, name)


def fill(connection: Connection, source: Path) -> None:
    """Copy the rows of a dump into the tables of a new ledger.

    Parameters
    ----------
    connection
        In a transaction; its current schema holds the empty tables.
    source
        As `snapshot` wrote it.

    Raises
    ------
    LedgerError
        This is no dump, or holds rows that no ledger has.
    DatabaseError
        The database does not take them.
    """
    driver = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection.driver_connection)
    connection.exec_driver_sql("SET LOCAL client_encoding = 'UTF8'")
    missing = dict(schema.metadata.tables)
    with closing(dumped(source)) as tables:
        for copied in tables:
            table = missing.pop(copied.table, None)
            if table is None or set(copied.columns) != set(table.columns.keys()):
                raise _no_snapshot(f"it holds another table {copied.table!r}", source)
            order = f"COPY {table.name} ({', '.join(copied.columns)}) FROM STDIN"
            try:
                with driver.cursor() as cursor, cursor.copy(order) as copy:
                    for row in copied.rows:
                        copy.write(row)
            except psycopg.Error as error:
                raise DatabaseError(order, None, error) from error
    if missing:
        raise _no_snapshot(f"it does not hold the table {min(missing)!r}", source)
    for name in schema.metadata.tables:
        connection.exec_driver_sql(f"ANALYZE {name}")


def move(connection: Connection, name: str, functions: tuple[str, ...]) -> None:
    """Move a ledger out of the schema in which it was loaded.

    Parameters
    ----------
    connection
        In a transaction; into its current schema.
    name
        The schema.
    functions
        Names of the ledger's functions.

    Raises
    ------
    DatabaseError
        Something of the same name is there.
    """
    into = connection.execute(text("SELECT quote_ident(current_schema())")).scalar()
    for table in schema.metadata.tables:
        connection.exec_driver_sql(f"ALTER TABLE {name}.{table} SET SCHEMA {into}")
    for function in functions:
        connection.exec_driver_sql(f"ALTER FUNCTION {name}.{function}() SET SCHEMA {into}")


def _no_snapshot(why: str, source: Path) -> LedgerError:
    return LedgerError(
        f"this is no snapshot of a ledger of this version: {why}",
        where=str(source),
        do="Take another backup",
    )


def _locked(connection: Connection, name: str) -> bool:
    query = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
    return bool(connection.execute(query, {"name": name}).scalar())


def _drop(connection: Connection, name: str) -> None:
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {name} CASCADE")
