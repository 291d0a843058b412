"""Arrival: a list that comes later joins the persons it would have joined at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from linked import linked, partition, readings, together, two_lists, values

from everyname.errors import LinkageError
from everyname.linkage import (
    Known,
    Thresholds,
    Ties,
    Traits,
    cluster,
    link_new,
    link_values,
    traits_of,
)
from everyname.linkage.calibration import Calibration
from everyname.linkage.keys import families
from everyname.linkage.new_traits import new_traits
from everyname.simulation import simulated_records

FIRST, NEW = 2000, 200


def pairs_of(labels):
    """Pairs of records that are put together."""
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return {(int(a), int(b)) for g in groups for at, a in enumerate(g) for b in g[at + 1 :]}


@pytest.fixture(scope="module")
def drawn():
    """Records in an order of chance: the last of them arrive later."""
    made = simulated_records(records=FIRST + NEW, seed=5)
    order = np.random.default_rng(5).permutation(FIRST + NEW)
    return made.values[order], made.lists.gather(order), made.persons[order]


@pytest.fixture(scope="module")
def known(drawn):
    records, lists, _ = drawn
    return Known(link_values(records[:FIRST], lists[:FIRST]), lists[:FIRST])


@pytest.fixture(scope="module")
def arrived(drawn, known):
    records, lists, _ = drawn
    return link_new(records[FIRST:], lists[FIRST:], known)


def test_records_that_arrive_later_join_the_persons_they_would_have_joined_at_once(drawn, arrived):
    records, lists, person = drawn
    at_once, later = (
        pairs_of(linkage.clustering.best) for linkage in (link_values(records, lists), arrived)
    )
    assert len(at_once & later) / len(at_once | later) >= 0.97
    new = [{pair for pair in found if pair[1] >= FIRST} for found in (at_once, later)]
    assert len(new[0] & new[1]) / len(new[0] | new[1]) >= 0.94
    true = {pair for pair in pairs_of(person) if pair[1] >= FIRST}
    assert len(new[1] & true) / len(new[1]) >= 0.93
    assert len(new[1] & true) / len(true) >= 0.95


def test_known_persons_without_a_new_record_are_unchanged(known, arrived):
    for before, after in zip(readings(known.linkage), readings(arrived), strict=True):
        renewed = {record for person in after if max(person) >= FIRST for record in person}
        untouched = {person for person in before if person.isdisjoint(renewed)}
        assert untouched <= after
        assert len(untouched) > 0.7 * len(before)


def test_known_pairs_and_the_model_are_kept(known, arrived):
    assert arrived.model == known.linkage.model
    size = len(known.linkage.pairs)
    assert arrived.pairs.where(np.arange(len(arrived.pairs)) < size).probability.tolist() == (
        known.linkage.pairs.probability.tolist()
    )
    assert (arrived.pairs.b[size:] >= FIRST).all()


@pytest.mark.parametrize("repeats", [0.0, 6.0])
def test_putting_together_what_is_reached_gives_what_all_records_would(
    drawn, known, arrived, repeats
):
    records, lists, _ = drawn
    former = known.linkage
    same = [pair for pair in sorted(pairs_of(former.clustering.low)) if pair[1] % 9 == 0]
    ties = Ties(same=((0, FIRST), *same[:5]), different=((1, 2), *same[20:25]), unsure=((3, 4),))
    pairs = replace(former.pairs, repeats=repeats)
    before = replace(former, pairs=pairs, clustering=cluster(FIRST, pairs, Thresholds()))
    found = link_new(records[FIRST:], lists[FIRST:], Known(before, lists[:FIRST]), ties=ties)
    assert len(found.pairs) == len(arrived.pairs)
    whole = cluster(FIRST + NEW, found.pairs, Thresholds(), ties)
    for reading in ("low", "best", "high"):
        assert np.array_equal(getattr(found.clustering, reading), getattr(whole, reading))
    assert found.clustering.undecided == whole.undecided


def test_the_readings_stay_nested(arrived):
    low, best, high = readings(arrived)
    for finer, coarser in ((high, best), (best, low)):
        of = {record: person for person in coarser for record in person}
        assert all(person <= of[min(person)] for person in finer)


def test_the_order_of_new_records_changes_nothing_but_labels(drawn, known, arrived):
    records, lists, _ = drawn
    order = FIRST + np.random.default_rng(3).permutation(NEW)
    again = link_new(records[order], lists.gather(order), known)
    assert readings(again, [*range(FIRST), *order.tolist()]) == readings(arrived)
    assert again.clustering.undecided == arrived.clustering.undecided


def test_an_empty_new_list_changes_nothing(drawn, known):
    records, _, _ = drawn
    again = link_new(records[:0], [], known)
    assert readings(again) == readings(known.linkage)
    assert again.clustering.undecided == known.linkage.clustering.undecided
    assert again.traits.frame.equals(known.linkage.traits.frame)


def test_one_arrival_after_another(drawn, known, arrived):
    records, lists, _ = drawn
    half = FIRST + NEW // 2
    one = link_new(records[FIRST:half], lists[FIRST:half], known)
    both = link_new(records[half:], lists[half:], Known(one, lists[:half]))
    found, expected = pairs_of(both.clustering.best), pairs_of(arrived.clustering.best)
    assert len(found & expected) / len(found | expected) >= 0.99


FIVE, LISTS = two_lists()
NORTH, SOUTH = FIVE[::2], FIVE[1::2]
# Of five people on two lists, what two lists teach about the third.
THIRD = values([NORTH[0], {"name": "Piotr Zawada", "age": "51", "date": "2030-07-09"}])


@pytest.fixture(scope="module")
def five():
    return Known(linked(FIVE, LISTS), LISTS)


def later(known, new=THIRD, **how):
    return readings(link_new(new, ["east"] * new.height, known, **how))


def test_a_new_record_joins_its_person_and_a_stranger_none(five):
    persons = together([0, 1, 10], [2, 3], [4, 5], [6, 7], [8, 9], [11])
    assert later(five) == (persons,) * 3


def test_judgements_about_new_and_about_known_records_hold(five):
    ties = Ties(same=((2, 11),), different=((1, 10), (0, 10), (4, 5)))
    persons = together([0, 1], [10], [2, 3, 11], [4], [5], [6, 7], [8, 9])
    assert later(five, ties=ties) == (persons,) * 3


def test_what_is_judged_unsure_is_one_person_in_low_alone(five):
    low, best, high = later(five, ties=Ties(unsure=((2, 11),)))
    assert together([2, 3, 11]) < low
    assert together([2, 3], [11]) < best == high


def test_judgements_that_the_former_linkage_knew_still_hold():
    ties = Ties(same=((0, 2),))
    judged = Known(linked(FIVE, LISTS, ties=ties), LISTS)
    assert together([0, 1, 2, 3, 10]) < later(judged, ties=ties)[1]


def test_judgements_that_contradict_each_other_are_refused(five):
    with pytest.raises(LinkageError, match="contradict"):
        later(five, ties=Ties(same=((0, 10), (1, 10)), different=((0, 1),)))


def test_names_with_nothing_in_common_are_in_conflict(five):
    other = {**NORTH[0], "name": "Piotr Zawada"}
    found = link_new(values([other]), ["east"], five)
    conflicts = found.pairs.where(found.pairs.conflict)
    met = set(zip(conflicts.a.tolist(), conflicts.b.tolist(), strict=True))
    assert {(0, 10), (1, 10)} <= met
    assert together([0, 1], [10]) < readings(found)[1]


def test_what_is_expected_of_persons_is_carried_over(five):
    pairs = replace(five.linkage.pairs, repeats=0.5, least_share=0.2)
    found = link_new(THIRD, ["east"] * 2, Known(replace(five.linkage, pairs=pairs), LISTS))
    assert (found.pairs.repeats, found.pairs.least_share) == (0.5, 0.2)


def test_the_correction_learnt_from_judgements_holds_for_new_pairs(five):
    doubting = replace(five.linkage, calibration=Calibration(shift=-60.0, number=50))
    found = link_new(THIRD, ["east"] * 2, Known(doubting, LISTS))
    assert found.calibration == doubting.calibration
    assert together([10], [11]) < readings(found)[0]


def test_known_records_of_one_list_say_nothing_against_a_second(drawn):
    records, lists, person = drawn
    chosen = [np.flatnonzero((lists == name).to_numpy()) for name in ("hospital", "burials")]
    one, other = chosen[0], chosen[1][:50]
    before = Known(link_values(records[one], lists.gather(one)), lists.gather(one))
    found = link_new(records[other], lists.gather(other), before)
    both = np.concatenate([one, other])
    new = {pair for pair in pairs_of(found.clustering.best) if pair[1] >= len(one)}
    true = {pair for pair in pairs_of(person[both]) if pair[1] >= len(one)}
    assert len(new & true) / len(true) >= 0.9
    assert len(new & true) / len(new) >= 0.9
    assert found.model.prior > 10 * before.linkage.model.prior


def test_known_records_that_teach_nothing_are_refused():
    with pytest.raises(LinkageError, match="nothing was learnt from the 0 known records"):
        later(Known(linked([]), []))


def test_new_traits_are_those_of_the_known_records_where_these_state_the_same(five):
    frame = five.linkage.traits.frame
    again = new_traits(values(FIVE), frame)
    assert again["unique_id"].to_list() == list(range(10, 20))
    assert again.drop("unique_id").equals(frame.drop("unique_id"))


def test_new_names_get_tokens_of_their_own_and_are_the_rarest(five):
    frame = five.linkage.traits.frame
    row = new_traits(values([{"name": "Ivan Quorbell", "place": "Tamrud"}]), frame).to_dicts()[0]
    ivan, tomarov = frame["tokens"][0].to_list()
    assert len({ivan, tomarov} & set(row["tokens"])) == 1
    assert not set(row["tokens"]) <= set(frame["tokens"].explode())
    assert row["name_class"] == frame["name_class"][0]
    assert row["place_class"] == frame["place_class"][0]
    assert row["date_class"] == -1


def test_a_second_form_of_a_name_is_the_name_only_where_there_is_no_first(five):
    new = [{"name": "Ivan Tomarov", "name_other": "Yann Tomarov"}, {"name_other": "Yann Tomarov"}]
    frame = new_traits(values(new), five.linkage.traits.frame)
    assert frame["name"].to_list() == ["ivan tomarov", "tomarov yann"]


def test_of_known_records_only_the_frame_is_read(five):
    bare = replace(five.linkage, traits=Traits(five.linkage.traits.frame, {}))
    assert later(Known(bare, LISTS)) == later(five)


def test_only_the_columns_that_the_new_list_has_are_needed(five):
    found = link_new(pl.DataFrame({"name": [NORTH[0]["name"]]}), ["east"], five)
    assert partition(found.clustering.best.tolist(), range(11)) == together(
        [0, 1, 10], [2, 3], [4, 5], [6, 7], [8, 9]
    )


def test_keys_for_new_records_are_those_of_all_that_a_new_record_has(drawn):
    traits = traits_of(drawn[0])
    every, found = (pl.concat(keys for _, keys in families(traits, new)) for new in (None, FIRST))
    new = every.filter(pl.col("id") >= FIRST).select("key").unique()
    expected = every.join(new, on="key", how="semi")
    assert found.sort("key", "id").equals(expected.sort("key", "id"))
