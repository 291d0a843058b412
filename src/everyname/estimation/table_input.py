"""Table input: what an estimator takes, turned into a table of capture patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.capture_file import Columns, checked_names, read_capture_file
from everyname.estimation.pattern_table import PatternTable

TableLike: TypeAlias = Any
"""A `PatternTable`, an array of capture histories, a data frame, or the path of a CSV file."""

COUNT = "count"
UNKNOWN = "unknown"
_MARKS = {"0": 0, "1": 1, "0.0": 0, "1.0": 1, "false": 0, "true": 1}
_MOST = 10**12
_COUNT = ", or call it 'count' if it says how many persons have the pattern"
_STRATA = "name the lists with lists= (--lists), or strata with by= (--by)"


@dataclass(frozen=True, slots=True, eq=False)
class ListedRows:
    """Rows of a file or data frame that a list in use holds.

    Attributes
    ----------
    lists
        Names of the lists, L of them.
    histories
        1 where a list holds the person and 0 where not, shape (k, L).
    counts
        Persons with each row, shape (k,).
    places
        Which rows of the input they are, from 0, shape (k,).
    """

    lists: tuple[str, ...]
    histories: NDArray[np.int8]
    counts: NDArray[np.int64]
    places: NDArray[np.int64]

    def table(self, rows: NDArray[np.int64] | slice = slice(None)) -> PatternTable:
        """Give the table of capture patterns of some of the rows."""
        return PatternTable(self.lists, self.histories[rows], self.counts[rows])


def as_table(
    data: TableLike, counts: ArrayLike | None = None, *, lists: Sequence[str] | None = None
) -> PatternTable:
    """Turn capture histories into a table of capture patterns.

    Parameters
    ----------
    data
        A `PatternTable`; an array of 0 and 1 of shape (k, L), or the pair of it and its counts;
        a data frame (pandas or Polars), a mapping of names to columns, or the path of a CSV file,
        each with a column of 0 and 1 (or true and false) for each list and perhaps ``count``.
    counts
        Persons with each pattern, shape (k,); where absent, each row is a person, or the column
        ``count`` (in small or capital letters) holds them.
    lists
        Names of the lists for an array; elsewhere the lists to use. Persons in none of these, but
        in another list, are left out: for these lists they are among the unrecorded.

    Raises
    ------
    EstimationError
        Where the input is not such a table; the message names row and column. A column that is
        not 0 and 1 is never taken for a list nor passed over.

    Examples
    --------
    >>> as_table([[1, 1], [1, 0]], [4, 9], lists=("hospital", "press")).observed
    13
    >>> as_table({"hospital": [1, 1], "press": [1, 0], "count": [4, 9]}).observed
    13
    """
    check_names(lists)
    if isinstance(data, PatternTable):
        if counts is not None:
            raise EstimationError(
                "counts beside a table that has its own", do="Give the table alone."
            )
        return data if lists is None else _part(data, lists)
    columns = columns_of(data)
    if columns is not None:
        return listed_rows(columns, counts, lists).table()
    return _from_array(data, counts, lists)


def check_names(lists: Sequence[str] | None) -> None:
    """Refuse names of lists that are not a sequence of texts.

    Raises
    ------
    EstimationError
        Where they are one text, or something else than texts.
    """
    # The letters of one text would be taken for names.
    if lists is not None and (isinstance(lists, str) or not all(isinstance(n, str) for n in lists)):
        raise EstimationError(f"lists={lists!r:.40}", do="Give a tuple of names, each a text.")


def columns_of(data: TableLike) -> Columns | None:
    """Take the columns of a file or a data frame; None for what is neither.

    Raises
    ------
    EstimationError
        Where the file cannot be read, or columns differ in length.
    """
    if isinstance(data, str | Path):
        return read_capture_file(Path(data))
    if hasattr(data, "collect") and hasattr(data, "collect_schema"):
        data = data.collect()  # a lazy frame of Polars
    if isinstance(data, Mapping):
        keys = list(data)
    elif hasattr(data, "columns") and hasattr(data, "__getitem__"):
        keys = list(data.columns)
    else:
        return None
    cells = tuple(np.asarray(data[key]) for key in dict.fromkeys(keys))
    names = checked_names([str(key).strip() for key in keys], "")
    sizes = {len(each) for each in cells if each.ndim == 1}
    if len(sizes) > 1 or any(each.ndim != 1 for each in cells):
        raise EstimationError("columns of different lengths", do="Give one cell a row in each.")
    return Columns(names, cells, range(1, 1 + next(iter(sizes), 0)))


def listed_rows(
    columns: Columns,
    counts: ArrayLike | None = None,
    lists: Sequence[str] | None = None,
    strata: Sequence[str] = (),
) -> ListedRows:
    """Read the marks of the lists and the number of persons of each row.

    Parameters
    ----------
    columns
        What `columns_of` gives.
    counts, lists
        As in `as_table`.
    strata
        Columns that are neither lists nor counts.

    Raises
    ------
    EstimationError
        Where the columns are no table of capture histories.
    """
    counted = [n for n in columns.names if n.lower() == COUNT and n not in (lists or ())]
    others = [n for n in columns.names if n not in counted and n not in strata]
    names = tuple(others) if lists is None else tuple(lists)
    if counted and counts is not None:
        raise EstimationError(
            f"counts beside the column {counted[0]!r}", where=columns.where, do="Give one of them."
        )
    if not names:
        raise EstimationError(
            "no column is a list",
            where=columns.where,
            do="Give a column of 0 and 1 for each list.",
        )
    marks = np.zeros((len(columns.rows), len(names)), dtype=np.int8)
    for place, name in enumerate(names):
        marks[:, place] = _list_marks(columns, name)
    if counts is not None:
        numbers = _numbers(Columns((COUNT,), (np.asarray(counts),), columns.rows), COUNT)
    elif counted:
        numbers = _numbers(columns, counted[0])
    else:
        numbers = np.ones(len(columns.rows), dtype=np.int64)
    nowhere = (marks.sum(axis=1) == 0) & (numbers > 0)
    elsewhere = nowhere & _in_other_lists(columns, [n for n in others if n not in names])
    _refuse_unlisted(columns, nowhere & ~elsewhere, numbers)
    kept = np.flatnonzero(~elsewhere)
    return ListedRows(names, marks[kept], numbers[kept], kept)


def _refuse_unlisted(
    columns: Columns, unlisted: NDArray[np.bool_], numbers: NDArray[np.int64]
) -> None:
    if unlisted.any():
        row = int(np.flatnonzero(unlisted)[0])
        raise EstimationError(
            f"{numbers[row]:,} person{'s' if numbers[row] > 1 else ''} in no list",
            where=columns.place(row),
            do="Persons in no list are what is estimated and cannot be observed: drop the row, or"
            " mark the list that holds them.",
        )


def _in_other_lists(columns: Columns, others: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which rows a list holds that is not used."""
    found = np.zeros(len(columns.rows), dtype=np.bool_)
    for name in others:
        marks = [_mark(cell) for cell in columns.column(name)]
        if None not in marks:
            found |= np.array(marks, dtype=np.int8) == 1
    return found


