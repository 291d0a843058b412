"""Effective samples of log N a CPU second of the latent class sampler, beside R's LCMCR.

R's figures are those of estimation_speed.csv, measured in the same unit on one thread; at 1,000,000
recorded LCMCR gives 2 to 3. Usage: python benchmarks/latent_class_speed.py SHARED [TABLE ...]
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from everyname.estimation.chains import FourChains
from everyname.estimation.convergence import ess_bulk, r_hat
from everyname.estimation.pattern_table import PatternTable

DRAWS = 10_000
MILLION = 1_000_000
R_AT_A_MILLION = 2.5


def read_table(path: Path) -> PatternTable:
    with path.open(newline="") as file:
        header, *rows = [row for row in csv.reader(file) if row]
    place = header.index("count")
    marks = np.array([[int(v) for v in row] for row in rows])
    histories = np.delete(marks, place, axis=1)
    kept = histories.any(axis=1)
    names = tuple(name for i, name in enumerate(header) if i != place)
    return PatternTable(names, histories[kept], marks[kept, place])


def figures_of_r(shared: Path) -> dict[str, float]:
    found = defaultdict(list)
    with (shared / "reference" / "estimation_speed.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["impl"] == "R_LCMCR":
                found[row["data"]].append(float(row["ess_s"]))
    return {name: float(np.mean(values)) for name, values in found.items()}


def large_tables(shared: Path) -> Iterator[tuple[str, PatternTable]]:
    kosovo = read_table(shared / "data" / "patterns" / "kosovo_aggregate.csv")
    counts = np.round(kosovo.counts * (MILLION / kosovo.observed)).astype(np.int64)
    yield "kosovo x 227", PatternTable(kosovo.lists, kosovo.histories, counts)
    generator = np.random.default_rng(5)
    classes = generator.choice(3, 2 * MILLION, p=[0.5, 0.3, 0.2])
    chance = generator.uniform(0.05, 0.6, (3, 5))
    chance[0] *= 0.25
    histories = (generator.random((len(classes), 5)) < chance[classes]).astype(np.int8)
    recorded = histories[histories.any(axis=1)][:MILLION]
    yield "three classes", PatternTable.from_histories(tuple("ABCDE"), recorded)


def measure(table: PatternTable, seed: int, draws: int) -> tuple[float, float, float, float, int]:
    """ESS/s of four chains together, and as the sum of each by itself, as R's is of one chain."""
    four = FourChains(table, 10, 0.25, 0.25, 20.0 * table.observed, np.random.SeedSequence(seed))
    four.warm_up()
    start = time.process_time()
    drawn = np.log(four.run(draws) + table.observed)
    seconds = time.process_time() - start
    alone = sum(ess_bulk(drawn[c : c + 1]) for c in range(len(drawn)))
    return (
        ess_bulk(drawn) / seconds,
        alone / seconds,
        r_hat(drawn),
        seconds / draws * 1e6,
        four.steps,
    )


def main() -> None:
    shared = Path(sys.argv[1])
    rates = figures_of_r(shared)
    tables = [(n, read_table(shared / "data" / "patterns" / f"{n}.csv")) for n in rates]
    tables += list(large_tables(shared))
    chosen = [pair for pair in tables if not sys.argv[2:] or pair[0] in sys.argv[2:]]
    measure(chosen[0][1], 0, 50)
    together, apart = {}, {}
    print(
        f"{'table':20}{'steps':>6}{'us/4':>8}{'R-hat':>8}{'ESS/s':>9}{'alone':>9}{'R':>8}"
        f"{'ratio':>8}{'alone':>8}"
    )
    for name, table in chosen:
        results = [measure(table, seed, DRAWS) for seed in (1, 2)]
        ess, alone, _, micro, steps = np.mean(results, axis=0)
        worst = max(result[2] for result in results)
        rate = rates.get(name, R_AT_A_MILLION)
        together[name], apart[name] = ess / rate, alone / rate
        print(
            f"{name:20}{steps:6.0f}{micro:8.1f}{worst:8.3f}{ess:9.0f}{alone:9.0f}{rate:8.1f}"
            f"{together[name]:8.1f}{apart[name]:8.1f}",
            flush=True,
        )
    for title, ratios in (("together", together), ("alone", apart)):
        small = [ratio for name, ratio in ratios.items() if name in rates]
        if small:
            mean = np.exp(np.mean(np.log(small)))
            print(f"{title}: geometric mean {mean:.1f}, least {min(small):.1f}")


if __name__ == "__main__":
    main()
