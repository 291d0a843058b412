"""Times the intake of a large list against `sqlite-utils insert --csv` of the same file.

    .venv/bin/python -m pip install sqlite-utils
    .venv/bin/python benchmarks/intake_speed.py --rows 1000000 --rounds 2

Both read the same CSV file of 15 columns and take turns as processes of their own. sqlite-utils
makes one table of texts; `everyname intake` reads ten of the columns as fields, makes a record of
every row, seals it in the ledger with its cells, and accounts for every cell.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import tempfile
from pathlib import Path
from random import Random

from ledger_speed import Run, timed

COLUMNS = (
    "No", "Full name", "Father", "Sex", "Age", "Born", "Died", "Place", "Region", "Cause",
    "Status", "Source note", "Remarks", "Hospital", "Report date",
)  # fmt: skip
GIVEN = ("Arin", "Belo", "Cadu", "Dovra", "Elim", "Farun", "Golda", "Hirun", "Ўлмас", "Žofie")
FAMILY = ("Tarvel", "Ossin", "Meruk", "Laudan", "Kesrim", "Jovash", "Тарвель", "Ñandor")
MAPPING = """
[source]
name = "Registry"
[records]
key = "No"
[constants]
fate = "killed"
[columns."Full name"]
field = "name"
[columns.Father]
field = "father_name"
[columns.Sex]
field = "sex"
[columns.Age]
field = "age"
[columns.Born]
field = "birth_date"
[columns.Died]
field = "date"
[columns.Place]
field = "place"
[columns.Cause]
field = "cause"
codes = { shelling = "heavy_weapons", gunshot = "small_arms", mine = "planted_explosives" }
[columns.Status]
field = "status"
[columns.Remarks]
field = "note"
"""
CASE = '[case]\ntitle = "Speed"\n[scope]\nwhat = "Invented people"\n[lists]\nall = ["list.csv"]\n'


def write_list(path: Path, rows: int) -> None:
    """Write invented people, always the same ones."""
    random = Random(1)  # noqa: S311 - nothing secret

    def day(first: int, last: int) -> str:
        return (
            f"{random.randint(1, 28):02d}.{random.randint(1, 12):02d}.{random.randint(first, last)}"
        )

    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        for number in range(1, rows + 1):
            family = f"{random.choice(FAMILY)}{random.choice(FAMILY).lower()}"
            lines.writerow(
                (
                    number,
                    f"{random.choice(GIVEN)}{random.choice(GIVEN).lower()} {family}",
                    f"{random.choice(GIVEN)} {family}",
                    random.choice("MF"),
                    random.randint(0, 90),
                    day(1920, 2030),
                    day(2031, 2034),
                    f"Village {random.randint(1, 500)}",
                    f"Region {random.randint(1, 20)}",
                    random.choice(("shelling", "gunshot", "", "mine")),
                    random.choice(("civilian", "", "combatant")),
                    f"page {random.randint(1, 300)}, as told to the clerk",
                    "" if random.random() < 0.7 else f"seen near house {random.randint(1, 99)}",
                    f"H{random.randint(1, 30)}",
                    day(2031, 2034),
                )
            )


def intake(folder: Path, file: Path) -> Run:
    """Take the list into a new case."""
    case = folder / "case"
    (case / "lists").mkdir(parents=True)
    (case / "case.toml").write_text(CASE, encoding="utf-8")
    (case / "lists" / "list.csv").hardlink_to(file)
    (case / "lists" / "list.toml").write_text(MAPPING, encoding="utf-8")
    return timed(sys.executable, "-m", "everyname", "intake", case)


def insert(folder: Path, file: Path) -> Run:
    """Insert the list into a new database."""
    command = (sys.executable, "-m", "sqlite_utils", "insert", folder / "list.db", "list", file)
    return timed(*command, "--csv", "--silent")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.csv"
        write_list(file, asked.rows)
        print(f"{asked.rows:,} rows of {len(COLUMNS)} columns, {file.stat().st_size / 1e6:.0f} MB")
        print("| what | s | processor s | memory MB | other work |\n|---|---|---|---|---|")
        ratios = []
        for number in range(asked.rounds):
            runs = {}
            for name, run in (("intake", intake), ("sqlite-utils", insert)):
                with tempfile.TemporaryDirectory(dir=folder) as own:
                    runs[name] = done = run(Path(own), file)
                print(
                    f"| {name} {number + 1} | {done.seconds:.1f} | {done.processor:.1f} "
                    f"| {done.memory:.0f} | {done.other:.1f} |",
                    flush=True,
                )
            ratios.append(runs["intake"].seconds / runs["sqlite-utils"].seconds)
        print(f"intake / insert: {statistics.median(ratios):.2f} (least {min(ratios):.2f})")


if __name__ == "__main__":
    main()
