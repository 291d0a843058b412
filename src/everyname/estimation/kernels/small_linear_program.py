"""A small linear program: whether rows balance with weights above 0."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_ZERO = 1e-9
_BALANCED = 1e-6


@njit(cache=True, nogil=True, error_model="numpy")
def balanced(rows: NDArray[np.float64]) -> bool:
    """Decide whether some weights of the cells, all above 0, make every row's weighted sum zero.

    Weights may be enlarged together, so that they can be taken as 1 + v with v >= 0; the first
    phase of the simplex method, by Bland's rule, finds such v or shows that there is none.

    Parameters
    ----------
    rows
        Shape (k, cells).

    References
    ----------
    Bland (1977), Mathematics of Operations Research 2, 103-107.
    """
    equations, cells = rows.shape
    tableau = np.zeros((equations + 1, cells + 1))
    basis = np.empty(equations, dtype=np.int64)
    for i in range(equations):
        total = 0.0
        for j in range(cells):
            total += rows[i, j]
        sign = 1.0 if total <= 0 else -1.0
        for j in range(cells + 1):
            tableau[i, j] = sign * (rows[i, j] if j < cells else -total)
            tableau[equations, j] += tableau[i, j]
        # Numbers from `cells` on are the slack that the first phase drives to zero.
        basis[i] = cells + i
    # Bland's rule ends by itself; the limit is against rounding that brings a basis back.
    for _ in range(50 * (cells + equations)):
        if tableau[equations, cells] < _BALANCED:
            return True
        entering = _entering(tableau)
        if entering < 0:
            return False
        leaving = _leaving(tableau, basis, entering)
        if leaving < 0:
            return False
        _exchange(tableau, leaving, entering)
        basis[leaving] = entering
    return False


@njit(cache=True, nogil=True, error_model="numpy")
def _entering(tableau: NDArray[np.float64]) -> int:
    for j in range(tableau.shape[1] - 1):
        if tableau[-1, j] > _ZERO:
            return j
    return -1


@njit(cache=True, nogil=True, error_model="numpy")
def _leaving(tableau: NDArray[np.float64], basis: NDArray[np.int64], entering: int) -> int:
    last = tableau.shape[1] - 1
    found, least = -1, np.inf
    for i in range(len(basis)):
        if tableau[i, entering] > _ZERO:
            ratio = tableau[i, last] / tableau[i, entering]
            if ratio < least - _ZERO or (ratio < least + _ZERO and basis[i] < basis[found]):
                found, least = i, ratio
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def _exchange(tableau: NDArray[np.float64], leaving: int, entering: int) -> None:
    height, width = tableau.shape
    divisor = tableau[leaving, entering]
    for j in range(width):
        tableau[leaving, j] /= divisor
    for i in range(height):
        share = tableau[i, entering]
        if i != leaving and share != 0:
            for j in range(width):
                tableau[i, j] -= share * tableau[leaving, j]
