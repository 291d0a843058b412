"""Identity: persons keep their ids from run to run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from everyname.ledger import Assignment
from everyname.linkage.identity import identify, identify_columns

Clusters = Sequence[Sequence[str]]


class Memory:
    """What a ledger keeps between runs: who is who, and which ids lead elsewhere."""

    def __init__(self) -> None:
        self.memberships: dict[str, str] = {}
        self.redirects: dict[str, str] = {}

    def run(self, *clusters: Sequence[str]) -> tuple[str, ...]:
        ids, assignment = identify(clusters, self.memberships, self.redirects)
        self.memberships.update(assignment.changes)
        self.memberships = {r: p for r, p in self.memberships.items() if p}
        self.redirects.update(assignment.redirects)
        return ids


def test_the_first_run():
    ids, assignment = identify([["a/1", "b/1"], ["a/2"]], {}, {})
    assert ids == ("P-w7l3tvq2pd", "P-3k472ps6za")
    assert identify([["a/1", "b/1"], ["a/2"]], {}, {}, b"secret")[0] != ids
    assert assignment.changes == (("a/1", ids[0]), ("a/2", ids[1]), ("b/1", ids[0]))
    assert assignment.redirects == ()


def test_nobody():
    ids, assignment = identify([], {}, {})
    assert (ids, assignment.changes, assignment.redirects) == ((), (), ())


def test_the_same_partition_again_changes_nothing():
    memory = Memory()
    first = memory.run(["a", "b"], ["c"])
    ids, assignment = identify([["c"], ["b", "a"]], memory.memberships, memory.redirects)
    assert ids == (first[1], first[0])
    assert (assignment.changes, assignment.redirects) == ((), ())


def test_new_records_join_the_person():
    memory = Memory()
    first = memory.run(["b"], ["d"])
    assert memory.run(["a", "b", "c"], ["d"], ["e"])[:2] == first


def test_persons_that_merge_leave_a_way():
    memory = Memory()
    one, two = memory.run(["a"], ["b", "c"])
    assert memory.run(["a", "b", "c"]) == (two,)
    assert memory.redirects == {one: two}


def test_a_person_that_splits_keeps_its_id_with_the_larger_part():
    memory = Memory()
    (whole,) = memory.run(["a", "b", "c"])
    small, large = memory.run(["a"], ["b", "c"])
    assert large == whole
    assert small not in {whole, ""}
    assert memory.redirects == {}


def test_a_person_that_splits_evenly_keeps_its_id_with_the_first_record():
    memory = Memory()
    (whole,) = memory.run(["a", "b"])
    assert memory.run(["b"], ["a"])[1] == whole


def test_an_id_that_leads_elsewhere_is_not_given_again():
    memory = Memory()
    one, two = memory.run(["a"], ["b", "c"])
    memory.run(["a", "b", "c"])
    third, again = memory.run(["a"], ["b", "c"])
    assert again == two
    assert third not in {one, two}


def test_an_id_comes_back_with_its_record():
    memory = Memory()
    one, two = memory.run(["a"], ["b"])
    assert memory.run(["a"]) == (one,)
    assert memory.redirects == {}
    assert memory.run(["a"], ["b"]) == (one, two)


def test_an_id_whose_last_records_had_joined_it_later_leads_nowhere():
    memory = Memory()
    (whole,) = memory.run(["a"])
    memory.run(["a", "b", "c"])
    # The record that the id was made from goes to somebody else; the others keep the id.
    other, kept = memory.run(["a"], ["b", "c"])
    assert kept == whole
    assert memory.run(["a"]) == (other,)
    assert memory.redirects == {whole: ""}
    memory.run()
    assert memory.run(["a"])[0] != whole


RECORDS = [f"r{number}" for number in range(7)]


class Runs(RuleBasedStateMachine):
    """Runs in which records come, go, join and part."""

    @initialize()
    def begin(self) -> None:
        self.memory = Memory()
        self.holders: dict[str, set[str]] = {}
        self.clusters: list[list[str]] = []
        self.ids: tuple[str, ...] = ()

    @rule(
        places=st.lists(st.integers(-1, 4), min_size=len(RECORDS), max_size=len(RECORDS)),
        random=st.randoms(use_true_random=False),
    )
    def run(self, places: list[int], random) -> None:
        groups: dict[int, list[str]] = {}
        for record, place in zip(RECORDS, places, strict=True):
            if place >= 0:
                groups.setdefault(place, []).append(record)
        clusters = [random.sample(group, len(group)) for group in groups.values()]
        random.shuffle(clusters)
        before = dict(self.memory.memberships)
        led = dict(self.memory.redirects)
        ids = self.memory.run(*clusters)
        assert len(set(ids)) == len(clusters)
        assert not set(ids) & set(led), "an id that leads elsewhere is held again"
        for id_, members in zip(ids, clusters, strict=True):
            known = self.holders.setdefault(id_, set(members))
            assert known & set(members), "an id was given to somebody else"
            if id_ not in before.values():
                # New, or back with a record that was the last to hold it.
                self.holders[id_] = set(members)
            else:
                assert any(before.get(m) == id_ for m in members)
                known.update(members)
        self.clusters, self.ids = clusters, ids

    @rule()
    def run_again(self) -> None:
        ids, assignment = identify(self.clusters, self.memory.memberships, self.memory.redirects)
        assert ids == self.ids
        assert (assignment.changes, assignment.redirects) == ((), ())

    @invariant()
    def every_way_ends(self) -> None:
        held = set(self.memory.memberships.values())
        for id_ in self.memory.redirects:
            seen = set()
            while id_ in self.memory.redirects:
                assert id_ not in seen, "ids lead in a circle"
                seen.add(id_)
                id_ = self.memory.redirects[id_]  # noqa: PLW2901 - following the way
            assert id_ in held or id_ == "" or id_ in self.holders


TestRuns = Runs.TestCase
TestRuns.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)


def columns(memory: Memory) -> pl.DataFrame:
    """What a ledger keeps, as `LedgerReader.membership_columns` gives it."""
    rows = list(memory.memberships.items())
    return pl.DataFrame(rows, schema={"record": pl.String, "person": pl.String}, orient="row")


def test_in_columns_every_record_has_the_id_of_its_cluster():
    memory = Memory()
    one, two = memory.run(["a/1", "b/1"], ["a/2"])
    references = pl.Series(["b/9", "a/2", "b/1", "a/1", "a/9"])
    labels = np.array([7, 3, 5, 5, 3])
    persons, assignment = identify_columns(references, labels, columns(memory), {})
    new = persons[0]
    assert persons.to_list() == [new, two, one, one, two]
    assert new not in {one, two}
    assert assignment == Assignment((("a/9", two), ("b/9", new)))


def test_in_columns_nobody():
    memory = Memory()
    memory.run(["a"], ["b"])
    nobody = pl.Series([], dtype=pl.String)
    persons, assignment = identify_columns(
        nobody, np.array([], dtype=np.int64), columns(memory), {}
    )
    assert persons.to_list() == []
    assert assignment == Assignment((("a", ""), ("b", "")))


def test_two_new_persons_whose_ids_would_be_one(monkeypatch):
    def clashing(members, secret, again=0):
        del secret
        return [f"P-{len(member)}{again}" for member in members]

    monkeypatch.setattr("everyname.linkage.identity._made_from", clashing)
    memory = Memory()
    assert memory.run(["a"], ["b"], ["c", "cc"]) == ("P-10", "P-11", "P-12")
    assert memory.run(["a"], ["b"], ["c"], ["cc"], ["d"]) == (
        "P-10", "P-11", "P-12", "P-20", "P-13",
    )  # fmt: skip
