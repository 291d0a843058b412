import pytest

from everyname.estimation import (
    CellInfluence,
    LeaveOneOut,
    PatternTable,
    Refusal,
    as_table,
    cell_influence,
    chao,
    leave_one_out,
    two_list,
)

NAMES = ("hospital", "press", "survey")


def table_of(*counts):
    patterns = [(1, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    return PatternTable.from_rows(NAMES, list(zip(patterns, counts, strict=True)))


def of_two(table):
    """Chapman's estimate of hospital and press; a refusal without one of them."""
    if not {"hospital", "press"} <= set(table.lists):
        return Refusal(model="Chapman", reason="One of the two lists is left out.")
    return two_list(as_table(table, lists=("hospital", "press")))


def test_each_list_is_left_out_in_turn():
    table = table_of(27, 63, 63, 63, 147, 147, 147)
    found = leave_one_out(table, estimator=chao)
    assert isinstance(found, LeaveOneOut)
    assert [left.list for left in found.without] == list(NAMES)
    without_press = chao(as_table(table, lists=("hospital", "survey")))
    assert found.without[1].point == without_press.point
    assert found.without[1].high == without_press.high
    assert found.moved_by == ()
    assert found.words == "Chao's lower bound: within its interval whichever list is left out."
    assert "<td>press</td>" in found._repr_html_()


def test_a_list_that_decides_the_answer_is_named():
    # Hospital and press share far more than either shares with the survey.
    found = leave_one_out(table_of(10, 200, 3, 4, 20, 25, 300), estimator=chao)
    assert found.moved_by == ("hospital", "press")
    assert found.words == (
        "Chao's lower bound: 629 from all lists, but outside of its interval without hospital"
        " 5,087, press 5,314."
    )


def test_a_smaller_lower_bound_without_a_list_is_no_contradiction():
    found = leave_one_out(table_of(5, 2, 20, 25, 90, 80, 100), estimator=chao)
    below = [left for left in found.without if left.point < found.low]
    assert below
    assert not any(left.outside for left in below)


def test_what_is_refused_without_a_list_keeps_its_reason():
    found = leave_one_out(table_of(5, 30, 20, 25, 90, 80, 100), estimator=of_two)
    assert [left.reason for left in found.without] == [
        "One of the two lists is left out.",
        "One of the two lists is left out.",
        "",
    ]
    assert "no estimate: One of the two lists is left out." in found._repr_html_()


def test_a_refusal_of_all_lists_is_passed_on():
    refusal = leave_one_out([[1, 0], [0, 1]], estimator=chao)
    assert isinstance(refusal, Refusal)
    assert refusal.model == "Chao's lower bound"


def test_an_estimate_that_hangs_on_one_person_is_found():
    table = PatternTable.from_rows(("a", "b"), [((1, 1), 1), ((1, 0), 40), ((0, 1), 70)])
    found = cell_influence(table, estimator=two_list)
    assert isinstance(found, CellInfluence)
    assert (found.lists, found.persons, found.change) == (("a", "b"), 1, -1)
    assert found.moved is None
    assert found.driven
    assert found.outside
    assert found.words == (
        "With one person fewer in a and b and no other (now 1) there would be no estimate."
    )


def test_an_estimate_of_many_shared_persons_does_not_hang_on_one():
    table = PatternTable.from_rows(("a", "b"), [((1, 1), 5), ((1, 0), 40), ((0, 1), 70)])
    found = cell_influence(table, estimator=two_list)
    # 40 x 70 / 6 = 467 becomes 40 x 70 / 5 = 560.
    assert found.moved == pytest.approx(560)
    assert not found.driven
    assert found.words == (
        "With one person fewer in a and b and no other (now 5) there would be 560 unrecorded"
        " instead of 467."
    )


def test_where_every_pattern_is_of_many_nothing_is_tried():
    table = PatternTable.from_rows(("a", "b"), [((1, 1), 50), ((1, 0), 40), ((0, 1), 70)])
    found = cell_influence(table, estimator=two_list)
    assert isinstance(found, Refusal)
    assert found.reason == "Every pattern has more than 5 persons."
