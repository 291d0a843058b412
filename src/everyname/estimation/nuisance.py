"""Which of two lists hold a recorded person, given the person's covariates: a flexible regression.

The three cells "first only", "second only" and "both" have a multinomial logistic regression with
a ridge penalty on splines of numbers, an indicator of each category, and products of pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError

Floats: TypeAlias = NDArray[np.float64]
Table: TypeAlias = NDArray[Any]
Nuisance: TypeAlias = Callable[[Table, NDArray[np.int64], Table], ArrayLike]
"""Takes covariates (m, p), cells (m,) (0 first only, 1 second only, 2 both) and new covariates
(r, p); returns the probabilities of the first list, the second and both, shape (r, 3)."""

_KNOTS = (0.05, 0.275, 0.5, 0.725, 0.95)
_PENALTIES = (0.3, 3.0, 30.0, 300.0)
_MOST_FEATURES = 120
_MOST_LEVELS = 50


def classifier_nuisance(make: Callable[[], Any]) -> Nuisance:
    """Use a classifier with ``fit`` and ``predict_proba``, as those of scikit-learn.

    Parameters
    ----------
    make
        Returns a new, unfitted classifier.

    Returns
    -------
    A regression for `doubly_robust`.
    """

    def fitted(covariates: Table, cells: NDArray[np.int64], new: Table) -> Floats:
        model = make()
        model.fit(covariates, cells)
        chances = np.zeros((len(new), 3))
        chances[:, np.asarray(model.classes_, dtype=np.int64)] = model.predict_proba(new)
        return from_cells(chances)

    return fitted


def from_cells(chances: Floats) -> Floats:
    """Turn probabilities of "first only", "second only", "both" into those of the lists.

    Parameters
    ----------
    chances
        Shape (r, 3), rows adding up to 1.

    Returns
    -------
    Probabilities of the first list, the second and both, shape (r, 3).
    """
    first, second, both = chances.T
    return np.stack([first + both, second + both, both], axis=1)


def spline_regression(seed: int, categorical: Sequence[int] = ()) -> Nuisance:
    """Make the regression of this module, its penalty chosen on held-out fifths.

    Parameters
    ----------
    seed
        Seed of the fifths.
    categorical
        Columns whose numbers name categories; columns of text always do.
    """

    def fitted(covariates: Table, cells: NDArray[np.int64], new: Table) -> Floats:
        features = _Features.learn(covariates, frozenset(categorical))
        design, target = features.of(covariates), features.of(new)
        penalty = _best_penalty(design, cells, seed)
        return from_cells(_chances(target, _fit(design, cells, penalty)))

    return fitted


@dataclass(frozen=True, slots=True, eq=False)
class _Features:
    """What turns covariates into columns: knots of numbers, categories of the others."""

    knots: tuple[Floats | None, ...]
    categories: tuple[tuple[object, ...], ...]
    pairs: NDArray[np.int64]
    mean: Floats
    scale: Floats

    @classmethod
    def learn(cls, covariates: Table, categorical: frozenset[int]) -> _Features:
        table = covariates
        knots: list[Floats | None] = []
        categories: list[tuple[object, ...]] = []
        for j in range(table.shape[1]):
            numbers = None if j in categorical else _numbers(table[:, j])
            if numbers is not None and len(np.unique(numbers)) > 2:
                knots.append(np.unique(np.quantile(numbers, _KNOTS)))
                categories.append(())
            else:
                values, times = np.unique(table[:, j].astype(str), return_counts=True)
                # The commonest is the one the others are told from; rare ones beyond 50 join it.
                order = np.argsort(-times, kind="stable")[1:_MOST_LEVELS]
                knots.append(None)
                categories.append(tuple(values[order]))
        made = cls(
            tuple(knots), tuple(categories), np.zeros((0, 2), np.int64), np.zeros(0), np.ones(0)
        )
        plain, owner, main = made.plain(table)
        pairs = [
            (a, b)
            for a in range(len(owner))
            for b in range(a)
            if owner[a] != owner[b] and main[a] and main[b]
        ]
        chosen = pairs if len(pairs) + plain.shape[1] <= _MOST_FEATURES else []
        made = cls(
            made.knots,
            made.categories,
            np.array(chosen, np.int64).reshape(-1, 2),
            np.zeros(0),
            np.ones(0),
        )
        design = made.raw(table)
        scale = design.std(axis=0)
        return cls(
            made.knots,
            made.categories,
            made.pairs,
            design.mean(axis=0),
            np.where(scale > 1e-9, scale, np.inf),
        )

    def plain(self, covariates: Table) -> tuple[Floats, list[int], list[bool]]:
        """Give the columns without products; whose they are; and which may enter products."""
        table = covariates
        columns, owner, main = [], [], []
        for j, (knots, values) in enumerate(zip(self.knots, self.categories, strict=True)):
            if knots is None:
                made = [(table[:, j].astype(str) == value).astype(np.float64) for value in values]
                mark = [True] * len(made)
            else:
                made = _natural_spline(table[:, j].astype(np.float64), knots)
                mark = [True] + [False] * (len(made) - 1)
            columns += made
            owner += [j] * len(made)
            main += mark
        stacked = np.stack(columns, axis=1) if columns else np.zeros((len(table), 0))
        return stacked, owner, main

    def raw(self, covariates: Table) -> Floats:
        plain = self.plain(covariates)[0]
        products = plain[:, self.pairs[:, 0]] * plain[:, self.pairs[:, 1]]
        return np.concatenate([plain, products], axis=1)

    def of(self, covariates: Table) -> Floats:
        """Give the design, shape (rows, 1 + columns), the first column all 1."""
        standard = (self.raw(covariates) - self.mean) / self.scale
        return np.concatenate([np.ones((len(standard), 1)), standard], axis=1)


def _numbers(column: NDArray[Any]) -> Floats | None:
    if column.dtype.kind in "biuf":
        result: Floats = column.astype(np.float64)
        return result
    if column.dtype.kind == "O" and all(
        isinstance(value, int | float | np.number) for value in column
    ):
        return column.astype(np.float64)
    return None


def _natural_spline(x: Floats, knots: Floats) -> list[Floats]:
    """Cubic spline, linear beyond the outer knots (Hastie, Tibshirani and Friedman 2009, 5.2.1)."""
    middle, spread = float(knots.mean()), float(np.ptp(knots)) or 1.0
    x, knots = (x - middle) / spread, (knots - middle) / spread
    made = [x]

    def part(k: int) -> Floats:
        above = np.maximum(x - knots[k], 0) ** 3 - np.maximum(x - knots[-1], 0) ** 3
        result: Floats = above / (knots[-1] - knots[k])
        return result

    made += [part(k) - part(len(knots) - 2) for k in range(len(knots) - 2)]
    return made


def _fit(design: Floats, cells: NDArray[np.int64], penalty: float) -> Floats:
    """Fit by Newton's method; coefficients against the cell "both", shape (columns, 2)."""
    rows, columns = design.shape
    seen = np.stack([cells == 0, cells == 1], axis=1).astype(np.float64)
    beta = np.zeros((columns, 2))
    # Cells by their shares at first; the constant is not penalised.
    shares = np.clip(np.bincount(cells, minlength=3) / rows, 1e-6, None)
    beta[0] = np.log(shares[:2] / shares[2])
    ridge = np.full(columns, penalty)
    ridge[0] = 1e-8
    for _ in range(50):
        chance = _chances(design, beta)[:, :2]
        slope = design.T @ (seen - chance) - ridge[:, np.newaxis] * beta
        curve = np.zeros((2 * columns, 2 * columns))
        for a in range(2):
            for b in range(2):
                weight = chance[:, a] * ((a == b) - chance[:, b])
                block = (design * weight[:, np.newaxis]).T @ design
                if a == b:
                    block[np.diag_indices(columns)] += ridge
                curve[a * columns : (a + 1) * columns, b * columns : (b + 1) * columns] = block
        step = np.linalg.solve(curve, slope.T.reshape(-1)).reshape(2, columns).T
        longest = float(np.abs(step).max())
        beta = beta + step * min(1.0, 2.0 / max(longest, 1e-300))
        if longest < 1e-7:
            break
    return beta


