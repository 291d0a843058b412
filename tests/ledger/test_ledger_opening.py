import fcntl
import os
import sqlite3
import tempfile
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from synthetic import ADA, BEN, deliver, names, person, tampering

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import Ledger, LedgerReader, Originals, SQLite, database_key, verify

KEY = database_key(bytes(range(32)))


def other_database(path):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE bookmark (address TEXT)")
        raw.commit()


def truncated(path):
    with Ledger.open(path) as ledger:
        deliver(ledger, [person(str(n), f"Invented {n}") for n in range(200)])
    path.write_bytes(path.read_bytes()[:5000])


def encrypted(path):
    with Ledger.open(SQLite(path, KEY)) as ledger:
        deliver(ledger, [ADA])


def listed(folder):
    # SQLite notes its readers in files of its own, which hold nothing of the ledger.
    return sorted(p.name for p in folder.iterdir() if not p.name.endswith(("-shm", "-wal")))


CASES = {
    "text": (
        lambda path: path.write_text("Name,Age\n" * 200),
        "this is not a ledger, or another key opens it (file is not a database)",
    ),
    "empty": (
        lambda path: path.write_bytes(b""),
        "this is not a ledger of this version: it has no table 'arrival'",
    ),
    "other": (
        other_database,
        "this is not a ledger of this version: it has no table 'arrival'",
    ),
    "folder": (lambda path: path.mkdir(), "there is no ledger here"),
    "truncated": (
        truncated,
        "this is not a ledger, or another key opens it (database disk image is malformed)",
    ),
    "encrypted": (
        encrypted,
        "this is not a ledger, or another key opens it (file is not a database)",
    ),
}


