"""Chance: how often two different people agree at each level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.linkage.chance import LEAST, Kinds, chance_of
from everyname.linkage.comparisons import NAME_CONFLICT, comparisons_of
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.levels import CANDIDATE, EVENT, RANDOM

COMPARISONS = [c for c in comparisons_of(lambda _: 2, DUCKDB)
               if c.name in {"name", "sex", "date", "place"}]  # fmt: skip
NAME, SEX, DATE, PLACE = COMPARISONS
NOTHING = {
    "date": np.zeros(6), "place": np.zeros(6), "event": np.zeros(6),
    "whole_name": np.zeros(7), "part_of_name": np.zeros(7),
}  # fmt: skip


def kinds(rows):
    """Kinds from (levels of the comparisons, candidates, random pairs, pairs of events)."""
    patterns = np.array([row[0] for row in rows], np.int16).reshape(-1, 4)
    counts = np.zeros((3, len(rows)))
    for at, (_, *numbers) in enumerate(rows):
        counts[[CANDIDATE, RANDOM, EVENT], at] = numbers
    return Kinds(patterns, np.full(len(rows), -1, np.int8), counts)


MALE, FEMALE = (-1, 0, -1, -1), (-1, SEX.width, -1, -1)


def test_common_agreement_is_counted_among_random_pairs():
    found = chance_of(
        kinds([(MALE, 0, 30_000, 0), (FEMALE, 0, 70_000, 0)]), COMPARISONS, NOTHING, 1e9,
        np.zeros(2),
    )  # fmt: skip
    assert found.u[1] == pytest.approx([0.3, 0.7], abs=1e-6)
    assert found.event.tolist() == [1.0] * 6
    assert len(found.u_name_in_event) == 0


def test_matches_are_not_counted_as_chance():
    rows = [(MALE, 600, 40_000, 0), (FEMALE, 0, 60_000, 0)]
    found = chance_of(kinds(rows), COMPARISONS, NOTHING, 1e9, np.array([0.5, 0.0]))
    assert found.u[1] == pytest.approx([0.25, 0.75], abs=1e-6)


def test_how_often_a_rare_value_is_shared_follows_from_how_often_it_occurs():
    exact = {**NOTHING, "date": np.array([0, 0, 1e-3, 0, 0, 0])}
    same_day, other = (-1, -1, 2, -1), (-1, -1, 5 * DATE.width, -1)
    rows = [(same_day, 900, 5, 0), (other, 100, 400_000, 0)]
    free = chance_of(kinds(rows), COMPARISONS, exact, 1e6, np.zeros(2)).u[2]
    assert free[2] == pytest.approx(1e-3, rel=0.01)
    # Where 900 of these thousand pairs are matches, a hundred share the day by chance.
    less = chance_of(kinds(rows), COMPARISONS, exact, 1e6, np.array([1.0, 0.0])).u[2]
    assert less[2] == pytest.approx(1e-4, rel=0.02)


def test_victims_of_one_event_share_names_more_often():
    labels = [level.label for level in NAME.levels]
    at = labels.index("one part in common, another differs") * NAME.width
    siblings, strangers = (at, -1, 0, 0), (labels.index(NAME_CONFLICT) * NAME.width, -1, 0, 0)
    rows = [(siblings, 50, 40, 900), (strangers, 50, 100_000, 900)]
    counted = kinds(rows)._replace(event=np.array([3, 3], np.int8))
    found = chance_of(counted, COMPARISONS, NOTHING, 1e6, np.zeros(2))
    assert found.u[0][at] == pytest.approx(40 / 100_040, rel=0.3)
    assert found.u_name_in_event[3, at] == pytest.approx(0.5, abs=0.03)


def test_sharing_day_and_place_is_one_agreement_where_they_go_together():
    # A hundred events, each of one place: who shares the day shares the place.
    exact = {
        **NOTHING,
        **dict.fromkeys(("date", "place", "event"), np.array([0, 0.01, 0, 0, 0, 0])),
    }
    both, neither = (-1, -1, 1, 1), (-1, -1, 5 * DATE.width, 4 * PLACE.width)
    found = kinds([(both, 500, 4_000, 500), (neither, 500, 396_000, 0)])
    found = found._replace(event=np.array([1, -1], np.int8))
    chance = chance_of(found, COMPARISONS, exact, 1e6, np.zeros(2))
    together = chance.u[2][1] * chance.u[3][1] * chance.event[1]
    assert together == pytest.approx(0.01, rel=0.05)


PATTERN = st.tuples(
    *(st.integers(-1, comparison.sublevels - 1) for comparison in COMPARISONS),
)
ROWS = st.lists(
    st.tuples(PATTERN, *[st.integers(0, 10_000)] * 3, st.floats(0, 1)), min_size=1, max_size=20,
    unique_by=lambda row: row[0],
)  # fmt: skip
SHARES = st.lists(st.floats(0, 1), min_size=7, max_size=7).map(np.array)


@given(ROWS, SHARES, SHARES, st.lists(st.floats(0, 1), min_size=6, max_size=6))
@settings(deadline=None, max_examples=200)
def test_chances_lie_between_next_to_nothing_and_one(rows, whole, part, values):
    exact = {name: np.array(values) for name in ("date", "place", "event")}
    exact |= {"whole_name": whole, "part_of_name": 3 * part}
    counted = kinds([row[:-1] for row in rows])
    event = np.where((counted.patterns[:, 2:] == 0).all(axis=1), 0, -1)
    match = np.array([row[-1] for row in rows])
    everything = float(counted.counts.sum()) + 1
    found = chance_of(
        counted._replace(event=event.astype(np.int8)), COMPARISONS, exact, everything, match
    )
    for u in (*found.u, found.u_name_in_event):
        assert (u >= LEAST).all()
        assert (u <= 1).all()
    assert (found.event >= 1).all()
    assert np.isfinite(found.event).all()
