"""Comparing: at which levels any two records stand, whether blocking brought them up or not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from everyname.linkage.comparisons import comparisons_named
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.engine import opened
from everyname.linkage.levels import levels_of
from everyname.linkage.model import Model


class Compared(NamedTuple):
    """Levels of pairs, and what they say.

    Parameters
    ----------
    levels
        For each pair and comparison of the model the position of the level; -1 where not stated;
        int16, shape (n, comparisons).
    log_odds
        What they say together, without a prior; natural logarithm, shape (n,).
    event
        Class of the day and place that both share, -1 where they do not; int8, shape (n,).
    """

    levels: NDArray[np.int16]
    log_odds: NDArray[np.float64]
    event: NDArray[np.int8]


def compared(
    frame: pl.DataFrame, a: NDArray[np.int64], b: NDArray[np.int64], model: Model
) -> Compared:
    """Compare pairs of records as a model does.

    Parameters
    ----------
    frame
        Rows of `Traits.frame`, at least those of the pairs.
    a, b
        Positions (``unique_id``) of the two records of each pair; shape (n,).
    model
        What was learnt from all records.
    """
    named = {comparison.name for comparison in model.comparisons}
    comparisons = comparisons_named(named, DUCKDB)
    if not len(a) or not comparisons:
        size = len(a)
        nothing = np.full((size, len(comparisons)), -1, np.int16)
        return Compared(nothing, np.zeros(size), np.full(size, -1, np.int8))
    low, high = np.minimum(a, b), np.maximum(a, b)
    rows = frame.filter(pl.col("unique_id").is_in(np.unique(np.concatenate([a, b]))))
    with opened() as engine:
        engine.put("records", rows.to_arrow())
        keys = {"join_key_l": low, "join_key_r": high, "match_key": pa.array(["0"] * len(low))}
        engine.put("pairs", pa.table(keys))
        found = levels_of(engine, "records", "pairs", comparisons, event=True)
    place = {
        (x, y): n for n, (x, y) in enumerate(zip(found.a.tolist(), found.b.tolist(), strict=True))
    }
    order = [place[pair] for pair in zip(low.tolist(), high.tolist(), strict=True)]
    pattern = found.pattern[order]
    log_odds = model.log_odds(found.patterns, found.event, comparisons)
    return Compared(found.patterns[pattern], log_odds[pattern], found.event[pattern])
