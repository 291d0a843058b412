"""``everyname rebuild``."""

from __future__ import annotations

from pathlib import Path

import click

from everyname.cli.arguments import existing_case


@click.command(epilog="Example: everyname rebuild my-case")
@click.argument("folder", type=existing_case())
def rebuild(folder: Path) -> None:
    """Make the ledger's derived tables again from its log.

    The log and the sealed contents are all that counts; every other table is made from them. When
    `everyname verify` finds that one of these was altered, this puts it right.
    """
    from everyname.case import rebuild_ledger

    entries = rebuild_ledger(folder)
    click.echo(
        f"Made the tables of {entries:,} entries again. Check them: everyname verify {folder}"
    )
