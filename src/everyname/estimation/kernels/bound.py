"""Chao's lower bound on the number of the unrecorded, from persons in one list and in two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def equal_lists(f1: int, f2: int, n_lists: int, *, corrected: bool) -> tuple[float, float]:
    """Bound the unrecorded where every list reaches a person equally well.

    The form of Chao (1987) is (t - 1) / t * f1^2 / (2 f2) for t lists; the bias-corrected form
    puts f1 (f1 - 1) over 2 (f2 + 1).

    Parameters
    ----------
    f1, f2
        Persons in exactly one and in exactly two lists.
    n_lists
        The number of lists, t.
    corrected
        Whether to use the bias-corrected form; the other needs `f2` above 0.

    Returns
    -------
    The bound on the unrecorded (persons), and the variance of observed + bound (delta method).

    References
    ----------
    Chao (1987), Biometrics 43, 783-791; the factor (t - 1) / t and the variances of both forms:
    Colwell et al. (2012), Journal of Plant Ecology 5, 3-21.
    """
    share = (n_lists - 1) / n_lists
    if corrected:
        bound = share * f1 * (f1 - 1) / (2 * (f2 + 1))
        variance = (
            bound
            + share**2 * f1 * (2 * f1 - 1) ** 2 / (4 * (f2 + 1) ** 2)
            + share**2 * f1**2 * f2 * (f1 - 1) ** 2 / (4 * (f2 + 1) ** 4)
        )
        return bound, variance
    ratio = f1 / f2
    bound = share * f1 * ratio / 2
    variance = f2 * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    return bound, variance


def differing_lists(alone: NDArray[np.int64], f2: int, *, corrected: bool) -> tuple[float, float]:
    """Bound the unrecorded where lists differ in how many they reach.

    With z_j persons in list j only, the bound is the sum of z_i z_j over all pairs of lists,
    divided by f2, or by f2 + 1 in the bias-corrected form. Where all z_j are equal it is Chao's
    bound of 1987 with the factor (t - 1) / t; for two lists it is the estimate of Lincoln and
    Petersen, and bias-corrected that of Chapman.

    Parameters
    ----------
    alone
        Persons in each list and no other, shape (L,).
    f2
        Persons in exactly two lists.
    corrected
        Whether to use the bias-corrected form; the other needs `f2` above 0.

    Returns
    -------
    The bound on the unrecorded (persons), and the variance of observed + bound: the delta method
    on multinomial counts, with the divisor of the form in use.

    References
    ----------
    Chao (1989), Biometrics 45, 427-438; Rivest and Baillargeon (2007), Biometrics 63, 999-1006.
    """
    z = alone.astype(np.float64)
    f1 = float(z.sum())
    products = (f1**2 - float((z**2).sum())) / 2
    divisor = f2 + 1.0 if corrected else float(f2)
    bound = products / divisor
    variance = bound + float((z * (f1 - z) ** 2).sum()) / divisor**2 + products**2 / divisor**3
    return bound, variance
