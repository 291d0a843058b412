"""Groups: who of them is named, and who is left beside the documented persons."""

from __future__ import annotations

import pytest
from counted import sources
from hypothesis import given
from hypothesis import strategies as st

from everyname.counts import Count, Figure, Group, Groups, Remainder, Scope, groups, with_groups
from everyname.counts.group import over_sources
from everyname.ledger import Filed, Locator, Record, Statement

KILLED = Scope(fates=("killed",), date="2031")


def stated(kind, source, key, **fields):
    said = tuple(Statement(field, value) for field, value in fields.items())
    record = Record(source, kind, str(key), "d" * 64, Locator("", 2), said, ())
    return Filed(record.id, f"{source}.csv", record)


def group(source, key, **fields):
    return stated("group", source, key, **fields)


def member(source, key, of):
    return stated("person", source, key, member_of=of)


def found(records, persons=None, scope=KILLED, known=None):
    """Groups of records, of which each person record is its own person unless told."""
    ids = {f.id: f"P-{f.record.key}" for f in records} | (persons or {})
    return groups(records, known or sources("a", "b", "c"), ids, scope)


def numbers(remainder):
    return remainder and (remainder.low, remainder.best, remainder.high)


def test_named_members_are_taken_out_of_the_number():
    family = group("a", "F1", best="7", fate="killed")
    records = [family, member("a", 1, "F1"), member("a", 2, "F1"), member("a", 3, "F1")]
    # The second and the third record are of one person.
    same = {records[3].id: "P-2"}
    result = found(records, same)
    (only,) = result.groups
    assert (only.key, only.members, only.included) == ("F1", ("P-1", "P-2"), True)
    assert (numbers(only.stated), numbers(only.remaining)) == ((7, 7, 7), (5, 5, 5))
    assert (only.overfull, result.named, result.strays) == (False, 2, ())
    assert numbers(with_groups(Count(where=(), low=8, best=10, high=12), result)) == (13, 15, 17)


@pytest.mark.parametrize(
    ("fields", "members", "expected", "overfull"),
    [
        ({"best": "3"}, 3, (0, 0, 0), False),
        ({"best": "3"}, 4, (0, 0, 0), True),
        ({"low": "3", "high": "5"}, 4, (0, 0, 1), False),
        ({"low": "3", "best": "4", "high": "5"}, 1, (2, 3, 4), False),
        # Without a best number, the lowest is the best.
        ({"low": "30", "high": "40"}, 0, (30, 30, 40), False),
        ({"low": "30"}, 2, (28, 28, None), False),
        ({"low": "3"}, 9, (0, 0, None), False),
        ({"high": "40"}, 2, (0, 0, 38), False),
        # No number of persons, so nothing can be taken out of it.
        ({}, 1, None, False),
        ({"low": "9", "best": "4"}, 1, None, False),
        ({"best": "2", "unit": "families"}, 3, None, False),
        ({"best": "2", "unit": "bodies"}, 3, None, False),
    ],
)
def test_what_remains_of_a_group(fields, members, expected, overfull):
    records = [group("a", "F1", **fields), *(member("a", n, "F1") for n in range(members))]
    (only,) = found(records).groups
    assert (numbers(only.remaining), only.overfull) == (expected, overfull)
    assert len(only.members) == members


def test_a_group_is_found_by_its_number_in_the_same_source_only():
    records = [
        group("a", "1", best="4"),
        group("b", "1", best="9"),
        # A further record of row 12, with a number of its own in the list.
        group("a", "12/family", best="5", listed_id="G3"),
        # Of a list whose rows name their own sources.
        group("a", "told-of:F7", best="5"),
        member("a", 20, "1"),
        member("a", 21, "12"),
        member("a", 22, "G3"),
        member("a", 23, "12/family"),
        member("a", 25, "F7"),
        member("c", 24, "1"),
    ]
    result = found(records)
    assert [g.members for g in result.groups] == [
        ("P-20",), (), ("P-21", "P-22", "P-23"), ("P-25",),
    ]  # fmt: skip
    (stray,) = result.strays
    assert (stray.record_id, stray.member_of) == (records[-1].id, "1")
    assert stray.reason == "its source has no group of this number"


def test_a_number_that_two_groups_have_is_told_and_decides_nothing():
    records = [
        group("a", "1", best="4", listed_id="G3"),
        group("a", "2", best="4", listed_id="G3"),
        member("a", 9, "G3"),
    ]
    result = found(records)
    assert [g.members for g in result.groups] == [(), ()]
    assert result.strays[0].reason == "2 groups of its source have this number"


