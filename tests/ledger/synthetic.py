"""Named fakes: records, sources and a clock that nobody has to guess about."""

from datetime import UTC, datetime

from everyname.ledger import Ledger, Locator, Originals, Record, Source, Statement, sha256_of

HOSPITAL = Source(key="hospital", name="River Valley Hospital", language="en")
BYTES = b"No,Name\n1,Ada Invented\n2,Ben Invented\n"
DOCUMENT = sha256_of(BYTES)
FILE = "hospital.csv"


def noon():
    return datetime(2031, 8, 1, 12, 0, tzinfo=UTC)


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
    with ledger.writing(noon) as writer:
        return writer.deliver(file, document, mapping, records)


def names(ledger):
    return [filed.record.value("name") for filed in ledger.records()]


def started(folder):
    """A ledger in a folder, with its originals."""
    return Ledger.open(folder / "ledger.sqlite"), Originals(folder / "originals")
