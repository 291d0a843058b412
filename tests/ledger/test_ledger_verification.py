import json
from contextlib import closing
from dataclasses import replace

import pytest
import sqlcipher3.dbapi2 as sqlite
from synthetic import (
    ADA,
    BEN,
    BYTES,
    CLEO,
    DOCUMENT,
    FILE,
    HOSPITAL,
    deliver,
    empty,
    noon,
    person,
    salt,
    tampering,
)

from everyname.errors import LedgerError
from everyname.ledger import Assignment, Document, Judgement, Ledger, digest, verify
from everyname.ledger.canonical import canonical_json
from everyname.ledger.merkle import append_many, leaf_hash
from everyname.ledger.writer import body_of, commitment

# 1 source, 2 document, 3 arrival, 4 Ada, 5 Ben, 6 delivery, 7 judgement, 8 retraction, 9 assignment
SEALED, RECORD = "sealed", "record"


def filled(ledger, originals):
    originals.preserve(BYTES)
    with ledger.writing(noon, salt) as writer:
        writer.source(HOSPITAL)
        writer.document(Document(DOCUMENT, FILE, "text/csv", len(BYTES), noon().isoformat()))
        writer.deliver(FILE, DOCUMENT, "m1", [ADA, BEN])
        writer.decide("judgement", [Judgement("hospital/1", "hospital/2", "same", "Reviewer One")])
        writer.decide("judgement", [])
        writer.assign(Assignment((("hospital/1", "P-1"), ("hospital/2", "P-1")), (("P-0", "P-1"),)))
    return ledger, originals


@pytest.fixture
def whole_case(reused, originals):
    yield filled(reused, originals)
    empty(reused)


@pytest.fixture
def case(whole_case, rows_only):  # noqa: ARG001 - it is the rows that are tampered with
    return whole_case


@pytest.fixture
def case_in_file(tmp_path, originals):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        yield filled(ledger, originals)


def found(case):
    return [error.found for error in verify(*case)]


def test_a_sound_ledger_has_nothing_to_report(whole_case):
    assert found(whole_case) == []
    assert whole_case[0].size() == 9


ALTERED = "the content of entry 4 was altered"
MISSING = "the content of entry {} is missing, and no erasure says why"
OTHERWISE = "the {} table says something else than entry {}"
NOT_DELIVERED = "the records listed for arrival {} are not those delivered"
UNFOUNDED = "the {} table has rows that follow from no entry"


UNREADABLE = ["entry 1 is not readable", *map(UNFOUNDED.format, ("source", SEALED))]


def eva(content):
    return content.replace(b"Ada", b"Eva")


def with_a_space(body):
    return body + b" "


