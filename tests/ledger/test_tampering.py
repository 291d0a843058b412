# ruff: noqa: S608 - tampering is done in plain SQL
"""What somebody with write access to everything may try, and that it is found.

An older and a newer checkpoint, and the public key, were kept outside.
"""

import json
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from synthetic import ADA, BEN, BYTES, CLEO, DOCUMENT, FILE, HOSPITAL, deliver, noon

from everyname.ledger import (
    Assignment,
    Checkpoint,
    Document,
    Judgement,
    Keys,
    Ledger,
    PostgreSQL,
    VerifierKey,
    attest,
    contradicted,
    rebuild,
    verify,
)
from everyname.ledger.canonical import canonical_json
from everyname.ledger.signing_key import SigningKey
from everyname.ledger.writer import body_of, commitment

# 1 source, 2 document, 3 arrival, 4 Ada, 5 Ben, 6 delivery, 7 judgement; then 8 assignment,
# 9 arrival, 10 Cleo, 11 delivery


@dataclass
class Case:
    """A ledger, and what was kept outside of it."""

    ledger: Ledger
    originals: object
    keys: Keys
    key: VerifierKey
    older: str
    newer: str

    def found(self):
        """What verification finds, given what was kept outside."""
        said = [error.found for error in verify(self.ledger, self.originals, self.key)]
        for note, where in ((self.older, "older"), (self.newer, "newer")):
            said += [e.found for e in contradicted(self.ledger, note, self.key, where)]
        return said

    @contextmanager
    def writing(self):
        """Write what no trigger allows, and leave every trigger as it was."""
        engine = self.ledger.database.engine(read_only=False)
        with engine.begin() as connection:
            if isinstance(self.ledger.database, PostgreSQL):
                connection.execute(text("SET session_replication_role = replica"))
                yield connection
            else:
                query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
                triggers = connection.exec_driver_sql(query).all()
                for name, _ in triggers:
                    connection.exec_driver_sql(f"DROP TRIGGER {name}")
                yield connection
                for _, sql in triggers:
                    connection.exec_driver_sql(sql)
        engine.dispose()

    def sql(self, *statements):
        with self.writing() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def forge(self, seq, kind, content):
        """Put another content in an entry's place, with the body that commits to it."""
        data, salt = canonical_json(content), b"\7" * 16
        body = body_of(noon().isoformat(), commitment(salt, data), kind, seq)
        with self.writing() as connection:
            for statement, values in (
                ("UPDATE sealed SET salt = :a, content = :b WHERE seq = :seq", (salt, data)),
                ("UPDATE entry SET body = :a, kind = :b WHERE seq = :seq", (body, kind)),
            ):
                a, b = values
                connection.execute(text(statement), {"a": a, "b": b, "seq": seq})


@pytest.fixture
def case(ledger, originals, tmp_path):
    keys = Keys(tmp_path / "keys")
    key = keys.signing()
    originals.preserve(BYTES)
    with ledger.writing(noon) as writer:
        writer.source(HOSPITAL)
        writer.document(Document(DOCUMENT, FILE, "text/csv", len(BYTES), noon().isoformat()))
    deliver(ledger, [ADA, BEN])
    with ledger.writing(noon) as writer:
        writer.decide("judgement", [Judgement("hospital/1", "hospital/2", "same", "R")])
    older = attest(ledger, key)
    with ledger.writing(noon) as writer:
        writer.assign(Assignment((("hospital/1", "P-1"), ("hospital/2", "P-1"))))
    deliver(ledger, [ADA, BEN, CLEO], mapping="m2")
    return Case(ledger, originals, keys, key.verifier, older, attest(ledger, key))


def renumbered(case, order):
    """Give entries other numbers, bodies included, as if it had always been so."""
    with case.writing() as connection:
        rows = connection.execute(
            text(
                "SELECT entry.seq, kind, body, salt, content FROM entry "
                "JOIN sealed ON sealed.seq = entry.seq ORDER BY entry.seq"
            )
        ).all()
        by_seq = {row.seq: row for row in rows}
        connection.execute(text("DELETE FROM entry"))
        connection.execute(text("DELETE FROM sealed"))
        for seq, old in enumerate(order, start=1):
            row = by_seq[old]
            said = json.loads(bytes(row.body))
            body = body_of(said["at"], said["commitment"], row.kind, seq)
            values = {"seq": seq, "kind": row.kind, "body": body, "salt": row.salt}
            values["content"] = row.content
            connection.execute(text("INSERT INTO entry VALUES (:seq, :kind, :body)"), values)
            connection.execute(text("INSERT INTO sealed VALUES (:seq, :salt, :content)"), values)
    rebuild(case.ledger)


