"""Tally: what holds of every count."""

from __future__ import annotations

import random as randomness

from counted import filed, rows, tally
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.counts import Scope, Tally
from everyname.ledger import Filed

VALUES = {
    "sex": ["male", "female", "unknown"],
    "fate": ["killed", "missing", "killed|sexual_violence"],
    "age": ["9", "17~", "34", "70"],
    "age_band": ["child", "adult", "elderly"],
    "date": ["2031-01-02", "2031-01", "2030-12/2031-01", "2030"],
    "place": ["Tamrud", "Oskelan"],
    "status": ["civilian", "armed_forces"],
}
BREAKDOWNS = [["sex"], ["fate"], ["age_band"], ["age_group"], ["month"], ["status", "sex"]]
FIELDS = st.fixed_dictionaries({}, optional={f: st.sampled_from(v) for f, v in VALUES.items()})


@st.composite
def situations(draw):
    """Records of three sources, and nested readings of who is who."""
    said = draw(st.lists(st.tuples(st.sampled_from("abc"), FIELDS), max_size=8))
    records = [filed(source, key, **fields) for key, (source, fields) in enumerate(said)]
    place = st.integers(0, 3)
    low = draw(st.lists(place, min_size=len(said), max_size=len(said)))
    split = [
        draw(st.lists(st.integers(0, 1), min_size=len(said), max_size=len(said))) for _ in "bh"
    ]
    best = [(a, b) for a, b in zip(low, split[0], strict=True)]
    high = [(a, b) for a, b in zip(best, split[1], strict=True)]
    scope = Scope(
        fates=draw(st.sampled_from([(), ("killed",)])),
        date=draw(st.sampled_from(["", "2031"])),
        unknown=draw(st.sampled_from(["include", "exclude"])),
        elderly_from=draw(st.sampled_from([None, 65])),
        conflict=draw(st.sampled_from(["majority", "range", "source_order"])),
    )
    return records, tuple(map(_labels, (low, best, high))), scope


def _labels(groups: list[object]) -> list[int]:
    return [groups.index(group) for group in groups]


def _tally(records: list[Filed], readings: tuple[list[int], ...], scope: Scope) -> Tally:
    low, best, high = readings
    lists = {name: [f"{name}.csv"] for name in "abc"}
    return tally(records, best, scope, low=low, high=high, lists=lists)


@given(situations())
@settings(max_examples=60, deadline=None)
def test_counts_are_in_order_and_add_up(situation):
    counted = _tally(*situation)
    total = counted.total()
    assert 0 <= total.low <= total.best <= total.high <= len(situation[0])
    for by in BREAKDOWNS:
        breakdown = counted.breakdown(by)
        assert sum(row.best for row in breakdown.rows) == total.best
        for row in breakdown.rows:
            assert row.low <= row.best <= row.high
            assert counted.count(row.where) == row
    assert sum(number for _, number in counted.patterns().rows) == total.best
    assert all(sum(pattern) > 0 for pattern, _ in counted.patterns().rows)


@given(situations())
@settings(max_examples=30, deadline=None)
def test_a_count_beside_a_claim_widens_the_count_upwards_only(situation):
    counted = _tally(*situation)
    total = counted.total()
    for by in BREAKDOWNS:
        for row in counted.breakdown(by).rows:
            beside = counted.claimable(row.where)
            if beside is not None:
                assert (beside.where, beside.low, beside.best) == (row.where, row.low, row.best)
                assert row.high <= beside.high <= total.high


@given(situations(), st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_the_order_of_records_changes_nothing(situation, seed):
    records, readings, scope = situation
    order = list(range(len(records)))
    randomness.Random(seed).shuffle(order)  # noqa: S311 - no secret
    moved = tuple([labels[place] for place in order] for labels in readings)
    one = _tally(records, readings, scope)
    other = _tally([records[p] for p in order], tuple(map(_labels, moved)), scope)
    assert other.total() == one.total()
    assert other.patterns() == one.patterns()
    assert [other.breakdown(by) for by in BREAKDOWNS] == [one.breakdown(by) for by in BREAKDOWNS]


@given(situations())
@settings(max_examples=30, deadline=None)
def test_the_names_of_parties_change_nothing(situation):
    records, readings, scope = situation
    swapped = {"civilian": "armed_forces", "armed_forces": "civilian"}
    moved = []
    for key, one in enumerate(records):
        fields: dict[str, str] = {}
        for said in one.record.statements:
            value = swapped.get(said.value, said.value)
            fields[said.field] = f"{fields[said.field]}|{value}" if said.field in fields else value
        moved.append(filed(one.record.source, key, **fields))
    before = rows(_tally(records, readings, scope).breakdown(["status"]))
    after = rows(_tally(moved, readings, scope).breakdown(["status"]))
    assert {swapped.get(k, k): v for k, v in before.items()} == after


@given(situations())
@settings(max_examples=30, deadline=None)
def test_the_names_of_sources_change_nothing_but_their_order(situation):
    records, readings, scope = situation
    if scope.conflict == "source_order":
        return
    moved = {"a": "c", "b": "a", "c": "b"}
    renamed = []
    for key, one in enumerate(records):
        values: dict[str, list[str]] = {}
        for said in one.record.statements:
            values.setdefault(said.field, []).append(said.value)
        fields = {f: "|".join(v) for f, v in values.items()}
        renamed.append(filed(moved[one.record.source], key, **fields))
    one, other = _tally(records, readings, scope), _tally(renamed, readings, scope)
    assert other.total() == one.total()
    assert [other.breakdown(by) for by in BREAKDOWNS] == [one.breakdown(by) for by in BREAKDOWNS]
