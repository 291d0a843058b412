"""PostgreSQL: a ledger that a team shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, cast

import psycopg
from sqlalchemy import URL, Connection, Engine, Table, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError

from everyname.errors import LedgerError
from everyname.ledger import schema
from everyname.ledger.database import Database, Row, differences, holds_one
from everyname.ledger.postgresql_dump import dump
from everyname.ledger.postgresql_loading import fill, move, scratch_schema
from everyname.ledger.whole_file import written_whole

ROLE = "everyname_application"
"""Role that may read and append, and nothing else; grant it to those who work with the ledger."""

# Any number that the ledger's writers agree on.
_QUEUE = 0x6576_6572_796E_616D

_FETCH = 5_000
_READINGS = count()

# Each statement is checked once, however many entries it adds. The plan is fixed to the index:
# the one made for an empty table would read all of it each time.
_FUNCTIONS = (
    """
    CREATE FUNCTION entry_follows() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
    DECLARE
      first bigint; last bigint; number bigint; top bigint; before bigint;
    BEGIN
      SELECT min(seq), max(seq), count(*) INTO first, last, number FROM added;
      -- By its full name: somebody's temporary table may have the same short one.
      EXECUTE format('SELECT seq FROM %%I.entry ORDER BY seq DESC LIMIT 1', TG_TABLE_SCHEMA)
        INTO top;
      EXECUTE format(
        'SELECT seq FROM %%I.entry WHERE seq < $1 ORDER BY seq DESC LIMIT 1', TG_TABLE_SCHEMA
      ) INTO before USING first;
      IF number > 0 AND (
        last - first + 1 <> number OR last <> top OR first <> 1 + coalesce(before, 0)
      ) THEN
        RAISE EXCEPTION 'entries %% to %% do not follow the last one', first, last;
      END IF;
      RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION ledger_grows_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the ledger is append-only';
    END $$
    """,
)

_TRIGGERS = (
    """
    CREATE TRIGGER entry_follows AFTER INSERT ON entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION entry_follows()
    """,
    """
    CREATE TRIGGER entry_grows_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_grows_only()
    """,
    """
    CREATE TRIGGER sealed_grows_only BEFORE UPDATE OR TRUNCATE ON sealed
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_grows_only()
    """,
)

# What makes up the schema as far as it decides what is read and written. The name of the schema
# itself is left out of the definitions: a ledger may lie in any.
_SHAPE = (
    """
    SELECT 'relation', c.relname, c.relkind::text || c.relpersistence::text
      || c.relrowsecurity::text || c.relhasrules::text || c.relhassubclass::text
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind <> 't'
    """,
    """
    SELECT 'column', c.relname || '.' || a.attname, a.attnum::text || ' '
      || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull::text || ' '
      || a.attgenerated::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'v', 'm')
      AND a.attnum > 0 AND NOT a.attisdropped
    """,
    """
    SELECT 'index', c.relname, replace(pg_get_indexdef(c.oid), current_schema() || '.', '')
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'i'
    """,
    """
    SELECT 'trigger', c.relname || '.' || t.tgname, t.tgenabled::text || ' '
      || replace(pg_get_triggerdef(t.oid), current_schema() || '.', '')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
    """,
    """
    SELECT 'constraint', c.relname || '.' || k.conname,
      replace(pg_get_constraintdef(k.oid), current_schema() || '.', '')
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = current_schema()::regnamespace
    """,
    # Rights to change or remove that somebody other than the owner holds.
    """
    SELECT 'right', c.relname || ' ' || a.privilege_type || ' of '
      || coalesce(g.rolname, 'everybody'), ''
    FROM pg_class c CROSS JOIN aclexplode(c.relacl) a LEFT JOIN pg_roles g ON g.oid = a.grantee
    WHERE c.relnamespace = current_schema()::regnamespace AND a.grantee <> c.relowner
      AND a.privilege_type NOT IN ('SELECT', 'INSERT')
    """,
    """
    SELECT 'function', p.proname, concat(p.prosrc, p.proconfig, p.prosecdef) FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace
    """,
)


@dataclass(frozen=True, slots=True)
class PostgreSQL(Database):
    """A ledger in a PostgreSQL database.

    Parameters
    ----------
    address
        ``postgresql://user:password@host:port/database``; the options of libpq may follow, such as
        ``?options=-csearch_path%3Driver_valley`` for one of several ledgers in a database.

    Raises
    ------
    LedgerError
        This is no such address.
    """

    address: str = field(repr=False)

    def __post_init__(self) -> None:
        try:
            url = make_url(self.address)
            name = "" if "@" in (url.host or "") else url.drivername
        except (ArgumentError, ValueError):  # a port that is no number
            name = ""
        if name not in {"postgresql", "postgres", "postgresql+psycopg"}:
            raise LedgerError(
                "this is not the address of a PostgreSQL database",
                where=self.address.rpartition("@")[2].partition("?")[0],
                do="Write it as postgresql://user@host/database, and an @ in a password as %40",
            )

    @property
    def _url(self) -> URL:
        return make_url(self.address).set(drivername="postgresql+psycopg")

    @property
    def label(self) -> str:
        """The address without its password."""
        shown = make_url(self.address)
        # A password may also stand among the options.
        shown = shown.set(password=None).difference_update_query(["password", "sslpassword"])
        return shown.render_as_string()

    def exists(self) -> bool:
        """Whether the database holds the tables of a ledger."""
        engine = self.engine(read_only=True)
        try:
            with engine.connect() as connection:
                query = text("SELECT to_regclass('entry') IS NOT NULL")
                return bool(connection.execute(query).scalar())
        except DatabaseError as error:
            raise self._unreachable(error) from error
        finally:
            engine.dispose()

    def _unreachable(self, error: DatabaseError) -> LedgerError:
        return LedgerError(
            f"the database cannot be reached ({str(error.orig).splitlines()[0]})",
            where=self.label,
            do="Check the address, the password, and that the server runs",
        )

    def start(self) -> None:
        """Make the tables, their triggers, and the role of those who may only append."""
        with _transaction(self) as connection:
            self.begin_writing(connection)
            if not connection.execute(text("SELECT to_regclass('entry')")).scalar():
                _make(connection)

    def engine(self, *, read_only: bool) -> Engine:
        """Open connections that read what was committed, and nothing else."""
        options: dict[str, Any] = {"postgresql_readonly": True} if read_only else {}
        # A writer has to see what was committed while it waited for its turn.
        return create_engine(self._url, isolation_level="READ COMMITTED", execution_options=options)

    def for_reading(self, connection: Connection) -> Connection:
        """Read everything as of one moment."""
        return connection.execution_options(isolation_level="REPEATABLE READ")

    def begin_writing(self, connection: Connection) -> None:
        """Queue up: PostgreSQL serves those who wait for the lock in their order."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_QUEUE})")

    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert by COPY."""
        if not rows:
            return
        names = ", ".join(column.name for column in table.columns)
        order = f"COPY {table.name} ({names}) FROM STDIN"
        with _cursor(connection, order) as cursor, cursor.copy(order) as copy:
            for row in rows:
                copy.write_row(row)

    def numbers(self, connection: Connection, ids: Sequence[bytes]) -> dict[bytes, int]:
        """Ask for them all at once."""
        query = "SELECT id, seq FROM record WHERE id = ANY(%s)"
        with _cursor(connection, query) as cursor:
            cursor.execute(query, (list(ids),))
            return {bytes(id_): seq for id_, seq in cursor.fetchall()}

    def fetch(self, connection: Connection, statement: str, *values: object) -> Row | None:
        """Read one row straight from the driver."""
        with _cursor(connection, statement) as cursor:
            cursor.execute(statement.replace("?", "%s"), values)
            return cursor.fetchone()

    def stream(self, connection: Connection, statement: str, *values: object) -> Iterator[Row]:
        """Read rows through a cursor of the server."""
        with _cursor(connection, statement, f"reading_{next(_READINGS)}") as cursor:
            cursor.execute(statement.replace("?", "%s"), values)
            while rows := cursor.fetchmany(_FETCH):
                yield from rows

    def unexpected(self, connection: Connection) -> Iterator[str]:
        """Compare the schema with that of a new ledger, made for this and thrown away."""
        found = _shape(connection)
        engine = self.engine(read_only=False)
        try:
            with engine.connect() as blank, blank.begin() as transaction:
                blank.exec_driver_sql("CREATE SCHEMA everyname_expected")
                blank.exec_driver_sql("SET LOCAL search_path = everyname_expected")
                _make(blank)
                expected = _shape(blank)
                transaction.rollback()
        except DatabaseError as error:
            yield (
                "the schema cannot be compared with the expected one "
                f"({str(error.orig).splitlines()[0]}): verify as the database's owner"
            )
            return
        finally:
            engine.dispose()
        yield from differences(found, expected)

    def scrub(self) -> tuple[str, ...]:
        """Write the tables anew, and turn over the write-ahead log as far as may be."""
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        left = ["in backups, replicas and archived logs of the server"]
        try:
            with engine.connect() as connection:
                # Not behind somebody who reads for hours, with all others behind us.
                connection.exec_driver_sql("SET lock_timeout = '5s'")
                for table in schema.metadata.sorted_tables:
                    connection.exec_driver_sql(f"VACUUM FULL {table.name}")
                try:
                    for statement in ("SELECT pg_switch_wal()", "CHECKPOINT"):
                        connection.exec_driver_sql(statement)
                except DatabaseError:
                    left.append(
                        "in the server's write-ahead log, until an administrator's CHECKPOINT "
                        "and the log's own turnover"
                    )
        except DatabaseError as error:
            raise LedgerError(
                f"the tables could not be written anew ({str(error.orig).splitlines()[0]}): they "
                "still hold what was erased",
                where=self.label,
                do="Close the other programs that use the ledger, and give the same command again",
            ) from error
        finally:
            engine.dispose()
        return tuple(left)

    @property
    def snapshot_name(self) -> str:
        """A dump in PostgreSQL's own format."""
        return "ledger.dump"

    def snapshot(self, target: Path) -> None:
        """Let pg_dump write it: its transaction sees one moment."""
        engine = self.engine(read_only=True)
        try:
            with engine.connect() as connection:
                schema_name = str(connection.execute(text("SELECT current_schema()")).scalar())
            _, options = engine.dialect.create_connect_args(self._url)
            del options["context"]  # the driver's own; all others are libpq's
        except DatabaseError as error:
            raise self._unreachable(error) from error
        finally:
            engine.dispose()
        with written_whole(target) as file:
            dump(Path(file.name), options, schema_name, list(schema.metadata.tables))

    @contextmanager
    def load(self, source: Path) -> Iterator[Database]:
        """Load it into a schema of its own, and move its tables only when the block has ended."""
        if self.exists():
            raise holds_one(self.label)
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection, scratch_schema(connection) as name:
                trial = self._within(name)
                trial.start()
                with _transaction(trial) as filling:
                    fill(filling, source)
                yield trial
                with _transaction(self) as moving:
                    move(moving, name, ("entry_follows", "ledger_grows_only"))
                    _let_in(moving)
        except DatabaseError as error:
            raise LedgerError(
                f"the ledger could not be loaded ({str(error.orig).splitlines()[0]})",
                where=self.label,
                do="Give the command as the database's owner, and check the space on its disk",
            ) from error
        finally:
            engine.dispose()

    def _within(self, schema_name: str) -> PostgreSQL:
        url = make_url(self.address)
        # Of several options, the last one holds.
        before = "".join(f"{words} " for words in url.normalized_query.get("options", ()))
        url = url.update_query_dict({"options": f"{before}-csearch_path={schema_name}"})
        return PostgreSQL(url.render_as_string(hide_password=False))

    def lost(self, error: DatabaseError) -> bool:
        """The server itself stops, and recovers, on an error of its disk."""
        return bool(getattr(error, "connection_invalidated", False))


