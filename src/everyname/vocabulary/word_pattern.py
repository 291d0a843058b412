"""Patterns of words of many languages, compiled when they are first used.

Most lists need none of them, and compiling them would slow every start of the program.
"""

from __future__ import annotations

import re
from functools import cache

from everyname.vocabulary.number_word import fold_words

_KEPT = re.compile(r"(\\.|\s+)")


@cache
def folded_source(source: str) -> str:
    r"""Spell a regular expression by `fold_words`; escapes (``\W``) and spaces stay."""
    pieces = _KEPT.split(source)
    return "".join(p if n % 2 else fold_words(p) for n, p in enumerate(pieces))


@cache
def folded_pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern for texts spelled by `fold_words`.

    Parameters
    ----------
    source
        A regular expression without named groups; its words may be written with accents.
    """
    return re.compile(folded_source(source))
