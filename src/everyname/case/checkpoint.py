"""Checkpoint of a case: what its ledger holds, signed and kept beside it."""

from __future__ import annotations

from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.case.stage import write_text
from everyname.errors import CaseError
from everyname.ledger import LedgerReader, attest


def write_checkpoint(folder: CaseFolder, ledger: LedgerReader) -> None:
    """Sign how many entries the ledger has, and the root over them, unless that was done.

    Parameters
    ----------
    folder
        The case.
    ledger
        Its ledger.

    Raises
    ------
    LedgerError
        The ledger's key cannot be used.
    """
    path = folder.checkpoints / f"{ledger.size():010}.txt"
    if not path.exists():
        write_text(path, attest(ledger, folder.signing_key()))


def read_checkpoint(path: Path) -> str:
    """Read a checkpoint, wherever it was kept.

    Raises
    ------
    CaseError
        It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(
            f"this checkpoint cannot be read ({error})", where=str(path), do="Name another"
        ) from None
