"""The models run in a case, side by side."""

from __future__ import annotations

from everyname.estimation.chao import chao
from everyname.estimation.estimate import Estimate, Refusal
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.two_list import estimate_pairs


def estimate_all(table: PatternTable, *, level: float = 0.95) -> tuple[Estimate | Refusal, ...]:
    """Give Chao's lower bound and the two-list estimate of every pair of lists.

    The models differ in what they assume; they are shown beside each other and never averaged.
    `chao_equal_lists` is not among them: with lists of different size it is no lower bound.

    Parameters
    ----------
    table
        Capture patterns.
    level
        Nominal coverage of the intervals, between 0 and 1.

    Raises
    ------
    EstimationError
        Where `level` is not between 0 and 1.
    """
    return (chao(table, level=level), *estimate_pairs(table, level=level))
