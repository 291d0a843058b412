"""Verification: whether what the last run of a case left is unaltered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from everyname.case.folder import CaseFolder
from everyname.case.stage import file_digest
from everyname.errors import CaseError, LedgerAltered, LedgerError
from everyname.ledger import LedgerReader
from everyname.ledger import verify as verify_ledger

_RESTORE = "Restore it from a backup"
_AGAIN = "Run the case again"


def verify(path: Path) -> tuple[int, tuple[LedgerAltered, ...]]:
    """Check the ledger, the originals, and every file that the last run left.

    Parameters
    ----------
    path
        The case folder.

    Returns
    -------
    tuple of int and errors
        How many ledger entries were checked, and one error for each thing that was altered, is
        missing, or lies among what is published without being of the run.

    Raises
    ------
    CaseError
        This is no case folder, or it was never run to the end.
    """
    folder = CaseFolder(path)
    if not (path / "case.toml").exists():
        folder.file()
    if not folder.receipt.exists():
        raise CaseError(
            "this case has no finished run", where=str(path), do=f"Run: everyname run {path}"
        )
    try:
        receipt = _Receipt.model_validate_json(folder.receipt.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        altered = f"the receipt of the last run cannot be read ({type(error).__name__})"
        return 0, (LedgerAltered(altered, where=str(folder.receipt), do=_RESTORE),)
    size, problems = _ledger(folder, receipt)
    return size, (*problems, *_outputs(path / "out", receipt.outputs))


class _Receipt(BaseModel):
    """What a run wrote down for verification."""

    entries: int
    head: str
    outputs: dict[str, str]


def _ledger(folder: CaseFolder, receipt: _Receipt) -> tuple[int, list[LedgerAltered]]:
    problems: list[LedgerAltered] = []
    size = 0
    try:
        with LedgerReader(folder.ledger) as ledger:
            size = ledger.size()
            problems += verify_ledger(ledger, folder.originals)
            if size < receipt.entries or ledger.head(receipt.entries) != receipt.head:
                problems.append(
                    LedgerAltered(
                        "the ledger does not begin with what the last run left, "
                        f"{receipt.entries:,} entries",
                        where=str(folder.ledger),
                        do=_RESTORE,
                    )
                )
    except LedgerError as error:
        problems.append(LedgerAltered(error.found, where=error.where, do=_RESTORE))
    return size, problems


def _outputs(out: Path, outputs: Mapping[str, str]) -> Iterator[LedgerAltered]:
    for name, digest in outputs.items():
        made = out / name
        if made.is_symlink():
            yield LedgerAltered("this file is now a link", where=str(made), do=_AGAIN)
        elif not made.is_file():
            yield LedgerAltered("this file is missing", where=str(made), do=_AGAIN)
        elif file_digest(made) != digest:
            yield LedgerAltered("this file was altered after the run", where=str(made), do=_AGAIN)
    for folder in ("report", "data"):
        for found in sorted((out / folder).rglob("*")):
            if not found.is_dir() and str(found.relative_to(out)) not in outputs:
                yield LedgerAltered(
                    "this file is not of the last run", where=str(found), do="Remove it"
                )
