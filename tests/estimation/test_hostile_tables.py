"""Tables that nobody should be able to break an estimator with: a number, a refusal or an error."""

import signal
from contextlib import contextmanager

import numpy as np
import pandas as pd
import polars as pl
import pytest

from everyname import estimation
from everyname.errors import EstimationError
from everyname.estimation import FurtherList, PatternTable, Refusal, as_table, chao

# The first call of an estimator in a fresh clone compiles it.
SECONDS = 120


def patterns(lists):
    return (np.arange(1, 2**lists)[:, np.newaxis] >> np.arange(lists)) & 1


def persons(lists, reach, size):
    marks = (np.random.default_rng(lists).random((size, lists)) < reach).astype(int)
    return marks[marks.any(axis=1)]


# What is no table: an EstimationError that says where and what to do.
NO_TABLES = {
    "a mark of 2": ([[1, 2], [0, 1]], None),
    "a mark of one half": ([[0.5, 1], [1, 0]], None),
    "a mark of nan": ([[float("nan"), 1], [1, 0]], None),
    "no mark": ([[1, None], [0, 1]], None),
    "text": ([["a", "b"], ["1", "0"]], None),
    "complex marks": (np.array([[1 + 0j, 0], [1, 1]]), None),
    "dates": (np.array([["2031-01-01", "2031-01-02"]], dtype="M8[D]"), None),
    "lists in cells": (pd.DataFrame({"a": [[1], [0]], "b": [1, 1]}), None),
    "a null": (pl.DataFrame({"a": [1, None], "b": [1, 1]}), None),
    "a negative count": ([[1, 1], [1, 0]], [3, -1]),
    "half a person": ([[1, 1], [1, 0]], [1.5, 2]),
    "a count of nan": ([[1, 1], [1, 0]], [float("nan"), 1]),
    "a count without end": ([[1, 1], [1, 0]], [float("inf"), 1]),
    "a count in words": ([[1, 1], [1, 0]], ["two", "2"]),
    "a count beyond all": ([[1, 1], [1, 0]], [10**19, 1]),
    "one count for all": ([[1, 1], [1, 0]], 5),
    "counts of two columns": ([[1, 1], [1, 0]], [[1, 1], [1, 1]]),
    "persons in no list": ([[0, 0], [1, 1]], [5, 5]),
    "rows of two lengths": ([[1, 0], [1]], None),
    "columns of two lengths": ({"a": [1, 0], "b": [1]}, None),
    "two columns of one name": (pd.DataFrame([[1, 0], [1, 1]], columns=["a", "a"]), None),
    "cells that are no columns": ({"a": 1, "b": 0}, None),
    "one dimension": ([1, 0, 1], None),
    "three dimensions": (np.ones((2, 2, 2)), None),
    "no rows": ([], None),
    "no columns": (pl.DataFrame(), None),
    "nothing": (None, None),
    "an object": (object(), None),
    "bytes": (b"1,0", None),
    "no such file": ("no such file.csv", None),
    "a folder": ("/", None),
}

