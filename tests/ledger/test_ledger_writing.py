import threading
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from synthetic import (
    ADA,
    BEN,
    CLEO,
    DOCUMENT,
    FILE,
    HOSPITAL,
    deliver,
    empty,
    names,
    noon,
    person,
    salt,
    tampering,
)

from everyname.errors import LedgerError
from everyname.ledger import (
    Assignment,
    Delivery,
    Document,
    Judgement,
    Ledger,
    LedgerReader,
    SQLite,
    Statement,
    utc_now,
    verify,
)

SAME = Judgement("hospital/1", "hospital/2", "same", "Reviewer One", "2031-08-01", "one grave")
DIFFERENT = Judgement("hospital/1", "hospital/3", "different", "Reviewer Two")


@pytest.fixture
def ledger(reused):
    empty(reused)
    return reused


@pytest.fixture
def own_ledger(new_place):
    """A ledger that no other test goes on with."""
    with Ledger.open(new_place()) as ledger:
        yield ledger


def decide(ledger, *judgements):
    with ledger.writing(noon) as writer:
        return writer.decide("judgement", judgements)


def test_delivering_twice_adds_nothing(ledger):
    assert deliver(ledger, [ADA, BEN]) == (2, 0)
    before = (ledger.size(), ledger.root())
    assert deliver(ledger, [ADA, BEN]) == (0, 0)
    assert (ledger.size(), ledger.root()) == before
    assert before[0] == 4  # the arrival, two records, the delivery


def test_a_record_that_a_newer_delivery_does_not_hold_is_no_longer_listed(ledger):
    deliver(ledger, [ADA, BEN])
    assert deliver(ledger, [CLEO, ADA], document="b" * 64) == (1, 1)
    assert names(ledger) == ["Cleo Invented", "Ada Invented"]
    # Nothing was deleted: Ben comes back without being entered again.
    assert deliver(ledger, [ADA, BEN]) == (0, 1)
    assert names(ledger) == ["Ada Invented", "Ben Invented"]
    assert ledger.size() == 4 + 3 + 1
    assert ledger.deliveries() == {FILE: Delivery(FILE, DOCUMENT, "m1", 1, ((2, 3),))}


def test_a_new_mapping_is_a_new_delivery_of_the_same_records(ledger):
    deliver(ledger, [ADA])
    assert deliver(ledger, [ADA], mapping="m2") == (0, 0)
    assert (names(ledger), ledger.size()) == (["Ada Invented"], 3 + 2)


def test_another_reading_of_the_same_document_under_the_same_mapping_is_told_apart(ledger):
    # As when a newer everyname reads a date that an older one did not understand.
    deliver(ledger, [ADA, BEN])
    assert deliver(ledger, [ADA, CLEO]) == (1, 1)
    assert names(ledger) == ["Ada Invented", "Cleo Invented"]
    assert ledger.deliveries() == {FILE: Delivery(FILE, DOCUMENT, "m1", 5, ((2, 2), (6, 6)))}


def test_an_empty_delivery_ends_what_was_listed(ledger):
    deliver(ledger, [ADA])
    assert deliver(ledger, []) == (0, 1)
    assert names(ledger) == []


def test_files_are_delivered_apart_and_read_in_their_order(ledger):
    deliver(ledger, [CLEO], file="z.csv")
    deliver(ledger, [BEN, ADA], file="a.csv")
    assert [(f.file, f.id) for f in ledger.records()] == [
        ("a.csv", BEN.id),
        ("a.csv", ADA.id),
        ("z.csv", CLEO.id),
    ]
    assert [f.record for f in ledger.records(["z.csv"])] == [CLEO]
    assert list(ledger.records([])) == []


def test_a_record_listed_twice_is_entered_once_and_listed_twice(ledger, originals):
    assert deliver(ledger, [ADA, BEN, ADA]) == (2, 0)
    assert names(ledger) == ["Ada Invented", "Ben Invented", "Ada Invented"]
    assert ledger.deliveries()[FILE].records == 3
    assert list(verify(ledger, originals)) == []


