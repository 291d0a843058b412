"""Stepwise selection against R's SparseMSE 2.0.1 on 19 published tables: no disagreement.

The estimate, the interval of the selected model, its terms in their order, and the acceleration
are deterministic and agree to four significant digits. The bootstrap limits rest on random
numbers: R's must be one that 1,000 resamples of ours could have given.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from math import hypot, sqrt
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.sparse_estimate import SparseEstimate
from everyname.estimation.stepwise_sparse import sparse

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
RESAMPLES = 2000


@cache
def estimated(shared: Path, name: str) -> SparseEstimate:
    path = shared / "data" / "patterns" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    cells = np.array(rows, dtype=np.int64)
    table = PatternTable(tuple(header[:-1]), cells[:, :-1], cells[:, -1])
    found = sparse(table, bootstraps=RESAMPLES)
    assert isinstance(found, SparseEstimate)
    return found


@cache
def reference(shared: Path) -> dict:
    return json.loads((shared / "reference" / "estimation_r.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TABLES)
def test_the_selected_model_and_its_interval_are_those_of_r(shared, name):
    found, theirs = estimated(shared, name), reference(shared)[name]["sparsemse_fixedmodel"]
    finite = tuple(term for term in found.terms if term not in found.without_overlap)
    # R's model does not print the coefficients that are minus infinity.
    assert finite == tuple(theirs["model"].split()[1:])
    assert (found.point, found.model_low, found.model_high) == pytest.approx(
        (theirs["est"], theirs["lo"], theirs["hi"]), rel=5e-5
    )


@pytest.mark.parametrize("name", TABLES)
def test_the_acceleration_is_that_of_r(shared, name):
    theirs = reference(shared)[name]["sparsemse_boot"]["ahat"]
    # R's is printed with six decimals.
    assert estimated(shared, name).acceleration == pytest.approx(theirs, rel=5e-5, abs=5e-7)


def distances(found: SparseEstimate, theirs: dict) -> list[float]:
    """How many standard errors R's two limits are from ours.

    They are compared on the scale of probability, where the error of a quantile is known. A limit
    is the quantile of B replicates at the probability p: their order statistic p (B - 1) + 1, which
    lies in expectation at s = (p (B - 1) + 1) / (B + 1) of the distribution with the standard error
    sqrt(s (1 - s) / (B + 2)). It errs also by z0, whose error is sqrt(q (1 - q) / B) / phi(z0) with
    q = Phi(z0); the two are added as if they went together. Ours serve as the distribution, with
    the error of a share of `RESAMPLES`.
    """
    assert found.replicates is not None
    normal, size = NormalDist(), theirs["nboot"]
    z0, a = found.bias_correction, found.acceleration
    q = normal.cdf(z0)
    result = []
    for limit, tail in ((theirs["lo"], 0.025), (theirs["hi"], 0.975)):
        shifted = z0 + normal.inv_cdf(tail)
        place = z0 + shifted / (1 - a * shifted)
        share = (normal.cdf(place) * (size - 1) + 1) / (size + 1)
        moved = normal.pdf(place) * (1 + 1 / (1 - a * shifted) ** 2) / normal.pdf(z0)
        error = sqrt(share * (1 - share) / (size + 2)) + moved * sqrt(q * (1 - q) / size)
        ours = sqrt(share * (1 - share) / RESAMPLES) + moved * sqrt(q * (1 - q) / RESAMPLES)
        below = float(np.mean(found.replicates < limit * (1 - 1e-6)))
        upto = float(np.mean(found.replicates <= limit * (1 + 1e-6)))
        gap = max(below - share, share - upto, 0.0)
        result.append(gap / hypot(error, ours))
    return result


@pytest.mark.parametrize("name", TABLES)
def test_the_bootstrap_limits_are_within_bootstrap_error_of_those_of_r(shared, name):
    theirs = reference(shared)[name]["sparsemse_boot"]
    assert max(distances(estimated(shared, name), theirs)) < 3


def test_over_all_tables_the_limits_are_no_further_than_the_bootstrap_error_says(shared):
    squares = [
        distance**2
        for name in TABLES
        for distance in distances(
            estimated(shared, name), reference(shared)[name]["sparsemse_boot"]
        )
    ]
    # The errors are bounds from above: 38 squares of mean below 1.
    assert np.mean(squares) < 1
