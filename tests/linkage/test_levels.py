"""Levels: each level of each comparison, met by a pair made by hand."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pytest
from linked import FIVE_SCRIPTS, values

from everyname.linkage.comparisons import comparisons_of
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.engine import opened
from everyname.linkage.levels import levels_of
from everyname.linkage.traits import traits_of

NOT_STATED = "-"


def name(expected, one, other):
    return "name", expected, {"name": one}, {"name": other}


def fact(comparison, field, expected, one, other):
    return comparison, expected, {field: one}, {field: other}


EXAMPLES = [
    ("name", NOT_STATED, {"name": "Ivan Tomarov"}, {}),
    name(NOT_STATED, "unidentified man", "unidentified man"),
    name("same parts", "Ivan Tomarov", "Томаров, Иван"),
    name("same parts", "Child 1 of Ahmed Ali", "Child 1 of Ahmed Ali"),
    name("same sounds", "Khasan Guseynov", "Hassan Huseynov"),
    name("same sounds", "Elena Tomarova", "Olena Tomarova"),
    name("same sounds", "Vladimir Tomarov", "Volodymyr Tomarov"),
    name("one within the other", "Ivan Tomarov", "Ivan Petrovich Tomarov"),
    name("one within the other", "Tomarov", "Ivan Tomarov"),
    name("a part slightly misspelt", "Kirila Dorevan", "Kirila Dorebvan"),
    name("a part misspelt", "I. Tomarov", "Ivan Tomarov"),
    name("alike", "Marta Zelinko", "Marsa Zedlino"),
    name("somewhat alike", "Danila Morev", "Darina Gorel"),
    name("two parts in common, another differs", "Ivan Petr Tomarov", "Ivan Boris Tomarov"),
    name("three or more parts in common, another differs", "Amr Hassan Ali",
         "Omar Hassan Ali"),
    name(
        "three or more parts in common, another differs",
        "Child 1 of Ahmed Ali",
        "Child 2 of Ahmed Ali",
    ),
    name("one part in common, another differs", "Ivan Tomarov", "Boris Tomarov"),
    name("one part in common, another differs", "Ivan Tomaridze", "Levan Tomaridze"),
    name("one part in common, another differs", "Hussein Hassan", "Hassan Hassan"),
    name("nothing in common", "Ivan Tomarov", "Giorgi Beridze"),
    ("birth", NOT_STATED, {"birth_date": "1990-05-01"}, {"age": "34"}),
    fact("birth", "birth_date", "same day", "1990-05-01", "1990-05-01"),
    fact("birth", "birth_date", "one digit differs", "1990-05-01", "1999-05-01"),
    fact("birth", "birth_date", "differs in one part", "1990-05-01", "1990-05-29"),
    fact("birth", "birth_date", "differs in one part", "1990-05-01", "1990-01-05"),
    fact("birth", "birth_date", "may be the same", "1990-05-01", "1990"),
    fact("birth", "birth_date", "may be the same", "1990", "1990-05/1991"),
    fact("birth", "birth_date", "same year", "1990-05-01", "1990-09-20"),
    fact("birth", "birth_date", "within two years", "1990-05-01", "1991-08-20"),
    fact("birth", "birth_date", "within two years", "1990", "1992-12-30"),
    fact("birth", "birth_date", "different", "1990-05-01", "1950-09-20"),
    ("age", NOT_STATED, {"age": "34"}, {}),
    ("age", NOT_STATED, {"age": "34", "birth_date": "1990"}, {"age": "34", "birth_date": "1990"}),
    ("age", "same", {"age": "34"}, {"birth_date": "1990", "date": "2024-06-01"}),
    fact("age", "age", "same", "34", "30/39"),
    fact("age", "age", "one year apart", "34", "35"),
    fact("age", "age", "up to three years apart", "34~", "37"),
    fact("age", "age", "up to ten years apart", "34", "44"),
    fact("age", "age", "further apart", "0.5", "11"),
    fact("sex", "sex", NOT_STATED, "male", "unknown"),
    fact("sex", "sex", "same", "male", "male"),
    fact("sex", "sex", "different", "male", "female"),
    ("date", NOT_STATED, {"date": "2031-01-02"}, {}),
    fact("date", "date", "same day", "2031-01-02", "2031-01-02"),
    fact("date", "date", "one day apart", "2031-01-02", "2031-01-03"),
    fact("date", "date", "may be the same", "2031-01-02", "2031-01"),
    fact("date", "date", "may be the same", "2031", "2031"),
    fact("date", "date", "within a week", "2031-01-02", "2031-01-09"),
    fact("date", "date", "within a month", "2031-01-02", "2031-02"),
    fact("date", "date", "further apart", "2031-01-02", "2032"),
    ("place", NOT_STATED, {"place": "Tamrud"}, {}),
    ("place", NOT_STATED, {"place": "Tamrud"}, {"latitude": "41.5", "longitude": "44.25"}),
    fact("place", "place", "same place", "Tamrud", "Тамруд"),
    fact("place", "place", "spelt alike, or one within the other", "Verkhny Log", "Verkhnij Log"),
    fact("place", "place", "spelt alike, or one within the other", "Alder Mill",
         "Alder Mill, Southern district"),
    ("place", "near each other", {"place": "Tamrud", "latitude": "41.5", "longitude": "44.25"},
     {"place": "Oskelan", "latitude": "41.55", "longitude": "44.3"}),
    ("place", "near each other", {"latitude": "41.5", "longitude": "44.25"},
     {"latitude": "41.5", "longitude": "44.25"}),
    fact("place", "place", "one in the area of the other", "Alder Mill, Southern district",
         "Southern district"),
    fact("place", "place", "one in the area of the other", "Tamrud, Southern district",
         "Oskelan, Southern district"),
    fact("place", "place", "different", "Tamrud", "Oskelan"),
    ("place", "different", {"latitude": "41.5", "longitude": "44.25"},
     {"latitude": "-41.5", "longitude": "44.25"}),
    fact("occupation", "occupation", NOT_STATED, "teacher", ""),
    fact("occupation", "occupation", "same", "Teacher", "teacher"),
    fact("occupation", "occupation", "spelt alike", "teacher", "teachr"),
    fact("occupation", "occupation", "different", "teacher", "farmer"),
]  # fmt: skip


@cache
def found() -> list[tuple[str, str]]:
    """For every example, the label of the level of its comparison: as given, and swapped."""
    pairs = [example[2:] for example in EXAMPLES]
    rows = [row for one, other in pairs for row in (one, other)]
    rows += [row for one, other in pairs for row in (other, one)]
    labels = levels(rows, [(n, n + 1) for n in range(0, len(rows), 2)])
    each = [(label, name) for label, (name, *_) in zip(labels, EXAMPLES * 2, strict=True)]
    met = [label[name] for label, name in each]
    return list(zip(met[: len(EXAMPLES)], met[len(EXAMPLES) :], strict=True))


def levels(rows, pairs) -> list[dict[str, str]]:
    """Label of the level of every comparison, a pair."""
    traits = traits_of(values(rows))
    comparisons = comparisons_of(lambda _: 2, DUCKDB)
    with opened() as engine:
        engine.put("records", traits.table)
        a, b = zip(*pairs, strict=True)
        why = ["0"] * len(a)
        engine.put("pairs", pa.table({"join_key_l": a, "join_key_r": b, "match_key": why}))
        table = levels_of(engine, "records", "pairs", comparisons, event=True)
    place = {pair: n for n, pair in enumerate(zip(table.a.tolist(), table.b.tolist(), strict=True))}
    labels = []
    for pair in pairs:
        subs = table.patterns[table.pattern[place[pair]]].tolist()
        labels.append(
            {
                c.name: NOT_STATED if sub < 0 else c.levels[sub // c.width].label
                for c, sub in zip(comparisons, subs, strict=True)
            }
        )
    return labels


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_level(number):
    comparison, expected, one, other = EXAMPLES[number]
    assert (comparison, *found()[number]) == (comparison, expected, expected), (one, other)


def test_every_level_of_the_main_comparisons_has_an_example():
    shown = {(comparison, label) for comparison, label, *_ in EXAMPLES}
    main = {comparison for comparison, _ in shown}
    every = {
        (c.name, level.label)
        for c in comparisons_of(lambda _: 2, DUCKDB)
        if c.name in main
        for level in c.levels
    }
    assert every <= shown
    assert shown - every == {(comparison, NOT_STATED) for comparison in main}


def test_a_pair_is_compared_in_everything_at_once():
    rows = []
    for name_, other, age, date, place, sex in FIVE_SCRIPTS[:1]:
        rest = {"age": age, "date": date, "place": place, "sex": sex}
        rows += [{"name": name_, **rest}, {"name": other, **rest}]
    (found_,) = levels(rows, [(0, 1)])
    assert found_ == {
        "name": "same parts",
        "birth": NOT_STATED,
        "age": "same",
        "sex": "same",
        "date": "same day",
        "place": "same place",
        **dict.fromkeys(
            ("place_origin", "residence_address", "residence_place", "residence_code",
             "occupation"), NOT_STATED),
    }  # fmt: skip


def test_a_level_is_divided_by_how_rare_the_shared_value_is():
    rows = [{"date": "2031-01-02"}] * 60 + [{"date": "2031-05-06"}] * 4
    traits = traits_of(values(rows))
    (comparison,) = comparisons_of(traits.stated, DUCKDB)
    with opened() as engine:
        engine.put("records", traits.table)
        engine.put(
            "pairs",
            pa.table({"join_key_l": [0, 60], "join_key_r": [1, 61], "match_key": ["0"] * 2}),
        )
        found_ = levels_of(engine, "records", "pairs", (comparison,), event=False)
    labels = comparison.labels()
    subs = found_.patterns[found_.pattern, 0].tolist()
    assert {a: labels[sub] for a, sub in zip(found_.a.tolist(), subs, strict=True)} == {
        0: "same day, common (more than 1 in 8)",
        60: "same day, 1 in 8 or rarer",
    }
    assert found_.event.tolist() == [-1, -1]


def test_what_nobody_states_twice_is_not_compared():
    traits = traits_of(values([{"name": "Ivan", "sex": "male"}, {"name": "Boris", "age": "7"}]))
    assert [c.name for c in comparisons_of(traits.stated, DUCKDB)] == ["name"]


@pytest.mark.parametrize("comparison", comparisons_of(lambda _: 2, DUCKDB), ids=lambda c: c.name)
def test_what_is_believed_of_one_person_are_shares(comparison):
    # They are brought to one where they are used.
    assert sum(level.m for level in comparison.levels) == pytest.approx(1, abs=0.02)
    assert len(comparison.labels()) == comparison.sublevels
    assert len({level.label for level in comparison.levels}) == len(comparison.levels)
