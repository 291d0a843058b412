"""Whether a Poisson log-linear model of capture patterns has a maximum likelihood estimate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.kernels.small_linear_program import balanced

_ZERO = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Existence:
    """What a table of counts lets a Poisson log-linear model be fitted to.

    Attributes
    ----------
    exists
        Whether the maximum likelihood estimate exists in the ordinary sense: no coefficient goes
        to infinity.
    identifiable
        Whether the logarithm of the unrecorded cell is determined by the *extended* maximum
        likelihood estimate, in which some cells are fitted as 0.
    free
        Cells that the extended estimate fits with a number above 0, shape (cells,).
    """

    exists: bool
    identifiable: bool
    free: NDArray[np.bool_]


def existence(
    design: NDArray[np.float64],
    counts: NDArray[np.int64],
    unrecorded: NDArray[np.float64] | None = None,
) -> Existence:
    """Decide whether the estimate exists, and whether the unrecorded are determined.

    The estimate exists if and only if the sufficient marginals lie inside the cone that the rows
    of the design span: some table with every cell above 0 has the same marginals. Where they lie
    on a face of the cone, the cells outside that face are fitted as 0, and the rest is an
    ordinary model on the face.

    With d over the null space of the rows of the positive cells, the face follows from the zero
    cells alone; where that space is empty the estimate exists. A marginal of 0 shows cells
    outside the face at once. Only what is left after both is given to a linear program.

    Parameters
    ----------
    design
        A row for each observable cell, a column for each coefficient, shape (cells, p).
    counts
        Persons in each cell, shape (cells,).
    unrecorded
        Row of the design for the cell that no list holds, shape (p,); where absent, 1 in the first
        column, the constant, and 0 elsewhere.

    Returns
    -------
    See `Existence`.

    References
    ----------
    Fienberg and Rinaldo (2012), Annals of Statistics 40, 996-1023; for capture patterns: Chan,
    Silverman and Vincent (2021), Journal of the American Statistical Association 116, 1297-1306.
    """
    matrix = np.asarray(design, dtype=np.float64)
    positive = np.asarray(counts) > 0
    target = np.zeros(matrix.shape[1])
    target[0] = 1.0
    if unrecorded is not None:
        target = np.asarray(unrecorded, dtype=np.float64)
    # Columns on one scale, so that one tolerance fits them all.
    largest = np.abs(matrix).max(axis=0, initial=0.0)
    scale = np.where(largest > 0, largest, 1.0)
    matrix, target = matrix / scale, target / scale
    free = _face(matrix, positive)
    loose = null_space(matrix[free])
    return Existence(
        exists=bool(free.all()),
        identifiable=bool(np.all(np.abs(target @ loose) < _ZERO)),
        free=free,
    )


def null_space(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give an orthonormal basis of the directions that no row sees, shape (p, p - rank)."""
    _, values, right = np.linalg.svd(rows, full_matrices=True)
    rank = int(np.sum(values > _ZERO * values.max(initial=0.0))) if len(values) else 0
    basis: NDArray[np.float64] = right[rank:].T
    return basis


def _face(matrix: NDArray[np.float64], positive: NDArray[np.bool_]) -> NDArray[np.bool_]:
    free = np.ones(len(matrix), dtype=np.bool_)
    if positive.all():
        return free
    loose = null_space(matrix[positive])
    if loose.shape[1] == 0:
        return free
    # A column that is nowhere negative and sums to 0 over the persons excludes its cells.
    empty = (matrix >= 0).all(axis=0) & ~(matrix[positive] > 0).any(axis=0)
    free &= ~(matrix[:, empty] > 0).any(axis=1)
    zeros = np.flatnonzero(free & ~positive)
    seen = matrix[zeros] @ loose
    moved = (np.abs(seen) > _ZERO).any(axis=1)
    if moved.any():
        free[zeros[moved]] = _supported(seen[moved])
    return free


def _supported(rows: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find the rows that take part in a sum, with weights of at least 0, that is zero.

    The weight of a row is u + v with 0 <= u <= 1 and v >= 0: the largest sum of u has u = 1 for
    exactly the rows that can have a weight above 0, as weights may be added and enlarged. No
    program is needed on a line, where all or none take part, or where weights above 0 for all rows
    are found at once.
    """
    left, values, _ = np.linalg.svd(rows, full_matrices=False)
    rank = int(np.sum(values > _ZERO * values[0]))
    rows = left[:, :rank] * values[:rank]
    if rank == 1:
        mixed = rows.min() < 0 < rows.max()
        return np.full(len(rows), mixed)
    if balanced(np.ascontiguousarray(rows.T)):
        return np.ones(len(rows), dtype=np.bool_)
    from scipy.optimize import linprog

    number = len(rows)
    solution = linprog(
        np.concatenate([-np.ones(number), np.zeros(number)]),
        A_eq=np.concatenate([rows, rows]).T,
        b_eq=np.zeros(rows.shape[1]),
        bounds=[(0.0, 1.0)] * number + [(0.0, None)] * number,
        method="highs",
    )
    found: NDArray[np.bool_] = solution.x[:number] > 1 / 2
    return found
