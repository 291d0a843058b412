"""``everyname restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from everyname.cli.passphrase import BACKUP_PASSPHRASE, passphrase, unlock

if TYPE_CHECKING:
    from everyname.case import CaseFolder
    from everyname.ledger.age_reader import Identities, Passphrase

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog="Example: everyname restore /media/disk/my-case.age my-case")
@click.argument("file", type=_FILE)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--identity", type=_FILE, help="File of the age identity that opens the backup.")
@click.option(
    "--checkpoint",
    "checkpoints",
    type=_FILE,
    multiple=True,
    help="A checkpoint kept outside of the case; may be given several times.",
)
@click.option("--key", type=_FILE, help="The ledger's public key as kept outside of the case.")
@click.option(
    "--erasures",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of orders to erase that were kept outside: copies of out/erasures.",
)
@click.option(
    "--recovery-key",
    type=_FILE,
    help="The recovery key of an encrypted case, in place of its passphrase.",
)
def restore(
    file: Path,
    folder: Path,
    *,
    identity: Path | None,
    checkpoints: tuple[Path, ...],
    key: Path | None,
    erasures: Path | None,
    recovery_key: Path | None,
) -> None:
    """Restore the case in the backup FILE to FOLDER, which is new or empty.

    Everything is verified before the folder appears: each file of the backup, the ledger, the
    originals, the results of the last run, and the checkpoints given. Records that were erased
    since the backup are erased again, by the orders in the backup and those of --erasures. When
    anything is wrong it is named, and nothing is left.
    """
    from everyname.case import restore as restore_case
    from everyname.cli.screen import plain

    def data_key(case: CaseFolder) -> bytes:
        if recovery_key is not None and case.vault.exists:
            return case.vault.recover(recovery_key)
        unlock(case.path)
        return case.data_key()

    done = restore_case(
        file,
        folder,
        _opened_by(file, identity),
        data_key=data_key,
        checkpoints=checkpoints,
        key=key,
        erasures=erasures,
    )
    outputs = ", the originals and the results of its last run" if done.with_outputs else ""
    checked = f"{done.entries:,} ledger entries{outputs or ' and the originals'}"
    if not done.entries:
        checked = "its files; it has no ledger yet"
    click.echo(plain(f"Restored {folder} as of {done.made}. Nothing was altered: {checked}."))
    if done.erasures:
        click.echo(
            f"Orders to erase that are newer than the backup, carried out again: {done.erasures}. "
            f"What runs had made was removed: everyname run {folder}"
        )
    if done.entries and not checkpoints:
        click.echo(
            "To be sure that nothing is missing at its end, and that it was not written anew as a "
            f"whole: everyname verify {folder} --checkpoint FILE --key FILE, kept elsewhere."
        )
    if recovery_key is not None:
        again = f"everyname recover {folder} --recovery-key {recovery_key}"
        click.echo(f"Set a new passphrase: {again}")


def _opened_by(file: Path, identity: Path | None) -> Passphrase | Identities | None:
    from everyname.case import lock_of
    from everyname.errors import CaseError
    from everyname.ledger.age_reader import Identities, Passphrase

    lock = lock_of(file)
    if lock == "passphrase":
        return Passphrase(passphrase("the backup", BACKUP_PASSPHRASE))
    if lock == "identity" and identity is None:
        raise CaseError(
            "this backup is encrypted to age public keys",
            where=str(file),
            do="Name the file of the identity of one of them, with --identity",
        )
    return Identities.load(identity) if lock and identity is not None else None
