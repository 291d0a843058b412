"""What verification finds."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from everyname.case import CaseFolder, erase_record, prove, run, verify
from everyname.cli import main
from everyname.errors import CaseError, LedgerError
from everyname.ledger import Checkpoint, Ledger, LedgerReader, rebuild
from everyname.ledger.signing_key import SigningKey


@pytest.fixture
def done(finished):
    return finished


def found(case, *checkpoints, key=None):
    return [str(problem) for problem in verify(case, checkpoints, key)[1]]


def ledger_of(case):
    return CaseFolder(case).ledger.path


def checkpoint_of(case):
    (path,) = CaseFolder(case).checkpoints.iterdir()
    return path


def with_ledger(case, *statements):
    """Change the ledger behind its back, and cover it up: its triggers are put back."""
    with closing(sqlite3.connect(ledger_of(case))) as connection:
        query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        triggers = connection.execute(query).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def size_of(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return ledger.size()


def test_an_untouched_case_is_well(done):
    size, problems = verify(done)
    assert (size, problems) == (size_of(done), ())
    assert size > 10


def test_a_changed_content_is_found(done):
    with_ledger(
        done,
        "UPDATE sealed SET content = CAST(replace(CAST(content AS TEXT), 'Sela', 'Sella') AS BLOB)",
    )
    said = found(done)
    assert any("the content of entry" in line and "was altered" in line for line in said)


def test_a_removed_entry_is_found(done):
    with_ledger(done, "DELETE FROM sealed WHERE seq = 4", "DELETE FROM entry WHERE seq = 4")
    assert any("entry 4 is missing" in line for line in found(done))


def test_a_cut_tail_is_found(done):
    size = size_of(done)
    with_ledger(done, "DELETE FROM sealed WHERE seq > 8", "DELETE FROM entry WHERE seq > 8")
    with Ledger.open(CaseFolder(done).ledger) as ledger:
        rebuild(ledger)
    assert [(str(problem.where), problem.found) for problem in verify(done)[1]] == [
        (
            str(ledger_of(done)),
            f"the ledger does not begin with what the last run left, {size} entries",
        ),
        (
            str(checkpoint_of(done)),
            f"the ledger had {size} entries and has 8: its end was cut off",
        ),
    ]


@pytest.fixture
def kept(done, tmp_path):
    """The checkpoint and the key of a finished run, as somebody keeps them outside."""
    folder = tmp_path / "kept"
    folder.mkdir()
    shutil.copy(checkpoint_of(done), folder / "checkpoint.txt")
    shutil.copy(CaseFolder(done).keys.verifier_file, folder / "ledger.vkey")
    return folder


def test_a_ledger_that_grew_agrees_with_the_checkpoint_kept_outside(done, kept):
    clinic = done / "lists" / "clinic.csv"
    clinic.write_text(clinic.read_text(encoding="utf-8").replace("Sela", "Sella"), encoding="utf-8")
    run(done)
    assert len(list(CaseFolder(done).checkpoints.iterdir())) == 2
    assert found(done, kept / "checkpoint.txt", key=kept / "ledger.vkey") == []


def test_a_whole_rewrite_is_found_with_what_was_kept_outside(done, kept):
    clinic = done / "lists" / "clinic.csv"
    clinic.write_text(clinic.read_text(encoding="utf-8").replace("Sela", "Sella"), encoding="utf-8")
    shutil.rmtree(done / "out")
    run(done)
    size = size_of(done)
    checkpoint = kept / "checkpoint.txt"
    # Everything within the folder agrees, and it holds as many entries as before.
    assert (found(done), checkpoint_of(done).name) == ([], f"{size:010}.txt")
    rewritten = (
        f"{checkpoint}: the first {size} entries are not those that were attested: the ledger was "
        "rewritten. Restore the ledger from a backup"
    )
    foreign = "this is not a checkpoint of this ledger"
    said = found(done, checkpoint, key=kept / "ledger.vkey")
    assert [said[-1], len(said)] == [rewritten, 3]
    own_key = CaseFolder(done).keys.verifier_file
    assert said[0].startswith(f"{own_key}: the case's own public key is another than the one")
    assert said[1].startswith(f"{checkpoint_of(done)}: {foreign}")
    # Without the key that was kept, the old checkpoint is one of another ledger.
    (said,) = found(done, checkpoint)
    assert said.startswith(f"{checkpoint}: {foreign}")


def test_a_cut_tail_is_found_with_what_was_kept_outside(done, tmp_path):
    earlier = shutil.copytree(done / "out", tmp_path / "earlier")
    before = size_of(done)
    clinic = done / "lists" / "clinic.csv"
    text = clinic.read_text(encoding="utf-8")
    clinic.write_text(text.replace("Sela", "Sella"), encoding="utf-8")
    run(done)
    after = size_of(done)
    checkpoint = shutil.copy(
        CaseFolder(done).checkpoints / f"{after:010}.txt", tmp_path / "checkpoint.txt"
    )
    # Somebody puts back everything as it was before the correction.
    clinic.write_text(text, encoding="utf-8")
    shutil.rmtree(done / "out")
    shutil.copytree(earlier, done / "out")
    assert found(done) == []
    (said,) = found(done, checkpoint)
    assert said == (
        f"{checkpoint}: the ledger had {after} entries and has {before}: its end was cut off. "
        "Restore the ledger from a backup"
    )


def forged(case, tmp_path, **changes):
    """A checkpoint of a ledger as somebody else would have it, signed with another key."""
    name = CaseFolder(case).keys.verifier().name
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        values = {"origin": name, "size": ledger.size(), "root": ledger.root(), **changes}
    path = tmp_path / "forged.txt"
    path.write_text(Checkpoint(**values).signed(SigningKey.generate(name)), encoding="utf-8")
    return path


def test_a_forged_checkpoint_is_refused(done, tmp_path):
    # Even one that says what is true: who vouches for it cannot be told.
    for changes in ({}, {"size": 3}, {"root": bytes(32)}):
        path = forged(done, tmp_path, **changes)
        (said,) = found(done, path)
        assert said.startswith(f"{path}: this is not a checkpoint of this ledger (")
        assert said.endswith("). Ask who gave it to you")


@pytest.mark.parametrize(
    "altered",
    [
        lambda note: note.replace(note.split("\n")[1], "3", 1),
        lambda note: note[:-5] + "AAA=\n",
        lambda note: note.upper(),
        lambda note: note.split("\n\n")[0] + "\n",
        lambda _note: "",
        lambda _note: "We were here.\n",
    ],
)
def test_an_altered_checkpoint_is_refused(done, kept, altered):
    path = kept / "checkpoint.txt"
    note = path.read_text(encoding="utf-8")
    path.write_text(altered(note), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != note
    (said,) = found(done, path)
    assert said.startswith(f"{path}: this is not a checkpoint of this ledger (")


def test_a_forged_checkpoint_among_the_case_s_own_is_found(done, tmp_path):
    path = forged(done, tmp_path)
    planted = CaseFolder(done).checkpoints / "0000000003.txt"
    shutil.copy(path, planted)
    (said,) = found(done)
    assert said.startswith(f"{planted}: this is not a checkpoint of this ledger (")


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_checkpoint_that_cannot_be_read_is_said(done, tmp_path, content):
    path = tmp_path / "checkpoint.txt"
    if content:
        path.write_bytes(content)
    with pytest.raises(CaseError, match="this checkpoint cannot be read"):
        verify(done, (path,))


def test_a_key_that_cannot_be_read_is_said(done, tmp_path):
    with pytest.raises(LedgerError, match="the ledger's public key cannot be read"):
        verify(done, (), tmp_path / "ledger.vkey")
    (tmp_path / "ledger.vkey").write_text("my key", encoding="utf-8")
    with pytest.raises(LedgerError, match="this is not a verifier key"):
        verify(done, (), tmp_path / "ledger.vkey")
    with pytest.raises(LedgerError) as caught:
        verify(done, (), CaseFolder(done).keys.folder / "ledger.pem")
    assert "this is a secret key" in str(caught.value)
    assert "BEGIN" not in str(caught.value)


def test_keys_that_are_gone_are_not_made_anew(done):
    shutil.rmtree(CaseFolder(done).keys.folder)
    for act in (
        lambda: prove(done, "clinic/1"),
        lambda: erase_record(done, "clinic/1", by="A. Lee", why="Order 7"),
    ):
        with pytest.raises(CaseError, match="the ledger's keys are gone"):
            act()
    assert not CaseFolder(done).keys.folder.exists()


def test_a_proof_is_not_written_over_anything(done, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "verify_bundle.py").write_text("print('PROVED')", encoding="utf-8")
    for out, said in (
        (tmp_path / "mine.txt", "a file is here already"),
        (tmp_path / "other" / "b.json", "there is another verify_bundle.py beside the bundle"),
    ):
        with pytest.raises(SystemExit):
            main(["prove", str(done), "clinic/1", "--out", str(out)])
        assert said in capsys.readouterr().err
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


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
    ledger_of(done).write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    assert any("this is not a ledger" in line for line in found(done))


def test_a_missing_ledger_is_found(done):
    ledger_of(done).unlink()
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
