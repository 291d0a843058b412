"""Levels: at which level of each comparison every pair of records stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from everyname.linkage.comparisons import Comparison
from everyname.linkage.engine import Engine
from everyname.linkage.rarity import CLASSES

CANDIDATE, RANDOM, EVENT = range(3)
"""Why a pair is compared: blocking brought it up, chance did, or one event did."""

_MOST_LEVELS = 20
# Where in ``match_key`` stand why a pair is compared, the level of its name (0 where not stated,
# 1 for the last level) and its class.
_WHY, _LEVEL, _CLASS = 3, 4, 64
NAME_COLUMNS = ("name", "bones", "tokens", "parts", "sounds", "digits", "name_class")
EVENT_CLASSES = len(CLASSES) + 1


class Levels(NamedTuple):
    """Compared pairs, by the pattern of their levels.

    Parameters
    ----------
    a, b
        Positions of the records, ``a < b``; int64, shape (n,).
    why
        `CANDIDATE`, `RANDOM` or `EVENT`; int8, shape (n,).
    pattern
        Row of `patterns` that holds for each pair; int64, shape (n,).
    patterns
        For each pattern and comparison the sublevel (position of the level times the number of
        classes, plus the class), -1 where not stated; int16, shape (patterns, comparisons).
    event
        For each pattern the class of the day and place that both share, -1 where they do not;
        int8, shape (patterns,).
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    why: NDArray[np.int8]
    pattern: NDArray[np.int64]
    patterns: NDArray[np.int16]
    event: NDArray[np.int8]

    def of(self, why: int) -> Levels:
        """Pairs that are compared for one reason."""
        kept = self.why == why
        return self._replace(
            a=self.a[kept], b=self.b[kept], why=self.why[kept], pattern=self.pattern[kept]
        )


def levels_of(
    engine: Engine, records: str, pairs: str, comparisons: Sequence[Comparison], *, event: bool
) -> Levels:
    """Compare pairs of records.

    Parameters
    ----------
    engine
        Holds both tables.
    records
        Table of `Traits`.
    pairs
        Table with ``join_key_l``, ``join_key_r`` and ``match_key``: a digit for why.
    comparisons
        How they are compared.
    event
        Whether records state dates and places.
    """
    gammas = [given for comparison in comparisons for given in _for_splink(comparison)]
    if event:
        gammas.append(_event())
    sizes = {g["output_column_name"]: len(g["comparison_levels"]) for g in gammas}
    code, radix = "0", 1
    for name, size in sizes.items():
        code += f" + CAST(round(mw_{name}) AS BIGINT) * CAST({radix} AS BIGINT)"
        radix *= size + 1
    kept = (
        "least(unique_id_l, unique_id_r) AS a, greatest(unique_id_l, unique_id_r) AS b,"
        f" CAST(match_key & {_WHY} AS TINYINT) AS why, {code} AS code"
    )
    engine.make("prepared", _prepared(records, pairs, comparisons))
    engine.make("narrow", _narrow(records, gammas))
    table = engine.compare("narrow", "prepared", gammas, kept)
    engine.drop("prepared")
    engine.drop("narrow")
    found = engine.query(f"SELECT a, b, why, code FROM {table}")  # noqa: S608 - own names
    engine.drop(table)
    return _unpacked(found, sizes, comparisons, event=event)


def _prepared(records: str, pairs: str, comparisons: Sequence[Comparison]) -> str:
    """SQL for pairs whose ``match_key`` also holds the level and class of the name.

    They follow from one another step by step, which Splink's conditions, each on its own, cannot:
    computed there, the steps would be taken again for every level.
    """
    those = [comparison for comparison in comparisons if comparison.prepared]
    if not those:
        return f"SELECT join_key_l, join_key_r, CAST(match_key AS INT) AS match_key FROM {pairs}"  # noqa: S608 - own names
    (comparison,) = those
    columns = ", ".join(
        f"{side}.{column} AS {column}_{side}" for side in "lr" for column in NAME_COLUMNS
    )
    sql = (
        f"SELECT p.join_key_l, p.join_key_r, CAST(p.match_key AS INT) AS why, {columns}"  # noqa: S608 - own names
        f" FROM {pairs} p JOIN {records} l ON l.unique_id = p.join_key_l"
        f" JOIN {records} r ON r.unique_id = p.join_key_r"
    )
    for column, made in comparison.prepared:
        sql = f"SELECT *, {made} AS {column} FROM ({sql})"  # noqa: S608 - own SQL
    last = len(comparison.levels) - 1
    level = " ".join(
        f"WHEN {each.sql} THEN {last + 1 - at}" for at, each in enumerate(comparison.levels[:-1])
    )
    return (
        "SELECT join_key_l, join_key_r, CASE"  # noqa: S608 - own SQL
        f" WHEN {comparison.unstated} THEN why"
        f" ELSE why + {_LEVEL} * (CASE {level} ELSE 1 END) + {_CLASS} * ({comparison.classes})"
        f" END AS match_key FROM ({sql})"
    )


