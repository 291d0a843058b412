"""``everyname review``."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from everyname.cli.arguments import existing_case
from everyname.cli.keyboard import Keyboard, keyboard
from everyname.cli.screen import shown
from everyname.errors import EverynameError

if TYPE_CHECKING:
    from everyname.case import Review
    from everyname.ledger import Decision, Judgement
    from everyname.linkage.explanation import Explanation
    from everyname.linkage.question import Question

REVIEWER = "EVERYNAME_REVIEWER"
KEYS = "s same  d different  u unsure  n next  b back  e reason  c cells  w why  q quit  ? help"
_DECISIONS: dict[str, Decision] = {"s": "same", "d": "different", "u": "unsure"}


@click.command(epilog="Example: everyname review my-case --reviewer 'A. Reviewer'")
@click.argument("folder", type=existing_case())
@click.option(
    "--reviewer",
    envvar=REVIEWER,
    default="",
    help=f"Who answers; also taken from {REVIEWER} in the environment.",
)
@click.option(
    "--check",
    type=click.FloatRange(0, 1),
    default=0.25,
    show_default=True,
    help="Share of the questions that are drawn at random, to check the model.",
)
def review(folder: Path, *, reviewer: str, check: float) -> None:
    """Ask whether pairs of records of the case in FOLDER are one person, or two.

    The pair whose answer changes the count most comes first; a share of the questions is drawn at
    random. One key is an answer, and it is on disk, in the ledger and in hand/judgements.csv,
    before the next pair is shown: stop whenever you like, and go on later. Run the case
    afterwards, for the answers to count.
    """
    from everyname.case import reviewing

    console = Console(highlight=False)
    with ExitStack() as held:
        with console.status("preparing the questions"):
            session = held.enter_context(reviewing(folder, reviewer, check_share=check))
        _Asking(session, console, held.enter_context(keyboard())).all()
        _print_end(console, session, folder)


class _Asking:
    """Asks question after question."""

    def __init__(self, session: Review, console: Console, keys: Keyboard) -> None:
        self._session = session
        self._console = console
        self._keys = keys
        self._reason = ""
        self._said = [f"Put right: {words}." for words in session.mended]

    def all(self) -> None:
        """Ask until no question is left, or the reviewer has enough."""
        while (question := self._session.question()) is not None:
            self._show(question)
            while (key := self._keys.key()) not in {*_DECISIONS, "n", "b", "q", ""}:
                self._beside(key, question)
            if key in {"q", ""}:
                return
            self._take(key)
        self._console.print("No question is left whose answer would change the count.")

    def _show(self, question: Question) -> None:
        from everyname.cli.question_page import (
            asked_words,
            question_page,
            standing_words,
            why_words,
        )

        if self._keys.terminal:
            self._console.clear()
        for words in self._said:
            self._console.print(shown(words), soft_wrap=True)
        self._said = []
        self._console.print(Text(standing_words(self._session.standing), style="dim"))
        self._console.print()
        records = self._session.records(question)
        self._console.print(question_page(records, self._session.sources(records)))
        self._console.print()
        self._console.print(shown(asked_words(question)))
        why = self._why(question)
        if why is not None:
            self._console.print(Text(why_words(why), style="dim"))
        self._show_keys()

    def _why(self, question: Question) -> Explanation | None:
        """Explain a question; None where the model has nothing to say on it."""
        try:
            return self._session.why(question).explanation
        except EverynameError:
            return None

    def _show_keys(self) -> None:
        if self._reason:
            self._console.print(shown(f"Reason for your answer: {self._reason}"))
        self._console.print(Text(KEYS, style="dim"))

    def _take(self, key: str) -> None:
        """Take an answer, put the question off, or take the last answer back."""
        if key in _DECISIONS:
            made = self._session.answer(_DECISIONS[key], self._reason)
            self._reason = ""
            self._said.append(f"Entered: {_words(made)}.")
        elif key == "n":
            self._session.put_off()
            self._said.append("Left for another session.")
        else:
            retracted = self._session.undo()
            if retracted is None:
                self._said.append("There is no answer of yours to retract.")
            else:
                self._said.append(f"Retracted: {_words(retracted)}.")

    def _beside(self, key: str, question: Question) -> None:
        """Do what a key asks for that answers nothing."""
        from everyname.cli.question_page import cells_page, help_page

        if key == "e":
            self._console.print("Reason: ", end="")
            self._reason = self._keys.line()
        elif key == "c":
            self._console.print(cells_page(self._session.records(question)))
        elif key == "w":
            self._explain(question)
        elif key == "?":
            self._console.print(help_page())
        else:
            return
        self._show_keys()

    def _explain(self, question: Question) -> None:
        why = self._why(question)
        words = ("The model has nothing to say on this pair.",) if why is None else why.words
        for sentence in words:
            self._console.print(shown(sentence))


def _words(judgement: Judgement) -> str:
    return f"{judgement.decision}, {judgement.record_a} and {judgement.record_b}"


def _print_end(console: Console, session: Review, folder: Path) -> None:
    standing = session.standing
    console.print(
        shown(
            f"{standing.answered:,} answered by {session.reviewer}, {standing.taken_back:,} taken "
            f"back, {standing.put_off:,} left for another session. Everything is on disk."
        )
    )
    if standing.answered or standing.taken_back:
        console.print(shown(f"For the answers to count: everyname run {folder}"), soft_wrap=True)
