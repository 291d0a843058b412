"""``everyname compare``."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from everyname.cli.screen import shown

if TYPE_CHECKING:
    from everyname.intake import ListRelease


NAMES = frozenset({"name", "given_name", "family_name"})
"""Fields by which two rows are told to be of one person."""


@click.command(epilog="Example: everyname compare january.csv march.csv --key No --out changes.csv")
@click.argument("older", type=click.Path(path_type=Path), metavar="OLDER")
@click.argument("newer", type=click.Path(path_type=Path), metavar="NEWER")
@click.option("--key", default="", help="Column that numbers the rows; found if left out.")
@click.option(
    "--map",
    "mapping_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Mapping file that says how both are read; each is looked at if left out.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="CSV file for the changes, row by row. It holds what the lists hold: keep it safe.",
)
def compare(
    older: Path, newer: Path, *, key: str, mapping_file: Path | None, out: Path | None
) -> None:
    """Say what NEWER, a release of the same list, adds, changes, renumbers and drops.

    Without a case; a case says the same of a list whose file was replaced by a newer one.
    """
    from everyname.case.list_releases import naming_columns
    from everyname.errors import TableError
    from everyname.intake import (
        Mapping,
        TableOptions,
        compare_tables,
        found_table,
        mapped_table,
        propose,
    )

    if mapping_file is not None:
        mapping = Mapping.load(mapping_file)
        tables = [mapped_table(path, mapping.table) for path in (older, newer)]
        key = key or mapping.records.key
        names = naming_columns(mapping)
    else:
        tables = [found_table(path, TableOptions())[0] for path in (older, newer)]
        proposal = propose(tables[0])
        key = key or proposal.key
        named = (column for column in proposal.columns if NAMES.intersection(column.fields))
        names = tuple(column.column for column in named)
    for table in tables:
        if key and key not in table.columns:
            raise TableError(
                f"there is no column {key!r}", where=table.file, do="Name another with --key"
            )
    release = compare_tables(tables[0], tables[1], key, names)
    console = Console(highlight=False)
    by = f"rows told apart by {key}" if key else "no column numbers the rows"
    console.print(shown(f"{older.name} to {newer.name}, {by}:"), soft_wrap=True)
    console.print(shown(release.sentence()), soft_wrap=True)
    if out is not None:
        _write(release, out)
        console.print(shown(f"Wrote {out}."), soft_wrap=True)


def _write(release: ListRelease, out: Path) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("change", "before", "after", "column", "text_before", "text_after"))
        for change in release.changes:
            for column in change.columns or (("", "", ""),):
                lines.writerow((change.change, change.before, change.after, *column))
