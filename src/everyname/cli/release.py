"""``everyname release``."""

from __future__ import annotations

from pathlib import Path

import click

from everyname.cli.arguments import existing_case


@click.command(epilog='Example: everyname release my-case --title "First report, May 2031"')
@click.argument("folder", type=existing_case())
@click.option("--title", required=True, help="What the release is cited by.")
@click.option("--note", default="", help="Anything else about it.")
@click.option("--by", default="", help="Who gives it out.")
def release(folder: Path, *, title: str, note: str, by: str) -> None:
    """Enter what the last run of the case in FOLDER published as a release.

    The case is verified first. The ledger then holds the digest of every file of the report and of
    the data, so that anybody can be shown what was given out, and a checkpoint is signed over it.
    The next run leaves the release as it is.
    """
    from everyname.case import release as enter
    from everyname.cli.screen import plain

    made = enter(folder, title, by=by, note=note)
    click.echo(plain(f"Released {made.title!r}: {len(made.outputs)} files, ledger {made.root}"))
