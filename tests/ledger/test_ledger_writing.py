import sqlite3
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import (
    ADA,
    BEN,
    CLEO,
    DOCUMENT,
    FILE,
    HOSPITAL,
    deliver,
    names,
    noon,
    person,
    started,
)

from everyname.errors import LedgerError
from everyname.ledger import (
    Assignment,
    Delivery,
    Document,
    Judgement,
    Ledger,
    LedgerReader,
    Statement,
    utc_now,
    verify,
)
from everyname.ledger.delivery import digest_of_ids

SAME = Judgement("hospital/1", "hospital/2", "same", "Reviewer One", "2031-08-01", "one grave")
DIFFERENT = Judgement("hospital/1", "hospital/3", "different", "Reviewer Two")


def judge(ledger, *judgements):
    with ledger.writing(noon) as writer:
        return writer.judge(judgements)


def test_delivering_twice_adds_nothing(tmp_path):
    ledger, _ = started(tmp_path)
    assert deliver(ledger, [ADA, BEN]) == (2, 0)
    before = (ledger.size(), ledger.head())
    assert deliver(ledger, [ADA, BEN]) == (0, 0)
    assert (ledger.size(), ledger.head()) == before
    assert before[0] == 3


def test_a_record_that_a_newer_delivery_does_not_hold_is_no_longer_listed(tmp_path):
    ledger, _ = started(tmp_path)
    deliver(ledger, [ADA, BEN])
    assert deliver(ledger, [CLEO, ADA]) == (1, 1)
    assert names(ledger) == ["Cleo Invented", "Ada Invented"]
    # Nothing was deleted: Ben comes back without being entered again.
    assert deliver(ledger, [ADA, BEN]) == (0, 1)
    assert names(ledger) == ["Ada Invented", "Ben Invented"]
    assert ledger.size() == 2 + 1 + 1 + 1 + 1
    assert ledger.deliveries() == {
        FILE: Delivery(FILE, DOCUMENT, "m1", 2, digest_of_ids([ADA.id, BEN.id]))
    }


def test_a_new_mapping_is_a_new_delivery_of_the_same_records(tmp_path):
    ledger, _ = started(tmp_path)
    deliver(ledger, [ADA])
    assert deliver(ledger, [ADA], mapping="m2") == (0, 0)
    assert (names(ledger), ledger.size()) == (["Ada Invented"], 3)


def test_an_empty_delivery_ends_what_was_listed(tmp_path):
    ledger, _ = started(tmp_path)
    deliver(ledger, [ADA])
    assert deliver(ledger, []) == (0, 1)
    assert names(ledger) == []


def test_files_are_delivered_apart_and_read_in_their_order(tmp_path):
    ledger, _ = started(tmp_path)
    deliver(ledger, [CLEO], file="z.csv")
    deliver(ledger, [BEN, ADA], file="a.csv")
    assert [(f.file, f.id) for f in ledger.records()] == [
        ("a.csv", BEN.id),
        ("a.csv", ADA.id),
        ("z.csv", CLEO.id),
    ]
    assert [f.record for f in ledger.records(["z.csv"])] == [CLEO]
    assert list(ledger.records([])) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from([ADA, BEN, CLEO]), unique=True), min_size=1, max_size=6))
def test_after_any_deliveries_the_last_is_in_force_and_all_is_sound(tmp_path_factory, deliveries):
    ledger, originals = started(tmp_path_factory.mktemp("case"))
    for records in deliveries:
        deliver(ledger, records)
    assert [filed.record for filed in ledger.records()] == deliveries[-1]
    assert list(verify(ledger, originals)) == []


def test_records_beyond_one_batch_are_all_entered(tmp_path, monkeypatch):
    monkeypatch.setattr("everyname.ledger.writer.BATCH", 2)
    ledger, originals = started(tmp_path)
    records = [person(str(n), f"Invented {n}") for n in range(1, 8)]
    assert deliver(ledger, records) == (7, 0)
    assert deliver(ledger, [*records[:5], CLEO]) == (1, 2)
    assert list(verify(ledger, originals)) == []


def failing():
    yield ADA
    raise RuntimeError("the disk was pulled out")


