"""``everyname map``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table as Lines

from everyname.cli.arguments import table_options
from everyname.cli.screen import plain, shown
from everyname.errors import MappingError, TableError

if TYPE_CHECKING:
    from everyname.intake import ColumnProposal, Proposal

KEEP = "-"
SPLIT = "split"
MOST = 20
"""Flags shown on the screen."""
DATES = ("dmy", "mdy", "ymd")


@click.command(
    "map", epilog="Example: everyname map my-case/lists/hospital.csv --source 'City hospital'"
)
@click.argument("list_file", type=click.Path(path_type=Path), metavar="LIST")
@click.option("--source", default="", help="Name of the source; the file's name if left out.")
@table_options
@click.option(
    "--like",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Mapping of an earlier release of the list, to be used again.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take what is proposed.")
@click.option("--force", is_flag=True, help="Replace a mapping file that is there already.")
def map_list(
    list_file: Path,
    *,
    source: str,
    sheet: str,
    header_row: int | None,
    header_rows: int,
    like: Path | None,
    yes: bool,
    force: bool,
) -> None:
    """Write a first mapping for LIST beside it, asking only what is unsure.

    The mapping says which column is which field. It is found by the words in the headers and by
    the values; published formats are known and need no questions. Look it through before you run
    the case.
    """
    from everyname.intake import (
        TableOptions,
        field_for_header,
        found_table,
        known_toml,
        mapping_like,
        propose,
    )

    if not list_file.is_file():
        raise TableError("there is no such file", where=str(list_file), do="Name a list")
    target = list_file.with_suffix(".toml")
    if target.exists() and not force:
        raise MappingError(
            "there is a mapping already", where=str(target), do="Use --force to replace it"
        )
    console = Console(highlight=False)
    name = source or list_file.stem
    if like is not None:
        text = mapping_like(like, list_file, source)
        target.write_text(text, encoding="utf-8")
        console.print(shown(f"Wrote {target}, as {like.name} says."), soft_wrap=True)
        return
    options = TableOptions(sheet=sheet, header_row=header_row or 1, header_rows=header_rows)
    table, known = found_table(list_file, options, headed=header_row is not None)
    console.print(shown(f"{table.file}: {table.dialect}, {len(table):,} rows"), soft_wrap=True)
    beside = known.others(table.columns) if known else ()
    if known is not None and not {"fate", "status"} & set(map(field_for_header, beside)):
        target.write_text(known_toml(known, table, name), encoding="utf-8")
        console.print(shown(f"Known format: {known.title}. Wrote {target}."), soft_wrap=True)
        return
    for note in table.grid.all_notes[:MOST]:
        where = f"row {note.row}: " if note.row else ""
        console.print(shown(f"flag: {where}{note.reason}"), soft_wrap=True)
    proposal = propose(table)
    asks = not yes and sys.stdin.isatty()
    if asks:
        proposal = _settled(proposal, console)
    target.write_text(proposal.toml(name), encoding="utf-8")
    _print_proposal(proposal, console)
    if not any({"fate", "best"}.intersection(column.fields) for column in proposal.columns):
        console.print(
            shown("No column says what happened to the persons: set fate under [constants].")
        )
    unsure = len(proposal.unsure)
    are = "1 column is" if unsure == 1 else f"{unsure} columns are"
    console.print(shown(f"Wrote {target}; {are} unsure."), soft_wrap=True)


def _print_proposal(proposal: Proposal, console: Console) -> None:
    lines = Lines(box=None, padding=(0, 2))
    for title in ("column", "field", "understood", "unsure"):
        lines.add_column(title, overflow="fold")
    for column in proposal.columns:
        share = f"{column.understood:.0%}" if column.fields else ""
        field = " or ".join(column.split) or column.field
        if column.column in proposal.joined:
            field = "date, joined"
        field = field or "(kept as written)"
        lines.add_row(*map(shown, (column.column, field, share, column.unsure)))
    console.print(lines)


def _settled(proposal: Proposal, console: Console) -> Proposal:
    """Ask about each column that is unsure."""
    asked = [column for column in proposal.unsure if column.fields]
    if asked:
        are = "1 column is" if len(asked) == 1 else f"{len(asked)} columns are"
        console.print(
            f"{are} unsure. Enter takes the proposal; a field's name replaces it; {KEEP} keeps "
            "the column as written."
        )
    for column in asked:
        console.print()
        console.print(shown(f"{column.column}: {column.unsure}"), soft_wrap=True)
        for text in column.sample:
            console.print(shown(f"    {text if len(text) <= 70 else text[:69] + '…'}"))
        told = _asked(column)
        if told is not None:
            proposal = proposal.settled(column.column, *told)
    return proposal


def _asked(column: ColumnProposal) -> tuple[str, str] | None:
    """Ask for a column's field, or the order of its dates; None where the proposal stands."""
    from everyname.vocabulary import FIELDS

    if "set order" in column.unsure:
        order = click.prompt(
            f"order of day, month and year ({KEEP} leaves the dates unread)",
            default=KEEP,
            type=click.Choice([*DATES, KEEP]),
        )
        return None if order == KEEP else (column.field, order)
    proposed = column.field or SPLIT
    known = click.Choice([*FIELDS, KEEP, *([SPLIT] if column.split else [])])
    said = click.prompt(plain("field"), default=proposed, type=known, show_choices=False)
    if said == SPLIT:
        return None
    if said == KEEP:
        return "", ""
    return None if said == column.field else (said, "")
