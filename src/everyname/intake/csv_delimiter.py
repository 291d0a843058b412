"""Delimiter: its name, and those of several characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import gcd

SEVERAL = frozenset({", ", "; ", "||", "::", ";;", ",,", "|||", " | ", " ; ", " , ", "~|~", "|~|"})
_BETWEEN = re.compile(r"[^\w\"'`\r\n]{2,9}")
_NAMES: dict[str, str] = {
    "\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", " ": "space", ":": "colon",
    "": "one column",
}  # fmt: skip


def always_twin(lines: Sequence[str], mark: str) -> bool:
    """Whether a character stands several times in a row wherever it stands, but for a row."""
    runs = [[len(run) for run in re.findall(rf"{re.escape(mark)}+", line)] for line in lines]
    twins = [len(line) for line in runs if line and gcd(*line) > 1]
    others = [len(line) for line in runs if line and gcd(*line) == 1]
    if not others:
        return sum(map(len, runs)) > 1
    # A column that is always empty makes twins too: then the header has more cells than they.
    return len(twins) >= len(others) and {max(twins)} >= set(others)


def several_of(lines: Sequence[str]) -> list[str]:
    """Delimiters of several characters: what stands between words in line after line."""
    found: Counter[str] = Counter()
    for line in lines[:20]:
        here = Counter[str]()
        for run in _BETWEEN.findall(line):
            for size in (2, 3):
                here.update({run[at : at + size] for at in range(len(run) - size + 1)})
        found.update({mark: 1 for mark, many in here.items() if many > 1 or len(lines) > 2})
    least = max(1, min(len(lines), 20) // 2)
    usual = [mark for mark, many in found.items() if many >= least and mark.strip(" \t.-'")]
    text = "\n".join(lines)
    usual += [mark for mark in SEVERAL if mark in text and mark not in usual]
    usual = [mark for mark in usual if is_longer(lines, mark.strip(" ")[:1], mark)]
    return sorted(usual, key=lambda mark: -found[mark])[:24]


def is_longer(lines: Sequence[str], short: str, long: str) -> bool:
    """Whether a delimiter is a part of a longer one in nearly all lines.

    Parameters
    ----------
    lines
        Some lines of the text.
    short, long
        The delimiter, and the longer one that holds it.
    """
    there = [line for line in lines if short in line]
    return len(long) > len(short) and sum(long in line for line in there) >= 0.75 * len(there)


def grown_from(lines: Sequence[str], delimiter: str, quote: str) -> str:
    """Lengthen a delimiter by what stands beside it every time, such as a space or a twin."""
    at = re.escape(quote) if quote else "(?!)"
    text = re.sub(rf"{at}[^{at if quote else 'x'}\n]*{at}", "Q", "\n".join(lines))
    runs = [len(run) for run in re.findall(rf"{re.escape(delimiter)}+", text)]
    if len(runs) < 2:
        return delimiter
    twin = gcd(*runs)
    if twin > 1:
        return delimiter * twin
    if delimiter in " \t":
        return delimiter
    grown = delimiter
    for _ in range(2):
        before = {m[1] for m in re.finditer(rf"(^|.){re.escape(grown)}", text, re.MULTILINE)}
        after = {m[1] for m in re.finditer(rf"{re.escape(grown)}(?=(.|$))", text, re.MULTILINE)}
        if len(before) == 1 and (mark := before.pop()) and _beside(mark, quote):
            grown = mark + grown
        if len(after) == 1 and (mark := after.pop()) and _beside(mark, quote):
            grown = grown + mark
    return grown


def _beside(mark: str, quote: str) -> bool:
    return not mark.isalnum() and mark not in {quote, "Q", "\n", "\r", ""}


def delimiter_name(delimiter: str) -> str:
    """Name a delimiter for people."""
    named = _NAMES.get(delimiter)
    return named or (delimiter if delimiter.isprintable() else repr(delimiter))
