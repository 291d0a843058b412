"""Tally: low, best and high of totals and classes, worked by hand."""

from __future__ import annotations

import pytest
from counted import filed, rows, sources, tally

from everyname.counts import EVERYONE, CapturePatterns, Count, Scope, where
from everyname.errors import CaseError


def numbers(count: Count) -> tuple[int, int, int]:
    return count.low, count.best, count.high


def test_nobody():
    nobody = tally([], [])
    assert numbers(nobody.total()) == (0, 0, 0)
    assert nobody.breakdown(["sex"]).rows == ()
    assert nobody.patterns() == CapturePatterns(lists=(), rows=())


def test_the_total_follows_the_three_readings():
    records = [filed("a", key, sex="male") for key in range(4)]
    counted = tally(records, [0, 0, 2, 3], low=[0, 0, 0, 3], high=[0, 1, 2, 3])
    assert numbers(counted.total()) == (2, 3, 4)
    assert counted.total().where == EVERYONE
    assert counted.total().id == "total"


def test_an_undecided_pair_that_agrees():
    records = [filed("a", 1, sex="female"), filed("b", 1, sex="female"), filed("b", 2, sex="male")]
    counted = tally(records, [0, 1, 2], low=[0, 0, 2], high=[0, 1, 2])
    assert rows(counted.breakdown(["sex"])) == {"female": (1, 2, 2), "male": (1, 1, 1)}


def test_an_undecided_pair_that_disagrees():
    records = [filed("a", 1, sex="female"), filed("b", 1, sex="male")]
    counted = tally(records, [0, 1], low=[0, 0], high=[0, 1])
    # As one person they disagree, so no class is sure of anybody.
    assert rows(counted.breakdown(["sex"])) == {
        "female": (0, 1, 1),
        "male": (0, 1, 1),
        "sources disagree": (0, 0, 1),
    }
    assert numbers(counted.total()) == (1, 2, 2)


def test_conditions_that_meet_only_in_one_person_are_within_the_high():
    records = [filed("a", 1, sex="female"), filed("b", 1, age="9")]
    counted = tally(records, [0, 1], low=[0, 0], high=[0, 1])
    girls = counted.count((("age_group", "child"), ("sex", "female")))
    assert numbers(girls) == (0, 0, 1)


def test_missing_then_killed_is_one_person_moving_on():
    records = [
        filed("a", 1, fate="missing"),
        filed("b", 1, fate="killed"),
        filed("a", 2, fate="held"),
    ]
    counted = tally(records, [0, 0, 1], KILLED)
    assert numbers(counted.total()) == (1, 1, 1)
    assert rows(counted.breakdown(["fate"])) == {"killed": (1, 1, 1)}


THREE_SOURCES = [
    filed("a", 1, sex="female"),
    filed("b", 1, sex="male"),
    filed("c", 1, sex="male"),
    filed("c", 2, age="12"),
]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("majority", {"female": (0, 0, 1), "male": (0, 1, 1), "unknown": (1, 1, 1)}),
        ("source_order", {"female": (0, 1, 1), "male": (0, 0, 1), "unknown": (1, 1, 1)}),
        (
            "range",
            {
                "female": (0, 0, 1),
                "male": (0, 0, 1),
                "sources disagree": (1, 1, 1),
                "unknown": (1, 1, 1),
            },
        ),
    ],
)
def test_a_conflict_between_sources_under_each_rule(rule, expected):
    counted = tally(THREE_SOURCES, [0, 0, 0, 3], Scope(conflict=rule))
    assert rows(counted.breakdown(["sex"])) == expected
    assert list(rows(counted.breakdown(["sex"]))) == list(expected)


def test_an_even_conflict_has_no_majority():
    counted = tally(THREE_SOURCES[:2], [0, 0])
    assert rows(counted.breakdown(["sex"])) == {
        "female": (0, 0, 1),
        "male": (0, 0, 1),
        "sources disagree": (1, 1, 1),
    }


