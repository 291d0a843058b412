"""The table an estimator starts from: which lists hold how many persons together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.kernels.frequencies import frequencies, singles


@dataclass(frozen=True, slots=True, eq=False)
class PatternTable:
    """Distinct capture patterns and the number of persons with each.

    Equal patterns are merged, patterns that nobody has are dropped, and the rows are put in one
    order, so that two tables of the same persons hold the same arrays. The arrays are read-only.

    Parameters
    ----------
    lists
        Names of the lists, L of them, all different.
    histories
        Capture patterns, 1 where the list holds the person and 0 where not, shape (k, L).
    counts
        Persons with each pattern, shape (k,).

    Raises
    ------
    EstimationError
        Where the arrays are not such a table; the message names row and column.

    Examples
    --------
    >>> table = PatternTable.from_rows(("hospital", "press"), [((1, 1), 4), ((1, 0), 9)])
    >>> table.observed
    13
    """

    lists: tuple[str, ...]
    histories: NDArray[np.int8]
    counts: NDArray[np.int64]

    def __post_init__(self) -> None:
        names = _names(self.lists)
        histories = _zero_one(self.histories, names)
        counts = _counts(self.counts, len(histories))
        _no_unrecorded(histories, counts)
        # Packed, eight lists are one byte to sort by: a million persons take a third of the time.
        packed, place = np.unique(np.packbits(histories, axis=1), axis=0, return_inverse=True)
        distinct = np.unpackbits(packed, axis=1, count=len(names)).astype(np.int8)
        merged = np.zeros(len(distinct), dtype=np.int64)
        np.add.at(merged, place.reshape(-1), counts)
        # From the pattern "in every list" down, as tables of patterns are printed.
        distinct, merged = distinct[::-1][merged[::-1] > 0], merged[::-1][merged[::-1] > 0]
        distinct.setflags(write=False)
        merged.setflags(write=False)
        object.__setattr__(self, "lists", names)
        object.__setattr__(self, "histories", distinct)
        object.__setattr__(self, "counts", merged)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PatternTable):
            return NotImplemented
        return (
            self.lists == other.lists
            and np.array_equal(self.histories, other.histories)
            and np.array_equal(self.counts, other.counts)
        )

    def __hash__(self) -> int:
        return hash((self.lists, self.histories.tobytes(), self.counts.tobytes()))

    @classmethod
    def from_histories(cls, lists: Sequence[str], histories: ArrayLike) -> PatternTable:
        """Build the table from one row a person.

        Parameters
        ----------
        lists
            Names of the lists, L of them.
        histories
            1 where the list holds the person and 0 where not, shape (n, L).

        Raises
        ------
        EstimationError
            Where the array is not of that kind; a person in no list cannot be in the table.
        """
        checked = _zero_one(histories, _names(lists))
        return cls(tuple(lists), checked, np.ones(len(checked), dtype=np.int64))

    @classmethod
    def from_rows(
        cls, lists: Sequence[str], rows: Iterable[tuple[Sequence[int], int]]
    ) -> PatternTable:
        """Build the table from pairs of a pattern and the number of persons with it.

        Parameters
        ----------
        lists
            Names of the lists, L of them.
        rows
            Pairs such as ``((1, 0, 1), 17)``: 17 persons in the first and third list, not in the
            second. A pattern may come more than once.

        Raises
        ------
        EstimationError
            Where a row is not of that kind; the message names it.
        """
        names = _names(lists)
        pairs = list(rows)
        for number, (pattern, _) in enumerate(pairs, start=1):
            if len(pattern) != len(names):
                raise EstimationError(
                    f"a pattern of {len(pattern)} marks, for {len(names)} lists",
                    where=f"row {number}",
                    do="Give one 0 or 1 for each list.",
                )
        histories = np.array([pattern for pattern, _ in pairs]).reshape(len(pairs), len(names))
        return cls(names, histories, np.array([count for _, count in pairs]))

    @property
    def observed(self) -> int:
        """Persons in at least one list."""
        return int(self.counts.sum())

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Persons in each list, shape (L,)."""
        result: NDArray[np.int64] = self.counts @ self.histories.astype(np.int64)
        return result

    @property
    def frequencies(self) -> NDArray[np.int64]:
        """Persons in exactly 0, 1, ..., L lists, shape (L + 1,); the first is 0."""
        return frequencies(self.histories, self.counts)

    @property
    def singles(self) -> NDArray[np.int64]:
        """Persons in each list and in no other, shape (L,)."""
        return singles(self.histories, self.counts)

    def overlap(self, first: str, second: str) -> int:
        """Count the persons whom two lists both hold.

        Raises
        ------
        EstimationError
            Where the table has no list of that name.
        """
        both = self.histories[:, self.column(first)] & self.histories[:, self.column(second)]
        return int(self.counts @ both.astype(np.int64))

    def column(self, name: str) -> int:
        """Find the column of a list.

        Raises
        ------
        EstimationError
            Where the table has no list of that name.
        """
        if name not in self.lists:
            raise EstimationError(
                f"no list is called {name!r}", do=f"Use one of {', '.join(self.lists)}."
            )
        return self.lists.index(name)


