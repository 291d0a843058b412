# ruff: noqa: S608 - tampering is done in plain SQL
import json
import sqlite3
from dataclasses import replace

import pytest
from synthetic import ADA, BEN, BYTES, CLEO, DOCUMENT, FILE, HOSPITAL, deliver, noon, started

from everyname.ledger import Assignment, Document, Judgement, verify
from everyname.ledger.canonical import canonical_json
from everyname.ledger.writer import commitment

# 1 source, 2 document, 3 Ada, 4 Ben, 5 delivery, 6 judgement, 7 retraction, 8 assignment
TRIGGERS = ("entry_UPDATE", "entry_DELETE", "sealed_UPDATE", "entry_REPLACE", "sealed_REPLACE")


@pytest.fixture
def case(tmp_path):
    ledger, originals = started(tmp_path)
    originals.preserve(BYTES)
    with ledger.writing(noon) as writer:
        writer.source(HOSPITAL)
        writer.document(Document(DOCUMENT, FILE, "text/csv", len(BYTES), noon().isoformat()))
        writer.deliver(FILE, DOCUMENT, "m1", [ADA, BEN])
        writer.judge([Judgement("hospital/1", "hospital/2", "same", "Reviewer One")])
        writer.judge([])
        writer.assign(Assignment((("hospital/1", "P-1"), ("hospital/2", "P-1")), (("P-0", "P-1"),)))
    return ledger, originals


def tamper(ledger, *statements):
    with sqlite3.connect(ledger.path) as raw:
        for trigger in TRIGGERS:
            raw.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            raw.execute(*(statement if isinstance(statement, tuple) else (statement,)))
    raw.close()


def found(case):
    return [error.found for error in verify(*case)]


def test_a_sound_ledger_has_nothing_to_report(case):
    assert found(case) == []
    assert case[0].size() == 8


ALTERED = "the content of entry 3 was altered"
OTHERWISE = "the {} table says something else than entry {}"
NOT_DELIVERED = "the records listed for delivery {} are not those that were delivered"
UNFOUNDED = "the {} table has a row for entry {}, and there is no such entry"
MEMBERS = (
    "the membership table says something else than the assignments on {} of its rows, "
    "'hospital/{}' among them"
)
LEADS = (
    "the redirect table says something else than the assignments on 1 of its rows, 'P-0' among them"
)
EVA = "replace(CAST(content AS TEXT), 'Ada', 'Eva')"
OTHER_BODY = "(SELECT body FROM entry WHERE seq = 4)"

CHANGED = {
    # What is changed in which table, of which entry -> what is found.
    ("sealed", f"content = {EVA}", 3): [ALTERED],
    ("sealed", f"content = CAST({EVA} AS BLOB)", 3): [ALTERED],
    ("sealed", "content = x'ff'", 3): [ALTERED],
    ("sealed", "salt = zeroblob(16)", 3): [ALTERED],
    ("entry", "body = body || ' '", 1): ["entry 1 was altered"],
    ("entry", "body = x'7b'", 1): ["entry 1 is not readable"],
    ("entry", "body = x'5b5d'", 1): ["entry 1 was altered"],
    ("entry", "body = x'7b2276223a312e357d'", 1): ["entry 1 is not readable"],
    ("entry", "body = 7", 1): ["entry 1 was altered"],
    ("entry", f"body = {OTHER_BODY}", 3): ["entry 3 was altered"],
    ("entry", "kind = 'note'", 3): ["entry 3 was altered", UNFOUNDED.format("record", 3)],
    ("record", "id = 'x'", 3): [OTHERWISE.format("record", 3), NOT_DELIVERED.format(5)],
    ("record", "key = '7'", 3): [OTHERWISE.format("record", 3)],
    ("source", "key = 'x'", 1): [OTHERWISE.format("source", 1)],
    ("delivery", "file = 'x.csv'", 5): [OTHERWISE.format("delivery", 5)],
    ("judgement", "in_force = 1", 7): [OTHERWISE.format("judgement", 7)],
    ("membership", "person = 'P-9'", 8): [MEMBERS.format(2, 1)],
    ("redirect", "leads_to = 'P-9'", 8): [LEADS],
}
REMOVED = {
    ("sealed", 3): ["the content of entry 3 is missing"],
    ("sealed", 8): ["the content of entry 8 is missing"],
    ("entry", 7): [
        "entry 7 is missing",
        UNFOUNDED.format("judgement", 7),
        UNFOUNDED.format("sealed", 7),
    ],
    ("entry", 8): [UNFOUNDED.format("sealed", 8), MEMBERS.format(2, 1), LEADS],
    ("record", 4): ["the record of entry 4 is missing from its table", NOT_DELIVERED.format(5)],
    ("document", 2): ["the document of entry 2 is missing from its table"],
    ("membership", 8): [MEMBERS.format(2, 1)],
    ("redirect", 8): [LEADS],
}