DELIVERIES = st.lists(
    st.tuples(
        st.lists(st.sampled_from([ADA, BEN, CLEO]), max_size=4),
        st.sampled_from([FILE, "other.csv"]),
        st.sampled_from(["m1", "m2"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.usefixtures("rows_only")
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deliveries=DELIVERIES)
def test_after_any_deliveries_the_last_of_each_file_is_in_force_and_all_is_sound(
    reused, originals, deliveries
):
    empty(reused)
    last = {}
    for records, file, mapping, in_batches in deliveries:
        if in_batches:
            reused.deliver(file, DOCUMENT, mapping, records, now=noon, salt=salt)
        else:
            deliver(reused, records, file=file, mapping=mapping)
        last[file] = records
    listed = [(filed.file, filed.record) for filed in reused.records()]
    assert listed == [(file, record) for file in sorted(last) for record in last[file]]
    assert list(verify(reused, originals)) == []


def failing():
    yield ADA
    raise RuntimeError("the disk was pulled out")


def test_a_step_that_fails_in_the_middle_leaves_nothing(ledger, originals):
    deliver(ledger, [BEN])
    before = (ledger.size(), ledger.root(), names(ledger))

    def step(writer):
        writer.source(HOSPITAL)
        writer.decide("judgement", [SAME])
        writer.assign(Assignment((("hospital/1", "P-1"),)))
        writer.deliver("other.csv", DOCUMENT, "m1", [CLEO])
        writer.deliver(FILE, DOCUMENT, "m1", failing())

    with pytest.raises(RuntimeError, match="pulled out"), ledger.writing(noon) as writer:
        step(writer)
    assert (ledger.size(), ledger.root(), names(ledger)) == before
    assert (ledger.sources(), ledger.judgements(), ledger.memberships()) == ({}, (), {})
    assert deliver(ledger, [CLEO]) == (1, 1)
    assert list(verify(ledger, originals)) == []


def test_text_that_has_no_canonical_form_is_refused_whole(ledger):
    half = replace(ADA, cells=(("Name", "\ud800"),))
    with pytest.raises(LedgerError, match="lone surrogate"):
        deliver(ledger, [BEN, half])
    assert ledger.size() == 0


FULL_SQLITE = (
    "CREATE TRIGGER full_disk BEFORE INSERT ON delivery BEGIN SELECT RAISE(ABORT, 'no space'); END"
)
FULL_POSTGRESQL = """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no space'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON delivery EXECUTE FUNCTION refuse()
"""


def test_a_database_that_refuses_is_said_and_nothing_kept(own_ledger):
    full = FULL_SQLITE if isinstance(own_ledger.database, SQLite) else FULL_POSTGRESQL
    with tampering(own_ledger) as execute:
        execute(full)
    with pytest.raises(LedgerError) as caught:
        deliver(own_ledger, [ADA])
    assert caught.value.found.startswith("the ledger could not be written (no space")
    assert caught.value.found.endswith("); nothing of this step was kept")
    assert (caught.value.where, own_ledger.size()) == (own_ledger.where, 0)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET kind = 'note'",
        "UPDATE sealed SET content = salt",
        "DELETE FROM entry WHERE seq = 1",
        "INSERT INTO entry SELECT seq, 'note', body FROM entry WHERE seq = 1",
        "INSERT INTO sealed SELECT seq, salt, salt FROM sealed WHERE seq = 1",
    ],
)
def test_the_log_refuses_changes(ledger, change):
    deliver(ledger, [ADA])
    before = ledger.root()
    said = "append-only|UNIQUE constraint failed|duplicate key value|do not follow"
    with pytest.raises(LedgerError, match=said), ledger.writing() as writer:
        writer.connection.exec_driver_sql(change)
    assert (names(ledger), ledger.root()) == (["Ada Invented"], before)


@pytest.mark.parametrize(
    "change",
    ["UPDATE entry SET kind = 'note'", "UPDATE sealed SET content = salt", "DELETE FROM entry"],
)
def test_the_log_refuses_changes_by_another_program(ledger, change):
    deliver(ledger, [ADA])
    if isinstance(ledger.database, SQLite):
        other = sqlite.connect(ledger.database.path)
    else:
        other = psycopg.connect(ledger.database.address)
    refused = (sqlite.IntegrityError, psycopg.errors.RaiseException)
    with closing(other), pytest.raises(refused, match="the ledger is append-only"):
        other.execute(change)
    assert names(ledger) == ["Ada Invented"]


def test_the_log_in_a_file_refuses_to_replace_an_entry(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        deliver(ledger, [ADA])
        replacing = "REPLACE INTO entry SELECT seq, 'note', body FROM entry WHERE seq = 1"
        with pytest.raises(LedgerError, match="append-only"), ledger.writing() as writer:
            writer.connection.exec_driver_sql(replacing)


def test_a_source_described_anew_is_entered_anew_and_the_last_holds(ledger):
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


def test_a_document_is_entered_once(ledger):
    document = Document(DOCUMENT, FILE, "text/csv", 38, "2031-08-01T12:00:00+00:00", "the clerk")
    renamed = replace(document, name="copy.csv")
    with ledger.writing(noon) as writer:
        assert [writer.document(document), writer.document(renamed)] == [True, False]
    assert ledger.documents() == {DOCUMENT: document}


def test_judgements_are_made_retracted_and_made_again(ledger, originals):
    assert decide(ledger, SAME, DIFFERENT, SAME) == (2, 0)
    assert ledger.judgements() == (SAME, DIFFERENT)
    assert decide(ledger, DIFFERENT) == (0, 1)
    assert ledger.judgements() == (DIFFERENT,)
    assert decide(ledger, SAME, DIFFERENT) == (1, 0)
    assert ledger.judgements() == (DIFFERENT, SAME)
    assert decide(ledger, SAME, DIFFERENT) == (0, 0)
    assert decide(ledger) == (0, 2)
    assert (ledger.judgements(), ledger.size()) == ((), 6)
    assert list(verify(ledger, originals)) == []


def test_a_judgement_with_another_reason_is_another_judgement(ledger):
    decide(ledger, SAME)
    firmer = replace(SAME, reason="one grave, one identity card")
    assert decide(ledger, firmer) == (1, 1)
    assert ledger.judgements() == (firmer,)


def test_decisions_of_one_kind_do_not_retract_those_of_another(ledger, originals):
    decide(ledger, SAME)
    with ledger.writing(noon) as writer:
        assert writer.decide("ruling", [DIFFERENT]) == (1, 0)
        assert writer.decide("ruling", []) == (0, 1)
    assert ledger.judgements() == (SAME,)
    assert list(verify(ledger, originals)) == []


def test_who_is_who_is_what_was_assigned_last(ledger, originals):
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


def test_the_view_says_what_the_records_say(ledger):
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
    for nobody in ("nobody", "", CLEO.id, ADA.id[:-1], ADA.id[:-2]):
        assert ledger.statements(nobody) == ()


def test_a_record_is_found_by_its_reference_and_by_the_beginning_of_its_id(ledger):
    corrected = replace(ADA, statements=ADA.statements[:1])
    deliver(ledger, [ADA, BEN])
    deliver(ledger, [corrected, BEN], document="b" * 64)
    asked = ("hospital/1", "hospital/2", "hospital/9", "hospital", "")
    assert [ledger.numbers_of(name) for name in asked] == [(2, 6), (3,), (), (), ()]
    for digits in (8, 9, 63, 64):
        assert ledger.numbers_of(BEN.id[:digits]) == (3,)
    assert ledger.numbers_of(BEN.id[:16].upper()) == (3,)
    assert [ledger.numbers_of(name) for name in (BEN.id[:7], BEN.id + "0", "f" * 8)] == [(), (), ()]


def test_all_references_ever_entered_are_known(ledger):
    deliver(ledger, [ADA, BEN])
    deliver(ledger, [CLEO], document="b" * 64)
    assert ledger.references() == {"hospital/1", "hospital/2", "hospital/3"}


def test_two_writers_take_turns(ledger, originals):
    inside = threading.Event()

    def first():
        with Ledger.open(ledger.database) as own, own.writing(noon) as writer:
            writer.deliver("a.csv", DOCUMENT, "m1", [ADA])
            inside.set()
            threading.Event().wait(0.2)
            writer.deliver("a.csv", DOCUMENT, "m2", [ADA, BEN])

    def second():
        inside.wait()
        with Ledger.open(ledger.database) as own, own.writing(noon) as writer:
            writer.deliver("b.csv", DOCUMENT, "m1", [ADA, CLEO])

    threads = [threading.Thread(target=step) for step in (first, second)]
    for thread in threads:
        thread.start()
    inside.wait()
    assert ledger.size() == 0
    for thread in threads:
        thread.join()
    # The second saw all that the first wrote: Ada was entered once.
    assert ledger.size() == 3 + 3 + 3
    assert names(ledger) == ["Ada Invented", "Ben Invented", "Ada Invented", "Cleo Invented"]
    assert list(verify(ledger, originals)) == []


def test_a_reading_is_not_disturbed_by_a_writing(ledger):
    deliver(ledger, [ADA, BEN])
    reading = ledger.records()
    first = next(reading)
    deliver(ledger, [CLEO])
    assert [first.record, *(filed.record for filed in reading)] == [ADA, BEN]
    assert names(ledger) == ["Cleo Invented"]


def test_the_root_changes_with_every_entry_and_is_the_same_when_read_again(ledger):
    roots, sizes = [ledger.root()], [0]
    for records in ([ADA], [ADA, BEN], []):
        deliver(ledger, records)
        roots.append(ledger.root())
        sizes.append(ledger.size())
    assert len(set(roots)) == 4
    with LedgerReader(ledger.database) as reader:
        assert reader.root() == roots[-1]
        # A root of the past stays what it was.
        assert [reader.root(size) for size in sizes] == roots


def test_the_same_content_is_sealed_with_another_salt(new_place):
    roots = set()
    for _ in range(2):
        with Ledger.open(new_place()) as ledger:
            with ledger.writing(noon) as writer:
                writer.deliver(FILE, DOCUMENT, "m1", [ADA])
            roots.add(ledger.root())
    assert len(roots) == 2


def test_both_databases_hold_the_same_entries(tmp_path, new_address):
    roots = []
    for place in (tmp_path / "ledger.sqlite", new_address()):
        with Ledger.open(place) as ledger:
            deliver(ledger, [ADA, BEN, CLEO])
            roots.append(ledger.root().hex())
    # Roots are kept by others: they must never change with a release.
    assert roots == ["e9c6b6b12c5e4a584de0d586ca17cc35d6e8d5b68e306c13d2065bda7a26da4f"] * 2


def test_after_an_error_of_the_disk_nothing_more_is_taken(own_ledger, monkeypatch):
    monkeypatch.setattr(type(own_ledger.database), "lost", lambda _self, _error: True)
    with pytest.raises(LedgerError, match="could not be written"), own_ledger.writing() as writer:
        writer.append("arrival", [{"file": FILE}, {"file": FILE}])
    monkeypatch.undo()
    with pytest.raises(LedgerError, match="an error of the disk came before") as caught:
        deliver(own_ledger, [ADA])
    assert caught.value.do == "Check the disk, run `everyname verify`, and open the ledger anew"
    with Ledger.open(own_ledger.database) as again:
        assert again.size() == 0
        deliver(again, [ADA])


def test_the_clock_is_that_of_the_world():
    assert utc_now().utcoffset().total_seconds() == 0
