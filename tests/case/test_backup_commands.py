"""What the commands for backups say."""

from __future__ import annotations

import re

import pytest

from everyname.case import CaseFolder, erase_record
from everyname.case.run import alone
from everyname.cli.main import main
from everyname.cli.passphrase import BACKUP_PASSPHRASE
from everyname.ledger.age_reader import Identities

PLAIN = (
    "This file is not encrypted: whoever has it can read every name and every original, and sign "
    "with the case's key.\n"
    "Keep it like the case itself, or encrypt it with --to or --passphrase.\n"
)
DURING = (
    "Another command was at work on the case: the report and other results are left out, and the "
    "next run makes them again.\n"
)


@pytest.fixture
def everyname(capsys):
    def everyname(*words):
        code = 0
        try:
            main([*map(str, words)])
        except SystemExit as stop:
            code = stop.code
        told = capsys.readouterr()
        # Sizes, times and numbers of entries are others each time.
        shown = re.sub(r"20\d\d-\S+\+00:00", "TIME", told.out)
        shown = re.sub(r"[\d,]+ (bytes|files|ledger entries)", r"N \1", shown)
        return code, shown, told.err

    return everyname


def test_a_plain_backup_and_its_restore(everyname, finished, tmp_path):
    file, back = tmp_path / "b.tar", tmp_path / "back"
    assert everyname("backup", finished, file) == (
        0, f"Wrote {file}: N files, N bytes.\n{PLAIN}", ""
    )  # fmt: skip
    assert everyname("restore", file, back) == (
        0,
        (
            f"Restored {back} as of TIME. Nothing was altered: N ledger entries, the originals and "
            "the results of its last run.\n"
            "To be sure that nothing is missing at its end, and that it was not written anew as a "
            f"whole: everyname verify {back} --checkpoint FILE --key FILE, kept elsewhere.\n"
        ),
        "",
    )
    assert everyname("restore", file, back) == (
        2,
        "",
        f"everyname: {back}: there is something here already. Name a new or empty folder\n",
    )


def test_an_encrypted_backup_during_a_run(everyname, finished, tmp_path):
    identities = Identities.generate()
    (tmp_path / "identity.txt").write_text(identities.keys[0] + "\n", encoding="utf-8")
    file, back = tmp_path / "b.age", tmp_path / "back"
    (note,) = CaseFolder(finished).checkpoints.iterdir()
    with alone(CaseFolder(finished)):
        made = everyname("backup", finished, file, "--to", *identities.recipients.keys)
    assert made == (0, f"Wrote {file}: N files, N bytes.\n{DURING}", "")
    assert everyname("restore", file, back) == (
        2,
        "",
        (
            f"everyname: {file}: this backup is encrypted to age public keys. Name the file of the "
            "identity of one of them, with --identity\n"
        ),
    )
    identity = tmp_path / "identity.txt"
    options = ["--identity", identity, "--checkpoint", note]
    assert everyname("restore", file, back, *options) == (
        0,
        (f"Restored {back} as of TIME. Nothing was altered: N ledger entries and the originals.\n"),
        "",
    )


def test_a_backup_by_passphrase(everyname, finished, tmp_path, monkeypatch):
    file, back = tmp_path / "b.age", tmp_path / "back"
    asked = (
        "everyname: nobody can be asked for the passphrase of the backup. Give it in the "
        f"environment, as {BACKUP_PASSPHRASE}\n"
    )
    assert everyname("backup", finished, file, "--passphrase") == (2, "", asked)
    monkeypatch.setenv(BACKUP_PASSPHRASE, "four invented words and")
    wrote = f"Wrote {file}: N files, N bytes.\n"
    assert everyname("backup", finished, file, "--passphrase") == (0, wrote, "")
    monkeypatch.delenv(BACKUP_PASSPHRASE)
    assert everyname("restore", file, back) == (2, "", asked)
    monkeypatch.setenv(BACKUP_PASSPHRASE, "four invented words and")
    assert everyname("restore", file, back)[0] == 0
    both = everyname("backup", finished, tmp_path / "c.age", "--passphrase", "--to", "age1x")
    assert both[2].splitlines()[-1] == (
        "Error: age encrypts to public keys or by a passphrase: give one of both."
    )


def test_an_erasure_is_carried_out_again(everyname, finished, tmp_path):
    file, back = tmp_path / "b.tar", tmp_path / "back"
    everyname("backup", finished, file)
    note = erase_record(finished, "clinic/1", by="A. Lee", why="Order 7").note
    code, shown, _ = everyname("restore", file, back, "--erasures", note.parent)
    assert code == 0
    assert shown.splitlines()[:2] == [
        f"Restored {back} as of TIME. Nothing was altered: N ledger entries and the originals.",
        (
            "Orders to erase that are newer than the backup, carried out again: 1. What runs had "
            f"made was removed: everyname run {back}"
        ),
    ]


def test_an_altered_backup_ends_with_a_status_and_leaves_nothing(everyname, backup, tmp_path):
    data = bytearray(backup.read_bytes())
    data[data.index(b"Tovi Karsen")] ^= 1
    file = tmp_path / "b.tar"
    file.write_bytes(data)
    code, shown, error = everyname("restore", file, tmp_path / "back")
    assert (code, shown) == (2, "")
    assert re.fullmatch(
        rf"everyname: {file}: \S+: not what was packed. Take another copy of the backup\n", error
    )
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]
