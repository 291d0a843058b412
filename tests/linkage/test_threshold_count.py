"""Threshold counts: what the count would be at other thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from everyname.errors import LinkageError
from everyname.linkage import Pairs, Thresholds, Ties, cluster
from everyname.linkage.threshold_count import count_over_thresholds

PAIRS = Pairs(
    a=np.array([0, 2, 4]),
    b=np.array([1, 3, 5]),
    probability=np.array([0.99, 0.6, 0.3]),
    conflict=np.zeros(3, dtype=np.bool_),
)


def test_an_example_worked_by_hand():
    # In truth 0 and 1 are one person, and 4 and 5; of record 6 nobody knows.
    true = ["p", "p", "q", "r", "s", "s", ""]
    found = count_over_thresholds(7, PAIRS, [0.2, 0.5, 0.9], true=true)
    rows = [
        (
            each.threshold,
            each.count,
            each.largest,
            each.count_error,
            each.pairwise.both,
            each.pairwise.found,
            each.pairwise.true,
            round(each.b_cubed.f1, 4),
        )
        for each in found
    ]
    assert rows == [
        # B-cubed: of six records two see half of a cluster that is theirs, or half of theirs.
        (0.2, 4, 2, -25.0, 2, 3, 2, 0.9091),
        (0.5, 5, 2, 0.0, 1, 2, 2, 0.8333),
        (0.9, 6, 2, 25.0, 1, 1, 2, 0.9091),
    ]


def test_a_right_count_with_wrong_persons_shows():
    true = ["p", "p", "q", "r", "s", "s"]
    middle = count_over_thresholds(6, PAIRS, [0.5], true=true)[0]
    assert middle.count_error == 0
    assert middle.pairwise is not None
    assert middle.pairwise.f1 == 0.5


def test_without_truth_persons_are_only_counted():
    assert [each.model_dump() for each in count_over_thresholds(6, PAIRS, (0.5,))] == [
        {
            "threshold": 0.5,
            "count": 4,
            "largest": 2,
            "count_error": None,
            "pairwise": None,
            "b_cubed": None,
        }
    ]
    assert count_over_thresholds(0, Pairs.none(), [0.5])[0].count == 0


def test_the_count_at_the_threshold_in_force_is_the_count():
    random = np.random.default_rng(2)
    a, b = (each.ravel() for each in np.triu_indices(40, 1))
    kept = random.random(len(a)) < 0.2
    scored = Pairs(a[kept], b[kept], random.random(kept.sum()), random.random(kept.sum()) < 0.05)
    ties = Ties(same=((0, 1), (2, 3)), different=((4, 5),), unsure=((6, 7),))
    for threshold in (0.1, 0.5, 0.9):
        best = cluster(40, scored, Thresholds(threshold, 0.05, 0.95), ties).best
        (found,) = count_over_thresholds(40, scored, [threshold], ties=ties)
        assert found.count == len(set(best.tolist()))


@pytest.mark.parametrize(
    ("thresholds", "true", "said"),
    [
        ([0.5, 1], None, "1 is not a threshold. Name one between 0 and 1"),
        ([float("nan")], None, "nan is not a threshold. Name one between 0 and 1"),
        ([0.5], [""] * 6, "no record has a known true person. Give the truth of some"),
        (
            [0.5],
            ["p"],
            (
                "the number of records is 6, and that of true persons 1. "
                "Give one for each record, in the same order"
            ),
        ),
    ],
)
def test_what_cannot_be_counted_is_said(thresholds, true, said):
    with pytest.raises(LinkageError) as error:
        count_over_thresholds(6, PAIRS, thresholds, true=true)
    assert str(error.value) == said
