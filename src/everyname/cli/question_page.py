"""A question of a review on a terminal: two records side by side, with what differs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from everyname.case import Standing
from everyname.case.record_pair import ComparedField, MarkedText, compared_fields
from everyname.cli.screen import plain, shown
from everyname.ledger import Filed
from everyname.linkage.explanation import Explanation
from everyname.linkage.question import CHECKS, CONTRADICTS, Question

HELP = (
    ("s", "same: both are about one person"),
    ("d", "different: they are about two persons"),
    ("u", "unsure: it cannot be told from what is there"),
    ("n", "next: leave it for another session"),
    ("b", "back: retract your last answer, and be asked again"),
    ("e", "give a reason; it goes with your next answer"),
    ("c", "the cells as the sources have them"),
    ("w", "why the model thinks so, in words"),
    ("q", "quit; everything answered is on disk already"),
    ("?", "this help"),
)

_SIGNS = {"same": "=", "close": "~", "differs": "≠", "one side": ""}
_STYLES = {"same": "", "close": "underline", "differs": "bold reverse", "one side": "dim"}


def question_page(records: Sequence[Filed], sources: Sequence[str]) -> Table:
    """Put two records side by side.

    Parameters
    ----------
    records
        The two records.
    sources
        Name of the source of each.
    """
    table = Table(box=None, padding=(0, 1), expand=True, show_header=False)
    table.add_column(style="dim", max_width=24, overflow="fold")
    table.add_column(width=1)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row("Source", "", *(Text(plain(name), style="bold") for name in sources))
    table.add_row("Where", "", *(shown(f"{f.file}, {f.record.locator}") for f in records))
    table.add_row("Record", "", *(shown(f.record.reference) for f in records))
    table.add_row()
    for each in compared_fields(*(filed.record for filed in records)):
        table.add_row(*_row(each))
        if each.latin_left or each.latin_right:
            latin = (Text(text, style="italic") for text in (each.latin_left, each.latin_right))
            table.add_row("", "", *latin)
    return table


def _row(each: ComparedField) -> tuple[RenderableType, ...]:
    return shown(each.label), _SIGNS[each.mark], _pieces(each.left), _pieces(each.right)


def _pieces(pieces: Sequence[MarkedText]) -> Text:
    """Join pieces; what differs is marked by a style, and in a text without styles by brackets."""
    text = Text()
    for piece in pieces:
        if text:
            text.append(" ")
        own = plain(piece.text)
        marked = f"‹{own}›" if piece.mark == "differs" and len(pieces) > 1 else own
        text.append(marked, style=_STYLES[piece.mark])
    return text


def asked_words(question: Question) -> str:
    """Say what a question is asked for, and what the model thinks."""
    if question.why == CONTRADICTS:
        return f"The model holds these for one person, but they state {question.words}."
    probability = f"Match probability {question.probability:.3f}"
    if question.why == CHECKS:
        return f"{probability}. Drawn at random, to check the model."
    if question.change:
        return f"{probability}. The answer changes the count by {question.change:.2f} on average."
    return f"{probability}."


def why_words(explanation: Explanation) -> str:
    """Say on a line or two what speaks for one person, and what against it, in bits."""
    told = (
        f"{step.label} {step.weight:+.1f}"
        for step in explanation.steps
        if step.kind in {"begin", "step"}
    )
    return f"Bits: {'; '.join(told)}; all together {explanation.weight:+.1f}"


def standing_words(standing: Standing) -> str:
    """Say how far a review is, on one line."""
    parts = [
        f"{standing.answered:,} answered",
        f"{standing.open:,} open",
        f"{standing.checked:,} checked at random",
        f"count {standing.best:,} ({standing.low:,} to {standing.high:,})",
    ]
    if standing.per_minute:
        parts.insert(1, f"{standing.per_minute:.0f} a minute")
    return " · ".join(parts)


def cells_page(records: Sequence[Filed]) -> RenderableType:
    """Show the cells of both records as the sources have them."""
    parts: list[RenderableType] = []
    for filed in records:
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", max_width=30, overflow="fold")
        table.add_column(overflow="fold")
        for column, text in filed.record.cells:
            table.add_row(shown(column), shown(text))
        parts += [Text(plain(filed.record.reference), style="bold"), table, Text()]
    return Group(*parts)


def help_page() -> Table:
    """List the keys."""
    table = Table.grid(padding=(0, 2))
    for key, words in HELP:
        table.add_row(Text(key, style="bold"), words)
    return table
