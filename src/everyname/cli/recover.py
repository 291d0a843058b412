"""``everyname recover``."""

from __future__ import annotations

from pathlib import Path

import click

from everyname.cli.passphrase import passphrase


@click.command(epilog="Example: everyname recover my-case --recovery-key /media/stick/my-case.key")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--recovery-key",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file that `everyname new` wrote the recovery key to.",
)
def recover(folder: Path, *, recovery_key: Path) -> None:
    """Give the encrypted case in FOLDER a new passphrase, by its recovery key.

    The new passphrase is that of EVERYNAME_PASSPHRASE, or one that is asked for. Copies of the
    case that were made before are still opened by the old one.
    """
    from everyname.case import recover as recover_case
    from everyname.case.folder import PASSPHRASE

    recover_case(
        folder, recovery_key, lambda: passphrase("the case, a new one", PASSPHRASE, twice=True)
    )
    click.echo(f"The case in {folder} has a new passphrase.")
