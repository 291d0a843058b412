"""Tables of the ledger: the log, the sealed contents, and what is derived from both."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData()

# SQLite's row number is an INTEGER; PostgreSQL's needs eight bytes.
_Seq = BigInteger().with_variant(Integer(), "sqlite")


def _seq(name: str = "seq", *, key: bool = True) -> Column[int]:
    return Column(name, _Seq, primary_key=key, autoincrement=False, nullable=False)


# The log. `body` is canonical JSON that commits to a content without holding it.
entry = Table(
    "entry",
    metadata,
    _seq(),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    # Records are found by their own table; all other kinds are few.
    Index(
        "entry_kind",
        "kind",
        "seq",
        sqlite_where=text("kind <> 'record'"),
        postgresql_where=text("kind <> 'record'"),
    ),
)

# The contents, apart from the log so that a content can be erased while its proof stays.
sealed = Table(
    "sealed",
    metadata,
    _seq(),
    Column("salt", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# The Merkle tree over the bodies, from its fourth level above the leaves upwards: roots and proofs
# then cost a few reads. What lies below is made again from the bodies.
node = Table(
    "node",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    _seq("position"),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

source = Table(
    "source",
    metadata,
    _seq(),
    Column("id", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
)

# A document that is described anew is entered anew; the last one holds.
document = Table("document", metadata, _seq(), Column("id", Text, nullable=False, index=True))

record = Table(
    "record",
    metadata,
    _seq(),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
)

# Judgements, corrections, withdrawals, rulings. Several entries may carry one of them: made,
# retracted, made again. The last one holds.
decision = Table(
    "decision",
    metadata,
    _seq(),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("in_force", Integer, nullable=False),
)

arrival = Table("arrival", metadata, _seq(), Column("id", Text, nullable=False, unique=True))

delivery = Table(
    "delivery",
    metadata,
    _seq(),
    Column("id", Text, nullable=False),
    Column("file", Text, nullable=False, index=True),
    _seq("arrival", key=False),
)

# Which records an arrival holds, at which position. Its last row is the cursor of an import that
# was interrupted.
arrived = Table(
    "arrived",
    metadata,
    _seq("arrival"),
    _seq("position"),
    _seq("record", key=False),
    sqlite_with_rowid=False,
)

membership = Table(
    "membership",
    metadata,
    _seq(),
    Column("record", Text, primary_key=True),
    Column("person", Text, nullable=False),
    sqlite_with_rowid=False,
)

redirect = Table(
    "redirect",
    metadata,
    _seq(),
    Column("person", Text, primary_key=True),
    Column("leads_to", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Entries whose contents were erased, and by which entry.
erased = Table("erased", metadata, _seq("target"), _seq(key=False))

# Everything that `rebuild` makes again from the log and the sealed contents.
PROJECTIONS = (
    node,
    source,
    document,
    record,
    decision,
    arrival,
    delivery,
    arrived,
    membership,
    redirect,
    erased,
)
