"""Likeness: whether a row that was split otherwise looks like the rows around it."""

from __future__ import annotations

from collections.abc import Sequence

_STRONG = frozenset({",", ";", "\t", "|", "||", "::", ", ", "; ", ",,", ";;"})


def believable(cells: Sequence[str], delimiter: str, numeric: Sequence[float], marks: int) -> bool:
    """Say whether another delimiter may be believed for one row.

    Parameters
    ----------
    cells
        The row, split by it.
    delimiter
        The other delimiter: commas and their like are believed by the width alone.
    numeric
        For each column, the share of cells with digits.
    marks
        Number of quotation marks in the row.
    """
    if delimiter in _STRONG or delimiter.strip() in _STRONG:
        return True
    if marks >= 2 * len(cells) > 5:
        return True
    if len(cells) < 3 or len(cells) != len(numeric):
        return False
    pairs = list(zip(map(digits, cells), numeric, strict=True))
    alike = sum(there == (share > 0.5) for there, share in pairs)
    return any(there for there, share in pairs if share > 0.5) and alike >= 0.7 * len(pairs)


def digits(cell: str) -> bool:
    """Whether a digit of any script stands in a cell."""
    return any(map(str.isdigit, cell))


def indented(cells: list[str]) -> bool:
    """Whether one space stands behind every delimiter of a row."""
    return (
        len(cells) > 2
        and cells[1][:1] == " "
        and all(cell[:1] == " " and cell[1:2] != " " for cell in cells[1:])
    )
