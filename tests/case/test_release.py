"""Releases, accesses and custody: who gave out, took and kept what."""

from __future__ import annotations

import hashlib
import re

import pytest

from everyname.case import (
    CaseFolder,
    add_custody,
    custody_log,
    record_access,
    release,
    run,
    verify,
)
from everyname.case.access import enter_access
from everyname.errors import CaseError, SeveralErrors
from everyname.ledger import Custody, Ledger, LedgerReader


def states(result):
    return set(dict(result.stages).values())


def ledger_of(case):
    return LedgerReader(CaseFolder(case).ledger)


@pytest.fixture
def done(small_case):
    run(small_case)
    return small_case


def test_a_release_holds_every_published_file_and_the_root_that_the_report_names(done):
    made = release(done, " First report ", by="The team", note="for the hearing")
    published = sorted(
        path
        for folder in ("report", "data")
        for path in (done / "out" / folder).rglob("*")
        if path.is_file()
    )
    assert made.outputs == tuple(
        sorted(
            (str(p.relative_to(done / "out")), hashlib.sha256(p.read_bytes()).hexdigest())
            for p in published
        )
    )
    assert (made.title, made.by, made.note) == ("First report", "The team", "for the hearing")
    assert made.root in CaseFolder(done).report.read_text(encoding="utf-8")
    with ledger_of(done) as ledger:
        assert ledger.releases() == (made,)
        newest = max((done / "out" / "checkpoints").iterdir())
        assert int(newest.stem) == ledger.size()


def test_after_a_release_nothing_is_altered_and_nothing_to_be_done_again(done):
    report = CaseFolder(done).report.read_bytes()
    release(done, "First report")
    assert verify(done)[1] == ()
    assert states(run(done)) == {"unchanged"}
    assert CaseFolder(done).report.read_bytes() == report
    assert verify(done)[1] == ()


def test_the_same_release_is_not_entered_twice(done):
    made = release(done, "First report")
    with pytest.raises(
        CaseError, match=f"this very release was made before, {re.escape(made.made)}"
    ):
        release(done, "First report")
    run(done)
    with pytest.raises(CaseError, match="this very release"):
        release(done, "First report")
    release(done, "Second printing")
    with ledger_of(done) as ledger:
        assert [one.title for one in ledger.releases()] == ["First report", "Second printing"]


def test_a_changed_case_is_another_release(done, edit):
    first = release(done, "The report")
    edit("lists/clinic.csv", "3,Tovi Karsen,M,9", "3,Tovi Karsen,M,10")
    run(done)
    second = release(done, "The report")
    assert (first.root, first.outputs) != (second.root, second.outputs)
    assert verify(done)[1] == ()


def test_what_was_altered_since_the_run_is_not_released(done):
    report = CaseFolder(done).report
    report.write_text("other", encoding="utf-8")
    (done / "out" / "data" / "more.csv").write_text("x", encoding="utf-8")
    with pytest.raises(SeveralErrors) as caught:
        release(done, "First report")
    assert str(caught.value).splitlines() == [
        f"{report}: this file was altered after the run. Run the case again",
        f"{done / 'out' / 'data' / 'more.csv'}: this file is not of the last run. Remove it",
    ]
    with ledger_of(done) as ledger:
        assert ledger.releases() == ()


def test_without_a_finished_run_or_a_title_nothing_is_released(small_case):
    with pytest.raises(CaseError, match="no finished run"):
        release(small_case, "First report")
    with pytest.raises(CaseError, match="a release needs a title"):
        release(small_case, " ")


def test_an_access_is_entered_where_a_team_shares_the_ledger(done):
    folder = CaseFolder(done)
    assert record_access(folder.ledger, "clinic/1") is None
    with ledger_of(done) as ledger:
        assert ledger.accesses() == ()
    with Ledger.open(folder.ledger) as ledger:
        made = enter_access(ledger, "clinic/1", "for the court", "R. One")
        assert (made.who, made.what, made.why) == ("R. One", "clinic/1", "for the court")
        assert enter_access(ledger, "clinic/2").who
        assert ledger.accesses()[0] == made
    assert states(run(done)) == {"unchanged"}
    assert verify(done)[1] == ()


def test_a_custody_log_begins_with_the_receipt_and_is_added_to(done):
    with ledger_of(done) as ledger:
        (document,) = (d for d in ledger.documents().values() if d.name == "clinic.csv")
    log = custody_log(done, "clinic.csv")
    assert log.document == document
    assert log.steps == (Custody(document.sha256, "received", "", document.received),)
    added = add_custody(done, document.sha256[:8], "handed to the archive", by="R", note="box 3")
    assert custody_log(done, "clinic.csv") == added
    step = added.steps[-1]
    assert (step.what, step.by, step.note) == ("handed to the archive", "R", "box 3")
    assert states(run(done)) == {"unchanged"}
    assert verify(done)[1] == ()


@pytest.mark.parametrize("name", ["nowhere.csv", "abcdef", "0" * 8])
def test_a_document_that_is_not_there_is_said(done, name):
    with pytest.raises(CaseError, match=f"the ledger holds no document '{name}'"):
        custody_log(done, name)


@pytest.mark.parametrize(("what", "by"), [("", "R"), ("handed on", " ")])
def test_a_step_without_a_name_or_a_word_is_refused(done, what, by):
    with pytest.raises(CaseError, match="a step needs what happened and who did it"):
        add_custody(done, "clinic.csv", what, by=by)


def test_a_name_means_the_list_as_delivered_last(done, edit):
    first = custody_log(done, "clinic.csv").document
    edit("lists/clinic.csv", "3,Tovi Karsen,M,9", "3,Tovi Karsen,M,10")
    run(done)
    assert custody_log(done, "clinic.csv").document.sha256 != first.sha256
    assert custody_log(done, first.sha256).document == first
