"""Header: the row that names a list's columns, and the field that a name speaks of."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from everyname.intake.header_words import HEADER_WORDS
from everyname.intake.list_file import read_grid
from everyname.intake.table import Grid, Table, TableOptions, shape

DEEPEST_HEADER = 10


def find_header(path: Path, sheet: str = "") -> Table:
    """Read a list whose header row is not known: the row whose words name most fields.

    A title stands in fewer cells than the header below it, and a row of values in as many or
    fewer. So a row below the first comes into question only when more of its cells are filled
    than of any row above it: a list of people who were "killed" stays a list.

    Parameters
    ----------
    path
        The list.
    sheet
        Sheet of a workbook; empty for the first.

    Returns
    -------
    Table
        With the first filled row as header when no row within the first ten names a field.

    Raises
    ------
    TableError
        The file cannot be read as a table.
    """
    grid = read_grid(path, TableOptions(sheet=sheet))
    return shape(grid, _header_row(grid))


def _header_row(grid: Grid) -> int:
    first = best = most = widest = 0
    for row, cells in enumerate(grid.rows[:DEEPEST_HEADER], start=grid.first):
        filled = sum(bool(cell.strip()) for cell in cells)
        if filled <= widest:
            continue
        widest = filled
        first = first or row
        named = sum(bool(field_for_header(cell)) for cell in cells if cell.strip())
        if named > most:
            best, most = row, named
        if named >= 2 and named * 3 >= filled:
            break
    return best or first or 1


def field_for_header(header: str) -> str:
    """Name the field that a header's words speak of; empty when they speak of none.

    Parameters
    ----------
    header
        Name of a column, in any of the languages known.
    """
    # FirstName is two words; DoB is one.
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", unicodedata.normalize("NFKC", header))
    words = _words(apart)
    best, best_length = "", 0
    for name, phrases in HEADER_WORDS.items():
        for phrase in phrases:
            wanted = _words(phrase)
            exact = words == wanted
            # A long header that merely mentions a word is a question, not a name.
            within = len(words) <= 6 and _contains(words, wanted)
            length = 100 if exact else len(wanted) if within else 0
            if length > best_length and (exact or len(words) - len(wanted) <= 4):
                best, best_length = name, length
    return best


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", " ", folded).split() or folded.split()


def _contains(words: list[str], wanted: list[str]) -> bool:
    n = len(wanted)
    return any(words[i : i + n] == wanted for i in range(len(words) - n + 1))
