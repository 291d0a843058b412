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
