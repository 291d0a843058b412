"""A backup: what it holds, who can open it, and that it comes back whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from io import BytesIO

import pytest
from backups import CLINIC, PARISH, contents, refused

from everyname.case import CaseFolder, back_up, restore, run, verify
from everyname.case.archive import Member
from everyname.errors import CaseError, LedgerError
from everyname.ledger.age_reader import Identities, Passphrase, Recipients

WORDS = Passphrase("four invented words and", cost=1)
NAME = b"Beloru"
RECORD = [
    "ledger.sqlite",
    "case/case.toml",
    "case/lists/clinic.csv",
    "case/lists/clinic.toml",
    "case/lists/parish.csv",
    "case/lists/parish.toml",
    "case/out/keys/ledger.pem",
    "case/out/keys/ledger.vkey",
    PARISH,
    CLINIC,
]


def held(file):
    with tarfile.open(file) as tar:
        return [member.name for member in tar.getmembers() if member.isfile()]


def test_a_case_comes_back_as_it_was(run_once, backup, tmp_path):
    restored = restore(backup, tmp_path / "back")
    assert restored.path == tmp_path / "back"
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", restored.made)
    assert (restored.erasures, restored.with_outputs) == (0, True)
    assert contents(tmp_path / "back") == contents(run_once)
    assert verify(tmp_path / "back") == verify(run_once) == (restored.entries, ())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back"]
    assert set(dict(run(tmp_path / "back").stages).values()) == {"unchanged"}


def test_a_backup_holds_the_record_and_what_the_run_made(run_once, backup):
    outputs = sorted(
        f"case/{name}"
        for name in contents(run_once)
        if not name.startswith(("out/originals", "out/keys", "out/checkpoints"))
        and name.startswith("out/")
    )
    (checkpoint,) = (
        f"case/out/checkpoints/{p.name}" for p in CaseFolder(run_once).checkpoints.iterdir()
    )
    first, *rest, last = held(backup)
    assert (first, last) == ("manifest.json", "SHA256SUMS")
    assert sorted(rest) == sorted([*outputs, checkpoint, *RECORD])
    assert backup.stat().st_mode & 0o777 == 0o600


def test_other_programs_read_a_backup(backup, tmp_path):
    for program in ("tar", "sha256sum"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    subprocess.run(["tar", "-xf", backup, "-C", tmp_path], check=True)
    sums = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert (sums.stdout, sums.stderr) == ("", "")
    assert (tmp_path / "case" / "out" / "keys" / "ledger.pem").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "name", ["a" * 101 + ".csv", "клиника, 2031 (копия).csv", "two\nlines\\.csv", "名" * 60]
)
def test_every_name_comes_back(finished, tmp_path, name):
    (finished / "accounts" / "empty").mkdir(parents=True)
    (finished / "accounts" / name).write_bytes(b"invented")
    file = back_up(finished, tmp_path / "b.tar").file
    restore(file, tmp_path / "back")
    assert (tmp_path / "back" / "accounts" / name).read_bytes() == b"invented"
    assert (tmp_path / "back" / "accounts" / "empty").is_dir()
    with tarfile.open(file) as tar:
        assert tar.extractfile(f"case/accounts/{name}").read() == b"invented"


def test_a_file_of_any_size_has_a_header_that_tar_reads():
    large = Member(name="ledger.sqlite", size=8**11 + 1, mode=0o600, mtime=1)
    (found,) = [tarfile.TarInfo.frombuf(large.header[-512:], "utf-8", "strict")]
    assert found.name == "ledger.sqlite"
    with tarfile.open(fileobj=BytesIO(large.header)) as tar:
        member = tar.next()
    assert (member.name, member.size) == ("ledger.sqlite", 8**11 + 1)


def test_a_case_without_a_ledger_is_backed_up_too(small_case, tmp_path):
    done = back_up(small_case, tmp_path / "b.tar")
    restored = restore(done.file, tmp_path / "back")
    assert (done.files, restored.entries, restored.with_outputs) == (5, 0, False)
    assert contents(tmp_path / "back") == contents(small_case)


@pytest.fixture(scope="module")
def two():
    return Identities.generate(), Identities.generate()


def test_an_encrypted_backup_is_opened_by_each_of_its_keys_and_by_no_other(run_once, tmp_path, two):
    to = Recipients(tuple(key for identities in two for key in identities.recipients.keys))
    file = back_up(run_once, tmp_path / "b.age", to).file
    assert NAME not in file.read_bytes()
    for number, identities in enumerate(two):
        restore(file, tmp_path / str(number), identities)
        assert contents(tmp_path / str(number)) == contents(run_once)
    error = refused(file, tmp_path / "other", by=Identities.generate())
    assert str(error) == (
        f"{file}: this file is not encrypted to this identity. "
        "Give the identity of one of the public keys it was encrypted to"
    )


def test_an_encrypted_backup_is_opened_by_its_passphrase_only(run_once, tmp_path):
    file = back_up(run_once, tmp_path / "b.age", WORDS).file
    assert NAME not in file.read_bytes()
    restore(file, tmp_path / "back", WORDS)
    assert contents(tmp_path / "back") == contents(run_once)
    error = refused(file, tmp_path / "other", by=Passphrase("other words"))
    assert str(error) == (
        f"{file}: the passphrase is wrong. Type it again; if it is surely right, this file was "
        "altered: take another copy"
    )
    error = refused(file, tmp_path / "other")
    assert str(error) == (
        f"{file}: this is not a backup that everyname made, or its beginning was altered. "
        "Name a file that `everyname backup` wrote, or take another copy of it"
    )


def test_no_plain_text_is_left_beside_an_encrypted_backup(finished, tmp_path):
    (tmp_path / "disk").mkdir()
    back_up(finished, tmp_path / "disk" / "b.age", WORDS)
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["b.age"]
    assert not list((finished / "out").glob(".everyname-*"))


def test_a_backup_is_never_written_over(run_once, backup):
    before = backup.read_bytes()
    with pytest.raises(LedgerError) as caught:
        back_up(run_once, backup)
    assert str(caught.value) == (
        f"{backup}: a file is here already. Name another file, or move that one away"
    )
    assert backup.read_bytes() == before


def test_a_backup_does_not_lie_in_the_case(run_once):
    target = run_once / "lists" / "b.tar"
    with pytest.raises(CaseError) as caught:
        back_up(run_once, target)
    assert str(caught.value) == (
        f"{target}: the backup would lie in the case itself, and be lost with it. "
        "Name a file elsewhere, best on another disk"
    )


def test_what_cannot_be_backed_up_is_named(finished, tmp_path):
    link = finished / "lists" / "link.csv"
    link.symlink_to("clinic.csv")
    with pytest.raises(CaseError) as caught:
        back_up(finished, tmp_path / "b.tar")
    assert str(caught.value) == (
        f"{link}: this is a link or no file at all, and a backup holds files only. "
        "Put the file itself here, or remove this"
    )
    link.unlink()
    original = finished / CLINIC.removeprefix("case/")
    original.unlink()
    with pytest.raises(CaseError) as caught:
        back_up(finished, tmp_path / "b.tar")
    assert str(caught.value) == (
        f"{original}: this original is missing: it was lost, or is being erased just now. "
        "Restore it from an earlier backup; if it was erased, give the same command again"
    )
    ledger = finished / "out" / "ledger.sqlite"
    ledger.unlink()
    with pytest.raises(CaseError) as caught:
        back_up(finished, tmp_path / "b.tar")
    assert str(caught.value) == (
        f"{ledger}: the ledger of this case is gone. Restore it from an earlier backup"
    )
    with pytest.raises(CaseError, match="this is not a case folder"):
        back_up(tmp_path, tmp_path / "b.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["villages"]


def test_a_restore_does_not_touch_what_is_there(backup, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.txt").write_text("x", encoding="utf-8")
    error = refused(backup, tmp_path / "mine")
    assert str(error) == (
        f"{tmp_path / 'mine'}: there is something here already. Name a new or empty folder"
    )
    error = refused(backup, tmp_path / "mine" / "note.txt")
    assert error.found == "there is something here already"
    with pytest.raises(CaseError, match=r"there is no such folder\. Make it first"):
        restore(backup, tmp_path / "nowhere" / "back")
    (tmp_path / "empty").mkdir()
    restore(backup, tmp_path / "empty")
    assert verify(tmp_path / "empty")[1] == ()
