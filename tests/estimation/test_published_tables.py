"""Tables of published studies, against R's Rcapture and two-list results."""

import csv
import json

import numpy as np
import pytest

from everyname.estimation import (
    Estimate,
    PatternTable,
    Refusal,
    chao_equal_lists,
    chao_log_linear,
    two_list,
)

pytestmark = pytest.mark.shared

TABLES = (
    "artificial_3",
    "australia",
    "brighton_idu",
    "congenital_massachusetts",
    "diabetes_italy",
    "hare",
    "hav_taiwan",
    "hiv_rome",
    "korea",
    "kosovo_aggregate",
    "lesbian_allegheny",
    "ned",
    "ned_5",
    "neworl",
    "neworl_5",
    "spina_bifida_ny",
    "ukdat",
    "ukdat_5",
    "western",
)
# Elsewhere Rcapture drops terms for persons in three lists and more, and fits again.
PLAIN_MH = ("congenital_massachusetts", "hare", "hav_taiwan", "lesbian_allegheny")


def read_table(shared, name):
    path = shared / "data" / "patterns" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    cells = np.array(rows, dtype=np.int64)
    return PatternTable(tuple(header[:-1]), cells[:, :-1], cells[:, -1])


def read_chao(shared, name, model):
    path = shared / "reference" / "estimation_r.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if (row["dataset"], row["config"]) == (name, model):
                error = row["note"].split()[0].removeprefix("se=")
                return float(row["estimate"]), float(error)
    raise AssertionError(f"no {model} for {name}")


@pytest.mark.parametrize("name", TABLES)
def test_the_log_linear_bound_is_that_of_rcapture(shared, name):
    result = chao_log_linear(read_table(shared, name))
    point, error = read_chao(shared, name, "Mth Chao (LB)")
    assert isinstance(result, Estimate)
    assert result.point == pytest.approx(point, rel=1e-6)
    assert result.settings["standard_error"] == pytest.approx(error, rel=1e-4)


@pytest.mark.parametrize("name", PLAIN_MH)
def test_the_bound_of_1987_is_that_of_rcapture(shared, name):
    result = chao_equal_lists(read_table(shared, name), form="uncorrected")
    point, error = read_chao(shared, name, "Mh Chao (LB)")
    assert isinstance(result, Estimate)
    assert result.point == pytest.approx(point, rel=1e-8)
    assert result.settings["standard_error"] == pytest.approx(error, rel=1e-4)


@pytest.mark.parametrize("name", TABLES)
def test_every_pair_is_that_of_the_reference(shared, name):
    table = read_table(shared, name)
    path = shared / "reference" / "estimation_r.json"
    expected = json.loads(path.read_text(encoding="utf-8"))[name]["pairwise"]
    columns = {column.lower(): column for column in table.lists}
    assert expected
    for row in expected:
        first, second = (columns[column.lower()] for column in row["pair"].split())
        result = two_list(table, first, second)
        if isinstance(result, Refusal):
            assert (
                row["m"] == 0
                or row["m"] in (row["n1"], row["n2"])
                or (row["chapman"] < table.observed)
            )
        else:
            assert result.point == pytest.approx(row["chapman"], rel=1e-6)
            assert result.settings["in_both"] == row["m"]
