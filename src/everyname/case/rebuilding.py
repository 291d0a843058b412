"""Rebuilding the derived tables of a case's ledger."""

from __future__ import annotations

from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.case.run import alone
from everyname.ledger import Ledger, rebuild


def rebuild_ledger(path: Path) -> int:
    """Make the ledger's derived tables again from its log.

    Parameters
    ----------
    path
        The case folder.

    Returns
    -------
    int
        Number of entries.

    Raises
    ------
    CaseError
        Another command works on the case.
    LedgerError
        There is no ledger, or it refuses.
    """
    folder = CaseFolder(path)
    with alone(folder), Ledger.open(folder.ledger) as ledger:
        return rebuild(ledger)
