"""Ranked estimates: log-linear models, ranked by a criterion, turned into one result."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.fitted_models import (
    Criterion,
    FittedModel,
    Maximum,
    RankedModels,
    bracketed,
)
from everyname.estimation.kernels.averaged_profile import averaged_limits
from everyname.estimation.kernels.hierarchical_models import cell_counts, generators, select_each
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.poisson_estimate import (
    NO_LIMIT,
    PoissonModel,
    poisson_estimate,
)
from everyname.estimation.result import AveragedEstimate, LikelihoodEstimate, Refusal

_NEAR = 2.0
_SHOWN = 5
_DEPENDENCE = (
    "Lists depend on each other in the way the interactions say and in no other, for those in no"
    " list as for the recorded; the lists themselves cannot show that."
)
_WEIGHED = "One of the models is right, and the table tells by its fit how likely each is to be it."
_ALIKE = "Beyond these interactions persons do not differ in how easily they are recorded."
_BISHOP = (
    "Fienberg (1972), Biometrika 59, 591-603; Bishop, Fienberg and Holland (1975), Discrete"
    " Multivariate Analysis; existence: Fienberg and Rinaldo (2012), Annals of Statistics 40,"
    " 996-1023"
)
_CORMACK = "interval: Cormack (1992), Biometrics 48, 567-576"
_TUREK = (
    "averaging: Buckland, Burnham and Augustin (1997), Biometrics 53, 603-618; interval: Turek and"
    " Fletcher (2012), Computational Statistics and Data Analysis 56, 2809-2815"
)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The ranked models of a table and what was asked of them.

    Attributes
    ----------
    table
        Capture patterns.
    held
        Columns of the lists that hold anybody.
    ranked
        The models.
    criterion, maximum, level
        As asked for.
    """

    table: PatternTable
    held: NDArray[np.int64]
    ranked: RankedModels
    criterion: Criterion
    maximum: Maximum
    level: float

    def near(self) -> tuple[LikelihoodEstimate, ...]:
        """Give the models within 2 of the best whose intervals have an upper limit."""
        best = self.ranked.models[0].score
        return tuple(
            estimate
            for place, model in enumerate(self.ranked.models)
            if model.score <= best + _NEAR
            and isinstance(estimate := self._estimate(place), LikelihoodEstimate)
        )

    def selected(
        self, near: tuple[LikelihoodEstimate, ...], name: str
    ) -> LikelihoodEstimate | Refusal:
        """Give the best model's estimate, with notes on the choice."""
        if not near or near[0].settings["model"] != self._bracketed(self.ranked.models[0]):
            return Refusal(model=name, reason=NO_LIMIT)
        return near[0].model_copy(
            update={"diagnostics": (*near[0].diagnostics, *self._notes(near))}
        )

    def averaged(self, name: str) -> AveragedEstimate | Refusal:
        """Give the total and interval by averaged tail areas."""
        ranked, table = self.ranked, self.table
        tail = (1 - self.level) / 2
        limits, points = averaged_limits(
            ranked.space.design,
            np.array([model.members for model in ranked.models]),
            np.array([model.free for model in ranked.models]),
            self._spread(),
            np.array([np.exp(model.fit.coefficients[0]) for model in ranked.models]),
            ranked.weights,
            np.array([tail, 0.5, 1 - tail]),
        )
        if isinf(limits[2]):
            return Refusal(model=name, reason=NO_LIMIT)
        mean = float(ranked.weights @ points)
        near = self.near()
        return AveragedEstimate(
            model=name,
            point=table.observed + float(limits[1]),
            low=table.observed + float(limits[0]),
            high=table.observed + float(limits[2]),
            level=self.level,
            observed=table.observed,
            unrecorded=float(limits[1]),
            assumptions=(CLOSED, MATCHED, _DEPENDENCE, _ALIKE, _WEIGHED),
            reference=f"{_BISHOP}; {_TUREK}.",
            settings={
                "interval": "averaged tail areas of profile likelihoods",
                "weighted_mean": table.observed + mean,
                "standard_error": self._unconditional_error(points, mean),
                "models_averaged": len(ranked.models),
                **self._settings(),
            },
            lower_bound=False,
            diagnostics=(*self._poor(near), *self._notes(near)),
            models=near,
        )

    def bootstrapped(
        self, chosen: LikelihoodEstimate, number: int, seed: int
    ) -> LikelihoodEstimate:
        """Draw tables from the best model, repeat the selection on each, and take percentiles."""
        ranked = self.ranked
        predictor = ranked.fits.predictor
        means = np.exp(predictor[ranked.models[0].place])
        chances = np.append(chosen.unrecorded, means)
        total = round(float(chances.sum()))
        random = np.random.default_rng(seed)
        tables = random.multinomial(total, chances / chances.sum(), size=number)[:, 1:]
        unrecorded, places = select_each(ranked.space, tables, predictor, self.criterion)
        usable = np.isfinite(unrecorded)
        totals = tables.sum(axis=1)[usable] + unrecorded[usable]
        tail = (1 - self.level) / 2
        low, high = np.quantile(totals, [tail, 1 - tail])
        same = int(np.sum(places[usable] == ranked.models[0].place))
        note = f"Of {number:,} tables drawn from it, {same:,} led back to this model."
        lost = number - int(usable.sum())
        notes = [note, f"{lost:,} gave no estimate and are left out."] if lost else [note]
        return chosen.model_copy(
            update={
                "low": min(max(float(low), float(chosen.observed)), chosen.point),
                "high": max(float(high), chosen.point),
                "settings": {
                    **chosen.settings,
                    "interval": "percentiles of a parametric bootstrap that repeats the selection",
                    "bootstrap": number,
                    "seed": seed,
                    "same_model": same,
                },
                "diagnostics": (*chosen.diagnostics, *notes),
            }
        )

    def _estimate(self, place: int) -> LikelihoodEstimate | Refusal:
        ranked, model = self.ranked, self.ranked.models[place]
        lists = [self.table.lists[column] for column in self.held]
        terms = [
            ":".join(lists[i] for i in term)
            for term, member in zip(
                ranked.space.terms, ranked.space.members[model.place], strict=True
            )
            if member and term
        ]
        words = self._words(model)
        brackets = self._bracketed(model)
        described = PoissonModel(
            name=f"Log-linear {brackets}",
            terms=tuple(terms),
            assumptions=(CLOSED, MATCHED, _DEPENDENCE, _ALIKE, words),
            reference=f"{_BISHOP}; {_CORMACK}.",
            design=model.design,
            counts=model.counts,
            at_infinity=int(ranked.space.members[model.place].sum() - model.members.sum()),
        )
        notes = []
        zeros = int((~model.free).sum())
        if zeros:
            notes.append(
                f"{zeros} patterns that nobody has are fitted as 0: the estimate is an extended"
                " maximum likelihood estimate."
            )
        return poisson_estimate(
            self.table,
            described,
            model.fit,
            level=self.level,
            settings={"model": brackets, **self._settings()},
            weight=float(ranked.weights[place]),
            diagnostics=tuple(notes),
        )

    def _bracketed(self, model: FittedModel) -> str:
        return bracketed(self.ranked.space, model.place, self.held)

    def _words(self, model: FittedModel) -> str:
        lists = [self.table.lists[column] for column in self.held]
        joined = [
            " and ".join(([", ".join(names[:-1])] if names[:-1] else []) + names[-1:])
            for term in generators(self.ranked.space, model.place)
            if len(term) > 1
            for names in [[lists[i] for i in term]]
        ]
        if not joined:
            return "No list depends on another."
        return f"Dependent on each other: {'; '.join(joined)}."

    def _spread(self) -> NDArray[np.float64]:
        return cell_counts(self.table.histories[:, self.held], self.table.counts)

    def _unconditional_error(self, points: NDArray[np.float64], mean: float) -> float:
        """Give the standard error of Buckland and others, by which models' differences count."""
        errors = np.array(
            [
                np.sqrt(count + count**2 * model.fit.covariance[0, 0] + (point - mean) ** 2)
                for model, point in zip(self.ranked.models, points, strict=True)
                for count in [float(np.exp(model.fit.coefficients[0]))]
            ]
        )
        return float(self.ranked.weights @ errors)

    def _settings(self) -> dict[str, str | int | float]:
        return {
            "criterion": self.criterion,
            "maximum": self.maximum,
            "lists": len(self.held),
            "models_fitted": len(self.ranked.space.members),
            "models_without_estimate": self.ranked.left_out,
        }

    def _poor(self, near: tuple[LikelihoodEstimate, ...]) -> tuple[str, ...]:
        return tuple(note for note in (near[0].diagnostics if near else ()) if "not fit" in note)

    def _notes(self, near: tuple[LikelihoodEstimate, ...]) -> tuple[str, ...]:
        """Say what a reader should know about the choice between the models."""
        ranked, notes = self.ranked, []
        if len(near) > 1:
            named = "; ".join(
                f"{model.settings['model']} {round(model.point):,}" for model in near[:_SHOWN]
            )
            more = f"; and {len(near) - _SHOWN} more" if len(near) > _SHOWN else ""
            notes.append(
                f"{len(near)} models are within {_NEAR:g} of the best by"
                f" {self.criterion.upper()} and give different totals: {named}{more}."
            )
        if ranked.left_out:
            better = (
                f"; {ranked.left_out_better:,} of them would come before the best"
                if ranked.left_out_better
                else ""
            )
            lacking = (
                "have no maximum likelihood estimate"
                if self.maximum == "ordinary"
                else "would have weight but do not determine the total"
            )
            notes.append(
                f"{ranked.left_out:,} of {len(ranked.space.members):,} models {lacking} and are"
                f" left out{better}."
            )
        if len(self.held) < len(self.table.lists):
            notes.append(
                "Lists that hold nobody are left out:"
                f" {', '.join(set(self.table.lists) - {self.table.lists[i] for i in self.held})}."
            )
        return tuple(notes)
