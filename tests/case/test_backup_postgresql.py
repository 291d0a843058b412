"""Backup and restore of a case whose ledger lies in PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import psycopg
import psycopg.conninfo
import pytest
from backups import CLINIC, HERE, contents, refused

from everyname.case import CaseFolder, back_up, restore, run, verify
from everyname.errors import LedgerError
from everyname.ledger import LedgerReader, PostgreSQL, postgresql_dump

PROGRAM = """\
#!{python}
import os, sys
with open({log!r}, "w") as log:
    print(*sys.argv[1:], sep="\\n", file=log)
    print(os.environ.get("PGPASSWORD"), file=log)
print("pg_dump: error: it failed", file=sys.stderr)
sys.exit(1)
"""


class Town:
    """A case whose ledger lies in a schema of its own."""

    def __init__(self, case, address):
        self.case, self.address = case, address
        (options,) = parse_qs(urlsplit(address).query)["options"]
        self.schema = options.removeprefix("-csearch_path=")
        self.database = address.partition("?")[0]

    def do(self, *statements):
        with psycopg.connect(self.database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def lose(self):
        """Lose the ledger."""
        self.do(f"DROP SCHEMA {self.schema} CASCADE", f"CREATE SCHEMA {self.schema}")

    def schemas(self):
        query = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'everyname%'"
        with psycopg.connect(self.database) as connection:
            return connection.execute(query).fetchall()

    def tables(self):
        query = "SELECT count(*) FROM pg_class WHERE relnamespace = %s::regnamespace"
        with psycopg.connect(self.database) as connection:
            return connection.execute(query, [self.schema]).fetchone()[0]


@pytest.fixture(scope="module")
def town_once(request, run_once, tmp_path_factory):
    """A case run on PostgreSQL, and its backup."""
    if not _installed("pg_dump") or not _installed("pg_restore"):
        pytest.skip("PostgreSQL's client programs pg_dump and pg_restore are not installed")
    address = request.getfixturevalue("new_address")()
    folder = tmp_path_factory.mktemp("town")
    case = folder / "town"
    for name in ("lists", "hand"):
        (case / name).mkdir(parents=True)
    for path in (run_once / "lists").iterdir():
        (case / "lists" / path.name).write_bytes(path.read_bytes())
    text = (run_once / "case.toml").read_text(encoding="utf-8")
    (case / "case.toml").write_text(f'{text}\n[ledger]\naddress = "{address}"\n', encoding="utf-8")
    run(case)
    return Town(case, address), back_up(case, folder / "b.tar").file


def _installed(name):
    try:
        return postgresql_dump._program(name)
    except LedgerError:
        return None


@pytest.fixture
def town(town_once):
    """The case; its ledger is back when a test ends."""
    town, file = town_once
    yield town
    if not town.tables():
        with PostgreSQL(town.address).load(_dump(file)):
            pass


def _dump(file):
    place = file.parent / "ledger.dump"
    if not place.exists():
        subprocess.run(["tar", "-xf", file, "-C", file.parent, "ledger.dump"], check=True)
    return place


def test_a_case_on_postgresql_comes_back_as_it_was(town, town_once, tmp_path):
    backup = town_once[1]
    before = verify(town.case)
    with LedgerReader(CaseFolder(town.case).ledger) as ledger:
        root = ledger.root()
    town.lose()
    # Left by a restore that was killed.
    town.do("CREATE SCHEMA everyname_loading_0123456789abcdef")
    restored = restore(backup, tmp_path / "back")
    assert verify(tmp_path / "back") == before == (restored.entries, ())
    assert contents(tmp_path / "back") == contents(town.case)
    assert town.schemas() == []
    with LedgerReader(CaseFolder(tmp_path / "back").ledger) as ledger:
        assert ledger.root() == root
    assert set(dict(run(tmp_path / "back").stages).values()) == {"unchanged"}


def test_a_restore_does_not_touch_a_ledger_that_is_there(town, town_once, tmp_path):
    before = verify(town.case)
    error = refused(town_once[1], tmp_path / "back")
    assert str(error) == (
        f"{PostgreSQL(town.address).label}: there is a ledger here already, and a restore never "
        "writes over one. Name another place, or move that ledger away"
    )
    assert verify(town.case) == before


def test_a_backup_that_is_not_whole_leaves_nothing_in_the_database(town, tmp_path):
    original = town.case / CLINIC.removeprefix("case/")
    data = original.read_bytes()
    original.chmod(0o644)
    original.write_bytes(data.replace(b"34", b"35"))
    file = back_up(town.case, tmp_path / "b.tar").file
    original.write_bytes(data)
    town.lose()
    error = refused(file, tmp_path / "back")
    assert error.found == "this original was altered: its bytes do not give its name"
    assert (town.tables(), town.schemas()) == (0, [])


def test_a_backup_of_an_altered_ledger_is_refused(town, tmp_path):
    town.do(
        f"SET search_path = {town.schema}",
        "ALTER TABLE sealed DISABLE TRIGGER sealed_grows_only",
        "UPDATE sealed SET content = replace(convert_from(content, 'UTF8'), 'Beloru', 'Belora')"
        "::bytea",
    )
    file = back_up(town.case, tmp_path / "b.tar").file
    town.lose()
    error = refused(file, tmp_path / "back")
    assert "the content of entry" in str(error)
    assert (town.tables(), town.schemas()) == (0, [])


def refused_dump(town, source):
    town.lose()
    with (
        pytest.raises(LedgerError) as caught,
        PostgreSQL(town.address).load(source),
    ):
        raise AssertionError("nothing was there to be loaded")
    assert (town.tables(), town.schemas()) == (0, [])
    return caught.value.found


def test_a_dump_that_is_no_ledger_is_refused(town, tmp_path):
    source = tmp_path / "ledger.dump"
    options = psycopg.conninfo.conninfo_to_dict(town.database)
    town.do("CREATE TABLE public.other (seq int)", "CREATE TABLE public.entry (seq int)")
    for table, why in {
        "other": "it holds another table 'other'",
        "entry": "it holds another table 'entry'",
    }.items():
        postgresql_dump.dump(source, options, "public", [table])
        assert refused_dump(town, source) == (
            f"this is no snapshot of a ledger of this version: {why}"
        )
    town.do("DROP TABLE public.other", "DROP TABLE public.entry")
    source.write_bytes(b"no dump")
    assert refused_dump(town, source).startswith("the ledger's dump cannot be read (")


def test_whoever_may_only_append_can_make_a_snapshot_and_not_load_one(town, tmp_path):
    town.do(
        "CREATE ROLE colleague LOGIN",
        "GRANT everyname_application TO colleague",
        f"GRANT USAGE ON SCHEMA {town.schema} TO colleague",
    )
    theirs = PostgreSQL(town.address.replace("owner@", "colleague@"))
    theirs.snapshot(tmp_path / "ledger.dump")
    assert (tmp_path / "ledger.dump").stat().st_mode & 0o777 == 0o600
    town.lose()
    town.do(f"GRANT USAGE ON SCHEMA {town.schema} TO colleague")
    with pytest.raises(LedgerError) as caught, theirs.load(tmp_path / "ledger.dump"):
        raise AssertionError("nothing was there to be loaded")
    assert caught.value.found == (
        "the ledger could not be loaded (permission denied for database ledgers)"
    )
    with PostgreSQL(town.address).load(tmp_path / "ledger.dump"):
        pass
    assert verify(town.case)[1] == ()
    town.do(f"REVOKE ALL ON SCHEMA {town.schema} FROM colleague", "DROP ROLE colleague")


def test_backups_among_imports_hold_one_moment(town, tmp_path):
    before = verify(town.case)[0]
    with subprocess.Popen(
        [sys.executable, str(HERE / "importing.py"), str(town.case)],
        stdout=subprocess.PIPE, text=True,
    ) as importing:  # fmt: skip
        importing.stdout.readline()
        acknowledged = int(importing.stdout.readline()) + 1
        file = back_up(town.case, tmp_path / "b.tar").file
        assert importing.poll() is None
        importing.kill()
    town.lose()
    restored = restore(file, tmp_path / "back")
    assert restored.entries > before
    with LedgerReader(CaseFolder(tmp_path / "back").ledger) as ledger:
        documents = {document.name for document in ledger.documents().values()}
    assert {f"{number}.csv" for number in range(acknowledged)} <= documents
    town.lose()


def test_the_password_is_not_among_the_words_of_a_command(tmp_path, monkeypatch):
    fake = tmp_path / "15" / "bin" / "pg_dump"
    fake.parent.mkdir(parents=True)
    log = tmp_path / "log"
    fake.write_text(PROGRAM.format(python=sys.executable, log=str(log)), encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(postgresql_dump, "_INSTALLED", tmp_path)
    options = {"host": "db.invalid", "port": 5432, "user": "ada", "dbname": "towns"}
    with pytest.raises(LedgerError) as caught:
        postgresql_dump.dump(
            tmp_path / "dump", {**options, "password": "se cret"}, 'a"b', ["entry"]
        )
    assert str(caught.value) == (
        f"{tmp_path / 'dump'}: the ledger could not be copied (error: it failed). Check the "
        "address, the space on the disk, and that the client programs are not older than the server"
    )
    assert log.read_text(encoding="utf-8").splitlines() == [
        "--format=custom",
        "--compress=1",
        "--data-only",
        "--encoding=UTF8",
        "--no-password",
        "--strict-names",
        f"--file={tmp_path / 'dump'}",
        "--dbname=host=db.invalid port=5432 user=ada dbname=towns",
        '--table="a""b"."entry"',
        "se cret",
    ]


def test_programs_that_are_not_installed_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(postgresql_dump, "_INSTALLED", tmp_path)
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    with pytest.raises(LedgerError) as caught:
        postgresql_dump.dump(tmp_path / "dump", {}, "public", [])
    assert str(caught.value) == (
        "the program pg_dump of PostgreSQL is not installed here. Install PostgreSQL's client "
        "programs (Debian: apt install postgresql-client), of the server's version or newer"
    )
