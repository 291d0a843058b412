"""Times appending with proofs against `sqlite-utils insert`, and what a large ledger answers.

    .venv/bin/python benchmarks/ledger_speed.py --rows 1000000 --rounds 3

Both read the same JSON lines, 10 text fields a row, and take turns as processes of their own.
sqlite-utils makes one table; the ledger makes a record of 9 statements and 10 cells of each row,
seals it with a salt, commits to it in the log, and lets the Merkle tree grow. Then, in fresh
processes and with the file dropped from the system's cache, the ledger is asked for its root,
for inclusion proofs (each of which is checked) and for a full verification.

*Other work* is what the rest of the machine did meanwhile, in cores: with more than a little of it
the seconds are upper bounds and the processor seconds say more.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

# The parent imports no more than this: its own memory would count as that of its children.
if TYPE_CHECKING:
    from everyname.ledger import Record
    from everyname.ledger.place import Place

TESTS = Path(__file__).parents[1] / "tests" / "ledger"
GIVEN = ("Arin", "Belo", "Cadu", "Dovra", "Elim", "Farun", "Golda", "Hirun", "Ўлмас", "Žofie")
FAMILY = ("Tarvel", "Ossin", "Meruk", "Laudan", "Kesrim", "Jovash", "Тарвель", "Ñandor")
CAUSES = ("shelling", "gunshot", "cold", "unknown")
STATED = ("name", "sex", "age", "birth_date", "date", "place", "fate", "cause", "note")
DOCUMENT = "d" * 64
ROOTS = 5
PROOFS = 1000
HEAD = "| what | s | processor s | memory MB | size MB | other work |\n" + "|---" * 6 + "|"
BARS = {"ratio": 2.0, "memory": 1024.0, "root": 50.0, "proof": 5.0, "verify": 1.0}


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds, of processors, most memory in MB, cores of other work."""

    seconds: float
    processor: float
    memory: float
    other: float
    said: str


