"""Lets several processes write to one ledger at once, while another one follows what they write.

    .venv/bin/python benchmarks/durability/writers.py --seconds 20

Each writer makes one small transaction after another: a delivery of three records. Together they
are measured on SQLite and on PostgreSQL, and on both again while one of them imports a large file.
A reader polls for entries after the last one it knows, as a program does that follows a ledger, and
must see each number once and in order, with its content: a *gap* is a number that came too early, a
*missed* row one that the ledger holds, or a writer knows to be kept, and the reader never saw.

*Waited* is the time from asking for a transaction until it begins, *kept* until it is on disk.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from everyname.ledger import Ledger, LedgerReader, Locator, Record, Statement

TESTS = Path(__file__).parents[2] / "tests" / "ledger"
DOCUMENT = "d" * 64
PEOPLE = 3
LARGE = 200_000
BAR = 2.0
ENTRIES = (
    "SELECT entry.seq, record.key, sealed.seq FROM entry "
    "LEFT JOIN sealed ON sealed.seq = entry.seq LEFT JOIN record ON record.seq = entry.seq "
    "WHERE entry.seq > ? ORDER BY entry.seq"
)
Entry = tuple[int, str | None, int | None]
"""Number, key if it is a record, number of the content."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer was told to be kept, and how long each transaction waited and took, in s."""

    keys: list[str]
    waited: list[float]
    kept: list[float]


