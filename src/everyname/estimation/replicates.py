"""Replicates of linkage and of imputation, combined into one estimate and one interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, inf
from numbers import Real
from typing import Any

import numpy as np

from everyname.errors import EstimationError
from everyname.estimation.combined_estimate import (
    WORDS,
    CombinedEstimate,
    Number,
    Rule,
    combined_estimate,
)
from everyname.estimation.kernels.rubin import Combined, combine_flat, combine_nested
from everyname.estimation.result import Estimate, Refusal, checked_level, checked_seed
from everyname.estimation.uncertainty import log_halves, log_moments, moments, sampled

Result = Estimate | Refusal
Replicates = Sequence[Result] | Sequence[Sequence[Result]]

_POOL = 12_000
_RESULTS = "Give one result a replicate, or one sequence of results an outer replicate."


def combine(
    results: Replicates,
    *,
    rule: Rule = "rubin",
    sources: Sequence[str] = ("linkage", "imputation"),
    level: float = 0.95,
    refused_allowed: float = 0.2,
    complete_degrees: float = inf,
    seed: int = 1,
) -> CombinedEstimate | Refusal:
    """Combine the results of one estimator on replicates into one estimate.

    With ``"rubin"`` each replicate enters as the mean and variance of log(number - c), with c the
    fewest recorded of any replicate. Where all replicates record the same persons this is the
    logarithm of the unrecorded, on which the usual intervals are about normal; where linkage or
    imputation moves the number of recorded, it keeps that movement and how it goes together with
    the unrecorded, and no limit falls below c. The interval is Student's t with the degrees of
    freedom of Barnard and Rubin. Where the intervals reach further to one side of their points than
    to the other, so does the combined one: each side has its own variance within replicates.

    With ``"verdata"`` the number of persons itself has the mean over the replicates and the
    variance within + (1 + 1/m) between (the laws of total expectation and total variance), and
    the interval the normal quantile: a symmetric interval, cut off at the recorded, which for few
    replicates or a skewed estimate is too short above.

    With ``"pooled"`` the quantiles of all draws together are given. An estimate without draws
    enters as a log-normal number of unrecorded. Few replicates make this too narrow, because
    nothing stands for the replicates not drawn (Zhou and Reiter 2010).

    Parameters
    ----------
    results
        An estimate or a refusal a replicate; or, nested, one such sequence for each outer
        replicate, as for the imputations of each linkage.
    rule
        The rule, as above.
    sources
        What the replicates are of, outermost first: one name for a flat sequence (the first of
        two is used), two for a nested one.
    level
        Nominal coverage of the interval, between 0 and 1.
    refused_allowed
        The share of refused replicates up to which the others are combined. The number of refused
        ones is always said.
    complete_degrees
        Degrees of freedom of the interval within a replicate; infinite for a normal one. Used by
        ``"rubin"`` without nesting.
    seed
        Seed of the draws of ``"pooled"``.

    Raises
    ------
    EstimationError
        Where there are no replicates, or an argument is not of the kind described.

    References
    ----------
    Rubin (1987), Multiple Imputation for Nonresponse in Surveys; Barnard and Rubin (1999),
    Biometrika 86, 948-955; Shen (2000), thesis, Harvard University; Rubin (2003), Statistica
    Neerlandica 57, 3-18; Zhou and Reiter (2010), The American Statistician 64, 159-163; for
    ``"verdata"`` the documentation of that package (HRDAG), which cites Gelman et al. (2013),
    Bayesian Data Analysis.
    """
    level, seed = checked_level(level), checked_seed(seed)
    if not isinstance(refused_allowed, int | float | Real) or not 0 <= refused_allowed <= 1:
        raise EstimationError(
            f"a share of refused replicates of {refused_allowed!r}",
            do="Give refused_allowed as a number from 0 to 1, as 0.2.",
        )
    if not isinstance(complete_degrees, int | float | Real) or not complete_degrees > 0:
        raise EstimationError(
            f"complete_degrees of {complete_degrees!r}",
            do="Give a number above 0; infinity where the interval within is normal.",
        )
    if rule not in WORDS:
        raise EstimationError(f"the rule {rule!r}", do=f"Use one of {', '.join(WORDS)}.")
    nests, nested = _nests(results)
    names = _names(sources, nested=nested)
    model = _model(nests)
    kept = [[each for each in nest if isinstance(each, Estimate)] for nest in nests]
    kept = [nest for nest in kept if nest]
    if not nested:
        kept = [kept[0]] if kept else []
    refusals = [each for nest in nests for each in nest if isinstance(each, Refusal)]
    reason = _unsupported(nests, kept, refusals, refused_allowed, nested=nested)
    if reason:
        return Refusal(model=model, reason=reason)
    number = _number(kept, rule, level, complete_degrees, np.random.default_rng(seed))
    return combined_estimate(model, kept, refusals, number, rule=rule, names=names, level=level)


def _nests(results: Replicates) -> tuple[list[list[Result]], bool]:
    rows = _rows(results)
    if not rows:
        raise EstimationError("no replicates", do=_RESULTS)
    flat = [each for each in rows if isinstance(each, Estimate | Refusal)]
    if len(flat) == len(rows):
        return [flat], False
    if flat:
        raise EstimationError(
            "results and sequences of results together",
            do=_RESULTS,
        )
    nests = [_rows(each) for each in rows]
    for nest in nests:
        for each in nest:
            if not isinstance(each, Estimate | Refusal):
                raise _no_result(each)
    return nests, True


def _rows(given: object) -> list[Any]:
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        raise _no_result(given)
    return list(given)


def _no_result(given: object) -> EstimationError:
    return EstimationError(
        f"{type(given).__name__} in place of an estimate or a refusal", do=_RESULTS
    )


def _names(sources: Sequence[str], *, nested: bool) -> tuple[str, ...]:
    wanted = 2 if nested else 1
    if isinstance(sources, str):
        sources = (sources,)
    if len(sources) < wanted:
        raise EstimationError(
            f"{len(sources)} names for {wanted} kinds of replicates",
            do="Name each kind, the outer one first.",
        )
    return tuple(sources[:wanted])


def _model(nests: Sequence[Sequence[Result]]) -> str:
    names = Counter(each.model for nest in nests for each in nest)
    return next(iter(names)) if len(names) == 1 else f"{names.most_common(1)[0][0]}, and others"


def _unsupported(
    nests: Sequence[Sequence[Result]],
    kept: Sequence[Sequence[Estimate]],
    refusals: Sequence[Refusal],
    allowed: float,
    *,
    nested: bool,
) -> str:
    """Say why the replicates give no estimate; an empty text where they do."""
    total = sum(len(nest) for nest in nests)
    if refusals:
        most, times = Counter(each.reason for each in refusals).most_common(1)[0]
        if len(refusals) > allowed * total:
            return (
                f"{len(refusals)} of {total} replicates gave no estimate, {times} of them because:"
                f" {most}"
            )
    if nested and (len(kept) < 2 or max(len(nest) for nest in kept) < 2):
        return "Nested replicates need at least two outer ones, and two inside one of them."
    if not nested and sum(len(nest) for nest in kept) < 2:
        return "One replicate shows nothing of how much replicates differ; give at least two."
    return ""


def _number(
    kept: Sequence[Sequence[Estimate]],
    rule: Rule,
    level: float,
    complete: float,
    rng: np.random.Generator,
) -> Number:
    from scipy.special import stdtrit

    floor = float(min(each.observed for nest in kept for each in nest))
    if rule == "rubin":
        pairs = [[log_moments(each, floor) for each in nest] for nest in kept]
    else:
        pairs = [[moments(each) for each in nest] for nest in kept]
    combined = _combined(pairs, complete if rule == "rubin" else inf)
    tail, spread = (1 + level) / 2, combined.variance**0.5
    if rule == "rubin":
        halves = [[log_halves(each, floor) for each in nest] for nest in kept]
        low, high = (
            floor + exp(combined.mean + step * _reach(pairs, halves, side, complete, tail))
            for side, step in enumerate((-1, 1))
        )
        return Number(floor + exp(combined.mean), low, high, combined)
    if rule == "verdata":
        quantile = float(stdtrit(1e9, tail))
        reach = quantile * spread
        return Number(combined.mean, combined.mean - reach, combined.mean + reach, combined)
    # Equal weight for each outer replicate, whatever number of inner ones it has left.
    draws = np.concatenate(
        [
            sampled(each, max(_POOL // len(kept) // len(nest), 1), rng)
            for nest in kept
            for each in nest
        ]
    )
    low, point, high = (float(x) for x in np.quantile(draws, [1 - tail, 0.5, tail]))
    return Number(point, low, high, combined, draws[np.newaxis, :])


def _reach(
    pairs: Sequence[Sequence[tuple[float, float]]],
    halves: Sequence[Sequence[tuple[float, float]]],
    side: int,
    complete: float,
    tail: float,
) -> float:
    """Give how far the interval reaches to one side (0 is below), in the logarithm."""
    from scipy.special import stdtrit

    found = _combined(
        [
            [(mean, half[side]) for (mean, _), half in zip(nest, sides, strict=True)]
            for nest, sides in zip(pairs, halves, strict=True)
        ],
        complete,
    )
    quantile = float(stdtrit(min(found.degrees, 1e9), tail))
    return quantile * float(found.variance**0.5)


def _combined(pairs: Sequence[Sequence[tuple[float, float]]], complete: float) -> Combined:
    values = [np.array([mean for mean, _ in nest]) for nest in pairs]
    variances = [np.array([variance for _, variance in nest]) for nest in pairs]
    if len(pairs) == 1:
        return combine_flat(values[0], variances[0], complete)
    return combine_nested(values, variances)
