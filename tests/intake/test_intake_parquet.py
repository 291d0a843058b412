import datetime as dt
import decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from everyname.errors import TableError
from everyname.intake.list_file import read_grid
from everyname.intake.table import TableOptions

DAY = dt.datetime(1992, 2, 26)  # noqa: DTZ001 - a list knows no time zones
COLUMNS = {
    "int": (pa.array([1, None]), "1"),
    "whole": (pa.array([34.0, None]), "34"),
    "single": (pa.array([0.1, None], pa.float32()), "0.1"),
    "decimal": (pa.array([decimal.Decimal("1.10"), None]), "1.10"),
    "day": (pa.array([DAY.date(), None]), "1992-02-26"),
    "midnight": (pa.array([DAY, None], pa.timestamp("ns")), "1992-02-26"),
    "moment": (
        pa.array([DAY.replace(hour=13, microsecond=500_000), None]),
        "1992-02-26 13:00:00.5",
    ),
    "zoned": (pa.array([DAY, None], pa.timestamp("ms", tz="UTC")), "1992-02-26 00:00:00Z"),
    "time": (pa.array([dt.time(3, 4), None]), "03:04:00"),
    "text": (pa.array([" é\n", None]), " é\n"),
    "code": (pa.array(["x", None]).dictionary_encode(), "x"),
    "bytes": (pa.array([b"\xff", None]), "ff"),
    "plain bytes": (pa.array([b"ok", None]), "ok"),
    "bool": (pa.array([True, None]), "true"),
    "nothing": (pa.nulls(2), ""),
    "list": (pa.array([["é", None], None]), '["é",null]'),
    "struct": (pa.array([{"a": {"b": 1}}, None]), '{"a":{"b":1}}'),
    "nan": (pa.array([float("nan"), None]), "NaN"),
}


def test_typed_columns_become_text(tmp_path):
    path = tmp_path / "list.parquet"
    pq.write_table(pa.table({name: array for name, (array, _) in COLUMNS.items()}), path)
    grid = read_grid(path, TableOptions())
    assert list(grid.cells.rows()) == [
        list(COLUMNS),
        [text for _, text in COLUMNS.values()],
        [""] * len(COLUMNS),
    ]
    assert [(n.row, n.column, n.reason) for n in grid.all_notes] == [
        (2, 12, "the cell holds bytes and no text: they are written as hex"),
        (2, 18, "NaN or infinity stands in a column of numbers: it is kept as text"),
    ]
    with pytest.raises(TableError, match="has no sheet 'x'"):
        read_grid(path, TableOptions(sheet="x"))


def test_the_first_row_names_the_columns(tmp_path):
    path = tmp_path / "list.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    assert read_grid(path, TableOptions()).headed


def test_a_damaged_file_is_refused(tmp_path):
    path = tmp_path / "list.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TableError, match=r"list.parquet: this Parquet file is damaged"):
        read_grid(path, TableOptions())


def test_a_short_file_of_endless_rows_is_refused(tmp_path):
    path = tmp_path / "list.parquet"
    pq.write_table(pa.table({"a": pa.nulls(50_000_000, pa.int8())}), path)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(TableError, match="spans more than the 40,000,000 cells allowed"):
        read_grid(path, TableOptions())