@dataclass(frozen=True, slots=True)
class Followed:
    """What the reader saw, in the order in which it saw it."""

    entries: list[Entry]
    polls: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Where processes meet: files that say who is ready, and when to begin and to stop."""

    folder: Path

    def begin(self, who: str) -> None:
        """Wait until all are ready."""
        (self.folder / f"ready-{who}").touch()
        while not (self.folder / "go").exists():
            time.sleep(0.01)

    def start(self, number: int) -> None:
        """Wait until so many are ready, and let them begin."""
        while len(list(self.folder.glob("ready-*"))) < number:
            time.sleep(0.01)
        (self.folder / "go").touch()

    def stop(self) -> None:
        """Tell all that it is over."""
        (self.folder / "stop").touch()

    def stopped(self) -> bool:
        """Whether it is over."""
        return (self.folder / "stop").exists()


def people(who: str, first: int, number: int) -> Iterator[Record]:
    """Invented records of one writer."""
    for key in range(first, first + number):
        yield Record(
            source=who,
            kind="person",
            key=f"{who}-{key}",
            document=DOCUMENT,
            locator=Locator("", key + 1),
            statements=(Statement("name", f"Ada Invented-{key}"), Statement("fate", "killed")),
            cells=(("No", str(key)), ("Name", f"Ada Invented-{key}")),
        )


def write(place: str, stage: Stage, who: str) -> Written:
    """Make small transactions until it is over."""
    written, number = Written([], [], []), 0
    with Ledger.open(place_of(place)) as ledger:
        stage.begin(who)
        while not stage.stopped():
            records = list(people(who, number * PEOPLE, PEOPLE))
            asked = time.perf_counter()
            with ledger.writing() as writer:
                written.waited.append(time.perf_counter() - asked)
                writer.deliver(f"{who}-{number}.csv", DOCUMENT, "m1", records)
            written.kept.append(time.perf_counter() - asked)
            written.keys.extend(record.key for record in records)
            number += 1
    return written


def import_large(place: str, stage: Stage, records: int) -> float:
    """Import one large file; return the seconds it took."""
    with Ledger.open(place_of(place)) as ledger:
        stage.begin("large")
        start = time.perf_counter()
        ledger.deliver("large.csv", DOCUMENT, "m1", people("large", 0, records))
        return time.perf_counter() - start


def follow(place: str, stage: Stage) -> Followed:
    """Poll for what is new until it is over, and then once more."""
    entries: list[Entry] = []
    polls, last, over = 0, 0, False
    with LedgerReader(place_of(place)) as ledger:
        database, engine = ledger.database, ledger.database.engine(read_only=True)
        stage.begin("reader")
        while not over:
            over = stage.stopped() and not list(stage.folder.glob("ready-*"))
            with engine.connect() as connection:
                reading = database.for_reading(connection)
                entries.extend(database.stream(reading, ENTRIES, last))
            last = max(last, entries[-1][0] if entries else 0)
            polls += 1
            time.sleep(0.005)
        engine.dispose()
    return Followed(entries, polls)


def place_of(text: str) -> Path | str:
    return text if "://" in text else Path(text)


def faults(seen: list[Entry], held: list[Entry], acknowledged: set[str]) -> dict[str, int]:
    """Compare what the reader saw with what the ledger holds and what writers were told."""
    numbers = [seq for seq, *_ in seen]
    keys = [key for _, key, _ in seen if key is not None]
    size = len(held)
    return {
        "gaps": sum(seq != place for place, seq in enumerate(numbers, start=1)),
        "twice": len(numbers) - len(set(numbers)) + len(keys) - len(set(keys)),
        "missed": len(set(held) - set(seen)) + len(acknowledged - set(keys)),
        "bare": sum(content is None for *_, content in seen),
        "holes": sum(seq != place for place, (seq, *_) in enumerate(held, start=1)) if size else 1,
    }


def measured(place: str, writers: int, seconds: float, large: int) -> tuple[list[str], bool]:
    """Let them write at once; return the figures, and whether all went well."""
    Ledger.open(place_of(place)).close()
    small = writers - bool(large)
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as name,
        ProcessPoolExecutor(writers + 1, mp_context=context) as pool,
    ):
        stage = Stage(Path(name))
        reader = pool.submit(follow, place, stage)
        tasks = [pool.submit(write, place, stage, f"writer-{n}") for n in range(small)]
        imported: Future[float] | None = None
        if large:
            imported = pool.submit(import_large, place, stage, large)
        stage.start(writers + 1)
        start = time.perf_counter()
        if imported is None:
            time.sleep(seconds)
        else:
            imported.result()
        took = time.perf_counter() - start
        stage.stop()
        written = [task.result() for task in tasks]
        for ready in stage.folder.glob("ready-*"):
            ready.unlink()
        followed = reader.result()
    with LedgerReader(place_of(place)) as ledger:
        engine = ledger.database.engine(read_only=True)
        with engine.connect() as connection:
            held: list[Entry] = list(ledger.database.stream(connection, ENTRIES, 0))
        engine.dispose()
    found = faults(followed.entries, held, {key for one in written for key in one.keys})
    return _figures(took, written, followed, found, large), not any(found.values())


def _figures(
    took: float, written: list[Written], followed: Followed, found: dict[str, int], large: int
) -> list[str]:
    waited = [seconds for one in written for seconds in one.waited]
    kept = [seconds for one in written for seconds in one.kept]
    least = min(len(one.kept) for one in written)
    return [
        f"{large:,}" if large else "-",
        f"{took:.1f}",
        f"{len(kept):,}",
        f"{len(kept) / took:.0f}",
        f"{least:,}",
        f"{statistics.median(kept) * 1000:.0f}",
        f"{max(waited):.2f}",
        f"{max(kept):.2f}",
        f"{len(followed.entries):,}",
        f"{followed.polls:,}",
        *map(str, found.values()),
    ]


@contextmanager
def places(folder: Path, databases: list[str]) -> Iterator[dict[str, list[str]]]:
    """Places for two ledgers in each kind of database."""
    found: dict[str, list[str]] = {}
    server = None
    if "SQLite" in databases:
        found["SQLite"] = [str(folder / name / "ledger.sqlite") for name in ("small", "large")]
    if "PostgreSQL" in databases:
        sys.path.insert(0, str(TESTS))
        from postgresql_server import Server, program

        if program("postgres") is None:
            print("PostgreSQL is not installed: it is left out.")
        else:
            folder.chmod(0o755)  # the user that runs PostgreSQL has to get through
            server = Server(folder / "postgresql").make().start()
            found["PostgreSQL"] = [server.database(name) for name in ("small", "large")]
    try:
        yield found
    finally:
        if server is not None:
            server.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--large", type=int, default=LARGE, help="records of the large import")
    parser.add_argument("--database", action="append", choices=("SQLite", "PostgreSQL"))
    arguments = parser.parse_args()
    columns = ["database", "large import", "s", "transactions", "a second", "least of a writer"]
    columns += ["median kept, ms", "worst waited, s", "worst kept, s", "entries seen", "polls"]
    columns += ["gaps", "twice", "missed", "without content", "holes"]
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}", flush=True)
    well = True
    with tempfile.TemporaryDirectory() as name:
        chosen = arguments.database or ["SQLite", "PostgreSQL"]
        with places(Path(name), chosen) as found:
            for database, (small, large) in found.items():
                for place, size in ((small, 0), (large, arguments.large)):
                    if place == large and not size:
                        continue
                    figures, sound = measured(place, arguments.writers, arguments.seconds, size)
                    worst = float(figures[columns.index("worst kept, s") - 1])
                    well &= sound and (database != "SQLite" or worst < BAR)
                    print(f"| {' | '.join([database, *figures])} |", flush=True)
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
