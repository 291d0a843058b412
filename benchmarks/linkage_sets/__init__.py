"""Data sets with a known truth that linkage is measured on, by name.

Real lists are kept beside the project and never copied into it: a set whose files are absent
raises FileNotFoundError. Made sets are kept as Parquet under ``EVERYNAME_BENCH_CACHE``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from linkage_sets.cross_script import cross_script
from linkage_sets.data_set import DataSet
from linkage_sets.gaza_lists import gaza
from linkage_sets.police_lists import police, police_corrected, police_nameless
from linkage_sets.slavic_lists import slavic
from linkage_sets.spanish_lists import spanish
from linkage_sets.synthetic_registers import febrl4, historical50k, rldata10000
from linkage_sets.turkic_lists import turkic
from linkage_sets.valley_cases import river_valley, valley_seed_7, valley_seed_8

SETS: Mapping[str, Callable[[], DataSet]] = {
    "rldata10000": rldata10000,
    "febrl4": febrl4,
    "historical50k": historical50k,
    "police": police,
    "police_corrected": police_corrected,
    "police_nameless": police_nameless,
    "gaza": gaza,
    "river_valley": river_valley,
    "valley_seed_7": valley_seed_7,
    "valley_seed_8": valley_seed_8,
    "cross_script": cross_script,
    "slavic": slavic,
    "turkic": turkic,
    "spanish": spanish,
}
"""Name -> loader."""


HELD_OUT = ("valley_seed_7", "valley_seed_8", "cross_script", "slavic", "turkic", "spanish")
"""Sets that nothing is tuned on."""


def load(name: str) -> DataSet:
    """Load a data set by its name."""
    return SETS[name]()


__all__ = ["HELD_OUT", "SETS", "DataSet", "load"]
