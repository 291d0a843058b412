"""Log-linear models for lists that hardly overlap, with an interval that repeats the selection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import exp, isfinite
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.bootstrap_interval import BootstrapInterval, bca_interval
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal, checked_level, checked_seed
from everyname.estimation.sparse_estimate import SparseEstimate
from everyname.estimation.stepwise_table import StepwiseFit, StepwiseTable
from everyname.estimation.table_input import TableLike, as_table

_MODEL = "Sparse stepwise log-linear model"
# 2^16 cells a table: beyond, a thousand resamples take hours.
_MOST_LISTS = 16
_FEWEST_BOOTSTRAPS = 100
_BATCH = 50
_FEW = 5
_NOTICEABLE = 0.1
_REFERENCE = (
    "Chan, Silverman and Vincent (2021), Journal of the American Statistical Association 116,"
    " 1297-1306; existence: Fienberg and Rinaldo (2012), Annals of Statistics 40, 996-1023;"
    " interval: Efron (1987), Journal of the American Statistical Association 82, 171-185."
)
_ASSUMPTIONS = (
    CLOSED,
    MATCHED,
    (
        "Lists depend on each other in pairs only, and only in the pairs that were selected; how"
        " two lists depend on each other does not differ between persons in other lists and"
        " persons in none."
    ),
    "Apart from those pairs, every person was as likely to be in a list as any other.",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Resampled:
    """What repeating the selection gave."""

    replicates: NDArray[np.float64]
    interval: BootstrapInterval
    selected: dict[int, float]
    left_out: NDArray[np.float64]


def sparse(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    level: float = 0.95,
    threshold: float = 0.02,
    bootstraps: int = 1000,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> SparseEstimate | Refusal:
    """Estimate the number of persons from lists of which some pairs may not overlap at all.

    Starting from independent lists, the pair of lists whose overlap is least compatible with the
    model is added until none has a one-sided Poisson p-value below `threshold`. A pair without
    overlap has the coefficient minus infinity. Models whose extended maximum likelihood estimate
    does not exist or is not unique are never used. The interval is the BCa bootstrap: persons are
    drawn again and the selection is repeated for each resample and for each person left out.

    Parameters
    ----------
    data, counts
        A table of capture patterns, as `as_table` takes it.
    level
        Nominal coverage of the interval, between 0 and 1.
    threshold
        Largest p-value with which a pair is added; 0 fits independent lists.
    bootstraps
        Resamples, at least 100; 0 gives the interval of the selected model alone, which leaves the
        selection out.
    seed
        Of the resamples: one seed, one result.
    progress
        Called with the resamples done and their number.

    Returns
    -------
    The estimate, or a refusal where no estimate exists, where it hangs on one person, or where so
    many resamples have none that the interval has no upper limit.

    Raises
    ------
    EstimationError
        Where the input is not a table of capture patterns, or an argument is out of range.

    References
    ----------
    Chan, Silverman and Vincent (2021), Journal of the American Statistical Association 116,
    1297-1306.

    Examples
    --------
    >>> found = sparse([[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [6, 40, 30, 20])
    >>> round(found.point), found.selected
    (539, ())
    """
    checked_level(level)
    checked_seed(seed)
    _check(threshold, bootstraps)
    table = as_table(data, counts)
    reason = _unsupported(table)
    if reason:
        return Refusal(model=_MODEL, reason=reason)
    cells = StepwiseTable(table, threshold)
    fit = cells.fit()
    if fit is None:
        return Refusal(model=_MODEL, reason="The maximum likelihood fit does not converge.")
    settings: dict[str, str | int | float] = {
        "threshold": threshold,
        "bootstraps": bootstraps,
        "seed": seed,
        "interval": "BCa bootstrap" if bootstraps else "of the selected model",
    }
    if not bootstraps:
        return _estimate(cells, fit, None, level, settings)
    resampled = _resample(cells, fit, level, (bootstraps, seed), progress)
    if isinstance(resampled, str):
        return Refusal(model=_MODEL, reason=resampled)
    return _estimate(cells, fit, resampled, level, settings)


def _check(threshold: float, bootstraps: int) -> None:
    if not 0 <= threshold < 1:
        raise EstimationError(
            f"a threshold of {threshold}", do="Give a p-value from 0 to below 1, as 0.02."
        )
    if bootstraps != 0 and bootstraps < _FEWEST_BOOTSTRAPS:
        raise EstimationError(
            f"{bootstraps} bootstraps",
            do=f"Give {_FEWEST_BOOTSTRAPS} or more, or 0 for the interval of the model alone.",
        )


def _unsupported(table: PatternTable) -> str:
    """Say why the table gives no estimate; an empty text where independent lists have one.

    They have one exactly where somebody is in two lists and no list holds everybody: the cone of
    their marginals has no other face, but for lists that hold nobody, which are left out.
    """
    if len(table.lists) > _MOST_LISTS:
        return f"The table has {len(table.lists)} lists; this model takes {_MOST_LISTS} at most."
    held = [name for name, size in zip(table.lists, table.sizes, strict=True) if size]
    if not held:
        return "The table holds nobody."
    if len(held) == 1:
        return f"Only the list {held[0]} holds anyone: one list says nothing about whom it misses."
    if int(table.frequencies[2:].sum()) == 0:
        return "No person is in two lists: without overlap the lists do not say whom they miss."
    for name, size in zip(table.lists, table.sizes, strict=True):
        if size == table.observed:
            return (
                f"Every recorded person is in {name}: the estimate would be that nobody is missed."
            )
    return ""


def _resample(
    cells: StepwiseTable,
    fit: StepwiseFit,
    level: float,
    size: tuple[int, int],
    progress: Callable[[int, int], None] | None,
) -> _Resampled | str:
    """Repeat the selection; a sentence where that shows that there is no interval."""
    bootstraps, seed = size
    counts, observed = cells.table.counts, cells.table.observed
    left_out, _ = cells.repeat(counts - np.eye(len(counts), dtype=np.int64))
    if not np.isfinite(left_out).all():
        pattern = cells.name(int(cells.cells[np.argmax(left_out)])).replace(":", ", ")
        return (
            f"The estimate hangs on one person: without one of those recorded in {pattern} there"
            " would be none."
        )
    tables = np.random.default_rng(seed).multinomial(observed, counts / observed, size=bootstraps)
    replicates, selected = np.empty(bootstraps), Counter[int]()
    for start in range(0, bootstraps, _BATCH):
        batch = slice(start, min(start + _BATCH, bootstraps))
        unrecorded, orders = cells.repeat(tables[batch])
        replicates[batch] = observed + unrecorded
        selected.update(orders[orders > 0].tolist())
        if progress is not None:
            progress(batch.stop, bootstraps)
    left_out = observed - 1 + left_out
    interval = bca_interval(observed + exp(fit.constant), replicates, left_out, counts, level=level)
    if not isfinite(interval.high):
        share = float(np.mean(np.isinf(replicates)))
        return (
            f"In {share:.1%} of the resamples no estimate exists: the interval has no upper limit."
        )
    shares = {mask: number / bootstraps for mask, number in selected.most_common()}
    return _Resampled(replicates, interval, shares, left_out)


def _estimate(
    cells: StepwiseTable,
    fit: StepwiseFit,
    resampled: _Resampled | None,
    level: float,
    settings: dict[str, str | int | float],
) -> SparseEstimate:
    observed = cells.table.observed
    unrecorded = exp(fit.constant)
    point = observed + unrecorded
    factor = exp(NormalDist().inv_cdf((1 + level) / 2) * fit.error)
    low, high = observed + unrecorded / factor, observed + unrecorded * factor
    names = tuple(map(cells.name, fit.pairs))
    given: dict[str, Any] = cells.likelihood(fit)
    given |= {"bias_correction": 0.0, "acceleration": 0.0, "low": low, "high": high}
    shares: dict[str, float] = {}
    if resampled is not None:
        interval = resampled.interval
        # A bias correction beyond the limit's quantile can leave the estimate out.
        given |= {
            "low": min(interval.low, point),
            "high": max(interval.high, point),
            "bias_correction": interval.bias_correction,
            "acceleration": interval.acceleration,
            "replicates": resampled.replicates,
        }
        shares = {cells.name(mask): share for mask, share in resampled.selected.items()}
    return SparseEstimate(
        model=_MODEL,
        point=point,
        level=level,
        observed=observed,
        unrecorded=unrecorded,
        assumptions=_ASSUMPTIONS,
        reference=_REFERENCE,
        settings=settings,
        lower_bound=False,
        diagnostics=_diagnostics(cells, fit, resampled),
        terms=(*cells.held, *names),
        selected=names,
        without_overlap=tuple(cells.name(mask) for mask in fit.pairs if not cells.overlap(mask)),
        model_low=low,
        model_high=high,
        selected_share=shares,
        refused_share=(
            float(np.mean(np.isinf(resampled.replicates))) if resampled is not None else 0.0
        ),
        **given,
    )


def _diagnostics(
    cells: StepwiseTable, fit: StepwiseFit, resampled: _Resampled | None
) -> tuple[str, ...]:
    found = []
    if len(cells.held) < cells.lists:
        empty = ", ".join(name for name in cells.table.lists if name not in cells.held)
        found.append(f"Lists that hold nobody were left out: {empty}.")
    for mask in fit.pairs:
        if not cells.overlap(mask):
            pair = cells.name(mask).replace(":", " and ")
            found.append(f"No person is in both {pair}: the model takes it that none could be.")
    if resampled is None:
        found.append(
            "The interval takes the selected model as known before the data: it is too narrow."
        )
        return tuple(found)
    shares = resampled.selected
    found += [
        f"{cells.name(mask)} was selected here but in only {shares.get(mask, 0.0):.0%} of the"
        " resamples."
        for mask in fit.pairs
        if shares.get(mask, 0.0) < 1 / 2
    ]
    found += [
        f"{cells.name(mask)} was not selected here but in {share:.0%} of the resamples."
        for mask, share in shares.items()
        if share >= 1 / 2 and mask not in fit.pairs
    ]
    beyond = min(resampled.interval.low_share, 1 - resampled.interval.high_share)
    if beyond * len(resampled.replicates) < _FEW:
        found.append(
            "A limit of the interval rests on the few most extreme resamples: give more bootstraps."
        )
    refused = float(np.mean(np.isinf(resampled.replicates)))
    if refused:
        found.append(f"{refused:.1%} of the resamples have no estimate; they count as infinite.")
    point = cells.table.observed + exp(fit.constant)
    worst = int(np.argmax(np.abs(np.log(resampled.left_out / point))))
    if abs(resampled.left_out[worst] / point - 1) > _NOTICEABLE:
        pattern = cells.name(int(cells.cells[worst])).replace(":", ", ")
        found.append(
            f"Without one of the persons recorded in {pattern} the estimate would be"
            f" {round(resampled.left_out[worst]):,} instead of {round(point):,}."
        )
    return tuple(found)
