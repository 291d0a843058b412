"""Persons and their capture patterns under each of many linkages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.pattern_table import PatternTable


@dataclass(frozen=True, slots=True, eq=False)
class RecordedPersons:
    """Recorded persons, one row each.

    Attributes
    ----------
    histories
        1 where a list holds the person and 0 where not, shape (n, L).
    columns
        Codes from 0 of what is known of the person, -1 where missing, shape (n, p).
    """

    histories: NDArray[np.int8]
    columns: NDArray[np.int64]


def tables_of(
    labels: Iterable[ArrayLike], list_of_record: ArrayLike, lists: Sequence[str]
) -> Iterator[PatternTable]:
    """Give the table of capture patterns under each linkage.

    Parameters
    ----------
    labels
        For each replicate, the cluster of each record, shape (records,): records with the same
        label are one person. Labels are any whole numbers.
    list_of_record
        Number of the list each record is in, from 0, shape (records,).
    lists
        Names of the lists, L of them.

    Yields
    ------
    One table a replicate.

    Raises
    ------
    EstimationError
        Where an array does not have one element a record or names a list that is not there.
    """
    for persons in persons_of(labels, list_of_record, len(lists)):
        yield PatternTable.from_histories(lists, persons.histories)


def persons_of(
    labels: Iterable[ArrayLike],
    list_of_record: ArrayLike,
    n_lists: int,
    columns: ArrayLike | None = None,
) -> Iterator[RecordedPersons]:
    """Give the recorded persons under each linkage.

    A person has the value that most of the person's records give. Where records disagree evenly,
    or none has a value, it is missing, to be imputed: any other choice would favour one value.

    Parameters
    ----------
    labels, list_of_record
        As in `tables_of`.
    n_lists
        Number of lists, L.
    columns
        Codes from 0 of what each record says, -1 where it does not, shape (records, p).

    Yields
    ------
    The persons of each replicate.

    Raises
    ------
    EstimationError
        As in `tables_of`.
    """
    places = np.asarray(list_of_record)
    records = len(places)
    if places.ndim != 1 or (records and not 0 <= places.min() <= places.max() < n_lists):
        raise EstimationError(
            f"a list of a record outside 0 to {n_lists - 1}",
            do="Give the number of its list, from 0, for each record.",
        )
    codes = np.zeros((records, 0), np.int64) if columns is None else np.asarray(columns)
    if codes.ndim != 2 or len(codes) != records:
        raise EstimationError(
            f"columns of shape {codes.shape} for {records} records", do="Give one row a record."
        )
    for number, clusters in enumerate(labels, start=1):
        if np.shape(clusters) != (records,):
            raise EstimationError(
                f"labels of shape {np.shape(clusters)} for {records} records",
                where=f"replicate {number}",
                do="Give one label a record.",
            )
        names, person = np.unique(np.asarray(clusters), return_inverse=True)
        histories = np.zeros((len(names), n_lists), dtype=np.int8)
        histories[person, places] = 1
        known = [_majority(person, column, len(names)) for column in codes.T]
        stacked = np.stack(known, axis=1) if known else np.zeros((len(names), 0), np.int64)
        yield RecordedPersons(histories, stacked)


def _majority(
    person: NDArray[np.int64], codes: NDArray[np.int64], persons: int
) -> NDArray[np.int64]:
    """Give the one most frequent code of each person, or -1."""
    result = np.full(persons, -1, dtype=np.int64)
    given = codes >= 0
    if not given.any():
        return result
    levels = int(codes.max()) + 1
    keys, times = np.unique(person[given] * levels + codes[given], return_counts=True)
    owner, value = keys // levels, keys % levels
    most = np.zeros(persons, dtype=np.int64)
    np.maximum.at(most, owner, times)
    top = times == most[owner]
    ties = np.bincount(owner[top], minlength=persons)
    single = top & (ties[owner] == 1)
    result[owner[single]] = value[single]
    return result
