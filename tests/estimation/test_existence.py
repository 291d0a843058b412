"""Existence of the maximum likelihood estimate, and whether the unrecorded are determined."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.estimation.kernels.existence import existence


def cells(lists: int) -> np.ndarray:
    return np.array(list(product((0, 1), repeat=lists))[1:])


def design(lists: int, *terms: tuple[int, ...]) -> np.ndarray:
    """Constant, main effects, and the interactions named by the numbers of their lists."""
    patterns = cells(lists)
    columns = [np.ones(len(patterns)), *patterns.T]
    columns += [patterns[:, term].prod(axis=1) for term in terms]
    return np.column_stack(columns).astype(float)


def table(lists: int, **counts: int) -> np.ndarray:
    """Counts of the patterns named as p110=6; others are 0."""
    return np.array([counts.get("p" + "".join(map(str, row)), 0) for row in cells(lists)])


def free_patterns(lists: int, free: np.ndarray) -> set[str]:
    return {"".join(map(str, row)) for row in cells(lists)[free]}


ARTIFICIAL_3 = table(3, p110=6, p100=40, p010=30, p001=20)


def test_main_effects_of_artificial_3_have_an_estimate():
    found = existence(design(3), ARTIFICIAL_3)
    assert found.exists
    assert found.identifiable
    assert free_patterns(3, found.free) == {"001", "010", "011", "100", "101", "110", "111"}


def test_the_only_overlap_of_artificial_3_cannot_have_its_own_interaction():
    # As Chan, Silverman and Vincent say of their table 2: with A:B nothing ties C to the others,
    # alone or with A:C or B:C.
    for others in ((), ((0, 2),), ((1, 2),)):
        found = existence(design(3, (0, 1), *others), ARTIFICIAL_3)
        assert not found.exists
        assert not found.identifiable
        assert free_patterns(3, found.free) == {"001", "010", "100", "110"}


def test_an_interaction_without_overlap_goes_to_minus_infinity_and_is_left_out():
    found = existence(design(3, (0, 2)), ARTIFICIAL_3)
    assert not found.exists
    assert found.identifiable
    assert free_patterns(3, found.free) == {"001", "010", "011", "100", "110"}


def test_two_interactions_without_overlap_leave_the_unrecorded_to_the_third_pair():
    # Without C, A and B are two independent lists: 40 * 30 / 6 unrecorded.
    found = existence(design(3, (0, 2), (1, 2)), ARTIFICIAL_3)
    assert not found.exists
    assert found.identifiable
    assert free_patterns(3, found.free) == {"001", "010", "100", "110"}


def test_three_interactions_of_three_lists_are_not_identified_where_two_pairs_do_not_overlap():
    # Cells 001, 010, 100, 110 for the constant, three effects and A:B: one too many.
    found = existence(design(3, (0, 1), (0, 2), (1, 2)), ARTIFICIAL_3)
    assert not found.exists
    assert not found.identifiable


def test_all_pairs_of_three_full_lists_are_determined_and_the_triple_is_not():
    counts = np.array([5, 4, 3, 6, 2, 7, 1])
    pairs = list(combinations(range(3), 2))
    assert existence(design(3, *pairs), counts).exists
    assert existence(design(3, *pairs), counts).identifiable
    with_triple = existence(design(3, *pairs, (0, 1, 2)), counts)
    assert with_triple.exists
    assert not with_triple.identifiable


def test_positive_marginals_do_not_make_an_estimate_exist():
    # Haberman's kind of face: every pair has persons, yet 111 and the singles can only vary
    # against each other. Here n(AB) = n(AB, not C), so 111 = 0 is not on a face by a marginal.
    counts = table(3, p111=0, p110=3, p101=4, p011=5, p100=0, p010=6, p001=7)
    found = existence(design(3, (0, 1), (0, 2), (1, 2)), counts)
    assert not found.exists
    assert not found.identifiable
    assert free_patterns(3, found.free) == {"110", "101", "011", "010", "001"}


def test_two_lists_without_overlap_have_no_estimate():
    found = existence(design(2), table(2, p10=4, p01=7))
    assert not found.exists
    assert not found.identifiable
    assert free_patterns(2, found.free) == {"10", "01"}


def test_a_row_of_the_unrecorded_may_be_given():
    # With list A coded -1 and 1 the constant alone is not the logarithm of the unrecorded.
    matrix = design(2)
    matrix[:, 1] = 2 * matrix[:, 1] - 1
    counts = table(2, p11=3, p10=4, p01=7)
    assert existence(matrix, counts, np.array([1.0, -1.0, 0.0])).identifiable


@settings(max_examples=60, deadline=None)
@given(
    st.integers(3, 4).flatmap(
        lambda lists: st.tuples(
            st.just(lists),
            st.lists(st.integers(0, 2), min_size=2**lists - 1, max_size=2**lists - 1),
            st.sets(st.sampled_from(list(combinations(range(lists), 2)))),
        )
    )
)
def test_free_cells_are_those_that_some_table_of_the_same_marginals_fills(drawn):
    """One linear program a cell, on the whole table, as the definition has it."""
    from scipy.optimize import linprog

    lists, counts, terms = drawn
    matrix, numbers = design(lists, *sorted(terms)), np.array(counts)
    if not numbers.any():
        return
    expected = []
    for cell in range(len(matrix)):
        aim = np.zeros(len(matrix))
        aim[cell] = -1.0
        solved = linprog(aim, A_eq=matrix.T, b_eq=matrix.T @ numbers, method="highs")
        expected.append(-solved.fun > 1e-7)
    assert existence(matrix, numbers).free.tolist() == expected


@pytest.mark.parametrize("lists", [2, 3, 5])
def test_a_full_table_has_an_estimate_under_main_effects(lists):
    found = existence(design(lists), np.ones(2**lists - 1, dtype=int))
    assert found.exists
    assert found.identifiable
    assert found.free.all()
