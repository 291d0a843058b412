"""The sample coverage estimates: what share of a list the other lists hold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CoverageEstimates:
    """The estimates of one table or of many, each of shape (...).

    Attributes
    ----------
    coverage
        Estimated share of a list that other lists hold, averaged over the lists.
    overlapped
        Persons in all lists but one, averaged over the one.
    independent, low, high
        The number of persons for independent lists, for low and for high coverage.
    dependence
        Coefficients of covariation of pairs of lists, at the estimate for low coverage, in the
        order of `itertools.combinations`, shape (..., pairs).
    """

    coverage: Array
    overlapped: Array
    independent: Array
    low: Array
    high: Array
    dependence: Array


def coverage_estimates(cells: Array) -> CoverageEstimates:
    """Estimate the number of persons from the sample coverage.

    With M recorded persons, n_j in list j, z_j in it alone, z_jk in lists j and k and no other,
    and n_jk in both, of t lists: the coverage C is 1 - sum(z_j / n_j) / t, D is M - sum(z_j) / t,
    and the number for independent lists D / C. Pairs of lists with the coefficient of covariation
    g_jk add sum(A_jk g_jk) / (t C) with A_jk = z_j + z_k + 2 z_jk. As g_jk = N n_jk / (n_j n_k) -
    1 has the number N itself, the estimate for high coverage solves for it; that for low coverage
    takes N from a first step from D / C. Covariation of three and more lists is left out. For
    three lists these are the formulas printed in the papers, where A_12 is the number in list 2
    and not in 3, added to the number in list 1 and not in 3.

    Parameters
    ----------
    cells
        Persons with each pattern, shape (..., 2^L); the pattern is the index in bits. Cell 0 is
        not used. Every list holds somebody.

    Returns
    -------
    The estimates; not finite where there is no overlap, and below 0 or not finite for high
    coverage where the equation has no solution.

    References
    ----------
    Chao and Tsay (1998), Journal of the American Statistical Association 93, 283-293; Tsay and
    Chao (2001), Journal of Applied Statistics 28, 25-36; Chao, Tsay, Lin, Shau and Chao (2001),
    Statistics in Medicine 20, 3123-3157.
    """
    patterns = np.arange(cells.shape[-1])
    t = len(patterns).bit_length() - 1
    persons = np.where(patterns > 0, cells, 0.0)
    sizes = np.stack([persons[..., patterns >> j & 1 == 1].sum(axis=-1) for j in range(t)], -1)
    alone = persons[..., 1 << np.arange(t)]
    with np.errstate(divide="ignore", invalid="ignore"):
        coverage = 1 - (alone / sizes).sum(axis=-1) / t
        overlapped = persons.sum(axis=-1) - alone.sum(axis=-1) / t
        independent = overlapped / coverage
        pairs = list(combinations(range(t), 2))
        ratio = np.stack(
            [
                persons[..., (patterns >> j & patterns >> k & 1) == 1].sum(axis=-1)
                / (sizes[..., j] * sizes[..., k])
                for j, k in pairs
            ],
            -1,
        )
        reach = np.stack(
            [
                alone[..., j] + alone[..., k] + 2 * persons[..., (1 << j) + (1 << k)]
                for j, k in pairs
            ],
            -1,
        )
        factor = reach / (t * coverage[..., None])
        slope, constant = (factor * ratio).sum(axis=-1), independent - factor.sum(axis=-1)
        first = constant + slope * independent
        low = constant + slope * first
        high = constant / (1 - slope)
    return CoverageEstimates(
        coverage, overlapped, independent, low, high, low[..., None] * ratio - 1
    )


def replicate_errors(
    cells: NDArray[np.int64],
    persons: float,
    form: Literal["independent", "low", "high"],
    replicates: int,
    rng: np.random.Generator,
) -> Array:
    """Give the errors of estimates from tables drawn anew, by a parametric bootstrap.

    Parameters
    ----------
    cells
        Persons with each pattern, shape (2^L,).
    persons
        The estimated number of persons, at least those in `cells`.
    form
        Which estimate.
    replicates
        Tables to draw.
    rng
        Source of randomness.

    Returns
    -------
    Logarithm of the estimated over the true number of the unrecorded, of the tables whose
    estimate is finite and above the persons recorded in them, shape (at most `replicates`,).
    """
    size = max(round(persons), int(cells[1:].sum()))
    shares = cells / size
    shares[0] = max(0.0, 1 - shares[1:].sum())
    drawn = rng.multinomial(size, shares / shares.sum(), size=replicates).astype(np.float64)
    recorded = drawn[:, 1:].sum(axis=1)
    missed: Array = getattr(coverage_estimates(drawn), form) - recorded
    usable = np.isfinite(missed) & (missed > 0)
    # A table that misses nobody counts as one that misses half a person.
    errors: Array = np.log(missed[usable] / np.maximum(size - recorded[usable], 0.5))
    return errors
