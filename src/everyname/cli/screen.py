"""What is shown on a terminal: never anything that drives it."""

from __future__ import annotations

import re

from rich.text import Text

_DRIVING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: object) -> str:
    """Replace control characters, which files and their names can hold, by a mark.

    Parameters
    ----------
    text
        What is to be shown.
    """
    return _DRIVING.sub("\N{REPLACEMENT CHARACTER}", str(text))


def shown(text: object) -> Text:
    """Make text for Rich in which square brackets are only brackets."""
    return Text(plain(text))


def note_words(outcome: str, column: str, reason: str, cells: int, row: int) -> str:
    """Say what was noted of some cells of a list, gathered by reason.

    Parameters
    ----------
    outcome, column, reason, cells, row
        As `CellAccount.reasons` gives them.
    """
    of = "1 cell" if cells == 1 else f"{cells:,} cells"
    where = f"{of}, first in row {row}" if row else "whole file"
    return f"{outcome}: {f'{column}: ' if column else ''}{reason} ({where})"
