"""Stratified rows: capture histories of a file or data frame, with the columns that make strata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.linkage_replicates import RecordedPersons
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.table_input import (
    UNKNOWN,
    ListedRows,
    TableLike,
    check_names,
    columns_of,
    listed_rows,
    stratum_of,
)

Stratum = tuple[int, ...]


# What stands in tables where nobody knows; the same words as in partners' lists.
_MISSING = frozenset((UNKNOWN, "n/a", "na", "nan", "none", "null", "missing", "-", "--", "?"))


@dataclass(frozen=True, slots=True, eq=False)
class StratifiedRows:
    """Rows of capture histories, and the value of each field that makes strata.

    Attributes
    ----------
    fields
        Names of the columns that make strata.
    listed
        The rows that a list holds.
    values
        The value of each row in each of these columns, ``"unknown"`` where missing, shape
        (k, fields).
    """

    fields: tuple[str, ...]
    listed: ListedRows
    values: NDArray[np.object_]

    @property
    def missing(self) -> int:
        """Persons of whom a field that makes strata is missing."""
        return int(self.listed.counts[(self.values == UNKNOWN).any(axis=1)].sum())

    @property
    def imputable(self) -> bool:
        """Whether each field is known of somebody."""
        return all(self._levels())

    @property
    def table(self) -> PatternTable:
        """The table of everybody together."""
        return self.listed.table()

    def tables(self) -> Mapping[str, PatternTable]:
        """Give the table of each stratum, in alphabetical order, unknown last."""
        names = np.array([", ".join(row) for row in self.values.tolist()], dtype=object)
        ordered = sorted(set(names.tolist()), key=lambda text: (UNKNOWN in text, text))
        tables = {name: self.listed.table(np.flatnonzero(names == name)) for name in ordered}
        return {name: table for name, table in tables.items() if table.observed}

    def persons(self) -> tuple[RecordedPersons, Mapping[Stratum, str]]:
        """Give one row a person, values as codes and -1 where missing, and the strata's names.

        Returns
        -------
        The persons, and the name of each stratum by its codes.
        """
        levels = self._levels()
        codes = np.full(self.values.shape, -1, dtype=np.int64)
        for column, known in enumerate(levels):
            number = {value: code for code, value in enumerate(known)}
            codes[:, column] = [number.get(value, -1) for value in self.values[:, column]]
        counts = self.listed.counts
        strata = {
            tuple(row): ", ".join(levels[place][code] for place, code in enumerate(row))
            for row in _every([len(known) for known in levels])
        }
        return (
            RecordedPersons(
                np.repeat(self.listed.histories, counts, axis=0), np.repeat(codes, counts, axis=0)
            ),
            strata,
        )

    def _levels(self) -> list[list[str]]:
        """Give the known values of each field, those of nobody left out."""
        somebody = self.values[self.listed.counts > 0]
        return [sorted(set(column.tolist()) - {UNKNOWN}) for column in somebody.T]


def stratified_rows(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    by: str | Sequence[str],
    lists: Sequence[str] | None = None,
) -> StratifiedRows:
    """Read capture histories with the columns that make strata.

    Parameters
    ----------
    data
        A data frame, a mapping of names to columns, or the path of a CSV file.
    counts, lists
        As in `as_table`.
    by
        Column, or columns, whose values are the strata. Empty cells, and those that say unknown,
        are missing.

    Raises
    ------
    EstimationError
        Where the input is not such a table.
    """
    check_names(lists)
    columns = columns_of(data)
    if columns is None:
        raise EstimationError(
            "an array has no column to make strata of", do="Give a data frame or a CSV file."
        )
    fields = (by,) if isinstance(by, str) else tuple(by)
    if not fields:
        raise EstimationError("no column to make strata of", do="Name at least one.")
    cells = [[_value(cell) for cell in columns.column(field)] for field in fields]
    listed = listed_rows(columns, counts, lists, fields)
    values = np.array(cells, dtype=object).reshape(len(fields), -1).T
    return StratifiedRows(fields, listed, values[listed.places])


def tables_by(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    by: str | Sequence[str],
    lists: Sequence[str] | None = None,
) -> Mapping[str, PatternTable]:
    """Turn a data frame or file into a table of capture patterns for each stratum.

    For arrays, with the strata in an array beside them, there is `strata.tables_by_stratum`.

    Parameters
    ----------
    data, counts, by, lists
        As in `stratified_rows`. Where the value is missing the stratum is ``"unknown"``; values
        of several columns are joined by a comma.

    Returns
    -------
    Mapping
        Tables by stratum in alphabetical order, unknown last; a stratum of nobody is left out.

    Raises
    ------
    EstimationError
        Where the input is not such a table.
    """
    return stratified_rows(data, counts, by=by, lists=lists).tables()


def _value(cell: object) -> str:
    text = stratum_of(cell)
    return UNKNOWN if text.casefold() in _MISSING else text


def _every(sizes: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = np.indices(sizes).reshape(len(sizes), -1).T.tolist()
    return found
