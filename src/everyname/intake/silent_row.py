"""SilentRow: a row of a list that is nobody: a total, or the header once more."""

from __future__ import annotations

import numpy as np
import polars as pl

from everyname.intake.table import Table

TOTAL = "looks like a total of the list: it makes no record"
HEADER = "repeats the header: it makes no record"

OF_SOMEBODY = frozenset({"sex", "birth_date", "given_name", "family_name", "father_name"})
"""Fields that a total does not have."""

_WORDS = (
    "(grand |sub[- ]?|over ?all )?totals?",
    "total (number|killed|dead|deaths|victims|général|general|geral|generale)",
    "summe|gesamt|insgesamt|итого|всего|итог|разом|усього|всього|toplam|cəmi|yekun",
    'suma|totale|totaal|razem|ukupno|укупно|σύνολο|სულ|ընդամենը|סה"?כ',
    "المجموع|الإجمالي|الاجمالي|إجمالي|مجموع|جمع کل|جمع|合计|总计|合計|総計|합계|총계|jumlah",
)
# "Suma" is a given name too.
_TOTAL = rf"^(?:(?:{'|'.join(_WORDS)})\s*[:=.\-–—]?\s*[\d\s.,']*|suma?\s*[:=]\s*[\d\s.,']*)$"


def total_rows(table: Table, columns: tuple[str, ...]) -> np.ndarray:
    """Rows in which a word for a total stands where a number or a name should.

    Parameters
    ----------
    table
        The list.
    columns
        Where to look: the columns that number or name the rows, and the first.

    Returns
    -------
    ndarray
        Shape (rows,), bool.
    """
    found = np.zeros(len(table), dtype=bool)
    for name in dict.fromkeys((*columns, table.columns[0])):
        texts: pl.Series = table.column(name).str.strip_chars().str.to_lowercase()
        found |= texts.str.contains(_TOTAL).to_numpy()
    return found


def repeated_headers(table: Table, columns: tuple[str, ...]) -> np.ndarray:
    """Rows in which every filled cell of some columns is the column's own name.

    Parameters
    ----------
    table
        The list.
    columns
        Names of the columns; with fewer than two nothing is told.

    Returns
    -------
    ndarray
        Shape (rows,), bool.
    """
    same = np.zeros(len(table), dtype=np.int64)
    other = np.zeros(len(table), dtype=bool)
    for name in columns:
        texts = table.column(name).str.strip_chars()
        named = (texts == name).to_numpy()
        same += named
        other |= ~named & (texts != "").to_numpy()
    return (same > 1) & ~other