# What is a table, and gives an estimate or a refusal.
TABLES = {
    "nobody": (np.zeros((0, 3)), None),
    "counts of nobody": (patterns(3), [0] * 7),
    "a frame of nobody": (pd.DataFrame({"a": [], "b": []}), None),
    "one list": ([[1]], [10]),
    "one person": ([[1, 0, 1]], [1]),
    "one person in one list": ([[1, 0, 0]], [1]),
    "no overlap of two": ([[1, 0], [0, 1]], [50, 60]),
    "no overlap of three": (np.eye(3, dtype=int), [50, 60, 70]),
    "a list inside another of two": ([[1, 1], [1, 0]], [30, 50]),
    "a list inside another": (
        [[1, 1, 0], [1, 0, 0], [1, 1, 1], [1, 0, 1], [0, 0, 1]],
        [30, 50, 9, 12, 40],
    ),
    "a list of nobody": ([[1, 1, 0], [1, 0, 0], [0, 1, 0]], [30, 50, 40]),
    "a list twice": ([[1, 1, 0], [1, 1, 1], [0, 0, 1]], [30, 50, 40]),
    "everybody in all lists": ([[1, 1, 1]], [100]),
    "one pair overlaps by one": (
        [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 0, 0]],
        [3, 4, 5, 6, 1],
    ),
    "thousands of millions": (patterns(3), [10**9 * n for n in (1, 2, 1, 3, 1, 1, 1)]),
    "millions of millions": (patterns(3), [10**12] * 7),
    "millions of millions and one": (patterns(3), [10**12, 1, 10**12, 2, 5, 10**12, 1]),
    "one in all lists of thousands of millions": (
        [[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [1, 10**9, 10**9, 10**9],
    ),
    "columns without names": (pd.DataFrame([[1, 0], [1, 1], [0, 1]]), None),
    "marks as text": ([["1", "0"], ["1", "1"], ["0", "1"]], [5, 6, 7]),
    "true and false": (np.array([[True, False], [True, True], [False, True]]), [5, 6, 7]),
}
MANY_LISTS = {
    "twelve lists": (persons(12, 0.2, 400), None),
    "twenty lists": (persons(20, 0.1, 600), None),
    "seventy lists": (persons(70, 0.05, 300), None),
}


def bound(table):
    return chao(table)


ESTIMATORS = {
    "chao": estimation.chao,
    "chao_equal_lists": estimation.chao_equal_lists,
    "chao_log_linear": estimation.chao_log_linear,
    "two_list": lambda data, counts, **rest: estimation.two_list(
        data, *as_table(data, counts).lists[:2], counts=counts, **rest
    ),
    "estimate_pairs": estimation.estimate_pairs,
    "m0": estimation.m0,
    "mt": estimation.mt,
    "mb": estimation.mb,
    "mbh": estimation.mbh,
    "mh": estimation.mh,
    "mth": estimation.mth,
    "loglinear": estimation.loglinear,
    "decomposable": estimation.decomposable,
    "no_highest_order": estimation.no_highest_order,
    "sample_coverage": estimation.sample_coverage,
    "sparse": lambda data, counts, **rest: estimation.sparse(data, counts, bootstraps=100, **rest),
    "latent_class": lambda data, counts, **rest: estimation.latent_class(
        data, counts, max_draws=400, **rest
    ),
    "reported": lambda data, counts, **rest: estimation.reported(as_table(data, counts), **rest),
    "further_lists": lambda data, counts, **rest: estimation.further_lists(
        data, counts, lists=[FurtherList(name="new", size=20)], **rest
    ),
    "needed_size": lambda data, counts, **rest: estimation.needed_size(
        data, counts, name="new", width=0.3, **rest
    ),
}
WITHOUT_LEVEL = {
    "dependence_sensitivity": estimation.dependence_sensitivity,
    "leave_one_out": lambda data, counts: estimation.leave_one_out(data, counts, estimator=bound),
    "cell_influence": lambda data, counts: estimation.cell_influence(data, counts, estimator=bound),
}
# These take seconds on a table of many persons or lists, and are tried on the others alone.
SLOW = {"latent_class", "reported"}
SEEDED = ("decomposable", "sparse", "sample_coverage", "no_highest_order", "further_lists")


@contextmanager
def within(seconds):
    """Fails where a table takes an estimator too long."""

    def late(*_):
        pytest.fail(f"not done after {seconds} s of processor time")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def sound(result, observed):
    """Whether a result is a refusal with a reason or a number that can be shown."""
    if isinstance(result, Refusal):
        return result.reason.endswith((".", ":")) and "nan" not in result.reason.split()
    if isinstance(result, tuple):
        return all(sound(each, observed) for each in result)
    if hasattr(result, "point"):
        numbers = np.array([result.low, result.point, result.high])
        # Chao's bound may be what is recorded; no limit is ever below it.
        assert np.isfinite(numbers).all()
        assert observed <= result.low * (1 + 1e-9)
        assert result.low <= result.point * (1 + 1e-9)
        assert result.point <= result.high * (1 + 1e-9)
    assert result.model_dump_json()
    return "<" in result._repr_html_() if hasattr(result, "_repr_html_") else True


@pytest.mark.parametrize("name", ESTIMATORS | WITHOUT_LEVEL)
def test_what_is_no_table_is_an_error_that_says_what_to_do(name):
    estimator = (ESTIMATORS | WITHOUT_LEVEL)[name]
    for data, counts in NO_TABLES.values():
        with pytest.raises(EstimationError) as caught:
            estimator(data, counts)
        assert caught.value.do


@pytest.mark.parametrize("lists", ["ab", (1, 2), ("a", "a"), ("a",), ("a", "")])
def test_names_that_are_none_are_an_error(lists):
    with pytest.raises(EstimationError):
        as_table([[1, 1], [1, 0]], lists=lists)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", ESTIMATORS | WITHOUT_LEVEL)
def test_every_table_gives_a_number_or_a_refusal(name, table):
    data, counts = TABLES[table]
    if (name, table) == ("two_list", "one list"):
        pytest.skip("there is no second list to name")
    if name in SLOW and as_table(data, counts).observed > 10**6:
        pytest.skip("takes seconds")
    with within(SECONDS):
        result = (ESTIMATORS | WITHOUT_LEVEL)[name](data, counts)
    assert sound(result, as_table(data, counts).observed)


@pytest.mark.parametrize("table", MANY_LISTS)
@pytest.mark.parametrize(
    "name", ["chao", "chao_log_linear", "mt", "loglinear", "decomposable", "no_highest_order"]
)
def test_many_lists_give_a_number_or_a_refusal(name, table):
    data, counts = MANY_LISTS[table]
    with within(SECONDS):
        result = ESTIMATORS[name](data, counts)
    assert sound(result, len(data))


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, float("nan"), None, "0.95"])
@pytest.mark.parametrize("name", ESTIMATORS)
def test_a_level_that_is_none_is_an_error(name, level):
    with pytest.raises(EstimationError, match="level"):
        ESTIMATORS[name]([[1, 1], [1, 0], [0, 1]], [5, 6, 7], level=level)


@pytest.mark.parametrize("seed", [-1, None, 1.5, "1"])
@pytest.mark.parametrize("name", SEEDED)
def test_a_seed_that_gives_no_second_run_is_an_error(name, seed):
    with pytest.raises(EstimationError, match="seed"):
        ESTIMATORS[name](patterns(3), [20, 30, 9, 25, 8, 7, 4], seed=seed)


def test_the_input_is_left_as_it_was():
    marks, counts = patterns(3), np.array([20, 30, 9, 25, 8, 7, 4])
    kept = marks.copy(), counts.copy()
    table = as_table(marks, counts)
    assert isinstance(table, PatternTable)
    assert (marks == kept[0]).all()
    assert (counts == kept[1]).all()
