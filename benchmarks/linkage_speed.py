"""Times the linkage of large simulated cases, ledger to persons, against bare Splink.

    .venv/bin/python benchmarks/linkage_speed.py --sizes 10000 100000 1000000

For each size a case is simulated (a tenth of the values of each field wrong, half of the birth
dates missing, many victims of one day and place) and taken into a ledger; both are kept under
``--folder`` for the next time. Then, each in a process of its own and with a ledger that assigns
no person yet, the whole linkage stage runs, and after it a bare Splink linkage of the same
records with the same blocking keys. *preparing* gives bare Splink its columns and keys; it is not
part of its seconds, but joining the keys is. *other work* is what the rest of the machine did
meanwhile, in cores.

Results go to ``linkage-speed.json`` and, on a log-log plot, to ``linkage-speed.svg`` and
``.png`` in the folder.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from dataclasses import asdict, dataclass
from math import log
from pathlib import Path
from statistics import linear_regression

from ledger_speed import Run, timed

# The parent imports no more than this: its own memory would count as that of its children.
SIZES = (10_000, 31_623, 100_000, 316_228, 1_000_000)
ERRORS, NO_BIRTH, SEED = 0.1, 0.5, 1
HERE = Path(__file__).parent
OURS, BARE = "everyname, ledger to persons", "bare Splink, same blocking"
STARTS = "ledger-without-persons.sqlite"
HEAD = "| records | what | s | processor s | memory MB | other work | P | R | persons |"
# Seconds and megabytes of the whole stage, by the number of records.
BARS = {100_000: (25.0, None), 1_000_000: (240.0, 4096.0)}
RATIO = 1.5


@dataclass(frozen=True, slots=True)
class Point:
    """What one engine took for one size."""

    records: int
    engine: str
    seconds: float
    processor: float
    memory: float
    other: float
    precision: float
    recall: float
    persons: int


def prepare(case: str) -> None:
    """Write what bare Splink reads: romanised columns, and the keys that everyname blocks by."""
    import polars as pl

    from everyname.case import CaseFolder
    from everyname.ledger import LedgerReader
    from everyname.linkage import FIELDS
    from everyname.linkage.blocking import blocking_of
    from everyname.linkage.traits import traits_of

    with LedgerReader(CaseFolder(Path(case)).ledger) as ledger:
        values = ledger.values(FIELDS).sort(*FIELDS, "record")
    traits = traits_of(values)
    pl.concat(
        [
            traits.frame.select("unique_id", "name", "place", "sex"),
            values.select("record", pl.col("birth_date", "date").cast(pl.String)),
        ],
        how="horizontal",
    ).write_parquet(Path(case, "bare.parquet"))
    blocking_of(traits).keys.select("id", "key").write_parquet(Path(case, "keys.parquet"))


def stage(case: str) -> None:
    """Run the linkage stage, and tell when it said what."""
    from everyname.case import CaseFolder
    from everyname.case.linkage_stage import LinkageOfCase

    folder, start = CaseFolder(Path(case)), time.perf_counter()
    told: list[tuple[float, str]] = []
    LinkageOfCase(folder, folder.file()).work(
        lambda words: told.append((round(time.perf_counter() - start, 1), words))
    )
    print(json.dumps([*told, (round(time.perf_counter() - start, 1), "done")]))


def scores(case: str, engine: str) -> None:
    """Pairwise precision and recall, and the number of persons found."""
    import polars as pl

    from everyname.case import CaseFolder
    from everyname.case.truth import pairwise
    from everyname.ledger import LedgerReader

    folder = CaseFolder(Path(case))
    with LedgerReader(folder.ledger) as ledger:
        rows = ledger.values([])
    if engine == OURS:
        clusters = pl.read_parquet(folder.work / "clusters.parquet")
        found = rows.join(clusters.select("record", label="best"), on="record")
    else:
        clusters = pl.read_parquet(Path(case, "bare-clusters.parquet"))
        records = pl.read_parquet(Path(case, "bare.parquet"), columns=["unique_id", "record"])
        clusters = clusters.join(records, on="unique_id")
        found = rows.join(clusters.select("record", label="cluster_id"), on="record")
    truth = pl.read_csv(Path(case, "truth.csv")).select(
        # The header is row 1, and the lists number their rows from 1.
        "person",
        reference=pl.concat_str("source", pl.col("row") - 1, separator="/"),
    )
    both = found.join(truth, on="reference")
    if both.height != rows.height:
        raise SystemExit("the truth does not name all records")
    precision, recall = pairwise(both["label"].to_list(), both["person"].to_list())
    print(json.dumps([precision, recall, both["label"].n_unique()]))


def plot(results: str) -> None:
    """Draw cost against size on two logarithmic scales."""
    import altair as alt
    import polars as pl

    points = pl.DataFrame(json.loads(Path(results).read_text()))
    sizes = alt.X("records:Q", scale=alt.Scale(type="log", nice=False, padding=16), title="Records")
    seconds = alt.Y(
        "seconds:Q", scale=alt.Scale(type="log", nice=False, padding=16), title="Seconds"
    )
    engine = alt.Color("engine:N", title=None, legend=alt.Legend(orient="top", labelLimit=400))
    base = alt.Chart(points).encode(x=sizes, y=seconds, color=engine)
    chart = (base.mark_line() + base.mark_point(filled=True, size=60)).properties(
        width=480, height=360, title="Linkage: time against size"
    )
    for ending in ("svg", "png"):
        chart.save(Path(results).with_suffix(f".{ending}"))


ASKED = {"prepare": prepare, "stage": stage, "scores": scores, "plot": plot}


def asked(what: str, *more: object) -> Run:
    return timed(sys.executable, __file__, what, *more)


def case_of(folder: Path, records: int) -> Path:
    """Make a case whose lists are in its ledger, unless it was made before."""
    case = folder / f"{records}-{ERRORS}-{NO_BIRTH}-{SEED}"
    if (case / STARTS).is_file():
        return case
    shutil.rmtree(case, ignore_errors=True)
    code = (
        "import sys, pathlib, everyname.simulation as s; s.simulate_large("
        "pathlib.Path(sys.argv[1]), records=int(sys.argv[2]), "
        f"errors={ERRORS}, no_birth={NO_BIRTH}, seed={SEED})"
    )
    made = timed(sys.executable, "-c", code, case, records)
    taken = timed(sys.executable, "-m", "everyname", "intake", case)
    print(f"made {records:,} records: simulated in {made.seconds:.0f} s with {made.memory:.0f} MB, "
          f"taken in in {taken.seconds:.0f} s", flush=True)  # fmt: skip
    shutil.copyfile(case / "out" / "ledger.sqlite", case / STARTS)
    return case


def measured(case: Path, records: int, engine: str) -> Point:
    """Run one engine on a case."""
    if engine == OURS:
        for rest in (case / "out").glob("ledger.sqlite*"):
            rest.unlink()
        shutil.copyfile(case / STARTS, case / "out" / "ledger.sqlite")
        run = asked("stage", case)
    else:
        prepared = asked("prepare", case)
        print(f"| {records:,} | preparing | {prepared.seconds:.1f} |", flush=True)
        run = timed(sys.executable, HERE / "bare_splink.py", case)
    precision, recall, persons = json.loads(asked("scores", case, engine).said)
    point = Point(
        records, engine, run.seconds, run.processor, run.memory, run.other,
        precision, recall, persons,
    )  # fmt: skip
    print(
        f"| {records:,} | {engine} | {run.seconds:.1f} | {run.processor:.1f} | {run.memory:.0f} "
        f"| {run.other:.1f} | {precision:.3f} | {recall:.3f} | {persons:,} |\n{run.said.strip()}",
        flush=True,
    )
    return point


def exponent(points: list[Point]) -> float:
    """Slope of the line through the points on the log-log plot."""
    slope, _ = linear_regression(
        [log(point.records) for point in points], [log(point.seconds) for point in points]
    )
    return slope


def judged(points: list[Point]) -> bool:
    """Print ratios, exponents and bars; tell whether one was missed."""
    missed = False
    by = {(point.records, point.engine): point for point in points}
    for engine in (OURS, BARE):
        those = [point for point in points if point.engine == engine]
        if len(those) > 1:
            print(f"{engine}: seconds grow as records to the power of {exponent(those):.2f}")
    for records in sorted({point.records for point in points}):
        ours, bare = by[records, OURS], by.get((records, BARE))
        seconds, memory = BARS.get(records, (None, None))
        found = [("seconds", ours.seconds, seconds), ("MB", ours.memory, memory)]
        if bare:
            found.append(("times bare Splink", ours.seconds / bare.seconds, RATIO))
        for what, value, bar in found:
            over = bar is not None and value > bar
            missed |= over
            told = "" if bar is None else f" (at most {bar:g}{', MISSED' if over else ''})"
            print(f"{records:,}: {value:.2f} {what}{told}")
    return missed


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in ASKED:
        ASKED[sys.argv[1]](*sys.argv[2:])
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/everyname-linkage-speed"))  # noqa: S108
    parser.add_argument("--without-bare", action="store_true", help="only everyname")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(f"{HEAD}\n{'|---' * 9}|")
    points = []
    for records in sorted(arguments.sizes):
        case = case_of(arguments.folder, records)
        engines = (OURS,) if arguments.without_bare else (OURS, BARE)
        points += [measured(case, records, engine) for engine in engines]
    results = arguments.folder / "linkage-speed.json"
    results.write_text(json.dumps([asdict(point) for point in points], indent=1))
    asked("plot", results)
    return int(judged(points))


if __name__ == "__main__":
    sys.exit(main())
