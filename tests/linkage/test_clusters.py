"""Clusters: pairs become persons, three times over."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked import partition

from everyname.linkage import Clustering, Pairs, Thresholds, Ties, cluster, contradiction
from everyname.linkage.clusters import unscored

Scored = Sequence[tuple[int, int, float]]


def pairs_of(scored: Scored, conflicts: Sequence[tuple[int, int]] = ()) -> Pairs:
    """Pairs from (a, b, probability)."""
    return Pairs(
        a=np.array([a for a, _, _ in scored], dtype=np.int64),
        b=np.array([b for _, b, _ in scored], dtype=np.int64),
        probability=np.array([p for _, _, p in scored], dtype=np.float64),
        conflict=np.array([(a, b) in conflicts for a, b, _ in scored], dtype=np.bool_),
    )


def clustered(
    size: int, scored: Scored, ties: Ties | None = None, conflicts: Sequence[tuple[int, int]] = ()
) -> tuple[list[int], list[int], list[int], int]:
    found = cluster(size, pairs_of(scored, conflicts), Thresholds(), ties)
    return found.low.tolist(), found.best.tolist(), found.high.tolist(), found.undecided


def test_nobody():
    assert clustered(0, []) == ([], [], [], 0)


def test_without_pairs_everyone_is_alone():
    assert clustered(3, []) == ([0, 1, 2], [0, 1, 2], [0, 1, 2], 0)


def test_a_sure_pair_is_one_person():
    assert clustered(2, [(0, 1, 0.99)]) == ([0, 0], [0, 0], [0, 0], 0)


def test_an_undecided_pair_above_the_threshold():
    assert clustered(2, [(0, 1, 0.8)]) == ([0, 0], [0, 0], [0, 1], 1)


def test_an_undecided_pair_below_the_threshold():
    assert clustered(2, [(0, 1, 0.2)]) == ([0, 0], [0, 1], [0, 1], 1)


def test_an_unlikely_pair_is_two_persons():
    assert clustered(2, [(0, 1, 0.04)]) == ([0, 1], [0, 1], [0, 1], 0)


def test_a_pair_at_a_threshold_counts_as_above_it():
    assert clustered(2, [(0, 1, 0.5)])[1] == [0, 0]
    assert clustered(2, [(0, 1, 0.95)])[2] == [0, 0]
    assert clustered(2, [(0, 1, 0.05)])[0] == [0, 0]


def test_a_chain_of_likely_pairs_does_not_join_what_was_never_compared():
    low, best, _, _ = clustered(3, [(0, 1, 0.9), (1, 2, 0.8)])
    assert best == [0, 0, 2]
    assert low == [0, 0, 0]


def test_a_chain_does_not_join_ends_that_speak_against_each_other():
    _, best, high, _ = clustered(3, [(0, 1, 0.99), (1, 2, 0.98), (0, 2, 0.001)])
    assert (best, high) == ([0, 0, 2], [0, 0, 2])


def test_a_long_chain_of_undecided_pairs_is_not_one_person_in_low():
    chain = [(n, n + 1, 0.3) for n in range(9)]
    assert len(set(clustered(10, chain)[0])) >= 5


def test_records_that_all_resemble_each_other_a_little_are_one_person_in_low():
    everyone = [(a, b, 0.3) for b in range(5) for a in range(b)]
    assert clustered(5, everyone) == ([0] * 5, list(range(5)), list(range(5)), 10)


def test_a_record_with_few_fields_joins_a_cluster_that_it_contradicts_nowhere():
    members = [(a, b, 0.99) for b in range(4) for a in range(b)]
    weak = [(a, 4, 0.6) for a in range(4)]
    assert clustered(5, members + weak)[:3] == ([0] * 5, [0] * 5, [0, 0, 0, 0, 4])


def test_an_uncertain_pair_joins_in_high_where_the_evidence_as_a_whole_is_decided():
    scored = [(0, 1, 0.99), (1, 2, 0.999), (0, 2, 0.9)]
    assert clustered(3, scored)[2] == [0, 0, 0]
    assert clustered(3, [(0, 1, 0.99), (1, 2, 0.99), (0, 2, 0.6)])[2] == [0, 0, 2]


def test_unscored_pairs_within_clusters_are_listed():
    labels = np.array([0, 0, 0, 3, 3, 5])
    found = unscored(labels, pairs_of([(0, 1, 0.9), (3, 4, 0.9)]))
    assert found.tolist() == [[0, 2], [1, 2]]
    assert unscored(labels, pairs_of([]), most=2).tolist() == [[3, 4]]


def test_names_in_conflict_decide_against_whatever_else_agrees():
    assert clustered(2, [(0, 1, 0.999)], conflicts=[(0, 1)])[:3] == ([0, 1], [0, 1], [0, 1])


def test_names_in_conflict_stay_apart_by_way_of_a_nameless_record():
    scored = [(0, 1, 0.999), (1, 2, 0.998), (0, 2, 0.9)]
    assert clustered(3, scored, conflicts=[(0, 2)])[:3] == ([0, 0, 2],) * 3


def test_a_judgement_joins_names_in_conflict():
    ties = Ties(same=((0, 1),))
    assert clustered(2, [(0, 1, 0.6)], ties, [(0, 1)]) == ([0, 0], [0, 0], [0, 0], 0)


def test_somebody_judged_to_go_by_two_names_meets_the_bearers_of_both():
    scored = [(0, 1, 0.999), (1, 2, 0.9), (0, 2, 0.2), (2, 3, 0.999), (1, 3, 0.1), (0, 3, 0.9)]
    conflicts = [(0, 2), (1, 2), (0, 3), (1, 3)]
    assert clustered(4, scored, Ties(), conflicts)[1] == [0, 0, 2, 2]
    assert clustered(4, scored, Ties(same=((1, 2),)), conflicts)[1] == [0, 0, 0, 0]


def test_judgements_go_before_scores():
    same = Ties(same=((0, 1),))
    assert clustered(2, [(0, 1, 0.001)], same) == ([0, 0], [0, 0], [0, 0], 0)
    different = Ties(different=((0, 1),))
    assert clustered(2, [(0, 1, 0.999)], different) == ([0, 1], [0, 1], [0, 1], 0)


def test_judgements_bring_pairs_that_were_never_compared():
    assert clustered(3, [], Ties(same=((1, 2),)))[1] == [0, 1, 1]


def test_records_judged_the_same_bring_those_who_are_like_either():
    scored = [(0, 1, 0.999), (2, 3, 0.999), (0, 2, 0.001)]
    assert clustered(4, scored)[1] == [0, 0, 2, 2]
    assert clustered(4, scored, Ties(same=((0, 2),)))[1] == [0, 0, 0, 0]


def test_different_holds_for_the_whole_cluster():
    scored = [(0, 1, 0.99), (1, 2, 0.99), (0, 2, 0.99)]
    _, best, _, _ = clustered(3, scored, Ties(same=((0, 1),), different=((0, 2),)))
    assert best == [0, 0, 2]


def test_a_pair_judged_unsure_is_undecided_whatever_the_model_thinks():
    for probability in (0.001, 0.5, 0.999):
        found = clustered(2, [(0, 1, probability)], Ties(unsure=((1, 0),)))
        assert found == ([0, 0], [0, 1], [0, 1], 1), probability
    assert clustered(2, [], Ties(unsure=((0, 1),))) == ([0, 0], [0, 1], [0, 1], 1)


def test_an_unsure_pair_is_not_joined_by_way_of_a_third_record():
    scored = [(0, 1, 0.999), (1, 2, 0.998), (0, 2, 0.999)]
    low, best, high, _ = clustered(3, scored, Ties(unsure=((0, 2),)))
    assert (low, best, high) == ([0, 0, 0], [0, 0, 2], [0, 0, 2])


def test_other_judgements_settle_an_unsure_pair():
    ties = Ties(same=((0, 1), (1, 2)), unsure=((0, 2),))
    assert clustered(3, [], ties) == ([0, 0, 0], [0, 0, 0], [0, 0, 0], 0)


def test_unsure_about_names_in_conflict():
    found = clustered(2, [(0, 1, 0.9)], Ties(unsure=((0, 1),)), [(0, 1)])
    assert found == ([0, 0], [0, 1], [0, 1], 1)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        (Ties(), None),
        (Ties(same=((0, 1),), different=((1, 2),)), None),
        (Ties(same=((0, 1),), different=((0, 1),)), (0, 1)),
        (Ties(same=((0, 1), (1, 2), (2, 3)), different=((0, 3),)), (0, 3)),
    ],
)
def test_contradiction(ties, expected):
    assert contradiction(4, ties) == expected


SIZE = 9
PAIR = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda p: p[0] < p[1])
# Few values, so that ties are common.
PROBABILITY = st.sampled_from([0.0, 0.02, 0.05, 0.3, 0.5, 0.7, 0.95, 0.999, 1.0])


@st.composite
def situations(draw):
    """Scored pairs, conflicts, and judgements that do not contradict each other."""
    scores = draw(st.dictionaries(PAIR, PROBABILITY, max_size=25))
    conflicts = draw(st.sets(st.sampled_from(sorted(scores)), max_size=4)) if scores else set()
    judged = draw(
        st.dictionaries(PAIR, st.sampled_from(["same", "different", "unsure"]), max_size=6)
    )
    same, different, unsure = (
        tuple(sorted(p for p, d in judged.items() if d == wanted))
        for wanted in ("same", "different", "unsure")
    )
    ties = Ties(same, different, unsure)
    if contradiction(SIZE, ties):
        ties = Ties(same, (), unsure)
    return [(a, b, p) for (a, b), p in sorted(scores.items())], sorted(conflicts), ties


def within(fine: list[int], coarse: list[int]) -> bool:
    """Whether each cluster of one clustering lies within one of the other."""
    return len(set(zip(fine, coarse, strict=True))) == len(set(fine))


@given(situations())
@settings(max_examples=150, deadline=None)
def test_invariants(situation):
    scored, conflicts, ties = situation
    low, best, high, undecided = clustered(SIZE, scored, ties, conflicts)
    assert within(high, best)
    assert within(best, low)
    assert 0 <= undecided <= SIZE * (SIZE - 1) / 2
    for labels in (low, best, high):
        assert all(labels[a] == labels[b] for a, b in ties.same)
        assert all(labels[a] != labels[b] for a, b in ties.different)
        assert all(labels[label] == label <= place for place, label in enumerate(labels))
    joined = clustered(SIZE, [], Ties(same=ties.same))[1]
    unsure = {frozenset((joined[a], joined[b])) for a, b in ties.unsure}
    for labels in (best, high):
        assert all(labels[a] != labels[b] or joined[a] == joined[b] for a, b in ties.unsure)
    # Somebody judged to go by two names may bring together others who bear one of them.
    if not any(joined[a] == joined[b] for a, b in conflicts):
        for a, b in conflicts:
            settled = frozenset((joined[a], joined[b])) in unsure
            assert settled or all(labels[a] != labels[b] for labels in (low, best, high))


@given(situations(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_pairs_and_judgements_changes_nothing(situation, random):
    scored, conflicts, ties = situation
    shuffled = [random.sample(list(x), len(x)) for x in (ties.same, ties.different, ties.unsure)]
    other = Ties(*map(tuple, shuffled))
    assert clustered(SIZE, random.sample(scored, len(scored)), other, conflicts) == clustered(
        SIZE, scored, ties, conflicts
    )


@given(
    st.lists(st.tuples(PAIR, st.floats(0, 1)), unique_by=lambda x: x[0], max_size=20).filter(
        lambda pairs: len({round(p, 6) for _, p in pairs}) == len(pairs)
    ),
    st.permutations(range(SIZE)),
)
@settings(max_examples=60, deadline=None)
def test_positions_change_nothing_where_no_two_pairs_are_equally_likely(scored, moved):
    before = [(a, b, p) for (a, b), p in scored]
    after = [(min(moved[a], moved[b]), max(moved[a], moved[b]), p) for a, b, p in before]
    # Evidence beyond the limit is equally strong, so keep within it.
    before, after = ([(a, b, 0.01 + 0.98 * p) for a, b, p in x] for x in (before, after))
    names = [str(place) for place in range(SIZE)]
    renamed = [names[moved.index(place)] for place in range(SIZE)]
    for one, other in zip(clustered(SIZE, before)[:3], clustered(SIZE, after)[:3], strict=True):
        assert partition(one, names) == partition(other, renamed)


def test_two_hundred_thousand_pairs():
    rng = np.random.default_rng(7)
    size, number = 150_000, 200_000
    a = rng.integers(0, size - 1, number)
    b = np.minimum(a + rng.integers(1, 4, number), size - 1)
    ab = np.unique(np.stack([a, b], axis=1)[a < b], axis=0)
    pairs = Pairs(ab[:, 0], ab[:, 1], rng.random(len(ab)), rng.random(len(ab)) < 0.05)
    begun = time.perf_counter()
    found: Clustering = cluster(size, pairs, Thresholds())
    assert time.perf_counter() - begun < 60
    assert within(found.high.tolist(), found.best.tolist())
    assert within(found.best.tolist(), found.low.tolist())