def changed_value(case):
    forged = canonical_json({**ADA.content, "key": "7"})
    with case.writing() as connection:
        connection.execute(
            text("UPDATE sealed SET content = :content WHERE seq = 4"), {"content": forged}
        )


def changed_body(case):
    case.forge(4, "record", {**ADA.content, "key": "7"})
    rebuild(case.ledger)


def removed_entry(case):
    renumbered(case, [1, 2, 3, 4, 5, 6, 8, 9, 10, 11])


def reordered_entries(case):
    renumbered(case, [1, 2, 3, 5, 4, 6, 7, 8, 9, 10, 11])


def gap(case):
    case.sql(*(f"DELETE FROM {t} WHERE seq = 7" for t in ("entry", "sealed", "decision")))


def swapped_original(case):
    path = case.originals.path(DOCUMENT)
    path.chmod(0o644)
    path.write_bytes(BYTES.replace(b"Ada", b"Eva"))


def silent_erasure(case):
    case.sql(*(f"DELETE FROM {table} WHERE seq = 4" for table in ("sealed", "record")))


def added_trigger(case):
    if isinstance(case.ledger.database, PostgreSQL):
        case.sql(
            "CREATE FUNCTION quietly() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NULL; END $$",
            "CREATE TRIGGER quietly BEFORE INSERT ON decision "
            "FOR EACH ROW EXECUTE FUNCTION quietly()",
        )
    else:
        case.sql("CREATE TRIGGER quietly BEFORE INSERT ON decision BEGIN SELECT RAISE(IGNORE); END")


def table_to_view(case):
    case.sql(
        "ALTER TABLE decision RENAME TO decision_kept",
        "CREATE VIEW decision AS SELECT * FROM decision_kept",
    )


def cut(case, last):
    case.sql(*(f"DELETE FROM {table} WHERE seq > {last}" for table in ("entry", "sealed")))
    rebuild(case.ledger)


def tail_cut(case):
    cut(case, 7)


def whole_rewrite(case):
    case.forge(4, "record", {**ADA.content, "key": "7"})
    rebuild(case.ledger)
    for file in case.keys.folder.iterdir():
        file.unlink()
    case.keys.signing()


def forged_checkpoint(case):
    """Cut the end off, and pass for the newer checkpoint one signed with a key of the same name."""
    cut(case, 7)
    forger = SigningKey.generate(case.key.name)
    case.newer = Checkpoint(case.key.name, 7, case.ledger.root()).signed(forger)


REWRITTEN = "the first {} entries are not those that were attested: the ledger was rewritten"
BOTH = [REWRITTEN.format(7), REWRITTEN.format(11)]
NO_TREE = "the ledger had {} entries and has {}: its end was cut off"

TAMPERINGS = {
    changed_value: ["the content of entry 4 was altered"],
    changed_body: BOTH,
    removed_entry: [REWRITTEN.format(7), NO_TREE.format(11, 10)],
    reordered_entries: BOTH,
    gap: ["entry 7 is missing"],
    swapped_original: ["this original was altered: its bytes do not give its name"],
    silent_erasure: ["the content of entry 4 is missing, and no erasure says why"],
    added_trigger: ["trigger"],
    table_to_view: ["'decision'", "'decision_kept'"],
    tail_cut: [NO_TREE.format(11, 7)],
    whole_rewrite: BOTH,
    forged_checkpoint: ["this is not a checkpoint of this ledger"],
}


def test_a_sound_ledger_agrees_with_both_checkpoints(case):
    assert case.found() == []


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.__name__)
def test_tampering_is_found(case, tampering):
    tampering(case)
    found = "\n".join(case.found())
    for said in TAMPERINGS[tampering]:
        assert said in found


def test_without_a_checkpoint_a_whole_rewrite_is_not_found(case):
    """The reason why checkpoints are carried outside."""
    whole_rewrite(case)
    assert list(verify(case.ledger, case.originals, case.keys.verifier())) == []