def test_of_several_records_with_a_number_the_one_with_a_size_is_the_group():
    records = [
        group("a", "1/family", listed_id="G3", best="7"),
        group("a", "2/family", listed_id="G3"),
        member("a", 1, "G3"),
        member("a", 2, "G3"),
    ]
    result = found(records)
    assert [g.members for g in result.groups] == [("P-1", "P-2"), ()]
    assert (numbers(result.remaining), result.strays) == ((5, 5, 5), ())


def test_a_member_who_is_out_of_scope_is_not_taken_off_the_group():
    injured = stated("person", "a", 1, member_of="1", fate="injured")
    records = [group("a", "1", best="7", fate="killed", date="2031-02"), injured]
    result = found(records, scope=KILLED)
    assert numbers(result.remaining) == (7, 7, 7)
    assert "out of scope" in result.strays[0].reason


@pytest.mark.parametrize(
    ("fields", "unknown", "included"),
    [
        ({"fate": "killed", "date": "2031-02"}, "exclude", True),
        ({"fate": "injured", "date": "2031-02"}, "include", False),
        ({"fate": "missing", "date": "2031-02"}, "include", False),
        ({"fate": "killed", "date": "2030"}, "include", False),
        ({"fate": "killed"}, "include", True),
        ({"fate": "killed"}, "exclude", False),
        ({}, "include", True),
    ],
)
def test_groups_out_of_scope_are_left_out_like_persons(fields, unknown, included):
    records = [group("a", "1", best="4", **fields), member("a", 1, "1")]
    scope = KILLED.model_copy(update={"unknown": unknown})
    result = found(records, scope=scope)
    assert result.groups[0].included is included
    assert numbers(result.remaining) == ((3, 3, 3) if included else (0, 0, 0))
    assert result.named == int(included)


def test_groups_of_several_sources_are_not_added_up_in_silence():
    records = [
        group("a", "1", low="10", best="12", high="20"),
        group("a", "2", best="5"),
        group("b", "1", low="14", best="30", high="31"),
        group("c", "1", best="2", unit="families"),
        member("a", 1, "2"),
    ]
    result = found(records)
    assert [len(some) for some in (result.groups, result.included, result.counted)] == [4, 4, 3]
    assert numbers(result.stated) == (15, 30, 56)
    assert numbers(result.remaining) == (14, 30, 55)
    assert result.several_sources
    total = with_groups(Count(where=(), low=1, best=2, high=3), result)
    assert (numbers(total), total.words) == ((15, 32, 58), "15 to 58, best 32")


def test_a_copy_adds_nothing_to_the_sum():
    records = [group("a", "1", best="10"), group("b", "1", best="12"), group("c", "1", best="3")]
    known = sources("agency", "c", a=["agency"], b=["agency"])
    assert numbers(found(records, known=known).remaining) == (12, 12, 15)


def test_one_open_end_leaves_the_sum_open():
    records = [group("a", "1", low="10"), group("b", "1", best="3")]
    remaining = found(records).remaining
    assert (numbers(remaining), remaining.words) == ((10, 10, None), "at least 10")


def test_nobody():
    nothing = found([])
    assert nothing == Groups()
    assert (numbers(nothing.remaining), nothing.named) == ((0, 0, 0), 0)


def test_words():
    assert Remainder(low=0, best=0, high=0).words == "0"
    assert Remainder(low=1_000, best=1_000, high=1_000).words == "1,000"
    assert Remainder(low=1, best=4, high=None).words == "at least 1, best 4"


def test_victims_of_sexual_violence_are_noticed():
    assert found([group("a", "1", best="4", fate="sexual_violence")], scope=Scope()).protected
    assert not found([group("a", "1", best="4", fate="killed")], scope=Scope()).protected


NUMBER = st.integers(0, 50)
STATED = st.tuples(st.sampled_from("abc"), st.lists(NUMBER, min_size=3, max_size=3).map(sorted))


@given(st.lists(STATED, max_size=8), st.integers(0, 60), st.randoms())
def test_the_order_of_groups_changes_nothing_and_naming_more_never_adds(some, named, random):
    def number(source, values, key):
        low, best, high = values
        figure = Figure(record_id=str(key), source_id=source, said_by=source, roots=(source,),
                        low=low, best=best, high=high, unit="persons", fate="",
                        victim_class="all")  # fmt: skip
        members = tuple(f"P{n}" for n in range(named))
        return Group(figure=figure, key=str(key), members=members, included=True)

    made = [number(*one, key) for key, one in enumerate(some)]
    shuffled = made.copy()
    random.shuffle(shuffled)
    one, other = Groups(groups=tuple(made)), Groups(groups=tuple(shuffled))
    assert one.remaining == other.remaining
    assert one.remaining.low <= one.stated.low
    assert one.remaining.high <= one.stated.high
    total = sum(g.stated.high for g in made)
    assert one.stated.high == total
    assert over_sources((g.figure, g.stated) for g in made) == one.stated
