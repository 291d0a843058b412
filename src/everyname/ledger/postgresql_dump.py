"""PostgreSQL dump: a ledger's tables as PostgreSQL's own programs write and read them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from psycopg.conninfo import make_conninfo

from everyname.errors import LedgerError

_INSTALLED = Path("/usr/lib/postgresql")
_PASSWORDS = ("password", "sslpassword")
_COPY = re.compile(
    rb'COPY (?:"(?:[^"]|"")+"|[\w$]+)\.(\w+) \(("?\w+"?(?:, "?\w+"?)*)\) FROM stdin;\n'
)
_END = b"\\.\n"


class Copied(NamedTuple):
    """The rows of one table.

    Parameters
    ----------
    table
        Its name.
    columns
        Names of its columns, in the order of the rows.
    rows
        Lines in the text format of COPY; to be read before the next table is asked for.
    """

    table: str
    columns: tuple[str, ...]
    rows: Iterator[bytes]


def dump(target: Path, options: Mapping[str, Any], schema: str, tables: Sequence[str]) -> None:
    """Let ``pg_dump`` write the rows of some tables, as of one moment, to a file.

    Parameters
    ----------
    target
        A file that is there and is written over.
    options
        How libpq reaches the database. The password goes through the environment: whoever may
        list processes sees the words of a command.
    schema
        In which the tables are.
    tables
        Their names.

    Raises
    ------
    LedgerError
        The program is missing, or fails.
    """
    shown = {name: value for name, value in options.items() if name not in _PASSWORDS}
    quoted = '"{}"'.format(schema.replace('"', '""'))
    words = [
        _program("pg_dump"),
        "--format=custom",
        # The default compresses more, and takes several times as long.
        "--compress=1",
        "--data-only",
        "--encoding=UTF8",
        "--no-password",
        "--strict-names",
        f"--file={target}",
        f"--dbname={make_conninfo('', **shown)}",
        *(f'--table={quoted}."{table}"' for table in tables),
    ]
    environment = _environment()
    if options.get("password"):
        environment["PGPASSWORD"] = str(options["password"])
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(  # noqa: S603 - our own words
            words,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            check=False,
        )
        if done.returncode:
            raise _failed("pg_dump", said, "the ledger could not be copied", str(target))


def dumped(source: Path) -> Generator[Copied, None, None]:
    """Let ``pg_restore`` read a dump.

    Only rows are taken from it: a dump can hold any statement, and none is carried out.

    Parameters
    ----------
    source
        As `dump` wrote it.

    Yields
    ------
    Copied
        The rows of each table.

    Raises
    ------
    LedgerError
        The program is missing, or this is no dump.
    """
    words = [_program("pg_restore"), "--data-only", "--file=-", str(source)]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own words
            words,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        ) as process,
    ):
        script = process.stdout
        if script is None:
            raise AssertionError("a pipe was asked for")
        try:
            for line in script:
                match = _COPY.fullmatch(line)
                if match:
                    rows = iter(script.readline, _END)
                    columns = match[2].decode().replace('"', "").split(", ")
                    yield Copied(match[1].decode(), tuple(columns), _ended(rows))
        finally:
            script.close()
        if process.wait():
            raise _failed("pg_restore", said, "the ledger's dump cannot be read", str(source))


def _environment() -> dict[str, str]:
    """Keep the passphrases of a case and of its backups to this process."""
    return {name: value for name, value in os.environ.items() if not name.startswith("EVERYNAME_")}


def _ended(rows: Iterator[bytes]) -> Iterator[bytes]:
    """Stop where the script itself ends before its rows do."""
    for row in rows:
        if not row:
            return
        yield row


def _program(name: str) -> str:
    """Find a program of PostgreSQL: on a Debian system the newest, which reads all older ones."""
    found = sorted(
        (path for path in _INSTALLED.glob(f"*/bin/{name}") if path.parts[-3].isdigit()),
        key=lambda path: int(path.parts[-3]),
    )
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise LedgerError(
            f"the program {name} of PostgreSQL is not installed here",
            do="Install PostgreSQL's client programs (Debian: apt install postgresql-client), of "
            "the server's version or newer",
        )
    return program


def _failed(program: str, said: IO[bytes], found: str, where: str) -> LedgerError:
    said.seek(0)
    lines = [line for line in said.read(10_000).decode(errors="replace").splitlines() if line]
    why = lines[0].removeprefix(f"{program}: ") if lines else f"{program} failed"
    return LedgerError(
        f"{found} ({why})",
        where=where,
        do="Check the address, the space on the disk, and that the client programs are not older "
        "than the server",
    )
