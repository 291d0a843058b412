"""Sampling: whole clusterings, and the interval of the count."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from simulated import simulate
from test_clusters import SIZE, clustered, pairs_of, situations

from everyname.errors import LinkageError
from everyname.linkage import Pairs, Ties
from everyname.linkage.calibration import Calibration
from everyname.linkage.partitions import partitions, shares
from everyname.linkage.sampling import Interval, counts_of, interval, sample_clusterings

SURE = Calibration(covariance=((1e-12, 0.0), (0.0, 1e-12)))


def drawn(size, scored, ties=None, draws=4000, seed=1, conflicts=(), **options):
    rng = np.random.default_rng(seed)
    pairs = scored if isinstance(scored, Pairs) else pairs_of(scored, conflicts)
    options = {"calibration": SURE, **options}
    return list(sample_clusterings(size, pairs, ties or Ties(), rng, draws, **options))


def together(draws, a, b):
    return np.mean([labels[a] == labels[b] for labels in draws])


def test_nobody():
    assert [x.tolist() for x in drawn(0, [], draws=2)] == [[], []]


def test_two_records_are_one_person_as_often_as_is_probable():
    for probability in (0.03, 0.3, 0.9):
        assert together(drawn(2, [(0, 1, probability)]), 0, 1) == pytest.approx(
            probability, abs=0.025
        )


def test_three_records_match_as_often_as_their_probabilities_add_up_to():
    scored = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.7)]
    draws = drawn(3, scored)
    # Found once for the whole component: each pair a little off, all of them not.
    assert sum(together(draws, a, b) for a, b, _ in scored) == pytest.approx(2.4, abs=0.08)
    assert together(draws, 0, 1) > together(draws, 1, 2) > together(draws, 0, 2)


@pytest.mark.parametrize("size", [5, 9])
def test_components_of_any_size_match_as_often_as_their_probabilities_add_up_to(size):
    rng = np.random.default_rng(2)
    scored = [(a, b, float(rng.uniform(0.6, 0.95))) for b in range(size) for a in range(b)]
    draws = drawn(size, scored, draws=1000)
    expected = sum(p for _, _, p in scored)
    assert sum(together(draws, a, b) for a, b, _ in scored) == pytest.approx(expected, rel=0.08)


def test_a_large_component_of_two_persons_is_seen_as_two():
    groups = [range(6), range(6, 12)]
    scored = [(a, b, 0.98) for group in groups for a in group for b in group if a < b]
    scored += [(0, 6, 0.6)]
    draws = drawn(12, scored, draws=300)
    assert together(draws, 1, 5) > 0.9
    assert together(draws, 0, 6) < 0.2


def test_a_shared_mistake_moves_all_pairs_together():
    scored = [(2 * n, 2 * n + 1, 0.5) for n in range(400)]
    alone = counts_of(drawn(800, scored, draws=200))
    shared = counts_of(drawn(800, scored, draws=200, calibration=Calibration()))
    assert alone.std() < 15
    assert shared.std() > 60


@given(situations())
@settings(max_examples=60, deadline=None)
def test_judgements_hold_in_every_draw(situation):
    scored, conflicts, ties = situation
    joined = clustered(SIZE, [], Ties(same=ties.same))[1]
    for labels in drawn(SIZE, scored, ties, 20, conflicts=conflicts, recall=0.7):
        assert all(labels[a] == labels[b] for a, b in ties.same)
        assert all(labels[a] != labels[b] for a, b in ties.different)
        assert all(labels[label] == label <= place for place, label in enumerate(labels))
        unsure = {frozenset((joined[a], joined[b])) for a, b in ties.unsure}
        if not any(joined[a] == joined[b] for a, b in conflicts):
            for a, b in conflicts:
                settled = frozenset((joined[a], joined[b])) in unsure
                assert settled or labels[a] != labels[b]


def test_a_pair_judged_unsure_is_even():
    assert together(drawn(2, [(0, 1, 0.99)], Ties(unsure=((0, 1),))), 0, 1) == pytest.approx(
        0.5, abs=0.03
    )


def test_missed_matches_join_at_the_rate_of_the_recall():
    # 300 persons on two lists were found, and 100 stand there as 200 records.
    scored = [(2 * n, 2 * n + 1, 1.0) for n in range(300)]
    lists = ["north", "south"] * 400
    draws = drawn(800, scored, draws=200, recall=0.75, lists=lists)
    counts = counts_of(draws)
    assert counts.mean() == pytest.approx(400, abs=20)
    assert all(labels[2 * n] == 2 * n for labels in draws for n in range(300))
    for labels in draws[:20]:
        for position in range(600, 800):
            assert position == labels[position] or (position - labels[position]) % 2 == 1


def test_matches_missed_on_a_single_list_are_drawn_there():
    scored = [(2 * n, 2 * n + 1, 1.0) for n in range(300)]
    draws = drawn(800, scored, draws=200, recall=0.75, lists=["register"] * 800)
    assert counts_of(draws).mean() == pytest.approx(400, abs=20)


def test_the_same_seed_gives_the_same_draws_in_any_order_of_pairs():
    found = simulate(np.random.default_rng(3), 100)
    order = np.random.default_rng(4).permutation(len(found.same))
    one = drawn(len(found.person), found.reported, draws=10)
    other = drawn(len(found.person), found.reported.where(order), draws=10)
    assert np.array_equal(one, other)


def test_the_interval_covers_the_truth_though_scores_are_wrong():
    covered = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        shift, slope = rng.normal(0, 0.8), np.exp(rng.normal(0, 0.3))
        found = simulate(rng, 300, shift=shift, slope=slope)
        size = len(found.person)
        counts = counts_of(sample_clusterings(size, found.reported, Ties(), rng, 100))
        middle = interval(counts)
        covered.append(middle.low <= found.persons <= middle.high)
    assert sum(covered) >= 5


def test_right_probabilities_give_a_narrow_interval_around_the_truth():
    rng = np.random.default_rng(11)
    found = simulate(rng, 500)
    counts = counts_of(drawn(len(found.person), found.reported, draws=100))
    assert abs(counts.mean() / found.persons - 1) < 0.03
    assert counts.std() / found.persons < 0.03


def test_interval():
    counts = np.arange(1, 101)
    assert interval(counts) == Interval(3, 98, 0.95)
    assert interval(np.array([7])) == Interval(7, 7, 0.95)


@pytest.mark.parametrize(("counts", "level"), [([], 0.95), ([1], 1.0)])
def test_no_interval_of_nothing(counts, level):
    with pytest.raises(LinkageError):
        interval(np.array(counts, dtype=np.int64), level)


@pytest.mark.parametrize("options", [{"recall": 0.0}, {"recall": 1.2}, {"lists": ["a"]}])
def test_what_cannot_be_is_refused(options):
    with pytest.raises(LinkageError):
        drawn(2, [], draws=1, **options)


def test_partitions_of_four():
    assert len(partitions(4)) == 15
    assert partitions(2).tolist() == [[0, 0], [0, 1]]
    # All four together: six pairs count as three times the square root of two.
    assert shares(4).sum(axis=1).max() == pytest.approx(18**0.5)
