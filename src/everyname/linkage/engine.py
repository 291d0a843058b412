"""Engine: Splink on DuckDB or on Spark, given tables and asked for tables."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal, Protocol

import duckdb
import pyarrow as pa

from everyname.errors import LinkageError
from everyname.linkage.dialect import DUCKDB, Dialect

EngineName = Literal["duckdb", "spark"]
THREADS = 2


class Engine(Protocol):
    """What linkage asks of an engine."""

    @property
    def dialect(self) -> Dialect:
        """Its SQL."""

    def put(self, name: str, table: pa.Table) -> None:
        """Make a table known to it under a name."""

    def query(self, sql: str) -> pa.Table:
        """Run a query and fetch what comes of it."""

    def make(self, name: str, sql: str) -> None:
        """Keep what comes of a query as a table under a name."""

    def drop(self, name: str) -> None:
        """Forget a table."""

    def compare(
        self, records: str, pairs: str, comparisons: Sequence[Mapping[str, Any]], kept: str
    ) -> str:
        """Have Splink compare pairs of records; returns the name of the table of levels.

        Parameters
        ----------
        records
            Table of records, numbered by ``unique_id``.
        pairs
            Table with ``join_key_l``, ``join_key_r``, ``match_key``.
        comparisons
            Comparisons in Splink's form.
        kept
            SQL: what to keep of Splink's columns.
        """


class SplinkEngine:
    """An engine by way of one of Splink's database interfaces."""

    def __init__(self, api: Any, dialect: Dialect) -> None:  # noqa: ANN401 - untyped library
        self._api = api
        self._dialect = dialect

    @property
    def dialect(self) -> Dialect:
        """Its SQL."""
        return self._dialect

    def compare(
        self, records: str, pairs: str, comparisons: Sequence[Mapping[str, Any]], kept: str
    ) -> str:
        """Have Splink compare pairs of records; see `Engine`."""
        predicted = self._predicted(records, pairs, comparisons)
        self.make("compared", f"SELECT {kept} FROM {predicted}")  # noqa: S608 - own SQL
        self.drop(predicted)
        return "compared"

    def make(self, name: str, sql: str) -> None:
        """Keep what comes of a query as a table under a name."""
        raise NotImplementedError

    def drop(self, name: str) -> None:
        """Forget a table."""
        raise NotImplementedError

    def _predicted(self, records: str, pairs: str, comparisons: Sequence[Mapping[str, Any]]) -> str:
        from splink import Linker

        settings = {
            "link_type": "dedupe_only",
            "comparisons": list(comparisons),
            "blocking_rules_to_generate_predictions": ["l.unique_id = r.unique_id"],
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": True,
        }
        linker = Linker(self._api.register(records), settings, log_level=None)
        linker.table_management.register_blocked_pairs_for_predict(self._api.register(pairs))
        return str(linker.inference.predict(warning_mode="never").physical_name)


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
    except duckdb.OutOfMemoryException as error:
        raise LinkageError(
            f"linkage needs more than {memory} of memory",
            do='Give it more: memory = "6GB" under [linkage] in case.toml, or --memory 6GB',
        ) from error
    finally:
        logger.setLevel(before)


@contextmanager
def _duckdb(memory: str) -> Iterator[Engine]:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": THREADS,
        "preserve_insertion_order": False,
    }
    with duckdb.connect(":memory:", config=config) as connection:
        yield DuckDBEngine(_narrow(connection), connection)


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
