"""How many persons stand in one list, in two, in three."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def frequencies(histories: NDArray[np.int8], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the persons by the number of lists that hold them.

    Parameters
    ----------
    histories
        Capture patterns, 0 or 1, shape (k, L).
    counts
        Persons with each pattern, shape (k,).

    Returns
    -------
    Shape (L + 1,): element j is the number of persons in exactly j lists; element 0 is 0.
    """
    result = np.zeros(histories.shape[1] + 1, dtype=np.int64)
    np.add.at(result, histories.sum(axis=1, dtype=np.int64), counts)
    return result


def singles(histories: NDArray[np.int8], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count, for each list, the persons whom no other list holds.

    Parameters
    ----------
    histories
        Capture patterns, 0 or 1, shape (k, L).
    counts
        Persons with each pattern, shape (k,).

    Returns
    -------
    Shape (L,).
    """
    alone = histories.sum(axis=1, dtype=np.int64) == 1
    result: NDArray[np.int64] = counts[alone] @ histories[alone].astype(np.int64)
    return result
