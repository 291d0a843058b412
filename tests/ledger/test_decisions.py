"""Corrections, withdrawals and rulings: what they change, and what they leave as it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import ADA, BEN, CLEO, HOSPITAL, deliver, names, noon, person

from everyname.ledger import (
    Access,
    Correction,
    Custody,
    Document,
    Filed,
    Judgement,
    Release,
    Ruling,
    Statement,
    Withdrawal,
    corrected,
    rebuild,
    verify,
)

MISREAD = Correction("hospital/1", "fate", "injured", "Reviewer One", "2031-09-01", "misread")
AGAIN = Correction("hospital/1", "fate", "missing", "Reviewer Two", "2031-09-02", "misread again")
NEVER_SAID = Correction("hospital/1", "fate", "", "Reviewer One", reason="another row")
TWICE = Withdrawal("hospital/2", "River Valley Hospital", "2031-09-03", "entered twice")
PANEL = Ruling("hospital/1", "sex", "female", "The panel", "2031-10-01", "a certificate")


def decide(ledger, kind, *decisions):
    with ledger.writing(noon) as writer:
        return writer.decide(kind, decisions)


@pytest.fixture
def filled(ledger):
    with ledger.writing(noon) as writer:
        writer.source(HOSPITAL)
    deliver(ledger, [ADA, BEN, CLEO])
    return ledger


@pytest.mark.parametrize(
    ("kind", "decision", "read"),
    [
        ("correction", MISREAD, "corrections"),
        ("withdrawal", TWICE, "withdrawals"),
        ("ruling", PANEL, "rulings"),
    ],
)
def test_a_decision_is_made_taken_back_and_made_again(filled, originals, kind, decision, read):
    size = filled.size()
    assert decide(filled, kind, decision) == (1, 0)
    assert getattr(filled, read)() == (decision,)
    assert decide(filled, kind, decision) == (0, 0)
    assert decide(filled, kind) == (0, 1)
    assert getattr(filled, read)() == ()
    assert decide(filled, kind, decision) == (1, 0)
    assert getattr(filled, read)() == (decision,)
    assert filled.size() == size + 3
    assert list(verify(filled, originals)) == []


def test_a_correction_shows_what_holds_and_what_the_source_says(filled):
    decide(filled, "correction", MISREAD)
    ada, ben, cleo = filled.records()
    assert ada == Filed(
        ADA.id,
        "hospital.csv",
        replace(
            ADA,
            statements=(
                Statement("name", "Ada Invented"),
                Statement("fate", "killed", "corrected"),
                Statement("fate", "injured"),
            ),
        ),
        (MISREAD,),
    )
    assert ada.record.values("fate") == ("injured",)
    assert ada.record.cells == ADA.cells
    assert (ben, cleo) == (Filed(BEN.id, "hospital.csv", BEN), Filed(CLEO.id, "hospital.csv", CLEO))
    assert filled.statements(ADA.id) == ada.record.statements


def test_the_last_correction_of_a_field_holds_and_all_are_told(filled):
    decide(filled, "correction", MISREAD, AGAIN)
    ada = next(filled.records())
    assert ada.record.values("fate") == ("missing",)
    assert ada.corrections == (MISREAD, AGAIN)
    decide(filled, "correction", MISREAD)
    assert next(filled.records()).record.values("fate") == ("injured",)
    decide(filled, "correction")
    assert next(filled.records()) == Filed(ADA.id, "hospital.csv", ADA)


def test_an_empty_correction_says_that_nothing_is_stated():
    record = corrected(ADA, [NEVER_SAID])
    assert record.values("fate") == ()
    assert Statement("fate", "killed", "corrected") in record.statements


def test_a_source_that_corrected_itself_is_not_called_wrong():
    itself = replace(ADA, statements=(Statement("fate", "injured"),))
    assert corrected(itself, [MISREAD]) == itself


def test_of_several_values_only_the_wrong_ones_are_corrected():
    two = replace(ADA, statements=(Statement("fate", "injured"), Statement("fate", "killed")))
    assert corrected(two, [MISREAD]).statements == (
        Statement("fate", "injured"),
        Statement("fate", "killed", "corrected"),
    )


def test_what_is_not_known_is_not_asserted():
    record = corrected(ADA, [replace(MISREAD, value="unknown", stance="unknown")])
    assert record.values("fate") == ()
    assert Statement("fate", "unknown", "unknown") in record.statements


@given(
    st.lists(
        st.builds(
            Correction,
            st.just("hospital/1"),
            st.sampled_from(["name", "fate", "sex"]),
            st.sampled_from(["", "a", "b", "killed"]),
            st.just("R"),
        )
    )
)
def test_nothing_that_a_source_says_is_lost(corrections):
    record = corrected(ADA, corrections)
    said = {(s.field, s.value) for s in record.statements}
    assert {(s.field, s.value) for s in ADA.statements} <= said
    last = {c.field: c.value for c in corrections}
    assert all(record.values(f) == ((v,) if v else ()) for f, v in last.items())
    assert corrected(record, corrections) == record


def test_a_withdrawn_record_is_out_of_force_and_stays_in_the_ledger(filled):
    decide(filled, "withdrawal", TWICE)
    decide(filled, "correction", replace(MISREAD, record="hospital/2"))
    assert names(filled) == ["Ada Invented", "Cleo Invented"]
    ((filed, why),) = filled.withdrawn()
    assert (filed.id, filed.record.value("fate"), why) == (BEN.id, "injured", TWICE)
    assert "hospital/2" in filled.references()
    assert filled.named(BEN.id[:8]) == ("hospital/2",)
    decide(filled, "withdrawal")
    assert names(filled) == ["Ada Invented", "Ben Invented", "Cleo Invented"]
    assert list(filled.withdrawn()) == []


def test_a_withdrawal_holds_for_what_the_source_says_next(filled):
    decide(filled, "withdrawal", TWICE)
    deliver(filled, [ADA, person("2", "Benjamin Invented")])
    assert names(filled) == ["Ada Invented"]
    deliver(filled, [ADA], mapping="m2")
    assert list(filled.withdrawn()) == []


def test_only_files_asked_for_are_read(filled):
    deliver(filled, [person("9", "Dora Invented", source="press")], file="press.csv")
    decide(filled, "withdrawal", TWICE, Withdrawal("press/9", "R"))
    assert [f.id for f, _ in filled.withdrawn(["hospital.csv"])] == [BEN.id]
    assert list(filled.records(["press.csv"])) == []


def test_a_record_is_named_by_digits_of_any_version(filled):
    other = person("2", "Benjamin Invented")
    deliver(filled, [other])
    assert filled.named(other.id[:9]) == filled.named(BEN.id.upper()) == ("hospital/2",)
    assert filled.named("hospital/2") == filled.named(BEN.id[:7]) == filled.named("g" * 8) == ()
    assert filled.kinds() == {f"hospital/{n}": "person" for n in (1, 2, 3)}


def test_decisions_follow_from_the_log_alone(filled, originals):
    decide(filled, "correction", MISREAD, AGAIN)
    decide(filled, "withdrawal", TWICE)
    decide(filled, "ruling", PANEL)
    decide(filled, "correction", AGAIN)
    before = list(filled.records()), list(filled.withdrawn()), filled.rulings()
    rebuild(filled)
    assert (list(filled.records()), list(filled.withdrawn()), filled.rulings()) == before
    assert list(verify(filled, originals)) == []


DOCUMENT = Document(
    "d" * 64, "page.html", "text/html", 9, "2031", parts=("html",), derived_from="e" * 64, how="x"
)
ENTERED = (
    Judgement("hospital/1", "hospital/2", "same", "R", "", "one grave"),
    MISREAD,
    TWICE,
    PANEL,
    Release("First", "2031", "R", (("data/counts.csv", "f" * 64),), "a" * 64, "note"),
    Access("R", "2031", "P-1", "for the court"),
    Custody("d" * 64, "received", "R", "2031", "the hospital", "by mail"),
    DOCUMENT,
)


@pytest.mark.parametrize("one", ENTERED, ids=lambda one: one.kind)
def test_what_is_entered_comes_back_and_what_a_newer_version_adds_is_passed_over(filled, one):
    with filled.writing(noon) as writer:
        (number,) = writer.append(one.kind, [{**one.content, "of_a_newer_version": ["x"]}])
    (content,) = filled._contents(one.kind, lambda content: content)
    assert type(one).from_content(content) == one
    with filled.writing(noon) as writer:
        writer.append(one.kind, [one.content])
    assert filled.proved(number + 1, filled.size()).content is not None


@pytest.mark.parametrize("one", ENTERED, ids=lambda one: one.kind)
def test_another_content_has_another_id(one):
    first, *_ = one.content
    changed = replace(one, **{first: "x" * 64})
    assert one.id != changed.id
    assert one.id == replace(one).id
    assert len(one.id) == 64
