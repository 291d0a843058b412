"""SQLite databases: one real table, read within the child process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import BinaryIO

from everyname.errors import TableError
from everyname.intake.child_found import Found, Notes, no_such_sheet
from everyname.intake.workbook_value import number_text

LARGEST = 1_500_000_000
"""Bytes of the database, which is read into memory."""
LONGEST = 64 << 20
_JOURNAL = slice(18, 20)
_LEDGER = {"entry", "sealed", "node"}
# Tables in which full-text search and R-trees keep what is theirs.
_SHADOWS = (
    "content", "segments", "segdir", "docsize", "stat", "data", "idx", "config", "node", "rowid",
    "parent",
)  # fmt: skip
_AGAIN = "Send the database again, or the table as CSV"


def read(file: BinaryIO, sheet: str) -> Found:
    """Find one table of a database.

    No view is run and no virtual table opened: either can be made to do more than to read.

    Parameters
    ----------
    file
        The database; it is never written to.
    sheet
        Name of the table; empty for the only one.

    Raises
    ------
    TableError
        It is no database, or has no such table, or several and none is named.
    """
    connection = _opened(file)
    try:
        names = _tables(connection)
        if set(names) >= _LEDGER:
            raise TableError("this is a ledger of everyname and no list", do="Name a list")
        if not names:
            raise TableError("this database has no table", do=_AGAIN)
        if sheet and sheet not in names:
            raise no_such_sheet(sheet, names, "table")
        if not sheet and len(names) > 1:
            raise TableError(
                f"this database has {len(names)} tables: {', '.join(map(repr, names[:50]))}",
                do="Name one with --sheet, or as sheet under [table] in the mapping file",
            )
        chosen = sheet or names[0]
        quoted = chosen.replace('"', '""')
        # The name cannot be a parameter; it is one that the database holds, and quoted.
        cursor = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608
    except sqlite3.Error as error:
        raise _damaged(error) from None
    notes = Notes()
    rows = _rows(connection, cursor, notes)
    return Found(chosen, rows, f"SQLite, table {chosen}", tuple(names), notes, headed=True)


def _opened(file: BinaryIO) -> sqlite3.Connection:
    data = bytearray(file.read(LARGEST + 1))
    if len(data) > LARGEST:
        raise TableError(f"the database is larger than {LARGEST:,} bytes", do="Send it as CSV")
    pages = int.from_bytes(data[28:32]) * (_page_size(data))
    # The count of pages holds where the database was last written by a program that keeps it.
    if data[24:28] == data[92:96] and len(data) < pages:
        raise TableError("the database is cut off: pages of it are missing", do=_AGAIN)
    # A database with a write-ahead log cannot be opened in memory unless it says it has none.
    data[_JOURNAL] = b"\x01\x01"
    connection = sqlite3.connect(":memory:")
    connection.text_factory = _text
    try:
        connection.deserialize(bytes(data))
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        for setting in ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1"):
            connection.execute(f"PRAGMA {setting}")
    except (sqlite3.Error, OverflowError) as error:
        raise _damaged(error) from None
    return connection


def _page_size(data: bytearray) -> int:
    size = int.from_bytes(data[16:18])
    return 1 << 16 if size == 1 else size


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Names of tables that hold rows of their own, as they were made."""
    found = connection.execute(
        "SELECT name, rootpage > 0 FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    ).fetchall()
    virtual = [name for name, real in found if not real]
    shadows = {f"{name}_{part}" for name in virtual for part in _SHADOWS}
    return [str(name) for name, real in found if real and name not in shadows]


def _rows(
    connection: sqlite3.Connection, cursor: sqlite3.Cursor, notes: Notes
) -> Iterator[list[str]]:
    yield [str(column[0]) for column in cursor.description]
    number = 1
    try:
        for row in cursor:
            number += 1
            yield [_cell(value, number, column, notes) for column, value in enumerate(row, 1)]
    except sqlite3.Error as error:
        raise _damaged(error, f"row {number + 1}") from None
    finally:
        connection.close()


def _cell(value: object, row: int, column: int, notes: Notes) -> str:
    match value:
        case None:
            return ""
        case bytes():
            notes.add(row, column, "the cell holds bytes and no text: they are written as hex")
            return value.hex()
        case bool() | int() | float():
            return number_text(value)
    text = str(value)
    if text.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in text):
        return text
    notes.add(row, column, "the cell holds text that is not UTF-8: its odd bytes are escaped")
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _damaged(error: Exception, where: str = "") -> TableError:
    return TableError(f"the database cannot be read ({error})", where=where, do=_AGAIN)
