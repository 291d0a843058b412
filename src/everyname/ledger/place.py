"""Place: where a ledger lies, as users name it."""

from __future__ import annotations

from pathlib import Path

from everyname.ledger.database import Database
from everyname.ledger.postgresql import PostgreSQL
from everyname.ledger.sqlite import SQLite

Place = Database | Path | str
"""An SQLite file, the address of a PostgreSQL database, or a database."""


def database_at(place: Place) -> Database:
    """Take a path as an SQLite file, and a text as the address of a PostgreSQL database.

    Parameters
    ----------
    place
        A path, an address that begins with ``postgresql://``, or a database.

    Raises
    ------
    LedgerError
        A text that is no such address.
    """
    if isinstance(place, Database):
        return place
    return SQLite(place) if isinstance(place, Path) else PostgreSQL(place)