CHANGED = {
    # What is changed in which table, of which entry, to what -> what is found.
    (SEALED, "content", 4, eva): [ALTERED, UNFOUNDED.format(RECORD)],
    (SEALED, "content", 4, b"\xff"): [ALTERED, UNFOUNDED.format(RECORD)],
    (SEALED, "salt", 4, bytes(16)): [ALTERED, UNFOUNDED.format(RECORD)],
    (SEALED, "seq", 9, 10): [
        MISSING.format(9),
        *map(UNFOUNDED.format, ("membership", "redirect", SEALED)),
    ],
    ("entry", "body", 1, with_a_space): UNREADABLE,
    ("entry", "body", 1, b"{"): UNREADABLE,
    ("entry", "body", 1, b"[]"): UNREADABLE,
    ("entry", "body", 1, b'{"v":1.5}'): UNREADABLE,
    ("entry", "body", 4, b""): [
        "entry 4 is not readable",
        *map(UNFOUNDED.format, (RECORD, SEALED)),
    ],
    ("entry", "kind", 4, "note"): [
        "entry 4 was altered",
        *map(UNFOUNDED.format, (RECORD, SEALED)),
    ],
    ("entry", "kind", 9, "record"): [
        "entry 9 was altered",
        *map(UNFOUNDED.format, ("membership", "redirect", SEALED)),
    ],
    (RECORD, "id", 4, b"x"): [OTHERWISE.format(RECORD, 4)],
    (RECORD, "key", 4, "7"): [OTHERWISE.format(RECORD, 4)],
    (RECORD, "source", 4, "press"): [OTHERWISE.format(RECORD, 4)],
    (RECORD, "kind", 4, "group"): [OTHERWISE.format(RECORD, 4)],
    (RECORD, "seq", 4, 9): [
        "the record of entry 4 is missing from its table",
        UNFOUNDED.format(RECORD),
    ],
    ("source", "key", 1, "x"): [OTHERWISE.format("source", 1)],
    ("source", "id", 1, "x"): [OTHERWISE.format("source", 1)],
    ("document", "id", 2, "x"): [OTHERWISE.format("document", 2)],
    ("arrival", "id", 3, "x"): [OTHERWISE.format("arrival", 3)],
    ("delivery", "file", 6, "x.csv"): [OTHERWISE.format("delivery", 6)],
    ("delivery", "arrival", 6, 5): [OTHERWISE.format("delivery", 6)],
    ("decision", "in_force", 8, 1): [OTHERWISE.format("decision", 8)],
    ("decision", "kind", 7, "ruling"): [OTHERWISE.format("decision", 7)],
    ("decision", "id", 7, "x"): [OTHERWISE.format("decision", 7)],
    ("membership", "person", 9, "P-9"): [OTHERWISE.format("membership", 9)],
    ("redirect", "leads_to", 9, "P-9"): [OTHERWISE.format("redirect", 9)],
}
REMOVED = {
    (SEALED, 4): [MISSING.format(4), UNFOUNDED.format(RECORD)],
    (SEALED, 9): [MISSING.format(9), *map(UNFOUNDED.format, ("membership", "redirect"))],
    ("entry", 8): ["entry 8 is missing", *map(UNFOUNDED.format, ("decision", SEALED))],
    ("entry", 9): [*map(UNFOUNDED.format, ("membership", "redirect", SEALED))],
    (RECORD, 5): ["the record of entry 5 is missing from its table"],
    ("source", 1): [OTHERWISE.format("source", 1)],
    ("document", 2): [OTHERWISE.format("document", 2)],
    ("arrival", 3): [OTHERWISE.format("arrival", 3), UNFOUNDED.format("arrived")],
    ("delivery", 6): [OTHERWISE.format("delivery", 6)],
    ("decision", 7): [OTHERWISE.format("decision", 7)],
    ("membership", 9): [OTHERWISE.format("membership", 9)],
    ("redirect", 9): [OTHERWISE.format("redirect", 9)],
}


@pytest.mark.parametrize(
    ("table", "column", "seq", "value"), CHANGED, ids=lambda part: getattr(part, "__name__", None)
)
def test_what_was_changed_is_found(case, table, column, seq, value):
    with tampering(case[0]) as execute:
        if callable(value):
            ((old,),) = execute(f"SELECT {column} FROM {table} WHERE seq = ?", seq)  # noqa: S608
            new = value(bytes(old))
        else:
            new = value
        execute(f"UPDATE {table} SET {column} = ? WHERE seq = ?", new, seq)  # noqa: S608
    assert found(case) == CHANGED[table, column, seq, value]


@pytest.mark.parametrize(("table", "seq"), REMOVED)
def test_what_was_removed_is_found(case, table, seq):
    with tampering(case[0]) as execute:
        execute(f"DELETE FROM {table} WHERE seq = ?", seq)  # noqa: S608
    assert found(case) == REMOVED[table, seq]


# A row that no entry asks for: of an entry that gives none, of one that gives others, of none.
ADDED = {
    ("source", 4, "press", "press"): UNFOUNDED.format("source"),
    ("document", 4, "d"): UNFOUNDED.format("document"),
    (RECORD, 9, b"x", "press", "person", "1"): UNFOUNDED.format(RECORD),
    ("arrival", 4, "a"): UNFOUNDED.format("arrival"),
    ("delivery", 4, "x", FILE, 3): UNFOUNDED.format("delivery"),
    ("decision", 4, "judgement", "x", 1): UNFOUNDED.format("decision"),
    ("membership", 9, "hospital/3", "P-1"): OTHERWISE.format("membership", 9),
    ("membership", 99, "hospital/3", "P-1"): UNFOUNDED.format("membership"),
    ("redirect", 9, "P-2", "P-1"): OTHERWISE.format("redirect", 9),
    ("erased", 4, 9): UNFOUNDED.format("erased"),
    (SEALED, 10, b"s", b"{}"): UNFOUNDED.format(SEALED),
    ("arrived", 99, 0, 4): UNFOUNDED.format("arrived"),
    ("node", 4, 0, b"n"): "the tree is not the entries' own from node 0 on level 4 on",
}


