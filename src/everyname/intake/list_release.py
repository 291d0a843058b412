"""ListRelease: what a newer release of a list adds, drops, changes and numbers anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from pydantic import BaseModel, ConfigDict

from everyname.intake.table import Table

Change = Literal["added", "changed", "renumbered", "number reused", "no longer listed"]
ORDER: tuple[Change, ...] = ("added", "changed", "renumbered", "number reused", "no longer listed")

ALIKE = 0.5
"""Share of the filled cells that two rows must have in common to be one row, changed."""
RARE = 20
"""Rows that a cell may stand in for rows to be compared because of it."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a release.

    Parameters
    ----------
    key
        What the list calls the row; begins with ``~`` where no column numbers the rows.
    cells
        Pairs of column name and text.
    """

    key: str
    cells: Sequence[tuple[str, str]]

    @property
    def numbered(self) -> bool:
        """Whether the list itself numbers the row."""
        return not self.key.startswith("~")

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


def compare(before: Iterable[ListedRow], after: Iterable[ListedRow], key: str = "") -> ListRelease:
    """Compare two releases of a list.

    Rows with the same cells are the same row, whatever their number: where only the number
    differs the row is renumbered. Of the others, those with the same number are one row,
    changed, if half of their filled cells agree; if not, the number was given to another row.
    Without a number in common, a row is taken for a changed one where half of the cells agree
    with a single other row that is left.

    Parameters
    ----------
    before, after
        The rows of the older and of the newer release; each is gone through twice, and only
        rows that are not the same in both are held in memory.
    key
        Column that numbers the rows; empty when none does.

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
    by_key = {row.key: i for i, row in old.items() if row.numbered}
    for at, row in list(new.items()):
        was = by_key.get(row.key)
        if was is not None:
            alike = _alike(old[was], row, key) >= ALIKE
            what: Change = "changed" if alike else "number reused"
            changes[at] = _changed(old.pop(was), new.pop(at), what)
    for at, was in list(_nearest(old, new, key)):
        changes[at] = _changed(old.pop(was), new.pop(at), "changed")
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
    waiting: dict[bytes, dict[int, str]] = defaultdict(dict)
    for i, row in enumerate(before):
        waiting[_digest(row, key)][i] = row.key
    pairs: dict[int, int] = {}
    later: list[tuple[int, bytes]] = []
    for at, row in enumerate(after):
        body = _digest(row, key)
        same = waiting.get(body)
        if not same:
            continue
        own = next((i for i, number in same.items() if number == row.key), None)
        if own is None:
            later.append((at, body))
        else:
            del same[own]
            pairs[at] = own
    for at, body in later:
        if same := waiting[body]:
            own = next(iter(same))
            del same[own]
            pairs[at] = own
    return pairs


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


def _alike(before: ListedRow, after: ListedRow, key: str) -> float:
    """Share of filled cells that agree, of those that either row fills in a column of both."""
    old = {c: " ".join(t.split()) for c, t in before.cells if c != key}
    new = {c: " ".join(t.split()) for c, t in after.cells if c != key}
    both = [c for c in old if c in new and (old[c] or new[c])]
    return sum(old[c] == new[c] for c in both) / len(both) if both else 0.0


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
    old: Mapping[int, ListedRow], new: Mapping[int, ListedRow], key: str
) -> Iterator[tuple[int, int]]:
    """Pair rows that changed and have no number in common, where there is one choice only."""
    holding: dict[tuple[str, str], list[int]] = defaultdict(list)
    for was, row in old.items():
        for cell in row.body(key):
            holding[cell].append(was)
    scored = []
    for at, row in new.items():
        shared = {
            was
            for cell in row.body(key)
            if len(holding.get(cell, ())) <= RARE
            for was in holding.get(cell, ())
        }
        likeness = ((_alike(old[was], row, key), was) for was in shared)
        best = sorted((s for s in likeness if s[0] >= ALIKE), reverse=True)[:2]
        if best and (len(best) == 1 or best[0][0] > best[1][0]):
            scored.append((best[0][0], at, best[0][1]))
    taken: set[int] = set()
    for _score, at, was in sorted(scored, key=lambda each: (-each[0], each[1])):
        if was not in taken:
            taken.add(was)
            yield at, was


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


def compare_tables(before: Table, after: Table, key: str = "") -> ListRelease:
    """Compare two releases of a list that lie in files.

    Parameters
    ----------
    before, after
        The older and the newer release.
    key
        Column that numbers the rows; empty when none does: rows are then called by their place.
    """
    return compare(RowsOfTable(before, key), RowsOfTable(after, key), key)
