"""Invented records, and what a linkage found, in forms that tests compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from everyname.linkage import FIELDS, Linkage, link_values

Partition = frozenset[frozenset[Any]]
Row = Mapping[str, str]

FIVE_SCRIPTS = (
    # The same invented people on two lists: name, name on the other list, age, day, place, sex.
    ("Ivan Tomarov", "Томаров Иван", "34", "2031-01-02", "Tamrud", "male"),
    ("Aylin Demirhan", "Əylin Dəmirhan", "7", "2031-02-02", "Mzikara", "female"),
    ("خالد حسن منصور", "Khaled Hassan Mansour", "41", "2031-01-02", "Tamrud", "male"),
    ("Արամ Գրիգորյան", "Aram Grigorian", "23", "2031-03-05", "Oskelan", "male"),
    ("გიორგი ბერაშვილი", "Giorgi Berashvili", "66", "2031-03-05", "Oskelan", "male"),
)


def values(rows: Iterable[Row]) -> pl.DataFrame:
    """Values of records, as `link_values` takes them."""
    return pl.DataFrame(
        [{field: row.get(field) for field in FIELDS} for row in rows],
        schema=dict.fromkeys(FIELDS, pl.String),
    )


def two_lists() -> tuple[list[Row], list[str]]:
    """Five people, each on two lists: records 0 and 1 are one person, 2 and 3, and so on."""
    rows = []
    for name, other, age, date, place, sex in FIVE_SCRIPTS:
        rest = {"age": age, "date": date, "place": place, "sex": sex}
        rows += [{"name": name, **rest}, {"name": other, **rest}]
    return rows, ["north", "south"] * len(FIVE_SCRIPTS)


def linked(rows: Sequence[Row], lists: Sequence[str] | None = None, **how: Any) -> Linkage:
    """Link records; without lists, of one list."""
    return link_values(values(rows), ["one"] * len(rows) if lists is None else lists, **how)


def partition(labels: Iterable[int], names: Sequence[Hashable]) -> Partition:
    """Who is with whom."""
    groups: defaultdict[int, set[Hashable]] = defaultdict(set)
    for label, name in zip(labels, names, strict=True):
        groups[label].add(name)
    return frozenset(frozenset(group) for group in groups.values())


def readings(linkage: Linkage, names: Sequence[Hashable] | None = None) -> tuple[Partition, ...]:
    """Who is with whom in low, best and high, by position or by name."""
    found = linkage.clustering
    names = range(len(found.best)) if names is None else names
    return tuple(partition(x.tolist(), names) for x in (found.low, found.best, found.high))


def together(*groups: Iterable[Hashable]) -> Partition:
    """A partition, written down."""
    return frozenset(frozenset(group) for group in groups)
