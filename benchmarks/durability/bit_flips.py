"""Flips single bits of a ledger and its originals, and asks whether `verify` finds it.

    .venv/bin/python benchmarks/durability/bit_flips.py --flips 600 --seed 1

A flip is harmful when anything that can be read has changed: a row of a table, by way of the table
or of one of its indexes; the schema; an original; or that something can be read at all. A flip in
space that holds nothing harms nobody.
"""

from __future__ import annotations

import argparse
import hashlib
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from workload import append, ledger_file, opened

from everyname.errors import EverynameError
from everyname.ledger import Keys, LedgerReader, Originals, attest, contradicted, verify

BATCHES = 25


def read_all(path: Path) -> str:
    """Digest of everything that can be read from the database, table by table, index by index."""
    whole = hashlib.sha256()
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
        schema = raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
        whole.update(repr(schema).encode())
        for kind, name, table, _ in schema:
            if kind == "table":
                rows = raw.execute(f"SELECT * FROM {table} NOT INDEXED")  # noqa: S608
            elif kind == "index":
                columns = raw.execute(f"PRAGMA index_info({name})").fetchall()
                wanted = ", ".join(column[2] for column in columns) or "1"
                where = "WHERE kind <> 'record'" if name == "entry_kind" else ""
                hint = "" if name.startswith("sqlite_autoindex") else f"INDEXED BY {name}"
                rows = raw.execute(
                    f"SELECT {wanted} FROM {table} {hint} {where} ORDER BY {wanted}"  # noqa: S608
                )
            else:
                continue
            for row in rows:
                whole.update(repr(row).encode())
    raw.close()
    return whole.hexdigest()


def harmed(path: Path, before: str) -> bool:
    try:
        return read_all(path) != before
    except (sqlite3.Error, UnicodeDecodeError, OverflowError):
        return True


def found(folder: Path, note: str, keys: Keys) -> bool:
    """Whether verification finds anything; an error with a traceback counts as nothing found."""
    try:
        with LedgerReader(ledger_file(folder)) as ledger:
            key = keys.verifier()
            problems = list(verify(ledger, Originals(folder / "out" / "originals"), key))
            problems += contradicted(ledger, note, key, "the checkpoint")
    except EverynameError:
        return True
    return bool(problems)


def flip(path: Path, bit: int) -> None:
    mode = path.stat().st_mode
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(bit // 8)
        (byte,) = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))
    path.chmod(mode)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--flips", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random = Random(arguments.seed)  # noqa: S311 - repeatable on purpose
    tally: Counter[tuple[str, str]] = Counter()
    missed: list[str] = []
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as top:
        folder, keys = Path(top) / "case", Keys(Path(top) / "keys")
        ledger, originals = opened(folder)
        for batch in range(BATCHES):
            append(ledger, originals, batch)
        note = attest(ledger, keys.signing())
        ledger.close()
        database = ledger_file(folder)
        before = read_all(database)
        kept = sorted(path for path in originals.folder.rglob("*") if path.is_file())
        for number in range(arguments.flips):
            # As much in the database as in the originals.
            path = database if number % 2 else random.choice(kept)
            bit = random.randrange(path.stat().st_size * 8)
            flip(path, bit)
            harm = path != database or harmed(database, before)
            seen = found(folder, note, keys)
            flip(path, bit)
            where = "database" if path == database else "originals"
            tally[
                where, ("harmful, " if harm else "harmless, ") + ("found" if seen else "not")
            ] += 1
            if harm and not seen:
                missed.append(f"bit {bit} of {path.name}")
    print("| where | what | flips |\n|---|---|---|")
    for (where, what), count in sorted(tally.items()):
        print(f"| {where} | {what} | {count} |")
    print(f"\n{len(missed)} harmful flips not found; {time.perf_counter() - begin:.0f} s")
    for one in missed:
        print(one)
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
