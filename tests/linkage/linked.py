"""Invented records, and what a linkage found, in forms that tests compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from everyname.ledger import Filed, Locator, Record, Statement
from everyname.linkage import Linkage

Partition = frozenset[frozenset[str]]

FIVE_SCRIPTS = (
    # The same invented people on two lists: name, name on the other list, age, day, place, sex.
    ("Ivan Tomarov", "Томаров Иван", "34", "2031-01-02", "Tamrud", "male"),
    ("Aylin Demirhan", "Əylin Dəmirhan", "7", "2031-02-02", "Mzikara", "female"),
    ("خالد حسن منصور", "Khaled Hassan Mansour", "41", "2031-01-02", "Tamrud", "male"),
    ("Արամ Գրիգորյան", "Aram Grigorian", "23", "2031-03-05", "Oskelan", "male"),
    ("გიორგი ბერაშვილი", "Giorgi Berashvili", "66", "2031-03-05", "Oskelan", "male"),
)


def person(source: str, key: int, file: str = "", **fields: str) -> Filed:
    """A person record that asserts these fields; a list of values is not needed here."""
    statements = tuple(Statement(field, value) for field, value in fields.items())
    record = Record(source, "person", str(key), "d" * 64, Locator("", key + 1), statements, ())
    return Filed(record.id, file or f"{source}.csv", record)


def two_lists(first: str = "north", second: str = "south") -> list[Filed]:
    """Five people, each on two lists."""
    records = []
    for key, (name, other, age, date, place, sex) in enumerate(FIVE_SCRIPTS, start=1):
        rest = {"age": age, "date": date, "place": place, "sex": sex}
        records.append(person(first, key, name=name, **rest))
        records.append(person(second, key, name=other, **rest))
    return records


def partition(labels: Iterable[int], names: Sequence[str]) -> Partition:
    """Who is with whom."""
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for label, name in zip(labels, names, strict=True):
        groups[label].add(name)
    return frozenset(frozenset(group) for group in groups.values())


def readings(linkage: Linkage) -> tuple[Partition, Partition, Partition]:
    """Who is with whom in low, best and high, by file and row."""
    names = [f"{filed.file} {filed.record.locator.row}" for filed in linkage.records]
    found = linkage.clustering
    low, best, high = (partition(x.tolist(), names) for x in (found.low, found.best, found.high))
    return low, best, high
