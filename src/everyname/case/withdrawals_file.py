"""``hand/withdrawals.csv``: records that are taken out of force."""

from __future__ import annotations

from pathlib import Path

from everyname.case.hand_file import SIGNED, HandLine, References, read_lines
from everyname.ledger import Withdrawal

COLUMNS = ("record", *SIGNED)


def read_withdrawals(path: Path, references: References) -> tuple[Withdrawal, ...]:
    """Read withdrawals and find the records that are withdrawn.

    Parameters
    ----------
    path
        The file; none at all holds no withdrawals.
    references
        Finds the records.

    Returns
    -------
    tuple of Withdrawal
        In the file's order.

    Raises
    ------
    CaseError
        A column is missing, a record is not found, or the reviewer is missing.
    """
    return tuple(_withdrawal(line, references) for line in read_lines(path, COLUMNS))


def _withdrawal(line: HandLine, references: References) -> Withdrawal:
    return Withdrawal(
        record=references.find(line, "record"),
        reviewer=line.reviewer(),
        time=line.cells["time"],
        reason=line.cells["reason"],
    )
