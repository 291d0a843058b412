"""``everyname map``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid

from everyname.cli.screen import shown
from everyname.errors import MappingError, TableError


@click.command(
    "map", epilog="Example: everyname map my-case/lists/hospital.csv --source 'City hospital'"
)
@click.argument("list_file", type=click.Path(path_type=Path), metavar="LIST")
@click.option("--source", default="", help="Name of the source; the file's name if left out.")
@click.option("--sheet", default="", help="Sheet of a workbook; the first if left out.")
@click.option(
    "--header-row",
    type=click.IntRange(1),
    default=None,
    help="Row that names the columns; found by looking if left out.",
)
@click.option("--force", is_flag=True, help="Replace a mapping file that is there already.")
def map_list(
    list_file: Path, *, source: str, sheet: str, header_row: int | None, force: bool
) -> None:
    """Write a first mapping for LIST beside it, and say what is unsure.

    The mapping says which column is which field. It is found by the words in the headers and by
    the values; look it through before you run the case.
    """
    from everyname.intake import TableOptions, find_header, propose, read_table

    if not list_file.is_file():
        raise TableError("there is no such file", where=str(list_file), do="Name a list")
    target = list_file.with_suffix(".toml")
    if target.exists() and not force:
        raise MappingError(
            "there is a mapping already", where=str(target), do="Use --force to replace it"
        )
    if header_row is None:
        table = find_header(list_file, sheet)
    else:
        table = read_table(list_file, TableOptions(sheet=sheet, header_row=header_row))
    proposal = propose(table)
    target.write_text(proposal.toml(source or list_file.stem), encoding="utf-8")
    console = Console(highlight=False)
    console.print(shown(f"{table.file}: {table.dialect}, {len(table.rows):,} rows"))
    grid = Grid(box=None, padding=(0, 2))
    for title in ("column", "field", "understood", "unsure"):
        grid.add_column(title, overflow="fold")
    for column in proposal.columns:
        share = f"{column.understood:.0%}" if column.field else ""
        field = column.field or "(kept as written)"
        grid.add_row(*map(shown, (column.column, field, share, column.unsure)))
    console.print(grid)
    unsure = sum(bool(column.unsure) for column in proposal.columns)
    if not any(column.field in {"fate", "best"} for column in proposal.columns):
        console.print("No column says what happened to the persons: set fate under [constants].")
    are = "1 column is" if unsure == 1 else f"{unsure} columns are"
    console.print(shown(f"Wrote {target}; {are} unsure."), soft_wrap=True)
