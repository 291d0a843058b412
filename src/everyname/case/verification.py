"""Verification: whether what the last run of a case left is unaltered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel

from everyname.case.checkpoint import read_checkpoint
from everyname.case.folder import CaseFolder
from everyname.case.stage import file_digest
from everyname.errors import CaseError, LedgerAltered, LedgerError
from everyname.ledger import (
    Database,
    Keys,
    LedgerReader,
    Originals,
    VerifierKey,
    contradicted,
)
from everyname.ledger import verify as verify_ledger

_RESTORE = "Restore it from a backup"
_AGAIN = "Run the case again"


def verify(
    path: Path, checkpoints: Sequence[Path] = (), key: Path | None = None
) -> tuple[int, tuple[LedgerAltered, ...]]:
    """Check the ledger, the originals, and every file that the last run left.

    What somebody with write access made anew as a whole, keys and checkpoints included, is found
    only with a checkpoint and a public key that were kept elsewhere.

    Parameters
    ----------
    path
        The case folder.
    checkpoints
        Checkpoints kept outside; those that runs left in the case are checked in any case.
    key
        The ledger's public key as kept outside; None for the one in the case.

    Returns
    -------
    tuple of int and errors
        How many ledger entries were checked, and one error for each thing that was altered, is
        missing, or lies among what is published without being of the run.

    Raises
    ------
    CaseError
        This is no case folder, it was never run to the end, or a checkpoint cannot be read.
    LedgerError
        The public key given cannot be read, or the database not be reached.
    """
    folder = CaseFolder(path)
    if not (path / "case.toml").exists():
        folder.file()
    # After an erasure there is nothing of a run to look at, and still a record.
    if not folder.receipt.exists() and not any(folder.checkpoints.glob("*.txt")):
        raise CaseError(
            "this case has no finished run", where=str(path), do=f"Run: everyname run {path}"
        )
    try:
        data_key = folder.data_key()
    except LedgerAltered as error:
        return 0, (error,)
    places = folder.ledger_by(data_key), folder.originals_by(data_key)
    return verify_kept(folder, *places, checkpoints, key)


def verify_kept(
    folder: CaseFolder,
    database: Database,
    originals: Originals,
    checkpoints: Sequence[Path] = (),
    key: Path | None = None,
) -> tuple[int, tuple[LedgerAltered, ...]]:
    """Check what a case holds, as `verify` does, whether or not a run was ever finished.

    Parameters
    ----------
    folder
        The case.
    database, originals
        Its ledger and its originals, wherever they lie.
    checkpoints, key
        As for `verify`.

    Returns
    -------
    tuple of int and errors
        As from `verify`; without a receipt, the outputs are not looked at.

    Raises
    ------
    CaseError
        A checkpoint cannot be read.
    LedgerError
        The public key given cannot be read.
    """
    given = None if key is None else Keys(key.parent).verifier(key.name)
    notes = [(str(name), read_checkpoint(name)) for name in checkpoints]
    receipt = None
    if folder.receipt.exists():
        try:
            receipt = _Receipt.model_validate_json(folder.receipt.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            altered = f"the receipt of the last run cannot be read ({type(error).__name__})"
            return 0, (LedgerAltered(altered, where=str(folder.receipt), do=_RESTORE),)
    problems: list[LedgerAltered] = []
    size = 0
    database.exists()  # says when it cannot be reached, which is no sign of an alteration
    try:
        with LedgerReader(database) as ledger:
            size = ledger.size()
            problems += _ledger(folder, ledger, originals, receipt, notes, given)
    except LedgerError as error:
        problems.append(LedgerAltered(error.found, where=error.where, do=_RESTORE))
    if receipt is not None:
        problems += _outputs(folder.path / "out", receipt.outputs)
    return size, tuple(problems)


class _Receipt(BaseModel):
    """What a run wrote down for verification."""

    entries: int
    root: str
    outputs: dict[str, str]


def _ledger(
    folder: CaseFolder,
    ledger: LedgerReader,
    originals: Originals,
    receipt: _Receipt | None,
    given_notes: Sequence[tuple[str, str]],
    given_key: VerifierKey | None,
) -> Iterator[LedgerAltered]:
    own = [(str(name), read_checkpoint(name)) for name in sorted(folder.checkpoints.glob("*.txt"))]
    notes = [*own, *given_notes]
    key = given_key
    own_key = folder.keys.verifier_file
    if given_key is not None and own_key.exists() and folder.keys.verifier() != given_key:
        yield LedgerAltered(
            "the case's own public key is another than the one that was given",
            where=str(own_key),
            do="Find out which of the two is right; restore the folder from a backup",
        )
    # The first run makes the keys when it ends: without anything signed there need be none.
    if key is None and (receipt or notes or folder.keys.verifier_file.exists()):
        key = folder.keys.verifier()
    yield from verify_ledger(ledger, originals, key)
    size = ledger.size()
    if receipt and (size < receipt.entries or ledger.root(receipt.entries).hex() != receipt.root):
        yield LedgerAltered(
            f"the ledger does not begin with what the last run left, {receipt.entries:,} entries",
            where=ledger.where,
            do=_RESTORE,
        )
    for where, note in notes:
        if key is not None:
            yield from contradicted(ledger, note, key, where)


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