@contextmanager
def _transaction(database: PostgreSQL) -> Iterator[Connection]:
    engine = database.engine(read_only=False)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _make(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    for statement in (*_FUNCTIONS, *_TRIGGERS):
        connection.exec_driver_sql(statement)
    known = connection.execute(
        text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": ROLE}
    ).scalar()
    if not known:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(f"CREATE ROLE {ROLE} NOLOGIN")
        except DatabaseError:
            return  # whoever may not make roles grants the two rights by hand
    for table in schema.metadata.sorted_tables:
        connection.exec_driver_sql(f"GRANT SELECT, INSERT ON {table.name} TO {ROLE}")
    _let_in(connection)


def _let_in(connection: Connection) -> None:
    """Let the role use the schema that the ledger lies in, as far as that is ours to give."""
    own = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {own} TO {ROLE}")
    except DatabaseError:
        return


@contextmanager
def _cursor(
    connection: Connection, statement: str, name: str = ""
) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
    """Go past SQLAlchemy, and turn the driver's errors into those that it would have raised."""
    driver = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection.driver_connection)
    try:
        with driver.cursor(name) if name else driver.cursor() as cursor:
            yield cursor
    except psycopg.Error as error:
        raise DatabaseError(statement, None, error) from error


def _shape(connection: Connection) -> dict[tuple[str, str], str]:
    found = {}
    for query in _SHAPE:
        for kind, name, shape in connection.exec_driver_sql(query.replace("%", "%%")):
            found[str(kind), str(name)] = str(shape)
    return found
