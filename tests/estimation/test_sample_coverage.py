import csv

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation import Estimate, PatternTable, Refusal, two_list
from everyname.estimation.sample_coverage import sample_coverage

THREE = ("hospital", "press", "survey")


def table(cells):
    """Build a table of three lists from the persons with the patterns 1 to 7, as bits."""
    rows = [
        (tuple(pattern >> place & 1 for place in range(3)), count)
        for pattern, count in enumerate(cells, start=1)
    ]
    return PatternTable.from_rows(THREE, rows)


# Hepatitis A in Taiwan, Chao et al. (1997, 2001), with 271 cases in the lists P, Q and E.
HEPATITIS = table([69, 55, 21, 63, 17, 18, 28])


@pytest.mark.parametrize(("form", "expected"), [("independent", 407), ("low", 508), ("high", 971)])
def test_the_published_numbers_of_hepatitis(form, expected):
    # Chao, Tsay, Lin, Shau and Chao (2001): M = 271, D = 208.667, C = 0.513.
    result = sample_coverage(HEPATITIS, form=form)
    assert isinstance(result, Estimate)
    assert round(result.point) == expected
    assert result.settings["coverage"] == pytest.approx(0.513, abs=5e-4)
    assert result.settings["overlapped"] == pytest.approx(208.667, abs=5e-4)


def test_the_published_formula_of_three_lists_worked_by_hand():
    # In the notation of the paper: Z with a plus sums over that list.
    z = {(p, q, e): 0 for p in (0, 1) for q in (0, 1) for e in (0, 1)}
    for pattern, count in enumerate([69, 55, 21, 63, 17, 18, 28], start=1):
        z[pattern & 1, pattern >> 1 & 1, pattern >> 2 & 1] = count
    n1, n2, n3 = 135, 122, 126
    coverage = 1 - (z[1, 0, 0] / n1 + z[0, 1, 0] / n2 + z[0, 0, 1] / n3) / 3
    z11p, z1p1, zp11 = 21 + 28, 17 + 28, 18 + 28
    z1p0, zp10 = z[1, 0, 0] + z[1, 1, 0], z[0, 1, 0] + z[1, 1, 0]
    z10p, z01p = z[1, 0, 0] + z[1, 0, 1], z[0, 1, 0] + z[0, 1, 1]
    zp01, z0p1 = z[0, 0, 1] + z[1, 0, 1], z[0, 0, 1] + z[0, 1, 1]
    slope = (
        (z1p0 + zp10) * z11p / (n1 * n2)
        + (z10p + zp01) * z1p1 / (n1 * n3)
        + (z01p + z0p1) * zp11 / (n2 * n3)
    ) / (3 * coverage)
    high = (zp11 + z1p1 + z11p) / (3 * coverage) / (1 - slope)
    result = sample_coverage(HEPATITIS, form="high")
    assert isinstance(result, Estimate)
    assert result.point == pytest.approx(high)


def test_the_published_interval_of_hepatitis_within_what_a_bootstrap_can_differ():
    # Published: standard error 40, 442 to 600, from few and unnamed replicates of a bootstrap.
    result = sample_coverage(HEPATITIS, form="low")
    assert isinstance(result, Estimate)
    assert result.settings["standard_error"] == pytest.approx(48, rel=0.1)
    assert (result.low, result.high) == pytest.approx((442, 600), rel=0.06)


def test_low_coverage_is_told_with_the_other_numbers():
    result = sample_coverage(HEPATITIS)
    assert isinstance(result, Estimate)
    assert result.model == "Sample coverage, for low coverage"
    assert result.diagnostics == (
        "The sample coverage is 51%: of a list, that share is in other lists too.",
        (
            "For independent lists the number would be 407, for low coverage 508, for high"
            " coverage 971."
        ),
        (
            "The strongest dependence is that of press and survey, with a coefficient of"
            " covariation of 0.52 (0 for independent lists)."
        ),
        (
            "The coverage is below 55%: the estimate for high coverage is then unstable, and that"
            " for low coverage may fall short."
        ),
    )
    assert sample_coverage(HEPATITIS) == result


