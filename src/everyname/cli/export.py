"""``everyname export``."""

from __future__ import annotations

from pathlib import Path

import click

from everyname.cli.arguments import existing_case


@click.command(epilog="Example: everyname export my-case hospital.xlsx --out hospital.csv")
@click.argument("folder", type=existing_case())
@click.argument("file", metavar="LIST")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="CSV file to be written. It holds what the list holds: keep it safe.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def export(folder: Path, file: str, *, out: Path, force: bool) -> None:
    """Give back LIST of the case in FOLDER as the table that was taken in, cell for cell.

    It is read from the preserved original, and every record of the ledger is held against it.
    """
    from everyname.case import export_list
    from everyname.cli.screen import plain

    done = export_list(folder, file, out, force=force)
    click.echo(
        plain(
            f"Wrote {out}: {done.rows:,} rows, {done.cells:,} cells; "
            f"{done.records:,} records of the ledger say the same."
        )
    )
