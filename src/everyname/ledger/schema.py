"""Tables of the ledger: the log, the sealed contents, and what is derived from both."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    event,
)

metadata = MetaData()

# The log. `body` is canonical JSON that commits to a content without holding it.
entry = Table(
    "entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# The contents, apart from the log so that a content can be erased while its proof stays.
sealed = Table(
    "sealed",
    metadata,
    Column("seq", Integer, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("seq", Integer, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, index=True),
    Column("key", Text, nullable=False, index=True),
)

document = Table(
    "document",
    metadata,
    Column("seq", Integer, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
)

record = Table(
    "record",
    metadata,
    Column("seq", Integer, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Index("record_reference", "source", "key"),
)

# Several entries may carry one judgement: made, retracted, made again. The last one holds.
judgement = Table(
    "judgement",
    metadata,
    Column("seq", Integer, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, index=True),
    Column("in_force", Integer, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("seq", Integer, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("file", Text, nullable=False, index=True),
)

delivery_record = Table(
    "delivery_record",
    metadata,
    Column("delivery", Integer, ForeignKey("delivery.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("record", Integer, ForeignKey("record.seq"), nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("record", Text, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("seq", Integer, ForeignKey("entry.seq"), nullable=False),
)

redirect = Table(
    "redirect",
    metadata,
    Column("person", Text, primary_key=True),
    Column("leads_to", Text, nullable=False),
    Column("seq", Integer, ForeignKey("entry.seq"), nullable=False),
)

STATEMENT_VIEW = """
CREATE VIEW statement AS
SELECT record.id AS record,
       record.source AS source,
       json_extract(said.value, '$[0]') AS field,
       json_extract(said.value, '$[1]') AS value,
       json_extract(said.value, '$[2]') AS stance
FROM record
JOIN sealed ON sealed.seq = record.seq
JOIN json_each(CAST(sealed.content AS TEXT), '$.statements') AS said
"""

_REFUSE = """
CREATE TRIGGER {table}_{what} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""


# REPLACE deletes a row without firing the triggers on DELETE.
_REFUSE_REPLACE = """
CREATE TRIGGER {table}_REPLACE BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""


@event.listens_for(metadata, "after_create")
def _after_create(_target: MetaData, connection: Connection, **_options: object) -> None:
    connection.exec_driver_sql(STATEMENT_VIEW)
    for table, what in (("entry", "UPDATE"), ("entry", "DELETE"), ("sealed", "UPDATE")):
        connection.exec_driver_sql(_REFUSE.format(table=table, what=what))
    for table in ("entry", "sealed"):
        connection.exec_driver_sql(_REFUSE_REPLACE.format(table=table))
