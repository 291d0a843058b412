"""What many records of one person change."""

import numpy as np
import pytest

from everyname.linkage.clusters import Thresholds, Ties, cluster
from everyname.linkage.missed import credible_recall
from everyname.linkage.pairs import Pairs
from everyname.linkage.refinement import refined
from everyname.linkage.repeats import ONCE, Repeats

OFTEN = Repeats.believed(9.0)


def pairs_of(scored, conflicts=(), repeats=OFTEN):
    a, b, probability = zip(*scored, strict=True)
    return Pairs(
        np.array(a),
        np.array(b),
        np.array(probability, dtype=np.float64),
        np.array([pair in conflicts for pair in zip(a, b, strict=True)], dtype=np.bool_),
        repeats.mean,
    )


def best(size, pairs, ties=None):
    return cluster(size, pairs, Thresholds(), ties).best.tolist()


# Four copies of one record, and a fifth that agrees with two of them.
COPIES = [(a, b, 0.999) for a in range(4) for b in range(a + 1, 4)]
MUTATED = [*COPIES, (0, 4, 0.95), (1, 4, 0.95), (2, 4, 0.011), (3, 4, 0.011)]


def test_a_lone_record_joins_the_copies_it_agrees_with_where_persons_have_many():
    assert best(5, pairs_of(MUTATED)) == [0, 0, 0, 0, 0]
    assert best(5, pairs_of(MUTATED, repeats=ONCE)) == [0, 0, 0, 0, 4]


def test_a_judgement_on_a_record_that_no_scored_pair_holds_is_taken():
    scored = [(2 * n, 2 * n + 1, 0.9) for n in range(30)]
    same = tuple((a, b) for a, b, _ in scored)
    corrected, calibration = refined(pairs_of(scored), Ties(same=(*same, (0, 70))))
    assert calibration.number == 30
    assert best(71, corrected, Ties(same=(*same, (0, 70))))[70] == 0


def test_a_lone_record_stays_alone_where_nothing_agrees():
    scored = [*COPIES, *((a, 4, 0.011) for a in range(4))]
    assert best(5, pairs_of(scored)) == [0, 0, 0, 0, 4]


def test_two_records_are_not_joined_on_less_than_what_a_pair_needs_where_lists_name_nobody_twice():
    assert best(2, pairs_of([(0, 1, 0.2)])) == [0, 0]
    assert best(2, pairs_of([(0, 1, 0.2)], repeats=Repeats.believed(0.2))) == [0, 1]


def test_one_name_in_conflict_does_not_outweigh_the_rest_where_persons_have_many():
    scored = [*COPIES, *((a, 4, 0.99) for a in range(3)), (3, 4, 0.001)]
    assert best(5, pairs_of(scored, {(3, 4)})) == [0, 0, 0, 0, 0]
    assert best(5, pairs_of(scored, {(3, 4)}, ONCE)) == [0, 0, 0, 0, 4]
    assert best(2, pairs_of([(0, 1, 0.999)], {(0, 1)})) == [0, 1]


def test_a_judgement_keeps_a_leftover_away():
    assert best(5, pairs_of(MUTATED), Ties(different=((3, 4),))) == [0, 0, 0, 0, 4]


def test_readings_stay_nested():
    rng = np.random.default_rng(1)
    a, b = np.triu_indices(30, 1)
    kept = rng.random(len(a)) < 0.5
    scored = list(zip(a[kept], b[kept], rng.random(kept.sum()), strict=True))
    found = cluster(30, pairs_of(scored), Thresholds())
    for fine, coarse in ((found.high, found.best), (found.best, found.low)):
        assert len(set(zip(fine, coarse, strict=True))) == len(set(fine))


def test_evidence_against_being_alone_falls_with_the_size():
    against = OFTEN.against_alone(np.arange(1.0, 50.0))
    assert (np.diff(against) <= 0).all()
    # p = 2 / 10.75; a record is its person's only one with p squared.
    assert against[0] == pytest.approx(-2 * np.log(2 / 10.75))
    assert ONCE.against_alone(np.array([1.0, 7.0])).tolist() == [0.0, 0.0]


def test_few_repeats_are_not_believed_since_relatives_look_like_them():
    assert Repeats.believed(0.2) == ONCE
    assert Repeats.believed(1.0).mean == 0.75


def test_a_recall_is_never_quite_believed():
    assert credible_recall(1.0) == 0.99
    assert credible_recall(0.8) == 0.8


def test_judgements_drawn_at_random_correct_all_probabilities():
    number = 400
    pairs = pairs_of([(2 * n, 2 * n + 1, 0.9) for n in range(number)], repeats=ONCE)
    every = [(2 * n, 2 * n + 1) for n in range(number)]
    ties = Ties(same=tuple(every[:200]), different=tuple(every[200:]))
    corrected, calibration = refined(pairs, ties)
    assert calibration.number == number
    assert corrected.probability == pytest.approx(0.5, abs=0.05)


def test_few_judgements_correct_nothing():
    pairs = pairs_of([(2 * n, 2 * n + 1, 0.9) for n in range(50)], repeats=ONCE)
    corrected, calibration = refined(pairs, Ties(different=((0, 1),)))
    assert corrected is pairs
    assert calibration.number == 0
