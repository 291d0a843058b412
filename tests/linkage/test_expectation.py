"""Expectation: what is learnt from pairs that nobody labelled."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.linkage.chance import Kinds
from everyname.linkage.comparisons import Comparison, Level, comparisons_of
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.expectation import (
    CONFLICT,
    REPEATED,
    ROUNDS,
    ListPairs,
    in_conflict,
    learn,
    posterior,
)

PATTERNS = np.array(list(product(range(3), repeat=4)), np.int16)
COMPARISONS = tuple(
    Comparison(name, name, "", (Level("same", "", 0.7), Level("near", "", 0.2),
                                Level("different", "", 0.1)))
    for name in ("one", "two", "three", "four")
)  # fmt: skip
M = np.array([[0.9, 0.07, 0.03], [0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.95, 0.03, 0.02]])
U = np.array([[0.002, 0.01, 0.988], [0.01, 0.02, 0.97], [0.05, 0.1, 0.85], [0.5, 0.1, 0.4]])
DRAWN = 400_000


def simulated(within, across, matches_within, matches_across, seed=1):
    """Numbers of pairs at each pattern where every comparison is independent of the others."""
    rng = np.random.default_rng(seed)
    shares = [np.prod([table[at, PATTERNS[:, at]] for at in range(4)], axis=0) for table in (M, U)]

    def drawn(pairs, matches):
        return rng.multinomial(matches, shares[0]) + rng.multinomial(pairs - matches, shares[1])

    inside, outside = drawn(within, matches_within), drawn(across, matches_across)
    everything = (inside + outside).astype(float)
    random = rng.multinomial(DRAWN, everything / everything.sum())
    counts = np.array([everything, random, np.zeros(len(PATTERNS))])
    event = np.full(len(PATTERNS), -1, np.int8)
    pairs = ListPairs(within, across, inside.astype(float), outside.astype(float))
    return Kinds(PATTERNS, event, counts), pairs


def learnt(kinds, pairs, records):
    return learn(kinds, COMPARISONS, {}, pairs, records)


def test_what_records_of_one_person_share_is_recovered():
    found = learnt(*simulated(1_000_000, 1_000_000, 200, 900), 2_000)
    assert np.array(found.m) == pytest.approx(M, abs=0.05)
    assert np.array(found.chance.u) == pytest.approx(U, rel=0.2, abs=0.001)
    assert found.across == pytest.approx(900e-6, rel=0.05)
    assert found.within == pytest.approx(200e-6, rel=0.1)


def test_the_evidence_is_that_of_the_true_shares():
    found = learnt(*simulated(1_000_000, 1_000_000, 200, 900), 2_000)
    right = sum(np.log(M[at, PATTERNS[:, at]] / U[at, PATTERNS[:, at]]) for at in range(4))
    assert np.abs(found.log_odds - right).max() < 1.2
    assert np.corrcoef(found.log_odds, right)[0, 1] > 0.998


def test_no_matches_are_not_invented():
    kinds, pairs = simulated(1_000_000, 1_000_000, 0, 0)
    found = learnt(kinds, pairs, 2_000)
    assert (found.across * pairs.across, found.within * pairs.within) < (20, 20)


def test_pairs_that_agree_in_what_goes_together_are_not_taken_for_matches():
    # Neighbours: five times as many pairs as matches agree in `two`, `three` and `four`.
    kinds, pairs = simulated(0, 2_000_000, 0, 900)
    neighbours = np.flatnonzero((PATTERNS == [2, 0, 0, 0]).all(axis=1))
    counts, across = kinds.counts.copy(), pairs.candidates_across.copy()
    counts[0, neighbours] += 4_500
    counts[1, neighbours] += 4_500 * DRAWN / 2_000_000
    across[neighbours] += 4_500
    limited = (replace(COMPARISONS[0], limits=(((2,), 0.05),)), *COMPARISONS[1:])
    found = learn(
        kinds._replace(counts=counts), limited, {}, pairs._replace(candidates_across=across), 2_000
    )
    # Measured 1,113: of 4,500 neighbours, 213 count as matches.
    assert 850 < found.across * pairs.across < 1_200
    assert posterior(found.log_odds, found.across)[neighbours] < 0.1


def test_a_list_of_a_few_names_hardly_anybody_twice():
    kinds, pairs = simulated(45, 0, 0, 0)
    found = learnt(kinds, pairs, 10)
    assert found.across == 0
    assert found.within <= REPEATED * 10 / 45 + 1e-12


NUMBERS = st.lists(st.integers(0, 400), min_size=len(PATTERNS), max_size=len(PATTERNS))


@given(NUMBERS, NUMBERS, NUMBERS, st.integers(2, 5_000))
@settings(deadline=None, max_examples=60)
def test_whatever_is_counted_learning_ends_with_shares(inside, outside, random, records):
    within, across = np.array(inside, float), np.array(outside, float)
    counts = np.array([within + across, random, np.zeros(len(PATTERNS))])
    kinds = Kinds(PATTERNS, np.full(len(PATTERNS), -1, np.int8), counts)
    pairs = ListPairs(2 * within.sum(), 3 * across.sum(), within, across)
    found = learnt(kinds, pairs, records)
    assert 1 <= found.rounds <= ROUNDS
    assert [m.sum() for m in found.m] == pytest.approx([1.0] * 4)
    assert all((m >= 0).all() for m in found.m)
    assert 0 <= found.within <= 0.5
    assert 0 <= found.across <= 0.5
    assert np.isfinite(found.log_odds).all()


@given(st.lists(st.floats(-1e6, 1e6), min_size=2), st.floats(0, 0.999999))
def test_probabilities_are_probabilities_and_rise_with_the_evidence(odds, prior):
    found = posterior(np.array(sorted(odds)), prior)
    assert (found >= 0).all()
    assert (found <= 1).all()
    assert (np.diff(found) >= 0).all()


def test_without_evidence_the_prior_holds():
    assert posterior(np.zeros(1), 0.02) == pytest.approx([0.02])
    assert posterior(np.array([50.0]), 0.0) == [0.0]


def test_two_known_names_with_nothing_in_common_outweigh_an_event():
    name, _, _, date, place, *_ = (
        c for c in comparisons_of(lambda _: 2, DUCKDB) if c.name != "birth"
    )
    comparisons = (name, date, place)
    last = (len(name.levels) - 1) * name.width
    patterns = np.array([[last, 5, 5], [0, 5, 5], [-1, 5, 5]], np.int16)
    counts = np.array([[5, 60, 5], [1000, 0, 10], [0, 0, 0]], float)
    kinds = Kinds(patterns, np.array([5, 5, 5], np.int8), counts)
    exact = dict.fromkeys(("date", "place", "event"), np.zeros(6))
    exact |= {"whole_name": np.full(7, 1e-6), "part_of_name": np.full(7, 1e-6)}
    pairs = ListPairs(0, 1e6, np.zeros(3), counts[0])
    found = learn(kinds, comparisons, exact, pairs, 2_000)
    assert in_conflict(patterns, comparisons).tolist() == [True, False, False]
    assert found.log_odds[0] <= CONFLICT
    assert found.log_odds[1] > found.log_odds[2] > 0
