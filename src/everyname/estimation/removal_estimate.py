"""Removal estimate: Mb and Mbh, from whom each list is the first to record."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.capture_assumptions import OTIS, RIVEST
from everyname.estimation.kernels.capture_designs import behaviour_design
from everyname.estimation.kernels.hierarchical_models import cell_counts
from everyname.estimation.kernels.poisson_regression import Array, poisson_fit
from everyname.estimation.kernels.removal import removal_fit, removal_interval
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.poisson_estimate import (
    NO_LIMIT,
    NO_MAXIMUM,
    PoissonModel,
    poisson_estimate,
)
from everyname.estimation.result import LikelihoodEstimate, Refusal

_ORDER = (
    "The lists were made one after the other, in the order of the columns; being recorded once"
    " changes how likely a person is to be recorded again."
)
_REMOVAL = (
    "Each list newly records the same share of those not yet recorded; nothing else is used, so the"
    " overlaps say nothing about the total."
)
_REMOVAL_LATER = (
    "The first list may reach a share of its own; each later list newly records the same share of"
    " those not yet recorded."
)


def removal_estimate(
    table: PatternTable, histories: NDArray[np.int8], *, first_differs: bool, level: float
) -> LikelihoodEstimate | Refusal:
    """Estimate the total under Mb or Mbh, from whom each list is the first to record.

    Parameters
    ----------
    table
        The capture patterns.
    histories
        Their columns for the lists that hold anybody, at least 2, or 3 for Mbh, shape (k, L).
    first_differs
        Whether the first list has a share of its own (Mbh).
    level
        Nominal coverage.

    References
    ----------
    Otis, Burnham, White and Anderson (1978), Wildlife Monographs 62.
    """
    n_lists, free = histories.shape[1], first_differs
    model = "Mbh" if free else "Mb"
    newly = np.zeros(n_lists)
    np.add.at(newly, histories.argmax(axis=1), table.counts)
    later = newly[1:] if free else newly
    removal = removal_fit(later)
    if removal is None or removal.missed >= 1:
        return Refusal(
            model=model,
            reason="The newly recorded do not decline from list to list"
            f" ({_enumerated(later)}), so nothing shows how many are left.",
        )
    left = removal.total - float(later.sum())
    interval = removal_interval(later, level, start=left)
    design = behaviour_design(n_lists, first_differs=free)
    spread = cell_counts(histories, table.counts)
    fit = poisson_fit(design, spread)
    if fit is None:
        return Refusal(model=model, reason=NO_MAXIMUM)
    if np.isinf(interval.point):
        return Refusal(model=model, reason=NO_LIMIT)
    described = PoissonModel(
        name=model,
        terms=("first list that holds the person", "number of lists")
        + (("first list of all",) if free else ()),
        assumptions=(CLOSED, MATCHED, _ORDER, _REMOVAL_LATER if free else _REMOVAL),
        reference=f"{OTIS}; {RIVEST}.",
        design=design,
        counts=spread,
    )
    return poisson_estimate(
        table,
        described,
        fit,
        level=level,
        settings={
            "lists": n_lists,
            "poisson_estimate": removal.total + (float(newly[0]) if free else 0.0),
            "standard_error": removal.error,
            "share_missed_by_each_list": removal.missed,
        },
        diagnostics=(f"Newly recorded by each list in order: {_enumerated(newly)}.",),
        interval=interval,
    )


def _enumerated(numbers: Array) -> str:
    return ", ".join(f"{int(number):,}" for number in numbers)
