"""Cautions: what a reader should know about a table and the results of models on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from everyname.estimation.cell_influence import CellInfluence
from everyname.estimation.leave_one_out import LeaveOneOut
from everyname.estimation.models import PAIRS, Model
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal

_NAMED = 4


def cautions(
    table: PatternTable,
    found: Sequence[tuple[Model, Estimate | Refusal]],
    left: Sequence[LeaveOneOut],
    influences: Sequence[CellInfluence],
) -> Iterator[str]:
    """Say what a reader should know about a table and the results of models on it.

    Parameters
    ----------
    table
        Capture patterns.
    found
        Models and their results.
    left
        Models without each of the lists.
    influences
        The one person who moves each estimate most.
    """
    yield from _of_lists(table)
    pairs = [
        result for model, result in found if isinstance(result, Estimate) and model.family == PAIRS
    ]
    if pairs and max(e.low for e in pairs) > min(e.high for e in pairs):
        yield (
            "Pairs of lists contradict each other by more than their intervals: not all lists are"
            " independent."
        )
    yield from (each.words for each in left if each.moved_by)
    yield from (f"{each.model}: {each.words}" for each in influences if each.driven)


def _of_lists(table: PatternTable) -> Iterator[str]:
    sizes = dict(zip(table.lists, table.sizes.tolist(), strict=True))
    for name, size in sizes.items():
        if size == 0:
            yield f"{name} holds nobody."
    held = [name for name, size in sizes.items() if size]
    apart = []
    for first, second in combinations(held, 2):
        both = table.overlap(first, second)
        if both == 0:
            apart.append(f"{first} and {second}")
        elif both == sizes[first] == sizes[second]:
            yield f"{first} and {second} hold the same persons: they are one list, not two."
        elif both in (sizes[first], sizes[second]):
            inner, outer = (first, second) if both == sizes[first] else (second, first)
            yield f"Everybody in {inner} is in {outer} too: it may be a copy of it."
    if apart:
        yield f"No person is in both {', nor in both '.join(apart[:_NAMED])}."
    if len(apart) > _NAMED:
        yield f"{len(apart)} pairs of lists share no person."
