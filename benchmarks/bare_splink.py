"""Bare Splink: a linkage as its own documentation writes one, to compare the time of ours with.

    python benchmarks/bare_splink.py FOLDER

FOLDER holds ``bare.parquet``, one row a record with the columns compared below, and
``keys.parquet``, in which records that share a ``key`` are candidates. Comparisons are
Splink's ready-made ones; the prior comes from two deterministic rules, u from random pairs, m from
two rounds of its EM, clusters from its connected components at .5. Clusters go to
``bare-clusters.parquet``; printed is what took how long.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import splink.comparison_library as library
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

MEMORY = "4GB"
TRAINED_ON = ("name", "date", "place")
SAMPLE = 1_000_000
MOST_PAIRS = 5_000_000


def settings() -> SettingsCreator:
    """Compare romanised names, dates as texts, and three exact values."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[
            library.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.7]).configure(
                term_frequency_adjustments=True
            ),
            library.DateOfBirthComparison("birth_date", input_is_string=True),
            library.AbsoluteDateDifferenceAtThresholds(
                "date", input_is_string=True, metrics=["day", "month"], thresholds=[1, 1]
            ),
            library.ExactMatch("sex"),
            library.ExactMatch("place").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on("unique_id")],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def link(folder: Path) -> dict[str, float]:
    """Link, and tell the seconds of each step."""
    marks = [("start", time.perf_counter())]

    def done(what: str) -> None:
        marks.append((what, time.perf_counter()))

    table = pq.read_table(folder / "bare.parquet")
    keys = folder / "keys.parquet"
    spill = folder / "spill"
    connection = duckdb.connect(
        ":memory:",
        config={"memory_limit": MEMORY, "threads": 2, "temp_directory": str(spill)},
    )
    database = DuckDBAPI(connection=connection)
    linker = Linker(database.register(table), settings(), log_level=logging.CRITICAL)
    done("load")
    # Splink's own way to a prior: rules that hold for few but the same, and what share they find.
    linker.training.estimate_probability_two_random_records_match(
        [block_on("name", "date"), block_on("name", "birth_date")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=1)
    for column in TRAINED_ON[:1], TRAINED_ON[1:]:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*column), max_pairs=MOST_PAIRS
        )
    done("training")
    connection.execute(
        "CREATE TABLE pairs AS SELECT DISTINCT l.id AS join_key_l, r.id AS join_key_r,"  # noqa: S608 - own file
        f" '0' AS match_key FROM '{keys}' l JOIN '{keys}' r ON l.key = r.key AND l.id < r.id"
    ).fetchall()
    linker.table_management.register_blocked_pairs_for_predict(database.register("pairs"))
    done("blocking")
    predicted = linker.inference.predict(threshold_match_probability=0.05)
    done("prediction")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.5)
    found = clusters.as_pyarrow_table().select(["unique_id", "cluster_id"])
    pq.write_table(found, folder / "bare-clusters.parquet")
    done("clustering")
    steps = {what: round(end - begin, 2) for (_, begin), (what, end) in pairwise(marks)}
    return {**steps, "pairs": predicted.as_pyarrow_table().num_rows}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    print(json.dumps(link(Path(sys.argv[1]))))
