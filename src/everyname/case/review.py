"""Review: a person is asked about pairs of records, and every answer is on disk at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from everyname.case.folder import CaseFolder
from everyname.case.judgement_log import JudgementLog
from everyname.case.run import alone
from everyname.case.scored_records import ScoredRecords
from everyname.case.standing import Standing
from everyname.errors import CaseError
from everyname.ledger import Decision, Filed, Judgement, Ledger, utc_now
from everyname.linkage import contradiction
from everyname.linkage.linkage import ties_at
from everyname.linkage.question import Question
from everyname.linkage.questions import CHECK_SHARE, Questions, questions

if TYPE_CHECKING:
    from everyname.case.explained import PairExplained


class Review:
    """A session in which one reviewer is asked about pairs; made by `reviewing`.

    Parameters
    ----------
    folder
        The case.
    ledger
        Its ledger, open for writing.
    reviewer
        Who answers.
    check_share
        Share of the questions that check the model.
    now
        Clock.
    """

    def __init__(
        self,
        folder: CaseFolder,
        ledger: Ledger,
        reviewer: str,
        check_share: float,
        now: Callable[[], datetime],
    ) -> None:
        self.reviewer = reviewer
        self._path = folder.path
        self._now = now
        self._log = JudgementLog(folder, ledger, now)
        self._scored = ScoredRecords.of(folder, ledger)
        self._position = {r: at for at, r in enumerate(self._scored.references) if r}
        self._ledger = ledger
        self._sources = ledger.sources()
        self._questions = self._asking(folder, check_share)
        self._current: Question | None = None
        self._began = now()
        self._answered = self._taken_back = self._put_off = 0

    def _asking(self, folder: CaseFolder, check_share: float) -> Questions:
        scored = self._scored
        ties = ties_at(self._log.judgements, self._position)
        against = contradiction(len(scored.references), ties)
        if against is not None:
            one, other = (scored.references[position] for position in against)
            raise CaseError(
                f"judgements contradict each other: {one} and {other} are called different, and "
                "others call them the same by way of further records",
                where=str(self._log.path),
                do=f"Correct it, then run: everyname run {folder.path}",
            )
        return questions(
            scored.pairs,
            scored.clustering,
            folder.file().linkage.thresholds(),
            ties,
            len(scored.references),
            contradictions=scored.contradictions,
            keys=scored.keys,
            check_share=check_share,
        )

    @property
    def mended(self) -> tuple[str, ...]:
        """What an interrupted session had left undone and was put right, in sentences."""
        return self._log.mended

    def question(self) -> Question | None:
        """Question to be answered now, the same until it is; None when none is left."""
        while self._current is None:
            asked = self._questions.next()
            if asked is None:
                return None
            # A record that is no longer listed can have lost its number to another one.
            if all(self._scored.references[position] for position in (asked.a, asked.b)):
                self._current = asked
            else:
                self._questions.put_off(asked.a, asked.b)
        return self._current

    def records(self, question: Question) -> tuple[Filed, Filed]:
        """Return the two records of a question, with what was corrected."""
        left, right = (
            self._scored.record(position, self._ledger) for position in (question.a, question.b)
        )
        return left, right

    def sources(self, records: Sequence[Filed]) -> tuple[str, ...]:
        """Names of the sources of some records."""
        keys = (filed.record.source for filed in records)
        return tuple(self._sources[key].name if key in self._sources else key for key in keys)

    def why(self, question: Question) -> PairExplained:
        """Explain why the model thinks what it thinks of a question."""
        from everyname.case.explaining import explain_pair

        a, b = (self._scored.references[position] for position in (question.a, question.b))
        return explain_pair(self._path, a, b)

    def answer(self, decision: Decision, reason: str = "") -> Judgement:
        """Judge the question asked now; when this returns, the judgement is on disk.

        Parameters
        ----------
        decision
            same, different or unsure.
        reason
            Why.

        Raises
        ------
        CaseError
            Nothing is asked.
        LedgerError
            It cannot be written.
        """
        asked = self._asked()
        a, b = (self._scored.references[position] for position in (asked.a, asked.b))
        time = self._now().isoformat(timespec="seconds")
        made = Judgement(a, b, decision, self.reviewer, time, " ".join(reason.split()))
        self._log.add([made])
        self._questions.judge(asked.a, asked.b, decision)
        self._current = None
        self._answered += 1
        return made

    def put_off(self) -> None:
        """Leave the question asked now for another session."""
        asked = self._asked()
        self._questions.put_off(asked.a, asked.b)
        self._current = None
        self._put_off += 1

    def undo(self) -> Judgement | None:
        """Retract the reviewer's last judgement, also one of an earlier session, and ask again.

        Returns
        -------
        Judgement or None
            What was retracted; the ledger keeps that it was made. None when there is nothing.
        """
        last = self._log.last_of(self.reviewer)
        if last is None:
            return None
        self._log.retract(last)
        self._taken_back += 1
        self._answered = max(0, self._answered - 1)
        a, b = (self._position.get(name) for name in (last.record_a, last.record_b))
        if a is not None and b is not None:
            self._questions.take_back(min(a, b), max(a, b))
            self._restore(min(a, b), max(a, b))
        return last

    def _restore(self, a: int, b: int) -> None:
        """Take in again what others hold of the pair, or else ask about it again."""
        others = ties_at(
            [j for j in self._log.judgements if {j.record_a, j.record_b} == self._named(a, b)],
            self._position,
        )
        for decision in ("same", "different", "unsure"):
            if getattr(others, decision):
                self._questions.judge(a, b, decision)
                return
        self._current = self._questions.about(a, b)

    def _named(self, a: int, b: int) -> set[str]:
        return {self._scored.references[a], self._scored.references[b]}

    def _asked(self) -> Question:
        if self._current is None:
            raise CaseError("nothing is asked", do="Ask for the next question first")
        return self._current

    @property
    def standing(self) -> Standing:
        """How far the review is."""
        low, best, high = self._questions.count
        return Standing(
            answered=self._answered,
            taken_back=self._taken_back,
            put_off=self._put_off,
            judged=len(self._questions.settled),
            open=self._questions.open,
            checked=self._questions.checked[0],
            low=low,
            best=best,
            high=high,
            seconds=(self._now() - self._began).total_seconds(),
        )


@contextmanager
def reviewing(
    path: Path,
    reviewer: str,
    *,
    check_share: float = CHECK_SHARE,
    now: Callable[[], datetime] = utc_now,
) -> Iterator[Review]:
    """Review a case; while the block runs, no other command can write to it.

    Parameters
    ----------
    path
        The case folder.
    reviewer
        Who answers; every judgement carries the name.
    check_share
        Share of the questions, 0 to 1, that are drawn at random to check the model.
    now
        Clock.

    Yields
    ------
    Review
        Asks, and takes answers.

    Raises
    ------
    CaseError
        Nobody is named, the case was not run since its records changed, or another command works
        on it.
    """
    name = " ".join(reviewer.split())
    if not name:
        raise CaseError(
            "nobody is named as the reviewer", where=str(path), do="Say who judges: --reviewer NAME"
        )
    folder = CaseFolder(path)
    folder.file()
    with alone(folder):
        if not folder.ledger.exists():
            raise CaseError(
                "this case has no ledger yet", where=str(path), do=f"Run it: everyname run {path}"
            )
        with Ledger.open(folder.ledger) as ledger:
            yield Review(folder, ledger, name, check_share, now)
