"""Header: the rows that name a list's columns, and the field that a name speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from everyname.intake.header_words import HEADER_WORDS, OTHER_WORDS
from everyname.intake.table import BETWEEN, Grid

DEEPEST_HEADER = 30
MOST_ROWS = 3
# Beyond these nobody looks for the name of a column.
WIDEST, LONGEST = 200, 120
LONGEST_TITLE = 40
# A long header that merely mentions a word is a question, not a name.
_MOST_WORDS, _MOST_BESIDE = 6, 4
_PATH = re.compile(r"(?:.*\.)?(?P<owner>[^. ]+)\.(?P<what>[^. ]+)")
_OF_OWNER = frozenset({"name", "title", "label", "value", "text"})
_NAME_PARTS = frozenset({"given_name", "family_name", "father_name"})
# Marks above and below the letters of alphabets that are often left out in typing.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
_SAME = str.maketrans("ıøłđىیکةہ", "ioldيي\u0643هه")


def header_rows(grid: Grid) -> tuple[int, int]:
    """Find the rows that name the columns: those whose words name most fields.

    A title stands in fewer cells than the header below it, and a row of values in as many or
    fewer. So a row below the first comes into question only when more of its cells are filled
    than of any row above it: a list of people who were "killed" stays a list. A row above or
    below whose cells stand over several columns each belongs to the header too.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    tuple of int
        Number of the first row of the header, and how many rows it has. Where no row within
        the first thirty names a field, the first that is filled as most rows are.
    """
    rows = [cells[:WIDEST] for cells in grid.cells.rows(0, DEEPEST_HEADER + MOST_ROWS)]
    base = _base(rows[:DEEPEST_HEADER])
    if base is None:
        return grid.first, 1
    top = bottom = base
    while bottom + 1 < len(rows) and bottom + 1 - top < MOST_ROWS:
        if not _below(rows, bottom):
            break
        bottom += 1
    grouped = False
    while top > 0 and bottom - top + 1 < MOST_ROWS:
        if not _above(rows[top - 1], rows[top], grouped=grouped):
            break
        top, grouped = top - 1, True
    return grid.first + top, bottom - top + 1


def _base(rows: Sequence[list[str]]) -> int | None:
    """Index of the row that names most fields."""
    best, most, widest = None, 0, 0
    for index, cells in enumerate(rows):
        filled = _filled(cells)
        if len(filled) <= widest or not filled:
            continue
        widest = len(filled)
        named = _named(cells)
        if named > most and sum(map(_is_value, filled)) * 2 <= len(filled):
            best, most = index, named
        if named >= 2 and named * 3 >= len(filled) and best == index:
            break
    if best is not None:
        return best
    widest = max((len(_filled(cells)) for cells in rows), default=0)
    usual = (index for index, cells in enumerate(rows) if len(_filled(cells)) * 2 > widest)
    return next(usual, None) if widest else None


def _below(rows: Sequence[list[str]], index: int) -> bool:
    """Tell whether the row below a row of the header names columns under its titles."""
    upper, lower = rows[index], rows[index + 1]
    filled = _filled(lower)
    named = _named(lower)
    under = sum(not _at(upper, n) and bool(cell.strip()) for n, cell in enumerate(lower))
    return (
        under > 0
        and named >= 2
        and named * 2 >= len(filled)
        and len(_filled(upper)) + under >= len(filled)
        and not any(map(_is_value, filled))
        and all(len(cell) <= LONGEST_TITLE for cell in filled)
    )


def _above(upper: Sequence[str], lower: Sequence[str], *, grouped: bool) -> bool:
    """Tell whether a row holds titles of groups of the columns that the row below names."""
    filled = _filled(upper)
    spanned = sum(not _at(upper, n) and bool(cell.strip()) for n, cell in enumerate(lower))
    repeated = len(filled) - len(set(filled))
    return (
        2 <= len(filled) <= len(_filled(lower))
        and (spanned > 0 or repeated > 0 or grouped)
        and all(len(c) <= LONGEST_TITLE and not _is_value(c) and ":" not in c for c in filled)
    )


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""


def _named(cells: Sequence[str]) -> int:
    return sum(bool(field_for_header(cell)) for cell in cells if cell.strip())


def _is_value(cell: str) -> bool:
    """Tell a number or a date from a name."""
    digits = sum(map(str.isdigit, cell))
    return digits * 2 > len(cell.strip()) or digits >= 6


@lru_cache(maxsize=10_000)
def field_for_header(header: str) -> str:
    """Name the field that a header's words speak of; empty when they speak of none.

    Parameters
    ----------
    header
        Name of a column, in any of the languages known; where several rows name it, the lowest
        that speaks of a field decides.
    """
    if len(header) > LONGEST:
        return ""
    if found := _PATH.fullmatch(header):
        # In "incident.place.name" it is a place that has a name.
        owner = _field(found["owner"])
        if owner and found["what"].casefold() in _OF_OWNER:
            return owner
    whole = _field(header)
    if whole or BETWEEN not in header:
        return whole
    parts = reversed(header.split(BETWEEN))
    return next(filter(None, map(_field, parts)), "")


def _field(header: str) -> str:
    # FirstName is two words; DoB is one.
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", unicodedata.normalize("NFKC", header))
    words = _words(apart)
    known = _known()
    if words in known.whole:
        return known.whole[words][1]
    if len(words) > _MOST_WORDS:
        return ""
    if _names_several_parts(words):
        return "name"
    for length in range(len(words) - 1, max(0, len(words) - _MOST_BESIDE - 1), -1):
        parts = (words[at : at + length] for at in range(len(words) - length + 1))
        if found := [known.within[part] for part in parts if part in known.within]:
            return min(found)[1]
    return ""


def _names_several_parts(words: tuple[str, ...]) -> bool:
    """Tell whether a header names several parts of a name: "surname, name, patronymic"."""
    within = _known().within
    parts = (*((word,) for word in words), *pairwise(words))
    said = {within[part][1] for part in parts if part in within} & _NAME_PARTS
    if "first" in words:
        said |= {"given_name"}
    return len(said) > 1


@dataclass(frozen=True, slots=True)
class _Known:
    """Phrases, each with its field and that field's place: earlier fields win over later."""

    whole: dict[tuple[str, ...], tuple[int, str]]
    within: dict[tuple[str, ...], tuple[int, str]]


@cache
def _known() -> _Known:
    known = _Known({}, {})
    for phrase in OTHER_WORDS:
        known.whole[_words(phrase)] = known.within[_words(phrase)] = (-1, "")
    for place, (name, phrases) in enumerate(HEADER_WORDS.items()):
        for phrase in phrases:
            words = _words(phrase.removeprefix("="))
            known.whole.setdefault(words, (place, name))
            if not phrase.startswith("="):
                known.within.setdefault(words, (place, name))
    return known


def _words(text: str) -> tuple[str, ...]:
    """Words in small letters, without the marks that typists leave out."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_SAME)
    folded = unicodedata.normalize("NFKC", bare).casefold()
    # A vowel sign of an Indian script is no letter to Python, and belongs to its word.
    spaced = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
    return tuple("".join(spaced).split()) or tuple(folded.split())
