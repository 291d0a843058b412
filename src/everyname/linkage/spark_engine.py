"""Spark engine: the same linkage by Splink on PySpark, on this machine or on a cluster."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from everyname.errors import LinkageError
from everyname.linkage.dialect import SPARK
from everyname.linkage.spark_functions import LETTERS_ALIKE
from everyname.linkage.splink_engine import THREADS, Engine, SplinkEngine

MASTER_VARIABLE = "EVERYNAME_SPARK_MASTER"
"""Environment variable that names the master, such as ``spark://host:7077`` or ``yarn``."""

FOLDER_VARIABLE = "EVERYNAME_SPARK_FOLDER"
"""Environment variable that names a folder which every machine of the cluster reaches."""

OLDEST_JAVA = 17
LEAST_MEGABYTES = 512
_MEGABYTES = {"K": 1 / 1024, "M": 1, "G": 1024, "T": 1024**2}

_INSTALL = 'Install it with: pip install "everyname[spark]", or take engine = "duckdb"'
_JAVA = (
    "Install Java 17 (Debian: apt-get install openjdk-17-jre-headless) and, where there are"
    ' several, name it in JAVA_HOME; or take engine = "duckdb"'
)


class SparkEngine(SplinkEngine):
    """Spark, given tables and asked for them by Parquet files in a folder."""

    def __init__(self, session: Any, folder: Path) -> None:  # noqa: ANN401 - optional library
        super().__init__(_flowing(session), SPARK)
        self._session = session
        self._folder = folder
        self._numbers = count()
        self._kept: dict[str, Path] = {}

    def put(self, name: str, table: pa.Table) -> None:
        """Make a table known to it under a name; unsigned 64-bit keys keep only their equality."""
        path = self._path()
        path.mkdir()
        pq.write_table(_signed(table), path / "table.parquet")
        self._read(name, path)

    def query(self, sql: str) -> pa.Table:
        """Run a query and fetch what comes of it."""
        path = self._path()
        self._session.sql(sql).write.parquet(path.as_uri())
        table = pq.read_table(path)
        shutil.rmtree(path)
        return table

    def make(self, name: str, sql: str) -> None:
        """Keep what comes of a query as a table under a name."""
        path = self._path()
        self._session.sql(sql).write.parquet(path.as_uri())
        self._read(name, path)

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._session.catalog.dropTempView(name)
        path = self._kept.pop(name, None)
        if path is not None:
            shutil.rmtree(path)

    def _path(self) -> Path:
        return self._folder / f"table-{next(self._numbers)}"

    def _read(self, name: str, path: Path) -> None:
        self.drop(name)
        self._session.read.parquet(path.as_uri()).createOrReplaceTempView(name)
        self._kept[name] = path


def _signed(table: pa.Table) -> pa.Table:
    """Read unsigned 64-bit keys as signed ones: Spark would make slow decimals of them."""
    for at, field in enumerate(table.schema):
        if field.type == pa.uint64():
            chunks = [chunk.view(pa.int64()) for chunk in table.column(at).chunks]
            signed = pa.chunked_array(chunks, pa.int64())
            table = table.set_column(at, field.name, signed)
    return table


def _flowing(session: Any) -> Any:  # noqa: ANN401 - optional library
    """Give Splink's interface to Spark, without its writing of every table between two steps."""
    from splink.internals.spark.database_api import SparkAPI

    class Flowing(SparkAPI):
        def _break_lineage_and_repartition(self, table: Any, *_: str) -> Any:  # noqa: ANN401
            # What is kept of the predictions is written once, by `SparkEngine.make`.
            return table

    made: Any = Flowing(spark_session=session)  # type: ignore[no-untyped-call]
    if not session.catalog.functionExists("jaro_winkler"):
        raise LinkageError(
            "Spark was not told of the Java archive that comes with Splink",
            do=f"Start it with the setting spark.jars={_archive()}",
        )
    session.sql(LETTERS_ALIKE)
    return made


@contextmanager
def spark(memory: str) -> Iterator[Engine]:
    """Open Spark, silent, and stop it afterwards if it was not running before.

    On this machine it runs with two threads. To run on a cluster, name its master in the
    environment variable ``EVERYNAME_SPARK_MASTER``, or in ``spark-defaults.conf`` (in the folder
    that ``SPARK_CONF_DIR`` names, or in ``conf`` under ``SPARK_HOME``), or in
    ``PYSPARK_SUBMIT_ARGS``; and in ``EVERYNAME_SPARK_FOLDER`` a folder that all of its machines
    reach under one path: tables are passed through it. Settings in ``spark-defaults.conf`` go
    before those made here. A Spark session that is already running in this process is used, in a
    session beside it.

    Parameters
    ----------
    memory
        Limit of the driver's memory, which on this machine is all of it. It holds for the first
        session of a process: Java does not change it later.

    Yields
    ------
    Engine
        The engine.

    Raises
    ------
    LinkageError
        PySpark or Java is not there, Java is too old, Spark does not start, or runs out of memory.
    """
    _check_installed()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    shared = os.environ.get(FOLDER_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="everyname-spark-", dir=shared) as folder:
        try:
            with _session(_megabytes(memory), Path(folder)) as session:
                yield SparkEngine(session, Path(folder))
        except (Py4JError, PySparkException, ConnectionError) as error:
            text = str(error)
            if "OutOfMemoryError" not in text and not isinstance(error, ConnectionError):
                raise
            raise LinkageError(
                f"Spark needs more than {memory} of memory",
                do='Give it more: memory = "6GB" under [linkage] in case.toml, or --memory 6GB',
            ) from error


