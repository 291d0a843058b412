"""Quotation mark: whether it sets cells apart in a file at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from everyname.intake.csv_dialect import Dialect

OPENED = 5
AGREEING = 0.9


def never_closed(lines: Iterable[str], dialect: Dialect) -> int:
    """Count the rows in which a mark opens, where hardly a row does without and none closes.

    Such a mark says nothing about cells: to pair it with the next row's would join rows.

    Parameters
    ----------
    lines
        Lines of a text.
    dialect
        How cells are set apart, and the mark.

    Returns
    -------
    int
        0 where some mark closes, few rows hold one, or the rows do not agree without it.
    """
    mark, apart = dialect.quote, dialect.delimiter
    if not mark or not apart:
        return 0
    at, between = re.escape(mark), re.escape(apart)
    closes = re.compile(rf"{at} *(?:{between}|$)|{at}{at}")
    opens = re.compile(rf"(?:^|{between}) *{at}")
    widths: Counter[int] = Counter()
    opened = 0
    for each in lines:
        line = each.rstrip("\r\n")
        if not line:
            continue
        widths[line.count(apart)] += 1
        if mark in line:
            if closes.search(line):
                return 0
            opened += bool(opens.search(line))
    rows = widths.total()
    usual, many = widths.most_common(1)[0] if widths else (0, 0)
    whole = usual > 0 and many >= AGREEING * rows
    return opened if whole and opened >= OPENED and opened * 2 >= rows else 0
