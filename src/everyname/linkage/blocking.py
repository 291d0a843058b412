"""Blocking: which pairs of records are worth comparing, within an upper bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from everyname.linkage.keys import families
from everyname.linkage.traits import Traits

PER_RECORD = 128
AT_LEAST, PER_FURTHER_RECORD = 5_000_000, 9
"""Bounds of the candidate pairs, before those found twice: so many a record, until there are
`AT_LEAST`, and fewer for each further record."""

# One key may not find more records than this: it would only multiply pairs of strangers.
LARGEST_BLOCK = 2_000


class Family(NamedTuple):
    """What became of one family of keys.

    Parameters
    ----------
    name
        By what records are looked up.
    largest
        Records that share one key, at most; keys that more share are left to other families.
    pairs
        Pairs that share a key that is kept; those of other families among them.
    left_out
        Pairs that share a key that is left out.
    """

    name: str
    largest: int
    pairs: int
    left_out: int


class Blocking(NamedTuple):
    """Keys by which candidates are looked up.

    Parameters
    ----------
    keys
        ``id``, ``key``, ``family`` (position): a pair is a candidate when it shares a key.
    families
        What became of each family.
    """

    keys: pl.DataFrame
    families: tuple[Family, ...]


def blocking_of(traits: Traits) -> Blocking:
    """Choose keys from the data so that candidates stay within the bounds.

    Each family of keys gets an equal share of the bound, and keeps its keys from the rarest on;
    what a family does not need goes to the others.

    Parameters
    ----------
    traits
        The records.
    """
    made = [(name, keys.with_columns(n=pl.len().over("key")).filter(pl.col("n") > 1))
            for name, keys in families(traits)]  # fmt: skip
    made = [(name, keys) for name, keys in made if keys.height]
    sizes = [_pairs_by_size(keys) for _, keys in made]
    largest = largest_blocks(sizes, most_pairs(len(traits)))
    kept = [
        keys.filter(pl.col("n") <= most).select("id", "key", family=pl.lit(at, pl.Int32))
        for at, ((_, keys), most) in enumerate(zip(made, largest, strict=True))
    ]
    account = tuple(
        Family(name, most, int(pairs[: most + 1].sum()), int(pairs[most + 1 :].sum()))
        for (name, _), most, pairs in zip(made, largest, sizes, strict=True)
    )
    schema = {"id": pl.Int64, "key": pl.UInt64, "family": pl.Int32}
    return Blocking(pl.concat(kept) if kept else pl.DataFrame(schema=schema), account)


def _pairs_by_size(keys: pl.DataFrame) -> NDArray[np.float64]:
    """Pairs that keys of each size bring, by size."""
    counted = keys.group_by("n").agg(records=pl.len())
    n, records = counted["n"].to_numpy().astype(np.int64), counted["records"].to_numpy()
    pairs: NDArray[np.float64] = np.bincount(n, records * (n - 1) / 2.0).astype(np.float64)
    return pairs


def most_pairs(records: int) -> float:
    """Upper bound of the candidate pairs among so many records."""
    return float(min(PER_RECORD * records, AT_LEAST + PER_FURTHER_RECORD * records))


def largest_blocks(sizes: Sequence[NDArray[np.float64]], bound: float) -> list[int]:
    """Choose the largest block of each family, so that all pairs together stay within a bound.

    Parameters
    ----------
    sizes
        For each family the pairs that keys of each size bring, by size.
    bound
        Number of pairs.
    """
    order = sorted(range(len(sizes)), key=lambda at: float(sizes[at][: LARGEST_BLOCK + 1].sum()))
    found = [0] * len(sizes)
    left, waiting = bound, len(sizes)
    for at in order:
        running = np.cumsum(sizes[at][: LARGEST_BLOCK + 1])
        within = int(np.searchsorted(running, left / waiting, side="right")) - 1
        # Two records that share a key nobody else has are always compared.
        found[at] = max(2, within)
        left = max(left - float(running[min(found[at], len(running) - 1)]), 0.0)
        waiting -= 1
    return found


def candidates_sql(keys: str, new_from: int | None = None) -> str:
    """SQL for the candidate pairs, in Splink's form.

    Parameters
    ----------
    keys
        Table of keys.
    new_from
        Only pairs of which at least one record is numbered from here on; None for all.
    """
    new = f" AND r.id >= {new_from}" if new_from is not None else ""
    return (
        "SELECT DISTINCT l.id AS join_key_l, r.id AS join_key_r, '0' AS match_key"  # noqa: S608 - own names
        f" FROM {keys} l JOIN {keys} r ON l.key = r.key AND l.id < r.id{new}"
    )


def random_pairs(traits: Traits, number: int, seed: int) -> pa.Table:
    """Pairs drawn at random, and pairs of victims of one event, in Splink's form.

    Parameters
    ----------
    traits
        The records.
    number
        How many of each at most.
    seed
        Seed of the chance: equal records give equal pairs on every engine.
    """
    rng = np.random.default_rng(seed)
    size = len(traits)
    if size * (size - 1) // 2 <= number:
        a, b = np.triu_indices(size, 1)
    else:
        a, b = rng.integers(0, size, (2, number))
    drawn = _in_form(a, b, "1")
    return pa.concat_tables([drawn, _in_form(*_of_events(traits, number // 2, rng), "2")])


def _of_events(
    traits: Traits, number: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    on_a_day = pl.col("date_low") == pl.col("date_high")
    frame = traits.frame.filter(on_a_day & pl.col("place").is_not_null()).select(
        "unique_id", event=pl.struct("date_low", "place").rank("dense")
    )
    ids, event = frame["unique_id"].to_numpy(), frame["event"].to_numpy()
    order = np.lexsort((ids, event))
    ids, event = ids[order], event[order]
    starts = (
        np.flatnonzero(np.r_[True, event[1:] != event[:-1]]) if len(ids) else np.empty(0, np.int64)
    )
    sizes = np.diff(np.r_[starts, len(ids)])
    pairs = sizes * (sizes - 1.0) / 2
    if not pairs.sum():
        return np.empty(0, np.int64), np.empty(0, np.int64)
    # Half of them pair by pair, half event by event: small events are heard too.
    share = pairs / pairs.sum() / 2 + (pairs > 0) / (pairs > 0).sum() / 2
    drawn = rng.choice(len(sizes), int(min(number, 4 * pairs.sum())), p=share)
    first = starts[drawn] + (rng.random(len(drawn)) * sizes[drawn]).astype(np.int64)
    second = starts[drawn] + (rng.random(len(drawn)) * sizes[drawn]).astype(np.int64)
    return ids[first], ids[second]


def _in_form(a: NDArray[np.int64], b: NDArray[np.int64], why: str) -> pa.Table:
    apart = a != b
    low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
    return pa.table(
        {
            "join_key_l": pa.array(low.astype(np.int64)),
            "join_key_r": pa.array(high.astype(np.int64)),
            "match_key": pa.array([why] * len(low), pa.string()),
        }
    )
