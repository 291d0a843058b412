"""What is of PostgreSQL only: its roles, triggers and schema, and a server that is not there."""

import psycopg
import pytest
from synthetic import (
    ADA,
    BEN,
    BYTES,
    CLEO,
    DOCUMENT,
    FILE,
    HOSPITAL,
    deliver,
    empty,
    names,
    noon,
    person,
    tampering,
)

from everyname.errors import LedgerError
from everyname.ledger import (
    Assignment,
    Document,
    Judgement,
    Ledger,
    LedgerReader,
    PostgreSQL,
    Statement,
    verify,
)

PASSWORD = "Correct-Horse-7"  # noqa: S105 - of a role of the tests' own server


@pytest.fixture
def own_ledger(new_address):
    """A ledger that no other test goes on with."""
    with Ledger.open(new_address() + "&application_name=own") as ledger:
        yield ledger


@pytest.fixture(scope="module")
def kept(new_address):
    with Ledger.open(new_address()) as ledger:
        yield ledger


@pytest.fixture
def ledger(kept):
    empty(kept)
    return kept


def found(ledger, originals):
    return [error.found for error in verify(ledger, originals)]


def as_owner(ledger, *statements):
    with psycopg.connect(ledger.database.address) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="module")
def walled(server):
    """A server that asks one database's visitors for a password, and that database's owner."""
    address = server.database("walled")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE visitor LOGIN PASSWORD '{PASSWORD}'")
        hba = server.data / "pg_hba.conf"
        rule = "host walled visitor 127.0.0.1/32 scram-sha-256\n"
        hba.write_text(rule + hba.read_text())
        connection.execute("SELECT pg_reload_conf()")
    return address


@pytest.fixture(scope="module")
def clerk(server):
    """Address of a team's ledger, for a clerk who was granted the role of those who append."""
    with Ledger.open(server.database("team")) as owned:
        deliver(owned, [ADA])
        as_owner(owned, "CREATE ROLE clerk LOGIN", "GRANT everyname_application TO clerk")
    return server.address("team", "clerk")


def test_a_clerk_brings_in_a_whole_list(clerk, originals):
    originals.preserve(BYTES)
    judgement = Judgement("hospital/1", "hospital/2", "same", "Reviewer One")
    with Ledger.open(clerk) as ledger:
        with ledger.writing(noon) as writer:
            writer.source(HOSPITAL)
            writer.document(Document(DOCUMENT, FILE, "text/csv", len(BYTES), noon().isoformat()))
        assert ledger.deliver(FILE, DOCUMENT, "m1", [ADA, BEN, CLEO], now=noon) == (2, 0)
        with ledger.writing(noon) as writer:
            writer.decide("judgement", [judgement])
            writer.assign(Assignment((("hospital/1", "P-1"),), (("P-0", "P-1"),)))
        assert names(ledger) == ["Ada Invented", "Ben Invented", "Cleo Invented"]
        assert (ledger.judgements(), ledger.memberships()) == ((judgement,), {"hospital/1": "P-1"})
    with Ledger.open(clerk.replace("clerk@", "owner@")) as owned:
        assert list(verify(owned, originals)) == []


def test_a_clerk_works_with_a_ledger_in_a_schema_of_its_own(own_ledger):
    as_owner(own_ledger, "CREATE ROLE helper LOGIN", "GRANT everyname_application TO helper")
    with Ledger.open(own_ledger.database.address.replace("owner@", "helper@")) as ledger:
        assert deliver(ledger, [ADA]) == (1, 0)


TABLES = (
    "entry", "sealed", "node", "source", "document", "record", "decision", "arrival", "delivery",
    "arrived", "membership", "redirect", "erased",
)  # fmt: skip


