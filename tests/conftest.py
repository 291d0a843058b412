"""Fixtures for all tests."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

SHARED = Path(__file__).parents[2] / "shared"
SERVER = Path(__file__).parent / "ledger" / "postgresql_server.py"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data kept beside the project; tests that need it skip without it."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"real data is not here: {SHARED} does not exist")
    return SHARED


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A PostgreSQL server; tests that need it skip where none is installed."""
    spec = importlib.util.spec_from_file_location("postgresql_server", SERVER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not (module.program("postgres") and module.program("initdb")):
        pytest.skip("PostgreSQL is not installed: there is no program postgres")
    # Not below pytest's own folder, which the server's user could not enter.
    folder = tempfile.mkdtemp(prefix="everyname-")
    server = module.Server(folder).make("fsync = off", "full_page_writes = off").start()
    try:
        yield server
    finally:
        # At once: nobody needs what it would still write to the disk.
        server.process.send_signal(signal.SIGQUIT)
        server.process.wait(60)
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_address(server: Any) -> Callable[[], str]:
    """Makes schemas, each for a ledger of its own, and returns their addresses."""
    database = server.database("ledgers")
    numbers = count(1)

    def new() -> str:
        name = f"ledger_{next(numbers)}"
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{database}?options=-csearch_path%3D{name}"

    return new
