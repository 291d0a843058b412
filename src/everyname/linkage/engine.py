"""Engine: Splink on DuckDB or on Spark, given tables and asked for tables."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from everyname.errors import LinkageError
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.splink_engine import THREADS, Engine, SplinkEngine

if TYPE_CHECKING:
    # Loaded where it is used: most commands compare nothing.
    import duckdb

EngineName = Literal["duckdb", "spark"]

__all__ = ["DuckDBEngine", "Engine", "EngineName", "opened"]


class DuckDBEngine(SplinkEngine):
    """DuckDB in memory, spilling to disk beyond its limit."""

    def __init__(self, api: Any, connection: duckdb.DuckDBPyConnection) -> None:  # noqa: ANN401
        super().__init__(api, DUCKDB)
        self._connection = connection

    def compare(
        self, records: str, pairs: str, comparisons: Sequence[Mapping[str, Any]], kept: str
    ) -> str:
        """Have Splink compare pairs of records; see `Engine`."""
        self._api.kept = kept
        return self._predicted(records, pairs, comparisons)

    def put(self, name: str, table: pa.Table) -> None:
        """Make a table known to it under a name."""
        self._connection.register("incoming", table)
        self._run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608 - own names
        self._connection.unregister("incoming")

    def query(self, sql: str) -> pa.Table:
        """Run a query and fetch what comes of it."""
        return self._connection.execute(sql).to_arrow_table()

    def make(self, name: str, sql: str) -> None:
        """Keep what comes of a query as a table under a name."""
        self._run(f"CREATE OR REPLACE TABLE {name} AS {sql}")

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._run(f"DROP TABLE IF EXISTS {name}")

    def _run(self, sql: str) -> None:
        # Splink's next step breaks where a result stays unread.
        self._connection.execute(sql).fetchall()


@contextmanager
def opened(engine: EngineName = "duckdb", memory: str = "3GB") -> Iterator[Engine]:
    """Open an engine, silent, with its memory limited.

    Parameters
    ----------
    engine
        Which.
    memory
        Limit of DuckDB's memory, or of Spark's driver.

    Raises
    ------
    LinkageError
        Spark or Java is not there, or the data do not fit.
    """
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if engine == "spark":
                from everyname.linkage.spark_engine import spark

                with spark(memory) as found:
                    yield found
            else:
                with _duckdb(memory) as found:
                    yield found
    finally:
        logger.setLevel(before)


@contextmanager
def _duckdb(memory: str) -> Iterator[Engine]:
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": THREADS,
        "preserve_insertion_order": False,
    }
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            yield DuckDBEngine(_narrow(connection), connection)
    except duckdb.OutOfMemoryException as error:
        raise LinkageError(
            f"linkage needs more than {memory} of memory",
            do='Give it more: memory = "6GB" under [linkage] in case.toml, or --memory 6GB',
        ) from error


def _narrow(connection: duckdb.DuckDBPyConnection) -> Any:  # noqa: ANN401 - untyped library
    """Give Splink's interface to DuckDB, keeping of its predictions only what is asked for.

    Splink writes some thirty wide columns a pair; with millions of pairs most of the time and
    memory would go there.
    """
    from splink import DuckDBAPI

    class Narrow(DuckDBAPI):
        kept = "*"

        def _setup_for_execute_sql(self, sql: str, physical_name: str) -> str:
            if physical_name.startswith("__splink__df_predict"):
                sql = f"SELECT {self.kept} FROM ({sql})"  # noqa: S608 - own SQL
            return str(super()._setup_for_execute_sql(sql, physical_name))

    return Narrow(connection=connection)
