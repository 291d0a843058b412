import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import Originals, sha256_of

DATA = b"Name\nAda Invented\n"


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_an_original_is_kept_once_under_its_own_name_and_read_only(tmp_path):
    originals = Originals(tmp_path / "originals")
    sha256 = sha256_of(DATA)
    assert [originals.preserve(DATA), originals.preserve(DATA)] == [sha256, sha256]
    assert files(tmp_path) == [f"originals/{sha256[:2]}/{sha256}"]
    assert stat.S_IMODE(originals.path(sha256).stat().st_mode) == 0o444
    assert originals.read(sha256) == DATA


def test_originals_kept_at_the_same_time_are_whole(tmp_path):
    originals = Originals(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        kept = set(pool.map(originals.preserve, [DATA] * 8))
    assert kept == {sha256_of(DATA)}
    assert files(tmp_path) == [f"{sha256_of(DATA)[:2]}/{sha256_of(DATA)}"]


def swap(path):
    path.chmod(0o644)
    path.write_bytes(b"Name\n")


def put_folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (swap, "this original was altered: its bytes do not give its name"),
        (Path.unlink, "this original is missing"),
        (put_folder, "this original cannot be read (Is a directory)"),
    ],
)
def test_harm_to_an_original_is_found(tmp_path, harm, found):
    originals = Originals(tmp_path)
    sha256 = originals.preserve(DATA)
    harm(originals.path(sha256))
    with pytest.raises(LedgerAltered) as caught:
        originals.read(sha256)
    assert (caught.value.found, caught.value.where) == (found, str(originals.path(sha256)))


def test_an_altered_original_is_not_written_over(tmp_path):
    originals = Originals(tmp_path)
    path = originals.path(originals.preserve(DATA))
    swap(path)
    with pytest.raises(LedgerAltered):
        originals.preserve(DATA)
    assert path.read_bytes() == b"Name\n"


def test_a_failed_write_leaves_no_temporary_file(tmp_path, monkeypatch):
    def full_disk(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(LedgerError, match=r"could not be kept .No space left on device"):
        Originals(tmp_path).preserve(DATA)
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "originals").write_text("a file")
    with pytest.raises(LedgerError, match="could not be kept"):
        Originals(tmp_path / "originals").preserve(DATA)