@pytest.mark.parametrize("row", ADDED, ids=lambda row: row[0])
def test_what_was_added_is_found(case, row):
    table, *values = row
    marks = ", ".join("?" * len(values))
    with tampering(case[0]) as execute:
        execute(f"INSERT INTO {table} VALUES ({marks})", *values)  # noqa: S608
    assert found(case) == [ADDED[row]]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM arrived WHERE position = 1",
        "DELETE FROM arrived WHERE position = 0",
        "DELETE FROM arrived",
        "UPDATE arrived SET position = 2 - position",
        "UPDATE arrived SET record = 9 - record",
        "UPDATE arrived SET record = 4",
        "INSERT INTO arrived VALUES (3, 2, 4)",
    ],
)
def test_a_delivery_that_lists_other_records_is_found(case, change):
    with tampering(case[0]) as execute:
        execute(change)
    assert found(case) == [NOT_DELIVERED.format(3)]


def test_entries_cut_out_of_the_middle_are_reported_as_one_range(case):
    with tampering(case[0]) as execute:
        for table in ("entry", SEALED):
            execute(f"DELETE FROM {table} WHERE seq BETWEEN 3 AND 6")  # noqa: S608
    assert found(case) == [
        "entries 3 to 6 are missing",
        *map(UNFOUNDED.format, (RECORD, "arrival", "delivery")),
    ]


def test_a_number_far_beyond_the_end_is_said_at_once(case):
    with tampering(case[0]) as execute:
        execute("UPDATE entry SET seq = ? WHERE seq = 9", 2**60)
    assert found(case)[:2] == [
        f"entries 9 to {2**60 - 1} are missing",
        f"entry {2**60} was altered",
    ]


def forge(ledger, seq, kind, content):
    """Put another content into an entry, and into its body the commitment to it."""
    own = b"\0" * 16
    body = body_of(noon().isoformat(), commitment(own, content), kind, seq)
    with tampering(ledger) as execute:
        execute("UPDATE sealed SET salt = ?, content = ? WHERE seq = ?", own, content, seq)
        execute("UPDATE entry SET body = ? WHERE seq = ?", body, seq)


def test_a_record_forged_with_its_commitment_does_not_give_its_id(case):
    ledger, _ = case
    before = ledger.root()
    forge(ledger, 4, RECORD, canonical_json(replace(ADA, key="9").content))
    assert found(case) == [OTHERWISE.format(RECORD, 4)]
    assert ledger.root() != before


def test_a_record_forged_with_all_that_follows_from_it_shows_in_the_root(case):
    ledger, _ = case
    before = ledger.root()
    forged = replace(ADA, key="9")
    forge(ledger, 4, RECORD, canonical_json(forged.content))
    with tampering(ledger) as execute:
        execute("UPDATE record SET id = ?, key = '9' WHERE seq = 4", bytes.fromhex(forged.id))
    assert found(case) == []
    assert ledger.root() != before


def test_a_content_written_in_another_way_is_found(case):
    content = canonical_json(HOSPITAL.content).replace(b":", b": ")
    forge(case[0], 1, "source", content)
    with tampering(case[0]) as execute:
        execute("UPDATE source SET id = ?", digest("everyname.source.1", content))
    assert found(case) == ["the content of entry 1 is not as everyname writes it"]


