import sqlite3
from contextlib import closing

import pytest

from everyname.errors import TableError
from everyname.intake.list_file import read_grid
from everyname.intake.table import TableOptions


def database(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def read(path, sheet=""):
    return read_grid(path, TableOptions(sheet=sheet))


def test_a_table_is_read_and_never_a_view(tmp_path):
    path = database(
        tmp_path / "list.db",
        "PRAGMA journal_mode = wal",
        'CREATE TABLE "the ""dead""" (name TEXT, age INT, photo BLOB, share REAL)',
        'INSERT INTO "the ""dead""" VALUES'
        " ('Ada', 34, x'00ff', 1.5), ('Ben' || char(0), NULL, NULL, 2.0),"
        " (CAST(x'ff41' AS TEXT), 9007199254740993, '', 0.1)",
        "CREATE VIEW bad AS SELECT randomblob(1000000000)",
        "CREATE VIRTUAL TABLE found USING fts5(x)",
    )
    before = path.read_bytes()
    grid = read(path)
    assert (grid.sheet, grid.sheets, grid.headed) == ('the "dead"', ('the "dead"',), True)
    assert list(grid.cells.rows()) == [
        ["name", "age", "photo", "share"],
        ["Ada", "34", "00ff", "1.5"],
        ["Ben\0", "", "", "2"],
        ["\\xffA", "9007199254740993", "", "0.1"],
    ]
    assert [(n.row, n.column, n.reason) for n in grid.all_notes] == [
        (2, 3, "the cell holds bytes and no text: they are written as hex"),
        (4, 1, "the cell holds text that is not UTF-8: its odd bytes are escaped"),
    ]
    assert path.read_bytes() == before


def test_one_of_several_tables_is_named(tmp_path):
    path = database(
        tmp_path / "list.sqlite", "CREATE TABLE a (x)", "CREATE TABLE b (y)",
        "INSERT INTO b VALUES (1)",
    )  # fmt: skip
    assert list(read(path, "b").cells.rows()) == [["y"], ["1"]]
    several = r"has 2 tables: 'a', 'b'. Name one with --sheet, or as sheet under \[table\]"
    for sheet, said in (("", several), ("c", "no table 'c'; there are 'a', 'b'")):
        with pytest.raises(TableError, match=said):
            read(path, sheet)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (["entry (a)", "sealed (a)", "node (a)"], "a ledger of everyname"),
        ([], "has no table"),
    ],
)
def test_what_holds_no_list_is_refused(tmp_path, tables, said):
    made = [f"CREATE TABLE {table}" for table in tables]
    path = database(tmp_path / "list.db", "PRAGMA user_version = 1", *made)
    with pytest.raises(TableError, match=said):
        read(path)


def test_a_damaged_database_is_refused(tmp_path):
    path = database(
        tmp_path / "list.db",
        "CREATE TABLE a (x)",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
        " INSERT INTO a SELECT 'row ' || i FROM n",
    )
    whole = path.read_bytes()
    path.write_bytes(whole[:9_000])
    with pytest.raises(TableError, match=r"list.db: the database is cut off"):
        read(path)
    path.write_bytes(whole[:4_096] + b"\xff" * (len(whole) - 4_096))
    with pytest.raises(TableError, match=r"the database cannot be read"):
        read(path)
