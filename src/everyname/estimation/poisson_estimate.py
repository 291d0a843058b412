"""Poisson estimate: a fitted log-linear model of the patterns, turned into an estimate."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf, log

import numpy as np

from everyname.estimation.kernels.poisson_regression import Array, PoissonFit
from everyname.estimation.kernels.profile_likelihood import ProfileInterval, profile_interval
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import LikelihoodEstimate, Refusal

_POOR = 0.001

NO_MAXIMUM = (
    "The maximum likelihood estimate of this model does not exist: the patterns that nobody has"
    " send a coefficient to infinity."
)
NO_LIMIT = (
    "The likelihood of this model sets no upper limit on the number of persons: the table cannot"
    " tell a large number from a boundless one."
)


@dataclass(frozen=True, slots=True, eq=False)
class PoissonModel:
    """A log-linear model with its words.

    Attributes
    ----------
    name, terms, assumptions, reference
        As in the estimate.
    design
        At the cells that the model does not fit as 0, shape (c, p).
    counts
        Shape (c,).
    lower_bound
        Whether the model bounds the total from below.
    at_infinity
        Parameters that the extended maximum has at minus infinity, beside those of the design.
    """

    name: str
    terms: tuple[str, ...]
    assumptions: tuple[str, ...]
    reference: str
    design: Array
    counts: Array
    lower_bound: bool = False
    at_infinity: int = 0


def poisson_estimate(
    table: PatternTable,
    model: PoissonModel,
    fit: PoissonFit,
    *,
    level: float,
    settings: dict[str, str | int | float],
    weight: float = 1.0,
    diagnostics: tuple[str, ...] = (),
    interval: ProfileInterval | None = None,
) -> LikelihoodEstimate | Refusal:
    """Give the total with the largest multinomial profile likelihood and its interval.

    Parameters
    ----------
    table
        The capture patterns.
    model, fit
        The model and its Poisson fit.
    level
        Nominal coverage.
    settings, weight, diagnostics
        To be shown with the estimate; the settings may hold ``poisson_estimate`` and
        ``standard_error``, for models whose constant is not that of the unrecorded.
    interval
        The profile's maximum and limits where they are known; numbers of the unrecorded.
    """
    unrecorded = float(np.exp(fit.coefficients[0]))
    found = interval or profile_interval(model.design, model.counts, level, start=unrecorded)
    if isinf(found.point) or isinf(found.high):
        return Refusal(model=model.name, reason=NO_LIMIT)
    observed, parameters = table.observed, model.design.shape[1] + model.at_infinity
    error = float(np.sqrt(unrecorded + unrecorded**2 * fit.covariance[0, 0]))
    freedom = len(model.counts) - model.design.shape[1]
    poor = misfit(fit.deviance, freedom)
    return LikelihoodEstimate(
        model=model.name,
        point=observed + found.point,
        low=observed + min(found.low, found.point),
        high=observed + max(found.high, found.point),
        level=level,
        observed=observed,
        unrecorded=found.point,
        assumptions=model.assumptions,
        reference=model.reference,
        settings={
            "interval": "profile likelihood",
            "poisson_estimate": observed + unrecorded,
            "standard_error": error,
            **settings,
        },
        lower_bound=model.lower_bound,
        diagnostics=(*diagnostics, *([poor] if poor else [])),
        terms=model.terms,
        log_likelihood=fit.log_likelihood,
        deviance=max(fit.deviance, 0.0),
        degrees_of_freedom=freedom,
        parameters=parameters,
        aic=-2 * fit.log_likelihood + 2 * parameters,
        bic=-2 * fit.log_likelihood + log(observed) * parameters,
        weight=weight,
    )


def misfit(deviance: float, freedom: int) -> str:
    """Say that a model fits badly; an empty text where it does not."""
    from scipy.special import gammaincc

    if freedom < 1 or gammaincc(freedom / 2, max(deviance, 0.0) / 2) >= _POOR:
        return ""
    return (
        f"The model does not fit the table: its deviance is {deviance:,.1f} on {freedom} degrees of"
        " freedom, which chance alone gives less than once in a thousand."
    )
