"""Erasing: removes the content of records, and every trace of it that the ledger holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, Table, delete, func, select

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import schema
from everyname.ledger.assignment import Assignment
from everyname.ledger.database import Database
from everyname.ledger.document import Originals
from everyname.ledger.erasure import Erasure
from everyname.ledger.ledger import Ledger, utc_now
from everyname.ledger.projection import DECISIONS
from everyname.ledger.signing_key import SigningKey
from everyname.ledger.sqlite import SQLite
from everyname.ledger.writer import Writer, reference_digest

_CHUNK = 2**20

# Tables whose rows go with the content that they follow from.
_FOLLOWING = (schema.record, schema.decision, schema.membership, schema.redirect)


class Erased(NamedTuple):
    """What an erasure did.

    Parameters
    ----------
    erasure
        The entry that says so; its note is to be kept outside, for after a restore.
    number
        Number of that entry.
    left
        Where copies may be that the ledger cannot reach.
    """

    erasure: Erasure
    number: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Content:
    """A content that is about to be erased."""

    seq: int
    commitment: str
    salt: bytes
    content: bytes


def erase(
    ledger: Ledger,
    originals: Originals,
    references: Sequence[str],
    *,
    by: str,
    why: str,
    key: SigningKey,
    documents: Sequence[str] = (),
    now: Callable[[], datetime] = utc_now,
) -> Erased:
    """Erase what the ledger holds on some records, in all their versions.

    Contents and their salts are removed: the records', the decisions' that name them, and the
    assignments' to persons; of these, what concerns other records is entered anew. The log, its
    tree and its proofs stay as they are.

    Parameters
    ----------
    ledger
        The ledger. On PostgreSQL, opened as the owner of its tables.
    originals
        The preserved originals.
    references
        References of the records, ``source/key``.
    by, why
        Who ordered it, and on which ground.
    key
        The ledger's key, which signs the order.
    documents
        SHA-256 of originals that are removed as well, since they hold what was erased.
    now
        Clock for the time that the entry carries.

    Raises
    ------
    LedgerError
        There is no such record, or the database refuses.
    LedgerAltered
        The bytes are still found in the files of the database.
    """
    digests = tuple(sorted(reference_digest(ledger.secret(), ref) for ref in references))
    with ledger.writing(now) as writer:
        contents = _contents(writer.connection, _targets(writer, references))
        before = _before(writer.connection, set(digests))
        _refuse_secret(writer.connection, contents)
        if contents:
            order = Erasure.ordered(
                tuple((c.seq, c.commitment) for c in contents),
                tuple(sorted(documents)),
                digests,
                by,
                why,
                key,
            )
            number = _carry_out(writer, order, set(references))
        elif before is not None:
            # Erased before, and interrupted while the files were written anew.
            number, order = before
        else:
            raise LedgerError(
                "there is nothing to erase: the ledger holds no such record",
                where=ledger.where,
                do="Take a reference from out/records.csv",
            )
    return _finish(ledger, originals, order, number, contents)


def replay_erasures(
    ledger: Ledger,
    originals: Originals,
    notes: Iterable[str],
    key: SigningKey,
    now: Callable[[], datetime] = utc_now,
) -> int:
    """Carry out again, after a restore, what was erased since the backup.

    Parameters
    ----------
    ledger
        The ledger as restored.
    originals
        The originals as restored.
    notes
        Signed orders, as kept outside of the ledger; those of entries that this ledger does not
        hold, or holds no content of, ask for nothing.
    key
        The ledger's key.
    now
        Clock for the time that entries carry.

    Returns
    -------
    int
        How many were carried out.

    Raises
    ------
    LedgerAltered
        An order is not signed with the key.
    LedgerError
        An order is not one of this ledger, or the database refuses.
    """
    done = 0
    for note in notes:
        order = Erasure.from_note(note, key.verifier)
        wanted = dict(order.targets)
        with ledger.writing(now) as writer:
            contents = [
                content
                for content in _contents(writer.connection, sorted(wanted))
                if content.commitment == wanted[content.seq]
            ]
            known = {ref for e in ledger.erasures() for ref in e.references}
            if not contents and set(order.references) <= known:
                continue
            again = Erasure.ordered(
                tuple((c.seq, c.commitment) for c in contents),
                order.documents,
                order.references,
                "everyname",
                "Ordered before; carried out again after a restore.",
                key,
            )
            gone = _references(contents)
            number = _carry_out(writer, again, gone)
        _finish(ledger, originals, again, number, contents)
        done += 1
    return done


def _refuse_secret(connection: Connection, contents: Sequence[_Content]) -> None:
    first = connection.execute(select(func.min(schema.sealed.c.seq))).scalar()
    if any(content.seq == first for content in contents):
        raise LedgerError(
            "the first entry of a ledger cannot be erased: persons' ids are made with its salt",
            do="Enter something else first, such as the source",
        )


def _before(connection: Connection, references: set[str]) -> tuple[int, Erasure] | None:
    """Latest erasure of these references, and the number of its entry."""
    query = (
        select(schema.entry.c.seq, schema.sealed.c.content)
        .join(schema.sealed, schema.sealed.c.seq == schema.entry.c.seq)
        .where(schema.entry.c.seq.in_(select(schema.erased.c.seq)))
        .order_by(schema.entry.c.seq.desc())
    )
    for seq, content in connection.execute(query):
        erasure = Erasure.from_content(orjson.loads(content))
        if references <= set(erasure.references):
            return seq, erasure
    return None


def _targets(writer: Writer, references: Sequence[str]) -> list[int]:
    """Numbers of all entries whose contents speak of these records."""
    connection, wanted = writer.connection, set(references)
    table = schema.record.c
    numbers: set[int] = set()
    for reference in references:
        source, _, key = reference.partition("/")
        found = select(table.seq).where(table.source == source, table.key == key)
        numbers.update(connection.execute(found).scalars())
    member = schema.membership.c
    for reference in references:
        found = select(member.seq).where(member.record == reference)
        numbers.update(connection.execute(found).scalars())
    numbers |= _decisions(connection, wanted)
    return sorted(numbers)


def _decisions(connection: Connection, references: set[str]) -> set[int]:
    query = (
        select(schema.decision.c.seq, schema.decision.c.id, schema.sealed.c.content)
        .join(schema.sealed, schema.sealed.c.seq == schema.decision.c.seq)
        .where(schema.decision.c.kind.in_(DECISIONS))
    )
    rows = [(seq, id_, orjson.loads(content)) for seq, id_, content in connection.execute(query)]
    names = "record", "record_a", "record_b"
    ids = {id_ for _, id_, said in rows if references & {said.get(name) for name in names}}
    # A retraction names the decision by the digest of what was said in it.
    return {seq for seq, id_, _ in rows if id_ in ids}


def _contents(connection: Connection, numbers: Sequence[int]) -> list[_Content]:
    found = []
    for number in numbers:
        query = (
            select(schema.entry.c.body, schema.sealed.c.salt, schema.sealed.c.content)
            .join(schema.sealed, schema.sealed.c.seq == schema.entry.c.seq)
            .where(schema.entry.c.seq == number)
        )
        row = connection.execute(query).first()
        if row is not None:
            commitment = orjson.loads(row.body)["commitment"]
            found.append(_Content(number, commitment, row.salt, row.content))
    return found


def _references(contents: Iterable[_Content]) -> set[str]:
    """References of the records among contents."""
    said = (orjson.loads(content.content) for content in contents)
    return {f"{one['source']}/{one['key']}" for one in said if "statements" in one}


def _carry_out(writer: Writer, order: Erasure, references: set[str]) -> int:
    """Remove the contents, enter anew what they said of others, and enter the order."""
    targets = {seq for seq, _ in order.targets}
    rest = _said_of_others(writer.connection, targets, references)
    for table in (*_FOLLOWING, schema.sealed):
        for seq in targets:
            writer.connection.execute(delete(table).where(table.c.seq == seq))
    writer.assign(rest)
    (number,) = writer.append("erasure", [order.content])
    return number


def _said_of_others(connection: Connection, targets: set[int], references: set[str]) -> Assignment:
    """What the assignments among the targets say that still holds, but for these records."""

    def holding(table: Table) -> tuple[tuple[str, str], ...]:
        if not any(
            connection.execute(select(table.c.seq).where(table.c.seq == seq).limit(1)).first()
            for seq in targets
        ):
            return ()
        name, other = table.columns.keys()[1:]
        query = select(table.c[name], table.c[other], table.c.seq).order_by(table.c.seq)
        last = {key: (value, seq) for key, value, seq in connection.execute(query)}
        return tuple(
            (key, value)
            for key, (value, seq) in sorted(last.items())
            if seq in targets and key not in references
        )

    return Assignment(holding(schema.membership), holding(schema.redirect))


def _finish(
    ledger: Ledger,
    originals: Originals,
    order: Erasure,
    number: int,
    contents: Sequence[_Content],
) -> Erased:
    """Remove originals, write the database anew, and look for what was erased."""
    for sha256 in order.documents:
        originals.remove(sha256)
    ledger.close()
    left = ledger.database.scrub()
    for content in contents:
        for path in _holding(ledger.database, (content.salt, content.content)):
            raise LedgerAltered(
                f"the content of entry {content.seq} was erased, and its bytes are still found",
                where=str(path),
                do="Close all programs that use the ledger, and give the same command again",
            )
    return Erased(order, number, left)


def _holding(database: Database, needles: Sequence[bytes]) -> Iterator[Path]:
    """Files of a database in which bytes are found."""
    if not isinstance(database, SQLite):
        return
    longest = max(len(needle) for needle in needles)
    for path in (database.path, *database.beside):
        if not path.exists():
            continue
        with path.open("rb") as file:
            before = b""
            while chunk := file.read(_CHUNK):
                whole = before + chunk
                if any(needle in whole for needle in needles):
                    yield path
                    break
                before = whole[-longest:]