def write_rows(path: Path, rows: int) -> None:
    """Write invented people, always the same ones."""
    random = Random(1)  # noqa: S311 - chance, no secret
    pick = random.choice
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            row = {
                "key": str(number),
                "name": f"{pick(GIVEN)} {pick(FAMILY)}son of {pick(GIVEN)}",
                "sex": pick(("male", "female")),
                "age": str(random.randint(0, 90)),
                "birth_date": f"19{random.randint(10, 99)}-0{random.randint(1, 9)}-1{number % 10}",
                "date": f"2031-02-{random.randint(1, 28):02}",
                "place": f"{pick(('Upper', 'Lower', 'East'))} village {random.randint(1, 900)}",
                "fate": "killed",
                "cause": pick(CAUSES),
                "note": f"row {number} as told by a neighbour",
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def records(rows: Path) -> Iterator[Record]:
    """Read the rows as an import does."""
    import orjson

    from everyname.ledger import Locator, Record, Statement

    with rows.open("rb") as file:
        for number, line in enumerate(file, start=1):
            row = orjson.loads(line)
            stated = tuple([Statement(field, row[field]) for field in STATED])
            place = Locator("", number)
            yield Record("list", "person", row["key"], DOCUMENT, place, stated, tuple(row.items()))


def place_of(text: str) -> Place:
    return text if "://" in text else Path(text)


def append(place: str, rows: str) -> None:
    from everyname.ledger import Ledger

    with Ledger.open(place_of(place)) as ledger:
        ledger.deliver("rows.jsonl", DOCUMENT, "m1", records(Path(rows)))


def root(place: str) -> None:
    from everyname.ledger import LedgerReader

    start = time.perf_counter()
    with LedgerReader(place_of(place)) as ledger:
        ledger.root()
        print((time.perf_counter() - start) * 1000)


def proofs(place: str) -> None:
    from everyname.ledger import LedgerReader
    from everyname.ledger.merkle import leaf_hash, verify_inclusion

    random, times = Random(2), []  # noqa: S311 - chance, no secret
    with LedgerReader(place_of(place)) as ledger:
        size, top = ledger.size(), ledger.root()
        for _ in range(PROOFS):
            seq = random.randint(1, size)
            start = time.perf_counter()
            proved = ledger.proved(seq, size)
            times.append((time.perf_counter() - start) * 1000)
            if not verify_inclusion(leaf_hash(proved.body), seq - 1, size, proved.proof, top):
                raise SystemExit(f"the proof of entry {seq} is wrong")
    print(statistics.median(times), statistics.quantiles(times, n=100)[-1], max(times), size)


def verification(place: str) -> None:
    from everyname.ledger import LedgerReader, Originals, verify

    with LedgerReader(place_of(place)) as ledger:
        for problem in verify(ledger, Originals(Path(tempfile.gettempdir(), "no originals"))):
            raise SystemExit(str(problem))


ASKED: dict[str, Callable[..., None]] = {
    "append": append,
    "root": root,
    "proofs": proofs,
    "verify": verification,
}


def busy() -> float:
    """Seconds that all processors together have worked since the machine started."""
    with Path("/proc/stat").open() as file:
        user, nice, system, _idle, _wait, *rest = map(int, file.readline().split()[1:])
    return (user + nice + system + sum(rest[:2])) / os.sysconf("SC_CLK_TCK")


def timed(*command: object) -> Run:
    """Run a process, with nothing left to write from what came before."""
    os.sync()
    worked, start = busy(), time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    said = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if process.stdout:
        process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise SystemExit(f"failed: {command}")
    processor = usage.ru_utime + usage.ru_stime
    other = max(0.0, (busy() - worked - processor) / seconds)
    return Run(seconds, processor, usage.ru_maxrss / 1024, other, said)


def asked(what: str, place: object, *more: object) -> Run:
    return timed(sys.executable, __file__, what, place, *more)


def megabytes(path: Path) -> float:
    """Size of a database with the files that lie beside it."""
    return sum(file.stat().st_size for file in path.parent.glob(path.name + "*")) / 1e6


def forgotten(path: Path) -> None:
    """Drop a file from the system's cache."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def removed(path: Path) -> None:
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def show(name: str, run: Run, size: float) -> None:
    print(
        f"| {name} | {run.seconds:.1f} | {run.processor:.1f} | {run.memory:.0f} | {size:.0f} "
        f"| {run.other:.1f} |",
        flush=True,
    )


def rounds(folder: Path, rows: Path, number: int) -> list[tuple[Run, Run]]:
    """Let both take turns; the last ledger stays."""
    insert = Path(sys.executable).with_name("sqlite-utils")
    print(HEAD)
    pairs = []
    for turn in range(1, number + 1):
        table, ledger = folder / "table.sqlite", folder / "ledger.sqlite"
        removed(table)
        removed(ledger)
        inserted = timed(insert, "insert", table, "t", rows, "--nl")
        show(f"sqlite-utils insert, {turn}", inserted, megabytes(table))
        appended = asked("append", ledger, rows)
        show(f"append with proofs, {turn}", appended, megabytes(ledger))
        pairs.append((inserted, appended))
    return pairs


def judged(name: str, value: float, bar: float | None, unit: str = "") -> bool:
    """Print a figure; tell whether it misses its bar."""
    missed = bar is not None and value > bar
    told = "" if bar is None else f"at most {bar:g}{unit}{' MISSED' if missed else ''}"
    print(f"| {name} | {value:.3g}{unit} | {told} |", flush=True)
    return missed


def answers(ledger: Path, pairs: list[tuple[Run, Run]]) -> bool:
    """Ask the ledger; tell whether a bar was missed."""
    runs = []
    for _ in range(ROOTS):
        forgotten(ledger)
        runs.append(float(asked("root", ledger).said))
    forgotten(ledger)
    median, most, worst, size = map(float, asked("proofs", ledger).said.split())
    forgotten(ledger)
    verified = asked("verify", ledger)
    show("verify", verified, megabytes(ledger))
    ratios = [appended.seconds / inserted.seconds for inserted, appended in pairs]
    work = [appended.processor / inserted.processor for inserted, appended in pairs]
    append_seconds = statistics.median(appended.seconds for _, appended in pairs)
    print(f"\n{size:,.0f} entries.\n\n| figure | measured | bar |\n|---|---|---|")
    missed = [
        judged("append / insert, median of rounds", statistics.median(ratios), BARS["ratio"]),
        judged("append / insert, least", min(ratios), None),
        judged("the same in processor seconds, median", statistics.median(work), None),
        judged("memory of append", max(a.memory for _, a in pairs), BARS["memory"], " MB"),
        judged(f"root after reopening, worst of {ROOTS}", max(runs), BARS["root"], " ms"),
        judged(f"inclusion proof, median of {PROOFS}", median, BARS["proof"], " ms"),
        judged("inclusion proof, 99 of 100 within", most, BARS["proof"], " ms"),
        judged("inclusion proof, worst", worst, None, " ms"),
        judged("verify / append", verified.seconds / append_seconds, BARS["verify"]),
        judged("memory of verify", verified.memory, BARS["memory"], " MB"),
    ]
    return any(missed)


def on_postgresql(folder: Path, rows: Path) -> None:
    """Append the same to a PostgreSQL server of our own, as it is set by default."""
    sys.path.insert(0, str(TESTS))
    from postgresql_server import Server, program

    if program("postgres") is None:
        print("PostgreSQL is not installed.")
        return
    server = Server(folder / "postgresql").make().start()
    try:
        address = server.database("speed")
        appended = asked("append", address, rows)
        files = [path for path in (server.data / "base").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        print(f"\n{HEAD}")
        show("append on PostgreSQL (without the server's processor)", appended, size)
        show("verify on PostgreSQL (the same)", asked("verify", address), size)
        print("\n| figure | measured | bar |\n|---|---|---|")
        median, most, worst, _ = map(float, asked("proofs", address).said.split())
        judged("root on PostgreSQL", float(asked("root", address).said), None, " ms")
        judged(f"inclusion proof on PostgreSQL, median of {PROOFS}", median, None, " ms")
        judged("inclusion proof on PostgreSQL, 99 of 100 within", most, None, " ms")
        judged("inclusion proof on PostgreSQL, worst", worst, None, " ms")
    finally:
        server.stop()


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in ASKED:
        ASKED[sys.argv[1]](*sys.argv[2:])
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgresql", action="store_true", help="also on PostgreSQL")
    parser.add_argument("--folder", type=Path, help="where to work; needs 2 KB a row")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        # The user that runs PostgreSQL has to get through.
        folder.chmod(0o755)
        rows = folder / "rows.jsonl"
        write_rows(rows, arguments.rows)
        pairs = rounds(folder, rows, arguments.rounds)
        missed = answers(folder / "ledger.sqlite", pairs)
        if arguments.postgresql:
            on_postgresql(folder, rows)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
