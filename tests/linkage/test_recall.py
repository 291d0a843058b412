"""Recall: which share of the matches blocking brought up."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from everyname.linkage.recall import estimated_recall


def recall(families_of_pairs, probability=0.99):
    """Recall where each pair of records (2n, 2n + 1) is found by so many families."""
    rows = [
        {"id": record, "key": 100 * pair + family, "family": family}
        for pair, families in enumerate(families_of_pairs)
        for family in range(families)
        for record in (2 * pair, 2 * pair + 1)
    ]
    keys = pl.DataFrame(rows, schema={"id": pl.Int64, "key": pl.UInt64, "family": pl.Int32})
    a = 2 * np.arange(len(families_of_pairs))
    return estimated_recall(keys, a, a + 1, np.full(len(a), probability))


def test_matches_that_many_families_find_are_hardly_missed():
    assert recall([5] * 100) == 1


def test_matches_that_one_family_found_speak_of_others_that_none_did():
    # Chao: 20 found once, 9 twice; 20 * 19 / (2 * 10) = 19 are missing beside 100.
    assert recall([1] * 20 + [2] * 9 + [4] * 71) == pytest.approx(100 / 119)


def test_without_sure_matches_there_is_nothing_to_miss():
    assert recall([1, 1, 2], probability=0.5) == 1
    assert recall([]) == 1
