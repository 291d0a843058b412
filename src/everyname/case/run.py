"""Run: from lists to a report, redoing only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from everyname.case.case_file import CaseFile
from everyname.case.check_stage import ChecksOfCase
from everyname.case.checkpoint import write_checkpoint
from everyname.case.counts_stage import CountsOfCase
from everyname.case.estimate_stage import EstimatesOfCase
from everyname.case.folder import CaseFolder
from everyname.case.intake_stage import IntakeOfFile, refuse_shared_sources
from everyname.case.linkage_stage import LinkageOfCase
from everyname.case.publish_stage import PublicationOfCase
from everyname.case.stage import Progress, Stage, StageBook, State, write_json
from everyname.case.summary import Summary, summarise
from everyname.errors import CaseError, EverynameError, SeveralErrors
from everyname.intake import CellAccount, ListRelease
from everyname.ledger import LedgerReader

Told = Callable[[str, State], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did.

    Parameters
    ----------
    stages
        Each stage with whether it was done or unchanged.
    summary
        The case on one page.
    """

    stages: tuple[tuple[str, State], ...]
    summary: Summary


def run(
    path: Path, progress: Progress = lambda _: None, told: Told = lambda _name, _state: None
) -> Run:
    """Run a case: intake, linkage, counts, estimate, check, publish.

    A stage whose inputs, settings and code did not change since it was last done is left as it
    is. Interrupted, a run goes on where it was when it is started again.

    Parameters
    ----------
    path
        The case folder.
    progress
        Told in a few words what is being done.
    told
        Told when a stage is over, and whether it was done or unchanged.

    Returns
    -------
    Run
        What was done, and the case on one page.

    Raises
    ------
    CaseError, MappingError, TableError, LedgerError, LinkageError
        What a stage could not go on with. What the failing list would have added to the ledger
        is not in it; the other lists are.
    """
    folder = CaseFolder(path)
    file = _with_lists(folder)
    done: list[tuple[str, State]] = []

    def note(name: str, state: State) -> None:
        done.append((name, state))
        told(name, state)

    with alone(folder):
        _refuse_lost_ledger(folder)
        book = _book(folder)
        intake, later = _stages(folder, file)
        _do_intake(intake, book, folder, file, progress, note)
        for stage in later:
            note(stage.name, book.do(stage, progress))
        book.keep_only({stage.name for stage in (*intake, *later)})
        _write_receipt(folder, book)
    return Run(tuple(done), summarise(folder, file))


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A list that was taken into the ledger.

    Parameters
    ----------
    file
        Name under ``lists/``.
    state
        Whether it was done or unchanged.
    account
        Where its cells went.
    release
        What it changed of the list's earlier release; None where there was none.
    """

    file: str
    state: State
    account: CellAccount
    release: ListRelease | None


def take_in(
    path: Path,
    progress: Progress = lambda _: None,
    told: Callable[[TakenIn], None] = lambda _: None,
) -> tuple[TakenIn, ...]:
    """Take the lists of a case into its ledger, and do nothing else of a run.

    Parameters
    ----------
    path
        The case folder.
    progress
        Told in a few words what is being done.
    told
        Told of each list that is in, also when another cannot be taken in.

    Returns
    -------
    tuple of TakenIn
        One a list, in the order of ``case.toml``.

    Raises
    ------
    CaseError, MappingError, TableError, LedgerError
        What could not be taken in; the other lists are.
    """
    folder = CaseFolder(path)
    file = _with_lists(folder)
    done: list[TakenIn] = []

    def note(name: str, state: State) -> None:
        one = IntakeOfFile(folder, name.removeprefix("intake "))
        done.append(TakenIn(one.file, state, one.account(), one.release()))
        told(done[-1])

    with alone(folder):
        _refuse_lost_ledger(folder)
        intake, _ = _stages(folder, file)
        _do_intake(intake, _book(folder), folder, file, progress, note)
    return tuple(done)


def _with_lists(folder: CaseFolder) -> CaseFile:
    """Read ``case.toml``; refuse one that names no list."""
    file = folder.file()
    if not file.files:
        raise CaseError(
            "the case names no list",
            where=str(folder.path / "case.toml"),
            do="Put a file into lists/, write its mapping with `everyname map`, and name it "
            "under [lists]",
        )
    return file


def _book(folder: CaseFolder) -> StageBook:
    return StageBook(
        folder.work / "stages.json",
        folder.path / "out",
        # Until a run is over there is nothing that `verify` could hold the case against.
        before_change=lambda: folder.receipt.unlink(missing_ok=True),
    )


def _refuse_lost_ledger(folder: CaseFolder) -> None:
    """Refuse to start a new ledger in silence where a run left one that is gone."""
    if folder.receipt.exists() and not folder.ledger.exists():
        raise CaseError(
            "the ledger of the last run is gone, and with it what was retracted, withdrawn and "
            "merged",
            where=folder.ledger.label,
            do="Restore it from a backup; or, to start anew, remove the whole folder out/",
        )


def _stages(folder: CaseFolder, file: CaseFile) -> tuple[list[Stage], list[Stage]]:
    intake = []
    for name in file.files:
        one = IntakeOfFile(folder, name)
        intake.append(Stage(f"intake {name}", one.inputs, one.work, one.ready))
    linkage = LinkageOfCase(folder, file)
    counts = CountsOfCase(folder, file)
    later = [
        Stage("linkage", linkage.inputs, linkage.work, linkage.ready),
        Stage("counts", counts.inputs, counts.work, counts.ready),
    ]
    for title, of_case in (
        ("estimate", EstimatesOfCase(folder, file)),
        ("check", ChecksOfCase(folder, file)),
        ("publish", PublicationOfCase(folder, file)),
    ):
        later.append(Stage(title, of_case.inputs, of_case.work))
    return intake, later


def _do_intake(
    stages: list[Stage],
    book: StageBook,
    folder: CaseFolder,
    file: CaseFile,
    progress: Progress,
    note: Told,
) -> None:
    """Take in every list that can be, and say all that is wrong with the others at once."""
    refuse_shared_sources(folder, file.files)
    errors: list[EverynameError] = []
    for stage in stages:
        try:
            note(stage.name, book.do(stage, progress))
        except EverynameError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralErrors(errors)


@contextmanager
def alone(folder: CaseFolder) -> Iterator[IO[str]]:
    """Hold the case for one command: two at once would overwrite each other's work.

    Raises
    ------
    CaseError
        Another command holds it, or the folder cannot be written.
    """
    import fcntl

    try:
        folder.work.mkdir(parents=True, exist_ok=True)
        lock = (folder.work / "lock").open("w")
    except OSError as error:
        raise CaseError(
            f"the folder cannot be written ({error.strerror})",
            where=str(folder.path),
            do="Check who owns it, and the space on the disk",
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CaseError(
                "another run of this case is under way",
                where=str(folder.path),
                do="Wait until it is over",
            ) from None
        yield lock


def _write_receipt(folder: CaseFolder, book: StageBook) -> None:
    """Sign what the ledger holds, and write down what the run left, for `verify`."""
    with LedgerReader(folder.ledger) as ledger:
        size = ledger.size()
        root = ledger.root(size).hex()
        receipt = {"entries": size, "root": root, "outputs": dict(book.outputs())}
        write_checkpoint(folder, ledger)
    write_json(folder.receipt, receipt)
