"""SQLite: a ledger in one file."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import DatabaseError

from everyname.errors import LedgerError
from everyname.ledger import schema
from everyname.ledger.database import Database, Row, differences, holds_one
from everyname.ledger.whole_file import sync_folder, written_whole

# The log may only grow; of the contents, none may change. These guard against mistakes; what
# somebody does who means to is found by `verify`.
_TRIGGERS = tuple(
    f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for table, what in (("entry", "UPDATE"), ("entry", "DELETE"), ("sealed", "UPDATE"))
)

# Without this the driver looks in vain, for each blob, how to adapt it: a tenth of the time that an
# import takes.
driver.register_adapter(bytes, bytes)

_FETCH = 5_000


@dataclass(frozen=True, slots=True)
class SQLite(Database):
    """A ledger in an SQLite file.

    Parameters
    ----------
    path
        The file.
    key
        64 hexadecimal digits with which the file is encrypted (SQLCipher, AES-256); empty for a
        plain file.
    """

    path: Path
    key: str = field(default="", repr=False)

    @property
    def label(self) -> str:
        """The file's path."""
        return str(self.path)

    @property
    def beside(self) -> tuple[Path, ...]:
        """Files that SQLite makes beside the database while it is open."""
        return tuple(self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))

    def exists(self) -> bool:
        """Whether there is such a file."""
        return self.path.is_file()

    def start(self) -> None:
        """Make a ledger under another name and rename it: nobody ever sees half of one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Somebody else may have made the folder just now, and not seen to it that its name lasts.
        sync_folder(self.path.parent.parent)
        temporary = SQLite(
            self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}"), self.key
        )
        with _locked(self.path.parent) as folder:
            try:
                if self.path.exists():
                    return
                temporary._make()
                # The log of a ledger that was removed would be replayed into the new one.
                for rest in self.beside:
                    rest.unlink(missing_ok=True)
                temporary.path.replace(self.path)
                os.fsync(folder)
            finally:
                for rest in (temporary.path, *temporary.beside):
                    rest.unlink(missing_ok=True)

    def _make(self) -> None:
        engine = self.engine(read_only=False)
        try:
            with engine.begin() as connection:
                _create(connection)
            # Only now: the file is renamed without the log that it would lie in.
            with engine.connect() as connection:
                self.fetch(connection, "PRAGMA journal_mode=WAL")
        finally:
            engine.dispose()

    def engine(self, *, read_only: bool) -> Engine:
        """Open the file with the driver's own, current SQLite."""
        # A path put into a URL as text would end at the first question mark of a folder's name.
        where, query = str(self.path), {}
        if read_only:
            # Evidence may lie on a medium that nothing can be written to; SQLite would want to
            # write its list of readers there, unless told that nobody else can write either.
            where = f"file:{quote(str(self.path.absolute()))}"
            query = {"mode": "ro", "uri": "true"}
            if not os.access(self.path.parent, os.W_OK):
                self._refuse_log()
                query["immutable"] = "1"
        engine = create_engine(URL.create("sqlite", database=where, query=query), module=driver)
        pragmas = ["busy_timeout=30000", "synchronous=FULL", "temp_store=MEMORY"]
        # Without this, REPLACE deletes and no trigger is asked.
        pragmas.append("recursive_triggers=ON")
        if self.key:
            # The key comes first: nothing can be read before it.
            pragmas.insert(0, f"key=\"x'{self.key}'\"")
        if not read_only:
            # A large import works on pages spread over the whole index of record ids.
            pragmas += ["cache_size=-131072", "wal_autocheckpoint=8192", "secure_delete=ON"]
            pragmas += ["journal_size_limit=67108864"]

        @event.listens_for(engine, "connect")
        def _settings(connection: driver.Connection, _record: object) -> None:
            # The driver would begin and commit by itself; here a transaction is ours.
            connection.isolation_level = None
            # None of these writes to the file: whatever is opened by mistake stays as it is.
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").close()

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            immediate = connection.get_execution_options().get("immediate", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

        return engine

    def for_reading(self, connection: Connection) -> Connection:
        """Begin at once: what goes past SQLAlchemy would not begin a transaction."""
        connection.begin()
        return connection

    def _refuse_log(self) -> None:
        """Refuse to read without its log a file that has one: the newest entries lie there."""
        log, _ = self.beside
        if log.exists() and log.stat().st_size:
            raise LedgerError(
                "the ledger's newest entries lie in the log beside it, which cannot be read where "
                "nothing may be written",
                where=str(log),
                do="Copy the ledger with the files beside it to a folder that you may write to",
            )

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait in the kernel's queue for this file: SQLite itself lets waiting writers starve."""
        with _locked(self.path.with_name(f".{self.path.name}.turn")):
            yield

    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert by one prepared statement."""
        if rows:
            marks = ",".join("?" * len(table.columns))
            connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", list(rows))  # noqa: S608

    def numbers(self, connection: Connection, ids: Sequence[bytes]) -> dict[bytes, int]:
        """Ask for them by a statement that is prepared once."""
        found: dict[bytes, int] = {}
        for start in range(0, len(ids), _FETCH):
            some = ids[start : start + _FETCH]
            marks = ",".join("?" * len(some))
            query = f"SELECT id, seq FROM record WHERE id IN ({marks})"  # noqa: S608
            found.update(self.stream(connection, query, *some))
        return found

    def fetch(self, connection: Connection, statement: str, *values: object) -> Row | None:
        """Read one row straight from the driver."""
        with _cursor(connection, statement) as cursor:
            cursor.execute(statement, values)
            row: Row | None = cursor.fetchone()
        return row

    def stream(self, connection: Connection, statement: str, *values: object) -> Iterator[Row]:
        """Read rows straight from the driver."""
        with _cursor(connection, statement) as cursor:
            cursor.execute(statement, values)
            while rows := cursor.fetchmany(_FETCH):
                yield from rows

    def unexpected(self, connection: Connection) -> Iterator[str]:
        """Check the file's own structure, and compare the schema with that of a new ledger."""
        for (found,) in self.stream(connection, "PRAGMA integrity_check(5)"):
            if found != "ok":
                yield f"the file is damaged ({found})"
        query = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
        blank = SQLite(Path(":memory:")).engine(read_only=False)
        with blank.begin() as new:
            _create(new)
            expected = {(row[0], row[1]): tuple(row) for row in self.stream(new, query)}
        blank.dispose()
        found = {(row[0], row[1]): tuple(row) for row in self.stream(connection, query)}
        # SQLite's own notes on the sizes of indexes change nothing that is read.
        found = {key: row for key, row in found.items() if not _statistics(row)}
        yield from differences(found, expected)

    def scrub(self) -> tuple[str, ...]:
        """Write the file anew, and empty its write-ahead log."""
        engine = self.engine(read_only=False)
        try:
            with engine.connect() as connection:
                self.fetch(connection, "PRAGMA busy_timeout=3000")
                for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
                    list(self.stream(connection, statement))
                ((busy, _, _),) = self.stream(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
            if busy:
                raise self._read_by_somebody()
        except DatabaseError as error:
            if "locked" in str(error.orig):
                raise self._read_by_somebody() from error
            raise LedgerError(
                f"the file could not be written anew ({error.orig}): it still holds what was "
                "erased",
                where=self.label,
                do="Free the disk, and give the same command again",
            ) from error
        finally:
            engine.dispose()
        return ()

    def _read_by_somebody(self) -> LedgerError:
        return LedgerError(
            "somebody reads the ledger: its files still hold what was erased",
            where=self.label,
            do="Close the other programs that use it, and give the same command again",
        )

    @property
    def snapshot_name(self) -> str:
        """An SQLite file, encrypted or not."""
        return "ledger.sqlite"

    def snapshot(self, target: Path) -> None:
        """Vacuum into the file: nothing that was deleted is in it."""
        with written_whole(target) as file:
            _do(self, "VACUUM INTO ?", str(file.name))

    @contextmanager
    def load(self, source: Path) -> Iterator[Database]:
        """Vacuum the snapshot into a file beside, and rename that."""
        if self.exists():
            raise holds_one(self.label)
        with written_whole(self.path) as file:
            _do(SQLite(source, self.key), "VACUUM INTO ?", str(file.name))
            _do(SQLite(Path(file.name), self.key), "PRAGMA journal_mode=WAL")
        try:
            yield self
        except BaseException:
            for rest in (self.path, *self.beside):
                rest.unlink(missing_ok=True)
            raise

    def lost(self, error: DatabaseError) -> bool:
        """Errors of input and output; a full disk is not one of them."""
        return "disk I/O error" in str(error.orig)


def _create(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    for trigger in _TRIGGERS:
        connection.exec_driver_sql(trigger)


def _do(database: SQLite, statement: str, *values: object) -> None:
    engine = database.engine(read_only=statement.startswith("VACUUM"))
    try:
        with engine.connect() as connection:
            list(database.stream(connection, statement, *values))
    except DatabaseError as error:
        raise LedgerError(
            f"the ledger could not be copied ({error.orig})",
            where=database.label,
            do="Free the disk; if it is not full, check the ledger with `everyname verify`",
        ) from error
    finally:
        engine.dispose()


def _statistics(row: Row) -> bool:
    return str(row[1]).startswith("sqlite_stat") and row[0] == "table"


@contextmanager
def _cursor(connection: Connection, statement: str) -> Iterator[driver.Cursor]:
    """Go past SQLAlchemy, and turn the driver's errors into those that it would have raised."""
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except driver.Error as error:
        raise DatabaseError(statement, None, error) from error
    finally:
        cursor.close()


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Hold a folder, or a file made for that, against all others who do the same."""
    import fcntl

    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT
    descriptor = os.open(path, flags, 0o600)
    try:
        with suppress(OSError):  # network file systems may not lock
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
