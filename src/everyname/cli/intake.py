"""``everyname intake``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from everyname.cli.arguments import existing_case


@click.command(epilog="Example: everyname intake my-case")
@click.argument("folder", type=existing_case())
def intake(folder: Path) -> None:
    """Take the lists of the case in FOLDER into its ledger, and say where every cell went.

    The first step of a run, by itself: a large list can be looked at before anything is counted.
    An interrupted intake goes on when started again.
    """
    from everyname.case import take_in
    from everyname.cli.screen import shown

    console = Console(highlight=False, soft_wrap=True)
    with console.status("starting") as status:
        lists = take_in(folder, progress=lambda words: status.update(shown(words)))
    for taken in lists:
        account = taken.account
        console.print(shown(f"{taken.file} ({taken.state}): {account.dialect}"))
        console.print(
            f"  {account.rows:,} rows, {account.records:,} records, {account.cells:,} cells: "
            f"{account.parsed:,} understood, {account.kept:,} kept as written, "
            f"{account.rejected:,} rejected"
        )
        for sentence in account.understood:
            console.print(shown(f"  {sentence}"))
        for outcome, column, reason, n, row in account.reasons():
            of = "1 cell" if n == 1 else f"{n:,} cells"
            where = f"{column}: " if column else ""
            console.print(shown(f"  {outcome}: {where}{reason} ({of}, first in row {row})"))
        if taken.release is not None:
            console.print(shown(f"  newer release: {taken.release.sentence()}"))
