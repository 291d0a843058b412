"""Cell influence: whether an estimate hangs on one person."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike
from pydantic import BaseModel, ConfigDict

from everyname.estimation.leave_one_out import Estimator
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal
from everyname.estimation.table_input import TableLike, as_table

_FEW = 5
_MOST_LISTS = 6
_MOST_PATTERNS = 64


class CellInfluence(BaseModel):
    """The one person whose pattern moves an estimate most.

    Attributes
    ----------
    model
        The model in words.
    lists
        The lists that hold the person and no other list.
    persons
        Persons with that pattern.
    change
        1 where one person more, -1 where one person fewer moves the estimate so far.
    unrecorded
        The unrecorded as estimated from all persons.
    moved
        The unrecorded with the one person fewer or more; None where the model then refuses. That
        it refuses with one person more only says that the lists then share too many, and is
        passed over.
    outside
        Whether the total then lies outside of the interval, or there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    lists: tuple[str, ...]
    persons: int
    change: int
    unrecorded: float
    moved: float | None
    outside: bool

    @property
    def driven(self) -> bool:
        """Whether the unrecorded change by more than half, or the model refuses."""
        return self.moved is None or abs(self.moved - self.unrecorded) > self.unrecorded / 2

    @property
    def words(self) -> str:
        """The result as a sentence, without the model."""
        change = "one person more" if self.change > 0 else "one person fewer"
        where = f"{' and '.join(self.lists)}{' alone' if len(self.lists) == 1 else ' and no other'}"
        then = (
            "no estimate"
            if self.moved is None
            else f"{round(self.moved):,} unrecorded instead of {round(self.unrecorded):,}"
        )
        return f"With {change} in {where} (now {self.persons:,}) there would be {then}."


def cell_influence(
    data: TableLike, counts: ArrayLike | None = None, *, estimator: Estimator
) -> CellInfluence | Refusal:
    """Find the one person, more or fewer, who would move an estimate most.

    Patterns of at most 5 persons are tried: in larger ones a person is too small a share to move
    an estimate by half. Patterns of nobody are tried with one person more, up to 6 lists. Of more
    than 64 small patterns those of the fewest lists but at least two are tried, the smallest first.

    Parameters
    ----------
    data, counts
        As in `as_table`.
    estimator
        Gives an estimate, or a refusal, of a table of capture patterns.

    Returns
    -------
    CellInfluence or Refusal
        The refusal of the estimator where it refuses; also a refusal where no pattern is small.

    Raises
    ------
    EstimationError
        Where the input is not a table of capture patterns.
    """
    table = as_table(data, counts)
    whole = estimator(table)
    if isinstance(whole, Refusal):
        return whole
    tried = (
        _influence(table, whole, estimator, pattern, change)
        for pattern, persons in sorted(_small(table), key=_shared_first)[:_MOST_PATTERNS]
        for change in (1, -1)
        if persons + change >= 0
    )
    found = [influence for influence in tried if influence is not None]
    if not found:
        return Refusal(model=whole.model, reason="Every pattern has more than 5 persons.")
    return max(found, key=_distance)


def _small(table: PatternTable) -> Iterator[tuple[tuple[int, ...], int]]:
    known = {
        tuple(pattern): int(count)
        for pattern, count in zip(table.histories.tolist(), table.counts, strict=True)
    }
    yield from ((pattern, count) for pattern, count in known.items() if count <= _FEW)
    n_lists = len(table.lists)
    if n_lists <= _MOST_LISTS:
        every = np.array(np.unravel_index(np.arange(1, 2**n_lists), (2,) * n_lists)).T
        yield from ((pattern, 0) for pattern in map(tuple, every.tolist()) if pattern not in known)


def _shared_first(small: tuple[tuple[int, ...], int]) -> tuple[bool, int, int]:
    pattern, persons = small
    return sum(pattern) == 1, sum(pattern), persons


def _influence(
    table: PatternTable,
    whole: Estimate,
    estimator: Estimator,
    pattern: tuple[int, ...],
    change: int,
) -> CellInfluence | None:
    same = (table.histories == np.array(pattern, dtype=np.int8)).all(axis=1)
    persons = int(table.counts[same].sum())
    changed = PatternTable(
        table.lists,
        np.vstack([table.histories[~same], np.array([pattern], dtype=np.int8)]),
        np.append(table.counts[~same], persons + change),
    )
    result = estimator(changed)
    if isinstance(result, Refusal) and change > 0:
        return None
    return CellInfluence(
        model=whole.model,
        lists=tuple(name for name, held in zip(table.lists, pattern, strict=True) if held),
        persons=persons,
        change=change,
        unrecorded=whole.unrecorded,
        moved=None if isinstance(result, Refusal) else result.unrecorded,
        outside=isinstance(result, Refusal) or not whole.low <= result.point <= whole.high,
    )


def _distance(found: CellInfluence) -> float:
    return float("inf") if found.moved is None else abs(found.moved - found.unrecorded)
