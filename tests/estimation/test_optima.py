"""Local maxima of the latent class posterior: where climbs end, and how they are grouped."""

import numpy as np
import pytest

from everyname.estimation.kernels.ascent import ascend
from everyname.estimation.kernels.latent_class_density import log_density_gradient
from everyname.estimation.optima import GAP, MARGIN, optima
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.table_input import as_table

HISTORIES = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0], [0, 0, 1]])
COUNTS = np.array([12, 20, 18, 70, 25, 90, 60])
TABLE = PatternTable(("A", "B", "C"), HISTORIES.astype(np.int8), COUNTS)
PRIOR = {"classes": 5, "a": 0.25, "b": 0.25}


def test_a_climb_ends_where_the_density_is_level():
    theta = np.random.default_rng(4).logistic(size=19)
    gradient = np.empty_like(theta)
    data = HISTORIES.astype(float), COUNTS.astype(float), 5, 0.25, 0.25
    before = log_density_gradient(theta, *data, 1.0, gradient)
    reached = ascend(theta, *data, 2000)
    assert log_density_gradient(theta, *data, 1.0, gradient) == reached
    assert reached > before
    assert np.abs(gradient).max() < 0.2


def test_an_ordinary_table_has_one_group_whose_maxima_are_ranked():
    (group,) = optima(TABLE, **PRIOR, cap=5900.0)
    gradient = np.empty(19)
    heights = [
        log_density_gradient(
            start, HISTORIES.astype(float), COUNTS.astype(float), 5, 0.25, 0.25, 1.0, gradient
        )
        for start in group.starts
    ]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] - heights[-1] <= MARGIN
    assert group.below == 0
    assert 400 < group.number < 1000


def test_the_search_gives_the_same_answer_each_time():
    (first,), (again,) = (optima(TABLE, **PRIOR, cap=5900.0) for _ in range(2))
    np.testing.assert_array_equal(first.starts, again.starts)


def test_maxima_beyond_the_cap_are_left_out():
    assert optima(TABLE, **PRIOR, cap=1.0) == ()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("ned_5", [48_666, 144_201]),
        ("ned", [50_677, 158_320]),
        ("ukdat_5", [12_529, 25_443]),
        ("kosovo_aggregate", [10_629]),
    ],
)
def test_modes_of_published_tables_are_found(shared, name, numbers):
    table = as_table(shared / "data" / "patterns" / f"{name}.csv")
    groups = optima(table, classes=10, a=0.25, b=0.25, cap=20.0 * table.observed)
    found = [group.number for group in groups]
    assert all(np.diff(np.log(found)) > GAP / 2)
    for number in numbers:
        assert np.abs(np.log(np.array(found) / number)).min() < 0.1
