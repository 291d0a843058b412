"""Times `everyname run` on River Valley as a whole process: from nothing, and again unchanged.

.venv/bin/python benchmarks/whole_run.py
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "river-valley"
RUNS = 3


def timed(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit("the run failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    """Run the example several times."""
    figures: dict[str, list[tuple[float, float]]] = {"from nothing": [], "unchanged": []}
    with tempfile.TemporaryDirectory() as into:
        for turn in range(RUNS):
            case = Path(into) / str(turn)
            shutil.copytree(EXAMPLE, case, ignore=shutil.ignore_patterns("out"))
            command = [sys.executable, "-m", "everyname", "run", "--quiet", str(case)]
            for pairs in figures.values():
                pairs.append(timed(command))
    for name, pairs in figures.items():
        seconds, memory = (statistics.median(values) for values in zip(*pairs, strict=True))
        print(f"river-valley, {name}: {seconds:.1f} s, {memory:.0f} MB (median of {RUNS})")


if __name__ == "__main__":
    main()
