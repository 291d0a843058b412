"""TotalRow: a row of a list that adds up the others and is nobody."""

from __future__ import annotations

import numpy as np
import polars as pl

from everyname.intake.table import Table

REASON = "looks like a total of the list: it makes no record"

_WORDS = (
    "(grand |sub[- ]?|over ?all )?totals?",
    "total (number|killed|dead|deaths|victims|général|general|geral|generale)",
    "sum|summe|gesamt|insgesamt|итого|всего|итог|разом|усього|всього|toplam|cəmi|yekun",
    'suma|totale|totaal|razem|ukupno|укупно|σύνολο|სულ|ընդամենը|סה"?כ',
    "المجموع|الإجمالي|الاجمالي|إجمالي|مجموع|جمع کل|جمع|合计|总计|合計|総計|합계|총계|jumlah",
)
_TOTAL = rf"^(?:{'|'.join(_WORDS)})\s*[:=.\-–—]?\s*[\d\s.,']*$"


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
