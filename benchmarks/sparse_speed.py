"""Times stepwise selection with 1,000 bootstraps against R's SparseMSE 2.0.1, table by table.

    .venv/bin/python benchmarks/sparse_speed.py ../shared --rounds 3

R's times are those in reference/estimation_r.json, measured on one core of the same kind of
machine. The first call compiles or loads what was compiled before and is printed apart.
"""

from __future__ import annotations

import argparse
import json
import sys
from math import exp, log
from pathlib import Path
from time import perf_counter, process_time

import polars as pl

from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.stepwise_sparse import sparse


def read(path: Path) -> PatternTable:
    frame = pl.read_csv(path)
    lists = tuple(name for name in frame.columns if name != "count")
    return PatternTable(lists, frame.select(lists).to_numpy(), frame["count"].to_numpy())


def timed(table: PatternTable, bootstraps: int, rounds: int) -> tuple[float, float]:
    """Fastest wall and CPU seconds of several rounds."""
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = perf_counter(), process_time()
        sparse(table, bootstraps=bootstraps)
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
    return min(walls), min(cpus)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path, help="folder with data/patterns and reference")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    text = (chosen.shared / "reference" / "estimation_r.json").read_text(encoding="utf-8")
    begun = perf_counter()
    sparse([[1, 1], [1, 0], [0, 1]], [30, 40, 50], bootstraps=100)
    print(f"first call: {perf_counter() - begun:.2f} s")
    titles = ("R wall s", "wall s", "times", "R CPU s", "CPU s", "times")
    print(f"{'table':26}" + "".join(f"{title:>10}" for title in titles))
    ratios = []
    for name, results in json.loads(text).items():
        theirs = results["sparsemse_boot"]
        table = read(chosen.shared / "data" / "patterns" / f"{name}.csv")
        wall, cpu = timed(table, theirs["nboot"], chosen.rounds)
        ratios.append(log(theirs["cpu"] / cpu))
        print(
            f"{name:26}{theirs['wall']:10.1f}{wall:10.3f}{theirs['wall'] / wall:10.0f}"
            f"{theirs['cpu']:10.1f}{cpu:10.3f}{theirs['cpu'] / cpu:10.0f}"
        )
    print(f"geometric mean, CPU: {exp(sum(ratios) / len(ratios)):.0f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
