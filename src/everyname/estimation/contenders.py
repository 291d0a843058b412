"""Contenders: models that compete to explain a table, each with its evidence and its unrecorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.fitted_models import FittedModel, ranked_models
from everyname.estimation.kernels.capture_designs import Heterogeneity, capture_design
from everyname.estimation.kernels.class_mixture import ReachPrior, mixture_draws
from everyname.estimation.kernels.hierarchical_models import (
    ModelSpace,
    cell_counts,
    model_space,
    searched_space,
)
from everyname.estimation.kernels.poisson_regression import PoissonFit, poisson_fit
from everyname.estimation.pattern_table import PatternTable

Array = NDArray[np.float64]

_DRAWS = 2000
_MOST = 1e15
_NEGLIGIBLE = 8.0
_MISFIT = 1e-4
_MOST_PAIRWISE = 4
_MOST_ENUMERATED = 5
_HETEROGENEITY: tuple[tuple[Heterogeneity, float], ...] = (
    ("darroch", 0.0),
    ("poisson", 2.0),
    ("gamma", 3.5),
)
PARTICLES = 1000
MOVES = 8
CLASSES = (1, 2, 3)
PRIOR_OF_CLASSES = (0.5, 0.25, 0.25)


@dataclass(frozen=True, slots=True, eq=False)
class Contender:
    """A model with what it makes of a table.

    Attributes
    ----------
    unrecorded
        Draws of the persons in no list, in order, all of one weight, shape (m,).
    log_evidence
        Logarithm of the evidence times the share given to the model in advance.
    plain
        Whether every person has the same chance to be on a list, and lists are independent.
    tangled
        Whether it takes three lists and more that depend on each other at once to explain the
        table, or the dependence of pairs does not explain it.
    extended
        Whether an interaction is at minus infinity, because nobody is on certain lists together.
    """

    unrecorded: Array
    log_evidence: float
    plain: bool
    tangled: bool = False
    extended: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ContenderFamily:
    """Contenders that take the same thing for granted.

    Attributes
    ----------
    name
        In words, as ``"some lists depend on each other"``.
    members
        The contenders; the shares given to them in advance add up to 1 at most.
    allows_unequal
        Whether its members that are not plain let persons differ in reach.
    """

    name: str
    members: tuple[Contender, ...]
    allows_unequal: bool = False

    @property
    def log_evidence(self) -> float:
        """Evidence of the family, logarithm."""
        return _log_sum([each.log_evidence for each in self.members])

    @property
    def unequal(self) -> ContenderFamily:
        """The family without its plain members."""
        members = tuple(each for each in self.members if not each.plain)
        return ContenderFamily(self.name, members, self.allows_unequal)

    @property
    def tangled(self) -> float:
        """Share of the evidence of the family that lies on tangled members."""
        return self._share([each for each in self.members if each.tangled])

    @property
    def extended(self) -> float:
        """Share of the evidence of the family that lies on extended estimates."""
        return self._share([each for each in self.members if each.extended])

    def _share(self, chosen: Sequence[Contender]) -> float:
        return sum(exp(each.log_evidence - self.log_evidence) for each in chosen)


def quantiles(families: Sequence[ContenderFamily], shares: Sequence[float]) -> tuple[float, ...]:
    """Give quantiles of the unrecorded, the contenders mixed by their evidence.

    Parameters
    ----------
    families
        At least one, with a member.
    shares
        Between 0 and 1.
    """
    total = _log_sum([family.log_evidence for family in families])
    values, weights = [], []
    for family in families:
        for each in family.members:
            weight = exp(each.log_evidence - total)
            values.append(each.unrecorded)
            weights.append(np.full(len(each.unrecorded), weight / len(each.unrecorded)))
    value, weight_of = np.concatenate(values), np.concatenate(weights)
    order = np.argsort(value, kind="stable")
    reached = np.cumsum(weight_of[order])
    places = np.searchsorted(reached / reached[-1], shares)
    return tuple(float(value[order][min(place, len(value) - 1)]) for place in places)


def log_linear_family(table: PatternTable) -> ContenderFamily:
    """Log-linear models with interactions of some lists, by Schwarz's criterion.

    All hierarchical models up to four lists, all sets of pairs for five, and for more the models
    that a search among pairs meets. Where patterns that nobody has send an interaction to minus
    infinity, the extended estimate is used if it gives the unrecorded, else the model is left out.

    In advance independent lists have one half, models of one interaction together a quarter, of
    two an eighth and so on, each model among those of its size alike.

    References
    ----------
    Fienberg (1972), Biometrika 59, 591-603; Fienberg and Rinaldo (2012), Annals of Statistics 40,
    996-1023 (extended estimates); Kass and Raftery (1995), Journal of the American
    Statistical Association 90, 773-795 (Schwarz's criterion as evidence).
    """
    lists = len(table.lists)
    counts = cell_counts(table.histories, table.counts)
    if lists > _MOST_ENUMERATED:
        space = searched_space(counts, lists, log(table.observed))
    else:
        space = model_space(lists, lists - 1 if lists <= _MOST_PAIRWISE else 2)
    ranked = ranked_models(space, counts, "bic", "extended")
    members = (
        ()
        if ranked is None
        else tuple(
            Contender(
                _unrecorded(model.fit),
                _evidence(-model.score / 2 + log(table.observed) / 2, table)
                + _log_prior(space, model.place, searched=lists > _MOST_ENUMERATED),
                plain=int(model.members.sum()) == lists + 1 and bool(model.free.all()),
                tangled=_tangled(space, model),
                extended=not model.free.all(),
            )
            for model in ranked.models
            if model.score <= ranked.models[0].score + 2 * _NEGLIGIBLE
        )
    )
    return ContenderFamily("some lists depend on each other", members)


def heterogeneity_family(table: PatternTable) -> ContenderFamily:
    """Models in which persons differ in reach alike for all lists (Mt and Mth).

    References
    ----------
    Rivest and Baillargeon (2007), Biometrics 63, 999-1006.
    """
    members = []
    for shape, parameter in ((None, 0.0), *_HETEROGENEITY):
        fit = _fit(table, shape, parameter)
        # A term that is not above 0 says that persons who are harder to record do not exist.
        if fit is None or (shape is not None and fit.coefficients[-1] <= 0):
            continue
        share = 0.5 if shape is None else 0.5 / len(_HETEROGENEITY)
        members.append(
            Contender(
                _unrecorded(fit), _fitted_evidence(fit, table) + log(share), plain=shape is None
            )
        )
    name = "some persons are harder to record for every list"
    return ContenderFamily(name, tuple(members), allows_unequal=True)


def class_family(table: PatternTable, seed: int, particles: int = PARTICLES) -> ContenderFamily:
    """One to three groups of persons, each with its own chance to be on each list.

    The number in no list, given the chances, is negative binomial: P(N) is proportional to 1 / N.
    One group with lists independent is a model of the other families too, where Schwarz's
    criterion stands for its evidence; the evidence of all numbers of groups is moved by what the
    two differ, so that the same model weighs the same in each family.

    References
    ----------
    Manrique-Vallier (2016), Biometrics 72, 1246-1254; priors as in `ReachPrior`.
    """
    found = []
    for classes, share in zip(CLASSES, PRIOR_OF_CLASSES, strict=True):
        rng = np.random.default_rng([seed, classes])
        drawn = mixture_draws(
            table.histories,
            table.counts,
            classes=classes,
            particles=particles,
            moves=MOVES,
            rng=rng,
            prior=ReachPrior(),
        )
        odds = drawn.missed / np.maximum(1 - drawn.missed, 1e-12)
        unrecorded = rng.poisson(np.minimum(rng.gamma(table.observed, odds), _MOST))
        found.append((np.sort(unrecorded.astype(np.float64)), drawn.log_evidence, log(share)))
    plain = _fit(table, None, 0.0)
    moved = 0.0 if plain is None else _fitted_evidence(plain, table) - found[0][1]
    members = tuple(
        Contender(unrecorded, evidence + moved + share, plain=place == 0)
        for place, (unrecorded, evidence, share) in enumerate(found)
    )
    return ContenderFamily("the population is made of unlike groups", members, allows_unequal=True)


def _fit(table: PatternTable, shape: Heterogeneity | None, parameter: float) -> PoissonFit | None:
    design = capture_design(len(table.lists), differ=True, heterogeneity=shape, parameter=parameter)
    fit = poisson_fit(design, cell_counts(table.histories, table.counts))
    return fit if fit is not None and np.isfinite(fit.covariance[0, 0]) else None


def _log_prior(space: ModelSpace, place: int, *, searched: bool) -> float:
    """Give the share in advance of a log-linear model, logarithm."""
    lists = space.cells.shape[1]
    terms = int(space.members[place].sum()) - lists - 1
    if searched:
        alike = comb(comb(lists, 2), terms)
    else:
        alike = int((space.members.sum(axis=1) == terms + lists + 1).sum())
    return -float((terms + 1) * log(2) + log(alike))


def _tangled(space: ModelSpace, model: FittedModel) -> bool:
    from scipy.special import chdtrc

    if any(len(space.terms[i]) > 2 for i in np.flatnonzero(model.members)):
        return True
    left_over = int(model.free.sum() - model.members.sum())
    return left_over > 0 and float(chdtrc(left_over, model.fit.deviance)) < _MISFIT


def _evidence(criterion: float, table: PatternTable) -> float:
    """Turn a Poisson log likelihood, less its penalty, into that of the patterns being recorded.

    At its maximum a Poisson model expects as many recorded as there are; what is left is the
    multinomial likelihood of the patterns.
    """
    n = table.observed
    return criterion + n + sum(lgamma(count + 1.0) for count in table.counts.tolist()) - n * log(n)


def _fitted_evidence(fit: PoissonFit, table: PatternTable) -> float:
    criterion = fit.log_likelihood - (len(fit.coefficients) - 1) / 2 * log(table.observed)
    return _evidence(criterion, table)


def _unrecorded(fit: PoissonFit) -> Array:
    """Draw the persons in no list: their expected number is log-normal, and they Poisson."""
    from scipy.special import ndtri

    steps = ndtri((np.arange(_DRAWS) + 0.5) / _DRAWS)
    error = float(np.sqrt(fit.covariance[0, 0]))
    expected = np.exp(np.minimum(fit.coefficients[0] + error * steps, log(_MOST)))
    drawn = np.random.default_rng(0).poisson(expected)
    return np.sort(drawn.astype(np.float64))


def _log_sum(values: Sequence[float]) -> float:
    return float(np.logaddexp.reduce(values))
