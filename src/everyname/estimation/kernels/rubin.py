"""Rules for combining one estimate a replicate into one mean, variance and degrees of freedom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Combined:
    """A mean over replicates and what its variance is made of.

    Attributes
    ----------
    mean
        Mean of the replicates' estimates.
    within
        Mean of their own variances: what estimation leaves open.
    outer, inner
        What the outer replicates and the replicates inside them add. Without nesting all of it
        is `outer`.
    degrees
        Degrees of freedom of Student's t for an interval; infinite where replicates add nothing.
    """

    mean: float
    within: float
    outer: float
    inner: float
    degrees: float

    @property
    def variance(self) -> float:
        """Variance of `mean` as an estimate: the sum of the three parts."""
        return self.within + self.outer + self.inner


def combine_flat(
    values: NDArray[np.float64], variances: NDArray[np.float64], complete: float = inf
) -> Combined:
    """Combine replicates of one kind.

    The variance is W + (1 + 1/m) B, with W the mean of the variances and B the variance of the m
    estimates.

    Parameters
    ----------
    values, variances
        Estimate and variance of each replicate, shape (m,), m at least 2.
    complete
        Degrees of freedom the interval would have without replicates; infinite for a normal one.

    References
    ----------
    Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.3; degrees of freedom:
    Barnard and Rubin (1999), Biometrika 86, 948-955, which are Rubin's of 1987 where `complete`
    is infinite.
    """
    m = len(values)
    within = float(variances.mean())
    between = (1 + 1 / m) * float(values.var(ddof=1))
    mean = float(values.mean())
    if between <= 0:
        return Combined(mean, within, 0.0, 0.0, complete)
    share = between / (within + between)
    inverse = share**2 / (m - 1)
    if complete < inf:
        inverse += (complete + 3) / (complete + 1) / complete / max(1 - share, 1e-12)
    return Combined(mean, within, between, 0.0, 1 / inverse)


def combine_nested(
    values: Sequence[NDArray[np.float64]], variances: Sequence[NDArray[np.float64]]
) -> Combined:
    """Combine replicates inside replicates, as imputations inside each linkage.

    With M outer replicates of K inner ones, MS_b the mean square between the outer means and MS_w
    that within them, the variance is W + (1 + 1/M) MS_b / K + (1 - 1/K) MS_w. What the outer ones
    add is (1 + 1/M) (MS_b - MS_w) / K, not below 0, and the inner ones the rest. Outer replicates
    of different sizes enter with equal weight and the harmonic mean of their sizes for K.

    Parameters
    ----------
    values, variances
        For each outer replicate, the estimates and variances of its inner ones; at least two
        outer ones, one of which has at least two inner ones.

    References
    ----------
    Shen (2000), Nested multiple imputation, thesis, Harvard University; Rubin (2003), Statistica
    Neerlandica 57, 3-18.
    """
    sizes = np.array([len(part) for part in values], dtype=np.float64)
    means = np.array([part.mean() for part in values])
    count, size = len(values), len(values) / float((1 / sizes).sum())
    left = float((sizes - 1).sum())
    within = float(np.mean([part.mean() for part in variances]))
    inner_square = sum(float(((part - part.mean()) ** 2).sum()) for part in values) / left
    outer_square = size * float(means.var(ddof=1))
    first = (1 + 1 / count) * outer_square / size
    second = (1 - 1 / size) * inner_square
    total = within + first + second
    outer = max((1 + 1 / count) * (outer_square - inner_square) / size, 0.0)
    inverse = 0.0
    if total > 0:
        inverse = (first / total) ** 2 / (count - 1) + (second / total) ** 2 / left
    degrees = 1 / inverse if inverse > 0 else inf
    return Combined(float(means.mean()), within, outer, first + second - outer, degrees)
