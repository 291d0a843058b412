"""A case with many open pairs, for tests of reviews."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from everyname.case import CaseFolder, run

CASE = """
[case]
title = "Open pairs"

[lists]
town = ["town.csv"]
"""
MAPPING = """
[source]
name = "Town"
[records]
key = "No"
[constants]
fate = "killed"
[columns.Name]
field = "name"
[columns.Born]
field = "birth_date"
"""


def with_open_pairs(case: Path, records: int = 60, pairs: int = 400) -> Path:
    """Run a case of one list, and put scored pairs of our own in the place of linkage's.

    Parameters
    ----------
    case
        A folder that is not there yet.
    records
        Rows of the list, all of different people.
    pairs
        Scored pairs, most of them undecided.
    """
    (case / "lists").mkdir(parents=True)
    (case / "hand").mkdir()
    (case / "case.toml").write_text(CASE, encoding="utf-8")
    rows = "".join(f"{n},Ba{n:03}lo Ke{n:03}ra,19{n % 90 + 10}-01-02\n" for n in range(records))
    (case / "lists" / "town.csv").write_text("No,Name,Born\n" + rows, encoding="utf-8")
    (case / "lists" / "town.toml").write_text(MAPPING, encoding="utf-8")
    run(case)
    score(case, pairs)
    return case


def score(case: Path, pairs: int, seed: int = 7) -> None:
    """Replace the scored pairs of a case by random ones, and every cluster by single records."""
    rng = np.random.default_rng(seed)
    work = CaseFolder(case).work
    clusters = pl.read_parquet(work / "clusters.parquet")
    size = len(clusters)
    alone = pl.Series(range(size), dtype=pl.Int64)
    clusters.with_columns(low=alone, best=alone, high=alone).write_parquet(
        work / "clusters.parquet"
    )
    a, b = np.triu_indices(size, 1)
    some = rng.choice(len(a), pairs, replace=False)
    pl.DataFrame(
        {
            "a": a[some],
            "b": b[some],
            "probability": rng.uniform(0.06, 0.45, pairs),
            "conflict": np.zeros(pairs, dtype=np.bool_),
        }
    ).write_parquet(work / "pairs.parquet")