def _names(lists: Sequence[str]) -> tuple[str, ...]:
    names = tuple(lists)
    if not names:
        raise EstimationError("a table without lists", do="Name at least one list.")
    for number, name in enumerate(names, start=1):
        if not name.strip():
            raise EstimationError(
                "a list without a name", where=f"column {number}", do="Name every list."
            )
        if name in names[: number - 1]:
            raise EstimationError(
                f"two lists are called {name!r}",
                where=f"column {number}",
                do="Give each list a name of its own.",
            )
    return names


def _zero_one(histories: ArrayLike, names: tuple[str, ...]) -> NDArray[np.int8]:
    try:
        array = np.asarray(histories)
    except ValueError as error:
        raise EstimationError(
            "rows of different lengths", do=f"Give {len(names)} marks in every row."
        ) from error
    if array.ndim != 2 or array.shape[1] != len(names):
        raise EstimationError(
            f"an array of shape {array.shape} for {len(names)} lists",
            do=f"Give patterns of shape (rows, {len(names)}): one column for each list.",
        )
    wrong = ~np.isin(array, (0, 1))
    if wrong.any():
        row, column = (int(place) for place in np.argwhere(wrong)[0])
        raise EstimationError(
            f"the mark {array[row, column]!s} in a pattern",
            where=f"row {row + 1}, column {names[column]!r}",
            do="Put 1 where the list holds the person and 0 where it does not.",
        )
    return array.astype(np.int8)


def _counts(counts: ArrayLike, rows: int) -> NDArray[np.int64]:
    array = np.asarray(counts)
    if array.shape != (rows,):
        raise EstimationError(
            f"counts of shape {array.shape} for {rows} patterns", do="Give one count a pattern."
        )
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.dtype.kind not in "iu":
        raise EstimationError(
            f"counts of type {array.dtype}", where="column 'count'", do="Give whole numbers."
        )
    if (array < 0).any():
        row = int(np.flatnonzero(array < 0)[0])
        raise EstimationError(
            f"the count {array[row]}",
            where=f"row {row + 1}, column 'count'",
            do="A number of persons is never negative: correct the count.",
        )
    return array.astype(np.int64)


def _no_unrecorded(histories: NDArray[np.int8], counts: NDArray[np.int64]) -> None:
    nowhere = np.flatnonzero((histories.sum(axis=1) == 0) & (counts > 0))
    if nowhere.size:
        row = int(nowhere[0])
        raise EstimationError(
            f"{counts[row]} persons with a pattern of zeros only",
            where=f"row {row + 1}",
            do="Persons in no list are what is estimated and cannot be observed: drop the row,"
            " or mark the list that holds them.",
        )
