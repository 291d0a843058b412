"""Restoring: a case from its backup, verified before it has its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast

from everyname.case.archive import CASE, CHUNK, Manifest
from everyname.case.checkpoint import write_checkpoint
from everyname.case.erasing import remove_derived
from everyname.case.folder import CaseFolder
from everyname.case.lock import locked
from everyname.case.stage import file_digest, write_text
from everyname.case.unpacking import Unpacking
from everyname.case.verification import verify_kept
from everyname.errors import CaseError, LedgerAltered, SeveralErrors
from everyname.ledger import Database, Ledger, Originals, replay_erasures
from everyname.ledger.age_file import decrypt_stream
from everyname.ledger.age_passphrase import VERSION
from everyname.ledger.age_reader import Identities, Passphrase
from everyname.ledger.stream import Stream, opened, unwritten
from everyname.ledger.whole_file import sync_folder

Lock = Literal["", "passphrase", "identity"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    Parameters
    ----------
    path
        The case folder.
    made
        When the backup was made, as an ISO 8601 time in UTC.
    entries
        How many ledger entries were checked; 0 where the case had no ledger yet.
    erasures
        How many erasures, ordered since the backup was made, were carried out again.
    with_outputs
        Whether what the last run left is there too, and was checked.
    """

    path: Path
    made: str
    entries: int
    erasures: int
    with_outputs: bool


def lock_of(file: Path) -> Lock:
    """Tell what opens a backup; nothing does what is not encrypted.

    Raises
    ------
    LedgerError
        It cannot be read.
    """
    with opened(file) as backup:
        begins = Stream(backup, str(file)).read(len(VERSION) + len(b"-> scrypt "))
    if not begins.startswith(VERSION):
        return ""
    return "passphrase" if begins.endswith(b"-> scrypt ") else "identity"


def restore(
    file: Path,
    path: Path,
    by: Passphrase | Identities | None = None,
    *,
    data_key: Callable[[CaseFolder], bytes] = CaseFolder.data_key,
    checkpoints: Sequence[Path] = (),
    key: Path | None = None,
    erasures: Path | None = None,
) -> Restored:
    """Restore a case, and verify it before it has its place.

    Interrupted at any point, it leaves nothing at that place, and can be started again.

    Parameters
    ----------
    file
        The backup.
    path
        The case folder: new, or empty.
    by
        What opens an encrypted backup.
    data_key
        How to get the data key of an encrypted case.
    checkpoints, key
        Kept outside of the case, as for `verify`.
    erasures
        Folder of orders to erase that were kept outside: those of ``out/erasures`` that are newer
        than the backup.

    Returns
    -------
    Restored
        What was restored.

    Raises
    ------
    CaseError
        There is something at this place already, or a checkpoint cannot be read.
    LedgerAltered
        The backup is not what was written.
    LedgerError
        The backup cannot be read or opened, or something cannot be written; or the database that
        the case names holds a ledger already.
    SeveralErrors
        Several things in the backup are not what was written.
    """
    path = path.resolve()
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise CaseError(
            "there is something here already", where=str(path), do="Name a new or empty folder"
        )
    if not path.parent.is_dir():
        raise CaseError("there is no such folder", where=str(path.parent), do="Make it first")
    with _staged(path) as staging, ExitStack() as undo:
        manifest = _unpacked(file, staging, by)
        folder = CaseFolder(staging / CASE)
        orders = _orders(folder, erasures)
        unlocked = data_key(folder)
        originals = folder.originals_by(unlocked)
        with _loaded(folder.ledger_by(unlocked), staging, manifest) as database:
            entries = done = 0
            if database is not None:
                done = _erase_again(folder, database, originals, orders)
                entries, problems = verify_kept(folder, database, originals, checkpoints, key)
                _refuse(problems, file, staging)
            with_outputs = folder.receipt.exists()
            folder.path.rename(path)  # takes the place of an empty folder at once
            undo.callback(path.rename, folder.path)
            sync_folder(path.parent)
        undo.pop_all()
    return Restored(path, manifest.made, entries, done, with_outputs)


