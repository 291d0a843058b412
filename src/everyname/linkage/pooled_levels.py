"""Pooled levels: what a model has learnt of each level, however rare what agrees is."""

from __future__ import annotations

from everyname.linkage.comparisons import comparisons_named
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.model import LevelModel, Model


def pooled_levels(model: Model) -> tuple[tuple[str, str, float, float], ...]:
    """Put the classes of rarity of each level together.

    Parameters
    ----------
    model
        What was learnt.

    Returns
    -------
    tuple
        Comparison and level in words, share among pairs of one person (m), share among pairs of
        two different people (u); from the most agreement to the least.
    """
    names = {comparison.name for comparison in model.comparisons}
    every = {comparison.name: comparison for comparison in comparisons_named(names, DUCKDB)}
    return tuple(
        (learnt.label, level.label, sum(s.m for s in classes), sum(s.u for s in classes))
        for learnt in model.comparisons
        for level, classes in zip(
            every[learnt.name].levels,
            _runs(learnt.levels, every[learnt.name].width),
            strict=True,
        )
    )


def _runs(levels: tuple[LevelModel, ...], width: int) -> list[tuple[LevelModel, ...]]:
    return [levels[begin : begin + width] for begin in range(0, len(levels), width)]
