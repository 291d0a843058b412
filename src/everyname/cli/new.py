"""``everyname new``."""

from __future__ import annotations

from pathlib import Path

import click

from everyname.cli.passphrase import passphrase

_ENCRYPTED = """\
Encrypted: the ledger (out/ledger.sqlite) and the preserved originals (out/originals).
Not encrypted: lists/, accounts/, hand/, and all else in out/, such as the report, data/, work/,
records.csv and the key that signs. Nor is a backup, but by --to or --passphrase. Keep the folder
on an encrypted disk."""


@click.command(epilog="Example: everyname new my-case")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--encrypt",
    is_flag=True,
    help="Encrypt the ledger and the originals by a passphrase: that of EVERYNAME_PASSPHRASE, or "
    "one that is asked for.",
)
@click.option(
    "--recovery-key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="New file, outside of FOLDER, for the key that opens the case when the passphrase is "
    "lost.",
)
def new(folder: Path, *, encrypt: bool, recovery_key: Path | None) -> None:
    """Make an empty case in FOLDER.

    The folder holds case.toml (what is counted, and by which rules), lists/ for partners' files,
    accounts/ for articles and reports, and hand/ for human decisions.

    An encrypted case needs a recovery key. Keep its file apart from the case and from backups:
    whoever has both can read the case, and without it all is lost with the passphrase.
    """
    from everyname.case import new_case
    from everyname.case.folder import PASSPHRASE

    if encrypt and recovery_key is None:
        raise click.UsageError("--encrypt needs --recovery-key: name a file for the recovery key.")
    if recovery_key is not None and not encrypt:
        raise click.UsageError("--recovery-key is for an encrypted case: give --encrypt too.")
    words = passphrase("the new case", PASSPHRASE, twice=True) if encrypt else ""
    new_case(folder, words, recovery_key)
    if encrypt:
        click.echo(_ENCRYPTED)
        click.echo(f"The recovery key is in {recovery_key}. Move it to a place apart.")
    click.echo(f"Made {folder}. Next:")
    click.echo(f"  1. put the lists into {folder / 'lists'}")
    click.echo(f"  2. everyname map {folder / 'lists' / 'NAME.csv'}")
    click.echo(f"  3. name them under [lists] in {folder / 'case.toml'}")
    click.echo(f"  4. everyname run {folder}")