def test_a_step_that_fails_in_the_middle_leaves_nothing(tmp_path):
    ledger, originals = started(tmp_path)
    deliver(ledger, [BEN])
    before = (ledger.size(), ledger.head(), names(ledger))

    def step(writer):
        writer.source(HOSPITAL)
        writer.judge([SAME])
        writer.assign(Assignment((("hospital/1", "P-1"),)))
        writer.deliver("other.csv", DOCUMENT, "m1", [CLEO])
        writer.deliver(FILE, DOCUMENT, "m1", failing())

    with pytest.raises(RuntimeError, match="pulled out"), ledger.writing(noon) as writer:
        step(writer)
    assert (ledger.size(), ledger.head(), names(ledger)) == before
    assert (ledger.sources(), ledger.judgements(), ledger.memberships()) == ({}, (), {})
    assert deliver(ledger, [CLEO]) == (1, 1)
    assert list(verify(ledger, originals)) == []


def test_text_that_has_no_canonical_form_is_refused_whole(tmp_path):
    ledger, _ = started(tmp_path)
    half = replace(ADA, cells=(("Name", "\ud800"),))
    with pytest.raises(LedgerError, match="lone surrogate"):
        deliver(ledger, [BEN, half])
    assert ledger.size() == 0


def test_a_database_that_refuses_is_said_and_nothing_kept(tmp_path):
    ledger, _ = started(tmp_path)
    with sqlite3.connect(ledger.path) as raw:
        raw.execute(
            "CREATE TRIGGER full BEFORE INSERT ON delivery BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    raw.close()
    with pytest.raises(LedgerError, match=r"could not be written .full.; nothing of this step"):
        deliver(ledger, [ADA])
    assert ledger.size() == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET kind = 'note'",
        "UPDATE sealed SET content = x'7b7d'",
        "DELETE FROM entry WHERE seq = 1",
        "REPLACE INTO entry SELECT seq, 'note', body FROM entry WHERE seq = 1",
        "REPLACE INTO sealed SELECT seq, salt, x'7b7d' FROM sealed WHERE seq = 1",
    ],
)
def test_the_log_refuses_changes(tmp_path, change):
    ledger, _ = started(tmp_path)
    deliver(ledger, [ADA])
    raw = sqlite3.connect(ledger.path)
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        raw.execute(change)
    raw.close()
    assert names(ledger) == ["Ada Invented"]


def test_a_source_described_anew_is_entered_anew_and_the_last_holds(tmp_path):
    ledger, _ = started(tmp_path)
    better = replace(HOSPITAL, reliability="B", derived_from=("ward-book",))

    def enter(source):
        with ledger.writing(noon) as writer:
            return writer.source(source)

    assert [enter(s) for s in (HOSPITAL, HOSPITAL, better, better, HOSPITAL)] == [
        True, False, True, False, True,
    ]  # fmt: skip
    assert ledger.sources() == {"hospital": HOSPITAL}
    assert enter(better)
    assert ledger.sources() == {"hospital": better}


def test_a_document_is_entered_once(tmp_path):
    ledger, _ = started(tmp_path)
    document = Document(DOCUMENT, FILE, "text/csv", 38, "2031-08-01T12:00:00+00:00", "the clerk")
    renamed = replace(document, name="copy.csv")
    with ledger.writing(noon) as writer:
        assert [writer.document(document), writer.document(renamed)] == [True, False]
    assert ledger.documents() == {DOCUMENT: document}


def test_judgements_are_made_retracted_and_made_again(tmp_path):
    ledger, originals = started(tmp_path)
    assert judge(ledger, SAME, DIFFERENT, SAME) == (2, 0)
    assert ledger.judgements() == (SAME, DIFFERENT)
    assert judge(ledger, DIFFERENT) == (0, 1)
    assert ledger.judgements() == (DIFFERENT,)
    assert judge(ledger, SAME, DIFFERENT) == (1, 0)
    assert ledger.judgements() == (DIFFERENT, SAME)
    assert judge(ledger, SAME, DIFFERENT) == (0, 0)
    assert judge(ledger) == (0, 2)
    assert (ledger.judgements(), ledger.size()) == ((), 6)
    assert list(verify(ledger, originals)) == []


