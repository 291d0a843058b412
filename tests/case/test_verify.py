"""What verification finds."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from everyname.case import CaseFolder, run, verify
from everyname.errors import CaseError, LedgerError


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
    assert any("does not hold the" in line for line in found(done))


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


def test_a_broken_ledger_is_no_traceback(done):
    CaseFolder(done).ledger.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    with pytest.raises(LedgerError):
        verify(done)


def test_a_missing_ledger_says_so(done):
    CaseFolder(done).ledger.unlink()
    with pytest.raises(LedgerError, match="there is no ledger here"):
        verify(done)


def test_a_case_can_be_moved(done, tmp_path):
    shutil.copytree(done, tmp_path / "elsewhere")
    assert verify(tmp_path / "elsewhere")[1] == ()
