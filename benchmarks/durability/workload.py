"""Workload: an import with originals that says what is kept as soon as it is.

One original and one transaction a batch. Everything in it is invented and the same in every run,
except for the salts and times that the ledger itself adds. This is the only module of these
measurements that knows how a ledger is written and verified.

    python benchmarks/durability/workload.py FOLDER --batches 30
"""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

from everyname.ledger import (
    Document,
    Ledger,
    Locator,
    Originals,
    Record,
    Source,
    Statement,
    verify,
)

PEOPLE = 12
GIVEN = ("Ada", "Ben", "Cleo", "Dov", "Ema", "Finn", "Gwen", "Hugo", "Ines", "Jan", "Kaja")
SOURCE = Source(key="hospital", name="Invented Hospital", language="en")


def noon() -> datetime:
    return datetime(2031, 8, 1, 12, 0, tzinfo=UTC)


def ledger_file(folder: Path) -> Path:
    """The ledger of a case."""
    return folder / "out" / "ledger.sqlite"


def opened(folder: Path) -> tuple[Ledger, Originals]:
    """Open the ledger of a case, or start one: as in a run, the folder ``out`` is made by it."""
    return Ledger.open(ledger_file(folder)), Originals(folder / "out" / "originals")


def original(batch: int) -> bytes:
    """The file of a batch: every third is larger than the others."""
    rows = [f"{key},{name}" for key, name in _people(batch)]
    scan = f"scan of page {batch}\n" * (1500 if batch % 3 == 0 else 20)
    return ("\n".join(["No,Name", *rows, scan])).encode()


def _people(batch: int) -> list[tuple[str, str]]:
    first = batch * PEOPLE
    return [
        (str(number), f"{GIVEN[number % len(GIVEN)]} Invented-{number}")
        for number in range(first, first + PEOPLE)
    ]


def append(ledger: Ledger, originals: Originals, batch: int) -> str:
    """Keep the original of a batch, then its entries in one transaction; return its SHA-256."""
    data = original(batch)
    sha256 = originals.preserve(data)
    received = noon().isoformat()
    records = [
        Record(
            source=SOURCE.key,
            kind="person",
            key=key,
            document=sha256,
            locator=Locator("", row),
            statements=(Statement("name", name), Statement("fate", "killed")),
            cells=(("No", key), ("Name", name)),
        )
        for row, (key, name) in enumerate(_people(batch), start=2)
    ]
    with ledger.writing(noon) as writer:
        writer.source(SOURCE)
        writer.document(Document(sha256, f"{batch}.csv", "text/csv", len(data), received))
        writer.deliver(f"{batch}.csv", sha256, "m1", records)
    return sha256


def problems(ledger: Ledger, originals: Originals) -> list[str]:
    """What verification finds."""
    return [str(problem) for problem in verify(ledger, originals)]


def change(what: str, folder: Path) -> None:
    """Take a safeguard away, so that a measurement can be seen to notice, or press a weak spot.

    Parameters
    ----------
    what
        ``off`` or ``normal`` for SQLite's `synchronous`; ``originals`` to leave out their fsync;
        ``checkpoints`` to move SQLite's log into the database and write over it all the time.
    folder
        The case.
    """
    pragmas = {
        "off": "synchronous=OFF",
        "normal": "synchronous=NORMAL",
        "checkpoints": "wal_autocheckpoint=20",
    }
    if what in pragmas:

        @event.listens_for(Pool, "checkout")
        def _checkout(connection: object, *_: object) -> None:
            connection.execute(f"PRAGMA {pragmas[what]}").close()  # type: ignore[attr-defined]

    if what == "originals":
        real, below = os.fsync, str(folder / "out" / "originals")

        def fsync(handle: int) -> None:
            if not str(Path(f"/proc/self/fd/{handle}").readlink()).startswith(below):
                real(handle)

        os.fsync = fsync


def run(folder: Path, batches: int) -> None:
    """Write batches, and say after each how many there are, the entries, and the original."""
    ledger, originals = opened(folder)
    # Entries before the first original: its folder must not live on the ledger's own syncs.
    with ledger.writing(noon) as writer:
        writer.source(SOURCE)
    os.write(1, f"ack 0 {ledger.size()}\n".encode())
    for batch in range(batches):
        sha256 = append(ledger, originals, batch)
        os.write(1, f"ack {batch + 1} {ledger.size()} {sha256}\n".encode())
        if batch % 8 == 7:  # now and then the program is started again
            ledger.close()
            ledger, originals = opened(folder)
    ledger.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--batches", type=int, default=30)
    parser.add_argument("--change", choices=("off", "normal", "checkpoints", "originals"))
    arguments = parser.parse_args()
    folder = arguments.folder.absolute()
    if arguments.change:
        change(arguments.change, folder)
    run(folder, arguments.batches)


if __name__ == "__main__":
    main()
