"""Backup: a whole case in one file, taken while others work on it."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast

import everyname
from everyname.case.archive import CASE, Chunks, Manifest, Member, Source, packed
from everyname.case.folder import CaseFolder
from everyname.case.lock import locked
from everyname.case.run import alone
from everyname.errors import CaseError
from everyname.ledger import LedgerReader, utc_now
from everyname.ledger.age_file import encrypt_stream
from everyname.ledger.age_reader import Passphrase, Recipients
from everyname.ledger.stream import Stream, unread, unwritten
from everyname.ledger.whole_file import written_whole

# Beginning of the names of what is written and not complete.
_TEMPORARY = ".everyname-"

_Part = Literal["checkpoint", "made", "rest", "nothing"]


@dataclass(frozen=True, slots=True)
class Backup:
    """What was backed up.

    Parameters
    ----------
    file
        The backup.
    files
        How many files it holds, the ledger's snapshot among them.
    size
        Of the backup, in bytes.
    during_run
        Whether another command worked on the case: then the backup lacks what runs make from the
        record, such as the report.
    """

    file: Path
    files: int
    size: int
    during_run: bool


def back_up(path: Path, target: Path, to: Passphrase | Recipients | None = None) -> Backup:
    """Write a whole case to one file: its ledger as of one moment, and every other file.

    Runs and imports go on meanwhile. What a run is making just then is left out, since half of it
    would be of no use: the next run makes it again from the record.

    Parameters
    ----------
    path
        The case folder.
    target
        The file; appears complete and synced, or not at all, and only its owner can read it.
    to
        Who can open it; None for a plain tar.

    Returns
    -------
    Backup
        What was backed up.

    Raises
    ------
    CaseError
        This is no case, its ledger is gone, it holds a link, or something was changed or erased
        meanwhile.
    LedgerError
        The ledger or a file cannot be read; the target is there already or cannot be written.
    """
    folder = CaseFolder(path)
    folder.file()
    _refuse_inside(target, path)
    with ExitStack() as held, ExitStack() as while_packed:
        during_run = not _hold(folder, held)
        # Taken before the ledger: none of these speaks of entries that the snapshot lacks.
        early = [*([] if during_run else _found(path, "made")), *_found(path, "checkpoint")]
        documents, snapshot = _snapshot(folder, while_packed)
        # Taken after it: an original is there before its entry is.
        late = list(_found(path, "rest"))
        _refuse_missing(folder, documents, late)
        members = [*_folders(path, (*early, *late)), *early, *snapshot, *late]
        manifest = Manifest(
            everyname=everyname.__version__,
            made=utc_now().isoformat(timespec="seconds"),
            ledger=snapshot[0].member.name if snapshot else "",
            members=tuple(member for member, _ in members),
        )

        def sources() -> Iterator[Source]:
            for number, source in enumerate(members):
                if number == len(members) - len(late):
                    held.close()  # from here on a run changes nothing that is still to be read
                yield source

        with written_whole(target) as file:
            _write(packed(manifest, sources()), file, str(target), to)
    files = sum(not member.is_folder for member in manifest.members)
    return Backup(target, files, target.stat().st_size, during_run)


def _refuse_inside(target: Path, path: Path) -> None:
    if target.resolve().is_relative_to(path.resolve()):
        raise CaseError(
            "the backup would lie in the case itself, and be lost with it",
            where=str(target),
            do="Name a file elsewhere, best on another disk",
        )


def _hold(folder: CaseFolder, held: ExitStack) -> bool:
    """Keep runs from starting, unless another command is at work already."""
    try:
        held.enter_context(alone(folder))
    except CaseError:
        return False
    return True


def _found(path: Path, part: _Part) -> Iterator[Source]:
    """List the files of one part of a case."""
    for name, info, file in _walked(path, ()):
        if _part_of(name) != part or stat.S_ISDIR(info.st_mode):
            continue
        if not stat.S_ISREG(info.st_mode):
            raise CaseError(
                "this is a link or no file at all, and a backup holds files only",
                where=str(file),
                do="Put the file itself here, or remove this",
            )
        yield Source(_member("/".join((CASE, *name)), info), file)


def _folders(path: Path, sources: Iterable[Source]) -> Iterator[Source]:
    """List the folders of the case that hold what is backed up, and those that users made."""
    needed = {
        "/".join(parts[:depth])
        for parts in (member.name.split("/") for member, _ in sources)
        for depth in range(1, len(parts))
    }
    yield Source(_member(f"{CASE}/", path.stat()), path)
    for name, info, folder in _walked(path, ()):
        full = "/".join((CASE, *name))
        if stat.S_ISDIR(info.st_mode) and (name[0] != "out" or full in needed):
            yield Source(_member(f"{full}/", info), folder)


def _walked(
    folder: Path, above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], os.stat_result, Path]]:
    """List what is in a folder, each folder before what is in it; links are not followed."""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise unread(str(folder), error) from error
    for name in names:
        try:
            info = (folder / name).lstat()
        except FileNotFoundError:
            continue  # a run that is under way makes files, and takes them away
        yield (*above, name), info, folder / name
        if stat.S_ISDIR(info.st_mode) and _part_of((*above, name)) != "nothing":
            yield from _walked(folder / name, (*above, name))


def _part_of(name: tuple[str, ...]) -> _Part:
    """Tell what a file or folder is by its name within the case."""
    if name[0] != "out":
        return "nothing" if name[-1].startswith(_TEMPORARY) else "rest"
    inner = name[1:]
    if not inner:
        return "rest"
    # What is hidden here is locks, and files that are not complete.
    if inner[-1].startswith(".") or inner[0].startswith("ledger.sqlite"):
        return "nothing"
    if inner[0] == "originals":
        complete = len(inner) < 3 or re.fullmatch(r"[0-9a-f]{64}", inner[-1])
        return "rest" if complete else "nothing"
    if inner[0] == "checkpoints":
        return "checkpoint"
    if inner[0] in {"keys", "erasures"}:
        return "rest"
    return "nothing" if inner == ("work", "lock") else "made"


def _member(name: str, info: os.stat_result) -> Member:
    is_folder = stat.S_ISDIR(info.st_mode)
    try:
        name.encode()
    except UnicodeEncodeError:
        raise CaseError(
            "the name of this file is not valid Unicode", where=repr(name), do="Rename it"
        ) from None
    return Member(
        name=name,
        size=0 if is_folder else info.st_size,
        mode=stat.S_IMODE(info.st_mode) & 0o777,
        mtime=max(int(info.st_mtime), 0),
    )


def _snapshot(folder: CaseFolder, while_packed: ExitStack) -> tuple[set[str], list[Source]]:
    """Copy the ledger, and name the documents whose originals belong to it."""
    database = folder.ledger
    if not database.exists():
        if folder.receipt.exists() or folder.checkpoints.exists():
            raise CaseError(
                "the ledger of this case is gone",
                where=database.label,
                do="Restore it from an earlier backup",
            )
        return set(), []
    with LedgerReader(database) as ledger:
        erased = {sha256 for erasure in ledger.erasures() for sha256 in erasure.documents}
        documents = ledger.documents().keys() - erased
    copy = while_packed.enter_context(_temporary(folder.path / "out")) / database.snapshot_name
    database.snapshot(copy)
    return documents, [Source(_member(copy.name, copy.stat()), copy)]


@contextmanager
def _temporary(out: Path) -> Iterator[Path]:
    """Make a folder, and remove those of backups that were killed."""
    for left in out.glob(f"{_TEMPORARY}*"):
        with suppress(OSError), locked(left):
            shutil.rmtree(left)
    try:
        made = Path(tempfile.mkdtemp(dir=out, prefix=_TEMPORARY))
    except OSError as error:
        raise unwritten(str(out), error) from error
    try:
        with locked(made):
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _refuse_missing(folder: CaseFolder, documents: set[str], listed: Iterable[Source]) -> None:
    """Refuse to make a backup that could not be restored."""
    for sha256 in sorted(documents - {path.name for _, path in listed}):
        raise CaseError(
            "this original is missing: it was lost, or is being erased just now",
            where=str(folder.path / "out" / "originals" / sha256[:2] / sha256),
            do="Restore it from an earlier backup; if it was erased, give the same command again",
        )


def _write(
    chunks: Iterator[bytes], file: BinaryIO, where: str, to: Passphrase | Recipients | None
) -> None:
    if to is None:
        file.writelines(chunks)
    else:
        whole = Stream(cast("BinaryIO", Chunks(chunks)), where)
        encrypt_stream(whole, Stream(file, where), to)