def test_copies_of_one_agency_count_once():
    records = [filed("a", 1, sex="male"), filed("b", 1, sex="male"), filed("c", 1, sex="female"),
               filed("d", 1, sex="female")]  # fmt: skip
    copying = sources("agency", "c", "d", a=["agency"], b=["agency"])
    counted = tally(records[:3], [0, 0, 0], known=copying)
    assert rows(counted.breakdown(["sex"]))["sources disagree"] == (1, 1, 1)
    counted = tally(records, [0, 0, 0, 0], known=copying)
    assert rows(counted.breakdown(["sex"]))["female"] == (0, 1, 1)
    independent = tally(records[:3], [0, 0, 0])
    assert rows(independent.breakdown(["sex"]))["male"] == (0, 1, 1)


def test_one_source_that_says_it_twice_has_one_voice():
    records = [filed("a", 1, sex="male"), filed("a", 2, sex="male"), filed("b", 1, sex="female")]
    counted = tally(records, [0, 0, 0])
    assert rows(counted.breakdown(["sex"]))["sources disagree"] == (1, 1, 1)


def test_source_order_follows_the_lists_of_the_case():
    lists = {"second": ["b.csv"], "first": ["a.csv", "c.csv"]}
    records = THREE_SOURCES[:2]
    counted = tally(records, [0, 0], Scope(conflict="source_order"), lists=lists)
    assert rows(counted.breakdown(["sex"])) == {"female": (0, 0, 1), "male": (0, 1, 1)}
    # Two files of the list named first that disagree are not resolved by it.
    lists = {"first": ["a.csv", "c.csv"], "second": ["b.csv"]}
    counted = tally(THREE_SOURCES[:3], [0, 0, 0], Scope(conflict="source_order"), lists=lists)
    assert rows(counted.breakdown(["sex"]))["sources disagree"] == (1, 1, 1)


def test_a_value_of_unknown_is_no_statement():
    records = [filed("a", 1, sex="unknown", fate="unknown"), filed("b", 1, sex="male")]
    counted = tally(records, [0, 0], Scope(fates=("killed",)))
    assert rows(counted.breakdown(["sex"])) == {"male": (1, 1, 1)}


KILLED = Scope(fates=("killed",))


def test_the_scope_by_fate():
    records = [
        filed("a", 1, fate="killed"),
        filed("a", 2, fate="missing"),
        filed("a", 3),
        filed("a", 4, fate="killed"), filed("b", 4, fate="released"),
    ]  # fmt: skip
    best = [0, 1, 2, 3, 3]
    # Sure: 1. Unknown: 3. Disputed between two sources: 4.
    assert numbers(tally(records, best, KILLED).total()) == (2, 3, 3)
    exclude = Scope(fates=("killed",), unknown="exclude")
    assert numbers(tally(records, best, exclude).total()) == (1, 2, 2)
    first = Scope(fates=("killed",), conflict="source_order")
    assert numbers(tally(records, best, first).total()) == (2, 3, 3)
    lists = {"b": ["b.csv"], "a": ["a.csv"]}
    assert numbers(tally(records, best, first, lists=lists).total()) == (2, 2, 3)


def test_the_scope_by_date():
    dates = ["2031-05-01", "2030-12-31", "2030-12/2031-01", "", "2031-02"]
    records = [filed("a", k, **({"date": d} if d else {})) for k, d in enumerate(dates)]
    assert numbers(tally(records, range(5), Scope(date="2031")).total()) == (4, 4, 4)
    exclude = Scope(date="2031", unknown="exclude")
    assert numbers(tally(records, range(5), exclude).total()) == (2, 2, 2)
    one_day = Scope(date="2031-02-14", unknown="exclude")
    assert numbers(tally(records, range(5), one_day).total()) == (0, 0, 0)


def test_the_date_of_death_stands_in_for_the_incident():
    records = [filed("a", 1, date_of_death="2031-05-01"), filed("a", 2, date_of_death="2030-05-01")]
    assert numbers(tally(records, [0, 1], Scope(date="2031")).total()) == (1, 1, 1)


