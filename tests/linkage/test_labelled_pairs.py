"""Labelled pairs: persons found, held against what somebody said of pairs."""

from __future__ import annotations

import numpy as np
import pytest

from everyname.errors import LinkageError
from everyname.linkage.labelled_pairs import evaluate_pairs

FOUND = ["a", "a", "b", "b", "c", "c"]
LABELLED = [(0, 1, True), (3, 2, True), (1, 4, True), (4, 5, False), (0, 2, False), (1, 0, True)]


def test_an_example_worked_by_hand():
    found = evaluate_pairs(FOUND, LABELLED, subgroups={"list": [*"xxyyyx"]})
    assert found.model_dump(include={"pairs", "same", "f1", "reliability"}) == {
        "pairs": 5,
        "same": 3,
        "f1": pytest.approx(2 / 3),
        "reliability": None,
    }
    shares = {
        name: (share.part, share.of)
        for name in ("recall", "precision", "kept_apart")
        for share in [getattr(found, name)]
    }
    assert shares == {"recall": (2, 3), "precision": (2, 3), "kept_apart": (1, 2)}
    assert found.recall.low == pytest.approx(0.2077, abs=1e-4)
    by_list = {
        score.classes: (score.recall.share.part, score.recall.share.of, score.precision.share.of)
        for score in found.subgroups
    }
    assert by_list == {
        ("x",): (1, 2, 2),
        ("y",): (1, 2, 2),
        ("x", "x"): (1, 1, 1),
        ("x", "y"): (0, 1, 1),
        ("y", "y"): (1, 1, 1),
    }
    assert found.worse == ()
    assert evaluate_pairs(FOUND, np.array(LABELLED)) == evaluate_pairs(FOUND, LABELLED)


def test_match_probabilities_are_held_against_the_labels():
    found = evaluate_pairs(FOUND, LABELLED, probability=[1, 1, 0.5, 0.5, 0, 1]).reliability
    assert found is not None
    # The pair that stands there twice counts once.
    assert [(each.low, each.pairs, each.matches.part) for each in found.bins] == [
        (0.0, 1, 0),
        (0.5, 2, 1),
        (0.9, 2, 2),
    ]
    assert found.error == 0


def test_labels_of_one_kind_only():
    found = evaluate_pairs(FOUND, [(0, 2, False)])
    assert (found.recall.value, found.precision.value, found.f1) == (None, None, None)
    assert found.kept_apart.value == 1


@pytest.mark.parametrize(
    ("pairs", "more", "said"),
    [
        ([], {}, "there is no labelled pair. Give some"),
        (
            [(0, 1, True), (1, 0, False)],
            {},
            "records 1 and 0 (from 0) are labelled both the same and different. Settle which",
        ),
        ([(0, 0, True)], {}, "a pair names one record twice. Remove it"),
        (
            [(0, 6, True)],
            {},
            "a pair names a record that is not among the 6. Use positions from 0",
        ),
        (
            [(0, 1, True)],
            {"probability": [0.5, 0.6]},
            "there are 1 labelled pairs, and 2 match probabilities. Give one for each pair",
        ),
    ],
)
def test_what_are_no_labels_is_said(pairs, more, said):
    with pytest.raises(LinkageError) as error:
        evaluate_pairs(FOUND, pairs, **more)
    assert str(error.value).replace("records 0 and 1", "records 1 and 0") == said