def _narrow(records: str, gammas: Sequence[Mapping[str, Any]]) -> str:
    """SQL for records with nothing but what Splink's conditions speak of.

    Splink takes a column of the records for everything named in a condition, ``match_key`` too.
    """
    conditions = " ".join(
        level["sql_condition"] for gamma in gammas for level in gamma["comparison_levels"]
    )
    columns = sorted({"unique_id", *re.findall(r"\b(\w+)_[lr]\b", conditions)})
    return f"SELECT {', '.join(columns)}, 0 AS match_key FROM {records}"  # noqa: S608 - own names


def _from_prepared(comparison: Comparison) -> list[dict[str, Any]]:
    """Levels and classes that `_prepared` wrote into ``match_key``, in Splink's form."""
    level, rare = f"(match_key & {15 * _LEVEL})", f"(match_key & {15 * _CLASS})"
    null = {"sql_condition": f"{level} = 0", "is_null_level": True, "label_for_charts": "-"}
    last = len(comparison.levels) - 1
    levels = [
        _level(f"{level} = {(last + 1 - at) * _LEVEL}", each.label)
        for at, each in enumerate(comparison.levels[:-1])
    ]
    classes = [
        _level(f"{rare} = {at * _CLASS}", f"class {at}")
        for at in range(comparison.width - 1, 0, -1)
    ]
    return [
        _comparison(comparison.name, [null, *levels, _level("ELSE", comparison.levels[-1].label)]),
        _comparison(f"{comparison.name}_class", [null, *classes, _level("ELSE", "class 0")]),
    ]


def _for_splink(comparison: Comparison) -> list[dict[str, Any]]:
    """Comparisons in Splink's form: the levels, and apart from them the classes of rarity."""
    if comparison.prepared:
        return _from_prepared(comparison)
    null = {"sql_condition": comparison.unstated, "is_null_level": True, "label_for_charts": "-"}
    *some, last = comparison.levels
    plain = [_level(level.sql, level.label) for level in some]
    made = [_comparison(comparison.name, [null, *plain, _level("ELSE", last.label)])]
    if comparison.classes:
        # From the rarest: Splink numbers levels from the last one, which is class 0.
        rare = [
            _level(f"({comparison.classes}) >= {at}", f"class {at}")
            for at in range(comparison.width - 1, 0, -1)
        ]
        levels = [null, *rare, _level("ELSE", "class 0")]
        made.append(_comparison(f"{comparison.name}_class", levels))
    return made


def _event() -> dict[str, Any]:
    apart = (
        "date_low_l IS NULL OR date_low_r IS NULL OR place_l IS NULL OR place_r IS NULL"
        " OR date_low_l <> date_low_r OR date_high_l <> date_high_r OR date_low_l <> date_high_l"
        " OR place_l <> place_r"
    )
    null = {"sql_condition": apart, "is_null_level": True, "label_for_charts": "-"}
    rare = [_level(f"event_class_l >= {at}", str(at)) for at in range(EVENT_CLASSES - 1, 0, -1)]
    return _comparison("event_class", [null, *rare, _level("ELSE", "0")])


def _level(sql: str, label: str) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": label}


def _comparison(name: str, levels: list[dict[str, Any]]) -> dict[str, Any]:
    """Give each level its number as its match weight, 1 for the last: Splink hands out weights.

    What is not stated weighs 0. What agreement is worth is learnt afterwards, from these numbers.
    """
    plain = [level for level in levels if not level.get("is_null_level")]
    for at, level in enumerate(plain):
        level["u_probability"] = 2.0**-_MOST_LEVELS
        level["m_probability"] = 2.0 ** (len(plain) - at - _MOST_LEVELS)
    return {"output_column_name": name, "comparison_levels": levels}


def _unpacked(
    found: pa.Table, sizes: Mapping[str, int], comparisons: Sequence[Comparison], *, event: bool
) -> Levels:
    code = found.column("code").to_numpy()
    # Patterns are few: looking them up is faster than sorting all pairs.
    codes = pl.Series(code).unique().sort().to_numpy()
    pattern = np.searchsorted(codes, code)
    left, gammas = codes.astype(np.int64), {}
    for name, size in sizes.items():
        gammas[name] = left % (size + 1) - 1
        left = left // (size + 1)
    columns = []
    for comparison in comparisons:
        gamma = gammas[comparison.name]
        level = len(comparison.levels) - 1 - gamma
        classes = gammas.get(f"{comparison.name}_class", np.zeros_like(gamma))
        rare = np.array([each.rare for each in comparison.levels])[
            np.clip(level, 0, None) % len(comparison.levels)
        ]
        sub = level * comparison.width + np.where(rare, np.maximum(classes, 0), 0)
        columns.append(np.where(gamma < 0, -1, sub))
    patterns = (
        np.stack(columns, axis=1).astype(np.int16)
        if columns
        else np.empty((len(codes), 0), np.int16)
    )
    return Levels(
        found.column("a").to_numpy(),
        found.column("b").to_numpy(),
        found.column("why").to_numpy(),
        pattern.astype(np.int64),
        patterns,
        (gammas["event_class"] if event else np.full(len(codes), -1)).astype(np.int8),
    )
