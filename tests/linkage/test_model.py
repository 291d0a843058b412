"""Model: pairs scored by Splink on DuckDB, without labels."""

from __future__ import annotations

import logging
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked import person, two_lists

from everyname.ledger import Filed
from everyname.linkage import Model, Pairs, traits_of
from everyname.linkage.model import FLOOR, score
from everyname.linkage.training import in_order
from everyname.linkage.traits import table_of


def scored(records: list[Filed]) -> tuple[Pairs, Model]:
    return score(
        table_of([traits_of(filed.record) for filed in records]),
        [filed.file for filed in records],
        lambda _: None,
    )


def likely(records: list[Filed]) -> set[tuple[int, int]]:
    pairs, _ = scored(records)
    wanted = pairs.where(pairs.probability >= 0.5)
    return set(zip(wanted.a.tolist(), wanted.b.tolist(), strict=True))


@pytest.mark.parametrize(
    "records",
    [
        [],
        [person("a", 1, name="Ivan Tomarov")],
        [person("a", 1), person("b", 1)],
        [person("a", 1, name="Ivan Tomarov"), person("b", 1)],
        [person("a", key, sex="male") for key in range(30)],
        [person("a", key, place="Tamrud", date="2031") for key in range(30)],
    ],
    ids=["none", "one", "two without traits", "one trait once", "only sex", "only context"],
)
def test_nothing_to_compare(records):
    pairs, model = scored(records)
    assert len(pairs) == 0
    assert model == Model(trained=False, prior=0.0, levels=(), candidates=0)


def test_two_records():
    pairs, model = scored(two_lists()[:2])
    assert (pairs.a.tolist(), pairs.b.tolist()) == ([0], [1])
    assert pairs.probability[0] > 0.95
    assert not pairs.conflict[0]
    assert not model.trained


def test_five_scripts():
    assert likely(two_lists()) == {(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)}


def test_many_equal_records_are_one_person():
    same = [person("a", k, name="Ivan Tomarov", age="34", date="2031-01-02") for k in range(12)]
    assert len(likely(same)) == 66


def test_people_of_one_day_and_village_are_not_one_person():
    names = ["Ivan Tomarov", "Boris Kelin", "Marta Zelinko", "Danila Morev", "Olga Sarvina"]
    records = [
        person("a", key, name=name, date="2031-01-02", place="Tamrud", age=str(20 + 9 * key))
        for key, name in enumerate(names)
    ]
    assert likely(records) == set()


def test_members_of_a_family_are_not_one_person():
    family = ["Ivan", "Marta", "Sergo", "Ketevan", "Olga"]
    records = [
        person("a", key, name=f"{name} Tomaridze", date="2031-01-02", place="Tamrud")
        for key, name in enumerate(family)
    ]
    others = [
        person("a", 10 + key, name=name, date=f"2031-0{2 + key}-02", place="Oskelan")
        for key, name in enumerate(["Boris Kelin", "Olga Sarvina", "Danila Morev"])
    ]
    assert likely(records + others) == set()


def test_records_without_names_meet_in_day_place_and_age():
    records = [
        person("a", 1, date="2031-01-02", place="Tamrud", age="34", sex="male"),
        person("b", 1, date="2031-01-02", place="Tamrud", age="34", sex="male"),
        person("b", 2, date="2031-01-09", place="Oskelan", age="70", sex="male"),
        person("b", 3, date="2031-02-09", place="Mzikara", age="12", sex="female"),
    ]
    pairs, _ = scored(records)
    assert (pairs.a.tolist(), pairs.b.tolist()) == ([0], [1])


def test_a_mistake_in_the_day_still_finds_the_candidate():
    records = [
        person("a", 1, name="Ivan Petr Tomarov", date="2031-01-02", age="34"),
        person("b", 1, name="Ivan Tomarev", date="2031-01-03", age="34"),
    ]
    assert likely(records) == {(0, 1)}


def test_many_records_train_the_model():
    given_names = ["Ivan", "Boris", "Marta", "Danila", "Olga", "Sergo", "Levan", "Nika"]
    family = ["Tomar", "Kelin", "Zelink", "Morev", "Sarvin", "Gorel", "Dzavan", "Pashk", "Rumin"]
    records, number = [], 0
    for g in given_names:
        for f in family:
            for ending in ("ov", "idze"):
                number += 1
                fields = {
                    "name": f"{g} {f}{ending}",
                    "date": f"2031-{1 + number % 4:02d}-{1 + number % 3:02d}",
                    "place": ["Tamrud", "Oskelan"][number % 2],
                    "age": str(18 + number % 50),
                }
                records.append(person("a", number, **fields))
                records.append(person("b", number, **fields))
    pairs, model = scored(records)
    assert model.trained
    assert model.candidates == len(pairs)
    assert (pairs.probability >= FLOOR).all()
    found = pairs.where(pairs.probability >= 0.5)
    assert set(zip(found.a.tolist(), found.b.tolist(), strict=True)) == {
        (n, n + 1) for n in range(0, len(records), 2)
    }
    assert [name for name, *_ in model.levels[:1]] == ["name"]
    assert all(m >= 0 and u >= 0 for _, _, m, u in model.levels)


def test_splink_is_silent(caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        scored(two_lists())
    assert capsys.readouterr() == ("", "")
    assert logging.getLogger("splink").level != logging.CRITICAL


SHARES = st.floats(1e-6, 1.0)


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=9))
@settings(deadline=None)
def test_in_order(levels):
    m, u = [m for m, _ in levels], [u for _, u in levels]
    ordered = in_order(m, u)
    weights = [a / b for a, b in zip(ordered, u, strict=True)]
    assert all(a >= b * (1 - 1e-9) for a, b in pairwise(weights))
    assert sum(ordered) == pytest.approx(sum(m))
    assert in_order(ordered, u) == pytest.approx(ordered)


def test_in_order_leaves_what_is_in_order():
    assert in_order([0.6, 0.3, 0.1], [0.01, 0.1, 0.89]) == pytest.approx([0.6, 0.3, 0.1])


def test_in_order_pools_neighbours_only():
    assert in_order([0.001, 0.3, 0.1], [0.0001, 0.0002, 0.9]) == pytest.approx(
        [0.301 / 3, 0.602 / 3, 0.1]
    )