def test_one_source_states_the_fate_and_another_the_date():
    records = [filed("a", 1, fate="killed"), filed("b", 1, date="2031-05-01")]
    scope = Scope(fates=("killed",), date="2031", unknown="exclude")
    assert numbers(tally(records, [0, 0], scope).total()) == (1, 1, 1)
    # As two persons neither is known to be in scope.
    assert numbers(tally(records, [0, 1], scope).total()) == (0, 0, 0)
    # As an undecided pair they may be one person who is.
    assert numbers(tally(records, [0, 1], scope, low=[0, 0]).total()) == (0, 0, 1)


def test_a_record_out_of_scope_by_date_is_out_whatever_its_fate():
    records = [filed("a", 1, fate="killed", date="1999")]
    assert numbers(tally(records, [0], Scope(fates=("killed",), date="2031")).total()) == (0, 0, 0)


def test_only_those_in_scope_are_broken_down():
    records = [filed("a", 1, fate="killed", sex="male"), filed("a", 2, fate="held", sex="male")]
    assert rows(tally(records, [0, 1], KILLED).breakdown(["sex"])) == {"male": (1, 1, 1)}


def test_two_fields():
    records = [filed("a", 1, sex="male", age="34"), filed("a", 2, sex="male"), filed("a", 3)]
    by = tally(records, [0, 1, 2]).breakdown(["sex", "age_band"])
    assert by.by == ("sex", "age_band")
    assert not by.overlapping
    assert [(row.id, row.best) for row in by.rows] == [
        ("age_band=adult & sex=male", 1),
        ("age_band=unknown & sex=male", 1),
        ("age_band=unknown & sex=unknown", 1),
    ]


def test_counts_under_conditions():
    records = [filed("a", 1, sex="male", age="9"), filed("a", 2, sex="female"), filed("a", 3)]
    counted = tally(records, [0, 1, 2])
    assert numbers(counted.count(where({"sex": "male", "age_group": "child"}))) == (1, 1, 1)
    assert numbers(counted.count(where({"sex": "other"}))) == (0, 0, 0)


def test_a_claim_stands_beside_everyone_who_is_not_excluded():
    records = [
        filed("a", 1, sex="female", age="9"),
        filed("a", 2, sex="female"),
        filed("a", 3, age="9"),
        filed("a", 4),
        filed("a", 5, sex="male"),
        filed("a", 6, sex="female", age="34"),
    ]
    counted = tally(records, range(6))
    assert counted.count(where({"sex": "female"})).high == 3
    assert counted.claimable(where({"sex": "female"})) == Count(
        where=(("sex", "female"),), low=3, best=3, high=5
    )
    # 1 is a girl; 2, 3 and 4 may be; 5 is no girl and 6 no child.
    girls = where({"sex": "female", "age_group": "child"})
    assert counted.claimable(girls) == Count(where=girls, low=1, best=1, high=4)


def test_a_claim_stands_beside_whom_any_source_puts_in_the_class():
    records = [filed("a", 1, sex="female"), filed("b", 1, sex="male"), filed("c", 1, sex="male")]
    counted = tally(records, [0, 0, 0])
    assert numbers(counted.claimable(where({"sex": "female"}))) == (0, 0, 1)
    assert numbers(counted.claimable(where({"sex": "male"}))) == (0, 1, 1)


def test_a_claim_stands_beside_the_most_persons_of_undecided_pairs():
    records = [filed("a", 1, sex="female"), filed("b", 1), filed("b", 2, sex="male")]
    counted = tally(records, [0, 0, 2], high=[0, 1, 2])
    assert numbers(counted.claimable(where({"sex": "female"}))) == (1, 1, 2)


def test_a_claim_stands_beside_those_in_scope_only():
    records = [
        filed("a", 1, fate="killed", sex="female"),
        filed("a", 2, sex="female"),
        filed("a", 3, fate="held", sex="female"),
        filed("a", 4, fate="held"),
    ]
    killed_women = where({"fate": "killed", "sex": "female"})
    included = tally(records, range(4), KILLED)
    assert numbers(included.claimable(killed_women)) == (1, 1, 2)
    excluded = tally(records, range(4), Scope(fates=("killed",), unknown="exclude"))
    assert numbers(excluded.claimable(killed_women)) == (1, 1, 1)


