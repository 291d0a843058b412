"""Spark: the same linkage by PySpark, and what it says where it cannot run."""

from __future__ import annotations

import importlib.util
import random
import shutil
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from linked import linked, readings, two_lists
from test_linkage_accuracy import VALLEY, records_of, row_of

from everyname.errors import LinkageError
from everyname.linkage import Linkage, Settings
from everyname.linkage.engine import opened
from everyname.linkage.spark_engine import FOLDER_VARIABLE, spark

# Fewer random pairs than by default: Spark takes some twenty times as long as DuckDB.
SAMPLE = 20_000


@pytest.fixture
def runs() -> None:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip('Spark is not installed: pip install "everyname[spark]"')
    if shutil.which("java") is None:
        pytest.skip("Java is not installed: there is no program java")


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder that programs are looked for in."""
    pytest.importorskip("pyspark", reason='Spark is not installed: pip install "everyname[spark]"')
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def both(rows, lists) -> tuple[Linkage, Linkage]:
    by_duckdb, by_spark = (
        linked(rows, lists, settings=Settings(engine=engine, sample=SAMPLE))
        for engine in ("duckdb", "spark")
    )
    return by_duckdb, by_spark


def pairs_of(linkage: Linkage) -> list[tuple[int, int, float, bool]]:
    pairs = linkage.pairs
    columns = (pairs.a, pairs.b, pairs.probability, pairs.conflict)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


@pytest.mark.usefixtures("runs")
def test_names_in_five_scripts_are_linked_as_by_duckdb():
    by_duckdb, by_spark = both(*two_lists())
    assert readings(by_spark) == readings(by_duckdb)
    assert pairs_of(by_spark) == pairs_of(by_duckdb)


@pytest.mark.usefixtures("runs")
def test_a_whole_case_is_linked_as_by_duckdb_to_the_last_digit():
    records = records_of(VALLEY)
    by_duckdb, by_spark = both([row_of(r) for _, r in records], [file for file, _ in records])
    assert pairs_of(by_spark) == pairs_of(by_duckdb)
    assert readings(by_spark) == readings(by_duckdb)
    assert by_spark.model == by_duckdb.model


@pytest.mark.usefixtures("runs")
def test_likeness_of_letters_is_that_of_duckdb():
    drawn = random.Random(613)  # noqa: S311 - no secret
    texts = [("", ""), ("", "ada"), ("a", "a"), ("a", "b"), ("arman beloru", "arman beloru")]
    for _ in range(4_000):
        one = drawn.choices("abcdef ", k=drawn.randint(1, 20))
        other = list(one)
        for _ in range(drawn.randint(0, 5)):
            at = drawn.randrange(len(other))
            other.insert(drawn.randrange(len(other)), other.pop(at))
        texts.append(("".join(one), "".join(other)))
    table = pa.table(
        {"number": range(len(texts)), "a": [a for a, _ in texts], "b": [b for _, b in texts]}
    )
    found = {}
    for name in ("duckdb", "spark"):
        with opened(name) as engine:
            engine.put("texts", table)
            likeness = engine.dialect.alike("a", "b")
            answer = engine.query(f"SELECT number, {likeness} AS likeness FROM texts")  # noqa: S608 - own names
            found[name] = answer.sort_by("number")["likeness"].to_numpy()
    expected = np.where(found["spark"] == 0.0, 0.0, found["duckdb"])
    assert found["spark"].tolist() == expected.tolist()
    # What counts as unlike is far from every threshold.
    assert found["duckdb"][found["spark"] == 0.0].max(initial=0.0) < 0.7


@pytest.mark.usefixtures("runs")
def test_nothing_is_left_behind_and_a_running_session_goes_on(tmp_path, monkeypatch, capfd):
    from pyspark.sql import SparkSession

    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    with opened("spark") as engine:
        engine.put("numbers", pa.table({"n": [1, 2, 3]}))
        engine.make("more", "SELECT n + 1 AS n FROM numbers")
        session = SparkSession.getActiveSession()
        with spark("1GB") as beside:
            beside.put("numbers", pa.table({"n": [7]}))
            likeness = beside.dialect.alike("'tovi'", "'tovi'")
            assert beside.query(f"SELECT {likeness} AS x").to_pydict() == {"x": [1.0]}
        assert SparkSession.getActiveSession() is session
        assert sorted(engine.query("SELECT * FROM more").to_pydict()["n"]) == [2, 3, 4]
    assert SparkSession.getActiveSession() is None
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_what_to_install_is_said_where_pyspark_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(LinkageError) as refused, opened("spark"):
        pass
    assert str(refused.value) == (
        "Spark (the Python package pyspark) is not there."
        ' Install it with: pip install "everyname[spark]", or take engine = "duckdb"'
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (None, "Spark needs Java, which is not there"),
        ('openjdk version "11.0.2" 2019-01-15', "Spark needs Java 17; what is there is 11"),
        ('java version "1.8.0_392"', "Spark needs Java 17; what is there is 8"),
    ],
)
def test_what_to_install_is_said_where_java_is_missing_or_too_old(only, said, found):
    if said is not None:
        java = only / "java"
        java.write_text(f"#!/bin/sh\necho '{said}' >&2\n", encoding="utf-8")
        java.chmod(0o755)
    with pytest.raises(LinkageError) as refused, opened("spark"):
        pass
    assert str(refused.value) == (
        f"{found}. Install Java 17 (Debian: apt-get install openjdk-17-jre-headless) and, where"
        ' there are several, name it in JAVA_HOME; or take engine = "duckdb"'
    )


@pytest.mark.usefixtures("runs")
def test_a_limit_that_is_no_size_is_refused():
    with pytest.raises(LinkageError) as refused, opened("spark", "much"):
        pass
    assert str(refused.value) == "the memory 'much' is not understood. Write it as \"4GB\""
