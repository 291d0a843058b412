"""Strata: an estimate for each, and their sum with one interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import hypot

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.reported_interval import ReportedEstimate
from everyname.estimation.result import (
    Estimate,
    PosteriorEstimate,
    Refusal,
    checked_level,
    checked_seed,
)
from everyname.estimation.stratified_estimate import StratifiedEstimate, consistency
from everyname.estimation.table_input import TableLike, as_table
from everyname.estimation.uncertainty import draws_of, moments, sampled

Estimator = Callable[[PatternTable], Estimate | Refusal]

_INDEPENDENT = (
    "Every person belongs to one stratum, and what is estimated in one stratum says nothing about"
    " another: their errors are independent."
)
_COMMON = (
    "Every person belongs to one stratum. The doubt that widens intervals of strata is common to"
    " them and does not cancel in the sum; all other errors are independent."
)
_DRAWS = 4000


def tables_by_stratum(
    histories: ArrayLike,
    strata: Sequence[object] | NDArray[np.generic],
    *,
    counts: ArrayLike | None = None,
    lists: Sequence[str] | None = None,
) -> dict[str, PatternTable]:
    """Split capture histories by stratum: arrays, with the strata in an array beside them.

    For a data frame or a file, where columns hold the strata, there is `tables_by`.

    Parameters
    ----------
    histories
        1 where a list holds the person and 0 where not, shape (k, L).
    strata
        The stratum of each row, shape (k,).
    counts
        Persons with each row, shape (k,); absent, each row is one person.
    lists
        Names of the lists.

    Returns
    -------
    A table for each stratum, in the order of the strata's names.

    Raises
    ------
    EstimationError
        Where there is not one stratum a row, or the rows are not capture histories.
    """
    rows = np.asarray(histories)
    names = np.array([str(each) for each in strata])
    if len(names) != len(rows):
        raise EstimationError(
            f"{len(names)} strata for {len(rows)} rows", do="Give one stratum a row."
        )
    numbers = np.ones(len(rows), np.int64) if counts is None else np.asarray(counts)
    return {
        str(name): as_table(rows[names == name], numbers[names == name], lists=lists)
        for name in np.unique(names)
    }


def by_stratum(
    tables: Mapping[str, TableLike],
    estimator: Estimator,
    *,
    level: float = 0.95,
    seed: int = 1,
    compare: bool = True,
) -> StratifiedEstimate:
    """Estimate each stratum and their sum by one estimator.

    `estimate` with ``by`` does this with the reported interval and shows all models beside it.

    Parameters
    ----------
    tables
        The table of each stratum, all with the same lists; see `tables_by_stratum`.
    estimator
        Takes a table and returns an estimate or a refusal.
    level
        Nominal coverage of the interval of the total, between 0 and 1.
    seed
        Seed of the order in which draws are added up.
    compare
        Whether to run the estimator on everybody together too.

    Raises
    ------
    EstimationError
        Where there is no stratum, strata have different lists, or the estimator returns no result.
    """
    level, seed = checked_level(level), checked_seed(seed)
    if not isinstance(tables, Mapping):
        raise EstimationError(
            f"{type(tables).__name__} in place of a table for each stratum",
            do="Give a mapping of the strata's names to their tables, as tables_by_stratum does.",
        )
    if not tables:
        raise EstimationError("no strata", do="Give at least one stratum.")
    read = {name: as_table(table) for name, table in tables.items()}
    if len({table.lists for table in read.values()}) > 1:
        raise EstimationError("strata with different lists", do="Give every stratum all lists.")
    strata = {name: _result(name, estimator(table)) for name, table in read.items()}
    recorded = {name: table.observed for name, table in read.items()}
    total = sum_of_strata(strata, recorded, level=level, seed=seed)
    whole = _result("all", estimator(merged(list(read.values())))) if compare else None
    return StratifiedEstimate(
        strata=strata, total=total, whole=whole, consistency=consistency(total, whole)
    )


def merged(tables: Sequence[PatternTable]) -> PatternTable:
    """Put the persons of tables with the same lists into one table.

    Parameters
    ----------
    tables
        At least one.
    """
    return PatternTable(
        tables[0].lists,
        np.concatenate([table.histories for table in tables]),
        np.concatenate([table.counts for table in tables]),
    )


def sum_of_strata(
    strata: Mapping[str, Estimate | Refusal],
    recorded: Mapping[str, int],
    *,
    level: float = 0.95,
    seed: int = 1,
) -> Estimate | Refusal:
    """Add up strata with independent errors.

    Where every stratum has draws, draws are added up and their quantiles given. Reported intervals
    keep their two sides: the squares of how far they reach below, and above, their points are
    added up (Zou and Donner 2008), except that those of widened intervals are added up
    themselves, because strata share the doubt that widened them. Otherwise the points and the
    variances are added up, and the interval is log-normal in the sum of the unrecorded (Burnham's
    transformation). Adding up log-normal draws of strata would put the sum above the strata's
    points, more so the more strata there are.

    Parameters
    ----------
    strata
        The result of each stratum.
    recorded
        Recorded persons of each stratum, which stand for a refused one.
    level
        Nominal coverage of the interval.
    seed
        Seed of the order in which draws are added up.

    Returns
    -------
    An estimate; a lower bound where a stratum is refused or itself bounded from below; a refusal
    where all are refused.

    Raises
    ------
    EstimationError
        Where a stratum has no result or no number of recorded, or an argument cannot be used.

    References
    ----------
    Burnham's transformation: Chao (1987), Biometrics 43, 783-791. Zou and Donner (2008),
    Statistics in Medicine 27, 1693-1702.
    """
    level, seed = checked_level(level), checked_seed(seed)
    for name, result in strata.items():
        _result(name, result)
        if name not in recorded:
            raise EstimationError(
                f"no number of recorded persons for the stratum {name}",
                do="Give the recorded persons of every stratum.",
            )
    known = [result for result in strata.values() if isinstance(result, Estimate)]
    refused = [name for name, result in strata.items() if isinstance(result, Refusal)]
    models = sorted({result.model for result in strata.values()})
    model = f"Sum over {len(strata)} strata: {', '.join(models)}"
    if not known:
        return Refusal(model=model, reason="No stratum has an estimate.")
    floor = sum(recorded[name] for name in refused)
    observed = floor + sum(result.observed for result in known)
    settings: dict[str, str | int | float] = {"strata": len(strata), "refused": len(refused)}
    draws: NDArray[np.int64] | None = None
    if all(draws_of(result) is not None for result in known):
        settings |= {"sum": "of draws", "seed": seed}
        draws = _added(known, floor, seed)
        low, point, high = _quantiles(draws, level)
    elif _two_sided(known, level):
        settings |= {
            "sum": "of points, and of how far intervals reach",
            "widened": sum(map(_is_widened, known)),
        }
        point = observed + sum(result.unrecorded for result in known)
        low, high = point - _reach(known, below=True), point + _reach(known, below=False)
    else:
        unrecorded = sum(result.unrecorded for result in known)
        variance = sum(moments(result)[1] for result in known)
        settings |= {"sum": "of points and variances", "standard_error": variance**0.5}
        low, high = log_normal(unrecorded, variance, level) if unrecorded > 0 else (0.0, 0.0)
        low, point, high = observed + low, observed + unrecorded, observed + high
    kind = Estimate if draws is None else PosteriorEstimate
    extra = {} if draws is None else {"draws": draws}
    return kind(
        model=model,
        point=point,
        low=min(max(low, float(observed)), point),
        high=max(high, point),
        level=level,
        observed=observed,
        unrecorded=point - observed,
        assumptions=tuple(
            dict.fromkeys(
                (
                    *(text for each in known for text in each.assumptions),
                    _COMMON if settings.get("widened") else _INDEPENDENT,
                )
            )
        ),
        reference=known[0].reference,
        settings=settings,
        lower_bound=bool(refused) or any(result.lower_bound for result in known),
        diagnostics=_diagnostics(strata, recorded, refused),
        **extra,
    )


def _result(stratum: str, result: object) -> Estimate | Refusal:
    if isinstance(result, Estimate | Refusal):
        return result
    raise EstimationError(
        f"{type(result).__name__} in place of a result",
        where=f"stratum {stratum}",
        do="Give an estimator that returns an Estimate or a Refusal.",
    )


def _two_sided(known: Sequence[Estimate], level: float) -> bool:
    return any(isinstance(each, ReportedEstimate) for each in known) and all(
        each.level == level for each in known
    )


def _is_widened(each: Estimate) -> bool:
    return isinstance(each, ReportedEstimate) and each.widened


def _reach(known: Sequence[Estimate], *, below: bool) -> float:
    """Give how far the interval of a sum reaches to one side, in persons."""

    def reach(each: Estimate) -> float:
        return each.point - each.low if below else each.high - each.point

    return hypot(
        sum(reach(each) for each in known if _is_widened(each)),
        *(reach(each) for each in known if not _is_widened(each)),
    )


def _added(known: Sequence[Estimate], floor: int, seed: int) -> NDArray[np.int64]:
    rng = np.random.default_rng(seed)
    size = max(_DRAWS, *(len(each) for each in map(draws_of, known) if each is not None))
    total = floor + sum(sampled(result, size, rng) for result in known)
    result: NDArray[np.int64] = np.rint(total).astype(np.int64)[np.newaxis, :]
    return result


def _quantiles(draws: NDArray[np.int64], level: float) -> tuple[float, float, float]:
    low, point, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return float(low), float(point), float(high)


def _diagnostics(
    strata: Mapping[str, Estimate | Refusal], recorded: Mapping[str, int], refused: Sequence[str]
) -> tuple[str, ...]:
    notes = []
    for name in refused:
        result = strata[name]
        reason = result.reason if isinstance(result, Refusal) else ""
        notes.append(
            f"No estimate for {name}: {reason} Its {recorded[name]:,} recorded persons are added"
            " as they are, so the total is at least this."
        )
    bounds = [
        name for name, each in strata.items() if isinstance(each, Estimate) and each.lower_bound
    ]
    if bounds:
        notes.append(f"A lower bound stands for {', '.join(bounds)}.")
    return tuple(notes)
