"""Which pair is asked about next."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.linkage.check_sample import BAND_EDGES, CheckSample
from everyname.linkage.clusters import Thresholds, Ties, cluster
from everyname.linkage.pairs import Pairs
from everyname.linkage.question import CHANGES, CHECKS, CONTRADICTS, Contradiction
from everyname.linkage.questions import questions
from everyname.linkage.settled import Settled

THRESHOLDS = Thresholds()


def scored(*rows, conflict=()):
    a, b, probability = zip(*rows, strict=True)
    return Pairs(
        np.array(a, dtype=np.int64),
        np.array(b, dtype=np.int64),
        np.array(probability, dtype=np.float64),
        np.array([(x, y) in conflict for x, y, _ in rows], dtype=np.bool_),
    )


def asking(size, pairs, ties=None, **more):
    ties = ties or Ties()
    found = cluster(size, pairs, THRESHOLDS, ties)
    more.setdefault("check_share", 0.0)
    return questions(pairs, found, THRESHOLDS, ties, size, **more)


def all_asked(ask, decide):
    asked = []
    while (question := ask.next()) is not None:
        asked.append(question)
        ask.judge(question.a, question.b, decide(question.a, question.b))
    return asked


def recount(size, pairs, ask):
    ties = ask.settled.ties(range(size))
    found = cluster(size, pairs, THRESHOLDS, ties)
    return tuple(len(np.unique(labels)) for labels in (found.low, found.best, found.high))


def crowd(seed, size=60, number=100):
    rng = np.random.default_rng(seed)
    one, other = np.triu_indices(size, 1)
    some = rng.choice(len(one), number, replace=False)
    some.sort()
    probability = np.where(rng.random(number) < 0.3, rng.beta(8, 1, number), rng.beta(1, 6, number))
    return Pairs(one[some], other[some], probability, rng.random(number) < 0.05)


def test_the_pair_in_most_doubt_comes_first_and_says_what_it_changes():
    ask = asking(6, scored((0, 1, 0.2), (2, 3, 0.45), (4, 5, 0.9)))
    asked = all_asked(ask, lambda _a, _b: "unsure")
    assert [(q.a, q.b, q.probability, round(q.change, 3), q.why) for q in asked] == [
        (2, 3, 0.45, 0.45, CHANGES),
        (0, 1, 0.2, 0.2, CHANGES),
        (4, 5, 0.9, 0.1, CHANGES),
    ]
    assert ask.open == 0


def test_of_two_likely_persons_one_pair_is_asked():
    sure = [(0, 1, 0.999), (2, 3, 0.999)]
    between = [(0, 2, 0.3), (0, 3, 0.4), (1, 2, 0.2), (1, 3, 0.35)]
    ask = asking(4, scored(*sure, *between))
    assert [(q.a, q.b) for q in all_asked(ask, lambda _a, _b: "different")] == [(0, 3)]
    assert ask.count == (2, 2, 2)


def test_joins_that_follow_are_counted():
    # 1 and 2 are each a little less than likely to be 0; together they bring 3 along, or not.
    chain = scored((0, 1, 0.45), (1, 2, 0.97), (2, 3, 0.97), (0, 4, 0.45))
    ask = asking(5, chain)
    by_pair = {(q.a, q.b): q.change for q in all_asked(ask, lambda _a, _b: "unsure")}
    assert set(by_pair) >= {(0, 1), (0, 4)}
    assert by_pair[0, 4] == pytest.approx(0.45, abs=1e-6)


def test_what_others_settled_is_never_asked():
    every = scored((0, 1, 0.4), (1, 2, 0.4), (0, 2, 0.4))
    ask = asking(3, every, Ties(same=((0, 1),), different=((1, 2),)))
    assert ask.next() is None
    assert ask.settled.says(0, 2) == "different"
    ask = asking(3, every, Ties(same=((0, 1), (1, 2))))
    assert ask.next() is None
    assert ask.settled.says(0, 2) == "same"


def test_names_in_conflict_are_not_asked():
    assert asking(2, scored((0, 1, 0.4), conflict={(0, 1)})).next() is None


def test_a_contradiction_within_a_person_is_asked_with_its_words():
    born = Contradiction(0, 1, "two dates of birth: 1990-01-02 and 1961-05-06")
    ask = asking(3, scored((0, 1, 0.99)), contradictions=[born, Contradiction(0, 2, "two sexes")])
    asked = all_asked(ask, lambda _a, _b: "different")
    assert [(q.a, q.b, q.why, q.words) for q in asked] == [(0, 1, CONTRADICTS, born.words)]
    assert asked[0].change == pytest.approx(0.25)
    assert ask.count == (3, 3, 3)


def test_an_answer_taken_back_leaves_nothing_behind():
    pairs = crowd(3)
    ask = asking(60, pairs)
    before, first = ask.count, ask.next()
    for decision in ("same", "different", "unsure"):
        ask.judge(first.a, first.b, decision)
        ask.take_back(first.a, first.b)
        assert ask.count == before
        assert ask.next() == first
    assert len(ask.settled) == 0


def test_what_is_put_off_comes_again_when_asked_for():
    ask = asking(4, scored((0, 1, 0.45), (2, 3, 0.3)))
    ask.put_off(0, 1)
    assert (ask.next().a, ask.next().b) == (2, 3)
    ask.put_off(2, 3)
    assert ask.next() is None
    assert ask.ask_again()
    assert (ask.next().a, ask.next().b) == (0, 1)
    assert not ask.ask_again()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.sampled_from("sdu"), min_size=5, max_size=10))
def test_the_count_while_answering_is_that_of_linkage_with_the_same_judgements(seed, answers):
    pairs = crowd(seed)
    ask = asking(60, pairs, check_share=0.3)
    for answer in answers:
        question = ask.next()
        if question is None:
            break
        assert ask.settled.says(question.a, question.b) == ""
        ask.judge(question.a, question.b, {"s": "same", "d": "different", "u": "unsure"}[answer])
        assert ask.count == recount(60, pairs, ask)


def test_true_answers_lead_to_the_true_count():
    rng = np.random.default_rng(5)
    person = rng.integers(0, 10, 30)
    one, other = np.triu_indices(30, 1)
    true = person[one] == person[other]
    probability = np.where(true, rng.beta(4, 2, len(one)), rng.beta(1, 12, len(one)))
    pairs = Pairs(one, other, probability, np.zeros(len(one), dtype=np.bool_))
    ask = asking(30, pairs)
    begun = abs(ask.count[1] - len(set(person)))
    asked = all_asked(ask, lambda a, b: "same" if person[a] == person[b] else "different")
    assert abs(ask.count[1] - len(set(person))) <= begun / 4
    assert len(asked) < len(pairs) / 4


def test_one_in_four_is_drawn_at_random_from_all_bands():
    pairs = crowd(1, 300, 8_000)
    ask = asking(300, pairs, check_share=0.25)
    asked = []
    for _ in range(80):
        question = ask.next()
        asked.append(question)
        ask.judge(question.a, question.b, "unsure")
    checks = [q for q in asked if q.why == CHECKS]
    assert len(checks) == 20
    assert all(q.change == 0 for q in checks)
    bands = Counter(int(np.searchsorted(BAND_EDGES, q.probability, "right")) for q in checks)
    assert max(bands.values()) <= 4
    assert len(bands) >= 6


def test_the_random_sample_takes_in_what_was_judged_for_other_reasons():
    pairs = crowd(2, 200, 4_000)
    keys = np.arange(200, dtype=np.uint64)
    sample = CheckSample(pairs, keys)
    settled = Settled(Ties())
    first = sample.next(settled)
    ends = int(pairs.a[first]), int(pairs.b[first])
    settled.add(*ends, "different")
    (drawn,) = sample.drawn(settled)
    assert (drawn.pair, drawn.decision) == (first, "different")
    assert sample.next(settled) != first


def test_the_random_sample_is_as_probable_as_its_band():
    # True pairs are drawn as often as their probability says: nothing makes some likelier.
    rng = np.random.default_rng(11)
    pairs = crowd(2, 400, 20_000)
    true = rng.random(len(pairs)) < pairs.probability
    sample = CheckSample(pairs, rng.integers(0, 2**63, 400, dtype=np.uint64))
    settled = Settled(Ties())
    drawn = []
    for _ in range(1_600):
        pair = sample.next(settled)
        drawn.append(pair)
        settled.add(int(pairs.a[pair]), int(pairs.b[pair]), "unsure")
    expected = pairs.probability[drawn].sum()
    spread = np.sqrt((pairs.probability[drawn] * (1 - pairs.probability[drawn])).sum())
    assert abs(true[drawn].sum() - expected) < 4 * spread


def test_the_order_at_random_hangs_on_the_records_and_not_on_their_positions():
    pairs = crowd(4, 50, 300)
    keys = np.random.default_rng(0).integers(0, 2**63, 50, dtype=np.uint64)
    moved = np.random.default_rng(1).permutation(50)
    a, b = np.sort(np.stack([moved[pairs.a], moved[pairs.b]]), axis=0)
    renamed = np.empty_like(keys)
    renamed[moved] = keys
    one = CheckSample(pairs, keys).next(Settled(Ties()))
    other = CheckSample(Pairs(a, b, pairs.probability, pairs.conflict), renamed).next(
        Settled(Ties())
    )
    assert one == other


def test_asking_begins_at_once_with_300_000_pairs():
    rng = np.random.default_rng(1)
    size, number = 60_000, 300_000
    a, b = rng.integers(0, size, (2, number))
    ends = np.unique(np.sort(np.stack([a, b], axis=1)[a != b], axis=1), axis=0)
    pairs = Pairs(ends[:, 0], ends[:, 1], rng.beta(0.4, 4, len(ends)), ends[:, 0] < 0)
    found = cluster(size, pairs, THRESHOLDS, Ties())
    began = time.process_time()
    ask = questions(pairs, found, THRESHOLDS, Ties(), size)
    ask.next()
    assert time.process_time() - began < 2
    began = time.process_time()
    for _ in range(20):
        question = ask.next()
        ask.judge(question.a, question.b, "same")
    assert time.process_time() - began < 20 * 0.3
