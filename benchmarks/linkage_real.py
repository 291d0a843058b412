"""Runs two real cases and scores their linkage against the ids that the lists share.

Prints counts, scores, seconds and memory, never names. Needs the data kept beside the project:

    .venv/bin/python benchmarks/linkage_real.py
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import polars as pl

from everyname.case import CaseFile, CaseFolder
from everyname.case.counts_stage import CountsOfCase
from everyname.ledger import Filed, LedgerReader

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"

FILES = {
    "police": ("lists/police/mpv-2021.xlsx", "lists/police/wapo-2021.csv"),
    "gaza": (
        "lists/gaza-moh/fatalities_20240105.csv",
        "lists/gaza-moh/fatalities_20240329.csv",
    ),
}


def wapo_id(filed: Filed) -> str:
    """Id of the Washington Post's list, in the period that both lists cover."""
    if not "2015-01-01" <= filed.record.value("date") <= "2021-04-15":
        return ""
    cells = dict(filed.record.cells)
    own = cells.get("id") or cells.get("WaPo ID (If included in WaPo database)", "")
    return own if own.isdigit() else "none"


def government_id(filed: Filed) -> str:
    """Id number with a valid check digit: doubled every second digit, sum divisible by ten."""
    number = dict(filed.record.cells).get("gov_id", "")
    if not re.fullmatch(r"\d{9}", number):
        return ""
    total = 0
    for position, digit in enumerate(number):
        value = int(digit) * (1 + position % 2)
        total += value if value < 10 else value - 9
    return number if total % 10 == 0 else ""


IDS: dict[str, Callable[[Filed], str]] = {"police": wapo_id, "gaza": government_id}


def score(case: Path, name: str) -> str:
    """Pairwise precision, recall and F1 of pairs across the two lists, against the shared ids.

    A record counts when it has an id, or, where the id is the other list's (police), when it
    lies in the period that both cover.
    """
    folder = CaseFolder(case)
    with LedgerReader(folder.ledger) as ledger:
        filed = {f.id: f for f in ledger.records()}
    clusters = pl.read_parquet(folder.work / "clusters.parquet")
    first = min(f.file for f in filed.values())
    true: set[tuple[str, str]] = set()
    found: set[tuple[str, str]] = set()
    by_id: defaultdict[str, list[Filed]] = defaultdict(list)
    by_person: defaultdict[str, list[Filed]] = defaultdict(list)
    for record, person in clusters.select("record", "person").iter_rows():
        one = filed[record]
        own = IDS[name](one)
        if not own:
            continue
        by_person[person].append(one)
        if own != "none":
            by_id[own].append(one)
    for groups, pairs in ((by_id, true), (by_person, found)):
        for group in groups.values():
            pairs |= {
                (a.id, b.id) for a in group for b in group if a.file == first and b.file != first
            }
    both = len(true & found)
    precision, recall = both / len(found), both / len(true)
    f1 = 2 * precision * recall / (precision + recall)
    return f"{len(true):,} true pairs: P {precision:.3f} / R {recall:.3f} / F1 {f1:.3f}"


def run(name: str, shared: Path, into: Path) -> None:
    """Run one case as a whole process and print what it gave."""
    case = into / name
    (case / "lists").mkdir(parents=True)
    for path in (HERE / "real_cases" / name).iterdir():
        shutil.copy(path, case if path.name == "case.toml" else case / "lists")
    for file in FILES[name]:
        shutil.copy(shared / "data" / file, case / "lists")
    command = [sys.executable, "-m", "everyname", "run", "--quiet", str(case)]
    for turn in ("first run", "second run"):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            raise SystemExit(f"{name}: the run failed")
        print(f"{name}: {turn} {seconds:.1f} s, {usage.ru_maxrss / 1024:.0f} MB")
    folder = CaseFolder(case)
    for account in sorted((folder.work / "intake").iterdir()):
        print(f"{name}: {accounted(account)}")
    counted = CountsOfCase(folder, CaseFile.load(case / "case.toml")).result()
    total, patterns = counted.total, counted.patterns
    if total is None or patterns is None:
        raise SystemExit(f"{name}: no person was counted")
    print(f"{name}: count low {total.low:,}, best {total.best:,}, high {total.high:,}")
    for pattern, number in patterns.rows:
        held = " and ".join(n for n, p in zip(patterns.lists, pattern, strict=True) if p)
        print(f"{name}: in {held} only: {number:,}")
    print(f"{name}: {score(case, name)}")


def accounted(path: Path) -> str:
    """Where the cells of one list went."""
    from everyname.intake import CellAccount

    a = CellAccount.model_validate_json(path.read_text(encoding="utf-8"))
    words = "adds up" if a.adds_up else "DOES NOT ADD UP"
    return (
        f"{a.file}: {a.rows:,} rows, {a.cells:,} cells = {a.parsed:,} parsed + {a.kept:,} kept + "
        f"{a.rejected:,} rejected ({words})"
    )


def main() -> None:
    """Run both cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the real data")
    shared = parser.parse_args().shared
    if not (shared / "data" / "lists").is_dir():
        raise SystemExit(f"skipped: there is no {shared / 'data' / 'lists'}")
    with tempfile.TemporaryDirectory() as into:
        for name in FILES:
            run(name, shared, Path(into))


if __name__ == "__main__":
    main()