@pytest.mark.parametrize("opened", [Ledger.open, LedgerReader])
@pytest.mark.parametrize("case", CASES)
def test_what_is_not_a_ledger_is_refused_and_left_as_it_is(tmp_path, case, opened):
    path = tmp_path / "ledger.sqlite"
    make, said = CASES[case]
    make(path)
    before = path.read_bytes() if path.is_file() else None
    files = listed(tmp_path)
    with pytest.raises(LedgerError) as caught:
        opened(path)
    assert caught.value.found == said
    assert caught.value.where == str(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert listed(tmp_path) == files


def test_reading_where_there_is_no_ledger_makes_none(tmp_path):
    with pytest.raises(LedgerError, match="there is no ledger here"):
        LedgerReader(tmp_path / "ledger.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_below_a_file_cannot_be_started(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(LedgerError, match="a ledger cannot be started here"):
        Ledger.open(tmp_path / "out" / "ledger.sqlite")


def test_damage_in_the_middle_is_an_error_and_not_a_traceback(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        deliver(ledger, [person(str(n), f"Invented {n}") for n in range(300)])
    data = bytearray(path.read_bytes())
    data[120_000:] = b"\xff" * (len(data) - 120_000)
    path.write_bytes(data)
    with LedgerReader(path) as reader, pytest.raises(LedgerError, match="cannot be read"):
        list(reader.records())


def test_a_content_that_is_not_what_we_write_is_an_error(ledger):
    deliver(ledger, [ADA])
    with tampering(ledger) as execute:
        execute("UPDATE sealed SET content = ?", b"[]")
    for ask in (lambda: list(ledger.records()), ledger.deliveries):
        with pytest.raises(LedgerAltered, match="a content is not as everyname writes it"):
            ask()


@pytest.mark.parametrize("folder", ["What? #1 50% & more", "имя файла", "a;b'c\"d"])
def test_a_folder_may_have_any_name(tmp_path, folder):
    path = tmp_path / folder / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        deliver(ledger, [ADA])
        assert [p.name for p in tmp_path.iterdir()] == [folder]
    with LedgerReader(path) as reader:
        assert names(reader) == ["Ada Invented"]


def test_a_ledger_started_by_many_at_once_is_one_ledger(new_place):
    place, opened, failed = new_place(), [], []

    def start():
        try:
            opened.append(Ledger.open(place))
        except LedgerError as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    deliver(opened[0], [ADA])
    assert [ledger.size() for ledger in opened] == [3] * 6
    for ledger in opened:
        ledger.close()
    if isinstance(place, Path):
        files = sorted(p.name for p in place.parent.iterdir())
        assert files == [".ledger.sqlite.turn", "ledger.sqlite"]


def test_the_rests_of_a_removed_ledger_do_not_come_back(tmp_path):
    path = tmp_path / "ledger.sqlite"
    rest = tmp_path / "ledger.sqlite-wal"
    with Ledger.open(path) as ledger:
        deliver(ledger, [ADA])
        kept = rest.read_bytes()
    assert b"Ada Invented" in kept
    for left in tmp_path.iterdir():
        left.unlink()
    rest.write_bytes(kept)
    with Ledger.open(path) as again:
        assert (again.size(), names(again)) == (0, [])


def test_an_encrypted_ledger_opens_by_its_key_and_shows_nothing_without(tmp_path):
    place = SQLite(tmp_path / "ledger.sqlite", KEY)
    with Ledger.open(place) as ledger:
        deliver(ledger, [ADA, BEN])
        # Also not in the files that lie beside it while it is open.
        everything = b"".join(p.read_bytes() for p in tmp_path.iterdir())
        assert len(everything) > 100_000
        assert not any(word in everything for word in (b"Ada", b"hospital", b"commitment"))
    with LedgerReader(place) as reader:
        assert names(reader) == ["Ada Invented", "Ben Invented"]
        assert list(verify(reader, Originals(tmp_path / "originals"))) == []
    with pytest.raises(LedgerError, match="this is not a ledger, or another key opens it"):
        LedgerReader(SQLite(place.path, database_key(bytes(32))))
    assert KEY not in repr(place)
    assert KEY not in ledger.where


@contextmanager
def without_rights():
    """Let this process be nobody: for root, every folder can be written to."""
    if os.getuid() != 0:
        yield
        return
    os.setresgid(65534, 65534, 0)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


@pytest.fixture
def read_only():
    """A ledger in a folder that nobody can write to, as on a medium that is burnt or locked."""
    # Not below pytest's own folder, which only its owner can enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "evidence"
        with Ledger.open(folder / "ledger.sqlite") as ledger:
            deliver(ledger, [ADA, BEN])
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        Path(name).chmod(0o755)
        yield folder / "ledger.sqlite"
        folder.chmod(0o755)


def test_a_ledger_on_a_read_only_medium_is_read_and_verified(read_only):
    before = sorted((p.name, p.stat().st_mtime_ns) for p in read_only.parent.iterdir())
    with without_rights():
        assert not os.access(read_only.parent, os.W_OK)
        with LedgerReader(read_only) as reader:
            assert names(reader) == ["Ada Invented", "Ben Invented"]
            assert list(verify(reader, Originals(read_only.parent / "originals"))) == []
    assert sorted((p.name, p.stat().st_mtime_ns) for p in read_only.parent.iterdir()) == before


def test_a_ledger_on_a_read_only_medium_cannot_be_written(read_only):
    with (
        without_rights(),
        pytest.raises(LedgerError, match="attempt to write a readonly database") as caught,
    ):
        Ledger.open(read_only)
    assert caught.value.where == str(read_only)


def test_a_ledger_behind_a_link_is_read_and_written(tmp_path):
    with Ledger.open(tmp_path / "disk" / "ledger.sqlite") as ledger:
        deliver(ledger, [ADA])
    link = tmp_path / "ledger.sqlite"
    link.symlink_to(tmp_path / "disk" / "ledger.sqlite")
    with Ledger.open(link) as ledger:
        deliver(ledger, [ADA, BEN])
    assert link.is_symlink()
    with LedgerReader(tmp_path / "disk" / "ledger.sqlite") as reader:
        assert names(reader) == ["Ada Invented", "Ben Invented"]


def test_a_disk_that_cannot_lock_still_takes_a_ledger(tmp_path, monkeypatch):
    def not_supported(_descriptor, _operation):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", not_supported)
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        deliver(ledger, [ADA])
        assert names(ledger) == ["Ada Invented"]


def test_a_writer_that_another_program_keeps_out_says_so(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as ledger, closing(sqlite.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ledger._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        with pytest.raises(LedgerError) as caught:
            deliver(ledger, [ADA])
        assert caught.value.found == (
            "the ledger could not be written (database is locked); nothing of this step was kept"
        )
        other.rollback()
        assert deliver(ledger, [ADA]) == (1, 0)
