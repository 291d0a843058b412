"""Accounts for every cell of the real lists kept beside the project.

    .venv/bin/python benchmarks/cell_accounts.py [FOLDER]

Each file is read as `everyname read` reads it, mapped as a published format or by what `everyname
map --yes` proposes, and made into records. Prints counts only: the lists name real people.
"""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

from everyname.intake import (
    Mapping,
    TableOptions,
    convert,
    found_table,
    known_content,
    propose,
)

SHARED = Path(__file__).parents[2] / "shared" / "data" / "lists"
ENDINGS = {".csv", ".xlsx", ".parquet"}


def main() -> int:
    """Print one line for each file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not folder.is_dir():
        print(f"skipped: {folder} is not there")
        return 0
    print("| list | read as | rows | cells | parsed | kept as written | rejected | s |")
    print("|---|---|---|---|---|---|---|---|")
    sound = True
    for path in sorted(p for p in folder.rglob("*") if p.suffix in ENDINGS):
        begun = time.perf_counter()
        table, known = found_table(path, TableOptions())
        if known:
            content = known_content(known, table, path.stem)
        else:
            content = tomllib.loads(propose(table).toml(path.stem))
        mapping = Mapping.from_content(content, path.name)
        account = convert(table, mapping, "d" * 64, path.name).account
        sound &= account.adds_up
        print(
            f"| {path.relative_to(folder)} | {known.title if known else 'proposed'} "
            f"| {account.rows:,} | {account.cells:,} | {account.parsed:,} | {account.kept:,} "
            f"| {account.rejected:,} | {time.perf_counter() - begun:.1f} |",
            flush=True,
        )
    print("every cell is accounted for" if sound else "CELLS ARE MISSING")
    return not sound


if __name__ == "__main__":
    sys.exit(main())
