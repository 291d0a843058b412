"""Blocking: which pairs are worth comparing, within an upper bound."""

from __future__ import annotations

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked import values

from everyname.linkage import blocking
from everyname.linkage.blocking import blocking_of, candidates_sql, random_pairs
from everyname.linkage.traits import traits_of


def candidates(found, new_from=None):
    """Pairs of positions that share a key."""
    with duckdb.connect() as connection:
        connection.register("incoming", found.keys.select("id", "key").to_arrow())
        connection.execute("CREATE TABLE keys AS SELECT * FROM incoming")
        rows = connection.execute(candidates_sql("keys", new_from)).fetchall()
    return sorted((a, b) for a, b, why in rows)


def people(count):
    """As many people of one village, each with a name of their own."""
    return [
        {"name": f"{chr(97 + n % 23) * 2}o{chr(97 + n // 23)}ul Tomarov", "place": "Tamrud",
         "date": "2031-01-02"}
        for n in range(count)
    ]  # fmt: skip


def test_records_that_share_a_rare_key_are_candidates_once():
    rows = [{"name": "Ivan Tomarov"}, {"name": "Boris Kelin"}, {"name": "Томаров Иван"}]
    assert candidates(blocking_of(traits_of(values(rows)))) == [(0, 2)]


def test_only_pairs_with_a_new_record():
    rows = [{"name": "Ivan Tomarov"}] * 4
    found = blocking_of(traits_of(values(rows)))
    assert candidates(found) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert candidates(found, new_from=3) == [(0, 3), (1, 3), (2, 3)]


@pytest.mark.parametrize("rows", [[], [{}], [{}, {}], [{"sex": "male"}] * 9], ids=len)
def test_nothing_to_look_up(rows):
    found = blocking_of(traits_of(values(rows)))
    assert found.keys.height == 0
    assert candidates(found) == []


def test_candidates_stay_within_the_bound_and_rare_keys_are_kept(monkeypatch):
    monkeypatch.setattr(blocking, "PER_RECORD", 3)
    rows = people(120)
    rows += [{"name": "Zora Quillan", "place": "Tamrud"}, {"name": "Quillan Zora", "age": "7"}]
    found = blocking_of(traits_of(values(rows)))
    pairs = candidates(found)
    assert (120, 121) in pairs
    assert len(pairs) <= 3 * len(rows) + len(rows)
    assert any(family.left_out for family in found.families)


def test_the_account_of_the_families_adds_up():
    found = blocking_of(traits_of(values(people(60))))
    for at, family in enumerate(found.families):
        keys = found.keys.filter(pl.col("family") == at)
        sizes = keys.group_by("key").len()["len"]
        assert family.pairs == sum(n * (n - 1) // 2 for n in sizes.to_list()), family.name
        assert (sizes.max() or 0) <= family.largest


NAMES = st.lists(st.sampled_from(["Ivan", "Boris", "Marta", "Tomarov", "Kelin"]), max_size=3)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES.map(" ".join),
            "date": st.sampled_from(["", "2031-01-02", "2031-01-03"]),
            "place": st.sampled_from(["", "Tamrud", "Oskelan"]),
        }
    ),
    max_size=12,
)


@given(ROWS)
@settings(deadline=None, max_examples=25)
def test_every_pair_that_shares_a_key_that_nobody_else_has_is_a_candidate(rows):
    from everyname.linkage.keys import families

    traits = traits_of(values(rows))
    wanted = set()
    for _, keys in families(traits):
        groups = keys.group_by("key").agg("id")["id"].to_list()
        wanted |= {tuple(sorted(ids)) for ids in groups if len(ids) == 2}
    assert wanted <= set(candidates(blocking_of(traits)))


@given(ROWS, st.integers(1, 40))
@settings(deadline=None, max_examples=25)
def test_random_pairs_are_of_two_records_and_those_of_events_share_one(rows, number):
    traits = traits_of(values(rows))
    drawn = random_pairs(traits, number, 613).to_pydict()
    pairs = list(zip(drawn["join_key_l"], drawn["join_key_r"], drawn["match_key"], strict=True))
    assert all(0 <= a < b < len(rows) for a, b, _ in pairs)
    for a, b, why in pairs:
        assert why in {"1", "2"}
        if why == "2":
            assert rows[a]["date"] == rows[b]["date"] != ""
            assert rows[a]["place"] == rows[b]["place"] != ""
    assert sum(why == "1" for *_, why in pairs) <= number


def test_few_records_are_all_compared_with_each_other():
    rows = [{"name": "Ivan"}] * 5
    drawn = random_pairs(traits_of(values(rows)), 10, 613)
    assert list(zip(*drawn.to_pydict().values(), strict=True)) == [
        (a, b, "1") for a, b in zip(*np.triu_indices(5, 1), strict=True)
    ]
