"""Whatever was altered in a backup is found, and nothing is restored from it."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from backups import CLINIC, refused
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everyname.case import CaseFolder, back_up, restore, verify
from everyname.case.archive import Manifest, Member, Source, own_header, packed, padding
from everyname.errors import LedgerAltered, LedgerError, SeveralErrors
from everyname.ledger import Keys
from everyname.ledger.age_file import encrypt_file
from everyname.ledger.age_reader import Identities, Passphrase

AGAIN = "Take another copy of the backup"


def offset_of(file, name):
    """Where the content of a file begins in a plain backup."""
    with tarfile.open(file) as tar:
        return tar.getmember(name).offset_data


def flipped(file, place, offset):
    """A copy of a file in which one bit of one byte is another."""
    data = bytearray(file.read_bytes())
    data[offset] ^= 1
    place.write_bytes(data)
    return place


@pytest.mark.parametrize(
    "name",
    ["ledger.sqlite", CLINIC, "case/case.toml", "case/lists/parish.csv", "case/out/keys/ledger.pem",
     "case/out/receipt.json", "case/out/report/index.html"],
)  # fmt: skip
def test_an_altered_file_is_named(backup, tmp_path, name):
    file = flipped(backup, tmp_path / "b.tar", offset_of(backup, name) + 40)
    error = refused(file, tmp_path / "back")
    assert isinstance(error, LedgerAltered)
    assert str(error) == f"{file}: {name}: not what was packed. {AGAIN}"


def test_an_altered_manifest_and_altered_digests_are_found(backup, tmp_path):
    data = backup.read_bytes()
    said = {}
    for what, offset in {
        "header": 3,
        "manifest": data.index(b'"made"') + 12,
        "size": data.index(b'"size": ') + 8,
        "digest": offset_of(backup, "SHA256SUMS") + 5,
        "end": len(data) - 1,
    }.items():
        said[what] = refused(flipped(backup, tmp_path / what, offset), tmp_path / "back").found
    assert said == {
        "header": "this is not a backup that everyname made, or its beginning was altered",
        "manifest": "manifest.json: not what was packed",
        "size": "case/: not as the manifest says",
        "digest": "manifest.json: not what was packed",
        "end": "SHA256SUMS: not as the manifest says",
    }


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_one_altered_byte_is_found(backup, tmp_path, data):
    offset = data.draw(st.integers(0, backup.stat().st_size - 1))
    refused(flipped(backup, tmp_path / "b.tar", offset), tmp_path / "back")


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_backup_that_is_cut_short_or_goes_on_is_found(backup, tmp_path, data):
    whole = backup.read_bytes()
    file = tmp_path / "b.tar"
    file.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    refused(file, tmp_path / "back")
    file.write_bytes(whole + b"x")
    error = refused(file, tmp_path / "back")
    assert str(error) == f"{file}: there is more in this backup than was packed. {AGAIN}"


@pytest.fixture(scope="module")
def sealed(run_once, tmp_path_factory):
    """An encrypted backup, and what opens it."""
    identities = Identities.generate()
    place = tmp_path_factory.mktemp("sealed") / "b.age"
    return back_up(run_once, place, identities.recipients).file, identities


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_altered_byte_of_an_encrypted_backup_is_found(sealed, tmp_path, data):
    file, identities = sealed
    offset = data.draw(st.integers(0, file.stat().st_size - 1))
    refused(flipped(file, tmp_path / "b.age", offset), tmp_path / "back", by=identities)
    cut = tmp_path / "cut.age"
    cut.write_bytes(file.read_bytes()[:offset])
    refused(cut, tmp_path / "back", by=identities)


# Somebody who packs anew what was altered gets all of the archive right.


def test_what_was_altered_before_it_was_packed_is_named(finished, tmp_path):
    original = finished / CLINIC.removeprefix("case/")
    original.chmod(0o644)
    original.write_bytes(original.read_bytes().replace(b"34", b"35"))
    report = CaseFolder(finished).report
    report.write_text("other", encoding="utf-8")
    file = back_up(finished, tmp_path / "b.tar").file
    error = refused(file, tmp_path / "back")
    assert isinstance(error, SeveralErrors)
    assert str(error) == (
        f"{file}: {CLINIC}: this original was altered: its bytes do not give its name. "
        "Take another backup\n"
        f"{file}: case/out/report/index.html: this file was altered after the run. "
        "Take another backup"
    )


def test_a_rewritten_case_is_found_by_what_was_kept_outside(finished, run_once, tmp_path):
    (note,) = CaseFolder(run_once).checkpoints.iterdir()
    key = CaseFolder(run_once).keys.verifier_file
    other = Keys(tmp_path / "other")
    other.signing()
    file = back_up(finished, tmp_path / "b.tar").file
    restored = restore(file, tmp_path / "back", checkpoints=[note], key=key)
    assert verify(tmp_path / "back", [note], key) == (restored.entries, ())
    error = refused(file, tmp_path / "forged", key=other.verifier_file)
    assert "is not a checkpoint of this ledger" in str(error)
    later = tmp_path / "later.txt"
    later.write_text(note.read_text(encoding="utf-8").replace("\n17\n", "\n18\n"), encoding="utf-8")
    error = refused(file, tmp_path / "cut", checkpoints=[later])
    assert error.where == f"{file}: {later}"


def hostile(file, members, wrap=lambda data: data):
    """An archive of files that are all the same, under any names."""
    manifest = Manifest.model_construct(
        format="everyname backup 1", everyname="0", made="", ledger="", members=tuple(members)
    )
    content = Path(file).with_suffix(".content")
    content.write_bytes(b"x" * 10)
    data = b"".join(packed(manifest, [Source(member, content) for member in members]))
    file.write_bytes(wrap(data))
    return file


def member(name, size=10):
    return Member(name=name, size=0 if name.endswith("/") else size, mode=0o600, mtime=0)


@pytest.mark.parametrize(
    "name",
    ["../out.txt", "/out.txt", "case/../out.txt", "case/../../out.txt", "case/./out.txt",
     "case//out.txt", "other.txt", "ledger.sqlite", "case/a/out.txt", "case", "", "case/a\0b",
     "case/..", "../case/", "case/../"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    file = hostile(tmp_path / "b.tar", [member("case/"), member(name)])
    error = refused(file, tmp_path / "back")
    assert error.found.startswith("the manifest of this backup is none (")


def test_a_name_that_stands_twice_is_refused(tmp_path):
    file = hostile(tmp_path / "b.tar", [member("case/"), member("case/a"), member("case/a")])
    error = refused(file, tmp_path / "back")
    assert error.found == (
        "the manifest of this backup is none (Value error, 'case/a' has no folder, or stands twice)"
    )


KINDS = ("SYMTYPE", "LNKTYPE", "CHRTYPE", "BLKTYPE", "FIFOTYPE", "GNUTYPE_SPARSE")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_plain_file_is_refused(tmp_path, kind):
    honest = member("case/a").header
    info = tarfile.TarInfo("case/a")
    info.type, info.linkname, info.size = getattr(tarfile, kind), "/etc/passwd", 10
    file = hostile(
        tmp_path / "b.tar",
        [member("case/"), member("case/a")],
        lambda data: data.replace(honest, info.tobuf(tarfile.USTAR_FORMAT)),
    )
    error = refused(file, tmp_path / "back")
    assert error.found == "case/a: not as the manifest says"


def test_more_bytes_than_the_manifest_says_are_refused(tmp_path):
    honest, large = member("case/a").header, member("case/a", 10_000).header
    swollen = large + b"x" * 10_000 + padding(10_000)
    file = hostile(
        tmp_path / "b.tar",
        [member("case/"), member("case/a")],
        lambda data: data.replace(honest + b"x" * 10 + padding(10), swollen),
    )
    error = refused(file, tmp_path / "back")
    assert error.found == "case/a: not as the manifest says"


def test_a_file_that_a_tar_program_adds_is_refused(backup, tmp_path):
    file = tmp_path / "b.tar"
    file.write_bytes(backup.read_bytes())
    with tarfile.open(file, "a") as tar:
        info = tarfile.TarInfo("case/lists/planted.csv")
        info.size = 4
        tar.addfile(info, BytesIO(b"x,y\n"))
    error = refused(file, tmp_path / "back")
    assert isinstance(error, LedgerAltered)


@pytest.mark.parametrize(
    "data", [b"", b"x", bytes(10_240), own_header("manifest.json", 2**33), b"\xff" * 600]
)
def test_what_is_no_backup_is_refused(tmp_path, data):
    file = tmp_path / "b.tar"
    file.write_bytes(data)
    error = refused(file, tmp_path / "back")
    assert isinstance(error, LedgerError)
    assert refused(file, tmp_path / "back", by=Passphrase("words")).where == str(file)


@pytest.mark.parametrize("by", [Identities.generate(), Passphrase("words", cost=1)])
def test_a_hostile_backup_is_refused_when_it_is_encrypted_too(tmp_path, by):
    plain = hostile(tmp_path / "b.tar", [member("case/"), member("case/../../out.txt")])
    file = tmp_path / "b.age"
    encrypt_file(plain, file, by.recipients if isinstance(by, Identities) else by)
    error = refused(file, tmp_path / "back", by=by)
    assert str(error) == (
        f"{file}: the manifest of this backup is none (Value error, "
        f"'case/../../out.txt' has no folder, or stands twice). {AGAIN}"
    )
