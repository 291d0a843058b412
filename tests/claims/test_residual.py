from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.claims import breakdown_residual
from everyname.errors import ValueNotUnderstood

CLASSES = ("children", "elderly", "women")


def test_classes_that_may_overlap_leave_an_interval():
    left = breakdown_residual(613, {"children": 63, "women": 106, "elderly": 70})
    assert (left.low, left.high) == (374, 480)
    assert left.explanation == (
        "Together the classes are 133 persons at least (children and elderly, with all others"
        " among these) and 239 at most (with nobody in two), so 374 to 480 of 613 are in none of"
        " them."
    )


def test_classes_that_exclude_each_other_leave_a_number():
    left = breakdown_residual(100, {"women": 40, "men and boys": 55})
    assert (left.low, left.high) == (5, 5)


def test_no_class_leaves_the_total():
    left = breakdown_residual(100, {})
    assert (left.low, left.high) == (100, 100)


def test_parts_that_cannot_be_parts_of_the_total_are_refused():
    with pytest.raises(ValueNotUnderstood, match="children and elderly are 110, more than the"):
        breakdown_residual(100, {"children": 60, "elderly": 50, "women": 70})
    with pytest.raises(ValueNotUnderstood, match="-1 women"):
        breakdown_residual(100, {"women": -1})


def reachable(total, parts):
    """Residuals of every way to put `total` persons into the classes, by exhaustion."""
    cells = [
        cell
        for cell in product((0, 1), repeat=3)
        if any(cell) and not (cell[0] and cell[1])  # nobody is a child and elderly
    ]
    found = set()
    for numbers in product(range(max(parts) + 1), repeat=len(cells)):
        sums = tuple(
            sum(n for n, cell in zip(numbers, cells, strict=True) if cell[place])
            for place in range(3)
        )
        if sums == parts and sum(numbers) <= total:
            found.add(total - sum(numbers))
    return found


@given(st.integers(0, 8), st.tuples(*[st.integers(0, 3)] * 3))
def test_the_limits_are_those_that_can_be_reached(total, parts):
    found = reachable(total, parts)
    named = dict(zip(CLASSES, parts, strict=True))
    if not found:
        with pytest.raises(ValueNotUnderstood):
            breakdown_residual(total, named)
    else:
        left = breakdown_residual(total, named)
        assert (left.low, left.high) == (min(found), max(found))
