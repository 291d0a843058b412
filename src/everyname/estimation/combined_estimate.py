"""The estimate that comes of many replicates, and what it says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from everyname.estimation.kernels.rubin import Combined
from everyname.estimation.result import Estimate, Refusal

Rule = Literal["rubin", "verdata", "pooled"]

_REFERENCES = {
    "rubin": "Rubin (1987), Multiple Imputation for Nonresponse in Surveys; Barnard and Rubin"
    " (1999), Biometrika 86, 948-955",
    "verdata": "Gelman et al. (2013), Bayesian Data Analysis, 3rd edition, section 18.2, as cited"
    " by HRDAG's R package verdata",
    "pooled": "Zhou and Reiter (2010), The American Statistician 64, 159-163",
}
_NESTED = "; Shen (2000), thesis, Harvard University; Rubin (2003), Statistica Neerlandica 57, 3-18"
WORDS = {
    "rubin": "Rubin's rules on the logarithm of the persons above those recorded in every"
    " replicate, with Student's t",
    "verdata": "the rule of HRDAG's verdata: mean and total variance of the number of persons,"
    " with the normal quantile",
    "pooled": "the draws of all replicates together, each replicate with equal weight",
}
_FEW_TO_POOL = 20


class CombinedEstimate(Estimate):
    """One estimate from many replicates.

    Attributes
    ----------
    rule
        The rule in use: ``"rubin"``, ``"verdata"`` or ``"pooled"``.
    replicates, refused
        How many replicates gave an estimate, and how many were refused.
    shares
        Share of the variance from estimation and from each kind of replicate, as
        ``{"estimation": 0.6, "linkage": 0.3, "imputation": 0.1}``; they add up to 1.
    replicate_points
        The estimate of each replicate that gave one (persons).
    draws
        Draws of the number of persons under the rule ``"pooled"``, shape (1, draws); left out of
        JSON.
    """

    rule: Rule
    replicates: int
    refused: int
    shares: dict[str, float]
    replicate_points: tuple[float, ...]
    draws: NDArray[np.float64] | None = Field(default=None, exclude=True, repr=False)

    @property
    def shares_in_words(self) -> str:
        """How much of the variance is whose, as a sentence."""
        shares = ", ".join(f"{name} {share:.0%}" for name, share in self.shares.items())
        return f"Share of the variance: {shares}."


@dataclass(frozen=True, slots=True)
class Number:
    """A point with its interval, before it is held against the recorded.

    Attributes
    ----------
    point, low, high
        Persons.
    combined
        Mean, variance and degrees of freedom on the scale of the rule.
    draws
        Draws of the number of persons, shape (1, draws), where the rule has any.
    """

    point: float
    low: float
    high: float
    combined: Combined
    draws: NDArray[np.float64] | None = None


def combined_estimate(
    model: str,
    kept: Sequence[Sequence[Estimate]],
    refusals: Sequence[Refusal],
    number: Number,
    *,
    rule: Rule,
    names: tuple[str, ...],
    level: float,
) -> CombinedEstimate:
    """Make the result of a number and the replicates it comes from.

    Parameters
    ----------
    model
        The model in words.
    kept
        The estimates, by outer replicate.
    refusals
        The refused replicates.
    number
        The combined number.
    rule, level
        The rule in use, and the nominal coverage.
    names
        What the replicates are of, outermost first.
    """
    every = [each for nest in kept for each in nest]
    recorded = [each.observed for each in every]
    observed, parts = min(recorded), number.combined
    point = max(number.point, float(observed))
    added = (parts.outer, parts.inner)[: len(names)]
    total = parts.variance or 1.0
    shares = {"estimation": parts.within / total if parts.variance else 1.0}
    shares |= {name: part / total for name, part in zip(names, added, strict=True)}
    settings: dict[str, str | int | float] = {
        "rule": WORDS[rule],
        "replicates": len(every),
        "refused": len(refusals),
        "recorded_mean": float(np.mean(recorded)),
        "recorded_most": max(recorded),
        "variance_scale": "log(number - fewest recorded)" if rule == "rubin" else "persons",
        "variance": parts.variance,
    }
    if rule == "rubin" and isfinite(parts.degrees):
        settings["degrees_of_freedom"] = parts.degrees
    return CombinedEstimate(
        model=model,
        point=point,
        low=min(max(number.low, float(observed)), point),
        high=max(number.high, point),
        level=level,
        observed=observed,
        unrecorded=point - observed,
        assumptions=(*every[0].assumptions, _assumption(names)),
        reference=f"{every[0].reference} Replicates: {_REFERENCES[rule]}"
        f"{_NESTED if len(names) > 1 else ''}.",
        settings=settings,
        lower_bound=any(each.lower_bound for each in every),
        diagnostics=_diagnostics(kept, refusals, shares, rule),
        rule=rule,
        replicates=len(every),
        refused=len(refusals),
        shares=shares,
        replicate_points=tuple(each.point for each in every),
        draws=number.draws,
    )


def _assumption(names: Sequence[str]) -> str:
    kinds = " and ".join(names)
    return f"The replicates of {kinds} differ as much as is truly uncertain about {kinds}."


def _diagnostics(
    kept: Sequence[Sequence[Estimate]],
    refusals: Sequence[Refusal],
    shares: dict[str, float],
    rule: Rule,
) -> tuple[str, ...]:
    every = [each for nest in kept for each in nest]
    points = [each.point for each in every]
    recorded = [each.observed for each in every]
    notes = [
        f"{len(every)} replicates gave {round(min(points)):,} to {round(max(points)):,} persons.",
        "Share of the variance: "
        + ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
        + ".",
    ]
    if min(recorded) < max(recorded):
        notes.append(
            f"The recorded persons number {min(recorded):,} to {max(recorded):,}, by replicate; the"
            " fewest stand as recorded here."
        )
    if refusals:
        reasons = Counter(each.reason for each in refusals)
        notes.append(
            f"{len(refusals)} of {len(every) + len(refusals)} replicates gave no estimate: "
            + " ".join(f"({times}) {reason}" for reason, times in reasons.items())
        )
    bounds = sum(each.lower_bound for each in every)
    if 0 < bounds < len(every):
        notes.append(
            f"{bounds} of {len(every)} replicates gave a lower bound only, so the whole is one."
        )
    if rule == "pooled" and len(every) < _FEW_TO_POOL:
        notes.append(
            f"Draws of {len(every)} replicates together give too narrow an interval; pool at least"
            f" {_FEW_TO_POOL}, or use Rubin's rules."
        )
    first = every[0].diagnostics
    return (*notes, *(f"In the first replicate: {text}" for text in first))
