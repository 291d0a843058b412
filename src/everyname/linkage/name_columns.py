"""Name columns: what of names is compared, prepared once for each distinct name."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.linkage.name_reading import ReadName, names_read, respelt, sound_number
from everyname.linkage.rarity import NAME_CLASSES, packed
from everyname.linkage.variants import taught_variants

MOST_PARTS = 6


class NameColumns(NamedTuple):
    """Names in columns.

    Parameters
    ----------
    frame
        ``name``: Latin parts in alphabetical order, joined by spaces, null where there is no name.
        ``bones``: the parts' consonant skeletons, likewise. ``tokens``: the distinct skeletons as
        packed integers (see `rarity.packed`). ``parts``: the parts. ``sounds``: numbers of what
        each of them sounds like. ``digits``: digits in the name.
    whole, part
        For each class of rarity, the probability that a random other person, whose parts are drawn
        one by one, shares by chance the whole name, or some of its parts, of a random person;
        shape (classes,).
    """

    frame: pl.DataFrame
    whole: NDArray[np.float64]
    part: NDArray[np.float64]


def name_columns(names: pl.Series, others: pl.Series | None = None) -> NameColumns:
    """Prepare names for comparison.

    Parameters
    ----------
    names
        Names in any script, one a record; null or empty where not stated.
    others
        The same persons' names in another script or spelling; null where not stated. They teach
        which spellings are one.
    """
    distinct = names.drop_nulls().value_counts(name="count").sort(names.name)
    texts, times = distinct[names.name].to_list(), distinct["count"].to_list()
    read = names_read(texts)
    variants = taught_variants(_twice(names, others))
    if variants:
        read = [respelt(name, variants) for name in read]
    borne: Counter[str] = Counter()
    for name, count in zip(read, times, strict=True):
        for bone in set(name.bones):
            borne[bone] += count
    number = {bone: position for position, bone in enumerate(sorted(borne))}
    total = sum(count for name, count in zip(read, times, strict=True) if name.parts) or 1
    bits = {bone: float(-np.log2(count / total)) for bone, count in borne.items()}
    in_order = sorted(number)
    token = dict(
        zip(
            in_order,
            packed(
                np.arange(len(in_order), dtype=np.int64),
                np.array([bits[bone] for bone in in_order]),
            ).tolist(),
            strict=True,
        )
    )
    tokens = [[token[b] for b in sorted(set(name.bones))] for name in read]
    table = pl.DataFrame(
        {
            "text": texts,
            "name": [" ".join(name.parts) or None for name in read],
            "bones": [" ".join(sorted(name.bones)) or None for name in read],
            "tokens": tokens,
            "parts": [list(name.parts) for name in read],
            "sounds": [[sound_number(s) for s in name.sounds] for name in read],
            "digits": ["".join(c for c in "".join(name.parts) if c.isdecimal()) for name in read],
        },
        schema_overrides={
            "text": pl.String, "name": pl.String, "bones": pl.String,
            "tokens": pl.List(pl.Int64), "parts": pl.List(pl.String),
            "sounds": pl.List(pl.Int64), "digits": pl.String,
        },
    )  # fmt: skip
    frame = pl.DataFrame({"text": names.cast(pl.String)}).join(
        table, on="text", how="left", maintain_order="left"
    )
    whole, part = _by_chance(read, times, bits)
    return NameColumns(frame.drop("text"), whole, part)


def _twice(names: pl.Series, others: pl.Series | None) -> list[tuple[str, str]]:
    """Names that are given twice, each pair once."""
    if others is None or others.null_count() == len(others):
        return []
    both = pl.DataFrame({"one": names, "other": others}).drop_nulls().unique().sort("one", "other")
    return [(one, other) for one, other in both.iter_rows() if one != other]


def _by_chance(
    read: Sequence[ReadName], times: Sequence[int], bits: dict[str, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Chance of sharing a whole name and a part of one, by class, from the parts' frequencies."""
    total = sum(count for name, count in zip(read, times, strict=True) if name.parts) or 1
    whole, some = np.zeros(len(NAME_CLASSES) + 1), np.zeros(len(NAME_CLASSES) + 1)
    shapes: dict[tuple[float, ...], int] = {}
    rounded = {bone: round(each, 1) for bone, each in bits.items()}
    for name, count in zip(read, times, strict=True):
        key = tuple(sorted(rounded[b] for b in set(name.bones)))[:MOST_PARTS]
        if key:
            shapes[key] = shapes.get(key, 0) + count
    for key, count in shapes.items():
        share = count / total
        whole[bisect_right(NAME_CLASSES, sum(key))] += share * 2.0 ** -sum(key)
        for size in range(1, len(key) + 1):
            for those in combinations(key, size):
                some[bisect_right(NAME_CLASSES, sum(those))] += share * 2.0 ** -sum(those)
    return whole, some
