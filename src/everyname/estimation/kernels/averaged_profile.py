"""Tail areas of several models' profile likelihoods, averaged by the models' weights."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, log, sqrt
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.poisson_regression import Array
from everyname.estimation.kernels.profile_likelihood import (
    CLOSE,
    LOWEST,
    ROUNDS,
    SCAN,
    SPAN,
    fallen_from_peak,
    number,
    profile,
    with_hidden,
)


def averaged_limits(
    design: Array,
    members: NDArray[np.bool_],
    free: NDArray[np.bool_],
    counts: Array,
    start: Array,
    weights: Array,
    tails: Array,
) -> tuple[Array, Array]:
    """Average the tail areas of several models' profile likelihoods and find where they fall.

    The tail area of N under a model is that of its signed root z = sign(point - N) sqrt(2 (l(point)
    - l(N))): the share of a standard normal variable above z.

    Parameters
    ----------
    design, members
        Terms at the observable cells, shape (c, T), and which of them each model has, (m, T); the
        first term is the constant, and no other is held by those in no list.
    free
        Cells that a model does not fit as 0, shape (m, c).
    counts
        Shape (c,).
    start
        Numbers of the unrecorded to start from, shape (m,).
    weights
        Of the models, summing to 1, shape (m,).
    tails
        Averaged tail areas to look for, ascending, shape (q,).

    Returns
    -------
    Numbers of the unrecorded at each tail area, shape (q,), 0 and infinity at the ends; and each
    model's own most likely number, shape (m,).

    References
    ----------
    Turek and Fletcher (2012), Computational Statistics and Data Analysis 56, 2809-2815; with
    profile likelihoods: Fletcher and Turek (2012), Journal of Agricultural, Biological, and
    Environmental Statistics 17, 38-51.
    """
    full, spread = with_hidden(design, counts)
    rows = np.column_stack([np.ones(len(free), dtype=np.bool_), free])
    rows = np.ascontiguousarray(rows)
    points, maxima = np.zeros(len(members)), np.zeros(len(members))
    for m, (columns, cells) in enumerate(zip(members, rows, strict=True)):
        part = np.ascontiguousarray(full[np.ix_(cells, columns)])
        found = fallen_from_peak(part, spread[cells], log(max(start[m], 1e-3)), 0.0)
        points[m], maxima[m] = found[0], found[1]
    models = _Models(full, members, rows, spread, weights, points, maxima)
    recorded = float(counts.sum())
    limits = [number(_where(models, tail), recorded) for tail in tails]
    return np.array(limits), np.exp(points)


@dataclass(frozen=True, slots=True, eq=False)
class _Models:
    design: Array
    members: NDArray[np.bool_]
    rows: NDArray[np.bool_]
    counts: Array
    weights: Array
    points: Array
    maxima: Array

    def area(self, log_number: float, predictors: Array) -> float:
        """Give the averaged tail area; `predictors` keeps each fit as a start for the next."""
        heights = _heights(
            self.design, self.members, self.rows, self.counts, log_number, predictors
        )
        roots = np.sqrt(np.maximum(0.0, 2 * (self.maxima - heights)))
        # At the end of the range the maximum was taken a step beyond it.
        roots[log_number == self.points] = 0.0
        signed = np.where(log_number > self.points, -roots, roots)
        tails = [0.5 * erfc(root / sqrt(2.0)) for root in signed]
        return float(self.weights @ np.array(tails))


def _where(models: _Models, tail: float) -> float:
    """Find where the averaged tail area is `tail`, from the middle of the models outwards."""
    highest = log(float(models.counts[1:].sum())) + SPAN
    # A mean lies among what it is of; only rounding takes it out, and off the end of the range.
    here = float(np.clip(models.points @ models.weights, models.points.min(), models.points.max()))
    spread = models.counts.copy()
    spread[0] = exp(here)
    predictors = np.log(np.tile(spread, (len(models.members), 1)) + 0.5)
    rise = models.area(here, predictors) - tail
    if abs(rise) < CLOSE * tail:
        return here
    move = SCAN if rise < 0 else -SCAN
    there, other = here, rise
    while other * rise > 0:
        # Only the end ahead: where every model is best with nobody unrecorded, the scan starts at
        # the lower end and still has to go up.
        if (there >= highest) if move > 0 else (there <= LOWEST):
            return there
        here, rise = there, other
        there += move
        other = models.area(there, predictors) - tail
    # The Illinois method: false position that halves the weight of an end which does not move.
    for _ in range(ROUNDS):
        if abs(there - here) < CLOSE or rise == other:
            break
        middle = there - other * (there - here) / (other - rise)
        found = models.area(middle, predictors) - tail
        if abs(found) < CLOSE * tail:
            return middle
        if found * other < 0:
            here, rise = there, other
        else:
            rise /= 2
        there, other = middle, found
    return there


@njit(cache=True, nogil=True)
def _heights(
    design: Array,
    members: NDArray[np.bool_],
    rows: NDArray[np.bool_],
    counts: Array,
    log_number: float,
    predictors: Array,
) -> Any:  # noqa: ANN401
    """Give each model's profile log-likelihood at exp(log_number)."""
    heights = np.empty(len(members))
    for m in range(len(members)):
        columns, cells = np.flatnonzero(members[m]), np.flatnonzero(rows[m])
        part = np.empty((len(cells), len(columns)))
        held, predictor = np.empty(len(cells)), np.empty(len(cells))
        for i in range(len(cells)):
            held[i], predictor[i] = counts[cells[i]], predictors[m, cells[i]]
            for a in range(len(columns)):
                part[i, a] = design[cells[i], columns[a]]
        size = len(columns)
        heights[m], _ = profile(
            part, held, log_number, predictor, np.zeros(size), np.zeros((size, size))
        )
        for i in range(len(cells)):
            predictors[m, cells[i]] = predictor[i]
    return heights
