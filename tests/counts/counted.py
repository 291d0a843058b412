"""Invented records with known persons, and their tally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from everyname.counts import Breakdown, Labels, Scope, Tally, gather
from everyname.ledger import Filed, Locator, Record, Source, Statement

Fields = Mapping[str, str]


def filed(source: str, key: int, **fields: str) -> Filed:
    """A person record; several values of a field are written "male|female"."""
    said = tuple(Statement(f, v) for f, values in fields.items() for v in values.split("|"))
    record = Record(source, "person", str(key), "d" * 64, Locator("", key + 1), said, ())
    return Filed(record.id, f"{source}.csv", record)


def sources(*keys: str, **derived: Sequence[str]) -> dict[str, Source]:
    """Sources; those named by keyword copy others."""
    plain = {key: Source(key, key) for key in keys}
    return plain | {k: Source(k, k, derived_from=tuple(d)) for k, d in derived.items()}


def tally(
    records: Sequence[Filed],
    best: Sequence[int],
    scope: Scope | None = None,
    low: Sequence[int] | None = None,
    high: Sequence[int] | None = None,
    known: Mapping[str, Source] | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> Tally:
    """Count records whose persons are known; each source is its own list unless told."""
    scope = scope or Scope()
    names = sorted({f.record.source for f in records})
    lists = lists or {name: [f"{name}.csv"] for name in names}
    labels = Labels(*(np.array(x, dtype=np.int64) for x in (low or best, best, high or best)))
    return Tally(gather(records, known or sources(*names), lists, scope), labels, scope)


def rows(breakdown: Breakdown) -> dict[str, tuple[int, int, int]]:
    """Low, best and high by class."""
    values = ["/".join(value for _, value in row.where) for row in breakdown.rows]
    numbers = [(row.low, row.best, row.high) for row in breakdown.rows]
    return dict(zip(values, numbers, strict=True))
