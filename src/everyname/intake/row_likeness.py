"""RowLikeness: how alike two rows of a list are, by what few other rows hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from everyname.intake.listed_row import Cell, ListedRow

FEW = 2
"""Rows of a release that a cell may stand in and be rare, however short the list."""
RARE_SHARE = 0.05
"""Share of the rows of a release that a cell may stand in and be rare."""
WORD = re.compile(r"\w[\w\u0300-\u036f]*")
"""A word, with the accents that stand after its letters."""
MANY = 10
"""Rows from which on a column is left out where nearly all rows of a release differ in it."""
DIFFERENT = 0.95
"""Share of the filled rows that are nearly all."""


@dataclass(frozen=True, slots=True)
class RowLikeness:
    """How alike two rows are, by what few other rows hold."""

    columns: frozenset[str]
    names: frozenset[str]
    old: Mapping[Cell, float]
    new: Mapping[Cell, float]

    @classmethod
    def of(
        cls,
        releases: tuple[Iterable[ListedRow], Iterable[ListedRow]],
        left: tuple[Mapping[int, ListedRow], Mapping[int, ListedRow]],
        key: str,
        names: Sequence[str],
    ) -> RowLikeness:
        """Weigh the cells of the rows that are left by how many rows of a release hold them."""
        wanted = {cell for rows in left for row in rows.values() for cell in row.body(key)}
        counted = [_counted(rows, key, wanted) for rows in releases]
        (old_held, old_filled, _), (_, new_filled, many) = counted
        strange = Counter(
            column
            for row in left[1].values()
            for column, text in row.body(key)
            if many >= MANY and column not in names and not old_held[column, text]
        )
        columns = {
            column
            for column in old_filled.keys() & new_filled.keys()
            if strange[column] < DIFFERENT * new_filled[column]
        }
        weights = [_weights(held, rows) for held, _, rows in counted]
        return cls(frozenset(columns), frozenset(names), weights[0], weights[1])

    def rare(self, row: ListedRow) -> Iterator[Cell]:
        """Cells of a row that are rare in both releases."""
        for column, text in row.cells:
            cell = (column, _plain(text))
            if column in self.columns and self.old.get(cell) and self.new.get(cell):
                yield cell

    def share(self, before: ListedRow, after: ListedRow) -> float:
        """Share of the rare cells that agree, of those that both rows fill; 0 where none does."""
        old, new = self._filled(before), self._filled(after)
        agree = differ = 0.0
        for column in old.keys() & new.keys():
            was, now = (column, old[column]), (column, new[column])
            weights = self.old.get(was, 0.0), self.new.get(now, 0.0)
            if was != now:
                differ += sum(weights) / 2
            elif all(weights):
                agree += 2 / (1 / weights[0] + 1 / weights[1])
        return agree / (agree + differ) if agree and self.may_be(before, after) else 0.0

    def plain_share(self, before: ListedRow, after: ListedRow) -> float:
        """Share of the cells that agree, rare or not, of those that both rows fill."""
        old, new = self._filled(before), self._filled(after)
        both = old.keys() & new.keys()
        return sum(old[c] == new[c] for c in both) / len(both) if both else 0.0

    def may_be(self, before: ListedRow, after: ListedRow) -> bool:
        """Whether the rows share a word of the name, or one of them has none."""
        old, new = self.words(before), self.words(after)
        return not old or not new or not old.isdisjoint(new)

    def words(self, row: ListedRow) -> frozenset[str]:
        """Words of a row's name."""
        texts = (text for column, text in row.cells if column in self.names)
        return frozenset(w for text in texts for w in WORD.findall(text.casefold()))

    def _filled(self, row: ListedRow) -> dict[str, str]:
        return {c: _plain(t) for c, t in row.cells if c in self.columns and t.strip()}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _counted(
    rows: Iterable[ListedRow], key: str, wanted: Set[Cell]
) -> tuple[Counter[Cell], Counter[str], int]:
    """Count the rows that hold each wanted cell, those that fill each column, and all."""
    held: Counter[Cell] = Counter()
    filled: Counter[str] = Counter()
    many = 0
    for row in rows:
        body = row.body(key)
        held.update(body & wanted)
        filled.update(column for column, _ in body)
        many += 1
    return held, filled, many


def _weights(held: Mapping[Cell, int], rows: int) -> dict[Cell, float]:
    """Weigh the rare cells by one over the rows that hold them."""
    most = max(FEW, RARE_SHARE * rows)
    return {cell: 1 / n for cell, n in held.items() if 0 < n <= most}