def test_a_judgement_with_another_reason_is_another_judgement(tmp_path):
    ledger, _ = started(tmp_path)
    judge(ledger, SAME)
    firmer = replace(SAME, reason="one grave, one identity card")
    assert judge(ledger, firmer) == (1, 1)
    assert ledger.judgements() == (firmer,)


def test_who_is_who_is_what_was_assigned_last(tmp_path):
    ledger, originals = started(tmp_path)
    with ledger.writing(noon) as writer:
        writer.assign(
            Assignment((("hospital/1", "P-1"), ("hospital/2", "P-2"), ("press/9", "P-3")))
        )
        writer.assign(Assignment(()))
    with ledger.writing(noon) as writer:
        writer.assign(
            Assignment((("hospital/2", "P-1"), ("press/9", "")), (("P-2", "P-1"), ("P-3", "P-1")))
        )
        writer.assign(Assignment((), (("P-3", "P-4"),)))
    assert ledger.memberships() == {"hospital/1": "P-1", "hospital/2": "P-1"}
    assert ledger.redirects() == {"P-2": "P-1", "P-3": "P-4"}
    assert ledger.size() == 3
    assert list(verify(ledger, originals)) == []


def test_an_assignment_comes_back_from_its_content():
    made = Assignment((("hospital/1", "P-1"),), (("P-2", "P-1"),))
    assert Assignment.from_content(made.content) == made
    assert made.id != Assignment(made.changes).id


def test_the_view_says_what_the_records_say(tmp_path):
    ledger, _ = started(tmp_path)
    odd = person(
        "x",
        "Quote \" ' [0] $ {} \\ \n",
        statements=(
            Statement("name", "Quote \" ' [0] $ {} \\ \n😀 عربي"),
            Statement("age", "unknown", "unknown"),
            Statement("fate", "killed", "denied"),
        ),
    )
    deliver(ledger, [ADA, odd, BEN])
    said = {record.id: ledger.statements(record.id) for record in (ADA, odd, BEN)}
    assert said == {record.id: record.statements for record in (ADA, odd, BEN)}
    assert ledger.statements("nobody") == ()


def test_two_writers_take_turns(tmp_path):
    ledger, originals = started(tmp_path)
    inside = threading.Event()

    def first():
        with Ledger.open(ledger.path) as own, own.writing(noon) as writer:
            inside.set()
            writer.deliver("a.csv", DOCUMENT, "m1", [ADA])
            threading.Event().wait(0.2)
            writer.deliver("a.csv", DOCUMENT, "m1", [ADA, BEN])

    def second():
        inside.wait()
        with Ledger.open(ledger.path) as own, own.writing(noon) as writer:
            writer.deliver("b.csv", DOCUMENT, "m1", [ADA, CLEO])

    threads = [threading.Thread(target=step) for step in (first, second)]
    for thread in threads:
        thread.start()
    inside.wait()
    assert ledger.size() == 0
    for thread in threads:
        thread.join()
    # The second saw all that the first wrote: Ada was entered once.
    assert ledger.size() == 3 + 2 + 1
    assert names(ledger) == ["Ada Invented", "Ben Invented", "Ada Invented", "Cleo Invented"]
    assert list(verify(ledger, originals)) == []


def test_a_reading_is_not_disturbed_by_a_writing(tmp_path):
    ledger, _ = started(tmp_path)
    deliver(ledger, [ADA, BEN])
    reading = ledger.records()
    first = next(reading)
    deliver(ledger, [CLEO])
    assert [first.record, *(filed.record for filed in reading)] == [ADA, BEN]
    assert names(ledger) == ["Cleo Invented"]


def test_the_head_changes_with_every_entry_and_is_the_same_when_read_again(tmp_path):
    ledger, _ = started(tmp_path)
    heads = [ledger.head()]
    for records in ([ADA], [ADA, BEN], []):
        deliver(ledger, records)
        heads.append(ledger.head())
    assert len(set(heads)) == 4
    with LedgerReader(ledger.path) as reader:
        assert reader.head() == heads[-1]


def test_the_same_content_is_sealed_with_another_salt(tmp_path):
    heads = set()
    for name in ("one", "two"):
        ledger, _ = started(tmp_path / name)
        deliver(ledger, [ADA])
        heads.add(ledger.head())
    assert len(heads) == 2


def test_the_clock_is_that_of_the_world():
    assert utc_now().utcoffset().total_seconds() == 0
