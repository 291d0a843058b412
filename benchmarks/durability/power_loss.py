"""Cuts the power at random points of a real import, and looks at what is left.

    .venv/bin/python benchmarks/durability/power_loss.py --images 1000 --seed 1

A real process imports originals and records while strace writes down every operation on files
(`recording.py`); a model of a disk that drops and tears what was not synced (`disk.py`) makes an
image at each of many random points; every image is opened, verified and written to again.
What the process had printed before that point was acknowledged, and must be there.

The usual way is an apsw VFS in Python that stands between SQLite and the disk. It would replace the
driver by another one with another SQLite inside, would see nothing of the originals (written by
Python, with renames and synced folders) and could not order the two against each other. The log of
the kernel holds the driver that is shipped and the originals in one true order. The end state of
the model is compared with the real folder, byte for byte, so no operation can have been missed.

A run with nothing left out must lose nothing; so must one in which SQLite moves its log into the
database and writes over it every few pages, which the shipped setting does after 32 MB only. Runs
with a safeguard taken away show that a loss would be seen: they fail on purpose, and the script
fails when they do not.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from disk import STALE, Disk, Image, Operation, Say, Sync
from recording import NotUnderstood, possible, record
from workload import append, ledger_file, opened, original, problems

from everyname.errors import EverynameError
from everyname.ledger import Originals

HERE = Path(__file__).parent
SOUND = {"": "as shipped", "checkpoints": "log moved and written over often"}
CONTROLS = {
    "normal": "synchronous=NORMAL",
    "off": "synchronous=OFF",
    "originals": "originals not synced",
}
FINDINGS = (
    *("entries lost", "originals lost", "unreadable", "bare error"),
    *("other entries", "verify finds", "cannot go on"),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finished import: what it did, and what it kept."""

    operations: Sequence[Operation]
    entries: Sequence[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the process had said before the power went."""

    batches: int = 0
    entries: int = 0
    originals: tuple[str, ...] = ()

    def said(self, text: str) -> Acknowledged:
        """After one more line."""
        _, batches, size, *sha256 = text.split()
        return Acknowledged(int(batches), int(size), (*self.originals, *sha256))


def entries(ledger: Path) -> list[tuple[object, ...]]:
    """Body, salt and content of all entries."""
    query = (
        "SELECT entry.seq, body, salt, content FROM entry LEFT JOIN sealed USING (seq) ORDER BY 1"
    )
    connection = sqlite3.connect(ledger)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def recorded(batches: int, change: str = "") -> Recorded:
    """Run the workload under strace, and make sure that nothing of it was missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "case").resolve()
        folder.mkdir()
        arguments = [str(folder), "--batches", str(batches)]
        arguments += ["--change", change] if change else []
        done = record(HERE / "workload.py", arguments, folder, Path(name, "log"))
        disk = Disk()
        for operation in done:
            disk.apply(operation)
        real = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        if disk.image(Random(0), keep=1).files != real:  # noqa: S311 - chance, no secret
            raise NotUnderstood("the recording does not end in the folder that the import left")
        return Recorded(done, entries(ledger_file(folder)))


def images(
    operations: Sequence[Operation], count: int, seed: int
) -> Iterator[tuple[Acknowledged, Image]]:
    """Cut the power at random points: one time in three all that is not safe is dropped or kept."""
    random = Random(seed)  # noqa: S311 - chance, no secret
    cuts = sorted(random.randrange(len(operations) + 1) for _ in range(count))
    disk, done, acknowledged = Disk(), 0, Acknowledged()
    for cut in cuts:
        for operation in operations[done:cut]:
            disk.apply(operation)
            if isinstance(operation, Say):
                acknowledged = acknowledged.said(operation.text)
        done = cut
        keep = min(1.0, max(0.0, random.uniform(-0.25, 1.25)))
        yield acknowledged, _without_shared_memory(disk.image(random, keep))


def _without_shared_memory(image: Image) -> Image:
    # SQLite maps these into memory and must never believe what a crash left in them.
    return Image(
        {n: STALE * 64 if n.endswith("-shm") else data for n, data in image.files.items()},
        image.folders,
    )


def findings(folder: Path, acknowledged: Acknowledged, finished: Recorded) -> set[str]:
    """Look at an image: which of `FINDINGS` hold.

    *Unreadable* is a ledger that cannot be opened or verified to the end, *bare error* one that is
    refused with something else than an error of everyname; *other entries* differ in a byte from
    those of the finished import; *cannot go on* is a next batch that is refused or not kept.
    """
    found: set[str] = set()
    for batch, sha256 in enumerate(acknowledged.originals):
        path = Originals(folder / "out" / "originals").path(sha256)
        if not path.is_file() or path.read_bytes() != original(batch):
            found.add("originals lost")
    try:
        ledger, originals = opened(folder)
        with ledger:
            size = ledger.size()
            if problems(ledger, originals):
                found.add("verify finds")
        kept = entries(ledger_file(folder))
    except EverynameError:
        return found | {"unreadable"}
    except Exception:  # noqa: BLE001 - whatever escapes is counted too
        return found | {"unreadable", "bare error"}
    if size < acknowledged.entries:
        found.add("entries lost")
    if kept != list(finished.entries[:size]):
        found.add("other entries")
    if _stuck(folder, acknowledged):
        found.add("cannot go on")
    return found


def _stuck(folder: Path, acknowledged: Acknowledged) -> bool:
    # The next batch is sent again, as whoever did not get an acknowledgement would.
    try:
        ledger, originals = opened(folder)
        with ledger:
            sha256 = append(ledger, originals, acknowledged.batches)
            sound = originals.read(sha256) == original(acknowledged.batches)
            return not sound or bool(problems(ledger, originals))
    except Exception:  # noqa: BLE001 - whatever escapes is counted too
        return True


def measured(finished: Recorded, count: int, seed: int) -> Counter[str]:
    """Count the findings over many images."""
    totals: Counter[str] = Counter()
    for acknowledged, image in images(finished.operations, count, seed):
        with tempfile.TemporaryDirectory() as name:
            image.write_to(Path(name))
            found = findings(Path(name), acknowledged, finished)
        totals.update(found or {"sound"})
    return totals


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=int, default=1000)
    parser.add_argument("--control-images", type=int, default=200)
    parser.add_argument("--batches", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if reason := possible():
        print(f"Nothing can be recorded: {reason}.")
        return 2
    columns = ("run", "operations", "syncs", "images", "sound", *FINDINGS, "seconds")
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}", flush=True)
    wrong = False
    for change, label in (SOUND | CONTROLS).items():
        start = time.monotonic()
        count = arguments.images if change in SOUND else arguments.control_images
        finished = recorded(arguments.batches, change)
        totals = measured(finished, count, arguments.seed)
        syncs = sum(isinstance(operation, Sync) for operation in finished.operations)
        figures = (len(finished.operations), syncs, count)
        figures += tuple(totals[name] for name in ("sound", *FINDINGS))
        row = (label, *figures, f"{time.monotonic() - start:.1f}")
        print(f"| {' | '.join(map(str, row))} |", flush=True)
        wrong |= (totals["sound"] == count) != (change in SOUND)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
