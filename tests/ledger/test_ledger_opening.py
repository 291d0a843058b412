import sqlite3
import threading

import pytest
from synthetic import ADA, deliver, names, person, started

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import Ledger, LedgerReader


def other_database(path):
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE bookmark (address TEXT)")
    raw.commit()
    raw.close()


def truncated(path):
    with Ledger.open(path) as ledger:
        deliver(ledger, [person(str(n), f"Invented {n}") for n in range(200)])
    path.write_bytes(path.read_bytes()[:5000])


CASES = {
    "text": (lambda path: path.write_text("Name,Age\n" * 200), "this is not a ledger (file is not"),
    "empty": (lambda path: path.write_bytes(b""), "this is not a ledger: it has no table"),
    "other": (other_database, "this is not a ledger: it has no table 'delivery'"),
    "folder": (lambda path: path.mkdir(), "there is no ledger here"),
    "truncated": (truncated, "this is not a ledger (database disk image is malformed)"),
}


@pytest.mark.parametrize("opened", [Ledger.open, LedgerReader])
@pytest.mark.parametrize("case", CASES)
def test_what_is_not_a_ledger_is_refused_and_left_as_it_is(tmp_path, case, opened):
    path = tmp_path / "ledger.sqlite"
    make, said = CASES[case]
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerError) as caught:
        opened(path)
    assert caught.value.found.startswith(said)
    assert caught.value.where == str(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [p.name for p in tmp_path.iterdir()] == ["ledger.sqlite"]


def test_reading_where_there_is_no_ledger_makes_none(tmp_path):
    with pytest.raises(LedgerError, match="there is no ledger here"):
        LedgerReader(tmp_path / "ledger.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_below_a_file_cannot_be_started(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(LedgerError, match="a ledger cannot be started here"):
        Ledger.open(tmp_path / "out" / "ledger.sqlite")


def test_damage_in_the_middle_is_an_error_and_not_a_traceback(tmp_path):
    ledger, _ = started(tmp_path)
    deliver(ledger, [person(str(n), f"Invented {n}") for n in range(300)])
    ledger.close()
    raw = sqlite3.connect(ledger.path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    raw.close()
    data = bytearray(ledger.path.read_bytes())
    data[120_000:] = b"\xff" * (len(data) - 120_000)
    ledger.path.write_bytes(data)
    with LedgerReader(ledger.path) as reader, pytest.raises(LedgerError, match="cannot be read"):
        list(reader.records())


def test_a_content_that_is_not_what_we_write_is_an_error(tmp_path):
    ledger, _ = started(tmp_path)
    deliver(ledger, [ADA])
    raw = sqlite3.connect(ledger.path)
    raw.executescript("DROP TRIGGER sealed_UPDATE; UPDATE sealed SET content = x'5b5d'")
    raw.close()
    for ask in (lambda: list(ledger.records()), ledger.deliveries):
        with pytest.raises(LedgerAltered, match="a content is not as everyname writes it"):
            ask()


@pytest.mark.parametrize("folder", ["What? #1 50% & more", "имя файла", "a;b'c\"d"])
def test_a_folder_may_have_any_name(tmp_path, folder):
    ledger, _ = started(tmp_path / folder)
    deliver(ledger, [ADA])
    assert [p.name for p in tmp_path.iterdir()] == [folder]
    with LedgerReader(tmp_path / folder / "ledger.sqlite") as reader:
        assert names(reader) == ["Ada Invented"]


def test_a_ledger_started_by_many_at_once_is_one_ledger(tmp_path):
    path = tmp_path / "out" / "ledger.sqlite"
    opened = []
    threads = [threading.Thread(target=lambda: opened.append(Ledger.open(path))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [ledger.size() for ledger in opened] == [0] * 6
    assert [p.name for p in path.parent.iterdir()] == ["ledger.sqlite"]


def test_the_rests_of_a_removed_ledger_do_not_come_back(tmp_path):
    ledger, _ = started(tmp_path)
    held = sqlite3.connect(ledger.path)
    held.execute("SELECT 1 FROM entry").fetchall()
    deliver(ledger, [ADA])
    rest = tmp_path / "ledger.sqlite-wal"
    kept = rest.read_bytes()
    held.close()
    for path in tmp_path.iterdir():
        path.unlink()
    rest.write_bytes(kept)
    with Ledger.open(ledger.path) as again:
        assert (again.size(), names(again)) == (0, [])
