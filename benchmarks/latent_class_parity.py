"""Quantiles of the latent class posterior on every table beside the long runs of R's LCMCR.

`error` is the distance of the probabilities, in Monte Carlo standard errors of both sides; a run
of R that sits in one of several modes shows as a large one, and as runs of R that disagree.
Usage: python benchmarks/latent_class_parity.py SHARED [TABLE ...]
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from everyname.estimation.convergence import ess_quantile
from everyname.estimation.latent_class_estimate import LatentClassEstimate
from everyname.estimation.latent_classes import latent_class

QUANTILES = (0.025, 0.5, 0.975)


def runs_of_r(shared: Path) -> dict[str, list[tuple[str, list[float], float]]]:
    """Runs of K = 10 and K = 20 by table: configuration, quantiles, effective samples."""
    runs = defaultdict(list)
    with (shared / "reference" / "estimation_r.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["method"].startswith("R LCMCR") and row["config"].startswith(("K=10", "K=20")):
                quantiles = [float(row[name]) for name in ("lo", "estimate", "hi")]
                label = " ".join(row["config"].split()[i] for i in (0, 2))
                runs[row["dataset"]].append((label, quantiles, float(row["ess"] or 0)))
    return runs


def distance(result: LatentClassEstimate, quantiles: list[float], samples: float) -> float:
    """Largest distance in standard errors of a probability, over the three quantiles."""
    draws = np.asarray(result.draws)
    worst = 0.0
    for p, quantile in zip(QUANTILES, quantiles, strict=True):
        below = float((draws < np.floor(quantile)).mean())
        up_to = float((draws <= np.ceil(quantile)).mean())
        ours = ess_quantile(np.log(draws), p)
        error = (p * (1 - p) * (1 / max(samples, 1) + 1 / ours)) ** 0.5
        worst = max(worst, (below - p) / error, (p - up_to) / error)
    return worst


def main() -> None:
    shared = Path(sys.argv[1])
    for name, runs in runs_of_r(shared).items():
        if sys.argv[2:] and name not in sys.argv[2:]:
            continue
        table = shared / "data" / "patterns" / f"{name}.csv"
        results = {}
        for label, quantiles, samples in runs:
            classes = int(label[2:4])
            if classes not in results:
                results[classes] = latent_class(table, classes=classes, max_draws=16_000)
                one = results[classes]
                if isinstance(one, LatentClassEstimate):
                    print(
                        f"{name:24} K={classes} everyname     {one.low:10.0f}{one.point:10.0f}"
                        f"{one.high:10.0f}  R-hat {one.r_hat:.3f} ESS {one.ess_bulk:.0f}"
                    )
                else:
                    print(f"{name:24} K={classes} {one.reason}")
            one = results[classes]
            if isinstance(one, LatentClassEstimate):
                low, point, high = quantiles
                print(
                    f"{name:24} R {label:12}   {low:10.0f}{point:10.0f}{high:10.0f}"
                    f"  ESS {samples:.0f} error {distance(one, quantiles, samples):.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
