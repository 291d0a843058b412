"""Engine: Splink on DuckDB."""

from __future__ import annotations

import pyarrow as pa
import pytest

from everyname.errors import LinkageError
from everyname.linkage.engine import opened


def test_memory_that_does_not_suffice_is_told():
    with pytest.raises(LinkageError) as caught, opened(memory="5MB") as engine:
        engine.query("SELECT list(range) FROM range(20000000)")
    assert "linkage needs more than 5MB of memory" in str(caught.value)
    assert "--memory 6GB" in str(caught.value)


def test_tables_are_put_made_asked_and_dropped():
    with opened() as engine:
        engine.put("records", pa.table({"unique_id": [1, 2, 3]}))
        engine.put("records", pa.table({"unique_id": [4, 5]}))
        engine.make("later", "SELECT unique_id FROM records WHERE unique_id > 4")
        assert engine.query("SELECT * FROM later").to_pydict() == {"unique_id": [5]}
        engine.drop("later")
        engine.drop("later")
        (tables,) = engine.query("SELECT list(table_name) FROM information_schema.tables")
        assert tables.to_pylist() == [["records"]]
