"""``everyname new``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(epilog="Example: everyname new my-case")
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make an empty case in FOLDER.

    The folder holds case.toml (what is counted, and by which rules), lists/ for partners' files,
    accounts/ for articles and reports, and hand/ for human decisions.
    """
    from everyname.case import new_case

    new_case(folder)
    click.echo(f"Made {folder}. Next:")
    click.echo(f"  1. put the lists into {folder / 'lists'}")
    click.echo(f"  2. everyname map {folder / 'lists' / 'NAME.csv'}")
    click.echo(f"  3. name them under [lists] in {folder / 'case.toml'}")
    click.echo(f"  4. everyname run {folder}")
