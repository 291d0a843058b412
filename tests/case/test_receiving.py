"""How lists come: who handed them over, what they were made from, and what captures lack."""

from __future__ import annotations

import csv

import pytest

from everyname.case import CaseFolder, custody_log, run, verify
from everyname.errors import MappingError
from everyname.ledger import LedgerReader, sha256_of

SCAN = b"%PDF-1.4 invented"
HOW = 'made_from = "accounts/scan.pdf"\nmade_by = "R. One"\nhow = "typed from the scan"\n'
CAME = """\
received = "2031-08-01"
received_from = "The clinic's secretary"
received_by = "R. Two"
"""
CAPTURE = """\
address = "https://example.org/list"
captured = "2031-07-30T10:00:00Z"
parts = ["html"]
"""


def documents(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return {d.name: d for d in ledger.documents().values()}


def steps(case, name):
    return [(s.what, s.from_, s.by) for s in custody_log(case, name).steps]


def size(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return ledger.size()


@pytest.fixture
def say(edit):
    return lambda text: edit("lists/clinic.toml", 'name = "Clinic"\n', f'name = "Clinic"\n{text}')


def test_what_the_mapping_says_of_the_receipt_is_entered_and_logged(small_case, say):
    say(CAME)
    run(small_case)
    clinic = documents(small_case)["clinic.csv"]
    assert (clinic.received, clinic.received_from, clinic.received_by) == (
        "2031-08-01", "The clinic's secretary", "R. Two",
    )  # fmt: skip
    assert steps(small_case, "clinic.csv") == [("received", "The clinic's secretary", "R. Two")]
    assert steps(small_case, "parish.csv") == [("received", "", "")]


def test_what_is_said_later_is_entered_once_and_the_first_day_stays(small_case, say):
    run(small_case)
    before = documents(small_case)["clinic.csv"]
    say('received_from = "The secretary"\n')
    run(small_case)
    after = documents(small_case)["clinic.csv"]
    assert (after.received_from, after.received) == ("The secretary", before.received)
    assert steps(small_case, "clinic.csv") == [
        ("received", "", ""),
        ("received", "The secretary", ""),
    ]
    entries = size(small_case)
    for account in (small_case / "out" / "work" / "intake").iterdir():
        account.unlink()
    run(small_case)
    assert size(small_case) == entries


def test_a_working_copy_leads_to_its_original_which_is_preserved_too(small_case, say):
    (small_case / "accounts").mkdir()
    (small_case / "accounts" / "scan.pdf").write_bytes(SCAN)
    say(CAME + CAPTURE + HOW)
    run(small_case)
    found = documents(small_case)
    copy, original = found["clinic.csv"], found["accounts/scan.pdf"]
    assert original.sha256 == sha256_of(SCAN)
    assert (copy.derived_from, copy.how) == (original.sha256, "typed from the scan")
    assert (original.media_type, original.received, original.received_by) == (
        "application/pdf", "2031-08-01", "R. Two",
    )  # fmt: skip
    assert (copy.received_from, copy.address, copy.below_minimum) == ("", "", ())
    assert original.below_minimum == ("dated full-page image",)
    assert CaseFolder(small_case).originals.read(original.sha256) == SCAN
    assert steps(small_case, "accounts/scan.pdf") == [
        ("received", "The clinic's secretary", "R. Two"),
        ("converted", "", "R. One"),
    ]
    assert steps(small_case, "clinic.csv") == [("made", "", "R. One")]
    assert custody_log(small_case, "clinic.csv").steps[0].note == (
        f"of accounts/scan.pdf ({original.sha256}): typed from the scan"
    )
    assert verify(small_case)[1] == ()
    assert set(dict(run(small_case).stages).values()) == {"unchanged"}
    (small_case / "accounts" / "scan.pdf").write_bytes(SCAN + b" again")
    assert dict(run(small_case).stages)["intake clinic.csv"] == "done"
    assert documents(small_case)["clinic.csv"].derived_from == sha256_of(SCAN + b" again")


def test_a_lost_original_of_a_copy_is_preserved_again(small_case, say):
    (small_case / "accounts").mkdir()
    (small_case / "accounts" / "scan.pdf").write_bytes(SCAN)
    say(CAME + HOW)
    run(small_case)
    path = CaseFolder(small_case).originals.path(sha256_of(SCAN))
    path.unlink()
    entries = size(small_case)
    run(small_case)
    assert path.read_bytes() == SCAN
    assert size(small_case) == entries


@pytest.mark.parametrize("name", ["accounts/none.pdf", "case.toml", "../villages/case.toml"])
def test_an_original_that_is_not_there_is_named(small_case, say, name):
    say(HOW.replace("accounts/scan.pdf", name))
    with pytest.raises(MappingError) as caught:
        run(small_case)
    assert str(caught.value) == (
        f"clinic.toml: made_from names {name!r}, and there is no such file in lists/ or accounts/. "
        "Put the file there, and name it as accounts/report.pdf"
    )


def test_a_capture_below_the_minimum_is_flagged_to_the_team_and_in_the_report(small_case, say):
    say(CAME + CAPTURE)
    run(small_case)
    with (small_case / "out" / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    clinic = documents(small_case)["clinic.csv"]
    assert rows["clinic.csv"] == {
        "sha256": clinic.sha256,
        "name": "clinic.csv",
        "media type": "text/csv",
        "size": str(clinic.size),
        "received": "2031-08-01",
        "received from": "The clinic's secretary",
        "received by": "R. Two",
        "derived from": "",
        "how": "",
        "address": "https://example.org/list",
        "captured": "2031-07-30T10:00:00Z",
        "missing of the minimum": "dated full-page image",
    }
    assert rows["parish.csv"]["missing of the minimum"] == ""
    report = CaseFolder(small_case).report.read_text(encoding="utf-8")
    assert report.count("below the Berkeley minimum: without dated full-page image") == 1
    with (small_case / "out" / "data" / "sources.csv").open(encoding="utf-8", newline="") as file:
        flagged = {row["key"]: row["below_minimum"] for row in csv.DictReader(file)}
    assert flagged == {"clinic": "dated full-page image", "parish-book": ""}
    published = [p for name in ("report", "data") for p in (small_case / "out" / name).rglob("*")]
    for path in published:
        if path.is_file():
            assert "secretary" not in path.read_text(encoding="utf-8")
