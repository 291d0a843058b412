"""Sets of words written down as running text."""

from __future__ import annotations


def word_set(*lines: str, between: str | None = None) -> frozenset[str]:
    """Collect the words of some lines.

    Parameters
    ----------
    lines
        Text, broken anywhere between two words.
    between
        What separates the words; white space if None. Words are stripped.
    """
    words = (word.strip() for line in lines for word in line.split(between))
    return frozenset(word for word in words if word)
