"""Kills a PostgreSQL server again and again under several imports, and looks at what is left.

    .venv/bin/python benchmarks/durability/postgresql_kills.py --kills 40 --seed 1

Each writer is a process that imports one invented file after another with `Ledger.deliver`, in
small batches, and writes each acknowledgement into a file of its own, synced, outside the database.
At a random moment all processes of the server get SIGKILL. Once every writer has met the error, the
server is started again on the same folder, and before anybody writes, the ledger is compared with
the acknowledgements: the records of each must be there, the right ones, in their order, with
contents. Then every writer gives the import once more whose last batch may be kept or not.

*Unknown* are batches and deliveries that were kept though nobody was told, which is allowed; *lost*
records that were acknowledged and are not there; *wrong* records in the place of others; *twice*
contents that were entered two times, or a file that was. In the end the ledger is verified.

In a second run the server tells writers that something is kept before it is (`synchronous_commit`
off): it must lose something, or this script could not see a loss, and fails.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from random import Random
from typing import Any

import orjson
from sqlalchemy import event
from sqlalchemy.pool import Pool

from everyname.errors import LedgerError
from everyname.ledger import Ledger, LedgerReader, Locator, Originals, Record, Statement, verify
from everyname.ledger import writer as ledger_writer
from everyname.ledger.delivery import Arrival

TESTS = Path(__file__).parents[2] / "tests" / "ledger"
DOCUMENT = "d" * 64
MAPPING = "m1"
RECORDS = 200
BATCH = 10
PATIENCE = 120.0
SHORTEST, LONGEST = 0.2, 1.5
COMPLETE = "complete"
ARRIVED = (
    "SELECT arrival.id, arrived.position, record.id, sealed.seq FROM arrived "
    "JOIN arrival ON arrival.seq = arrived.arrival "
    "LEFT JOIN record ON record.seq = arrived.record "
    "LEFT JOIN sealed ON sealed.seq = record.seq ORDER BY arrived.arrival, arrived.position"
)
CONTENTS = (
    "SELECT entry.kind, sealed.content FROM entry JOIN sealed ON sealed.seq = entry.seq "
    "WHERE entry.kind <> 'record'"
)
TWICE = (
    "SELECT count(*) - count(DISTINCT sealed.content) FROM sealed "
    "JOIN entry ON entry.seq = sealed.seq WHERE entry.kind = 'record'"
)


@dataclass(slots=True)
class Told:
    """What writers were told: how many records of each file are kept, and which are complete."""

    records: dict[str, int] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    errors: Counter[str] = field(default_factory=Counter)
    acknowledgements: int = 0

    @classmethod
    def by(cls, logs: Path) -> Told:
        """Read what all writers wrote down; the last line of one may be cut off by its end."""
        told = cls()
        for log in sorted(logs.glob("writer-*")):
            for line in log.read_text().splitlines():
                what, _, said = line.partition(" ")
                if what == "error":
                    told.errors[said] += 1
                    continue
                told.acknowledgements += 1
                if said == COMPLETE:
                    told.complete.add(what)
                else:
                    told.records[what] = max(told.records.get(what, 0), int(said))
        return told


def people(who: str, number: int) -> Iterator[Record]:
    """Invented records of one file."""
    for row in range(RECORDS):
        name = f"Ada Invented-{number}-{row}"
        yield Record(
            source=who,
            kind="person",
            key=f"{number}-{row}",
            document=DOCUMENT,
            locator=Locator("", row + 2),
            statements=(Statement("name", name), Statement("fate", "killed")),
            cells=(("No", str(row)), ("Name", name)),
        )


def named(who: str, number: int) -> str:
    return f"{who}.{number}.csv"


@cache
def expected(file: str) -> tuple[bytes, ...]:
    """Ids of the records of a file."""
    who, number, _ = file.split(".")
    return tuple(record.encoded().id for record in people(who, int(number)))


def hurried() -> None:
    """Have the server tell this process that something is kept before it is."""

    @event.listens_for(Pool, "checkout")
    def _checkout(connection: Any, *_: object) -> None:  # noqa: ANN401 - of no fixed type
        connection.cursor().execute("SET synchronous_commit = off")
        connection.commit()


def import_files(
    address: str, log: Path, who: str, gate: Barrier, over: Event, *, hurry: bool
) -> None:
    """Import file after file; after each error, wait until the server was looked at."""
    ledger_writer.BATCH = BATCH
    if hurry:
        hurried()
    with (log / who).open("ab", buffering=0) as file:

        def said(text: str) -> None:
            file.write(f"{text}\n".encode())
            os.fsync(file.fileno())

        def told(name: str, count: int) -> None:
            said(f"{name} {count}")

        number, ledger = 0, None
        while not over.is_set():
            name = named(who, number)
            try:
                ledger = ledger or Ledger.open(address)
                ledger.deliver(
                    name,
                    DOCUMENT,
                    MAPPING,
                    people(who, number),
                    progress=partial(told, name),
                )
            except Exception as error:  # noqa: BLE001 - whatever escapes is what is looked for
                said(f"error {type(error).__name__}")
                if ledger is not None:
                    ledger.close()
                ledger = None
                gate.wait(PATIENCE)  # everybody has met the error
                gate.wait(PATIENCE)  # the server is back, and was looked at
            else:
                said(f"{name} {COMPLETE}")
                number += 1


def compared(address: str, logs: Path) -> tuple[Counter[str], Told]:
    """Compare the ledger with what was acknowledged."""
    told, found = Told.by(logs), Counter[str]()
    with LedgerReader(address) as ledger:
        engine = ledger.database.engine(read_only=True)

        def rows(query: str) -> list[Any]:
            with engine.connect() as connection:
                return list(ledger.database.stream(connection, query))

        held: dict[str, list[Any]] = {}
        for arrival, position, *record in rows(ARRIVED):
            if position != len(held.setdefault(arrival, [])):
                found["wrong"] += 1
            held[arrival].append(record)
        kinds = [(kind, bytes(content)) for kind, content in rows(CONTENTS)]
        ((twice,),) = rows(TWICE)
        engine.dispose()
    delivered = {orjson.loads(said)["file"] for kind, said in kinds if kind == "delivery"}
    begun = [orjson.loads(content)["file"] for kind, content in kinds if kind == "arrival"]
    found["twice"] += twice + len(kinds) - len(set(kinds)) + len(begun) - len(set(begun))
    for file in begun:
        kept = held.pop(Arrival(file, DOCUMENT, MAPPING).id, [])
        right = [id_ is not None and bytes(id_) for id_, content in kept if content is not None]
        acknowledged = told.records.get(file, 0)
        found["lost"] += max(0, acknowledged - len(right))
        found["wrong"] += sum(a != b for a, b in zip(right, expected(file), strict=False))
        found["wrong"] += len(kept) - len(right)
        found["unknown"] += max(0, len(kept) - acknowledged) // BATCH
    found["lost"] += sum(count for file, count in told.records.items() if file not in set(begun))
    found["lost"] += len(told.complete - delivered)
    found["unknown"] += len(delivered - told.complete)
    found["wrong"] += len(held)
    return found, told


def restarted(server: Any) -> None:  # noqa: ANN401 - the server of the tests has no types
    """Start the server; a process of the killed one may hold its memory for a moment longer."""
    for _ in range(2):
        try:
            server.start()
        except RuntimeError:
            time.sleep(1)
        else:
            return
    server.start()


def measured(
    folder: Path, kills: int, writers: int, seed: int, *, hurry: bool
) -> tuple[Counter[str], Told]:
    """Kill the server so many times under load."""
    sys.path.insert(0, str(TESTS))
    from postgresql_server import Server

    random, totals = Random(seed), Counter[str]()  # noqa: S311 - chance, no secret
    logs = folder / "logs"
    logs.mkdir()
    settings = ("wal_writer_delay = 10s",) if hurry else ()
    server = Server(folder / "postgresql").make(*settings).start()
    context = multiprocessing.get_context("spawn")
    gate, over = context.Barrier(writers + 1), context.Event()
    tasks = []
    try:
        address = server.database("kills")
        Ledger.open(address).close()
        for number in range(writers):
            arguments = (address, logs, f"writer-{number}", gate, over)
            tasks.append(
                context.Process(
                    target=import_files, args=arguments, kwargs={"hurry": hurry}, daemon=True
                )
            )
            tasks[-1].start()
        patient = time.monotonic() + PATIENCE
        while len(Told.by(logs).records) < writers:
            if time.monotonic() > patient:
                raise SystemExit("the writers do not begin")
            time.sleep(0.1)
        for _ in range(kills):
            time.sleep(random.uniform(SHORTEST, LONGEST))
            server.kill()
            gate.wait(PATIENCE)
            restarted(server)
            totals.update(compared(address, logs)[0])
            gate.wait(PATIENCE)
        time.sleep(LONGEST)
        over.set()
        for task in tasks:
            task.join(PATIENCE)
            totals["failed writers"] += task.exitcode != 0
        last, told = compared(address, logs)
        totals.update(last)
        totals["still unknown"] = last["unknown"]
        with LedgerReader(address) as ledger:
            totals["entries"] = ledger.size()
            problems = list(verify(ledger, Originals(folder / "originals")))
        totals["verify finds"] = len(problems)
        for problem in problems:
            print(problem)
    finally:
        for task in tasks:
            task.kill()
        server.stop()
    return totals, told


BAD = ("lost", "wrong", "twice", "verify finds", "still unknown", "failed writers")


def shown(label: str, kills: int, writers: int, seed: int, *, hurry: bool) -> bool:
    """Run, print a row, and tell whether all was well."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)  # the user that runs PostgreSQL has to get through
        totals, told = measured(Path(name), kills, writers, seed, hurry=hurry)
    refused = told.errors.pop(LedgerError.__name__, 0)
    figures = [kills, told.acknowledgements, len(told.complete), totals["entries"], refused]
    figures += [sum(told.errors.values()), totals["unknown"], *(totals[name] for name in BAD)]
    row = (label, *figures, f"{time.monotonic() - start:.0f}")
    print(f"| {' | '.join(map(str, row))} |", flush=True)
    for error, count in told.errors.items():
        print(f"{count} times {error}, which is no error of everyname")
    return not any(totals[name] for name in BAD) and not told.errors


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--control-kills", type=int, default=3)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.path.insert(0, str(TESTS))
    from postgresql_server import program

    if program("postgres") is None:
        print("Nothing can be measured: PostgreSQL is not installed.")
        return 2
    columns = ["run", "kills", "acknowledged", "files", "entries", "refused", "other errors"]
    columns += ["unknown", *BAD, "seconds"]
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}", flush=True)
    same = (arguments.writers, arguments.seed)
    well = shown("as shipped", arguments.kills, *same, hurry=False)
    if arguments.control_kills:
        label = "synchronous_commit off"
        well &= not shown(label, arguments.control_kills, *same, hurry=True)
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