def test_every_table_is_looked_at(ledger):
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    with psycopg.connect(ledger.database.address) as connection:
        assert {name for (name,) in connection.execute(query)} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"]
)
def test_a_clerk_may_append_and_nothing_else(clerk, table, change):
    with psycopg.connect(clerk) as connection:
        cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608
        column = cursor.description[-1].name
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(change.format(table, column, column))


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE entry DISABLE TRIGGER entry_follows",
        "DROP TRIGGER entry_grows_only ON entry",
        "ALTER FUNCTION ledger_grows_only() RENAME TO other",
        "CREATE TABLE note (text text)",
        "SET session_replication_role = replica",
    ],
)
def test_a_clerk_cannot_get_past_the_triggers(clerk, change):
    with (
        psycopg.connect(clerk) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(change)


OWNERS = ("UPDATE entry SET kind = 'note'", "DELETE FROM entry", "TRUNCATE entry",
          "UPDATE sealed SET content = salt", "TRUNCATE sealed")  # fmt: skip


@pytest.mark.parametrize("change", OWNERS)
def test_the_owner_too_is_kept_from_mistakes(ledger, change):
    deliver(ledger, [ADA])
    with (
        psycopg.connect(ledger.database.address) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="the ledger is append-only"),
    ):
        connection.execute(change)
    assert names(ledger) == ["Ada Invented"]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((5,), "entries 5 to 5 do not follow the last one"),
        ((4, 6), "entries 4 to 6 do not follow the last one"),
        ((0,), "entries 0 to 0 do not follow the last one"),
        ((-1, 0), "entries -1 to 0 do not follow the last one"),
        ((5, 6, 7), "entries 5 to 7 do not follow the last one"),
        ((3,), "duplicate key value"),
        ((4,), None),
        ((4, 5, 6), None),
        ((6, 4, 5), None),
        ((), None),
    ],
)
def test_a_gap_in_the_numbers_is_refused(ledger, numbers, said):
    deliver(ledger, [ADA])  # entries 1 to 3
    insert = "INSERT INTO entry SELECT n, 'note', '' FROM unnest(%s::bigint[]) AS n"
    with psycopg.connect(ledger.database.address) as connection:
        if said is None:
            connection.execute(insert, (list(numbers),))
        else:
            with pytest.raises(psycopg.DatabaseError, match=said):
                connection.execute(insert, (list(numbers),))


def test_the_first_entry_is_number_one(ledger):
    with (
        psycopg.connect(ledger.database.address) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="entries 2 to 2 do not follow"),
    ):
        connection.execute("INSERT INTO entry VALUES (2, 'note', '')")


QUIET = """
CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER quiet BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION quiet()
"""
HARMLESS = """
CREATE OR REPLACE FUNCTION ledger_grows_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RETURN NULL; END $$
"""
EXTRA = "the database holds a {} that no ledger has"
LACKING = "the database lacks the {}"
CHANGED = "the {} is not as everyname makes it"
TAMPERED = {
    QUIET: [EXTRA.format("function 'quiet'"), EXTRA.format("trigger 'decision.quiet'")],
    "ALTER TABLE entry DISABLE TRIGGER entry_grows_only": [
        CHANGED.format("trigger 'entry.entry_grows_only'")
    ],
    "ALTER TABLE sealed ENABLE REPLICA TRIGGER sealed_grows_only": [
        CHANGED.format("trigger 'sealed.sealed_grows_only'")
    ],
    "DROP TRIGGER entry_follows ON entry": ["the database lacks the trigger 'entry.entry_follows'"],
    HARMLESS: [CHANGED.format("function 'ledger_grows_only'")],
    "ALTER FUNCTION entry_follows() SET search_path = elsewhere": [
        CHANGED.format("function 'entry_follows'")
    ],
    "ALTER FUNCTION entry_follows() SECURITY DEFINER": [CHANGED.format("function 'entry_follows'")],
    "CREATE RULE quiet AS ON UPDATE TO sealed DO INSTEAD NOTHING": [
        CHANGED.format("relation 'sealed'")
    ],
    "ALTER TABLE record ENABLE ROW LEVEL SECURITY": [CHANGED.format("relation 'record'")],
    "ALTER TABLE entry SET UNLOGGED": [
        CHANGED.format(f"relation '{name}'") for name in ("entry", "entry_kind", "entry_pkey")
    ],
    "DROP INDEX entry_kind": [
        "the database lacks the index 'entry_kind'",
        "the database lacks the relation 'entry_kind'",
    ],
    "ALTER TABLE record ADD COLUMN note text": [EXTRA.format("column 'record.note'")],
    "ALTER TABLE record ALTER COLUMN kind DROP NOT NULL": [CHANGED.format("column 'record.kind'")],
    "ALTER TABLE record ALTER COLUMN kind SET DEFAULT 'group'": [
        CHANGED.format("column 'record.kind'")
    ],
    "CREATE VIEW note AS SELECT 1 AS one": [
        EXTRA.format("column 'note.one'"),
        EXTRA.format("relation 'note'"),
    ],
    "ALTER TABLE erased RENAME TO kept; CREATE VIEW erased AS SELECT * FROM kept": [
        EXTRA.format("column 'kept.seq'"),
        EXTRA.format("column 'kept.target'"),
        EXTRA.format("constraint 'kept.erased_pkey'"),
        EXTRA.format("relation 'kept'"),
        LACKING.format("constraint 'erased.erased_pkey'"),
        CHANGED.format("column 'erased.seq'"),
        CHANGED.format("column 'erased.target'"),
        CHANGED.format("index 'erased_pkey'"),
        CHANGED.format("relation 'erased'"),
    ],
    "VACUUM": [],
}


