"""Recall: which share of the matches blocking brought up."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from everyname.linkage import recall as recall_module
from everyname.linkage.recall import estimated_recall

FAMILIES = ("whole name", "birth")
NAME, FACT, BOTH = (0,), (1,), (0, 1)


def recall(families_of_pairs, probability=0.99, order=None):
    """Recall where each pair of records (2n, 2n + 1) is found by these families."""
    rows = [
        {"id": record, "key": 100 * pair + family, "family": family}
        for pair, families in enumerate(families_of_pairs)
        for family in families
        for record in (2 * pair, 2 * pair + 1)
    ]
    keys = pl.DataFrame(rows, schema={"id": pl.Int64, "key": pl.UInt64, "family": pl.Int32})
    a = 2 * np.arange(len(families_of_pairs))
    a = a if order is None else a[order]
    return estimated_recall(keys, FAMILIES, a, a + 1, np.full(len(a), probability))


def test_matches_that_both_kinds_of_families_find_are_hardly_missed():
    assert recall([BOTH] * 100) == 1


def test_matches_that_one_kind_found_speak_of_others_that_neither_did():
    # Chapman: 80 by name, 70 without, 50 by both; 81 * 71 / 51 - 1 in all, 100 of them found.
    found = [NAME] * 30 + [FACT] * 20 + [BOTH] * 50
    assert recall(found) == pytest.approx(100 / (81 * 71 / 51 - 1))


def test_without_sure_matches_there_is_nothing_to_miss():
    assert recall([NAME, FACT, BOTH], probability=0.5) == 1
    assert recall([]) == 1


def test_of_very_many_matches_the_same_are_taken_in_any_order(monkeypatch):
    monkeypatch.setattr(recall_module, "MOST", 20)
    found = ([NAME] * 3 + [FACT] * 2 + [BOTH] * 6) * 10
    mixed = np.random.default_rng(1).permutation(len(found))
    assert recall(found, order=mixed) == recall(found) < 1
