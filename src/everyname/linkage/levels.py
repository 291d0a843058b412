"""Levels: at which level of each comparison every pair of records stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everyname.linkage.comparisons import Comparison
from everyname.linkage.engine import Engine
from everyname.linkage.rarity import CLASSES

CANDIDATE, RANDOM, EVENT = range(3)
"""Why a pair is compared: blocking brought it up, chance did, or one event did."""

_MOST_LEVELS = 20
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
    table = engine.compare(records, pairs, gammas)
    sizes = {g["output_column_name"]: len(g["comparison_levels"]) for g in gammas}
    code, radix = "0", 1
    for name, size in sizes.items():
        code += f" + CAST(round(mw_{name}) AS BIGINT) * CAST({radix} AS BIGINT)"
        radix *= size + 1
    found = engine.query(
        "SELECT least(unique_id_l, unique_id_r) AS a, greatest(unique_id_l, unique_id_r) AS b,"
        f" CAST(match_key AS TINYINT) AS why, {code} AS code FROM {table}"
    )
    engine.drop(table)
    return _unpacked(found, sizes, comparisons, event=event)


def _for_splink(comparison: Comparison) -> list[dict[str, Any]]:
    """Comparisons in Splink's form: the levels, and apart from them the classes of rarity."""
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
    codes, pattern = np.unique(found.column("code").to_numpy(), return_inverse=True)
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