@pytest.mark.parametrize("change", TAMPERED)
def test_a_schema_that_was_changed_is_found(own_ledger, originals, change):
    deliver(own_ledger, [ADA, BEN])
    with psycopg.connect(own_ledger.database.address, autocommit=True) as connection:
        connection.execute(change)
    assert found(own_ledger, originals) == TAMPERED[change]


def test_rows_put_under_a_table_from_another_schema_are_found(own_ledger, originals):
    deliver(own_ledger, [ADA])
    as_owner(
        own_ledger,
        "CREATE SCHEMA elsewhere",
        "CREATE TABLE elsewhere.decision () INHERITS (decision)",
        "INSERT INTO elsewhere.decision VALUES (2, 'judgement', 'x', 1)",
    )
    assert found(own_ledger, originals) == [
        CHANGED.format("relation 'decision'"),
        "the decision table has rows that follow from no entry",
    ]


def test_comparing_the_schema_leaves_nothing_behind(ledger, originals):
    query = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'everyname%'"
    assert found(ledger, originals) == []
    with psycopg.connect(ledger.database.address) as connection:
        assert connection.execute(query).fetchall() == []


def test_several_ledgers_lie_in_one_database(new_address, originals):
    with Ledger.open(new_address()) as one, Ledger.open(new_address()) as other:
        deliver(one, [ADA])
        deliver(other, [BEN, CLEO])
        assert (names(one), names(other)) == (["Ada Invented"], ["Ben Invented", "Cleo Invented"])
        assert [list(verify(ledger, originals)) for ledger in (one, other)] == [[], []]
        assert one.where != other.where


PLANES = "".join(chr(plane * 0x10000 + 0x41) for plane in range(17))
TEXTS = (
    "a\0b",
    "\0",
    PLANES,
    "\ufffe\uffff\U0010ffff",
    "علی‌رضا \u202e\u2066",
    "e\u0301 \u00e9",
    "\\N \\. \t\r\n",
    "\x01\x1f\x7f\u0080\u2028",
    "' \" $$ %s ? :name {} \\x00",
)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_every_text_survives(ledger, originals, text):
    record = person(
        "1", text, statements=(Statement("name", text),), cells=((text, text),), document=text
    )
    deliver(ledger, [record])
    assert [filed.record for filed in ledger.records()] == [record]
    assert ledger.statements(record.id) == record.statements
    assert found(ledger, originals) == []


@pytest.mark.parametrize("text", [text for text in TEXTS if "\0" not in text], ids=ascii)
def test_every_text_but_nul_survives_as_a_name_of_things(ledger, originals, text):
    record = person(text, "Ada", source=text, kind=text)
    deliver(ledger, [record], file=text, mapping=text)
    with ledger.writing(noon) as writer:
        writer.assign(Assignment(((record.reference, text),), ((text, "P-1"),)))
    assert [(filed.file, filed.record) for filed in ledger.records([text])] == [(text, record)]
    assert ledger.numbers_of(record.reference) == (2,)
    assert (ledger.memberships(), ledger.redirects()) == (
        {record.reference: text},
        {text: "P-1"},
    )
    assert found(ledger, originals) == []


def test_a_nul_in_a_key_is_refused_whole_and_in_words(ledger):
    with pytest.raises(LedgerError, match="NUL"):
        deliver(ledger, [ADA, person("a\0b", "Ben")])
    assert ledger.size() == 0


NOT_ADDRESSES = [
    "",
    "ledger.sqlite",
    "http://example.org/",
    f"mysql://owner:{PASSWORD}@127.0.0.1/x",
    f"mysql://127.0.0.1/x?password={PASSWORD}",
    f"postgresql://owner:{PASSWORD}@127.0.0.1:port/x",
    f"postgresql://owner:{PASSWORD}@[::1/x",
    f"postgresql://owner:some@{PASSWORD}@127.0.0.1/x",
]


