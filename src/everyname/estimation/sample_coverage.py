"""Sample coverage: what share of one list the others hold, corrected for lists that depend."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from everyname.errors import EstimationError
from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.kernels.sample_coverage import (
    CoverageEstimates,
    coverage_estimates,
    replicate_errors,
)
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal, checked_level, checked_seed
from everyname.estimation.table_input import TableLike, as_table

CoverageForm = Literal["auto", "high", "low", "independent"]

_MODEL = "Sample coverage"
_REFERENCE = (
    "Chao and Tsay (1998), Journal of the American Statistical Association 93, 283-293; Tsay and"
    " Chao (2001), Journal of Applied Statistics 28, 25-36; interval: Chao (1987), Biometrics 43,"
    " 783-791."
)
_WORDS = {
    "high": "for high coverage",
    "low": "for low coverage",
    "independent": "for independent lists",
}
# Chao et al. (2001) advise the estimate for high coverage from here on.
_HIGH = 0.55
_MOST_LISTS = 12
_USABLE = 0.5
# An interval that reaches further, in persons for each recorded one, says nothing.
_RANGE = 10_000
_FEW = "The lists share too few persons for an interval: tables drawn anew give any number or none."

_ASSUMPTIONS = (
    CLOSED,
    MATCHED,
)
_DEPENDENCE = {
    "high": (
        "Lists may depend on each other two by two, or share persons easy to record; beyond pairs"
        " no three lists depend on each other more."
    ),
    "low": (
        "Lists may depend on each other two by two. The correction is a single step: where lists"
        " tend to hold the same persons it is likely to fall short, and the number to be too low."
    ),
    "independent": (
        "Being in one list makes a person neither more nor less likely to be in another; lists"
        " that record the same easy cases make the number too low."
    ),
}


def sample_coverage(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    level: float = 0.95,
    form: CoverageForm = "auto",
    replicates: int = 1000,
    seed: int = 1,
) -> Estimate | Refusal:
    """Estimate the number of persons from the share of each list that the other lists hold.

    With three lists and more the dependence of every pair of lists enters by its coefficient of
    covariation. The interval is log-normal in the unrecorded; its spread is that of the errors of
    their logarithm in a parametric bootstrap. For two lists the estimate is that of Lincoln and
    Petersen.

    Parameters
    ----------
    data, counts
        Capture patterns of 2 to 12 lists, as `as_table` takes them. A list that holds nobody is
        left out.
    level
        Nominal coverage of the interval, between 0 and 1.
    form
        ``"high"`` and ``"low"`` are for high and low sample coverage; ``"auto"`` takes the first
        from a coverage of 55% on, as Chao et al. (2001) advise; ``"independent"`` corrects for
        no dependence.
    replicates
        Tables drawn by the bootstrap, at least 100.
    seed
        Of the bootstrap.

    Returns
    -------
    The estimate, or a refusal: without overlap, where nobody is unrecorded by the formula, and
    where the equation of high coverage has no solution.

    Raises
    ------
    EstimationError
        Where `level` or `replicates` cannot be used, or `data` is no table.

    References
    ----------
    Chao and Tsay (1998), Journal of the American Statistical Association 93, 283-293; Tsay and
    Chao (2001), Journal of Applied Statistics 28, 25-36; Chao, Tsay, Lin, Shau and Chao (2001),
    Statistics in Medicine 20, 3123-3157.
    """
    checked_level(level)
    checked_seed(seed)
    if replicates < 100:
        raise EstimationError(f"{replicates} replicates", do="Draw at least 100.")
    table = as_table(data, counts)
    held = table.sizes > 0
    lists = tuple(name for name, holds in zip(table.lists, held, strict=True) if holds)
    reason = _unsupported(table, len(lists))
    if reason:
        return Refusal(model=_MODEL, reason=reason)
    cells = np.zeros(2 ** len(lists), dtype=np.int64)
    patterns = table.histories[:, held].astype(np.int64) @ (1 << np.arange(len(lists)))
    np.add.at(cells, patterns, table.counts)
    found = coverage_estimates(cells.astype(np.float64))
    chosen = _chosen(form, float(found.coverage), len(lists))
    model = f"{_MODEL}, {_WORDS[chosen]}"
    point = float(getattr(found, chosen))
    if not np.isfinite(point) or point <= table.observed:
        return Refusal(model=model, reason=_no_number(chosen))
    drawn = replicate_errors(cells, point, chosen, replicates, np.random.default_rng(seed))
    if len(drawn) < _USABLE * replicates:
        return Refusal(model=model, reason=_FEW)
    # On the log scale: the estimate for high coverage has no variance, but its logarithm has one.
    spread = float(np.var(drawn, ddof=1))
    variance = (point - table.observed) ** 2 * float(np.expm1(spread))
    low, high = log_normal(point - table.observed, variance, level)
    if high > _RANGE * table.observed:
        return Refusal(model=model, reason=_FEW)
    return Estimate(
        model=model,
        point=point,
        low=table.observed + low,
        high=table.observed + high,
        level=level,
        observed=table.observed,
        unrecorded=point - table.observed,
        assumptions=(*_ASSUMPTIONS, _DEPENDENCE[chosen]),
        reference=_REFERENCE,
        settings={
            "form": chosen,
            "interval": "log-normal, bootstrap",
            "lists": len(lists),
            "coverage": float(found.coverage),
            "overlapped": float(found.overlapped),
            "standard_error": variance**0.5,
            "replicates": replicates,
            "seed": seed,
        },
        lower_bound=False,
        diagnostics=_diagnostics(found, lists, len(drawn), replicates),
    )


def _unsupported(table: PatternTable, n_lists: int) -> str:
    if n_lists < 2:
        return "Fewer than two lists hold anybody: nothing shows how much one list alone misses."
    if n_lists > _MOST_LISTS:
        return (
            f"{n_lists} lists have {2**n_lists:,} patterns; the bootstrap draws those of at most"
            f" {_MOST_LISTS} lists."
        )
    if table.frequencies[2:].sum() == 0:
        return (
            "No person is in two lists: without overlap the lists say nothing about whom all of"
            " them miss."
        )
    return ""


def _chosen(
    form: CoverageForm, coverage: float, n_lists: int
) -> Literal["high", "low", "independent"]:
    if n_lists == 2:
        # The dependence of the only pair cannot be told from the number of persons.
        return "independent"
    if form == "auto":
        return "high" if coverage >= _HIGH else "low"
    return form


def _no_number(form: str) -> str:
    if form == "high":
        return (
            "The lists depend on each other so much, or overlap so little, that the equation for"
            " the number of persons has no solution above those recorded."
        )
    return (
        "The formula leaves nobody unrecorded: the lists share more persons, or fewer persons are"
        " in one list alone, than it allows for."
    )


def _diagnostics(
    found: CoverageEstimates, lists: tuple[str, ...], usable: int, replicates: int
) -> tuple[str, ...]:
    notes = [
        (
            f"The sample coverage is {float(found.coverage):.0%}: of a list, that share is in other"
            " lists too."
        )
    ]
    if len(lists) > 2:
        notes.append(_forms(found))
        strongest = int(np.argmax(np.abs(found.dependence)))
        first, second = list(combinations(lists, 2))[strongest]
        notes.append(
            f"The strongest dependence is that of {first} and {second}, with a coefficient of"
            f" covariation of {float(found.dependence[strongest]):.2f} (0 for independent lists)."
        )
        if float(found.coverage) < _HIGH:
            notes.append(
                f"The coverage is below {_HIGH:.0%}: the estimate for high coverage is then"
                " unstable, and that for low coverage may fall short."
            )
    if usable < replicates:
        notes.append(
            f"{replicates - usable:,} of {replicates:,} tables drawn anew gave no number and are"
            " left out of the standard error."
        )
    return tuple(notes)


def _forms(found: CoverageEstimates) -> str:
    high = float(found.high)
    solved = f"{high:,.0f}" if np.isfinite(high) and high > 0 else "no number"
    return (
        f"For independent lists the number would be {float(found.independent):,.0f}, for low"
        f" coverage {float(found.low):,.0f}, for high coverage {solved}."
    )
