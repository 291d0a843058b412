"""Database: where a ledger is kept, and all in which one kind of database differs from another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import DatabaseError

from everyname.errors import LedgerError

Row = tuple[Any, ...]


class Database(ABC):
    """A place for one ledger."""

    @property
    @abstractmethod
    def label(self) -> str:
        """Where it is, as shown; never with a password."""

    @abstractmethod
    def exists(self) -> bool:
        """Whether there is something at this place.

        Raises
        ------
        LedgerError
            It cannot be reached.
        """

    @abstractmethod
    def start(self) -> None:
        """Make an empty ledger here, unless somebody else just did.

        Raises
        ------
        OSError, DatabaseError
            It cannot be made.
        """

    @abstractmethod
    def engine(self, *, read_only: bool) -> Engine:
        """Open it.

        Parameters
        ----------
        read_only
            Refuse to write.
        """

    def for_reading(self, connection: Connection) -> Connection:
        """Set a new connection up so that all it reads is as of one moment."""
        return connection

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until it is this writer's turn, first come, first served."""
        yield

    def begin_writing(self, connection: Connection) -> None:  # noqa: B027 - nothing more to do
        """Make sure, inside a transaction that has begun, that nobody else writes."""

    @abstractmethod
    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert many rows.

        Parameters
        ----------
        connection
            In a transaction.
        table
            Into which.
        rows
            A value for each column, in the table's order.
        """

    @abstractmethod
    def numbers(self, connection: Connection, ids: Sequence[bytes]) -> dict[bytes, int]:
        """Find which of these records the ledger holds, and the numbers of their entries."""

    @abstractmethod
    def fetch(self, connection: Connection, statement: str, *values: object) -> Row | None:
        """Read one row at the least cost.

        Parameters
        ----------
        connection
            An open connection.
        statement
            SQL with a question mark for each value.
        values
            In the order of the question marks.
        """

    @abstractmethod
    def stream(self, connection: Connection, statement: str, *values: object) -> Iterator[Row]:
        """Read many rows, a few thousand at a time.

        Parameters
        ----------
        connection
            An open connection.
        statement
            SQL with a question mark for each value.
        values
            In the order of the question marks.
        """

    @abstractmethod
    def unexpected(self, connection: Connection) -> Iterator[str]:
        """Find damage to the database, and what its schema holds too much, lacks, or has otherwise.

        Yields
        ------
        str
            What was found, in a sentence.
        """

    @abstractmethod
    def scrub(self) -> tuple[str, ...]:
        """Write the database anew without what was deleted from it.

        Returns
        -------
        tuple of str
            Where copies may still be that only an administrator can remove.
        """

    @property
    @abstractmethod
    def snapshot_name(self) -> str:
        """What a snapshot of this kind of database is called, such as ``ledger.sqlite``."""

    @abstractmethod
    def snapshot(self, target: Path) -> None:
        """Write the ledger as of one moment to a file, by the database's own means.

        Writers go on meanwhile.

        Parameters
        ----------
        target
            A file that is not there yet; readable by its owner only. It is synced. An encrypted
            SQLite ledger stays encrypted, under the same key.

        Raises
        ------
        LedgerError
            The ledger cannot be read, or the file cannot be written.
        """

    @abstractmethod
    def load(self, source: Path) -> AbstractContextManager[Database]:
        """Take a ledger from a snapshot, and keep it only if all that follows goes well.

        The ledger has its place when the block ends, and leaves nothing if the block ends with an
        error.

        Parameters
        ----------
        source
            As `snapshot` wrote it, from the same kind of database and under the same key.

        Returns
        -------
        context manager of Database
            What was loaded, to be looked at before it is kept.

        Raises
        ------
        LedgerError
            There is a ledger here already, the source is no snapshot of a ledger, or it cannot be
            written here.
        """

    @abstractmethod
    def lost(self, error: DatabaseError) -> bool:
        """Whether, after this error, nobody knows what is on disk.

        An error on syncing to disk is of this kind: the system may have dropped what it could not
        write, and says so only once.
        """


def holds_one(label: str) -> LedgerError:
    """Say that a place to load a snapshot into is taken."""
    return LedgerError(
        "there is a ledger here already, and a restore never writes over one",
        where=label,
        do="Name another place, or move that ledger away",
    )


def differences(
    found: Mapping[tuple[str, str], object], expected: Mapping[tuple[str, str], object]
) -> Iterator[str]:
    """Say where a schema is not that of a new ledger.

    Parameters
    ----------
    found, expected
        Each part of the schema by its kind and name.

    Yields
    ------
    str
        What was found, in a sentence.
    """
    for kind, name in sorted(found.keys() - expected.keys()):
        yield f"the database holds a {kind} {name!r} that no ledger has"
    for kind, name in sorted(expected.keys() - found.keys()):
        yield f"the database lacks the {kind} {name!r}"
    for kind, name in sorted(found.keys() & expected.keys()):
        if found[kind, name] != expected[kind, name]:
            yield f"the {kind} {name!r} is not as everyname makes it"
