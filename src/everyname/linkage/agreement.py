"""Agreement: how far two clusterings of the same records put the same records together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import fsum, isnan
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from everyname.errors import LinkageError
from everyname.linkage.share import f1

Labelling = Sequence[Any] | NDArray[Any]
"""The cluster, person or class of each record, by position."""


class PairwiseScore(BaseModel):
    """Agreement on pairs of records.

    Parameters
    ----------
    found, true, both
        Pairs of records put together, pairs that belong together, and pairs of which both holds.
    precision, recall
        Share of the found that is true, and of the true that was found; 1 where there are none.
    f1
        Their harmonic mean.
    """

    model_config = ConfigDict(frozen=True)

    found: int
    true: int
    both: int
    precision: float
    recall: float
    f1: float


class BCubedScore(BaseModel):
    """Agreement as each record sees it, so that a large cluster weighs by its records.

    Parameters
    ----------
    precision
        Mean, over the records, of the share of a record's found cluster that is its person.
    recall
        Mean, over the records, of the share of a record's person that is in its found cluster.
    f1
        Their harmonic mean.
    """

    model_config = ConfigDict(frozen=True)

    precision: float
    recall: float
    f1: float


class ClusterScore(BaseModel):
    """Agreement on whole clusters.

    Parameters
    ----------
    found, true
        Clusters found, and persons in truth.
    exact
        Clusters that hold all records of one person and no other.
    precision, recall, f1
        Share of the found clusters and of the persons that are exact, and their harmonic mean.
    split
        Persons whose records are in several clusters.
    merged
        Clusters that hold records of several persons.
    largest_found, largest_true
        Records of the largest cluster, and of the person with the most.
    """

    model_config = ConfigDict(frozen=True)

    found: int
    true: int
    exact: int
    precision: float
    recall: float
    f1: float
    split: int
    merged: int
    largest_found: int
    largest_true: int


def coded(labels: Labelling) -> tuple[NDArray[np.int64], tuple[Hashable, ...]]:
    """Number labels from 0.

    Parameters
    ----------
    labels
        Of each record; None, an empty text and NaN say nothing.

    Returns
    -------
    tuple of array and tuple
        Number of each record's label, -1 where it has none; int64, shape (n,). And the labels.
    """
    if isinstance(labels, np.ndarray) and labels.dtype.kind in "iu":
        whole, number = np.unique(labels, return_inverse=True)
        return number.astype(np.int64), tuple(whole.tolist())
    listed = labels.tolist() if isinstance(labels, np.ndarray) else list(labels)
    known: dict[Hashable, int] = {}
    numbers = (known.setdefault(x, len(known)) if _says(x) else -1 for x in listed)
    return np.fromiter(numbers, dtype=np.int64, count=len(listed)), tuple(known)


def _says(label: object) -> bool:
    return label is not None and label != "" and not (isinstance(label, float) and isnan(label))


def of_one_length(size: int, labels: Labelling, what: str) -> None:
    """Refuse labels that are not as many as there are records.

    Raises
    ------
    LinkageError
        They are fewer or more.
    """
    if len(labels) != size:
        raise LinkageError(
            f"the number of records is {size:,}, and that of {what} {len(labels):,}",
            do="Give one for each record, in the same order",
        )


def pairs_within(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of pairs within groups of these sizes."""
    return sizes * (sizes - 1) // 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two clusterings of the same records, as the cells of their contingency table.

    Parameters
    ----------
    found, true
        Clusters of each record, numbered from 0 without a gap; int64, shape (records,).
    cell
        The cell of each record; int64, shape (records,).
    cells
        Records in each cell that holds any; int64, shape (cells,).
    found_of, true_of
        The two clusters that meet in each cell; int64, shape (cells,).
    found_sizes, true_sizes
        Records of each cluster.
    """

    found: NDArray[np.int64]
    true: NDArray[np.int64]
    cell: NDArray[np.int64]
    cells: NDArray[np.int64]
    found_of: NDArray[np.int64]
    true_of: NDArray[np.int64]
    found_sizes: NDArray[np.int64]
    true_sizes: NDArray[np.int64]

    @classmethod
    def between(cls, found: NDArray[np.int64], true: NDArray[np.int64]) -> Self:
        """Compare two clusterings, given as numbers of any kind; both of shape (records,)."""
        _, found = np.unique(found, return_inverse=True)
        _, true = np.unique(true, return_inverse=True)
        width = int(found.max(initial=0)) + 1
        keys, cell, cells = np.unique(true * width + found, return_inverse=True, return_counts=True)
        return cls(
            found=found,
            true=true,
            cell=cell,
            cells=cells,
            found_of=keys % width,
            true_of=keys // width,
            found_sizes=np.bincount(found),
            true_sizes=np.bincount(true),
        )

    def pairwise(self) -> PairwiseScore:
        """Compare pair by pair, by counting pairs within cells and clusters."""
        sizes = (self.found_sizes, self.true_sizes, self.cells)
        found, true, both = (int(pairs_within(each).sum()) for each in sizes)
        return PairwiseScore(
            found=found,
            true=true,
            both=both,
            precision=both / found if found else 1.0,
            recall=both / true if true else 1.0,
            f1=2 * both / (found + true) if found + true else 1.0,
        )

    def b_cubed(self) -> BCubedScore:
        """Compare record by record.

        References
        ----------
        Bagga, A., Baldwin, B. (1998). Entity-based cross-document coreferencing using the vector
        space model. COLING-ACL, 79-85.
        Amigó, E. et al. (2009). A comparison of extrinsic clustering evaluation metrics based on
        formal constraints. Information Retrieval 12, 461-486.
        """
        squares, records = self.cells.astype(np.float64) ** 2, len(self.found)
        precision, recall = (
            # Summed exactly: the order of the records must not show in the last digit.
            fsum(squares / sizes) / records if records else 1.0
            for sizes in (self.found_sizes[self.found_of], self.true_sizes[self.true_of])
        )
        return BCubedScore(precision=precision, recall=recall, f1=f1(precision, recall))

    def clusters(self) -> ClusterScore:
        """Compare cluster by cluster.

        References
        ----------
        Menestrina, D., Whang, S. E., Garcia-Molina, H. (2010). Evaluating entity resolution
        results. PVLDB 3, 208-219.
        """
        found, true = len(self.found_sizes), len(self.true_sizes)
        whole = (self.cells == self.found_sizes[self.found_of]) & (
            self.cells == self.true_sizes[self.true_of]
        )
        exact = int(whole.sum())
        precision, recall = (exact / n if n else 1.0 for n in (found, true))
        return ClusterScore(
            found=found,
            true=true,
            exact=exact,
            precision=precision,
            recall=recall,
            f1=f1(precision, recall),
            split=int((np.bincount(self.true_of) > 1).sum()),
            merged=int((np.bincount(self.found_of) > 1).sum()),
            largest_found=int(self.found_sizes.max(initial=0)),
            largest_true=int(self.true_sizes.max(initial=0)),
        )