@pytest.mark.shared
def test_high_coverage_is_taken_from_55_percent_on(shared):
    path = shared / "data" / "patterns" / "diabetes_italy.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    cells = np.array(rows, dtype=np.int64)
    result = sample_coverage(cells[:, :-1], cells[:, -1])
    assert isinstance(result, Estimate)
    assert result.model == "Sample coverage, for high coverage"
    assert result.settings["coverage"] == pytest.approx(0.8035, abs=1e-4)
    assert round(result.point) == 2609


@pytest.mark.parametrize("form", ["auto", "high", "low", "independent"])
def test_two_lists_give_lincoln_and_petersen(form):
    given = PatternTable.from_rows(("a", "b"), [((1, 1), 20), ((1, 0), 40), ((0, 1), 70)])
    result = sample_coverage(given, form=form)
    plain = two_list(given, form="lincoln-petersen")
    assert isinstance(result, Estimate)
    assert isinstance(plain, Estimate)
    assert result.point == pytest.approx(plain.point)
    assert result.settings["standard_error"] == pytest.approx(
        plain.settings["standard_error"], rel=0.15
    )


def test_four_lists_with_one_dependent_pair_are_corrected():
    rng = np.random.default_rng(20310803)
    first = rng.random(200_000) < 0.4
    second = rng.random(200_000) < np.where(first, 0.6, 0.3)
    others = rng.random((200_000, 2)) < (0.35, 0.3)
    captured = np.column_stack([first, second, others])
    given = PatternTable.from_histories(tuple("abcd"), captured[captured.any(axis=1)])
    results = [sample_coverage(given, form=form) for form in ("independent", "high")]
    errors = [abs(result.point - 200_000) / 200_000 for result in results]
    assert errors[1] < errors[0] / 2
    assert errors[1] < 0.01


def test_the_interval_covers_independent_lists_at_its_nominal_level():
    rng = np.random.default_rng(20310803)
    covered = []
    for _ in range(200):
        captured = rng.random((1000, 3)) < (0.5, 0.4, 0.3)
        given = PatternTable.from_histories(THREE, captured[captured.any(axis=1)])
        result = sample_coverage(given, replicates=400)
        covered.append(result.low <= 1000 <= result.high)
    # Three Monte Carlo standard errors around 0.95.
    assert abs(np.mean(covered) - 0.95) < 0.047


@pytest.mark.parametrize(
    ("given", "form", "reason"),
    [
        (
            PatternTable.from_rows(("only",), [((1,), 30)]),
            "auto",
            "Fewer than two lists hold anybody: nothing shows how much one list alone misses.",
        ),
        (
            table([20, 30, 0, 10, 0, 0, 0]),
            "auto",
            (
                "No person is in two lists: without overlap the lists say nothing about whom all"
                " of them miss."
            ),
        ),
        (
            table([40, 30, 2, 50, 20, 1, 0]),
            "high",
            (
                "The lists share too few persons for an interval: tables drawn anew give any number"
                " or none."
            ),
        ),
        (
            table([40, 30, 6, 50, 0, 0, 0]),
            "high",
            (
                "The lists depend on each other so much, or overlap so little, that the equation"
                " for the number of persons has no solution above those recorded."
            ),
        ),
        (
            table([0, 0, 5, 0, 5, 5, 5]),
            "independent",
            (
                "The formula leaves nobody unrecorded: the lists share more persons, or fewer"
                " persons are in one list alone, than it allows for."
            ),
        ),
        (
            PatternTable.from_histories(
                tuple("abcdefghijklm"), np.vstack([np.eye(13), np.ones((2, 13))]).astype(int)
            ),
            "auto",
            "13 lists have 8,192 patterns; the bootstrap draws those of at most 12 lists.",
        ),
    ],
)
def test_a_table_that_supports_no_number_is_refused_with_the_reason(given, form, reason):
    result = sample_coverage(given, form=form)
    assert isinstance(result, Refusal)
    assert result.reason == reason


@pytest.mark.parametrize("wrong", [{"replicates": 10}, {"level": 95}])
def test_settings_that_cannot_be_used_are_refused(wrong):
    with pytest.raises(EstimationError):
        sample_coverage(HEPATITIS, **wrong)