def test_no_claim_stands_beside_a_field_of_which_no_source_speaks():
    records = [filed("a", 1, sex="female"), filed("a", 2, sex="male", age_band="unknown")]
    counted = tally(records, [0, 1])
    assert counted.claimable(where({"age_group": "child"})) is None
    assert counted.claimable(where({"age_group": "child", "sex": "female"})) is None
    assert counted.claimable(where({"sex": "other"})) == Count(
        where=(("sex", "other"),), low=0, best=0, high=0
    )
    # What is said only of somebody out of scope does not count.
    records = [filed("a", 1, fate="killed"), filed("a", 2, fate="held", sex="male")]
    assert tally(records, [0, 1], KILLED).claimable(where({"sex": "male"})) is None


def test_a_claim_of_everyone_stands_beside_the_total():
    records = [filed("a", 1), filed("b", 1), filed("b", 2)]
    counted = tally(records, [0, 0, 2], high=[0, 1, 2])
    assert counted.claimable(()) == counted.total()


def test_persons_of_whom_no_source_states_what_the_scope_asks():
    records = [
        filed("a", 1, fate="killed", date="2031-02-03"),
        filed("a", 2, fate="killed"),
        filed("a", 3, date="2031-02-03"),
        filed("a", 4),
        filed("a", 5, fate="held"),
        # Each source states one of the two.
        filed("a", 6, fate="killed"), filed("b", 6, date_of_death="2031-02-03"),
    ]  # fmt: skip
    best = [0, 1, 2, 3, 4, 5, 5]
    # Nothing asked; the fate of 3 and 4; the date of 2 and 4 too, and 4 once.
    assert tally(records, best).unstated() == 0
    assert tally(records, best, KILLED).unstated() == 2
    assert tally(records, best, Scope(fates=("killed",), date="2031")).unstated() == 3
    strict = Scope(fates=("killed",), date="2031", unknown="exclude")
    assert tally(records, best, strict).unstated() == 0


@pytest.mark.parametrize("ask", ["count", "claimable", "breakdown"])
def test_a_field_that_cannot_be_counted_by(ask):
    counted = tally([filed("a", 1)], [0])
    asked = ["shoe_size"] if ask == "breakdown" else (("shoe_size", "44"),)
    with pytest.raises(CaseError, match="cannot be counted by 'shoe_size'"):
        getattr(counted, ask)(asked)


TWO_LISTS = {"first": ["a.csv", "b.csv"], "second": ["c.csv"], "third": ["d.csv"]}


def test_lists_overlap():
    records = [filed("a", 1), filed("b", 1), filed("c", 1), filed("c", 2)]
    by = tally(records, [0, 0, 0, 3], lists=TWO_LISTS).breakdown(["list"])
    assert by.overlapping
    assert rows(by) == {"first": (1, 1, 1), "second": (2, 2, 2)}


def test_capture_patterns():
    records = [filed("a", 1), filed("b", 1), filed("c", 1), filed("c", 2), filed("a", 3),
               filed("c", 4, fate="held")]  # fmt: skip
    best = [0, 0, 0, 3, 4, 5]
    counted = tally(records, best, KILLED, high=[0, 0, 2, 3, 4, 5], lists=TWO_LISTS)
    assert counted.patterns() == CapturePatterns(
        lists=("first", "second", "third"),
        rows=(((1, 1, 0), 1), ((1, 0, 0), 1), ((0, 1, 0), 1)),
    )
    assert counted.patterns("high").rows == (((1, 0, 0), 2), ((0, 1, 0), 2))


def test_a_count_is_in_order():
    with pytest.raises(ValueError, match="3, 2, 4 are not low, best, high"):
        Count(where=(), low=3, best=2, high=4)
