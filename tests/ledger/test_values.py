"""Values in columns: what `records` yields, without the records."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from synthetic import ADA, BEN, CLEO, FILE, deliver, empty, noon, person, salt, tampering

from everyname.errors import LedgerAltered
from everyname.ledger import (
    Assignment,
    Correction,
    Keys,
    Ledger,
    LedgerReader,
    Originals,
    SQLite,
    Statement,
    Withdrawal,
    erase,
    values_of,
    verify,
)

FIELDS = ("name", "sex", "fate")
HEAD = ("record", "reference", "file")


def by_way_of_records(ledger, fields=FIELDS, files=None, kind="person"):
    """What the columns have to be equal to."""
    return [
        (f.id, f.record.reference, f.file, *(f.record.value(field) or None for field in fields))
        for f in ledger.records(files)
        if f.record.kind == kind
    ]


def test_columns_of_the_records_in_force(ledger):
    stated = (Statement("name", "Dov Invented"), Statement("sex", "male", "denied"))
    dov = person("4", "", statements=(*stated, Statement("sex", "unknown", "unknown")))
    two = person("5", "", statements=(Statement("name", "Eli"), Statement("name", "Ela")))
    figure = person("6", "Nobody", kind="figure")
    deliver(ledger, [BEN, ADA, dov, two, figure])
    values = ledger.values(FIELDS)
    assert values.schema == dict.fromkeys((*HEAD, *FIELDS), pl.String)
    assert values.rows() == [
        (BEN.id, "hospital/2", FILE, "Ben Invented", None, "killed"),
        (ADA.id, "hospital/1", FILE, "Ada Invented", None, "killed"),
        (dov.id, "hospital/4", FILE, "Dov Invented", None, None),
        (two.id, "hospital/5", FILE, "Eli", None, None),
    ]
    assert ledger.values(["name"], kind="figure").rows() == [
        (figure.id, "hospital/6", FILE, "Nobody")
    ]


def test_nothing_delivered_and_no_such_file(ledger):
    assert ledger.values(FIELDS).shape == (0, 6)
    deliver(ledger, [ADA])
    assert ledger.values(FIELDS, ["another.csv"]).shape == (0, 6)
    assert values_of((), FIELDS).equals(ledger.values(FIELDS, []))


def test_corrected_withdrawn_and_no_longer_listed(ledger):
    deliver(ledger, [ADA, BEN, CLEO, person("4", "Dov Invented")])
    deliver(ledger, [CLEO, ADA, BEN], mapping="m2")
    # A record that stands in two files is in force in both.
    deliver(ledger, [replace(ADA, key="9"), BEN], file="again.csv")
    with ledger.writing(noon) as writer:
        writer.decide("correction", [
            Correction("hospital/1", "name", "Ada Corrected", "R"),
            Correction("hospital/1", "fate", "", "R"),
            Correction("hospital/3", "sex", "female", "R", stance="unknown"),
        ])  # fmt: skip
        writer.decide("withdrawal", [Withdrawal("hospital/2", "R")])
    nine = replace(ADA, key="9")
    assert ledger.values(FIELDS).rows() == [
        (nine.id, "hospital/9", "again.csv", "Ada Invented", None, "killed"),
        (CLEO.id, "hospital/3", FILE, "Cleo Invented", None, "killed"),
        (ADA.id, "hospital/1", FILE, "Ada Corrected", None, None),
    ]
    assert ledger.values(FIELDS).rows() == by_way_of_records(ledger)
    assert ledger.values(FIELDS, [FILE]).rows() == by_way_of_records(ledger, files=[FILE])
    assert values_of(ledger.records(), FIELDS).equals(ledger.values(FIELDS))


def test_erased_records_are_in_no_column(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        deliver(ledger, [ADA, BEN])
        key = Keys(tmp_path / "keys").signing()
        originals = Originals(tmp_path / "originals")
        erase(ledger, originals, ["hospital/1"], by="A court", why="Order 7", key=key, now=noon)
        assert [row[1] for row in ledger.values(FIELDS).rows()] == ["hospital/2"]
        assert ledger.values(FIELDS).rows() == by_way_of_records(ledger)


def test_of_an_encrypted_ledger(tmp_path):
    place = SQLite(tmp_path / "ledger.sqlite", "ab" * 32)
    with Ledger.open(place) as ledger:
        deliver(ledger, [ADA, BEN])
    with LedgerReader(place) as ledger:
        assert ledger.values(["name"])["name"].to_list() == ["Ada Invented", "Ben Invented"]


def test_more_records_than_a_batch_holds(ledger, monkeypatch):
    monkeypatch.setattr("everyname.ledger.values.BATCH", 7)
    deliver(ledger, [person(str(n), f"Number {n}") for n in range(30)])
    assert ledger.values(FIELDS).rows() == by_way_of_records(ledger)
    assert ledger.values(["name"])["name"].to_list() == [f"Number {n}" for n in range(30)]


@pytest.mark.parametrize(
    "content",
    [b"{}", b"[1]", b"{", b'{"source":"a","key":"b","statements":[["name",1,"asserted"]]}'],
)
def test_a_content_that_is_none_is_said_to_be_altered(ledger, content):
    deliver(ledger, [ADA])
    with tampering(ledger) as execute:
        execute("UPDATE sealed SET content = ? WHERE seq = (SELECT max(seq) FROM record)", content)
    with pytest.raises(LedgerAltered, match="a content is not as everyname writes it"):
        ledger.values(FIELDS)


statements = st.builds(
    Statement,
    st.sampled_from(FIELDS),
    st.sampled_from(("", "a", "b")),
    st.sampled_from(("asserted", "denied", "unknown")),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    listed=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(("person", "group")), st.lists(statements)),
        max_size=8,
        unique_by=lambda row: row[0],
    ),
    corrections=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(FIELDS), st.sampled_from(("", "c"))),
        max_size=4,
    ),
    withdrawn=st.sets(st.integers(0, 5), max_size=2),
)
def test_equal_to_going_through_the_records(reused, listed, corrections, withdrawn):
    empty(reused)
    records = [
        person(str(key), "", kind=kind, statements=tuple(those)) for key, kind, those in listed
    ]
    deliver(reused, records)
    with reused.writing(noon, salt) as writer:
        writer.decide(
            "correction", [Correction(f"hospital/{k}", f, v, "R") for k, f, v in corrections]
        )
        writer.decide("withdrawal", [Withdrawal(f"hospital/{key}", "R") for key in withdrawn])
    assert reused.values(FIELDS).rows() == by_way_of_records(reused)
    assert reused.values(FIELDS, kind="group").rows() == by_way_of_records(reused, kind="group")


def test_an_assignment_is_entered_as_any_other_content(new_place):
    change = Assignment((("hospital/1", "P-1"), ("hospital/2", "P-ü")), (("P-0", "P-1"),))
    with Ledger.open(new_place()) as one, Ledger.open(new_place()) as other:
        with one.writing(noon, salt) as writer:
            writer.assign(change)
        with other.writing(noon, salt) as writer:
            writer.append("assignment", [change.content])
        assert one.root() == other.root()
        assert one.memberships() == other.memberships() == dict(change.changes)
        assert one.redirects() == dict(change.redirects)


def test_memberships_in_columns_are_those_assigned_last(ledger, originals):
    for changes in ((("a/1", "P-1"), ("a/2", "P-2")), (("a/1", "P-2"), ("a/2", ""))):
        with ledger.writing(noon) as writer:
            writer.assign(Assignment(changes))
    columns = ledger.membership_columns()
    assert columns.schema == {"record": pl.String, "person": pl.String}
    assert columns.rows() == [("a/1", "P-2")]
    assert dict(columns.rows()) == ledger.memberships()
    assert list(verify(ledger, originals)) == []