@contextmanager
def _staged(path: Path) -> Iterator[Path]:
    """Make an empty folder beside a place, and take away what a killed restore left of it."""
    staging = path.with_name(f".{path.name}.restoring")
    try:
        staging.mkdir(mode=0o700, exist_ok=True)
        staging.chmod(0o700)  # fails where somebody else made it
        with locked(staging):
            for left in staging.iterdir():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except BlockingIOError:
        raise CaseError(
            "another restore to this place is under way",
            where=str(path),
            do="Wait until it is over",
        ) from None
    except OSError as error:
        raise unwritten(str(path), error) from error


def _unpacked(file: Path, staging: Path, by: Passphrase | Identities | None) -> Manifest:
    """Decrypt a backup as it is read, and write its files."""
    unpacking = Unpacking(staging, str(file))
    into = Stream(cast("BinaryIO", unpacking), str(staging))
    with opened(file) as backup:
        if by is not None:
            decrypt_stream(Stream(backup, str(file)), into, by)
        else:
            source = Stream(backup, str(file))
            while chunk := source.read(CHUNK):
                into.write(chunk)
    return unpacking.finish()


@contextmanager
def _loaded(database: Database, staging: Path, manifest: Manifest) -> Iterator[Database | None]:
    """Load the ledger's snapshot, if there is one; it stays only if the block ends well."""
    if not manifest.ledger:
        yield None
        return
    if manifest.ledger != database.snapshot_name:
        raise LedgerAltered(
            f"this backup holds {manifest.ledger}, and its case.toml names another kind of ledger",
            where=database.label,
            do="Take another backup",
        )
    with database.load(staging / manifest.ledger) as loaded:
        yield loaded


def _orders(folder: CaseFolder, given: Path | None) -> tuple[str, ...]:
    """Read the orders to erase, and keep those that were given with the others."""
    kept = folder.path / "out" / "erasures"
    if given is not None:
        orders = sorted(given.glob("*.txt"))
        if not orders:
            raise CaseError(
                "there is no order to erase in this folder",
                where=str(given),
                do="Name the folder of the copies of out/erasures",
            )
        for order in orders:
            text = _text(order)
            here = kept / order.name
            if here.exists() and _text(here) != text:
                here = kept / f"{order.stem}-{file_digest(order)[:16]}.txt"
            write_text(here, text)
    return tuple(_text(order) for order in sorted(kept.glob("*.txt")))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(
            f"this order to erase cannot be read ({error})", where=str(path), do="Remove it"
        ) from None


def _erase_again(
    folder: CaseFolder, database: Database, originals: Originals, orders: Sequence[str]
) -> int:
    """Carry out what was erased since the backup, and remove what runs had made of it."""
    done = 0
    with Ledger.open(database) as ledger:
        if orders:
            done = replay_erasures(ledger, originals, orders, folder.signing_key())
        if done:
            remove_derived(folder.path / "out")
            write_checkpoint(folder, ledger)
        # An erasure that was under way may have left its originals to the backup. What nobody
        # signed for is no order, and is found when all is verified.
        erasures = ledger.erasures()
        verifier = folder.keys.verifier() if erasures else None
        for erasure in erasures:
            if verifier is not None and erasure.signed_by(verifier):
                for sha256 in erasure.documents:
                    originals.remove(sha256)
    return done


def _refuse(problems: Sequence[LedgerAltered], file: Path, staging: Path) -> None:
    """Say what is wrong with a backup, and in which of its files."""
    found = [
        LedgerAltered(
            problem.found,
            where=f"{file}: {problem.where.removeprefix(f'{staging}/')}",
            do="Take another backup",
        )
        for problem in problems
    ]
    if len(found) == 1:
        raise found[0]
    if found:
        raise SeveralErrors(found)
