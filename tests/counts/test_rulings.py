"""Rulings: a panel's word stands in place of the rule, and what it overrules stays in the range."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from counted import filed, rows, sources
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.counts import Labels, Scope, Tally, contradiction, gather, persons
from everyname.ledger import Ruling

RULES = ("majority", "range", "source_order")


def ruling(record, field, value, **changes):
    return replace(Ruling(record, field, value, "The panel"), **changes)


def ruled(records, best, rulings, scope=None, low=None, high=None):
    names = sorted({f.record.source for f in records})
    lists = {name: [f"{name}.csv"] for name in names}
    scope = scope or Scope()
    evidence = gather(records, sources(*names), lists, scope, rulings)
    labels = Labels(*(np.array(x, dtype=np.int64) for x in (low or best, best, high or best)))
    return Tally(evidence, labels, scope)


@pytest.mark.parametrize("rule", RULES)
def test_a_ruling_holds_under_every_rule_and_the_losing_value_stays_in_the_range(rule):
    records = [filed("a", 1, sex="male"), filed("b", 1, sex="male"), filed("c", 1, sex="female")]
    scope = Scope(conflict=rule)
    counted = ruled(records, [0, 0, 0], [ruling("b/1", "sex", "female")], scope)
    assert rows(counted.breakdown(["sex"])) == {"female": (0, 1, 1), "male": (0, 0, 1)}
    (person,) = persons(records, [[0, 1, 2]], ["P-1"], counted, {})
    assert (person.classes["sex"], person.ruled) == ("female", ("sex",))


def test_a_ruling_can_hold_what_no_source_says():
    records = [filed("a", 1, sex="male"), filed("b", 2)]
    rulings = [ruling("a/1", "sex", "other"), ruling("b/2", "sex", "female")]
    counted = ruled(records, [0, 1], rulings)
    assert rows(counted.breakdown(["sex"])) == {
        "female": (1, 1, 1),
        "male": (0, 0, 1),
        "other": (0, 1, 1),
    }


def test_a_panel_can_hold_that_nobody_knows():
    records = [filed("a", 1, sex="male")]
    counted = ruled(records, [0], [ruling("a/1", "sex", "unknown", stance="unknown")])
    assert rows(counted.breakdown(["sex"])) == {"male": (0, 0, 1), "unknown": (0, 1, 1)}


def test_a_ruling_on_the_fate_decides_who_is_in_scope():
    records = [
        filed("a", 1, fate="killed"),
        filed("b", 1, fate="injured"),
        filed("a", 2, fate="injured"),
        filed("a", 3, fate="missing"),
        filed("b", 3, fate="killed"),
    ]
    scope = Scope(fates=("killed",))
    people = [0, 0, 2, 3, 3]
    assert ruled(records, people, [], scope).total().best == 2
    out = [ruling("b/1", "fate", "injured"), ruling("a/3", "fate", "missing")]
    total = ruled(records, people, out, scope).total()
    assert (total.low, total.best, total.high) == (0, 0, 2)
    total = ruled(records, people, [ruling("a/2", "fate", "killed")], scope).total()
    assert (total.low, total.best, total.high) == (1, 3, 3)


def test_a_ruling_on_the_date_decides_month_and_scope():
    records = [filed("a", 1, date="2031-02-03"), filed("b", 1, date="2030-02-03")]
    scope = Scope(date="2031")
    counted = ruled(records, [0, 0], [ruling("a/1", "date", "2031-03")], scope)
    assert counted.total().best == 1
    assert rows(counted.breakdown(["month"])) == {
        "2030-02": (0, 0, 1),
        "2031-02": (0, 0, 1),
        "2031-03": (0, 1, 1),
    }
    assert rows(counted.breakdown(["day"]))["unknown"] == (0, 1, 1)
    counted = ruled(records, [0, 0], [ruling("a/1", "date", "2030-12-31")], scope)
    assert counted.total().best == 0


@pytest.mark.parametrize(
    ("field", "value", "elderly_from", "band", "group"),
    [
        ("age", "9", None, "child", "child"),
        ("age", "70", None, "adult", "adult"),
        ("age", "70", 65, "elderly", "adult"),
        ("age", "60/70", 65, "unknown", "adult"),
        ("age_band", "adult", 65, "adult", "adult"),
        ("age_band", "elderly", 65, "elderly", "adult"),
        ("age_band", "elderly", None, "adult", "adult"),
        ("age_band", "unknown", None, "unknown", "unknown"),
    ],
)
def test_a_ruling_on_the_age_decides_the_band(field, value, elderly_from, band, group):
    records = [filed("a", 1, age="30"), filed("b", 1, age="12")]
    scope = Scope(elderly_from=elderly_from)
    counted = ruled(records, [0, 0], [ruling("a/1", field, value)], scope)
    (person,) = persons(records, [[0, 1]], ["P-1"], counted, {})
    assert (person.classes["age_band"], person.classes["age_group"]) == (band, group)


def test_a_place_is_ruled_on_in_any_spelling():
    records = [filed("a", 1, place="Tamrud"), filed("b", 1, place="Oskelan")]
    counted = ruled(records, [0, 0], [ruling("a/1", "place", "Тамруд")])
    assert rows(counted.breakdown(["place"]))["Tamrud"] == (0, 1, 1)


def test_the_value_that_was_ruled_on_comes_first_and_the_others_stay():
    records = [filed("a", 1, age="34"), filed("b", 1, age="34"), filed("c", 1, age="43")]
    rulings = [
        ruling("c/1", "age", "43"),
        ruling("a/1", "name", "Ivan Tomarov"),
        ruling("b/1", "birth_date", "1988"),
    ]
    names = {0: "I. Tomarov", 1: "I. Tomarov", 2: "Ivan Tomarov"}
    counted = ruled(records, [0, 0, 0], rulings)
    (person,) = persons(records, [[0, 1, 2]], ["P-1"], counted, names)
    assert person.names == ("Ivan Tomarov", "I. Tomarov")
    assert person.values["age"] == ("43", "34")
    assert person.values["birth_date"] == ("1988",)
    assert person.ruled == ("age", "birth_date", "name")


def test_a_ruling_holds_for_one_person_under_each_reading():
    records = [filed("a", 1, sex="male"), filed("b", 1, sex="male")]
    rulings = [ruling("a/1", "sex", "female"), ruling("b/1", "sex", "other")]
    counted = ruled(records, [0, 1], rulings, low=[0, 0])
    breakdown = rows(counted.breakdown(["sex"]))
    assert breakdown["female"] == (0, 1, 1)
    assert breakdown["other"] == (0, 1, 1)
    assert counted.total().low == 1


def test_a_ruling_on_a_record_that_is_not_there_waits():
    records = [filed("a", 1, sex="male")]
    counted = ruled(records, [0], [ruling("a/9", "sex", "female")])
    assert rows(counted.breakdown(["sex"])) == {"male": (1, 1, 1)}
    assert counted.evidence.rulings == ()


MALE = ruling("a/1", "sex", "male")
CHILD = ruling("a/1", "age_band", "child")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (MALE, ruling("b/1", "sex", "female"), True),
        (MALE, ruling("b/1", "sex", "unknown", stance="unknown"), True),
        (MALE, ruling("b/1", "sex", "male"), False),
        (MALE, ruling("b/1", "age", "9"), False),
        (CHILD, ruling("b/1", "age", "30"), True),
        (CHILD, ruling("b/1", "age", "9"), False),
        (CHILD, ruling("b/1", "age", "unknown", stance="unknown"), False),
        (ruling("a/1", "name", "A"), ruling("b/1", "name", "B"), True),
    ],
)
def test_rulings_that_hold_different_things_of_one_person_are_found(one, other, apart):
    assert contradiction([(0, one), (1, other)], [0, 0], Scope()) == (
        (one, other) if apart else None
    )
    assert contradiction([(0, one), (1, other)], [0, 1], Scope()) is None


VALUES = {
    "sex": ["male", "female"],
    "fate": ["killed", "missing", "injured"],
    "age": ["9", "34", "70"],
    "date": ["2031-01-02", "2030-12/2031-01", "2030"],
}
FIELDS = st.fixed_dictionaries({}, optional={f: st.sampled_from(v) for f, v in VALUES.items()})


@given(
    st.lists(st.tuples(st.sampled_from("abc"), FIELDS, st.integers(0, 2)), min_size=1, max_size=6),
    st.sampled_from(sorted(VALUES)).flatmap(
        lambda field: st.tuples(st.just(field), st.sampled_from(VALUES[field]))
    ),
    st.sampled_from(RULES),
)
@settings(max_examples=40, deadline=None)
def test_counts_stay_in_order_and_add_up(said, wanted, rule):
    records = [filed(source, key, **fields) for key, (source, fields, _) in enumerate(said)]
    groups = [group for *_, group in said]
    labels = [groups.index(group) for group in groups]
    scope = Scope(fates=("killed",), date="2031", conflict=rule, elderly_from=65)
    counted = ruled(records, labels, [ruling(records[0].record.reference, *wanted)], scope)
    total = counted.total()
    assert 0 <= total.low <= total.best <= total.high
    for by in (["sex"], ["age_band"], ["month", "sex"], ["fate"]):
        breakdown = counted.breakdown(by)
        assert sum(row.best for row in breakdown.rows) == total.best
        assert all(row.low <= row.best <= row.high for row in breakdown.rows)
        for row in breakdown.rows:
            beside = counted.claimable(row.where)
            assert beside is None or beside.high <= total.high