@pytest.mark.parametrize("address", NOT_ADDRESSES)
def test_a_text_that_is_no_address_is_refused(address):
    with pytest.raises(LedgerError) as caught:
        Ledger.open(address)
    assert caught.value.found == "this is not the address of a PostgreSQL database"
    assert caught.value.do == (
        "Write it as postgresql://user@host/database, and an @ in a password as %40"
    )
    assert PASSWORD not in f"{caught.value} {caught.value!r}"


def refused(address):
    """What is said where a ledger cannot be reached; it never holds the password."""
    said = []
    for opened in (Ledger.open, LedgerReader):
        with pytest.raises(LedgerError) as caught:
            opened(address)
        error = caught.value
        everything = f"{error} {error.found} {error.where} {error.do} {error!r}"
        assert PASSWORD not in everything
        assert error.do == "Check the address, the password, and that the server runs"
        said.append(error.found)
    assert said[0] == said[1]
    return said[0]


def test_a_server_that_does_not_run_is_said(free_port):
    address = f"postgresql://owner:{PASSWORD}@127.0.0.1:{free_port}/ledgers"
    assert refused(address) == (
        "the database cannot be reached (connection failed: connection to server at "
        f'"127.0.0.1", port {free_port} failed: Connection refused)'
    )


def test_a_password_among_the_options_is_not_shown(free_port):
    options = f"user=owner&password={PASSWORD}&connect_timeout=9"
    address = f"postgresql://127.0.0.1:{free_port}/ledgers?{options}"
    assert refused(address).endswith(f"port {free_port} failed: Connection refused)")
    shown = f"postgresql://127.0.0.1:{free_port}/ledgers?connect_timeout=9&user=owner"
    assert PostgreSQL(address).label == shown


@pytest.fixture
def free_port():
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        yield free.getsockname()[1]


@pytest.mark.parametrize(
    ("user", "database", "said"),
    [
        ("visitor:Wrong", "walled", 'password authentication failed for user "visitor"'),
        ("visitor", "walled", "no password supplied"),
        (f"owner:{PASSWORD}", "nowhere", 'database "nowhere" does not exist'),
        (f"nobody:{PASSWORD}", "walled", 'role "nobody" does not exist'),
    ],
)
def test_whoever_is_not_let_in_is_told_why(server, walled, user, database, said):
    assert walled.endswith("/walled")
    assert said in refused(server.address(database, user))


def test_the_password_lets_in_and_is_shown_nowhere(server, walled, originals):
    as_visitor = server.address("walled", f"visitor:{PASSWORD}")
    with psycopg.connect(walled, autocommit=True) as connection:
        connection.execute("GRANT CREATE ON SCHEMA public TO visitor")
    with Ledger.open(as_visitor) as ledger:
        deliver(ledger, [ADA])
        assert ledger.where == as_visitor.replace(PASSWORD, "***")
        assert PASSWORD not in repr(ledger.database)
        with tampering_of(walled) as execute:
            execute("UPDATE sealed SET content = salt WHERE seq = 2")
        for error in verify(ledger, originals):
            assert PASSWORD not in f"{error} {error!r}"


def tampering_of(address):
    class Owned:
        database = PostgreSQL(address)

    return tampering(Owned)


def test_a_connection_that_breaks_is_an_error_and_not_a_traceback(own_ledger):
    deliver(own_ledger, [ADA])
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND application_name = 'own'"
    )
    as_owner(own_ledger, cut)
    with pytest.raises(LedgerError, match="the ledger cannot be read"):
        own_ledger.size()
    # The next one is new.
    assert own_ledger.size() == 3


def test_a_connection_that_breaks_while_writing_keeps_nothing_of_the_step(own_ledger):
    deliver(own_ledger, [ADA])

    def step(writer):
        writer.source(HOSPITAL)
        own = writer.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        as_owner(own_ledger, f"SELECT pg_terminate_backend({own})")
        writer.source(HOSPITAL)

    with (
        pytest.raises(LedgerError, match="nothing of this step was kept"),
        own_ledger.writing() as w,
    ):
        step(w)
    with Ledger.open(own_ledger.database) as again:
        assert again.size() == 3
        assert deliver(again, [ADA, BEN], mapping="m2") == (1, 0)
