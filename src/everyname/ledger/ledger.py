"""Ledger: the append-only log of sources, documents, records and judgements."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import DatabaseError

from everyname.errors import LedgerError
from everyname.ledger.place import Place, database_at
from everyname.ledger.reader import LedgerReader
from everyname.ledger.record import Record
from everyname.ledger.writer import Delivered, Writer, encoded_batches


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def random_salt(_seq: int) -> bytes:
    """Return 16 random bytes."""
    return secrets.token_bytes(16)


class Ledger(LedgerReader):
    """A ledger that can be written to.

    Use `Ledger.open`, which makes it when it is not there.
    """

    _read_only = False
    _lost = ""

    @classmethod
    def open(cls, place: Place) -> Ledger:
        """Open a ledger, or start one.

        Parameters
        ----------
        place
            The SQLite file, the address of the PostgreSQL database, or a database.

        Raises
        ------
        LedgerError
            What is there is not a ledger, or none can be made.
        """
        database = database_at(place)
        if not database.exists():
            try:
                database.start()
            except (OSError, DatabaseError) as error:
                raise LedgerError(
                    f"a ledger cannot be started here ({getattr(error, 'orig', error)})",
                    where=database.label,
                    do="Name a place that can be written to",
                ) from error
        return cls(database)

    @contextmanager
    def writing(
        self,
        now: Callable[[], datetime] = utc_now,
        salt: Callable[[int], bytes] = random_salt,
    ) -> Iterator[Writer]:
        """One transaction: everything written inside is kept, or nothing.

        When this returns, what was written is on disk. Writers wait for each other, first come,
        first served.

        Parameters
        ----------
        now
            Clock for the time that each entry carries.
        salt
            16 bytes for an entry's number; random ones but in tests of the ledger itself.

        Yields
        ------
        Writer
            Appends entries.

        Raises
        ------
        LedgerError
            The database refuses. After an error of the disk itself this ledger takes nothing more:
            it has to be opened anew, and verified.
        """
        if self._lost:
            raise LedgerError(
                f"an error of the disk came before ({self._lost}), and nobody knows what is on it",
                where=self.where,
                do="Check the disk, run `everyname verify`, and open the ledger anew",
            )
        done = False
        try:
            with (
                self.database.turn(),
                self._engine.connect().execution_options(immediate=True) as connection,
                connection.begin(),
            ):
                self.database.begin_writing(connection)
                yield Writer(self.database, connection, now, salt)
                done = True
        except DatabaseError as error:
            lost = self.database.lost(error)
            if lost:
                self._lost = str(error.orig)
                self.close()
            if lost and done:
                raise LedgerError(
                    f"the ledger was lost while it was written ({error.orig}), and nobody knows "
                    "whether this step was kept",
                    where=self.where,
                    do="Open it anew and look, before you do it again",
                ) from error
            raise LedgerError(
                f"the ledger could not be written ({error.orig}); nothing of this step was kept",
                where=self.where,
                do="Free the disk or the file, then run again",
            ) from error
        except OSError as error:
            raise LedgerError(
                f"the ledger could not be written ({error.strerror}); nothing of this step was "
                "kept",
                where=self.where,
                do="Free the disk, or correct the folder's permissions, then run again",
            ) from error

    def deliver(
        self,
        file: str,
        document: str,
        mapping: str,
        records: Iterable[Record],
        *,
        now: Callable[[], datetime] = utc_now,
        salt: Callable[[int], bytes] = random_salt,
        progress: Callable[[int], None] = lambda _count: None,
    ) -> Delivered:
        """Enter the records that a reading of a file yielded, some thousand at a time.

        Interrupted, it goes on where it was when it is called again with the same: what was
        entered is on disk and is not entered again. Until the last record is in, those of the
        file's previous delivery stay in force.

        Parameters
        ----------
        file
            Name under ``lists/``.
        document
            SHA-256 of the file.
        mapping
            SHA-256 of the mapping applied.
        records
            The records, in the file's order; read once, and never all held in memory.
        now, salt
            As for `writing`.
        progress
            Told how many records are on disk.

        Raises
        ------
        LedgerError
            The database refuses.
        """
        with self.writing(now, salt) as writer:
            arrival = writer.arrival(file, document, mapping)
            kept = writer.not_erased()
        position = new = 0
        for batch in encoded_batches(records, kept):
            with self.writing(now, salt) as writer:
                arrival, fresh = writer.arrive(arrival, position, batch)
            position, new = position + len(batch), new + fresh
            progress(position)
        with self.writing(now, salt) as writer:
            return Delivered(new, writer.delivered(arrival, position))
