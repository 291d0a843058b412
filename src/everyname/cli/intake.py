"""``everyname intake``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from everyname.cli.arguments import existing_case
from everyname.cli.screen import note_words

if TYPE_CHECKING:
    from everyname.case import TakenIn


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
        take_in(
            folder,
            progress=lambda words: status.update(shown(words)),
            told=lambda taken: _show(taken, console),
        )


def _show(taken: TakenIn, console: Console) -> None:
    from everyname.cli.screen import shown

    account = taken.account
    console.print(shown(f"{taken.file} ({taken.state}): {account.dialect}"))
    console.print(
        f"  {account.rows:,} rows, {account.records:,} records, {account.cells:,} cells: "
        f"{account.parsed:,} understood, {account.kept:,} kept as written, "
        f"{account.rejected:,} rejected"
    )
    for sentence in account.understood:
        console.print(shown(f"  {sentence}"))
    for reason in account.reasons(publishable=False):
        console.print(shown(f"  {note_words(*reason)}"))
    if taken.release is not None:
        console.print(shown(f"  newer release: {taken.release.sentence()}"))
