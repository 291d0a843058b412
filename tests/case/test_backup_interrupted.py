"""Backups and restores among other work, killed, and on a full disk."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from random import Random

import pytest
from backups import HERE, contents, refused

from everyname.case import CaseFolder, back_up, erase_record, restore, verify
from everyname.case.archive import packed
from everyname.case.lock import locked
from everyname.case.run import alone
from everyname.case.verification import verify_kept
from everyname.errors import CaseError, LedgerError
from everyname.ledger import LedgerReader

AROUND = 8


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def helper(name, *words):
    return [sys.executable, str(HERE / name), *map(str, words)]


def test_backups_among_imports_hold_what_was_acknowledged_before(finished, tmp_path):
    before = verify(finished)[0]
    sizes = []
    with subprocess.Popen(
        helper("importing.py", finished), stdout=subprocess.PIPE, text=True
    ) as importing:
        for number in range(4):
            for _ in range(3):
                acknowledged = int(importing.stdout.readline()) + 1
            file = back_up(finished, tmp_path / f"{number}.tar").file
            restored = restore(file, tmp_path / str(number))
            with LedgerReader(CaseFolder(restored.path).ledger) as ledger:
                documents = {document.name for document in ledger.documents().values()}
            assert {f"{done}.csv" for done in range(acknowledged)} <= documents
            sizes.append(restored.entries)
        assert importing.poll() is None
        importing.kill()
    assert before < sizes[0] < sizes[1] < sizes[2] < sizes[3]
    assert verify(finished)[1] == ()


def test_a_backup_during_a_run_leaves_out_what_the_run_makes(finished, tmp_path):
    with alone(CaseFolder(finished)):
        done = back_up(finished, tmp_path / "b.tar")
    assert (done.during_run, done.files) == (True, 11)
    restored = restore(done.file, tmp_path / "back")
    assert not restored.with_outputs
    kept = ("out/originals", "out/keys", "out/checkpoints", "lists", "case.toml", "hand")
    everything = contents(finished)
    assert contents(tmp_path / "back") == {
        name: data for name, data in everything.items() if name.startswith(kept)
    }


def test_a_backup_lets_go_of_the_case_when_it_fails(finished, tmp_path):
    with pytest.raises(LedgerError):
        back_up(finished, tmp_path / "nowhere" / "b.tar")
    with alone(CaseFolder(finished)):
        assert not list((finished / "out").glob(".everyname-*"))


def test_a_killed_backup_breaks_nothing_and_leaves_nothing_for_long(finished, tmp_path):
    chance = Random(7)  # noqa: S311 - when to kill
    delays = [f"{chance.uniform(0.005, 0.1):.4f}" for _ in range(AROUND)]
    done = subprocess.run(
        helper("killed.py", "backup", finished, tmp_path / "b", *delays),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    states = done.stdout.split()
    assert len(states) == AROUND
    for number, state in enumerate(states):
        if state == "there":
            restore(tmp_path / f"b-{number}", tmp_path / f"back-{number}")
    back_up(finished, tmp_path / "last.tar")
    assert not list((finished / "out").glob(".everyname-*"))
    assert verify(finished)[1] == ()


def test_a_killed_restore_leaves_nothing_at_the_place_and_can_be_done_again(backup, tmp_path):
    chance = Random(8)  # noqa: S311 - when to kill
    delays = [f"{chance.uniform(0.01, 0.4):.4f}" for _ in range(AROUND)]
    done = subprocess.run(
        helper("killed.py", "restore", backup, tmp_path / "back", *delays),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    states = done.stdout.split()
    assert len(states) == AROUND
    for number, state in enumerate(states):
        place = tmp_path / f"back-{number}"
        if state == "nothing":
            restore(backup, place)
        assert verify(place)[1] == ()
    assert "nothing" in states
    assert not list(tmp_path.glob(".*"))


def test_two_restores_to_one_place_do_not_meet(backup, tmp_path):
    staging = tmp_path / ".back.restoring"
    staging.mkdir()
    (staging / "left").mkdir()
    (staging / "left.txt").write_text("x", encoding="utf-8")
    with locked(staging):
        error = refused(backup, tmp_path / "back")
    assert str(error) == (
        f"{tmp_path / 'back'}: another restore to this place is under way. Wait until it is over"
    )
    restore(backup, tmp_path / "back")
    assert [path.name for path in tmp_path.iterdir()] == ["back"]


class FullDisk:
    """A disk that is full from the nth sync on."""

    def __init__(self, nth):
        self.left = nth

    def fsync(self, _descriptor):
        self.left -= 1
        if self.left <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("nth", [1, 3])
def test_a_full_disk_is_said_and_no_backup_is_left(finished, tmp_path, monkeypatch, nth):
    monkeypatch.setattr(os, "fsync", FullDisk(nth).fsync)
    with pytest.raises(LedgerError) as caught:
        back_up(finished, tmp_path / "b.tar")
    assert caught.value.found == "this file could not be written (No space left on device)"
    assert caught.value.do == "Free the disk or name a folder of your own, then run again"
    assert [path.name for path in tmp_path.iterdir()] == ["villages"]
    assert not list((finished / "out").glob(".everyname-*"))


def test_a_full_disk_is_said_and_nothing_is_restored(backup, tmp_path, monkeypatch):
    large = FullDisk(10_000)
    monkeypatch.setattr(os, "fsync", large.fsync)
    restore(backup, tmp_path / "fits")
    syncs = 10_000 - large.left
    for nth in (1, 20, syncs - 1, syncs):
        monkeypatch.setattr(os, "fsync", FullDisk(nth).fsync)
        error = refused(backup, tmp_path / "back")
        assert error.found == "this file could not be written (No space left on device)", nth


def test_a_file_that_changes_while_it_is_read_is_said(finished, tmp_path, monkeypatch):
    listed = finished / "lists" / "clinic.csv"
    snapshot = type(CaseFolder(finished).ledger).snapshot

    def while_somebody_writes(database, target):
        snapshot(database, target)
        monkeypatch.setattr("everyname.case.backup.packed", edited)

    def edited(manifest, sources):
        listed.write_text("No\n", encoding="utf-8")
        return packed(manifest, sources)

    monkeypatch.setattr(type(CaseFolder(finished).ledger), "snapshot", while_somebody_writes)
    with pytest.raises(CaseError) as caught:
        back_up(finished, tmp_path / "b.tar")
    assert str(caught.value) == (
        f"{listed}: this file was changed while the backup was made. Give the same command again"
    )


def test_what_was_erased_since_does_not_come_back(finished, tmp_path):
    file = back_up(finished, tmp_path / "before.tar").file
    erased = erase_record(finished, "clinic/1", by="A. Lee", why="Order 7", originals=True)
    orders = tmp_path / "outside"
    orders.mkdir()
    (orders / "copy.txt").write_bytes(erased.note.read_bytes())
    restored = restore(file, tmp_path / "with", erasures=orders)
    assert (restored.erasures, restored.with_outputs) == (1, False)
    case = CaseFolder(tmp_path / "with")
    assert not list(case.originals.folder.glob("de/*"))
    with LedgerReader(case.ledger) as ledger:
        assert "clinic/1" not in ledger.references()
        assert [filed.record.reference for filed in ledger.records()] == [
            "clinic/2", "clinic/3", "parish-book/b1", "parish-book/b2", "parish-book/b3",
        ]  # fmt: skip
    left = {path.relative_to(case.path / "out").parts[0] for path in files(case.path / "out")}
    assert left - {".ledger.sqlite.turn", "ledger.sqlite-shm", "ledger.sqlite-wal"} == {
        "ledger.sqlite", "originals", "keys", "checkpoints", "erasures",
    }  # fmt: skip
    assert not [path for path in files(case.path / "out") if b"Arman Beloru" in path.read_bytes()]
    assert verify_kept(case, case.ledger, case.originals)[1] == ()
    # The order stays with the case: a backup of the restored case needs it no more.
    assert (case.path / "out" / "erasures" / "copy.txt").exists()
    again = back_up(case.path, tmp_path / "after.tar").file
    assert restore(again, tmp_path / "again").erasures == 0
    assert restore(back_up(finished, tmp_path / "now.tar").file, tmp_path / "now").erasures == 0


def test_orders_of_another_case_are_refused(backup, tmp_path):
    orders = tmp_path / "outside"
    orders.mkdir()
    error = refused(backup, tmp_path / "back", erasures=orders)
    assert str(error) == (
        f"{orders}: there is no order to erase in this folder. "
        "Name the folder of the copies of out/erasures"
    )
    (orders / "1.txt").write_text("no order\n", encoding="utf-8")
    refused(backup, tmp_path / "back", erasures=orders)
