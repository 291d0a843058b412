"""ListRelease: what a newer release of a list adds, drops, changes and numbers anew."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Literal

from pydantic import BaseModel, ConfigDict

from everyname.intake.listed_row import Cell, ListedRow, RowsOfTable
from everyname.intake.row_likeness import RowLikeness
from everyname.intake.table import Table

Change = Literal["added", "changed", "renumbered", "number reused", "no longer listed"]
ORDER: tuple[Change, ...] = ("added", "changed", "renumbered", "number reused", "no longer listed")

ALIKE = 0.5
"""Share of the cells that two rows must have in common to be one row, changed."""
MOST_COMPARED = 20
"""Rows that one row is compared with at most."""
MOST_LEFT = 500_000
"""Rows left in both releases above which only numbers are compared."""


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
        likeness = RowLikeness.of((before, after), (old, new), key, names)
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
    old: Mapping[int, ListedRow], new: Mapping[int, ListedRow], likeness: RowLikeness
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
    likeness: RowLikeness,
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
    old: Mapping[int, ListedRow], new: Mapping[int, ListedRow], likeness: RowLikeness
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


def _rank(before: ListedRow, after: ListedRow, likeness: RowLikeness) -> tuple[bool, float, float]:
    """Tell whether rows of one number are one row, and how alike they are."""
    share, plain = likeness.share(before, after), likeness.plain_share(before, after)
    named = not likeness.words(before).isdisjoint(likeness.words(after))
    return share >= ALIKE or (named and plain >= ALIKE), share, plain


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
