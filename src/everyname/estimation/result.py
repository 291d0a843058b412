"""Result of a model on a table of capture patterns: an estimate, or a refusal with its reason."""

from __future__ import annotations

from html import escape
from math import ceil, floor
from numbers import Real
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from everyname.errors import EstimationError

ArvizData: TypeAlias = Any
"""An `xarray.DataTree`, as ArviZ reads it."""


class Estimate(BaseModel):
    """The number of persons under one model, with an interval and its assumptions.

    Attributes
    ----------
    model
        The model in words.
    point, low, high
        The total number of persons, recorded and unrecorded, and its interval; `low` is never
        below `observed`.
    level
        Nominal coverage of the interval, as 0.95.
    observed
        Persons in at least one list.
    unrecorded
        `point` less `observed`.
    assumptions
        What must hold for the number to mean what it says, a sentence each.
    reference
        The papers the method is from.
    settings
        The form in use and the numbers the formula takes.
    lower_bound
        Whether `point` is a bound from below on the total. Such a number and its interval say
        what the total is *at least*: they are not an estimate of the total.
    diagnostics
        What a reader should know about this result, a sentence each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    model: str
    point: float
    low: float
    high: float
    level: float
    observed: int
    unrecorded: float
    assumptions: tuple[str, ...]
    reference: str
    settings: dict[str, str | int | float]
    lower_bound: bool
    diagnostics: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> Estimate:
        if not self.observed <= self.low <= self.point <= self.high:
            raise EstimationError(
                f"an estimate of {self.point} with the interval {self.low} to {self.high} does not"
                f" fit {self.observed} recorded persons",
                do="Give numbers with observed <= low <= point <= high.",
            )
        return self

    @property
    def words(self) -> str:
        """The result as a sentence, which says whether it is a lower bound."""
        share = f"{self.level_words} interval"
        recorded = f"{self.observed:,} recorded"
        if self.lower_bound:
            return (
                f"At least about {round(self.point):,} persons: a lower bound, not an estimate of"
                f" the total ({share} of the bound {self.interval_words}; {recorded})."
            )
        return f"About {round(self.point):,} persons ({share} {self.interval_words}; {recorded})."

    @property
    def interval_words(self) -> str:
        """The limits of the interval, rounded outward: as "206 to 364"."""
        low, high = floor(self.low), ceil(self.high)
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"

    @property
    def level_words(self) -> str:
        """The level of the interval as a percentage, not rounded: as "99.5%"."""
        return f"{self.level * 100:g}%"

    def _repr_html_(self) -> str:
        """Show the result with its assumptions in a notebook."""
        points = "".join(f"<li>{escape(text)}</li>" for text in self.assumptions)
        notes = "".join(f"<p>{escape(text)}</p>" for text in self.diagnostics)
        return (
            f"<div><p><strong>{escape(self.model)}</strong>: {escape(self.words)}</p>"
            f"<p>It assumes:</p><ul>{points}</ul>{notes}<p>{escape(self.reference)}</p></div>"
        )


class LikelihoodEstimate(Estimate):
    """The estimate of a model fitted by maximum likelihood.

    Attributes
    ----------
    terms
        Terms of the model in words, as ``("hospital", "press", "hospital:press")``.
    log_likelihood
        Of independent Poisson counts in the observable cells.
    deviance, degrees_of_freedom
        Fit against the saturated model, and the cells left over by the parameters.
    parameters
        Number of coefficients, the constant among them.
    aic, bic
        Akaike's and Schwarz's criterion, Schwarz's with log(observed) a parameter.
    weight
        Share of this model among those it was compared with, by the criterion in use; 1 alone.
    """

    terms: tuple[str, ...]
    log_likelihood: float
    deviance: float
    degrees_of_freedom: int
    parameters: int
    aic: float
    bic: float
    weight: float = 1.0


class AveragedEstimate(Estimate):
    """An estimate averaged over models by their weights.

    Attributes
    ----------
    models
        The models with the largest weights, best first; never one whose maximum likelihood
        estimate does not exist.
    """

    models: tuple[LikelihoodEstimate, ...]


class PosteriorEstimate(Estimate):
    """An estimate with a posterior distribution: the point is its median.

    Attributes
    ----------
    draws
        Draws of the number of persons, shape (chains, draws a chain); left out of JSON.
    """

    draws: NDArray[np.int64] | None = Field(default=None, exclude=True, repr=False)

    def to_arviz(self) -> ArvizData:
        """Give the draws to ArviZ, as the posterior of one variable ``N``.

        Returns
        -------
        What `arviz_base.from_dict` makes of them: an `xarray.DataTree`.

        Raises
        ------
        EstimationError
            Where the result holds no draws, or the package arviz-base is not installed.
        """
        draws = self._drawn()
        try:
            from arviz_base import from_dict
        except ImportError as error:
            raise EstimationError(
                "the package arviz-base is not installed",
                do="Install it with: pip install 'everyname[arviz]'.",
            ) from error
        return from_dict({"posterior": {"N": draws}})

    def write_draws(self, path: str | Path) -> None:
        """Write the draws as CSV with the columns ``chain``, ``draw`` and ``n``.

        R reads the file with ``read.csv(path)``.

        Raises
        ------
        EstimationError
            Where the result holds no draws.
        """
        draws = self._drawn()
        chain, draw = np.indices(draws.shape) + 1
        table = np.column_stack([chain.ravel(), draw.ravel(), draws.ravel()])
        np.savetxt(path, table, fmt="%d", delimiter=",", header="chain,draw,n", comments="")

    def _drawn(self) -> NDArray[np.int64]:
        if self.draws is None:
            raise EstimationError(
                "a result without draws",
                do="Run the model again: a result read from JSON holds none.",
            )
        return self.draws


class Refusal(BaseModel):
    """A model that the table cannot support.

    Attributes
    ----------
    model
        The model in words.
    reason
        Why there is no number, in a sentence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    reason: str

    def _repr_html_(self) -> str:
        """Show the refusal in a notebook."""
        return (
            f"<div><p><strong>{escape(self.model)}</strong>: no estimate."
            f" {escape(self.reason)}</p></div>"
        )


def checked_level(level: float) -> float:
    """Return a nominal coverage that lies between 0 and 1.

    Raises
    ------
    EstimationError
        Where it does not.
    """
    if not isinstance(level, int | float | Real) or not 0 < level < 1:
        raise EstimationError(
            f"a level of {level!r}", do="Give the level as a number between 0 and 1, as 0.95."
        )
    return float(level)


def checked_seed(seed: int) -> int:
    """Return a seed that gives the same result in every run.

    Raises
    ------
    EstimationError
        Where it is no whole number of 0 or more; None would give another result each time.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise EstimationError(
            f"a seed of {seed!r}", do="Give a whole number, 0 or more, and keep it: as 1."
        )
    return int(seed)
