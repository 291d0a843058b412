"""What stepwise selection on sparse tables returns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from everyname.estimation.result import LikelihoodEstimate


class SparseEstimate(LikelihoodEstimate):
    """The estimate of a log-linear model whose interactions were selected step by step.

    Cells that the extended maximum likelihood estimate fits as 0 do not count in
    `degrees_of_freedom`; coefficients of minus infinity count in `parameters` and not there.

    Attributes
    ----------
    selected
        Interactions in the order of their selection, as ``"hospital:press"``.
    without_overlap
        Those among them whose lists hold no person in common: their coefficient is minus infinity.
    model_low, model_high
        Interval of the selected model as if it had been fixed before the data were seen; it
        leaves the selection out and is usually too narrow.
    bias_correction, acceleration
        Of the bootstrap interval; see `bca_interval`.
    selected_share
        Share of the resamples in which each interaction was selected, the largest first.
    refused_share
        Share of the resamples that have no estimate; they count as infinitely large.
    replicates
        Estimates from the resamples (persons), shape (bootstraps,), infinity where there is none;
        left out of JSON.
    """

    selected: tuple[str, ...]
    without_overlap: tuple[str, ...]
    model_low: float
    model_high: float
    bias_correction: float
    acceleration: float
    selected_share: dict[str, float]
    refused_share: float
    replicates: NDArray[np.float64] | None = Field(default=None, exclude=True, repr=False)
