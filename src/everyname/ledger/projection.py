"""Projection: the rows of the derived tables that follow from an entry.

The writer adds them as it appends, `rebuild` makes them again, and `verify` compares them: all
three from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table

from everyname.ledger import schema
from everyname.ledger.canonical import digest
from everyname.ledger.database import Row
from everyname.ledger.delivery import numbers_of
from everyname.ledger.record import record_id

DECISIONS = ("judgement", "correction", "withdrawal", "ruling")

KINDS = frozenset(
    (
        *DECISIONS,
        "retraction",
        "source",
        "document",
        "custody",
        "record",
        "arrival",
        "delivery",
        "assignment",
        "erasure",
        "release",
        "access",
    )
)
"""All kinds of entries."""

# Tables whose rows belong to the entry with their `seq`; those of deliveries belong to arrivals.
LISTED = (
    schema.source,
    schema.document,
    schema.record,
    schema.arrival,
    schema.delivery,
    schema.decision,
    schema.membership,
    schema.redirect,
    schema.erased,
)


def projected(
    seq: int, kind: str, content: bytes, said: Mapping[str, Any]
) -> Iterator[tuple[Table, list[Row]]]:
    """Derive rows from an entry.

    Parameters
    ----------
    seq
        Number of the entry.
    kind
        Its kind.
    content
        Its sealed content.
    said
        The same, parsed.

    Yields
    ------
    tuple of table and rows
        Each table at most once; rows without an order.

    Raises
    ------
    KeyError, TypeError, ValueError
        The content is not one of this kind.
    """
    if kind == "record":
        yield schema.record, [record_row(seq, content, said)]
    elif kind == "source":
        yield schema.source, [(seq, digest("everyname.source.1", content), said["key"])]
    elif kind == "document":
        yield schema.document, [(seq, said["sha256"])]
    elif kind == "arrival":
        yield schema.arrival, [(seq, digest("everyname.arrival.1", content))]
    elif kind == "delivery":
        id_ = digest("everyname.delivery.1", content)
        yield schema.delivery, [(seq, id_, said["file"], said["arrival"])]
    elif kind in DECISIONS:
        yield schema.decision, [(seq, kind, digest(f"everyname.{kind}.1", content), 1)]
    elif kind == "retraction":
        yield schema.decision, [(seq, said["kind"], said["retracts"], 0)]
    elif kind == "assignment":
        yield schema.membership, [(seq, *change) for change in said["changes"]]
        yield schema.redirect, [(seq, *change) for change in said["redirects"]]
    elif kind == "erasure":
        yield schema.erased, [(target, seq) for target in said["erases"]]


def record_row(seq: int, content: bytes, said: Mapping[str, Any]) -> Row:
    """Row of the table of records."""
    source, kind, key = said["source"], said["kind"], said["key"]
    return seq, record_id(source, kind, key, content), source, kind, key


def arrived_rows(said: Mapping[str, Any]) -> Iterator[Row]:
    """Rows that a delivery's content gives to its arrival."""
    for position, number in enumerate(numbers_of(said["entries"])):
        yield said["arrival"], position, number