def _check_installed() -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError as error:
        raise LinkageError(
            "Spark (the Python package pyspark) is not there", do=_INSTALL
        ) from error
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        return  # spark-submit started this process: Java runs already
    version = _java_version()
    if version is None:
        raise LinkageError("Spark needs Java, which is not there", do=_JAVA)
    if version < OLDEST_JAVA:
        raise LinkageError(f"Spark needs Java {OLDEST_JAVA}; what is there is {version}", do=_JAVA)


def _java_version() -> int | None:
    """First part of the version of Java; None where there is none that says it."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else "java"
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    # "1.8.0_392" is Java 8.
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else None


def _megabytes(memory: str) -> int:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT])i?B?\s*", memory, re.IGNORECASE)
    if found is None:
        raise LinkageError(f"the memory {memory!r} is not understood", do='Write it as "4GB"')
    return max(int(float(found[1]) * _MEGABYTES[found[2].upper()]), LEAST_MEGABYTES)


@contextmanager
def _session(megabytes: int, folder: Path) -> Iterator[Any]:
    """A session of its own: of what runs already, or of what is started and stopped here."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        beside = running.newSession()
        _set_up(beside)
        beside.sql(f"ADD JAR '{_archive()}'")
        yield beside
        return
    log = folder / "spark.log"
    try:
        session = _started(megabytes, folder, log)
    except (Py4JError, PySparkException, OSError) as error:
        raise LinkageError(f"Spark did not start: {_said(log, error)}", do=_JAVA) from error
    try:
        yield session
    finally:
        session.stop()


def _started(megabytes: int, folder: Path, log: Path) -> Any:  # noqa: ANN401 - optional library
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    given = _defaults()
    wanted = SparkConf(loadDefaults=False)
    for name, value in _settings(megabytes, folder, given).items():
        wanted.set(name, value)
    if SparkContext._gateway is None:  # noqa: SLF001 - a second Java would be left behind
        with log.open("wb") as file:
            gateway = launch_gateway(wanted, {"stdout": file, "stderr": file})
        # What spark-submit made of these settings and of the user's holds.
        context = SparkContext(gateway=gateway)
    else:
        context = SparkContext(conf=wanted)
    session = SparkSession(context)
    session.sparkContext.setLogLevel("OFF")
    _set_up(session)
    return session


def _set_up(session: Any) -> None:  # noqa: ANN401 - optional library
    """Have SQL refuse what DuckDB refuses, whatever the cluster's habit."""
    session.conf.set("spark.sql.ansi.enabled", "true")


def _settings(megabytes: int, folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Settings made here, but for those that the user made."""
    master = os.environ.get(MASTER_VARIABLE) or given.get("spark.master", f"local[{THREADS}]")
    made = {
        "spark.app.name": "everyname",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": f"{megabytes}m",
        "spark.driver.maxResultSize": "0",
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
    }
    if master.startswith("local"):
        made["spark.driver.host"] = made["spark.driver.bindAddress"] = "127.0.0.1"
        made["spark.sql.shuffle.partitions"] = str(4 * THREADS)
    made = {name: value for name, value in made.items() if name not in given}
    if os.environ.get(MASTER_VARIABLE) or not _named_elsewhere(given):
        made["spark.master"] = master
    made["spark.jars"] = ",".join(filter(None, (given.get("spark.jars"), _archive())))
    return made


def _named_elsewhere(given: Mapping[str, str]) -> bool:
    arguments = os.environ.get("PYSPARK_SUBMIT_ARGS", "")
    return "spark.master" in given or "--master" in arguments or "spark.master" in arguments


def _defaults() -> dict[str, str]:
    """Read the user's ``spark-defaults.conf``, where there is one."""
    home = os.environ.get("SPARK_HOME")
    folder = os.environ.get("SPARK_CONF_DIR") or (str(Path(home) / "conf") if home else "")
    path = Path(folder) / "spark-defaults.conf"
    if not folder or not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (re.split(r"[\s=:]+", line, maxsplit=1) for line in lines if line[:1] not in ("", "#"))
    return {pair[0]: pair[1].strip() for pair in pairs if len(pair) > 1}


def _archive() -> str:
    """Java archive bundled with Splink that holds ``jaro_winkler``."""
    from splink.internals.spark.jar_location import similarity_jar_location

    return str(similarity_jar_location())


def _said(log: Path, error: Exception) -> str:
    """What Spark said last about a fault, in one line."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    telling = [line for line in lines if "Exception" in line or "rror" in line]
    return (telling or [" ".join(str(error).split())])[0][:300]
