import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from everyname.errors import EstimationError
from everyname.estimation import PatternTable

LISTS = ("hospital", "press", "survey")


def test_rows_become_one_table_with_equal_patterns_merged():
    table = PatternTable.from_rows(
        LISTS, [((1, 0, 0), 5), ((1, 1, 0), 2), ((1, 0, 0), 3), ((0, 0, 1), 0), ((0, 0, 0), 0)]
    )
    assert table.histories.tolist() == [[1, 1, 0], [1, 0, 0]]
    assert table.counts.tolist() == [2, 8]
    assert table.observed == 10
    assert table.sizes.tolist() == [10, 2, 0]
    assert table.frequencies.tolist() == [0, 8, 2, 0]
    assert table.singles.tolist() == [8, 0, 0]
    assert table.overlap("hospital", "press") == 2
    assert table.overlap("press", "survey") == 0


def test_histories_of_persons_give_the_same_table_as_their_counts():
    persons = [[1, 1, 0], [0, 0, 1], [1, 1, 0]]
    table = PatternTable.from_histories(LISTS, persons)
    assert table == PatternTable.from_rows(LISTS, [((0, 0, 1), 1), ((1, 1, 0), 2)])
    assert hash(table) == hash(PatternTable.from_histories(LISTS, persons[::-1]))
    assert table != PatternTable.from_rows(LISTS, [((0, 0, 1), 1)])
    assert table != "a table"


def test_the_arrays_cannot_be_changed():
    table = PatternTable.from_rows(LISTS, [((1, 1, 0), 2)])
    with pytest.raises(ValueError, match="read-only"):
        table.counts[0] = 3


def test_a_table_without_rows_holds_nobody():
    assert PatternTable.from_rows(LISTS, []).observed == 0


@given(arrays(np.int8, st.tuples(st.integers(1, 40), st.just(3)), elements=st.integers(0, 1)))
def test_the_order_of_persons_does_not_matter_and_none_is_lost(histories):
    histories = histories[histories.any(axis=1)].reshape(-1, 3)
    table = PatternTable.from_histories(LISTS, histories)
    assert table == PatternTable.from_histories(LISTS, histories[::-1])
    assert table.observed == len(histories)
    assert table.sizes.tolist() == histories.sum(axis=0).tolist()
    assert table.frequencies.sum() == len(histories)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [((1, 0, 0), 4), ((0, 2, 1), 1)],
            (
                "row 2, column 'press': the mark 2 in a pattern. "
                "Put 1 where the list holds the person and 0 where it does not."
            ),
        ),
        (
            [((1, 0, 0), -4)],
            (
                "row 1, column 'count': the count -4. "
                "A number of persons is never negative: correct the count."
            ),
        ),
        (
            [((1, 0, 0), 4), ((0, 0, 0), 7)],
            (
                "row 2: 7 persons with a pattern of zeros only. Persons in no list are what is "
                "estimated and cannot be observed: drop the row, or mark the list that holds them."
            ),
        ),
        (
            [((1, 0), 4)],
            "row 1: a pattern of 2 marks, for 3 lists. Give one 0 or 1 for each list.",
        ),
        (
            [((1, 0, 0), 4.5)],
            "column 'count': counts of type float64. Give whole numbers.",
        ),
    ],
)
def test_a_wrong_row_is_named(rows, message):
    with pytest.raises(EstimationError, match=f"^{re.escape(message)}$"):
        PatternTable.from_rows(LISTS, rows)


@pytest.mark.parametrize(
    ("lists", "histories", "message"),
    [
        ((), [[1]], "a table without lists"),
        (("a", " "), [[1, 0]], "column 2: a list without a name"),
        (("a", "a"), [[1, 0]], "column 2: two lists are called 'a'"),
        (("a", "b"), [1, 0], "an array of shape (2,) for 2 lists"),
        (("a", "b"), [[1, 0], [1]], "rows of different lengths"),
        (("a", "b"), [[1, 0.5]], "row 1, column 'b': the mark 0.5 in a pattern"),
        (("a", "b"), [[1, 0], [0, 0]], "row 2: 1 persons with a pattern of zeros only"),
    ],
)
def test_wrong_histories_are_named(lists, histories, message):
    with pytest.raises(EstimationError, match=f"^{re.escape(message)}"):
        PatternTable.from_histories(lists, histories)


def test_counts_must_go_with_the_patterns():
    with pytest.raises(EstimationError, match="2 patterns"):
        PatternTable(("a", "b"), np.array([[1, 0], [0, 1]]), np.array([1]))


def test_an_unknown_list_is_named_with_those_there_are():
    table = PatternTable.from_rows(("a", "b"), [((1, 1), 1)])
    with pytest.raises(EstimationError, match=r"no list is called 'c'\. Use one of a, b\."):
        table.overlap("a", "c")
