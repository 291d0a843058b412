"""Names of columns, compared without regard to case and punctuation."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")


def folded(name: str) -> str:
    """Fold a column's name, so that ``Start Date``, ``start_date`` and ``START.DATE`` are one."""
    return " ".join(_WORD.findall(name.casefold()))
