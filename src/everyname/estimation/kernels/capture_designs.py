"""Designs of the capture-recapture models as Poisson log-linear models of the patterns."""

from __future__ import annotations

from math import lgamma, log
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.kernels.hierarchical_models import cell_counts, table_cells
from everyname.estimation.kernels.poisson_regression import Array, PoissonFit, climb
from everyname.estimation.kernels.profile_likelihood import (
    ProfileInterval,
    interval_of,
    with_hidden,
)

Heterogeneity = Literal["chao", "poisson", "darroch", "gamma"]


def capture_design(
    n_lists: int, *, differ: bool, heterogeneity: Heterogeneity | None, parameter: float = 0.0
) -> Array:
    """Build M0, Mt, Mh or Mth at the observable cells.

    The columns are a constant; the number of lists that hold the person, or where lists differ
    one column for each list; and the terms of heterogeneity, functions h of that number j with
    h(0) = 0: 2^j - 1 for the Poisson with base 2, j^2 / 2 (Darroch), log(a) - log(a + j) (Gamma),
    or max(0, j - i + 1) for each i from 3 to L (Chao).

    Parameters
    ----------
    n_lists
        L.
    differ
        Whether lists differ in how many they reach (t).
    heterogeneity
        How persons differ (h); None where they do not.
    parameter
        The base of the Poisson or the a of the Gamma model.

    References
    ----------
    Rivest and Baillargeon (2007), Biometrics 63, 999-1006.
    """
    cells = table_cells(n_lists).astype(np.float64)
    held = cells.sum(axis=1)
    columns = [np.ones(len(cells)), *(cells.T if differ else [held])]
    if heterogeneity == "chao":
        columns += [np.maximum(0.0, held - i + 1) for i in range(3, n_lists + 1)]
    elif heterogeneity == "poisson":
        columns.append(parameter**held - 1)
    elif heterogeneity == "darroch":
        columns.append(held**2 / 2)
    elif heterogeneity == "gamma":
        columns.append(np.log(parameter) - np.log(parameter + held))
    return np.column_stack(columns)


def fit_without_negative(
    design: Array, counts: Array, fixed: int
) -> tuple[Array, PoissonFit] | None:
    """Fit, dropping columns from `fixed` on with a negative coefficient until none is left.

    Chao's terms with a negative coefficient contradict the heterogeneity they stand for; among
    them are those that patterns nobody has would send to minus infinity.
    """
    while True:
        fit, exists = climb(design, counts)
        kept = (np.arange(design.shape[1]) < fixed) | (fit.coefficients >= 0)
        if kept.all():
            return (design, fit) if exists else None
        design = design[:, kept]


def chao_interval(
    design: Array, counts: Array, level: float, *, fixed: int, start: float
) -> ProfileInterval:
    """Give the profile interval of a model whose terms from `fixed` on are not negative.

    Parameters
    ----------
    design, counts
        Observable cells with all terms, shape (c, p) and (c,).
    level
        Nominal coverage.
    fixed
        Terms of any sign, the first.
    start
        A number of the unrecorded to start from, above 0.
    """
    full, spread = with_hidden(design, counts)

    def height(number: float) -> float:
        spread[0] = number
        found = fit_without_negative(full, spread, fixed)
        fit = found[1] if found else climb(full[:, :fixed], spread)[0]
        total = float(spread.sum())
        # The fit's likelihood has the factorial of the hidden cell in it already.
        return fit.log_likelihood + lgamma(total + 1) + total - total * log(total)

    return interval_of(height, float(counts.sum()), level, start=start)


def chao_log_linear_fit(
    histories: NDArray[np.int8], counts: NDArray[np.int64]
) -> tuple[float, float] | None:
    """Fit Chao's log-linear model with an effect of each list by maximum likelihood.

    The exponential of its constant bounds the unrecorded.

    Parameters
    ----------
    histories
        Distinct capture patterns, 0 or 1, shape (k, L).
    counts
        Persons with each pattern, shape (k,).

    Returns
    -------
    The bound on the unrecorded (persons) and the variance of observed + bound; None where the
    maximum likelihood estimate does not exist.

    References
    ----------
    Rivest and Baillargeon (2007), Biometrics 63, 999-1006; Baillargeon and Rivest (2007), Journal
    of Statistical Software 19(5).
    """
    n_lists = histories.shape[1]
    design = capture_design(n_lists, differ=True, heterogeneity="chao")
    found = fit_without_negative(design, cell_counts(histories, counts), 1 + n_lists)
    if found is None:
        return None
    bound = float(np.exp(found[1].coefficients[0]))
    return bound, bound + bound**2 * float(found[1].covariance[0, 0])


def behaviour_design(n_lists: int, *, first_differs: bool) -> Array:
    """Build Mb, or Mbh as generalised removal, at the observable cells.

    The columns are a constant, the place of the first list that holds the person, the number of
    lists that hold them, and where `first_differs` whether the first list of all holds them.

    References
    ----------
    Otis, Burnham, White and Anderson (1978), Wildlife Monographs 62; Rivest and Baillargeon
    (2007), Biometrics 63, 999-1006.
    """
    cells = table_cells(n_lists)
    first = cells.argmax(axis=1)
    columns = [np.ones(len(cells)), first, cells.sum(axis=1)]
    if first_differs:
        columns.append(first == 0)
    return np.column_stack(columns).astype(np.float64)
