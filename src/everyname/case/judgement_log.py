"""JudgementLog: judgements of a case, in the ledger and in ``hand/judgements.csv`` alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.case.hand_file import References, hand_file
from everyname.case.judgements_file import JudgementsFile, read_judgements
from everyname.errors import CaseError
from everyname.ledger import Judgement, Ledger, utc_now

MOST_MISSING = 1
"""How many judgements an interruption can leave in the ledger without their line in the file."""


class JudgementLog:
    """Judgements of a case: each is on disk, in both places, when a call returns.

    The file is written first. What a process that was killed left in one place only is put right
    when the next one begins, in favour of the file, just as a run does it.

    Parameters
    ----------
    folder
        The case, which the caller holds (see `run.alone`).
    ledger
        Its ledger.
    now
        Clock for the time that each entry carries.

    Raises
    ------
    CaseError
        The file cannot be read, or lacks several judgements that the ledger has in force.
    LedgerError
        What has to be put right cannot be written.
    """

    def __init__(
        self, folder: CaseFolder, ledger: Ledger, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._ledger = ledger
        self._now = now
        self._references = References(ledger)
        self.path = hand_file(folder, "judgement")
        self._file = JudgementsFile(self.path)
        _tidy(self.path.parent)
        self._held = list(read_judgements(self.path, self._references))
        self.mended = self._mend()

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Those in force, in the order of the file."""
        return tuple(self._held)

    def _mend(self) -> tuple[str, ...]:
        """Let the ledger follow the file, and say what was done."""
        in_ledger = {judgement.id: judgement for judgement in self._ledger.judgements()}
        in_file = {judgement.id: judgement for judgement in self._held}
        new = [j for id_, j in in_file.items() if id_ not in in_ledger]
        gone = [j for id_, j in in_ledger.items() if id_ not in in_file]
        if len(gone) > MOST_MISSING:
            raise CaseError(
                f"{len(gone):,} judgements that the ledger has in force are not in this file",
                where=str(self.path),
                do="If lines were taken out on purpose, `everyname run` retracts them; if the "
                "file was lost, `everyname judgements export` writes it anew from the ledger",
            )
        self._enter(new, gone)
        said = []
        if new:
            are = "1 judgement was" if len(new) == 1 else f"{len(new):,} judgements were"
            said.append(f"{are} in {self.path.name} and not yet in the ledger: entered")
        said.extend(
            f"the judgement {_named(j)} was in the ledger and no longer in {self.path.name}: "
            "retracted"
            for j in gone
        )
        return tuple(said)

    def _enter(self, new: Sequence[Judgement], gone: Sequence[Judgement]) -> None:
        if not new and not gone:
            return
        with self._ledger.writing(self._now) as writer:
            if new:
                writer.append("judgement", [judgement.content for judgement in new])
            if gone:
                writer.append("retraction", [{"kind": "judgement", "retracts": j.id} for j in gone])

    def add(self, judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
        """Enter judgements, but for those that are in force already.

        The same decision of the same reviewer at the same time on the same two records is one
        judgement, whichever record comes first and whatever reason was kept.

        Returns
        -------
        tuple of Judgement
            What was entered.

        Raises
        ------
        LedgerError
            They cannot be written; what the file holds is entered when the case is next opened.
        """
        known = set(map(_told, self._held))
        new = {_told(judgement): judgement for judgement in judgements}
        added = tuple(judgement for told, judgement in new.items() if told not in known)
        if added:
            self._file.add(added)
            self._enter(added, ())
            self._held.extend(added)
        return added

    def retract(self, judgement: Judgement) -> None:
        """Take a judgement out of force; the ledger keeps that it was made."""
        self._file.remove(judgement, self._references)
        self._enter((), (judgement,))
        self._held.remove(judgement)

    def last_of(self, reviewer: str) -> Judgement | None:
        """Return the last judgement in force of a reviewer."""
        return next((j for j in reversed(self._held) if j.reviewer == reviewer), None)


def _told(judgement: Judgement) -> tuple[frozenset[str], str, str, str]:
    pair = frozenset((judgement.record_a, judgement.record_b))
    return pair, judgement.decision, judgement.reviewer, judgement.time


def _named(judgement: Judgement) -> str:
    return f"{judgement.record_a} - {judgement.record_b} ({judgement.decision})"


def _tidy(folder: Path) -> None:
    """Remove what a killed process left of a file that it was writing."""
    for rest in folder.glob(".everyname-*"):
        rest.unlink(missing_ok=True)
