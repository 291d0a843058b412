"""Verification: proves that nothing in a case was altered since its last run."""

from __future__ import annotations

import json
from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.case.stage import file_digest
from everyname.errors import CaseError, LedgerAltered, LedgerError
from everyname.ledger import LedgerReader
from everyname.ledger import verify as verify_ledger


def verify(path: Path) -> tuple[int, tuple[LedgerAltered, ...]]:
    """Check the ledger, the originals, and every file that the last run left.

    Parameters
    ----------
    path
        The case folder.

    Returns
    -------
    tuple of int and errors
        How many ledger entries were checked, and one error for each thing that was altered.

    Raises
    ------
    CaseError
        The case was never run, or its receipt is missing.
    LedgerError
        The ledger cannot be opened.
    """
    folder = CaseFolder(path)
    folder.file()
    receipt_file = path / "out" / "receipt.json"
    try:
        receipt = json.loads(receipt_file.read_text(encoding="utf-8"))
        outputs, head, entries = receipt["outputs"], receipt["head"], receipt["entries"]
    except FileNotFoundError:
        raise CaseError(
            "this case has no finished run", where=str(path), do=f"Run: everyname run {path}"
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise CaseError(
            f"the receipt cannot be read ({error})", where=str(receipt_file), do="Run the case"
        ) from None
    problems: list[LedgerAltered] = []
    with LedgerReader(folder.ledger) as ledger:
        try:
            problems += verify_ledger(ledger, folder.originals)
            if ledger.size() < entries or (ledger.size() == entries and ledger.head() != head):
                problems.append(
                    LedgerAltered(
                        f"the ledger does not hold the {entries:,} entries of the last run",
                        where=str(folder.ledger),
                        do="Restore the ledger from a backup",
                    )
                )
        except LedgerAltered as error:
            problems.append(error)
        except LedgerError as error:
            problems.append(LedgerAltered(error.found, where=error.where, do=error.do))
        size = entries if problems else ledger.size()
    for name, digest in outputs.items():
        made = path / "out" / name
        if not made.is_file():
            problems.append(
                LedgerAltered("this file is missing", where=str(made), do="Run the case again")
            )
        elif file_digest(made) != digest:
            problems.append(
                LedgerAltered(
                    "this file was altered after the run", where=str(made), do="Run the case again"
                )
            )
    return size, tuple(problems)
