"""An import in batches: interrupted anywhere, it goes on where it was."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from synthetic import (
    ADA,
    BEN,
    CLEO,
    DOCUMENT,
    FILE,
    deliver,
    empty,
    names,
    noon,
    person,
    salt,
    tampering,
)

from everyname.errors import LedgerError
from everyname.ledger import Ledger, verify

pytestmark = pytest.mark.usefixtures("rows_only")

PEOPLE = [person(str(n), f"Invented {n}") for n in range(1, 8)]


class Interruption(Exception):  # noqa: N818 - no error
    """Somebody pressed Ctrl-C, or the power failed."""


def until(records, stop):
    """Read records up to one, and no further."""
    for position, record in enumerate(records):
        if position == stop:
            raise Interruption
        yield record


def bring_in(ledger, records, *, document=DOCUMENT, mapping="m1", progress=lambda _done: None):
    return ledger.deliver(FILE, document, mapping, records, now=noon, salt=salt, progress=progress)


def interrupted(ledger, records, stop, **other):
    with pytest.raises(Interruption):
        bring_in(ledger, until(records, stop), **other)


@pytest.fixture
def ledger(reused):
    empty(reused)
    return reused


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr("everyname.ledger.writer.BATCH", 2)


def whole(ledger):
    return ledger.size(), ledger.root(), names(ledger), ledger.deliveries()


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    """What a ledger holds, on either database, after the seven were brought in at once."""
    with Ledger.open(tmp_path_factory.mktemp("at-once") / "ledger.sqlite") as ledger:
        assert bring_in(ledger, PEOPLE) == (7, 0)
        return whole(ledger)


def test_an_import_in_batches_ends_as_one_in_a_single_transaction(ledger, uninterrupted):
    assert deliver(ledger, PEOPLE) == (7, 0)
    assert whole(ledger) == uninterrupted
    assert ledger.size() == 1 + 7 + 1


@pytest.mark.parametrize("stop", range(7))
def test_interrupted_anywhere_it_goes_on_and_ends_with_the_same_root(
    ledger, originals, uninterrupted, stop
):
    interrupted(ledger, PEOPLE, stop)
    kept = stop // 2 * 2
    assert (ledger.size(), names(ledger), ledger.deliveries()) == (1 + kept, [], {})
    assert list(verify(ledger, originals)) == []
    with Ledger.open(ledger.database) as again:
        assert bring_in(again, PEOPLE) == (7 - kept, 0)
    assert whole(ledger) == uninterrupted
    assert list(verify(ledger, originals)) == []


RECORDS = st.lists(st.sampled_from(PEOPLE), max_size=8)
READINGS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 8)), max_size=4)
FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FEW
@given(before=RECORDS, records=RECORDS, interruptions=READINGS, batch=st.integers(1, 4))
def test_after_any_interruptions_nothing_is_missing_and_nothing_twice(
    reused, originals, monkeypatch, before, records, interruptions, batch
):
    def start():
        empty(reused)
        bring_in(reused, before, document="b" * 64)

    start()
    bring_in(reused, records)
    expected = whole(reused)
    start()
    for size, stop in interruptions:
        monkeypatch.setattr("everyname.ledger.writer.BATCH", size)
        try:
            bring_in(reused, until(records, stop))
        except Interruption:
            continue
        assert whole(reused) == expected
        break
    else:
        assert [filed.record for filed in reused.records()] == before
    monkeypatch.setattr("everyname.ledger.writer.BATCH", batch)
    bring_in(reused, records)
    assert whole(reused) == expected
    assert list(verify(reused, originals)) == []


@FEW
@given(readings=st.lists(st.tuples(RECORDS, st.integers(0, 8)), min_size=1, max_size=4))
def test_readings_that_differ_and_are_interrupted_end_with_the_last(reused, originals, readings):
    empty(reused)
    entered, in_force = set(), []
    for records, stop in [*readings, (readings[-1][0], 99)]:
        try:
            bring_in(reused, until(records, stop))
        except Interruption:
            entered |= {record.id for record in records[: stop // 2 * 2]}
        else:
            entered |= {record.id for record in records}
            in_force = records
        assert [filed.record for filed in reused.records()] == in_force
    assert in_force == readings[-1][0]
    with tampering(reused) as execute:
        (count,) = execute("SELECT count(*), count(DISTINCT id) FROM record")
    assert count == (len(entered), len(entered))
    assert list(verify(reused, originals)) == []


def test_old_records_stay_in_force_until_the_delivery_is_complete(ledger, originals):
    bring_in(ledger, [ADA, BEN])
    newer = [CLEO, *PEOPLE[3:]]
    seen = []

    def look(done):
        seen.append((done, names(ledger), list(verify(ledger, originals))))

    assert bring_in(ledger, newer, document="b" * 64, progress=look) == (5, 2)
    old = ["Ada Invented", "Ben Invented"]
    assert seen == [(2, old, []), (4, old, []), (5, old, [])]
    assert names(ledger) == [record.value("name") for record in newer]


def test_old_records_stay_in_force_when_the_import_is_given_up(ledger, originals):
    bring_in(ledger, [ADA, BEN])
    interrupted(ledger, PEOPLE[3:], 3, document="b" * 64)
    assert names(ledger) == ["Ada Invented", "Ben Invented"]
    # The list is corrected instead: what was entered of the one given up is not listed.
    assert bring_in(ledger, [ADA, CLEO], document="c" * 64) == (1, 1)
    assert names(ledger) == ["Ada Invented", "Cleo Invented"]
    assert list(verify(ledger, originals)) == []


def arrive(ledger, arrival, position, records):
    with ledger.writing(noon, salt) as writer:
        return writer.arrive(arrival, position, [record.encoded() for record in records])


def test_a_batch_given_once_more_adds_nothing(ledger, originals, uninterrupted):
    with ledger.writing(noon, salt) as writer:
        arrival = writer.arrival(FILE, DOCUMENT, "m1")
    for position in range(0, 8, 2):
        batch = PEOPLE[position : position + 2]
        # As when nobody knows whether it was kept, since the connection broke.
        again = [arrive(ledger, arrival, position, batch) for _ in range(3)]
        assert again == [(arrival, len(batch)), (arrival, 0), (arrival, 0)]
    for _ in range(2):
        with ledger.writing(noon, salt) as writer:
            assert writer.delivered(arrival, 7) == 0
    assert whole(ledger) == uninterrupted
    assert list(verify(ledger, originals)) == []


def test_a_delivery_given_once_more_adds_nothing(ledger, uninterrupted):
    for new in (7, 0, 0):
        assert bring_in(ledger, PEOPLE) == (new, 0)
        assert whole(ledger) == uninterrupted


def test_a_changed_reading_begins_anew_with_what_both_have_in_common(ledger, originals):
    interrupted(ledger, PEOPLE, 6)
    changed = [*PEOPLE[:3], CLEO, *PEOPLE[4:]]
    changed[3] = person("4", "Read Otherwise")
    assert bring_in(ledger, changed) == (2, 0)
    assert [filed.record for filed in ledger.records()] == changed
    # 1 arrival, 2 to 7 the first six; 8 another arrival, 9 the fourth again, 10 the seventh.
    delivery = ledger.deliveries()[FILE]
    assert (delivery.arrival, delivery.entries) == (8, ((2, 4), (9, 9), (6, 7), (10, 10)))
    assert ledger.size() == 11
    assert list(verify(ledger, originals)) == []
    # Nor does a reading that was never complete take its place without a trace.
    assert bring_in(ledger, PEOPLE) == (0, 1)
    assert [filed.record for filed in ledger.records()] == PEOPLE
    assert list(verify(ledger, originals)) == []


@pytest.mark.parametrize("batch", [1, 2, 3, 10])
def test_a_reading_that_yields_fewer_ends_right(ledger, originals, monkeypatch, batch):
    monkeypatch.setattr("everyname.ledger.writer.BATCH", batch)
    bring_in(ledger, PEOPLE)
    assert bring_in(ledger, PEOPLE[:4]) == (0, 3)
    assert [filed.record for filed in ledger.records()] == PEOPLE[:4]
    assert list(verify(ledger, originals)) == []


@pytest.mark.parametrize("batch", [1, 2, 3, 10])
def test_a_reading_that_yields_more_ends_right(ledger, originals, monkeypatch, batch):
    monkeypatch.setattr("everyname.ledger.writer.BATCH", batch)
    bring_in(ledger, PEOPLE[:4])
    assert bring_in(ledger, PEOPLE) == (3, 0)
    assert [filed.record for filed in ledger.records()] == PEOPLE
    assert list(verify(ledger, originals)) == []


@pytest.mark.parametrize("batch", [1, 2, 3, 10])
def test_a_reading_that_would_yield_more_and_is_interrupted_changes_nothing_in_force(
    ledger, originals, monkeypatch, batch
):
    monkeypatch.setattr("everyname.ledger.writer.BATCH", batch)
    bring_in(ledger, PEOPLE[:4])
    before = ledger.deliveries()
    interrupted(ledger, PEOPLE, 6)
    assert ([filed.record for filed in ledger.records()], ledger.deliveries()) == (
        PEOPLE[:4],
        before,
    )
    assert list(verify(ledger, originals)) == []


def test_progress_is_told_when_it_is_on_disk(ledger):
    told = []

    def tell(done):
        with Ledger.open(ledger.database) as other:
            told.append((done, other.size()))

    bring_in(ledger, PEOPLE, progress=tell)
    assert told == [(2, 3), (4, 5), (6, 7), (7, 8)]


def test_a_record_that_cannot_be_entered_stops_the_import_where_it_is(ledger, originals):
    broken = [*PEOPLE[:5], person("\ud800", "Half"), *PEOPLE[5:]]
    with pytest.raises(LedgerError, match="lone surrogate"):
        bring_in(ledger, broken)
    assert (ledger.size(), names(ledger)) == (5, [])
    assert bring_in(ledger, PEOPLE) == (3, 0)
    assert list(verify(ledger, originals)) == []


def test_two_imports_of_the_same_file_at_once_are_one(ledger, originals, uninterrupted):
    def meanwhile(done):
        if done == 4:
            with Ledger.open(ledger.database) as other:
                assert bring_in(other, PEOPLE) == (3, 0)

    assert bring_in(ledger, PEOPLE, progress=meanwhile) == (4, 0)
    assert whole(ledger) == uninterrupted
    assert list(verify(ledger, originals)) == []
