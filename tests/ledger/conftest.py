"""A ledger on each of the databases."""

from itertools import count

import pytest

from everyname.ledger import Ledger, Originals, PostgreSQL


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_place(request, tmp_path_factory):
    """Makes places, each for a ledger of its own: all of them on the same kind of database."""
    if request.param == "postgresql":
        return request.getfixturevalue("new_address")
    folder, numbers = tmp_path_factory.mktemp("places"), count(1)
    return lambda: folder / str(next(numbers)) / "ledger.sqlite"


@pytest.fixture
def ledger(new_place):
    with Ledger.open(new_place()) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def reused(new_place):
    """One ledger for many tests or examples, which empty it: making one takes time."""
    with Ledger.open(new_place()) as ledger:
        yield ledger


@pytest.fixture
def rows_only(monkeypatch):
    """Leave the comparison of the schema to its own tests: for it, PostgreSQL makes a new one."""
    monkeypatch.setattr(PostgreSQL, "unexpected", lambda _self, _connection: iter(()))


@pytest.fixture
def originals(tmp_path):
    return Originals(tmp_path / "originals")
