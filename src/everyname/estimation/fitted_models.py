"""Fitted models: the hierarchical log-linear models of one table, ranked by a criterion."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.kernels.existence import existence
from everyname.estimation.kernels.hierarchical_models import (
    ModelFits,
    ModelSpace,
    fit_models,
    generators,
)
from everyname.estimation.kernels.poisson_regression import Array, PoissonFit, climb

Criterion = Literal["aic", "bic"]
Maximum = Literal["ordinary", "extended"]

# A model this much worse than the best has less than a thousandth of its weight.
CLOSE = 13.8


@dataclass(frozen=True, slots=True, eq=False)
class FittedModel:
    """A model that gives an estimate.

    Attributes
    ----------
    place
        Its row in the space.
    members, free
        The terms that are estimated, shape (T,), and the cells not fitted as 0, shape (c,).
    design, counts, fit
        What was fitted.
    score
        The criterion, with all terms of the model as parameters.
    """

    place: int
    members: NDArray[np.bool_]
    free: NDArray[np.bool_]
    design: Array
    counts: Array
    fit: PoissonFit
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class RankedModels:
    """The models of a table, best first.

    Attributes
    ----------
    space, fits
        All models and their fits.
    models
        Those that give an estimate and are close enough to the best to have weight.
    weights
        Their weights, summing to 1.
    left_out
        Models without a maximum likelihood estimate; where extended ones are admitted, those of
        them that would have weight and do not give the total.
    left_out_better
        How many of these have a better criterion than the best.
    """

    space: ModelSpace
    fits: ModelFits
    models: tuple[FittedModel, ...]
    weights: Array
    left_out: int
    left_out_better: int


def ranked_models(
    space: ModelSpace, counts: Array, criterion: Criterion, maximum: Maximum
) -> RankedModels | None:
    """Fit the models and rank those that have a maximum likelihood estimate.

    Parameters
    ----------
    space
        The models.
    counts
        Of the observable cells, shape (c,).
    criterion
        ``"aic"`` or ``"bic"``.
    maximum
        ``"ordinary"`` leaves out every model whose estimate does not exist; ``"extended"`` admits
        those whose extended estimate determines the unrecorded: the cells outside the face are
        fitted as 0. The criterion counts the parameters at infinity too.

    Returns
    -------
    The ranking, or None where no model gives an estimate.
    """
    fits = fit_models(space, counts)
    penalty = 2.0 if criterion == "aic" else log(counts.sum())
    scores = -2 * fits.log_likelihood + penalty * fits.parameters
    models = [
        _ordinary(space, counts, int(place), scores)
        for place in np.flatnonzero(fits.exists & (scores <= _least(scores, fits.exists) + CLOSE))
    ]
    left_out = int(np.count_nonzero(~fits.exists))
    if maximum == "extended":
        within = scores <= scores.min() + CLOSE
        left_out = int(np.count_nonzero(~fits.exists & within))
        for place in np.flatnonzero(~fits.exists & within):
            extended = _extended(space, counts, int(place), scores)
            if extended is not None:
                models.append(extended)
                left_out -= 1
    models.sort(key=lambda model: (model.score, model.place))
    usable = [model for model in models if model.score <= models[0].score + CLOSE]
    if not usable:
        return None
    weights = np.exp([-(model.score - usable[0].score) / 2 for model in usable])
    kept = [model.place for model in models]
    better = ~fits.exists & (scores < usable[0].score)
    better[kept] = False
    return RankedModels(
        space=space,
        fits=fits,
        models=tuple(usable),
        weights=weights / weights.sum(),
        left_out=left_out,
        left_out_better=int(better.sum()),
    )


def bracketed(space: ModelSpace, place: int, columns: NDArray[np.int64]) -> str:
    """Name a model by its largest interactions, with the lists' numbers: ``[123,14,34]``.

    Parameters
    ----------
    space, place
        The model.
    columns
        Number of each list of the space in the table, from 0, shape (L,).
    """
    terms = generators(space, place)
    return "[" + ",".join("".join(str(columns[i] + 1) for i in term) for term in terms) + "]"


def _least(scores: Array, among: NDArray[np.bool_]) -> float:
    return float(scores[among].min(initial=np.inf))


def _ordinary(space: ModelSpace, counts: Array, place: int, scores: Array) -> FittedModel:
    members = space.members[place]
    design = np.ascontiguousarray(space.design[:, members])
    fit, _ = climb(design, counts)
    free = np.ones(len(counts), dtype=np.bool_)
    return FittedModel(place, members, free, design, counts, fit, float(scores[place]))


def _extended(space: ModelSpace, counts: Array, place: int, scores: Array) -> FittedModel | None:
    """Fit a model on the face of its extended maximum, where that gives the unrecorded."""
    members = space.members[place]
    face = existence(space.design[:, members], counts.astype(np.int64))
    if not face.identifiable:
        return None
    members = members.copy()
    members[members] = _independent(space.design[np.ix_(face.free, members)])
    design = np.ascontiguousarray(space.design[np.ix_(face.free, members)])
    fit, exists = climb(design, counts[face.free])
    if not exists:
        return None
    return FittedModel(
        place, members, face.free, design, counts[face.free], fit, float(scores[place])
    )


def _independent(design: Array) -> NDArray[np.bool_]:
    """Mark the columns that the columns before them do not determine."""
    basis = np.zeros((0, len(design)))
    marks = np.zeros(design.shape[1], dtype=np.bool_)
    for column in range(design.shape[1]):
        rest = design[:, column] - basis.T @ (basis @ design[:, column])
        length = float(np.linalg.norm(rest))
        if length > 1e-8:
            basis = np.vstack([basis, rest / length])
            marks[column] = True
    return marks