@pytest.mark.parametrize(
    ("seq", "kind", "content", "why"),
    [
        (4, RECORD, b"not json", "JSONDecodeError("),
        (4, RECORD, b"{}", "KeyError('source')"),
        (4, RECORD, b"[]", "TypeError("),
        (4, RECORD, b'{"source":1,"kind":"person","key":"1"}', "AttributeError("),
        (4, RECORD, b'{"a":' + b"[" * 2000 + b"]" * 2000 + b"}", "JSONDecodeError("),
        (2, "document", b"{}", "KeyError('sha256')"),
        (6, "delivery", b"{}", "KeyError('file')"),
        (6, "delivery", b'{"arrival":3,"entries":[[4]],"file":""}', "ValueError("),
        (6, "delivery", b'{"arrival":[],"entries":[],"file":""}', "TypeError("),
        (8, "retraction", b"null", "TypeError("),
        (9, "erasure", b'{"erases":[1]}', "KeyError('commitments')"),
    ],
)
def test_a_forged_content_is_found_whatever_it_holds(case, seq, kind, content, why):
    with tampering(case[0]) as execute:
        execute("UPDATE entry SET kind = ? WHERE seq = ?", kind, seq)
    forge(case[0], seq, kind, content)
    said = f"entry {seq} is not one that everyname writes ({why}"
    assert any(line.startswith(said) for line in found(case))


def test_an_entry_of_a_kind_that_nobody_writes_is_found(case):
    content = b'{"text":"We were here."}'
    body = body_of(noon().isoformat(), commitment(b"s", content), "graffito", 10)
    with tampering(case[0]) as execute:
        execute("INSERT INTO entry VALUES (10, 'graffito', ?)", body)
        execute("INSERT INTO sealed VALUES (10, ?, ?)", b"s", content)
    assert found(case) == ["entry 10 is of the kind 'graffito', which everyname does not write"]


def test_a_swapped_original_is_found_even_when_its_document_is_not_listed(case):
    ledger, originals = case
    path = originals.path(DOCUMENT)
    path.chmod(0o644)
    path.write_bytes(BYTES.replace(b"Ada", b"Eva"))
    with tampering(ledger) as execute:
        execute("DELETE FROM document")
    assert found(case) == [
        OTHERWISE.format("document", 2),
        "this original was altered: its bytes do not give its name",
    ]
    path.unlink()
    assert found(case)[1:] == ["this original is missing"]


def test_a_tail_cut_off_whole_shows_in_size_and_root(case):
    ledger, _ = case
    before = (ledger.size(), ledger.root())
    deliver(ledger, [CLEO], document="b" * 64)
    tables = ("entry", SEALED, RECORD, "arrival", "delivery")
    with tampering(ledger) as execute:
        for table in tables:
            execute(f"DELETE FROM {table} WHERE seq > 9")  # noqa: S608
        execute("DELETE FROM arrived WHERE arrival > 9")
    assert (found(case), ledger.size(), ledger.root()) == ([], *before)


TREE = "the tree is not the entries' own from node {} on level {} on"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE node SET hash = ? WHERE level = 4 AND position = 2", TREE.format(2, 4)),
        ("UPDATE node SET hash = ? WHERE level = 6", TREE.format(0, 6)),
        ("UPDATE node SET position = 7 WHERE hash <> ? AND position = 3", TREE.format(7, 4)),
        ("DELETE FROM node WHERE hash <> ? AND level = 4 AND position = 1", TREE.format(2, 4)),
        ("DELETE FROM node WHERE hash <> ? AND level = 6", TREE.format(0, 6)),
        ("INSERT INTO node VALUES (7, 0, ?)", TREE.format(0, 7)),
    ],
)
def test_a_node_of_the_tree_that_is_not_the_entries_own_is_found(ledger, originals, change, said):
    deliver(ledger, [person(str(n), f"Invented {n}") for n in range(70)])
    assert found((ledger, originals)) == []
    with tampering(ledger) as execute:
        execute(change, b"\0" * 32)
    assert found((ledger, originals)) == [said]


def test_a_log_and_its_tree_written_anew_show_in_the_root_only(ledger, originals):
    deliver(ledger, [person(str(n), f"Invented {n}") for n in range(70)])
    before = ledger.root()
    forged = person("2", "Somebody Else")
    forge(ledger, 4, RECORD, canonical_json(forged.content))
    with tampering(ledger) as execute:
        execute("UPDATE record SET id = ? WHERE seq = 4", bytes.fromhex(forged.id))
    assert found((ledger, originals)) == [TREE.format(0, 4)]
    with tampering(ledger) as execute:
        bodies = execute("SELECT body FROM entry ORDER BY seq")
        for node in append_many(0, [leaf_hash(bytes(body)) for (body,) in bodies], None):
            execute("UPDATE node SET hash = ? WHERE level = ? AND position = ?", node[2], *node[:2])
    assert found((ledger, originals)) == []
    assert ledger.root() != before


