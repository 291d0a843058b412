"""``everyname verify``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from everyname.cli.arguments import existing_case

ALTERED = 1


@click.command(epilog="Example: everyname verify my-case")
@click.argument("folder", type=existing_case())
@click.option(
    "--checkpoint",
    "checkpoints",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="A checkpoint kept outside of the case; may be given several times.",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The ledger's public key as kept outside of the case.",
)
def verify(folder: Path, *, checkpoints: tuple[Path, ...], key: Path | None) -> None:
    """Check that what the last run of the case in FOLDER left is unaltered.

    Every ledger entry, every preserved original and every file of the last run is checked; not
    case.toml, the lists and the judgements, which are yours to change before the next run. Ends
    with status 1 when something was altered, and names it.

    Whoever can write to the folder can also write all of it anew. That is found with a checkpoint
    (a file of out/checkpoints) and the public key (out/keys/ledger.vkey) that were kept elsewhere:
    printed, or sent to a partner.
    """
    from everyname.case import CaseFolder
    from everyname.case import verify as check
    from everyname.cli.screen import plain

    entries, problems = check(folder, checkpoints, key)
    for problem in problems:
        click.echo(plain(problem), err=True)
    if problems:
        click.echo(f"{len(problems)} altered or missing.", err=True)
        sys.exit(ALTERED)
    if not CaseFolder(folder).receipt.exists():
        click.echo(
            f"Nothing of the ledger ({entries:,} entries) and the originals was altered. There is "
            "no finished run whose results could be looked at."
        )
        return
    click.echo(
        f"Nothing that the last run left was altered: {entries:,} ledger entries, the originals "
        "and the outputs."
    )
