"""Links every data set at default settings and scores it.

Prints counts, scores, seconds and memory, never names. Each set is linked in a process of its own.
Sets whose files are not there are skipped, visibly:

    .venv/bin/python benchmarks/linkage_quality.py [SET...] [--subgroups | --sizes]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from everyname.linkage import link_values
from linkage_scores import Linked, Scored, Shares, scripts, sexes
from linkage_sets import SETS, DataSet, load
from linkage_sets.police_lists import correction

SKIPPED = 3


def linked(data: DataSet) -> Linked:
    """Link a data set: the only thing here that knows how linkage is called."""
    linkage = link_values(data.values, data.lists)
    found, pairs = linkage.clustering, linkage.pairs
    return Linked(found.low, found.best, found.high, pairs.a, pairs.b, pairs.probability)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scores of one set."""

    name: str
    records: int
    true_pairs: int
    pairwise: str
    bcubed: str
    counts: tuple[int, int, int, int]
    candidates: int
    recall_of_candidates: float
    calibration: float
    largest: int
    seconds: float
    subgroups: tuple[tuple[str, int, str], ...]


def measure(data: DataSet) -> Outcome:
    """Link a set and score it."""
    start = time.perf_counter()
    found = linked(data)
    seconds = time.perf_counter() - start
    scored = Scored(data, found)
    groups: dict[str, tuple[int, Shares]] = {}
    for subgroup in (sexes(data), scripts(data)):
        if len(set(subgroup) - {""}) > 1:
            groups |= {name or "not stated": one for name, one in scored.by(subgroup).items()}
    return Outcome(
        name=data.name,
        records=data.values.height,
        true_pairs=data.true_pairs,
        pairwise=str(scored.pairwise()),
        bcubed=str(scored.bcubed()),
        counts=scored.counts(),
        candidates=len(found.a),
        recall_of_candidates=scored.recall_of_candidates(),
        calibration=scored.calibration(),
        largest=scored.largest(),
        seconds=seconds,
        subgroups=tuple((name, size, str(shares)) for name, (size, shares) in groups.items()),
    )


def described(outcome: dict[str, Any], memory: float, *, subgroups: bool) -> str:
    """Lines that say what a set gave."""
    o = outcome
    low, best, high, true = o["counts"]
    held = "within" if low <= true <= high else "OUTSIDE"
    size = f"{o['records']:,} records, {o['true_pairs']:,} true pairs"
    error = f"{100 * (best - true) / true:+.1f}%; truth {held} the range"
    lines = [
        f"{o['name']}: {size}, {o['seconds']:.1f} s, {memory:.0f} MB",
        f"  pairs P / R / F1    {o['pairwise']}",
        f"  B-cubed P / R / F1  {o['bcubed']}, largest cluster {o['largest']:,}",
        f"  persons             {low:,} / {best:,} / {high:,}, true {true:,} ({error})",
        f"  candidates          {o['candidates']:,}, recall {o['recall_of_candidates']:.4f}",
        f"  calibration error   {o['calibration']:.3f}",
    ]
    if subgroups:
        lines += [f"    {name}: {size:,} pairs, {shares}" for name, size, shares in o["subgroups"]]
    return "\n".join(lines)


def in_own_process(name: str, *, subgroups: bool) -> None:
    """Measure one set in a process of its own and print what it gave."""
    command = [sys.executable, __file__, "--one", name]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    if process.stdout is None:
        raise SystemExit(f"{name}: no output")
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = code = os.waitstatus_to_exitcode(status)
    if code == SKIPPED:
        print(f"{name}: skipped, its files are not there", flush=True)
    elif code:
        print(f"{name}: FAILED ({code})", flush=True)
    else:
        outcome = json.loads(text.splitlines()[-1])
        print(described(outcome, usage.ru_maxrss / 1024, subgroups=subgroups), flush=True)


def sized(name: str) -> str:
    """How large a set is, and how much of a corrected truth was corrected."""
    try:
        data = load(name)
    except FileNotFoundError:
        return f"{name}: skipped, its files are not there"
    known = sum(person is not None for person in data.truth)
    text = (
        f"{name}: {data.values.height:,} records ({known:,} with a truth) of {data.persons:,} "
        f"persons on {len(set(data.lists))} lists, {data.true_pairs:,} true pairs "
        f"({data.score}); {', '.join(data.values.columns)}"
    )
    if name == "police_corrected":
        of = correction()
        text += (
            f"\n  of {of.published:,} pairs by the published ids {of.overruled} overruled, "
            f"{of.filled} filled in; {of.merged} persons stand twice on one list"
        )
    return text


def main() -> None:
    """Measure the sets named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}")
    parser.add_argument("--subgroups", action="store_true", help="by sex and script too")
    parser.add_argument("--sizes", action="store_true", help="only say how large the sets are")
    parser.add_argument("--one", metavar="SET", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        try:
            data = load(given.one)
        except FileNotFoundError:
            raise SystemExit(SKIPPED) from None
        print(json.dumps(asdict(measure(data))))
        return
    for name in given.sets or SETS:
        if given.sizes:
            print(sized(name), flush=True)
        else:
            in_own_process(name, subgroups=given.subgroups)


if __name__ == "__main__":
    main()