NOT_BYTES = {
    "UPDATE sealed SET content = CAST(content AS TEXT) WHERE seq = 4": [
        ALTERED,
        UNFOUNDED.format(RECORD),
    ],
    "UPDATE sealed SET salt = 7 WHERE seq = 4": [ALTERED, UNFOUNDED.format(RECORD)],
    "UPDATE entry SET body = 7 WHERE seq = 1": UNREADABLE,
    "UPDATE entry SET body = CAST(body AS TEXT) WHERE seq = 1": UNREADABLE,
    "UPDATE record SET id = hex(id) WHERE seq = 4": [OTHERWISE.format(RECORD, 4)],
    "UPDATE record SET key = CAST(key AS BLOB) WHERE seq = 4": [OTHERWISE.format(RECORD, 4)],
}


@pytest.mark.parametrize("change", NOT_BYTES)
def test_a_cell_of_another_type_is_found(case_in_file, change):
    with tampering(case_in_file[0]) as execute:
        execute(change)
    assert found(case_in_file) == NOT_BYTES[change]


def test_a_text_that_is_none_is_an_error_and_not_a_traceback(case_in_file):
    with tampering(case_in_file[0]) as execute:
        execute("UPDATE record SET key = CAST(x'ff' AS TEXT) WHERE seq = 4")
    with pytest.raises(LedgerError, match=r"the ledger cannot be read .Could not decode to UTF-8"):
        found(case_in_file)


TAMPERED_SCHEMA = {
    "DROP TRIGGER entry_delete": ["the database lacks the trigger 'entry_delete'"],
    "DROP INDEX entry_kind": ["the database lacks the index 'entry_kind'"],
    "CREATE TABLE note (text TEXT)": ["the database holds a table 'note' that no ledger has"],
    "CREATE VIEW note AS SELECT 1": ["the database holds a view 'note' that no ledger has"],
    "CREATE TRIGGER quiet BEFORE INSERT ON record BEGIN SELECT RAISE(IGNORE); END": [
        "the database holds a trigger 'quiet' that no ledger has"
    ],
    "ALTER TABLE record ADD COLUMN note TEXT": ["the table 'record' is not as everyname makes it"],
    "ALTER TABLE decision RENAME TO kept; CREATE VIEW decision AS SELECT * FROM kept": [
        "the database holds a table 'kept' that no ledger has",
        "the database holds a view 'decision' that no ledger has",
        "the database lacks the table 'decision'",
    ],
    "DROP TRIGGER entry_update; CREATE TRIGGER entry_update BEFORE UPDATE ON entry "
    "BEGIN SELECT 1; END": ["the trigger 'entry_update' is not as everyname makes it"],
    # What SQLite itself notes on the sizes of indexes changes nothing.
    "ANALYZE": [],
}


@pytest.mark.parametrize("change", TAMPERED_SCHEMA)
def test_a_schema_that_was_changed_is_found(case_in_file, change):
    with closing(sqlite.connect(case_in_file[0].database.path)) as raw:
        raw.executescript(change)
    assert found(case_in_file) == TAMPERED_SCHEMA[change]


def test_every_entry_carries_its_time_and_number(case):
    with tampering(case[0]) as execute:
        bodies = [bytes(body) for (body,) in execute("SELECT body FROM entry ORDER BY seq")]
    kinds = ["source", "document", "arrival", "record", "record", "delivery", "judgement"]
    entries = [json.loads(body) for body in bodies]
    assert [(e["seq"], e["kind"], e["at"], e["v"]) for e in entries] == [
        (seq, kind, "2031-08-01T12:00:00+00:00", 1)
        for seq, kind in enumerate([*kinds, "retraction", "assignment"], start=1)
    ]
    assert [canonical_json(entry) for entry in entries] == bodies
    assert b"Ada" not in b"".join(bodies)
