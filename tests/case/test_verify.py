"""What verification finds."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from everyname.case import CaseFolder, run, verify
from everyname.errors import CaseError


@pytest.fixture
def done(small_case):
    run(small_case)
    return small_case


def found(case):
    return [str(problem) for problem in verify(case)[1]]


def with_ledger(case, *statements):
    with sqlite3.connect(CaseFolder(case).ledger) as connection:
        for trigger in ("entry_UPDATE", "entry_DELETE", "sealed_UPDATE"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_an_untouched_case_is_well(done):
    size, problems = verify(done)
    assert size > 6
    assert problems == ()


def test_a_changed_content_is_found(done):
    with_ledger(
        done,
        "UPDATE sealed SET content = CAST(replace(CAST(content AS TEXT), 'Beloru', 'Belora')"
        " AS BLOB)",
    )
    assert any("the content of entry" in line and "was altered" in line for line in found(done))


def test_a_removed_entry_is_found(done):
    with_ledger(done, "DELETE FROM sealed WHERE seq = 4", "DELETE FROM entry WHERE seq = 4")
    assert any("entry 4 is missing" in line for line in found(done))


def test_a_cut_tail_is_found(done):
    with_ledger(
        done,
        "DELETE FROM sealed WHERE seq > 8",
        "DELETE FROM record WHERE seq > 8",
        "DELETE FROM entry WHERE seq > 8",
    )
    assert any("does not begin with" in line for line in found(done))


def test_an_altered_original_is_found(done):
    original = next(p for p in (done / "out" / "originals").rglob("*") if p.is_file())
    original.chmod(0o644)
    original.write_bytes(original.read_bytes().replace(b"34", b"35") + b" ")
    assert any("this original was altered" in line for line in found(done))


def test_an_altered_report_is_found(done):
    report = CaseFolder(done).report
    report.write_text(report.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert found(done) == [f"{report}: this file was altered after the run. Run the case again"]


def test_a_missing_output_is_found(done):
    CaseFolder(done).report.unlink()
    assert any("this file is missing" in line for line in found(done))


def test_a_case_that_was_never_run_says_so(small_case):
    with pytest.raises(CaseError, match="no finished run"):
        verify(small_case)


def test_a_broken_ledger_is_found(done):
    CaseFolder(done).ledger.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    assert any("this is not a ledger" in line for line in found(done))


def test_a_missing_ledger_is_found(done):
    CaseFolder(done).ledger.unlink()
    assert any("there is no ledger here" in line for line in found(done))


def test_a_garbled_receipt_is_found(done):
    CaseFolder(done).receipt.write_text("{}", encoding="utf-8")
    assert any("the receipt of the last run cannot be read" in line for line in found(done))


def test_a_planted_file_is_found(done):
    planted = done / "out" / "data" / "extra.csv"
    planted.write_text("x", encoding="utf-8")
    assert found(done) == [f"{planted}: this file is not of the last run. Remove it"]


def test_a_report_replaced_by_a_link_is_found(done, tmp_path):
    report = CaseFolder(done).report
    copy = tmp_path / "copy.html"
    report.rename(copy)
    report.symlink_to(copy)
    assert found(done) == [f"{report}: this file is now a link. Run the case again"]


def test_verification_writes_nothing(done):
    def times():
        # SQLite notes its readers in a file of its own, which holds nothing of the ledger.
        files = (p for p in done.rglob("*") if p.is_file() and p.suffix != ".sqlite-shm")
        return sorted((p, p.stat().st_mtime_ns) for p in files)

    before = times()
    verify(done)
    assert times() == before


def test_a_case_can_be_moved(done, tmp_path):
    shutil.copytree(done, tmp_path / "elsewhere")
    assert verify(tmp_path / "elsewhere")[1] == ()
