"""Conflicts: what within one cluster speaks against its being one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everyname.errors import LinkageError
from everyname.linkage.components import Positions
from everyname.linkage.pairs import Pairs

Kind = Literal["birth", "sex", "place", "name"]
# Of more different values in one cluster, the commonest are shown.
MOST_VALUES = 8
DAY = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two records of one cluster that cannot both be right about one person.

    Parameters
    ----------
    person
        Label of the cluster.
    a, b
        Positions of the two records, ``a < b``; each the first in the cluster that says so.
    kind
        ``birth``: two dates of birth that no day fits; ``sex``: two sexes; ``place``: two places
        on the same day; ``name``: two names in conflict.
    words
        What the two say, *a* first.
    """

    person: int
    a: int
    b: int
    kind: Kind
    words: str


def conflicts(
    table: pa.Table, labels: NDArray[np.int64], pairs: Pairs | None = None
) -> tuple[Conflict, ...]:
    """List what within clusters speaks against them.

    Two dates of birth are in conflict where their intervals have no day in common, so that a year
    alone contradicts no day in it. Two places are in conflict on the same known day, unless all
    words of one are in the other ("Tamrud" and "Tamrud, old town"). Each pair of different values
    in a cluster is listed once.

    Parameters
    ----------
    table
        Traits, one row a record, as `traits.table_of` gives them: of ``born_low``, ``born_high``,
        ``sex``, ``date_low``, ``date_high`` (days since 1970-01-01) and ``place``, those that
        there are.
    labels
        Cluster of each record; int64, shape (records,).
    pairs
        Scored pairs, for names in conflict.

    Returns
    -------
    tuple of Conflict
        By person, kind and positions.

    Raises
    ------
    LinkageError
        The table has not one row a record.
    """
    if table.num_rows != len(labels):
        raise LinkageError(
            f"{table.num_rows} rows of traits for {len(labels)} records", do="Give one a record"
        )
    found = [*_births(table, labels), *_sexes(table, labels), *_places(table, labels)]
    if pairs is not None:
        together = pairs.where(pairs.conflict & (labels[pairs.a] == labels[pairs.b]))
        found += [
            Conflict(int(labels[a]), a, b, "name", "two names that have nothing in common")
            for a, b in zip(together.a.tolist(), together.b.tolist(), strict=True)
        ]
    return tuple(sorted(found, key=lambda c: (c.person, c.kind, c.a, c.b)))


def _births(table: pa.Table, labels: Positions) -> Iterator[Conflict]:
    columns = _columns(table, ("born_low", "born_high"))
    if columns is None:
        return
    low, high = columns
    for person, some in _differing(labels, np.flatnonzero(low.known & high.known), (low, high)):
        for a, b in combinations(some, 2):
            one, other = ((low.values[at], high.values[at]) for at in (a, b))
            if one[1] < other[0] or other[1] < one[0]:
                yield Conflict(person, a, b, "birth", f"born {_dates(*one)}; {_dates(*other)}")


def _sexes(table: pa.Table, labels: Positions) -> Iterator[Conflict]:
    columns = _columns(table, ("sex",))
    if columns is None:
        return
    (sex,) = columns
    for person, some in _differing(labels, np.flatnonzero(sex.known), (sex,)):
        for a, b in combinations(some, 2):
            yield Conflict(person, a, b, "sex", f"{sex.text(a)}; {sex.text(b)}")


def _places(table: pa.Table, labels: Positions) -> Iterator[Conflict]:
    columns = _columns(table, ("date_low", "date_high", "place"))
    if columns is None:
        return
    low, high, place = columns
    one_day = low.known & high.known & place.known & (low.values == high.values)
    for person, some in _differing(labels, np.flatnonzero(one_day), (low, place)):
        for a, b in combinations(some, 2):
            one, other = place.text(a), place.text(b)
            if low.values[a] == low.values[b] and not _within(one, other):
                day = _dates(low.values[a], low.values[a])
                yield Conflict(person, a, b, "place", f"{one}; {other}; both on {day}")


def _within(one: str, other: str) -> bool:
    words = (set(text.split()) for text in (one, other))
    first, second = words
    return first <= second or second <= first


def _dates(low: int, high: int) -> str:
    first, last = (_written(int(day)) for day in (low, high))
    return first if first == last else f"{first} to {last}"


def _written(day: int) -> str:
    try:
        return (DAY + dt.timedelta(days=day)).isoformat()
    except OverflowError:
        return f"day {day}"


@dataclass(frozen=True, slots=True)
class _Column:
    """Values as integers, which are known, and how to write one."""

    values: Positions
    known: NDArray[np.bool_]
    text: Callable[[int], str]


def _columns(table: pa.Table, names: Sequence[str]) -> tuple[_Column, ...] | None:
    """Columns of a table; None where one is absent."""
    if not set(names) <= set(table.column_names):
        return None
    return tuple(_column(table.column(name)) for name in names)


def _column(column: pa.ChunkedArray) -> _Column:
    values = column.combine_chunks()
    known: NDArray[np.bool_] = values.is_valid().to_numpy(zero_copy_only=False)
    if pa.types.is_integer(values.type):
        days = values.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
        return _Column(days, known, lambda at: str(days[at]))
    coded = values.dictionary_encode()
    words: list[str] = coded.dictionary.to_pylist()
    codes = coded.indices.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return _Column(codes, known, lambda at: words[codes[at]])


def _differing(
    labels: Positions, among: Positions, columns: Sequence[_Column]
) -> Iterator[tuple[int, list[int]]]:
    """Clusters with different values: the first record of each value, by position."""
    sizes = np.bincount(labels[among], minlength=int(labels.max(initial=-1)) + 1)
    among = among[sizes[labels[among]] > 1]
    if not len(among):
        return
    keys = [column.values[among] for column in columns]
    order = np.lexsort((among, *reversed(keys), labels[among]))
    among = among[order]
    person = labels[among]
    changes = np.diff(person, prepend=-1) != 0
    for key in keys:
        changes[1:] |= np.diff(key[order]) != 0
    begins = np.flatnonzero(changes)
    number = np.diff(np.append(begins, len(among)))
    first, person = among[begins], person[begins]
    several = np.flatnonzero(np.bincount(person)[person] > 1)
    first, person, number = first[several], person[several], number[several]
    if not len(several):
        return
    # The commonest values of each cluster, then by position.
    order = np.lexsort((first, -number, person))
    first, person = first[order], person[order]
    borders = np.flatnonzero(np.diff(person, prepend=-1))
    for begin, end in zip(borders, np.append(borders[1:], len(person)), strict=True):
        yield int(person[begin]), sorted(first[begin : min(end, begin + MOST_VALUES)].tolist())
