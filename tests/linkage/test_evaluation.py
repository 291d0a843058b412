"""Evaluation: persons found, held against the true ones."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import LinkageError
from everyname.linkage import Pairs
from everyname.linkage.evaluation import evaluate
from everyname.linkage.share import Share, wilson

# Two women and a man, on two lists, and one record of which nobody knows whose it is:
#             0     1     2     3     4     5     6
TRUE = ["ann", "ann", "ann", "bea", "bea", "carl", None]
FOUND = [1, 1, 2, 2, 3, 4, 4]
SEX = ["female", "female", "female", "female", "", "male", "male"]


def test_an_example_worked_by_hand():
    # Found among the six that are known: {0, 1}, {2, 3}, {4}, {5}. Pairs 01 and 23 are found; 01,
    # 02, 12 and 34 are true. Female touches all of them, unknown 34 alone, male none.
    found = evaluate(
        FOUND, TRUE, subgroups={"sex": SEX}, candidates=([1, 0, 2, 5, 6], [0, 1, 1, 0, 5])
    )
    half = {"part": 1, "of": 2, "value": 0.5, "low": pytest.approx(0.0945, abs=1e-4)}
    half["high"] = pytest.approx(0.9055, abs=1e-4)
    nothing = {"part": 0, "of": 0, "value": None, "low": None, "high": None}
    assert found.model_dump(exclude={"subgroups": {"__all__": {"recall", "precision"}}}) == {
        "records": 6,
        "left_out": 1,
        "count_found": 4,
        "count_true": 3,
        "count_error": pytest.approx(100 / 3),
        "pairwise": {
            "found": 2,
            "true": 4,
            "both": 1,
            "precision": 0.5,
            "recall": 0.25,
            "f1": pytest.approx(1 / 3),
        },
        "b_cubed": {
            # Of the records 0 to 5, in order.
            "precision": pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1 + 1) / 6),
            "recall": pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2 + 1) / 6),
            "f1": pytest.approx(2 * (5 / 6) * (11 / 18) / (5 / 6 + 11 / 18)),
        },
        "clusters": {
            "found": 4,
            "true": 3,
            "exact": 1,
            "precision": 0.25,
            "recall": pytest.approx(1 / 3),
            "f1": pytest.approx(2 / 7),
            "split": 2,
            "merged": 1,
            "largest_found": 2,
            "largest_true": 3,
        },
        "blocking_recall": {**half, "part": 2, "of": 4, "low": pytest.approx(0.15, abs=1e-4),
                            "high": pytest.approx(0.85, abs=1e-4)},
        "reliability": None,
        "subgroups": (
            {
                "subgroup": "sex",
                "classes": ("female",),
                "records": 4,
                "blocking_recall": {**half, "part": 2, "of": 4,
                                    "low": pytest.approx(0.15, abs=1e-4),
                                    "high": pytest.approx(0.85, abs=1e-4)},
            },
            {"subgroup": "sex", "classes": ("male",), "records": 1, "blocking_recall": nothing},
            {
                "subgroup": "sex",
                "classes": ("unknown",),
                "records": 1,
                "blocking_recall": {
                    "part": 0,
                    "of": 1,
                    "value": 0.0,
                    "low": 0.0,
                    "high": pytest.approx(0.7935, abs=1e-4),
                },
            },
            {
                "subgroup": "sex",
                "classes": ("female", "female"),
                "records": 4,
                "blocking_recall": {
                    "part": 2,
                    "of": 3,
                    "value": pytest.approx(2 / 3),
                    "low": pytest.approx(0.2077, abs=1e-4),
                    "high": pytest.approx(0.9385, abs=1e-4),
                },
            },
            {
                "subgroup": "sex",
                "classes": ("female", "unknown"),
                "records": 5,
                "blocking_recall": {
                    "part": 0,
                    "of": 1,
                    "value": 0.0,
                    "low": 0.0,
                    "high": pytest.approx(0.7935, abs=1e-4),
                },
            },
        ),
    }  # fmt: skip
    shares = {
        score.classes: (score.recall.share.part, score.recall.share.of, score.recall.points,
                        score.precision.share.of, score.precision.points)
        for score in found.subgroups
    }  # fmt: skip
    assert shares == {
        ("female",): (1, 4, 0.0, 2, 0.0),
        ("male",): (0, 0, None, 0, None),
        ("unknown",): (0, 1, -25.0, 0, None),
        ("female", "female"): (1, 3, pytest.approx(100 / 12), 2, 0.0),
        ("female", "unknown"): (0, 1, -25.0, 0, None),
    }


def test_the_published_example_of_b_cubed():
    # Bagga and Baldwin (1998): three chains of twelve mentions, and two answers that the
    # pairwise-linked score of MUC-6 could not tell apart. Theirs: precision 76% and 58%.
    truth = [*"AAAAABBCCCCC"]
    first = evaluate([*"AAAAABBBBBBB"], truth).b_cubed
    second = evaluate([*"AAAAABBAAAAA"], truth).b_cubed
    assert (round(first.precision, 2), first.recall) == (0.76, 1.0)
    assert (round(second.precision, 2), second.recall) == (0.58, 1.0)


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    # Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(part, of, low, high):
    assert wilson(part / of, of) == pytest.approx((low, high), abs=5e-5)
    turned = wilson(1 - part / of, of)
    assert turned == pytest.approx((1 - high, 1 - low), abs=5e-5)
    assert Share.counted(part, of).value == part / of


def test_a_class_that_is_worse_is_told_from_one_that_is_too_small_to_tell():
    # 200 people twice on the lists: every tenth man is missed, every third woman, and of three
    # people of whom no source states the sex one.
    true, found, sex = [], [], []
    for class_, people, missed in (("male", 150, 10), ("female", 47, 3), ("", 3, 3)):
        for number in range(people):
            true += [f"{class_}{number}"] * 2
            found += [f"{class_}{number}", f"{class_}{number}{'' if number % missed else '!'}"]
            sex += [class_] * 2
    scores = {
        score.classes: (score.recall.points, score.recall.verdict, score.precision.verdict)
        for score in evaluate(found, true, subgroups={"sex": sex}).subgroups
    }
    whole = 100 * (200 - 15 - 16 - 1) / 200
    assert scores == {
        ("female",): (pytest.approx(100 * 31 / 47 - whole), "worse", ""),
        ("male",): (pytest.approx(90 - whole), "", ""),
        ("unknown",): (pytest.approx(100 * 2 / 3 - whole), "too few", ""),
        ("female", "female"): (pytest.approx(100 * 31 / 47 - whole), "worse", ""),
        ("male", "male"): (pytest.approx(90 - whole), "", ""),
        ("unknown", "unknown"): (pytest.approx(100 * 2 / 3 - whole), "too few", ""),
    }
    found = evaluate(found, true, subgroups={"sex": sex})
    assert [score.classes for score in found.worse] == [("female",), ("female", "female")]


def test_many_pairs_of_few_people_do_not_make_a_class_worse():
    # Nine women with ten records each are 405 pairs, of which one woman's 45 are missed: for the
    # interval they are nine.
    true = [f"w{n // 10}" for n in range(90)] + [f"m{n // 2}" for n in range(2000)]
    found = [f"x{n}" if n < 10 else person for n, person in enumerate(true)]
    sex = ["female"] * 90 + ["male"] * 2000
    women = evaluate(found, true, subgroups={"sex": sex}).subgroups[0]
    assert women.classes == ("female",)
    assert (women.recall.share.part, women.recall.share.of) == (360, 405)
    assert (women.recall.share.low, women.recall.share.high) == wilson(360 / 405, 9)
    assert women.recall.points == pytest.approx(100 * (360 / 405 - 1360 / 1405))
    assert women.recall.verdict == "too few"


def test_probabilities_are_held_against_the_truth_and_conflicts_count_as_no_match():
    pairs = Pairs(
        a=np.array([0, 2, 3, 0]),
        b=np.array([1, 3, 4, 6]),
        probability=np.array([0.95, 0.85, 0.85, 0.5]),
        conflict=np.array([False, True, False, False]),
    )
    found = evaluate(FOUND, TRUE, pairs=pairs).reliability
    assert found is not None
    bins = [(b.low, b.pairs, b.matches.part) for b in found.bins]
    assert bins == [(0, 1, 0), (0.8, 1, 1), (0.9, 1, 1)]
    assert found.error == pytest.approx((0 + 0.15 + 0.05) / 3)
    assert evaluate(FOUND, TRUE, pairs=Pairs.none()).reliability is None


@pytest.mark.parametrize(
    ("found", "true", "more", "said"),
    [
        (
            [1],
            [1, 2],
            {},
            (
                "the number of records is 1, and that of true persons 2. "
                "Give one for each record, in the same order"
            ),
        ),
        (
            [1, 2],
            [1, 1],
            {"subgroups": {"sex": ["male"]}},
            (
                "the number of records is 2, and that of classes by sex 1. "
                "Give one for each record, in the same order"
            ),
        ),
        ([1, None], [1, 2], {}, "record 1 (from 0) has no cluster. Give every record one"),
        ([1, 2], [None, ""], {}, "no record has a known true person. Give the truth of some"),
        (
            [1, 2],
            [1, 1],
            {"candidates": ([0], [2])},
            "a pair names a record that is not among the 2. Use positions from 0",
        ),
        ([1, 2], [1, 1], {"candidates": ([1], [1])}, "a pair names one record twice. Remove it"),
        (
            [1, 2],
            [1, 1],
            {"candidates": ([1], [])},
            "pairs name 1 first and 0 second records. Give as many of the one as of the other",
        ),
        (
            range(101),
            range(101),
            {"subgroups": {"name": range(101)}},
            "name has 101 classes. Group them: 100 can be told apart",
        ),
    ],
)
def test_what_cannot_be_evaluated_is_said(found, true, more, said):
    with pytest.raises(LinkageError) as error:
        evaluate(found, true, **more)
    assert str(error.value) == said


LABELLED = st.integers(1, 14).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(0, 5), min_size=size, max_size=size),
        st.lists(st.sampled_from(["p", "q", "r", "s", None]), min_size=size, max_size=size),
        st.lists(st.sampled_from(["f", "m", ""]), min_size=size, max_size=size),
    ).filter(lambda labels: any(labels[1]))
)


@given(LABELLED)
def test_counting_cells_comes_to_what_counting_pairs_comes_to(labelled):
    found, true, sex = labelled
    evaluation = evaluate(found, true, subgroups={"sex": sex})
    kept = [p for p, person in enumerate(true) if person]
    both_of = list(combinations(kept, 2))
    in_found = {(a, b) for a, b in both_of if found[a] == found[b]}
    in_true = {(a, b) for a, b in both_of if true[a] == true[b]}
    whole = evaluation.pairwise
    assert (whole.found, whole.true, whole.both) == (
        len(in_found), len(in_true), len(in_found & in_true))  # fmt: skip
    clusters = [
        [frozenset(p for p in kept if labels[p] == label) for label in {labels[p] for p in kept}]
        for labels in (found, true)
    ]
    one, other = clusters
    at = [{p: cluster for cluster in each for p in cluster} for each in clusters]
    same = {p: len(at[0][p] & at[1][p]) for p in kept}
    precision, recall = (sum(same[p] / len(each[p]) for p in kept) / len(kept) for each in at)
    assert evaluation.b_cubed.precision == pytest.approx(precision)
    assert evaluation.b_cubed.recall == pytest.approx(recall)
    score = evaluation.clusters
    assert score.model_dump(include={"found", "true", "exact", "split", "merged"}) == {
        "found": len(one),
        "true": len(other),
        "exact": len({*one} & {*other}),
        "split": sum(len({at[0][p] for p in cluster}) > 1 for cluster in other),
        "merged": sum(len({at[1][p] for p in cluster}) > 1 for cluster in one),
    }
    assert (score.largest_found, score.largest_true) == tuple(max(map(len, c)) for c in clusters)
    for each in evaluation.subgroups:
        shares = each.recall.share, each.precision.share
        touching = set()
        for pair in both_of:
            classes = [sex[p] or "unknown" for p in pair]
            if len(each.classes) == 1 and each.classes[0] in classes:
                touching.add(pair)
            if len(each.classes) == 2 and sorted(each.classes) == sorted(classes):
                touching.add(pair)
        both = len(touching & in_found & in_true)
        expected = (both, len(touching & in_true)), (both, len(touching & in_found))
        assert tuple((share.part, share.of) for share in shares) == expected
        for share, pairs, labels in zip(shares, (in_true, in_found), (true, found), strict=True):
            sizes = defaultdict(int)
            for a, _ in touching & pairs:
                sizes[labels[a]] += 1
            if sizes:
                independent = sum(sizes.values()) ** 2 / sum(n * n for n in sizes.values())
                assert (share.low, share.high) == pytest.approx(
                    wilson(share.part / share.of, independent))  # fmt: skip


@given(LABELLED, st.randoms(use_true_random=False))
def test_neither_order_nor_what_clusters_are_called_matters(labelled, random):
    before = evaluate(labelled[0], labelled[1], subgroups={"sex": labelled[2]})
    order = list(range(len(labelled[0])))
    random.shuffle(order)
    found, true, sex = ([labels[p] for p in order] for labels in labelled)
    names = random.choice(list(permutations("uvwxyz")))
    called = [names[label] for label in found]
    true = [person and f"person {person}" for person in true]
    assert evaluate(called, true, subgroups={"sex": sex}) == before


@given(LABELLED)
def test_what_is_true_is_perfect(labelled):
    _, true, sex = labelled
    found = [person or "x" for person in true]
    evaluation = evaluate(found, true, subgroups={"sex": sex})
    for score in (evaluation.pairwise, evaluation.b_cubed, evaluation.clusters):
        assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    assert evaluation.count_error == 0
    assert (evaluation.clusters.split, evaluation.clusters.merged) == (0, 0)
    for each in evaluation.subgroups:
        assert each.recall.share.value in (1, None)
        assert not each.worse


@given(LABELLED)
def test_found_and_true_change_places(labelled):
    found = [person or "x" for person in labelled[1]]
    one, other = evaluate(labelled[0], found), evaluate(found, labelled[0])
    assert one.pairwise.precision == other.pairwise.recall
    assert one.b_cubed.precision == pytest.approx(other.b_cubed.recall)
    assert one.clusters.split == other.clusters.merged
    assert one.clusters.f1 == other.clusters.f1


def test_arrays_lists_and_texts_say_the_same():
    expected = evaluate(FOUND, TRUE)
    assert evaluate(np.array(FOUND), np.array(TRUE, dtype=object)) == expected
    assert evaluate([f"P-{n}" for n in FOUND], ["" if t is None else t for t in TRUE]) == expected
    numbers = [float("nan") if t is None else float(len(t) + ord(t[0])) for t in TRUE]
    assert evaluate(FOUND, np.array(numbers)) == expected


@pytest.mark.parametrize("shape", ["many small", "one large"])
def test_the_cost_grows_with_the_records(shape):
    random = np.random.default_rng(5)
    size = 300_000
    true = random.integers(0, size // 2, size)
    found = true if shape == "many small" else np.zeros(size, dtype=np.int64)
    lists = random.integers(0, 10, size)
    started = time.perf_counter()
    score = evaluate(found, true, subgroups={"list": lists})
    assert time.perf_counter() - started < 10
    largest = size if shape == "one large" else score.clusters.largest_true
    assert score.clusters.largest_found == largest
    assert len(score.subgroups) == 10 + 55