@pytest.mark.parametrize(("table", "change", "seq"), CHANGED)
def test_what_was_changed_is_found(case, table, change, seq):
    tamper(case[0], f"UPDATE {table} SET {change} WHERE seq = {seq}")
    assert found(case) == CHANGED[table, change, seq]


@pytest.mark.parametrize(("table", "seq"), REMOVED)
def test_what_was_removed_is_found(case, table, seq):
    tamper(case[0], f"DELETE FROM {table} WHERE seq = {seq}")
    assert found(case) == REMOVED[table, seq]


@pytest.mark.parametrize(
    ("change", "delivery"),
    [
        ("DELETE FROM delivery_record WHERE position = 1", 5),
        ("UPDATE delivery_record SET position = 2 - position", 5),
        ("INSERT INTO delivery_record VALUES (5, 2, 3)", 5),
        ("INSERT INTO delivery_record VALUES (99, 0, 3)", 99),
    ],
)
def test_a_delivery_that_lists_other_records_is_found(case, change, delivery):
    tamper(case[0], change)
    assert found(case) == [NOT_DELIVERED.format(delivery)]


def test_entries_cut_out_of_the_middle_are_reported_as_one_range(case):
    tamper(case[0], *(f"DELETE FROM {t} WHERE seq BETWEEN 3 AND 5" for t in ("entry", "sealed")))
    assert found(case)[0] == "entries 3 to 5 are missing"


def test_a_number_far_beyond_the_end_is_said_at_once(case):
    tamper(case[0], f"UPDATE entry SET seq = {2**60} WHERE seq = 8")
    assert found(case)[:2] == [
        f"entries 8 to {2**60 - 1} are missing",
        f"entry {2**60} was altered",
    ]


def test_a_record_forged_with_its_commitment_does_not_give_its_id(case):
    ledger, _ = case
    content = canonical_json(replace(ADA, key="9").content)
    salt = b"\0" * 16
    body = canonical_json(
        {"at": noon().isoformat(), "commitment": commitment(salt, content), "kind": "record",
         "seq": 3, "v": 1}
    )  # fmt: skip
    tamper(
        ledger,
        ("UPDATE sealed SET salt = ?, content = ? WHERE seq = 3", (salt, content)),
        ("UPDATE entry SET body = ? WHERE seq = 3", (body,)),
    )
    assert found(case) == ["the record table says something else than entry 3"]


def test_a_swapped_original_is_found_even_when_its_document_is_not_listed(case):
    ledger, originals = case
    path = originals.path(DOCUMENT)
    path.chmod(0o644)
    path.write_bytes(BYTES.replace(b"Ada", b"Eva"))
    tamper(ledger, "DELETE FROM document")
    assert found(case) == [
        "the document of entry 2 is missing from its table",
        "this original was altered: its bytes do not give its name",
    ]
    path.unlink()
    assert found(case)[1:] == ["this original is missing"]


def test_a_tail_cut_off_whole_shows_in_size_and_head(case):
    ledger, _ = case
    deliver(ledger, [ADA, BEN])
    before = (ledger.size(), ledger.head())
    deliver(ledger, [CLEO])
    tables = ("delivery_record", "delivery", "record", "sealed", "entry")
    tamper(
        ledger,
        "DELETE FROM delivery_record WHERE delivery > 8",
        *(f"DELETE FROM {table} WHERE seq > 8" for table in tables[1:]),
    )
    assert (found(case), ledger.size(), ledger.head()) == ([], *before)


def test_a_text_in_place_of_bytes_is_found(case):
    tamper(case[0], "UPDATE sealed SET content = CAST(content AS TEXT) WHERE seq = 3")
    assert found(case) == [ALTERED]


def test_every_entry_carries_its_time_and_number(case):
    ledger, _ = case
    raw = sqlite3.connect(ledger.path)
    bodies = [json.loads(b) for (b,) in raw.execute("SELECT body FROM entry ORDER BY seq")]
    raw.close()
    kinds = ["source", "document", "record", "record", "delivery", "judgement", "retraction"]
    assert [(b["seq"], b["kind"], b["at"], b["v"]) for b in bodies] == [
        (seq, kind, "2031-08-01T12:00:00+00:00", 1)
        for seq, kind in enumerate([*kinds, "assignment"], start=1)
    ]
    assert b"Ada" not in canonical_json(bodies)
