"""Rarity: how little a value could be shared by chance."""

from __future__ import annotations

from collections import Counter

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.linkage.rarity import (
    CLASSES,
    NAME_CLASSES,
    PACKED_MODULUS,
    classes_of,
    packed,
    packed_bits_sql,
    rarity,
)


def test_values_are_sorted_into_classes():
    # Of 1,024 records: half have one value, 1 in 8 another, 1 in 64 a third; 8 more and singles.
    values = ["a"] * 512 + ["b"] * 128 + ["c"] * 16 + ["d"] * 2 + [f"e{n}" for n in range(366)]
    found = rarity(pl.Series([*values, None]))
    class_of = dict(zip(values, found.classes.tolist(), strict=False))
    assert [class_of[value] for value in ("a", "b", "c", "d", "e0")] == [0, 1, 2, 3, 3]
    assert found.classes[-1] == -1
    pairs = 1024 * 1023
    assert found.chance.tolist() == pytest.approx(
        [512 * 511 / pairs, 128 * 127 / pairs, 16 * 15 / pairs, 2 / pairs, 0, 0]
    )


def test_nothing_stated():
    for values in ([], [None, None]):
        found = rarity(pl.Series("x", values, dtype=pl.String))
        assert found.classes.tolist() == [-1] * len(values)
        assert found.chance.tolist() == [0.0] * 6


@given(st.lists(st.one_of(st.none(), st.sampled_from("abcdefg")), max_size=60))
def test_the_chances_of_the_classes_add_up_to_that_of_sharing_any_value(values):
    found = rarity(pl.Series("x", values, dtype=pl.String), NAME_CLASSES)
    counts = Counter(value for value in values if value is not None)
    stated = counts.total()
    alike = sum(n * (n - 1) for n in counts.values())
    assert found.chance.sum() == pytest.approx(alike / max(stated * (stated - 1), 1))
    assert [n >= 0 for n in found.classes] == [value is not None for value in values]


def test_classes_begin_at_their_edges():
    assert classes_of(np.array([0.0, 2.99, 3.0, 14.9, 15.0, 40.0]), CLASSES).tolist() == [
        0, 0, 1, 4, 5, 5,
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 2**40), st.floats(0, 40)), max_size=9))
def test_packed_tokens_give_back_their_bits(tokens):
    number = np.array([n for n, _ in tokens], dtype=np.int64)
    bits = np.array([b for _, b in tokens])
    both = packed(number, bits)
    assert (both // PACKED_MODULUS).tolist() == number.tolist()
    assert (both % PACKED_MODULUS / 32).tolist() == pytest.approx(
        np.clip(bits, 1 / 32, 32 - 1 / 32).tolist(), abs=1 / 64
    )
    assert packed_bits_sql("total") == "(total) / 32.0"
