"""Fills a small disk under an import again and again, and lets the same process go on.

    .venv/bin/python benchmarks/durability/disk_full.py --rounds 60 --seed 1

The disk is a tmpfs of 4 MiB in a mount namespace of its own (`unshare`), which leaves nothing
behind. In each round a random number of batches is imported, the disk is filled until a random
number of bytes is free, and batches are imported until one is refused. The refusal must be a
`LedgerError` and nothing else, and must leave no part of the batch and no temporary file. Then the
space is freed, and the same process with the same open ledger imports that batch and some more: it
must hold what an undisturbed import holds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from typing import TypeVar

from power_loss import entries
from workload import append, ledger_file, opened, original, problems

from everyname.errors import LedgerError
from everyname.ledger import Ledger, Originals, sha256_of

INSIDE = "EVERYNAME_SMALL_DISK"
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
SIZE = 4 << 20
ROOM = 500_000
ROOM_TO_START = 150_000
EARLY = 0.2
MORE = 3
UNDISTURBED = 80
STAGES = ("starting", "original", "entries")
Got = TypeVar("Got")


class Unclean(Exception):  # noqa: N818 - says what happened
    """The ledger did not stand a full disk."""


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What an import leaves that nothing disturbs: its contents, and files beside the ledger."""

    contents: list[object]
    beside: set[str]

    def after(self, batches: int) -> list[object]:
        """The contents after that many batches: one source, then as many entries for each."""
        return self.contents[: 1 + (len(self.contents) - 1) // UNDISTURBED * batches]


def possible() -> str:
    """Why no small disk can be had here; empty when it can."""
    if shutil.which("unshare") is None:
        return "unshare is not installed"
    command = [*NAMESPACE, "mount", "-t", "tmpfs", "small", "/mnt"]
    tried = subprocess.run(command, check=False, capture_output=True, text=True)
    return f"a tmpfs cannot be mounted ({tried.stderr.strip()})" if tried.returncode else ""


def fill(disk: Path, free: int) -> Path:
    """Write a file that leaves at most this many bytes free."""
    ballast = disk / "ballast"
    status = os.statvfs(disk)
    ballast.write_bytes(bytes(status.f_bavail * status.f_frsize - free))
    return ballast


def unless_refused(what: Callable[[], Got]) -> Got | None:
    """Do it; None when it is refused in the one way in which a ledger may refuse."""
    try:
        return what()
    except LedgerError:
        return None


def beside(case: Path) -> set[str]:
    """Hidden files and temporary originals: whatever does not stay under a name of its own."""
    kept = {path.name for path in (case / "out" / "originals").glob("*/*")}
    hidden = {path.name for path in (case / "out").glob(".*")}
    return hidden | {name for name in kept if len(name) != len(sha256_of(b""))}


def fill_up(ledger: Ledger, originals: Originals, first: int) -> int:
    """Import until a batch is refused, and return it."""
    for batch in count(first):
        before = unless_refused(ledger.size)
        if unless_refused(lambda batch=batch: append(ledger, originals, batch)) is None:
            if unless_refused(ledger.size) not in (before, None):
                raise Unclean(f"a part of batch {batch} was kept")
            return batch
    raise AssertionError


def one_round(disk: Path, expected: Undisturbed, random: Random) -> str:
    """Fill the disk, be refused, free it and go on; return what was refused."""
    case, held = disk / "case", None
    early = random.random() < EARLY
    done = 0 if early else random.randrange(12)
    if not early:
        held = opened(case)
        for batch in range(done):
            append(*held, batch)
    ballast = fill(disk, random.randrange(ROOM_TO_START if early else ROOM))
    if early:
        held = unless_refused(lambda: opened(case))
    stage, refused = "starting", 0
    if held is not None:
        refused = fill_up(*held, done)
        there = held[1].path(sha256_of(original(refused))).exists()
        stage = "entries" if there else "original"
    found = beside(case) - expected.beside
    ballast.unlink()
    ledger, originals = held or opened(case)
    with ledger:
        for batch in range(refused, refused + MORE):
            append(ledger, originals, batch)
        found |= {*problems(ledger, originals), *(beside(case) - expected.beside)}
    kept = [content for *_, content in entries(ledger_file(case))]
    if found or kept != expected.after(refused + MORE):
        raise Unclean(f"not what an undisturbed import leaves: {found or len(kept)}")
    return stage


def undisturbed() -> Undisturbed:
    """Import without a full disk."""
    with tempfile.TemporaryDirectory() as name:
        ledger, originals = opened(Path(name))
        with ledger:
            for batch in range(UNDISTURBED):
                append(ledger, originals, batch)
        contents = [content for *_, content in entries(ledger_file(Path(name)))]
        return Undisturbed(contents, beside(Path(name)))


def measured(disk: Path, rounds: int, seed: int) -> int:
    """Run the rounds on a disk and print what was refused."""
    random = Random(seed)  # noqa: S311 - chance, no secret
    expected, start = undisturbed(), time.monotonic()
    totals: Counter[str] = Counter()
    for number in range(rounds):
        try:
            totals[one_round(disk, expected, random)] += 1
        except Exception as error:  # noqa: BLE001 - whatever escapes is what is looked for
            totals["unclean"] += 1
            print(f"round {number}: {error!r}")
        shutil.rmtree(disk / "case", ignore_errors=True)
        (disk / "ballast").unlink(missing_ok=True)
    columns = ("rounds", "clean", *(f"refused: {stage}" for stage in STAGES), "seconds")
    figures = (rounds, rounds - totals["unclean"], *(totals[stage] for stage in STAGES))
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    print(f"| {' | '.join(map(str, figures))} | {time.monotonic() - start:.1f} |")
    return int(totals["unclean"] > 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if INSIDE in os.environ:
        disk = os.environ[INSIDE]
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "small", disk], check=True)
        return measured(Path(disk), arguments.rounds, arguments.seed)
    if reason := possible():
        print(f"Nothing can be measured: {reason}.")
        return 2
    with tempfile.TemporaryDirectory() as disk:
        # A process of its own: a full disk under mapped memory would end it by a signal.
        command = [*NAMESPACE, sys.executable, "-B", *sys.argv]
        return abs(subprocess.run(command, check=False, env=os.environ | {INSIDE: disk}).returncode)


if __name__ == "__main__":
    sys.exit(main())
