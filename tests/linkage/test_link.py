"""Linkage: records and judgements become persons."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from linked import FIVE_SCRIPTS, person, readings, two_lists

from everyname.errors import LinkageError
from everyname.ledger import Filed, Judgement
from everyname.linkage import Pairs, Thresholds, link, ties_of
from everyname.linkage.linkage import _clustered
from everyname.linkage.traits import table_of, traits_of

PEOPLE = frozenset(
    frozenset({f"north.csv {row}", f"south.csv {row}"}) for row in range(2, len(FIVE_SCRIPTS) + 2)
)


def renamed(records: list[Filed], names: dict[str, str]) -> list[Filed]:
    """The same records from sources of other names; the files stay."""
    moved = [replace(f.record, source=names[f.record.source]) for f in records]
    return [Filed(r.id, f.file, r) for f, r in zip(records, moved, strict=True)]


@pytest.fixture(scope="module")
def five():
    return link(two_lists())


def test_five_people_on_two_lists(five):
    assert readings(five) == (PEOPLE, PEOPLE, PEOPLE)
    assert sorted(map(len, five.groups())) == [2, 2, 2, 2, 2]


def test_groups_follow_the_best_reading(five):
    for group in five.groups():
        assert {int(five.clustering.best[place]) for place in group} == {group[0]}


def test_the_order_of_records_changes_nothing(five):
    records = two_lists()
    random.Random(3).shuffle(records)  # noqa: S311 - no secret
    again = link(records)
    assert again.records == five.records
    assert np.array_equal(again.clustering.low, five.clustering.low)
    assert np.array_equal(again.pairs.probability, five.pairs.probability)


def test_the_names_of_sources_change_nothing(five):
    moved = link(renamed(two_lists(), {"north": "south", "south": "north"}))
    assert readings(moved) == readings(five)
    assert np.array_equal(moved.pairs.probability, five.pairs.probability)


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_records(count):
    linkage = link(two_lists()[:count])
    assert len(linkage.records) == len(linkage.groups()) == count


def test_only_persons_are_linked():
    one = person("north", 4, name="Ivan Tomarov")
    group = replace(one.record, kind="group")
    with pytest.raises(LinkageError) as caught:
        link([Filed(group.id, "north.csv", group)])
    assert "a group record is not about a person" in str(caught.value)
    assert "north.csv, row 5" in str(caught.value)


def judged(a: Filed, b: Filed, decision: str, reviewer: str = "first") -> Judgement:
    return Judgement(a.record.reference, b.record.reference, decision, reviewer)


def test_two_reviewers_who_disagree_leave_a_pair_undecided():
    one, other = two_lists()[:2]
    judgements = [judged(one, other, "same"), judged(other, one, "different", "second")]
    for order in (judgements, judgements[::-1]):
        low, best, high = readings(link(two_lists(), order))
        assert low == PEOPLE
        assert best == high
        assert frozenset({"north.csv 2"}) in best


def test_two_reviewers_who_agree():
    one, other = two_lists()[:2]
    judgements = [judged(one, other, "different"), judged(one, other, "different", "second")]
    for reading in readings(link(two_lists(), judgements)):
        assert frozenset({"north.csv 2"}) in reading


def test_a_judgement_joins_different_names():
    records = two_lists()
    joined = frozenset({"north.csv 2", "south.csv 2", "north.csv 4", "south.csv 4"})
    for reading in readings(link(records, [judged(records[0], records[4], "same")])):
        assert joined in reading


def test_judgements_that_contradict_each_other_are_refused():
    a, b, c = two_lists()[:3]
    judgements = [judged(a, b, "same"), judged(b, c, "same"), judged(c, a, "different")]
    with pytest.raises(LinkageError) as caught:
        link(two_lists(), judgements)
    assert "judgements contradict each other" in str(caught.value)
    assert "north/1" in str(caught.value)
    assert "north/2" in str(caught.value)


def test_ties_pass_over_other_records_and_records_with_themselves():
    records = two_lists()[:3]
    judgements = [
        judged(records[1], records[0], "same"),
        judged(records[1], records[2], "unsure"),
        judged(records[0], records[0], "different"),
        Judgement("north/1", "elsewhere/9", "same", "first"),
    ]
    ties = ties_of(records, judgements)
    assert (ties.same, ties.different, ties.unsure) == (((0, 1),), (), ((1, 2),))


def test_names_in_conflict_do_not_meet_by_way_of_a_nameless_record():
    records = [
        person("a", 1, name="Ivan Tomarov"),
        person("b", 1, sex="male"),
        person("c", 1, name="Giorgi Beridze"),
    ]
    table = table_of([traits_of(filed.record) for filed in records])
    sure = Pairs(
        np.array([0, 1]), np.array([1, 2]), np.array([0.9999, 0.9998]), np.array([False, False])
    )
    pairs, clustering = _clustered(table, sure, Thresholds(), ties_of(records, []))
    assert (pairs.a.tolist(), pairs.b.tolist()) == ([0, 1, 0], [1, 2, 2])
    assert pairs.conflict.tolist() == [False, False, True]
    assert clustering.low.tolist() == clustering.best.tolist() == [0, 0, 2]


def test_judgements_move_no_other_pair(five):
    records = two_lists()
    linkage = link(records, [judged(records[0], records[1], "different")])
    assert np.array_equal(linkage.pairs.probability, five.pairs.probability)


FAMILY = (
    ("Ahmed Hassan Ali", "male", "34"),
    ("Fatima Hassan Ali", "female", "9"),
    ("Omar Hassan Ali", "male", "7"),
    ("Amr Hassan Ali", "male", "6"),
)
TWINS = (("Hussein Hassan", "male", "1"), ("Hassan Hassan", "male", "1"))
CHILDREN = (("Child 1 of Ahmed Ali", "", ""), ("Child 2 of Ahmed Ali", "", ""))


def one_village(source, people):
    """People killed on one day in one village."""
    context = {"date": "2031-02-03", "place": "Olvea"}
    return [
        person(source, key, name=name, sex=sex, age=age, **context)
        for key, (name, sex, age) in enumerate(people, start=1)
    ]


@pytest.mark.parametrize(
    "people", [FAMILY, TWINS, CHILDREN, FAMILY + TWINS + CHILDREN], ids=["4", "twins", "2", "all"]
)
def test_a_family_in_one_list_is_as_many_persons(people):
    _, best, high = readings(link(one_village("a", people)))
    assert len(best) == len(high) == len(people)


def test_a_family_on_two_lists_is_matched_each_to_its_own():
    linkage = link([*one_village("a", FAMILY), *one_village("b", FAMILY[::-1])])
    _, best, _ = readings(linkage)
    assert best == {frozenset({f"a.csv {row}", f"b.csv {7 - row}"}) for row in range(2, 6)}


def test_a_person_twice_on_one_list_is_found():
    twice = {"name": "Ahmed Hassan Ali", "birth_date": "1996-05-17", "date": "2031-02-03"}
    records = [*one_village("a", FAMILY[1:]), person("a", 8, **twice), person("a", 9, **twice)]
    _, best, _ = readings(link(records))
    assert frozenset({"a.csv 9", "a.csv 10"}) in best
    assert len(best) == 4
