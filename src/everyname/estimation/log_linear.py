"""Log-linear models: lists that depend on each other, chosen or averaged by AIC or BIC."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.fitted_models import Criterion, Maximum, ranked_models
from everyname.estimation.kernels.hierarchical_models import (
    ModelSpace,
    cell_counts,
    closed_space,
    model_space,
    searched_space,
)
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.ranked_estimates import Ranking
from everyname.estimation.result import (
    AveragedEstimate,
    LikelihoodEstimate,
    Refusal,
    checked_level,
    checked_seed,
)
from everyname.estimation.table_input import TableLike, as_table

SELECTED, AVERAGED = "Log-linear model", "Log-linear models, averaged"

_ALL_MODELS, _MOST_LISTS = 5, 8
_FEWEST_BOOTSTRAPS = 50


class SelectedEstimate(LikelihoodEstimate):
    """The estimate of the model that a criterion ranks first.

    Attributes
    ----------
    models
        Every model within 2 of the best by the criterion, the best first: where these differ, the
        choice between them decides more than the interval shows.
    """

    models: tuple[LikelihoodEstimate, ...]


def loglinear(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    level: float = 0.95,
    criterion: Criterion = "bic",
    average: bool = True,
    order: int | None = None,
    models: Sequence[str] | None = None,
    maximum: Maximum = "ordinary",
    bootstrap: int = 0,
    seed: int = 1,
) -> AveragedEstimate | SelectedEstimate | Refusal:
    """Estimate the total by hierarchical log-linear models of 3 to 8 lists.

    Averaged, the point and interval are where the models' tail areas, weighted, are one half and
    the two tails of the level: an interval that holds what the choice between models leaves open.
    Selected, they are of the multinomial profile likelihood of the best model, or with `bootstrap`
    the percentiles of totals estimated, after repeating the selection, from tables drawn from it.

    No model without a maximum likelihood estimate is ranked. For 3 and 4 lists all hierarchical
    models are fitted (8 and 113), for 5 lists those with interactions of pairs (1,024), or with
    `order` of more lists (6,893). For 6 to 8 lists pairs are added and removed one at a time.

    Parameters
    ----------
    data, counts
        Capture patterns, as for `as_table`; lists that hold nobody are left out.
    level
        Nominal coverage of the interval, between 0 and 1.
    criterion
        ``"bic"``, with the logarithm of the recorded, or ``"aic"``.
    average
        Whether to average the models or to select the best.
    order
        The largest number of lists in an interaction, for 3 to 5 lists.
    models
        Names of the models to compare, such as ``("[12,3]", "[123,14,34]")``; lists have their
        numbers in the table, from 1. All where absent.
    maximum
        ``"extended"`` admits models of which only the extended maximum likelihood estimate exists
        (coefficients at minus infinity, patterns fitted as 0), where it determines the total.
    bootstrap
        Tables to draw, 0 for none; with `average` False only.
    seed
        Where the random numbers of the bootstrap start.

    Raises
    ------
    EstimationError
        Where `data` is no table, or an argument cannot be used.

    References
    ----------
    Fienberg (1972), Biometrika 59, 591-603; Cormack (1992), Biometrics 48, 567-576; Buckland,
    Burnham and Augustin (1997), Biometrics 53, 603-618; Turek and Fletcher (2012), Computational
    Statistics and Data Analysis 56, 2809-2815; Fienberg and Rinaldo (2012), Annals of Statistics
    40, 996-1023.
    """
    checked_level(level)
    checked_seed(seed)
    _check(criterion, maximum, order, bootstrap, average=average)
    table = as_table(data, counts)
    held = np.flatnonzero(table.sizes > 0)
    name = AVERAGED if average else SELECTED
    reason = _unsupported(table, len(held))
    if reason:
        return Refusal(model=name, reason=reason)
    spread = cell_counts(table.histories[:, held], table.counts)
    space = _space(spread, held, order, models, criterion)
    ranked = ranked_models(space, spread, criterion, maximum)
    if ranked is None:
        return Refusal(
            model=name,
            reason=f"None of the {len(space.members):,} models has a maximum likelihood estimate:"
            " too many patterns are held by nobody.",
        )
    ranking = Ranking(table, held, ranked, criterion, maximum, level)
    if average:
        return ranking.averaged(name)
    near = ranking.near()
    chosen = ranking.selected(near, name)
    if isinstance(chosen, Refusal):
        return chosen
    if bootstrap:
        chosen = ranking.bootstrapped(chosen, bootstrap, seed)
    return SelectedEstimate(
        **{field: getattr(chosen, field) for field in LikelihoodEstimate.model_fields}, models=near
    )


def _check(
    criterion: str, maximum: str, order: int | None, bootstrap: int, *, average: bool
) -> None:
    if criterion not in ("aic", "bic"):
        raise EstimationError(f"the criterion {criterion!r}", do="Use 'bic' or 'aic'.")
    if maximum not in ("ordinary", "extended"):
        raise EstimationError(f"the maximum {maximum!r}", do="Use 'ordinary' or 'extended'.")
    if order is not None and order < 1:
        raise EstimationError(f"interactions of {order} lists", do="Give an order of 1 or more.")
    if bootstrap and (average or maximum == "extended"):
        raise EstimationError(
            "a bootstrap of averaged or extended models",
            do="It repeats a selection: give average=False and maximum='ordinary'.",
        )
    if bootstrap and bootstrap < _FEWEST_BOOTSTRAPS:
        raise EstimationError(
            f"a bootstrap of {bootstrap} tables", do=f"Draw {_FEWEST_BOOTSTRAPS} or more."
        )


def _unsupported(table: PatternTable, n_lists: int) -> str:
    """Say why the table cannot support the models; an empty text where it can."""
    if n_lists < 3:
        return (
            f"{n_lists} of the lists hold anybody. With fewer than three lists no model in which"
            " lists depend on each other can be told from one in which they do not."
        )
    if n_lists > _MOST_LISTS:
        return (
            f"{n_lists} lists have {2**n_lists:,} patterns; these models are fitted to at most"
            f" {_MOST_LISTS} lists. Merge lists of one kind, or use the latent class model."
        )
    if table.frequencies[2:].sum() == 0:
        return "No person is in two lists: without overlap nothing shows how many all lists miss."
    return ""


def _space(
    spread: NDArray[np.float64],
    held: NDArray[np.int64],
    order: int | None,
    models: Sequence[str] | None,
    criterion: Criterion,
) -> ModelSpace:
    n_lists = len(held)
    if models is not None:
        return _named(models, held)
    if n_lists > _ALL_MODELS:
        if order not in (None, 2):
            raise EstimationError(
                f"interactions of {order} lists among {n_lists}",
                do="For more than five lists leave the order out: pairs are searched.",
            )
        return searched_space(spread, n_lists, 2.0 if criterion == "aic" else log(spread.sum()))
    return model_space(n_lists, order or (2 if n_lists == _ALL_MODELS else n_lists - 1))


def _named(models: Sequence[str], held: NDArray[np.int64]) -> ModelSpace:
    """Find the models that were named, in the space of all of them."""
    numbers = {str(column + 1): place for place, column in enumerate(held)}
    wanted = []
    for model in models:
        terms = [tuple(term.strip()) for term in model.strip().strip("[]").split(",")]
        unknown = {mark for term in terms for mark in term} - set(numbers)
        sets = [frozenset(numbers[mark] for mark in term if mark in numbers) for term in terms]
        if unknown or not all(sets) or max(len(term) for term in sets) == len(held):
            raise EstimationError(
                f"a model called {model!r}",
                do="Name interactions by the numbers of lists that hold anybody, of fewer than all"
                " lists, as in [12,3].",
            )
        wanted.append(sets)
    return closed_space(len(held), wanted)
