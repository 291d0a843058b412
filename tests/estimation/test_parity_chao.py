"""Two lists and Chao's bound: against R's figures for 19 published tables."""

import csv
import json

import numpy as np
import pytest

from everyname.estimation import Estimate, PatternTable, Refusal, chao_log_linear, two_list

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


def read_table(shared, name):
    path = shared / "data" / "patterns" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    cells = np.array(rows, dtype=np.int64)
    return PatternTable(tuple(header[:-1]), cells[:, :-1], cells[:, -1])


def read_r(shared, name):
    path = shared / "reference" / "estimation_r.json"
    return json.loads(path.read_text(encoding="utf-8"))[name]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(("form", "key"), [("lincoln-petersen", "LP"), ("chapman", "chapman")])
def test_every_pair_is_that_of_r_or_refused_for_a_reason_in_its_counts(shared, name, form, key):
    table = read_table(shared, name)
    columns = {column.lower(): column for column in table.lists}
    pairs = read_r(shared, name)["pairwise"]
    assert len(pairs) == len(table.lists) * (len(table.lists) - 1) / 2
    for row in pairs:
        first, second = (columns[column.lower()] for column in row["pair"].split())
        # By itself the pair knows nothing of the persons in other lists.
        alone = table.histories[:, [table.column(first), table.column(second)]]
        held = alone.any(axis=1)
        result = two_list(alone[held], counts=table.counts[held], form=form)
        if isinstance(result, Refusal):
            # R gives no number, or one without an interval.
            assert row["m"] == 0 or row["m"] in (row["n1"], row["n2"])
        else:
            assert result.point == pytest.approx(row[key], rel=1e-6)
        within = two_list(table, first, second, form=form)
        if isinstance(within, Estimate):
            assert within.point == pytest.approx(row[key], rel=1e-6)
        else:
            assert isinstance(result, Refusal) or row[key] < table.observed


@pytest.mark.parametrize("name", TABLES)
def test_the_log_linear_bound_is_that_of_rcapture(shared, name):
    closed = read_r(shared, name)["rcapture_closedp_t"]
    place = closed["models"].index("Mth Chao (LB)")
    result = chao_log_linear(read_table(shared, name))
    assert isinstance(result, Estimate)
    assert result.point == pytest.approx(closed["N"][place], rel=1e-4)
    assert result.settings["standard_error"] == pytest.approx(closed["se"][place], rel=1e-4)
