"""A table of capture patterns for stepwise selection, and a model selected on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, lgamma, log, sqrt

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.kernels.stepwise import select, select_each
from everyname.estimation.pattern_table import PatternTable


@dataclass(frozen=True, slots=True, eq=False)
class StepwiseFit:
    """The selected model on the data.

    Attributes
    ----------
    pairs
        Masks of the selected interactions, in the order of their selection.
    constant, error
        Logarithm of the estimated unrecorded, and its standard error.
    means
        Fitted counts (persons), shape (2^L,); 0 for the unrecorded and outside the face.
    """

    pairs: tuple[int, ...]
    constant: float
    error: float
    means: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class StepwiseTable:
    """A table as counts of numbered cells: bit i of a cell's number stands for list i.

    Attributes
    ----------
    table
        Capture patterns.
    threshold
        Largest p-value with which a pair of lists is added to the model.
    """

    table: PatternTable
    threshold: float

    @property
    def lists(self) -> int:
        """Number of lists, L."""
        return len(self.table.lists)

    @property
    def held(self) -> tuple[str, ...]:
        """Lists that hold anyone."""
        sizes = zip(self.table.lists, self.table.sizes, strict=True)
        return tuple(name for name, size in sizes if size)

    @property
    def cells(self) -> NDArray[np.int64]:
        """Cells of the patterns, shape (k,)."""
        places = np.int64(1) << np.arange(self.lists, dtype=np.int64)
        result: NDArray[np.int64] = self.table.histories.astype(np.int64) @ places
        return result

    @property
    def counts(self) -> NDArray[np.float64]:
        """Persons in each cell, shape (2^L,)."""
        counts = np.zeros(1 << self.lists)
        counts[self.cells] = self.table.counts
        return counts

    def name(self, mask: int) -> str:
        """Name the lists of a mask, as ``"hospital:press"``."""
        return ":".join(name for i, name in enumerate(self.table.lists) if mask >> i & 1)

    def overlap(self, mask: int) -> int:
        """Count the persons whom every list of a mask holds."""
        return int(self.table.counts[self.cells & mask == mask].sum())

    def fit(self) -> StepwiseFit | None:
        """Select and fit; None where there is no estimate or the steps do not converge."""
        order = np.zeros(self.lists * (self.lists - 1) // 2, dtype=np.int64)
        means = np.zeros(1 << self.lists)
        chosen, constant, variance = select(self.counts, self.lists, self.threshold, order, means)
        if isnan(variance):
            return None
        return StepwiseFit(tuple(map(int, order[:chosen])), constant, sqrt(variance), means)

    def repeat(self, tables: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Select and fit for other counts of the same cells.

        Parameters
        ----------
        tables
            Persons in the cells, a row a table, shape (tables, k).

        Returns
        -------
        The unrecorded, infinity where there is no estimate, shape (tables,), and the masks of the
        selected pairs in their order, then 0, shape (tables, L (L - 1) / 2).
        """
        unrecorded = np.empty(len(tables))
        orders = np.zeros((len(tables), self.lists * (self.lists - 1) // 2), dtype=np.int64)
        select_each(tables, self.cells, self.lists, self.threshold, unrecorded, orders)
        return unrecorded, orders

    def likelihood(self, fit: StepwiseFit) -> dict[str, float | int]:
        """Likelihood, deviance and criteria of a fit, under their names in `LikelihoodEstimate`.

        Cells fitted as 0 and coefficients of minus infinity leave the degrees of freedom together;
        the criteria count such coefficients as parameters.
        """
        means, counts = fit.means[fit.means > 0], self.counts[fit.means > 0]
        constants = sum(lgamma(count + 1) for count in counts)
        likelihood = float(np.sum(counts * np.log(means) - means)) - constants
        ratio = np.divide(counts, means, out=np.ones_like(means), where=counts > 0)
        deviance = 2 * float(np.sum(counts * np.log(ratio) - counts + means))
        infinite = sum(1 for mask in fit.pairs if not self.overlap(mask))
        number = 1 + len(self.held) + len(fit.pairs)
        return {
            "log_likelihood": likelihood,
            # Rounding may leave a deviance of zero just below it.
            "deviance": max(deviance, 0.0),
            "degrees_of_freedom": len(means) - (number - infinite),
            "parameters": number,
            "aic": 2 * number - 2 * likelihood,
            "bic": log(self.table.observed) * number - 2 * likelihood,
        }