def _list_marks(columns: Columns, name: str) -> NDArray[np.int8]:
    cells = np.asarray(columns.column(name))
    if cells.dtype.kind in "biu" and np.isin(cells, (0, 1)).all():
        return cells.astype(np.int8)
    marks = [_mark(cell) for cell in cells.tolist()]
    if None in marks:
        row = marks.index(None)
        cell = cells[row]
        if stratum_of(cell) == UNKNOWN:
            raise EstimationError(
                "no mark",
                where=columns.place(row, name),
                do="Put 1 where the list holds the person and 0 where it does not.",
            )
        raise EstimationError(
            f"{cell!s:.40} is neither 0 nor 1",
            where=columns.place(row, name),
            do=f"Put 1 where the list holds the person and 0 where not; if {name!r} is no list,"
            f" {_STRATA}{_COUNT if str(cell).strip().isdigit() else ''}.",
        )
    return np.array(marks, dtype=np.int8)


def _mark(cell: object) -> int | None:
    return _MARKS.get(str(cell).strip().lower())


def _numbers(columns: Columns, name: str) -> NDArray[np.int64]:
    cells = np.asarray(columns.column(name))
    if cells.shape != (len(columns.rows),):
        raise EstimationError(
            f"counts of shape {cells.shape} for {len(columns.rows)} patterns",
            do="Give one count a pattern.",
        )
    numbers = np.zeros(len(cells), dtype=np.int64)
    for row, cell in enumerate(cells.tolist()):
        try:
            number = float(cell)
        except (TypeError, ValueError):
            number = float("nan")
        if number < 0:
            raise EstimationError(
                f"the count {cell!s:.40}",
                where=columns.place(row, name),
                do="A number of persons is never negative: correct the count.",
            )
        if number != np.floor(number) or number > _MOST:
            raise EstimationError(
                f"the count {str(cell) or 'is empty':.40}",
                where=columns.place(row, name),
                do="Give a whole number of persons, in digits.",
            )
        numbers[row] = int(number)
    return numbers


def stratum_of(cell: object) -> str:
    """Name a stratum; what pandas and Polars put where nothing is, is unknown."""
    missing = cell is None or str(cell) == "<NA>" or (isinstance(cell, float) and np.isnan(cell))
    return ("" if missing else str(cell).strip()) or UNKNOWN


def _part(table: PatternTable, lists: Sequence[str]) -> PatternTable:
    histories = table.histories[:, [table.column(name) for name in lists]]
    held = histories.any(axis=1)
    return PatternTable(tuple(lists), histories[held], table.counts[held])


def _from_array(
    data: TableLike, counts: ArrayLike | None, lists: Sequence[str] | None
) -> PatternTable:
    if hasattr(data, "lists") and hasattr(data, "rows"):
        table = PatternTable.from_rows(data.lists, data.rows)
        return table if lists is None else _part(table, lists)
    try:
        if isinstance(data, tuple) and len(data) == 2 and np.ndim(data[0]) == 2 and counts is None:
            data, counts = data
        histories = np.asarray(data)
    except ValueError:
        raise EstimationError(
            "rows of different lengths", do="Give as many marks in every row as there are lists."
        ) from None
    if histories.ndim != 2 or histories.shape[1] == 0:
        raise EstimationError(
            f"an array of shape {histories.shape}",
            do="Give capture histories of shape (rows, lists), a data frame, or a path.",
        )
    names = tuple(lists) if lists else tuple(f"list {i + 1}" for i in range(histories.shape[1]))
    if histories.dtype.kind not in "biuf" and len(names) == histories.shape[1]:
        # Text is read as in a file; what is no mark is told by row and column.
        rows = range(1, 1 + len(histories))
        columns = Columns(names, tuple(histories.T), rows)
        histories = np.stack([_list_marks(columns, name) for name in names], axis=1)
    if counts is None:
        return PatternTable.from_histories(names, histories)
    rows = range(1, 1 + len(histories))
    numbers = _numbers(Columns((COUNT,), (np.asarray(counts),), rows), COUNT)
    return PatternTable(names, histories, numbers)
