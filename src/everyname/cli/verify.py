"""``everyname verify``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from everyname.cli.arguments import existing_case

ALTERED = 1


@click.command(epilog="Example: everyname verify my-case")
@click.argument("folder", type=existing_case())
def verify(folder: Path) -> None:
    """Check that what the last run of the case in FOLDER left is unaltered.

    Every ledger entry, every preserved original and every file of the last run is checked; not
    case.toml, the lists and the judgements, which are yours to change before the next run. Ends
    with status 1 when something was altered, and names it.
    """
    from everyname.case import verify as check
    from everyname.cli.screen import plain

    entries, problems = check(folder)
    for problem in problems:
        click.echo(plain(problem), err=True)
    if problems:
        click.echo(f"{len(problems)} altered or missing.", err=True)
        sys.exit(ALTERED)
    click.echo(
        f"Nothing that the last run left was altered: {entries:,} ledger entries, the originals "
        "and the outputs."
    )