def _chances(design: Floats, beta: Floats) -> Floats:
    scores = np.concatenate([design @ beta, np.zeros((len(design), 1))], axis=1)
    scores -= scores.max(axis=1, keepdims=True)
    odds = np.exp(scores)
    result: Floats = odds / odds.sum(axis=1, keepdims=True)
    return result


def _best_penalty(design: Floats, cells: NDArray[np.int64], seed: int) -> float:
    fold = np.random.default_rng(seed).permutation(len(cells)) % 5
    losses = []
    for penalty in _PENALTIES:
        loss = 0.0
        # Two of the five fifths tell penalties apart well enough, in less than half the time.
        for k in range(2):
            inside, outside = fold != k, fold == k
            beta = _fit(design[inside], cells[inside], penalty)
            chance = _chances(design[outside], beta)[np.arange(int(outside.sum())), cells[outside]]
            loss -= float(np.log(np.maximum(chance, 1e-12)).sum())
        losses.append(loss)
    return _PENALTIES[int(np.argmin(losses))]


def checked_covariates(covariates: ArrayLike, persons: int) -> NDArray[Any]:
    """Return covariates of shape (n, p) without gaps.

    Raises
    ------
    EstimationError
        Where they are not.
    """
    try:
        table = np.asarray(covariates)
    except ValueError:
        raise EstimationError(
            "covariates in rows of different lengths", do="Give one value a column in each row."
        ) from None
    if table.ndim == 1:
        table = table[:, np.newaxis]
    if table.ndim != 2 or len(table) != persons:
        raise EstimationError(
            f"covariates of shape {table.shape} for {persons} persons", do="Give one row a person."
        )
    gaps = np.array([_gaps(column) for column in table.T])
    if gaps.any():
        column = int(np.flatnonzero(gaps)[0])
        raise EstimationError(
            f"{gaps[column]} missing or infinite values",
            where=f"covariate {column + 1}",
            do="Impute them first (`impute`), and combine the estimates of the replicates.",
        )
    return table


def _gaps(column: NDArray[Any]) -> int:
    if column.dtype.kind in "biuUS":
        return 0
    if column.dtype.kind == "f":
        return int((~np.isfinite(column)).sum())
    return sum(value is None or value != value for value in column)
