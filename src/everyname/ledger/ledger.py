"""Ledger: the append-only log of sources, documents, records and judgements."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from everyname.errors import LedgerError
from everyname.ledger import schema
from everyname.ledger.reader import LedgerReader, _engine
from everyname.ledger.writer import Writer


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


class Ledger(LedgerReader):
    """A ledger that can be written to.

    Use `Ledger.open`, which makes the file when it is not there.
    """

    _read_only = False

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """Open a ledger, or start one.

        Parameters
        ----------
        path
            The SQLite file.

        Raises
        ------
        LedgerError
            The file is there and is not a ledger, or cannot be made.
        """
        if not path.exists():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _start(path)
            except (OSError, DatabaseError) as error:
                raise LedgerError(
                    f"a ledger cannot be started here ({error})",
                    where=str(path),
                    do="Name a folder that can be written to",
                ) from error
        return cls(path)

    @contextmanager
    def writing(self, now: Callable[[], datetime] = utc_now) -> Iterator[Writer]:
        """One transaction: everything written inside is kept, or nothing.

        Parameters
        ----------
        now
            Clock for the time that each entry carries.

        Yields
        ------
        Writer
            Appends entries.

        Raises
        ------
        LedgerError
            The database refuses.
        """
        try:
            with (
                self._engine.connect().execution_options(immediate=True) as connection,
                connection.begin(),
            ):
                yield Writer(connection, now)
        except DatabaseError as error:
            raise LedgerError(
                f"the ledger could not be written ({error.orig}); nothing of this step was kept",
                where=str(self.path),
                do="Free the disk or the file, then run again",
            ) from error


def _start(path: Path) -> None:
    """Make a ledger under another name and rename it: nobody ever sees half of one."""
    folder = os.open(path.parent, os.O_RDONLY)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with suppress(OSError):  # network file systems cannot lock a folder
            fcntl.flock(folder, fcntl.LOCK_EX)
        if path.exists():
            return
        engine = _engine(temporary)
        with engine.begin() as connection:
            schema.metadata.create_all(connection)
        with engine.connect() as connection:
            connection.connection.execute("PRAGMA journal_mode=WAL").close()
        # The log of a ledger that was removed would be replayed into the new one.
        for rest in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
        temporary.replace(path)
        os.fsync(folder)
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            temporary.with_name(temporary.name + rest).unlink(missing_ok=True)
        os.close(folder)
