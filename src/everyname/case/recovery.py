"""Recovery: an encrypted case whose passphrase is lost gets another by its recovery key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.errors import CaseError
from everyname.ledger import LedgerReader


def recover(path: Path, recovery: Path, passphrase: Callable[[], str]) -> None:
    """Give an encrypted case a new passphrase.

    The data key stays: a copy of the case made before is still opened by the old passphrase.

    Parameters
    ----------
    path
        The case folder.
    recovery
        The file that `new_case` wrote the recovery key to.
    passphrase
        Asked for the new one when the recovery key was seen to open the case.

    Raises
    ------
    CaseError
        The case is not encrypted.
    LedgerError
        The recovery key is not this case's, or the passphrase is empty or cannot be set.
    """
    folder = CaseFolder(path)
    if not folder.vault.exists:
        folder.data_key()  # says so where the files are lost
        raise CaseError(
            "this case is not encrypted", where=str(path), do="Name the folder of another case"
        )
    key = folder.vault.recover(recovery)
    database = folder.ledger_by(key)
    if database.exists():
        # What does not open the ledger must not take the place of what may.
        LedgerReader(database).close()
    folder.vault.change_passphrase(key, passphrase())
