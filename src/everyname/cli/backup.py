"""``everyname backup``."""

from __future__ import annotations

from pathlib import Path

import click

from everyname.cli.arguments import existing_case
from everyname.cli.passphrase import BACKUP_PASSPHRASE, passphrase

_PLAIN = (
    "This file is not encrypted: whoever has it can read every name and every original, and sign "
    "with the case's key."
)
_IN_PART = (
    "In this file only the ledger and the originals are encrypted: whoever has it can read the "
    "lists, the decisions and the results, and sign with the case's key."
)


@click.command(epilog="Example: everyname backup my-case /media/disk/my-case.age --passphrase")
@click.argument("folder", type=existing_case())
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="AGE_RECIPIENT",
    help="Encrypt to this age public key (age1...); may be given several times.",
)
@click.option(
    "--passphrase",
    "by_passphrase",
    is_flag=True,
    help=f"Encrypt by a passphrase: that of {BACKUP_PASSPHRASE}, or one that is asked for.",
)
def backup(folder: Path, file: Path, *, recipients: tuple[str, ...], by_passphrase: bool) -> None:
    """Write the whole case in FOLDER to one new FILE.

    The ledger is copied by its database's own means, as of one moment, while runs may go on. The
    file holds everything that the case holds: lists, decisions, originals, results, and the key
    that signs. With --to or --passphrase it is an age file, which any age program opens too.

    `everyname restore` verifies a backup as a whole: try it once, to another folder.
    """
    from everyname.case import CaseFolder, back_up
    from everyname.cli.screen import plain
    from everyname.ledger.age_reader import Passphrase, Recipients

    if recipients and by_passphrase:
        raise click.UsageError("age encrypts to public keys or by a passphrase: give one of both.")
    to: Passphrase | Recipients | None = None
    if recipients:
        to = Recipients(recipients)
    elif by_passphrase:
        to = Passphrase(passphrase("the backup", BACKUP_PASSPHRASE, twice=True))
    done = back_up(folder, file, to)
    click.echo(plain(f"Wrote {done.file}: {done.files:,} files, {done.size:,} bytes."))
    if done.during_run:
        click.echo(
            "Another command was at work on the case: the report and other results are left out, "
            "and the next run makes them again."
        )
    if to is not None:
        return
    click.echo(_IN_PART if CaseFolder(folder).vault.exists else _PLAIN)
    click.echo("Keep it like the case itself, or encrypt it with --to or --passphrase.")
