"""Settings: how linkage runs."""

from __future__ import annotations

from dataclasses import dataclass

from everyname.linkage.engine import EngineName


@dataclass(frozen=True, slots=True)
class Settings:
    """How linkage runs.

    Parameters
    ----------
    engine
        ``duckdb``, on this machine, or ``spark``, on a cluster; both give the same persons.
    memory
        Limit of the engine's memory; beyond it DuckDB uses the disk.
    sample
        Pairs drawn at random, to learn how often different people agree.
    """

    engine: EngineName = "duckdb"
    memory: str = "2GB"
    sample: int = 400_000
