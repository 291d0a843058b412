"""The unrecorded from all recorded patterns at once, with the interaction of all lists given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def signs(n_lists: int) -> NDArray[np.float64]:
    """Give +1 to patterns in an odd number of lists and -1 to the others, without pattern 0.

    Parameters
    ----------
    n_lists
        Lists, L.

    Returns
    -------
    Shape (2^L - 1,); the pattern, as bits, is the index plus 1.
    """
    return np.array([1.0 if pattern.bit_count() % 2 else -1.0 for pattern in range(1, 2**n_lists)])


def log_ratio(cells: NDArray[np.float64], odd: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take the logarithm of the product of the odd cells over the product of the even cells.

    Parameters
    ----------
    cells
        Persons or probabilities, above 0, shape (..., 2^L - 1).
    odd
        As `signs` gives them.
    """
    result: NDArray[np.float64] = np.log(cells) @ odd
    return result


def posterior_log_odds(
    counts: NDArray[np.int64], prior: float, draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the log-odds of being unrecorded where lists have no interaction of all of them.

    The recorded patterns have probabilities with a Dirichlet prior of `prior` persons each.

    Parameters
    ----------
    counts
        Persons with each pattern, zeros too, shape (2^L - 1,).
    prior
        Prior persons in each cell, above 0.
    draws
        Number of draws.
    rng
        Source of randomness.

    Returns
    -------
    Shape (draws,).

    References
    ----------
    Aleshin-Guendel, Sadinle and Wakefield (2024), Biometrics 80, ujad028.
    """
    n_lists = (len(counts) + 1).bit_length() - 1
    shape = counts + prior
    # A gamma of small shape underflows to 0: one of shape + 1 times u^(1 / shape) does not.
    logs = np.log(rng.standard_gamma(shape + 1, size=(draws, len(shape))))
    logs += np.log(rng.random((draws, len(shape)))) / shape
    total = np.logaddexp.reduce(logs, axis=1)
    result: NDArray[np.float64] = logs @ signs(n_lists) - total
    return result


def draw_unrecorded(
    log_odds: NDArray[np.float64], observed: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draw the number of the unrecorded given the odds, with a prior 1 / N on the persons.

    It is negative binomial: a Poisson whose mean is the odds times a gamma of shape `observed`.
    Means from 1e15 on are rounded instead of drawn.

    Parameters
    ----------
    log_odds
        Logarithm of the odds of being unrecorded, shape (draws,).
    observed
        Persons in at least one list, above 0.
    rng
        Source of randomness.

    Returns
    -------
    Shape (draws,).
    """
    logs = log_odds + np.log(rng.standard_gamma(observed, size=log_odds.shape))
    means = np.exp(np.minimum(logs, np.log(1e18)))
    drawn = rng.poisson(np.minimum(means, 1e15))
    result: NDArray[np.int64] = np.where(means < 1e15, drawn, means.astype(np.int64))
    return result
