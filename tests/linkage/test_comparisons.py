"""Comparisons: each level, met by a pair made by hand."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from linked import person

from everyname.linkage import comparisons, traits_of
from everyname.linkage.name_conflict import MOST_NAMESAKES, conflicting
from everyname.linkage.traits import table_of

MAKERS = {
    "name": comparisons.name_comparison,
    "birth": comparisons.birth_comparison,
    "date": comparisons.date_comparison,
    "sex": comparisons.sex_comparison,
    "place": comparisons.place_comparison,
}


def _columns(table: pa.Table, side: str) -> str:
    return ", ".join(f'"{name}" AS {name}_{side}' for name in table.column_names)


def level(comparison: dict[str, Any], left: dict[str, str], right: dict[str, str]) -> str:
    """Label of the level that a pair of records meets, as DuckDB reads the conditions."""
    table = table_of([traits_of(person("a", i, **f).record) for i, f in enumerate((left, right))])
    sides = [
        f"SELECT {_columns(table, side)} FROM compared WHERE unique_id = {number}"  # noqa: S608
        for side, number in (("l", 0), ("r", 1))
    ]
    cases = " ".join(
        f"WHEN {one['sql_condition']} THEN '{one['label_for_charts']}'"
        for one in comparison["comparison_levels"]
        if one["sql_condition"] != "ELSE"
    )
    last = comparison["comparison_levels"][-1]["label_for_charts"]
    with duckdb.connect() as connection:
        connection.execute(comparisons.MACROS)
        connection.register("compared", table)
        (found,) = connection.execute(
            f"SELECT CASE {cases} ELSE '{last}' END FROM ({sides[0]}), ({sides[1]})"  # noqa: S608
        ).fetchall()
    return str(found[0])


EXAMPLES = {
    "name": [
        ("not stated", {"name": "Ivan Tomarov"}, {}),
        ("not stated", {"name": "unidentified man"}, {"name": "unidentified man"}),
        ("same parts", {"name": "Ivan Tomarov"}, {"name": "Томаров, Иван"}),
        ("same skeleton", {"name": "Khasan Guseynov"}, {"name": "Hassan Huseynov"}),
        ("one within the other", {"name": "Ivan Tomarov"}, {"name": "Ivan Petrovich Tomarov"}),
        ("two parts in common", {"name": "Ivan Petr Tomarov"}, {"name": "Ivan P. Tomarov"}),
        ("two parts in common", {"name": "Kirila Dorevan"}, {"name": "Kirila Dorebvan"}),
        ("alike", {"name": "Marta Zelinko"}, {"name": "Marsa Zedlino"}),
        ("one part in common", {"name": "I. Tomarov"}, {"name": "Ivan Petr Tomarov"}),
        ("one part in common, another differs", {"name": "Ivan Tomarov"},
         {"name": "Boris Tomarov"}),
        ("one part in common, another differs", {"name": "Ivan Tomaridze"},
         {"name": "Levan Tomaridze"}),
        ("one part in common, another differs", {"name": "Hussein Hassan"},
         {"name": "Hassan Hassan"}),
        ("two parts in common, another differs", {"name": "Ivan Petr Tomarov"},
         {"name": "Ivan Boris Tomarov"}),
        ("two parts in common, another differs", {"name": "Amr Hassan Ali"},
         {"name": "Omar Hassan Ali"}),
        ("three parts in common, another differs", {"name": "Child 1 of Ahmed Ali"},
         {"name": "Child 2 of Ahmed Ali"}),
        ("same skeleton", {"name": "Elena Tomarova"}, {"name": "Olena Tomarova"}),
        ("same skeleton", {"name": "Vladimir Tomarov"}, {"name": "Volodymyr Tomarov"}),
        ("somewhat alike", {"name": "Danila Morev"}, {"name": "Darina Gorel"}),
        ("nothing in common", {"name": "Ivan Tomarov"}, {"name": "Giorgi Beridze"}),
    ],
    "birth": [
        ("not stated", {"age": "34"}, {}),
        ("not stated", {"birth_date": "1990-05-01"}, {"birth_date": "1990"}),
        ("same birth date", {"birth_date": "1990-05-01"}, {"birth_date": "1990-05-01"}),
        ("birth date differs in one part", {"birth_date": "1990-05-01"},
         {"birth_date": "1999-05-01"}),
        ("birth date differs in one part", {"birth_date": "1990-05-01"},
         {"birth_date": "1990-01-05"}),
        ("born within two years", {"birth_date": "1990-05-01"}, {"birth_date": "1991-08-20"}),
        ("different birth dates", {"birth_date": "1990-05-01"}, {"birth_date": "1950-09-20"}),
        ("same age", {"age": "34"}, {"birth_date": "1990", "date": "2024-06-01"}),
        ("same age", {"age": "34"}, {"age": "30/39"}),
        ("ages differ by one year", {"age": "34"}, {"age": "35"}),
        ("ages differ by up to three years", {"age": "34"}, {"age": "37"}),
        ("ages differ by up to ten years", {"age": "34"}, {"age": "44"}),
        ("different ages", {"age": "34"}, {"age": "45"}),
    ],
    "date": [
        ("not stated", {"date": "2031-01-02"}, {}),
        ("same day", {"date": "2031-01-02"}, {"date": "2031-01-02"}),
        ("one day apart", {"date": "2031-01-02"}, {"date": "2031-01-03"}),
        ("overlapping", {"date": "2031-01-02"}, {"date": "2031-01"}),
        ("overlapping", {"date": "2031"}, {"date": "2031"}),
        ("within a week", {"date": "2031-01-02"}, {"date": "2031-01-09"}),
        ("within a month", {"date": "2031-01-02"}, {"date": "2031-02"}),
        ("further apart", {"date": "2031-01-02"}, {"date": "2032"}),
    ],
    "sex": [
        ("not stated", {"sex": "male"}, {"sex": "unknown"}),
        ("same", {"sex": "male"}, {"sex": "male"}),
        ("different", {"sex": "male"}, {"sex": "female"}),
    ],
    "place": [
        ("not stated", {"place": "Tamrud"}, {}),
        ("same place", {"place": "Tamrud"}, {"place": "Тамруд"}),
        ("place alike", {"place": "Verkhny Log"}, {"place": "Verkhnij Log"}),
        ("different places", {"place": "Tamrud"}, {"place": "Oskelan"}),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected", "left", "right"),
    [(name, *example) for name, examples in EXAMPLES.items() for example in examples],
)
def test_level(name, expected, left, right):
    assert level(MAKERS[name](), left, right) == expected
    assert level(MAKERS[name](), right, left) == expected


def test_every_level_has_an_example():
    for name, make in MAKERS.items():
        labels = {one["label_for_charts"] for one in make()["comparison_levels"]}
        assert labels == {label for label, _, _ in EXAMPLES[name]}


@pytest.mark.parametrize("name", MAKERS)
def test_starting_values_are_shares(name):
    levels = [x for x in MAKERS[name]()["comparison_levels"] if not x.get("is_null_level")]
    ends = [*comparisons.SCALES.get(name, ()), len(levels)]
    # Birth dates and ages are two scales: no pair is placed on both.
    assert sum(x["m_probability"] for x in levels) == pytest.approx(1.0, abs=0.02)
    for begin, end in zip([0, *ends], ends, strict=False):
        assert sum(x["u_probability"] for x in levels[begin:end]) == pytest.approx(1.0, abs=0.02)
        weights = [x["m_probability"] / x["u_probability"] for x in levels[begin:end]]
        assert weights == sorted(weights, reverse=True)


def test_for_few_records_frequencies_do_not_count():
    few = comparisons.for_few(comparisons.name_comparison())
    assert [
        sorted(set(level) - {"sql_condition", "label_for_charts"})
        for level in few["comparison_levels"][:2]
    ] == [["is_null_level"], ["fix_u_probability", "m_probability", "u_probability"]]
    learnt = [
        level["label_for_charts"] for level in few["comparison_levels"][1:]
        if "fix_u_probability" not in level
    ]  # fmt: skip
    assert learnt == ["one part in common", "somewhat alike", "nothing in common"]
    dates = comparisons.for_few(comparisons.date_comparison())
    assert not any("fix_u_probability" in level for level in dates["comparison_levels"])


def _conflicts(names: list[str], pairs: list[tuple[int, int]]) -> list[bool]:
    table = table_of([traits_of(person("a", i, name=n).record) for i, n in enumerate(names)])
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return conflicting(table, a, b).tolist()


def test_names_in_conflict():
    names = ["Ivan Tomarov", "Giorgi Beridze", "Tomarov I.", "unidentified man", "Томаров Иван"]
    pairs = [(0, 1), (1, 2), (1, 4), (0, 2), (0, 3), (1, 3), (0, 4)]
    assert _conflicts(names, pairs) == [True, True, True, False, False, False, False]


def test_no_pairs_no_conflict():
    assert _conflicts(["Ivan Tomarov"], []) == []


def test_a_text_in_place_of_a_name_that_nobody_recognised_is_not_in_conflict():
    often = ["Zurückgehalten Amtlich"] * (MOST_NAMESAKES + 1)
    assert _conflicts([*often, "Ivan Tomarov"], [(0, len(often))]) == [False]
    assert _conflicts([*often[:-1], "Ivan Tomarov"], [(0, len(often) - 1)]) == [True]
