"""Kills an import with `kill -9` at random points, and lets it go on, again and again.

    .venv/bin/python benchmarks/durability/kills.py --kills 1000 --seed 1

An import of several files, each with its original, is done once without a disturbance. With the
same clock and the same salts, its log has one root for every number of entries. Then the same
import is begun in processes that are killed after a random time. After each kill the ledger must
hold at least the entries that were acknowledged, its root must be the undisturbed one for that
number of entries, and the original of every acknowledged document must be there whole. The next
process goes on. An import that got to its end must have the undisturbed root and contents, and
`verify` must find nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from workload import SOURCE, ledger_file, noon, opened, original, problems

from everyname.ledger import Document, Ledger, LedgerReader, Locator, Originals, Record, Statement
from everyname.ledger import writer as writing

FILES = 6
ROWS = 60
BATCH = 7


def salt(seq: int) -> bytes:
    return hashlib.sha256(b"salt %d" % seq).digest()[:16]


def records(file: int, document: str) -> list[Record]:
    return [
        Record(
            source=SOURCE.key,
            kind="person",
            key=f"{file}-{row}",
            document=document,
            locator=Locator("", row + 2),
            statements=(Statement("name", f"Invented {file} {row}"), Statement("fate", "killed")),
            cells=(("No", str(row)), ("Name", f"Invented {file} {row}")),
        )
        for row in range(ROWS)
    ]


def import_all(folder: Path, acknowledge: int | None) -> None:
    """Do the import, as far as it is not done yet, and say how far it is."""
    writing.BATCH = BATCH
    ledger, originals = opened(folder)

    def say(kept: str) -> None:
        if acknowledge is not None:
            os.write(acknowledge, f"{ledger.size()} {kept}\n".encode())

    for file in range(FILES):
        data = original(file)
        sha256 = originals.preserve(data)
        document = Document(sha256, f"{file}.csv", "text/csv", len(data), noon().isoformat())
        with ledger.writing(noon, salt) as writer:
            writer.source(SOURCE)
            writer.document(document)
        say(sha256)
        ledger.deliver(
            f"{file}.csv",
            sha256,
            "m1",
            iter(records(file, sha256)),
            now=noon,
            salt=salt,
            progress=lambda _, kept=sha256: say(kept),
        )
        say(sha256)
    ledger.close()


@dataclass
class Tally:
    """What came of the kills."""

    kills: int = 0
    finished: int = 0
    acknowledged: int = 0
    ahead: int = 0
    wrong: list[str] = field(default_factory=list)


class Reference:
    """The undisturbed import."""

    def __init__(self, folder: Path) -> None:
        begin = time.perf_counter()
        import_all(folder, None)
        self.seconds = time.perf_counter() - begin
        self._ledger = LedgerReader(ledger_file(folder))
        self.size = self._ledger.size()
        self.roots = [self._ledger.root(size) for size in range(self.size + 1)]
        self.records = [filed.id for filed in self._ledger.records()]

    def wrong(self, folder: Path, acknowledged: int, documents: set[str]) -> list[str]:
        """What is not as it must be after a kill."""
        if not ledger_file(folder).exists():
            return ["the ledger is gone"] if acknowledged else []
        found = []
        with LedgerReader(ledger_file(folder)) as ledger:
            size = ledger.size()
            if size < acknowledged:
                found.append(f"{acknowledged} entries acknowledged, {size} there")
            if size > self.size or ledger.root(size) != self.roots[size]:
                found.append(f"another root at {size} entries")
        originals = Originals(folder / "out" / "originals")
        for sha256 in documents:
            originals.read(sha256)
        return found

    def unfinished(self, folder: Path) -> list[str]:
        """What is not as it must be at the end."""
        with Ledger.open(ledger_file(folder)) as ledger:
            found = problems(ledger, Originals(folder / "out" / "originals"))
            if ledger.size() != self.size or ledger.root() != self.roots[-1]:
                found.append("another root at the end")
            if [filed.id for filed in ledger.records()] != self.records:
                found.append("other records at the end")
        return found


def attempt(folder: Path, seconds: float) -> tuple[bool, int, set[str]]:
    """Run the import for so long; return whether it ended, and what it acknowledged."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            import_all(folder, write)
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - said to the parent by its status
            print(error, file=sys.stderr)
            os._exit(1)
    os.close(write)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(read) as lines:
        # What was cut off in the middle of a line was not acknowledged.
        said = [line.split() for line in lines if line.endswith("\n")]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the import ended with an error of its own")
    size = max((int(line[0]) for line in said), default=0)
    return os.WIFEXITED(status), size, {line[1] for line in said}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random, tally = Random(arguments.seed), Tally()  # noqa: S311 - repeatable on purpose
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as top:
        reference = Reference(Path(top) / "undisturbed")
        folder, acknowledged, documents = Path(top) / "killed", 0, set()
        while tally.kills < arguments.kills:
            ended, size, kept = attempt(folder, random.uniform(0, 1.2 * reference.seconds))
            acknowledged, documents = max(acknowledged, size), documents | kept
            tally.wrong += reference.wrong(folder, acknowledged, documents)
            if not ended:
                tally.kills += 1
                continue
            tally.wrong += reference.unfinished(folder)
            tally.finished += 1
            tally.acknowledged += acknowledged
            shutil.rmtree(folder)
            acknowledged, documents = 0, set()
        # The last of them goes on to its end.
        ended, size, _ = attempt(folder, 20 * reference.seconds + 5)
        tally.wrong += reference.unfinished(folder) if ended else ["the last did not end"]
        tally.finished += 1
        tally.acknowledged += size
    print("| kills | imports that got to their end | entries acknowledged | wrong | seconds |")
    print("|---|---|---|---|---|")
    print(
        f"| {tally.kills} | {tally.finished} | {tally.acknowledged:,} | {len(tally.wrong)} "
        f"| {time.perf_counter() - begin:.0f} |"
    )
    for wrong in tally.wrong:
        print(wrong)
    sys.exit(bool(tally.wrong))


if __name__ == "__main__":
    main()
