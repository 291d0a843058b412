"""Named fakes: records, sources and a clock that nobody has to guess about."""

import hashlib
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import psycopg
import sqlcipher3.dbapi2 as sqlite

from everyname.ledger import Locator, Record, Source, SQLite, Statement, schema, sha256_of

HOSPITAL = Source(key="hospital", name="River Valley Hospital", language="en")
BYTES = b"No,Name\n1,Ada Invented\n2,Ben Invented\n"
DOCUMENT = sha256_of(BYTES)
FILE = "hospital.csv"


def noon():
    return datetime(2031, 8, 1, 12, 0, tzinfo=UTC)


def salt(seq):
    """Always the same for an entry, so that the same entries give the same root."""
    return hashlib.sha256(b"salt %d" % seq).digest()[:16]


def person(key, name, **changes):
    fields = {
        "source": "hospital",
        "kind": "person",
        "key": key,
        "document": DOCUMENT,
        "locator": Locator("", int(key) + 1 if key.isdigit() else 0),
        "statements": (Statement("name", name), Statement("fate", "killed")),
        "cells": (("No", key), ("Name", name)),
    }
    return Record(**{**fields, **changes})


ADA = person("1", "Ada Invented")
BEN = person("2", "Ben Invented")
CLEO = person("3", "Cleo Invented")


def deliver(ledger, records, *, file=FILE, mapping="m1", document=DOCUMENT):
    """Deliver in one transaction, as another test does it in many."""
    with ledger.writing(noon, salt) as writer:
        return writer.deliver(file, document, mapping, records)


def names(ledger):
    return [filed.record.value("name") for filed in ledger.records()]


@contextmanager
def tampering(ledger):
    """Change a ledger as somebody does who covers it up: past its triggers, which stay.

    Yields a function that executes SQL with a question mark for each value, and returns rows.
    """
    with _past_triggers(ledger.database) as (connection, mark):

        def execute(statement, *values):
            cursor = connection.execute(statement.replace("?", mark), values)
            return cursor.fetchall() if cursor.description else []

        yield execute
        connection.commit()


def empty(ledger):
    """Take everything out of a ledger, for the next test."""
    with tampering(ledger) as execute:
        for table in schema.metadata.tables:
            execute(f"DELETE FROM {table}")  # noqa: S608


@contextmanager
def _past_triggers(database):
    if not isinstance(database, SQLite):
        with psycopg.connect(database.address) as connection:
            connection.execute("SET session_replication_role = replica")
            yield connection, "%s"
        return
    # Python's own SQLite is another library than the ledger's: closing its file would take away
    # the locks that the ledger holds on it in this process.
    with closing(sqlite.connect(database.path)) as connection:
        query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        triggers = connection.execute(query).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection, "?"
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()
