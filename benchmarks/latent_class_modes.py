"""The latent class model's verdict on a table from many seeds: the answer, or the modes it names.

Every seed of `ned_5` must give the same answer, and every seed of `ned`; the other tables show
that medians differ by no more than the Monte Carlo error.

    .venv/bin/python benchmarks/latent_class_modes.py ../shared ned_5 ned --seeds 20 --processes 2
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

for variable in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

# The file coverage.py beside this one would be taken for the package, which Numba looks for.
sys.path[:] = [folder for folder in sys.path if Path(folder).resolve() != Path(__file__).parent]

from everyname.estimation.latent_class_estimate import LatentClassEstimate  # noqa: E402
from everyname.estimation.latent_class_refusals import CapDecides, SeveralModes  # noqa: E402
from everyname.estimation.latent_classes import latent_class  # noqa: E402
from everyname.estimation.modes import Mode  # noqa: E402

TABLES = (
    "ned_5", "ned", "ukdat_5", "ukdat", "kosovo_aggregate", "lesbian_allegheny", "diabetes_italy",
    "hiv_rome", "western", "australia",
)  # fmt: skip


def _named(modes: tuple[Mode, ...]) -> str:
    return "; ".join(
        f"{m.point:,.0f} ({m.low:,.0f}-{m.high:,.0f}) {m.weight:.3f} +- {m.error:.3f}"
        for m in modes
    )


def verdict(path: Path, seed: int) -> tuple[str, int, str, str, float]:
    """Table, seed, kind of verdict, figures, and seconds of processor time."""
    start = time.process_time()
    result = latent_class(path, seed=seed)
    seconds = time.process_time() - start
    if isinstance(result, LatentClassEstimate):
        figures = (
            f"{result.point:,.0f} ({result.low:,.0f}-{result.high:,.0f})"
            f" mcse {result.mcse[1]:,.0f} R-hat {result.r_hat:.3f}"
        )
        kind = "answer"
        if result.modes:
            figures += " modes " + _named(result.modes)
    elif isinstance(result, SeveralModes):
        kind, figures = "several modes", _named(result.modes)
    elif isinstance(result, CapDecides):
        kind = "cap decides"
        figures = (
            f"{result.point:,.0f} ({result.low:,.0f}-{result.high:,.0f}) under the cap,"
            f" {result.mass_near_cap:.3f} near it; " + _named(result.modes)
        )
    else:
        kind, figures = "refusal", result.reason
    return path.stem, seed, kind, figures, seconds


def _verdicts(
    paths: list[Path], seeds: int, processes: int
) -> Iterator[tuple[str, int, str, str, float]]:
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(verdict, path, seed) for path in paths for seed in range(1, seeds + 1)]
        for job in as_completed(jobs):
            yield job.result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("tables", nargs="*", default=TABLES)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    paths = [given.shared / "data" / "patterns" / f"{name}.csv" for name in given.tables]
    kinds = defaultdict(set)
    for name, seed, kind, figures, seconds in _verdicts(paths, given.seeds, given.processes):
        kinds[name].add(kind if kind == "answer" else f"{kind}: {figures}")
        print(f"{name:20}{seed:4} {kind:14}{seconds:6.1f} s  {figures}", flush=True)
    for name, found in kinds.items():
        print(f"{name}: {'one verdict' if len(found) == 1 else f'{len(found)} verdicts'}")


if __name__ == "__main__":
    main()
