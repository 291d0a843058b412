"""Splink engine: what linkage asks of an engine, and what Splink does alike on all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pyarrow as pa

from everyname.linkage.dialect import Dialect

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

    @abstractmethod
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


class SplinkEngine(ABC):
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

    @abstractmethod
    def make(self, name: str, sql: str) -> None:
        """Keep what comes of a query as a table under a name."""

    @abstractmethod
    def drop(self, name: str) -> None:
        """Forget a table."""

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
