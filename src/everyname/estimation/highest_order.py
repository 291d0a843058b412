"""No interaction of all lists at once, and what the number would be if there were one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.kernels.highest_order import (
    draw_unrecorded,
    log_ratio,
    posterior_log_odds,
    signs,
)
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal, checked_level, checked_seed
from everyname.estimation.sensitivity_estimate import SensitivityEstimate, SensitivityPoint
from everyname.estimation.table_input import TableLike, as_table

HighestOrderInterval = Literal["log-normal", "posterior"]

_MODEL = "No highest-order interaction"
_REFERENCE = (
    "Aleshin-Guendel, Sadinle and Wakefield (2024), Biometrics 80, ujad028; the interval: Chao"
    " (1987), Biometrics 43, 783-791."
)
_MOST_LISTS = 10
_CHAINS, _DRAWS = 4, 1000
_SMALL_CELL = 5
# A posterior that reaches further, in persons for each recorded one, says nothing.
_RANGE = 10_000

_ASSUMPTIONS = (
    CLOSED,
    MATCHED,
    (
        "Lists may depend on each other in every way but one: how the other lists depend on each"
        " other is the same among the persons in the last list and among those not in it (xi = 1)."
        " The lists themselves cannot show whether that is so."
    ),
)


def no_highest_order(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    level: float = 0.95,
    sensitivity: Sequence[float] = (0.5, 1.0, 2.0),
    interval: HighestOrderInterval = "log-normal",
    prior: float = 0.5,
    seed: int = 1,
) -> SensitivityEstimate | Refusal:
    """Estimate the number of persons with every dependence of lists but that of all of them.

    The unrecorded are xi times the product of the persons with each pattern of an odd number of
    lists, over the product of those with each pattern of an even number. xi = 1 says that there
    is no interaction of all L lists; any other xi says by how much the unrecorded are more or
    fewer. In the log-linear model of the full table the interaction of all lists has the odds
    ratio xi for an even L, and 1 / xi for an odd one.

    Parameters
    ----------
    data, counts
        Capture patterns of 2 to 10 lists, as `as_table` takes them. A list that holds nobody is
        left out.
    level
        Nominal coverage of the interval, between 0 and 1.
    sensitivity
        Values of xi above 0 for the curve; 1 is always among them.
    interval
        ``"log-normal"``: the maximum likelihood estimate, refused where a pattern has nobody.
        ``"posterior"``: the median and quantiles of a posterior with `prior` persons in each
        pattern and a prior 1 / N on the number of persons. It takes tables with empty patterns,
        where much then comes from `prior`.
    prior
        Prior persons in each recorded pattern, above 0; 0.5 is Jeffreys' prior.
    seed
        Of the draws of the posterior.

    Raises
    ------
    EstimationError
        Where `level`, `sensitivity` or `prior` cannot be used, or `data` is no table.

    References
    ----------
    Aleshin-Guendel, Sadinle and Wakefield (2024), Biometrics 80, ujad028; Fienberg (1972),
    Biometrika 59, 591-603; Binette and Steorts (2022), Journal of the Royal Statistical Society A
    185, 640-676.
    """
    checked_level(level)
    checked_seed(seed)
    values = tuple(sorted({1.0, *(float(value) for value in sensitivity)}))
    if not all(0 < value < float("inf") for value in values) or prior <= 0:
        raise EstimationError(
            f"sensitivity {tuple(sensitivity)} and prior {prior}", do="Give numbers above 0."
        )
    table = as_table(data, counts)
    held = table.sizes > 0
    reason = _unsupported(table, int(held.sum()))
    if reason:
        return Refusal(model=_MODEL, reason=reason)
    cells = _cells(table, held)
    if interval == "posterior":
        odds = posterior_log_odds(cells, prior, _CHAINS * _DRAWS, np.random.default_rng(seed))
        curve, draws = _posterior_curve(odds, table.observed, values, level, seed)
        if max(one.high for one in curve if one.xi == 1) > _RANGE * table.observed:
            return Refusal(model=_MODEL, reason=_endless(int((cells == 0).sum()), len(cells)))
    elif (cells == 0).any():
        return Refusal(model=_MODEL, reason=_empty(int((cells == 0).sum()), len(cells)))
    else:
        curve, draws = _likelihood_curve(cells, values, level), None
    middle = next(one for one in curve if one.xi == 1)
    return SensitivityEstimate(
        model=_MODEL,
        point=middle.point,
        low=middle.low,
        high=middle.high,
        level=level,
        observed=table.observed,
        unrecorded=middle.point - table.observed,
        assumptions=_ASSUMPTIONS,
        reference=_REFERENCE,
        settings=_settings(cells, interval, prior, seed),
        lower_bound=False,
        diagnostics=_diagnostics(cells, curve, interval, prior),
        draws=draws,
        curve=curve,
    )


def _settings(
    cells: NDArray[np.int64], interval: HighestOrderInterval, prior: float, seed: int
) -> dict[str, str | int | float]:
    settings: dict[str, str | int | float] = {
        "interval": interval,
        "lists": (len(cells) + 1).bit_length() - 1,
        "empty_patterns": int((cells == 0).sum()),
        "smallest_pattern": int(cells.min()),
    }
    if interval == "posterior":
        settings |= {"prior": prior, "prior_on_persons": "1/N", "seed": seed}
    return settings


def _cells(table: PatternTable, held: NDArray[np.bool_]) -> NDArray[np.int64]:
    n_lists = int(held.sum())
    cells = np.zeros(2**n_lists, dtype=np.int64)
    patterns = table.histories[:, held].astype(np.int64) @ (1 << np.arange(n_lists))
    np.add.at(cells, patterns, table.counts)
    return cells[1:]


def _unsupported(table: PatternTable, n_lists: int) -> str:
    if n_lists < 2:
        return "Fewer than two lists hold anybody: nothing shows how much one list alone misses."
    if n_lists > _MOST_LISTS:
        return (
            f"{n_lists} lists have {2**n_lists - 1:,} patterns, far more than can all be filled:"
            f" give at most {_MOST_LISTS} lists."
        )
    if table.frequencies[2:].sum() == 0:
        return (
            "No person is in two lists: without overlap the lists say nothing about whom all of"
            " them miss."
        )
    return ""


def _empty(empty: int, patterns: int) -> str:
    return (
        f"Nobody has {empty} of the {patterns} patterns of lists, and the number is a product and"
        " quotient of all of them: it would be nothing, infinite or neither. Fewer lists, or the"
        " posterior with its prior, give a number."
    )


def _endless(empty: int, patterns: int) -> str:
    return (
        f"The lists set no upper limit: nobody has {empty} of the {patterns} patterns of lists, and"
        f" the upper limit would be more than {_RANGE:,} persons for each recorded one. Fewer lists"
        " give fewer patterns."
    )


def _likelihood_curve(
    cells: NDArray[np.int64], values: tuple[float, ...], level: float
) -> tuple[SensitivityPoint, ...]:
    observed = int(cells.sum())
    base = float(np.exp(log_ratio(cells.astype(np.float64), signs(_n_lists(cells)))))
    spread = float((1 / cells).sum())
    curve = []
    for xi in values:
        missed = xi * base
        low, high = log_normal(missed, missed**2 * spread + missed, level)
        curve.append(
            SensitivityPoint(
                xi=xi, point=observed + missed, low=observed + low, high=observed + high
            )
        )
    return tuple(curve)


def _posterior_curve(
    log_odds: NDArray[np.float64],
    observed: int,
    values: tuple[float, ...],
    level: float,
    seed: int,
) -> tuple[tuple[SensitivityPoint, ...], NDArray[np.int64]]:
    shares = np.array([0.5, (1 - level) / 2, (1 + level) / 2])
    curve = []
    kept: NDArray[np.int64] = np.zeros((0, 0), dtype=np.int64)
    for xi in values:
        # The same seed for every xi, so that the curve is smooth in xi.
        rng = np.random.default_rng((seed, 1))
        draws = observed + draw_unrecorded(log_odds + np.log(xi), observed, rng)
        point, low, high = (float(one) for one in np.quantile(draws, shares))
        curve.append(SensitivityPoint(xi=xi, point=point, low=low, high=high))
        if xi == 1:
            kept = draws.reshape(_CHAINS, _DRAWS)
    return tuple(curve), kept


def _diagnostics(
    cells: NDArray[np.int64],
    curve: tuple[SensitivityPoint, ...],
    interval: HighestOrderInterval,
    prior: float,
) -> tuple[str, ...]:
    notes = []
    if len(curve) > 1:
        first, last = curve[0], curve[-1]
        notes.append(
            f"With {first.xi:g} to {last.xi:g} times the unrecorded that no interaction of all"
            f" lists would leave, the number is {first.point:,.0f} to {last.point:,.0f}."
        )
    smallest = int(cells.min())
    if interval == "posterior" and smallest == 0:
        notes.append(
            f"Nobody has {int((cells == 0).sum())} of the {len(cells)} patterns: there the prior"
            f" of {prior:g} persons a pattern decides the number and its interval."
        )
    elif smallest < _SMALL_CELL:
        notes.append(
            f"The smallest pattern has {smallest:,} persons; with one more the unrecorded would"
            f" change by a factor of {(smallest + 1) / smallest:.2f}."
        )
    return tuple(notes)


def _n_lists(cells: NDArray[np.int64]) -> int:
    return (len(cells) + 1).bit_length() - 1
