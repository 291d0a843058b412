"""ListRelease: what a newer release of a list adds, drops, changes and numbers anew."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from pydantic import BaseModel, ConfigDict

from everyname.intake.table import Table

Change = Literal["added", "changed", "renumbered", "number reused", "no longer listed"]
ORDER: tuple[Change, ...] = ("added", "changed", "renumbered", "number reused", "no longer listed")

Cell = tuple[str, str]
"""Column and text."""

ALIKE = 0.5
"""Share of the cells that two rows must have in common to be one row, changed."""
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
MOST_COMPARED = 20
"""Rows that one row is compared with at most."""
MOST_LEFT = 500_000
"""Rows left in both releases above which only numbers are compared."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a release.

    Parameters
    ----------
    key
        What the list calls the row, with its source before a ``/`` where the list has several;
        the row's own part begins with ``~`` where no column numbers it.
    cells
        Pairs of column name and text.
    """

    key: str
    cells: Sequence[tuple[str, str]]

    @property
    def numbered(self) -> bool:
        """Whether the list itself numbers the row."""
        return not self.key.rpartition("/")[2].rpartition(":")[2].startswith("~")

    def body(self, key: str) -> frozenset[tuple[str, str]]:
        """Cells that hold anything, but for the number: without order and spare white space."""
        return frozenset((c, " ".join(t.split())) for c, t in self.cells if c != key and t.strip())


class RowChange(BaseModel):
    """What became of one row. Not for publication.

    Parameters
    ----------
    change
        What became of it.
    before, after
        Keys in the older and in the newer release; empty where it is in one only.
    columns
        Column, text before and text after, where they differ.
    """

    model_config = ConfigDict(frozen=True)

    change: Change
    before: str = ""
    after: str = ""
    columns: tuple[tuple[str, str, str], ...] = ()


class ListRelease(BaseModel):
    """A newer release of a list beside the older one.

    Parameters
    ----------
    unchanged
        Number of rows that are the same in both.
    changes
        All other rows, in the order of the newer release, then those no longer listed.
    """

    model_config = ConfigDict(frozen=True)

    unchanged: int
    changes: tuple[RowChange, ...]

    def counts(self) -> Mapping[str, int]:
        """Number of rows by what became of them."""
        return Counter(change.change for change in self.changes)

    def sentence(self) -> str:
        """Say it in one line."""
        found = self.counts()
        said = [f"{found[change]:,} {change}" for change in ORDER if found.get(change)]
        return ", ".join((*said, f"{self.unchanged:,} as before"))


def compare(
    before: Iterable[ListedRow],
    after: Iterable[ListedRow],
    key: str = "",
    names: Sequence[str] = (),
) -> ListRelease:
    """Compare two releases of a list.

    Rows with the same cells are the same row, whatever their number: where only the number
    differs the row is renumbered. Of the others, those are one row, changed, whose rare cells
    agree by half or more, each weighed by one over the rows that hold it: what many rows hold,
    such as a date or a place, tells nobody apart. Where several are as alike, the one with the
    same number is taken, else none. Rows that are left and have the same number are one row,
    changed, where they share a word of the name and half of their filled cells agree; if not,
    the number was given to another row.

    Parameters
    ----------
    before, after
        The rows of the older and of the newer release; each is gone through several times, and
        only rows that are not the same in both are held in memory.
    key
        Column that numbers the rows; empty when none does.
    names
        Columns that name the person: rows that both fill them are never one row, changed,
        unless they share a word of them, in whatever case.

    Returns
    -------
    ListRelease
        Every row of both releases, once.
    """
    pairs = _same(before, after, key)
    kept = set(pairs.values())
    old = {i: row for i, row in enumerate(before) if i not in kept}
    changes: dict[int, RowChange] = {}
    unchanged = 0
    new: dict[int, ListedRow] = {}
    renumbered = _renumbered(before, after, pairs)
    for at, row in enumerate(after):
        if at not in pairs:
            new[at] = row
        elif at in renumbered:
            changes[at] = RowChange(change="renumbered", before=renumbered[at], after=row.key)
        else:
            unchanged += 1
    if old and new:
        likeness = _Likeness.of((before, after), (old, new), key, names)
        for at, was in list(_nearest(old, new, likeness)):
            changes[at] = _changed(old.pop(was), new.pop(at), "changed")
        for at, was, what in list(_same_number(old, new, likeness)):
            changes[at] = _changed(old.pop(was), new.pop(at), what)
    for at, row in new.items():
        changes[at] = RowChange(change="added", after=row.key)
    gone = (RowChange(change="no longer listed", before=row.key) for row in old.values())
    return ListRelease(
        unchanged=unchanged, changes=(*(changes[at] for at in sorted(changes)), *gone)
    )


def _digest(row: ListedRow, key: str) -> bytes:
    whole = blake2b(digest_size=16)
    for column, text in sorted(row.body(key)):
        for part in (column, text):
            data = part.encode("utf-8", "surrogatepass")
            whole.update(len(data).to_bytes(8, "big") + data)
    return whole.digest()


def _same(before: Iterable[ListedRow], after: Iterable[ListedRow], key: str) -> dict[int, int]:
    """Pair rows with the same cells, newer to older; of several, those with the same number."""
    waiting: dict[bytes, dict[str, deque[int]]] = defaultdict(dict)
    for i, row in enumerate(before):
        waiting[_digest(row, key)].setdefault(row.key, deque()).append(i)
    pairs: dict[int, int] = {}
    later: list[tuple[int, bytes]] = []
    for at, row in enumerate(after):
        body = _digest(row, key)
        same = waiting.get(body)
        if not same:
            continue
        if row.key in same:
            pairs[at] = _first(same, row.key)
        else:
            later.append((at, body))
    for at, body in later:
        if same := waiting[body]:
            pairs[at] = _first(same, next(iter(same)))
    return pairs


def _first(same: dict[str, deque[int]], number: str) -> int:
    """Take out the first row with a number."""
    rows = same[number]
    first = rows.popleft()
    if not rows:
        del same[number]
    return first


def _renumbered(
    before: Iterable[ListedRow], after: Iterable[ListedRow], pairs: Mapping[int, int]
) -> dict[int, str]:
    """Older number of each newer row that has the same cells and another number."""
    keys = [row.key for row in before]
    return {
        at: keys[pairs[at]]
        for at, row in enumerate(after)
        if at in pairs and row.numbered and keys[pairs[at]] != row.key
    }


@dataclass(frozen=True, slots=True)
class _Likeness:
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
    ) -> _Likeness:
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


def _changed(before: ListedRow, after: ListedRow, change: Change) -> RowChange:
    old, new = dict(before.cells), dict(after.cells)
    return RowChange(
        change=change,
        before=before.key,
        after=after.key,
        columns=tuple(
            (name, old.get(name, ""), new.get(name, ""))
            for name in dict.fromkeys((*old, *new))
            if old.get(name, "") != new.get(name, "")
        ),
    )


def _nearest(
    old: Mapping[int, ListedRow], new: Mapping[int, ListedRow], likeness: _Likeness
) -> Iterator[tuple[int, int]]:
    """Pair rows that changed by their rare cells, where there is one choice only."""
    if min(len(old), len(new)) > MOST_LEFT:
        return
    holding: dict[Cell, list[int]] = defaultdict(list)
    for was, row in old.items():
        for cell in likeness.rare(row):
            holding[cell].append(was)
    by_number = _by_number(old)
    scored = []
    for at, row in new.items():
        found = _candidates(row, holding, by_number, likeness)
        ranked = sorted(
            (
                (likeness.share(old[was], row), row.numbered and old[was].key == row.key, was)
                for was in found
            ),
            reverse=True,
        )[:2]
        if ranked and ranked[0][0] >= ALIKE and (len(ranked) == 1 or ranked[0][:2] > ranked[1][:2]):
            scored.append((*ranked[0][:2], at, ranked[0][2]))
    taken: set[int] = set()
    for _score, _own, at, was in sorted(scored, key=lambda each: (-each[0], -each[1], each[2])):
        if was not in taken:
            taken.add(was)
            yield at, was


def _candidates(
    row: ListedRow,
    holding: Mapping[Cell, Sequence[int]],
    by_number: Mapping[str, Sequence[int]],
    likeness: _Likeness,
) -> set[int]:
    """Older rows to compare with a newer one: its number's, and those of its rarest cells.

    What the rows of a cell would bring above the most is left out with the cell, so that
    never one of two that are as alike is taken because the other was cut off.
    """
    found = set(by_number.get(row.key, ())[:MOST_COMPARED] if row.numbered else ())
    cells = sorted((len(holding[c]), c) for c in likeness.rare(row) if c in holding)
    for _, cell in cells:
        more = found.union(holding[cell])
        if len(more) > MOST_COMPARED:
            break
        found = more
    return found


def _by_number(rows: Mapping[int, ListedRow]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, row in rows.items():
        if row.numbered:
            found[row.key].append(at)
    return found


def _same_number(
    old: Mapping[int, ListedRow], new: Mapping[int, ListedRow], likeness: _Likeness
) -> Iterator[tuple[int, int, Change]]:
    """Pair rows of the same number, those that changed before those that took it over."""
    by_number = _by_number(old)
    paired: set[int] = set()
    whats: tuple[Change, ...] = ("changed", "number reused")
    for what in whats:
        for at, row in new.items():
            left = by_number.get(row.key, []) if row.numbered and at not in paired else []
            ranked = [(_rank(old[was], row, likeness), -was) for was in left[:MOST_COMPARED]]
            if ranked and (what == "number reused" or max(ranked)[0][0]):
                was = -max(ranked)[1]
                left.remove(was)
                paired.add(at)
                yield at, was, what


def _rank(before: ListedRow, after: ListedRow, likeness: _Likeness) -> tuple[bool, float, float]:
    """Tell whether rows of one number are one row, and how alike they are."""
    share, plain = likeness.share(before, after), likeness.plain_share(before, after)
    named = not likeness.words(before).isdisjoint(likeness.words(after))
    return share >= ALIKE or (named and plain >= ALIKE), share, plain


@dataclass(frozen=True, slots=True)
class RowsOfTable:
    """The rows of a table, made each time they are gone through.

    Parameters
    ----------
    table
        The list.
    key
        Column that numbers the rows; empty when none does.
    """

    table: Table
    key: str

    def __iter__(self) -> Iterator[ListedRow]:
        columns = self.table.columns
        at = columns.index(self.key) if self.key else -1
        for number, row in zip(self.table.numbers, self.table.rows(), strict=True):
            if any(cell.strip() for cell in row):
                own = row[at].strip() if 0 <= at < len(row) else ""
                cells = tuple(zip(columns, row, strict=False))
                yield ListedRow(own or f"~row {number}", cells)


def compare_tables(
    before: Table, after: Table, key: str = "", names: Sequence[str] = ()
) -> ListRelease:
    """Compare two releases of a list that lie in files.

    Parameters
    ----------
    before, after
        The older and the newer release.
    key
        Column that numbers the rows; empty when none does: rows are then called by their place.
    names
        Columns that name the person, as for `compare`.
    """
    return compare(RowsOfTable(before, key), RowsOfTable(after, key), key, names)
