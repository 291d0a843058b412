"""Stepwise log-linear models of sparse tables, on tables whose answer is known."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.errors import EstimationError
from everyname.estimation.kernels.existence import existence
from everyname.estimation.kernels.pattern_model import estimable
from everyname.estimation.kernels.small_linear_program import balanced
from everyname.estimation.kernels.stepwise import log_tail
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal
from everyname.estimation.sparse_estimate import SparseEstimate
from everyname.estimation.stepwise_sparse import sparse
from everyname.estimation.stepwise_table import StepwiseTable

ARTIFICIAL_3 = PatternTable.from_rows(
    ("A", "B", "C"), [((1, 1, 0), 6), ((1, 0, 0), 40), ((0, 1, 0), 30), ((0, 0, 1), 20)]
)
# A and B independent: 300 of 1,000 and 200 of 1,000. C, 100 persons, never overlaps B, and
# overlaps A as chance has it.
APART = PatternTable.from_rows(
    ("A", "B", "C"),
    [
        ((1, 1, 0), 60),
        ((1, 0, 0), 210),
        ((0, 1, 0), 140),
        ((1, 0, 1), 30),
        ((0, 0, 1), 70),
    ],
)


def two_independent(both, first, second):
    return PatternTable.from_rows(("A", "B"), [((1, 1), both), ((1, 0), first), ((0, 1), second)])


def independent_lists(seed, shares, persons=4000):
    draws = np.random.default_rng(seed).random((persons, len(shares))) < shares
    recorded = draws[draws.any(axis=1)].astype(int)
    return PatternTable.from_histories(tuple("ABCDEFGH"[: len(shares)]), recorded)


def test_two_lists_give_lincoln_and_petersen():
    found = sparse(two_independent(40, 60, 80), bootstraps=100)
    assert isinstance(found, SparseEstimate)
    assert found.point == pytest.approx(100 * 120 / 40)
    assert found.terms == ("A", "B")
    assert found.deviance == pytest.approx(0, abs=1e-9)
    assert found.degrees_of_freedom == 0
    # Delta method: the variance of the constant is 1/m + 1/only A + 1/only B.
    half = 1.959963984540054 * np.sqrt(1 / 40 + 1 / 60 + 1 / 80)
    assert found.model_high - 180 == pytest.approx(120 * np.exp(half))
    assert found.model_low - 180 == pytest.approx(120 / np.exp(half))


def test_a_pair_that_never_overlaps_is_selected_and_its_cells_are_left_out():
    found = sparse(APART, bootstraps=200)
    assert isinstance(found, SparseEstimate)
    assert found.selected == ("B:C",)
    assert found.without_overlap == ("B:C",)
    assert found.parameters == 5
    # Five cells are left, for the constant and three effects.
    assert found.degrees_of_freedom == 1
    # A is independent of both: 300 persons, and 210 others in B or C, 90 of them in A.
    assert found.point == pytest.approx(300 * 300 / 90, rel=1e-9)
    assert found.selected_share["B:C"] > 0.9
    assert "No person is in both B and C: the model takes it that none could be." in (
        found.diagnostics
    )


def test_the_bootstrap_is_wider_than_the_selected_model_taken_as_known():
    table = independent_lists(3, [0.2, 0.15, 0.1, 0.1])
    found = sparse(table)
    assert isinstance(found, SparseEstimate)
    assert found.low <= found.point <= found.high
    assert found.replicates is not None
    assert found.replicates.shape == (1000,)
    alone = sparse(table, bootstraps=0)
    assert isinstance(alone, SparseEstimate)
    assert (alone.low, alone.high) == (found.model_low, found.model_high)
    assert alone.replicates is None
    assert alone.diagnostics == (
        "The interval takes the selected model as known before the data: it is too narrow.",
    )


def test_one_seed_gives_one_result_and_progress_is_told():
    told = []
    first = sparse(APART, bootstraps=120, seed=5, progress=lambda *done: told.append(done))
    assert told == [(50, 120), (100, 120), (120, 120)]
    assert first.model_dump_json() == sparse(APART, bootstraps=120, seed=5).model_dump_json()
    other = sparse(APART, bootstraps=120, seed=6)
    assert isinstance(first, SparseEstimate)
    assert isinstance(other, SparseEstimate)
    assert (first.low, first.high) != (other.low, other.high)
    assert "replicates" not in first.model_dump_json()


def test_the_order_of_the_lists_does_not_change_the_estimate():
    turned = PatternTable(("C", "A", "B"), APART.histories[:, [2, 0, 1]], APART.counts)
    first, second = sparse(APART, bootstraps=0), sparse(turned, bootstraps=0)
    assert isinstance(first, SparseEstimate)
    assert isinstance(second, SparseEstimate)
    assert second.point == pytest.approx(first.point, rel=1e-9)
    assert second.selected == ("C:B",)


def test_a_list_that_holds_nobody_changes_nothing():
    wider = PatternTable(
        ("A", "B", "none", "C"), np.insert(APART.histories, 2, 0, axis=1), APART.counts
    )
    first, second = sparse(APART, bootstraps=100), sparse(wider, bootstraps=100)
    assert isinstance(first, SparseEstimate)
    assert isinstance(second, SparseEstimate)
    assert second.point == pytest.approx(first.point, rel=1e-9)
    assert second.terms == first.terms
    assert second.diagnostics[0] == "Lists that hold nobody were left out: none."


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (
            PatternTable.from_rows(("A", "B"), [((1, 0), 9)]),
            "Only the list A holds anyone: one list says nothing about whom it misses.",
        ),
        (
            PatternTable.from_rows(("A", "B", "C"), [((1, 0, 0), 9), ((0, 1, 0), 8)]),
            "No person is in two lists: without overlap the lists do not say whom they miss.",
        ),
        (
            PatternTable.from_rows(("A", "B"), [((1, 1), 9), ((0, 1), 8)]),
            "Every recorded person is in B: the estimate would be that nobody is missed.",
        ),
        (
            PatternTable.from_rows(
                ("A", "B", "C"), [((1, 1, 0), 9), ((1, 1, 1), 5), ((1, 0, 1), 8), ((1, 0, 0), 7)]
            ),
            "Every recorded person is in A: the estimate would be that nobody is missed.",
        ),
        (
            two_independent(1, 9, 8),
            (
                "The estimate hangs on one person: without one of those recorded in A, B there"
                " would be none."
            ),
        ),
        (
            PatternTable(
                tuple(f"l{i}" for i in range(17)), np.eye(17, dtype=int), np.ones(17, int)
            ),
            "The table has 17 lists; this model takes 16 at most.",
        ),
    ],
)
def test_it_refuses_with_the_reason(table, reason):
    assert sparse(table) == Refusal(model="Sparse stepwise log-linear model", reason=reason)


def test_it_refuses_where_the_interval_has_no_upper_limit():
    found = sparse(two_independent(2, 30, 30))
    assert isinstance(found, Refusal)
    assert found.reason.endswith(
        "of the resamples no estimate exists: the interval has no upper limit."
    )
    # Both persons of the overlap are missed in about (60/62)^62 of the resamples.
    share = float(found.reason.split()[1].rstrip("%")) / 100
    assert share == pytest.approx((60 / 62) ** 62, abs=4 * np.sqrt(0.133 * 0.867 / 1000))


@pytest.mark.parametrize("settings", [{"threshold": 1}, {"threshold": -0.1}, {"bootstraps": 5}])
def test_arguments_out_of_range_are_errors(settings):
    with pytest.raises(EstimationError):
        sparse(APART, **settings)


def test_arrays_are_taken_and_a_threshold_of_zero_fits_independent_lists():
    found = sparse(APART.histories, APART.counts, threshold=0, bootstraps=0)
    assert isinstance(found, SparseEstimate)
    assert found.selected == ()
    assert found.terms == ("list 1", "list 2", "list 3")


def test_poisson_tails_do_not_underflow():
    assert log_tail(3, 5.0) == pytest.approx(np.log(0.2650259152973623))
    assert log_tail(7, 5.0) == pytest.approx(np.log(1 - 0.762183462972715))
    assert log_tail(0, 2000.0) == pytest.approx(-2000)
    assert log_tail(4000, 1000.0) < log_tail(3500, 1000.0) < -700
    assert log_tail(0, 0.0) == 0


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[1.0, -1.0]], True),
        ([[1.0, 1.0]], False),
        ([[1.0, 0.0]], False),
        ([[1.0, -2.0, 0.0], [0.0, 1.0, -1.0]], True),
        ([[1.0, -2.0, 0.0], [0.0, 1.0, 1.0]], False),
    ],
)
def test_rows_balance(rows, expected):
    assert balanced(np.array(rows)) is expected


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda lists: st.tuples(
            st.just(lists),
            st.lists(st.sampled_from([0, 0, 1, 3]), min_size=2**lists - 1, max_size=2**lists - 1),
            st.sets(st.sampled_from(list(combinations(range(lists), 2)))),
        )
    )
)
def test_the_compiled_check_agrees_with_the_linear_program(drawn):
    lists, numbers, pairs = drawn
    if not any(numbers):
        return
    counts = np.array([0, *numbers], dtype=float)
    masks = [0, *(1 << i for i in range(lists)), *((1 << i) | (1 << j) for i, j in sorted(pairs))]
    cells = np.arange(2**lists)
    design = np.array([[(cell & mask) == mask for mask in masks] for cell in cells[1:]], float)
    checked = existence(design, counts[1:].astype(int))
    full = np.linalg.matrix_rank(design) == len(masks)
    found = estimable(counts, cells > 0, np.array(masks), lists)
    assert found == (checked.exists and full)


@pytest.mark.parametrize("lists", [2, 3, 4])
def test_independent_lists_have_an_estimate_unless_a_reason_is_named(lists):
    """Every set of positive cells: the two faces named in `_unsupported` are all there are."""
    cells = np.arange(2**lists)
    masks = np.array([0, *(1 << i for i in range(lists))])
    step = 1 if lists < 4 else 11
    for marks in range(1, 2 ** (2**lists - 1), step):
        positive = np.array([cell > 0 and bool(marks >> (cell - 1) & 1) for cell in cells])
        held = cells[positive]
        if any(not (held & mask).any() for mask in masks[1:]):
            continue
        overlap = any(int(cell).bit_count() > 1 for cell in held)
        whole = any((held & mask).all() for mask in masks[1:])
        assert estimable(positive.astype(float), cells > 0, masks, lists) == (overlap and not whole)


def test_every_fit_has_the_marginals_of_the_data():
    table = StepwiseTable(independent_lists(8, [0.3, 0.25, 0.2, 0.1]), 0.3)
    fit = table.fit()
    assert fit is not None
    for mask in (0, 1, 2, 4, 8, *fit.pairs):
        cells = np.arange(16) & mask == mask
        assert fit.means[cells].sum() == pytest.approx(table.counts[cells].sum(), rel=1e-9)
