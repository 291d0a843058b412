"""Two lists that are independent only among persons alike: doubly robust, with covariates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.kernels.doubly_robust import Inverse, bounded, one_step, targeted
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.nuisance import Nuisance, checked_covariates, spline_regression
from everyname.estimation.result import Estimate, Refusal, checked_level, checked_seed

DoublyRobustForm = Literal["one-step", "targeted"]

_NAMES = {"one-step": "Doubly robust, one-step", "targeted": "Doubly robust, targeted"}
_REFERENCE = (
    "Das, Kennedy and Jewell (2024), Journal of the American Statistical Association 119,"
    " 1309-1321; interval: log-normal in the unrecorded, Chao (1987), Biometrics 43, 783-791."
)
_ASSUMPTIONS = (
    (
        "Among persons with the same covariates, being in one of the two lists makes a person"
        " neither more nor less likely to be in the other."
    ),
    "Every kind of person, by the covariates, had some chance to be in both lists.",
    "Both lists cover the same population, and every person is matched without error.",
)


class DoublyRobustEstimate(Estimate):
    """A doubly robust estimate from two lists and covariates.

    Attributes
    ----------
    capture_probability
        Estimated share of the population that the two lists together hold.
    plug_in, one_step, targeted
        The number of persons by the regression alone, corrected in one step, and targeted.
        Far apart, they say that the regression fits badly.
    """

    capture_probability: float
    plug_in: float
    one_step: float
    targeted: float


@dataclass(frozen=True, slots=True, eq=False)
class _Data:
    """Persons in either of the two lists."""

    marks: NDArray[np.float64]
    covariates: NDArray[Any]
    cells: NDArray[np.int64]
    observed: int
    pair: tuple[str, str]


def doubly_robust(
    histories: ArrayLike,
    covariates: ArrayLike,
    *,
    lists: tuple[str, ...] | None = None,
    pair: tuple[int, int] = (0, 1),
    form: DoublyRobustForm = "one-step",
    nuisance: Nuisance | None = None,
    categorical: Sequence[int] = (),
    folds: int = 5,
    least: float = 0.005,
    level: float = 0.95,
    seed: int = 1,
) -> DoublyRobustEstimate | Refusal:
    """Estimate the number of persons from two lists and what is known of each person.

    The probabilities of the two lists and of both, among the recorded and given the covariates,
    are estimated by regression on other folds than the person's own; the mean of the estimated
    influence function then gives the capture probability. Errors of the regression enter as
    products: the probability of either single list may be wrong as long as that of both is right,
    and all may be slow to learn. Where there are more than two lists, the others are covariates,
    and persons in none of the two are not used.

    Parameters
    ----------
    histories
        1 where a list holds the person and 0 where not, shape (n, L).
    covariates
        Numbers, or text for categories, without gaps, shape (n, p).
    lists
        Names of the lists, L of them.
    pair
        Columns of the two lists taken as independent given the rest.
    form
        ``"one-step"``, or ``"targeted"`` (TMLE), whose capture probability always is one.
    nuisance
        The regression: see `Nuisance` and `classifier_nuisance`; by default `spline_regression`.
    categorical
        Columns of `covariates` whose numbers name categories.
    folds
        Folds of the persons; 1 to fit and use the regression on the same persons.
    least
        The least probability of both lists allowed; raised ones are counted in the diagnostics.
    level
        Nominal coverage of the interval, between 0 and 1.
    seed
        Seed of the folds.

    Returns
    -------
    The estimate, or a refusal. Both forms and the regression alone are in it. The variance is
    that of the influence function times the recorded, and of the number that is recorded. In 200
    simulated populations of 5,000 with two covariates the standard error by splines was right
    (146; the estimates' standard deviation was 144), they were 1% low, and 93% of the 95%
    intervals held the truth (standard error 2%). The median of five splits into folds gave 93.5%.

    Raises
    ------
    EstimationError
        Where an argument is not of the kind described, or covariates have gaps.

    References
    ----------
    Das, Kennedy and Jewell (2024), Journal of the American Statistical Association 119, 1309-1321,
    as implemented in their R package drpop.
    """
    checked_level(level)
    checked_seed(seed)
    if form not in _NAMES or not isinstance(folds, int) or folds < 1 or not 0 < least < 0.5:
        raise EstimationError(
            f"form {form!r}, {folds} folds, least probability {least}",
            do="Use 'one-step' or 'targeted', 1 fold or more, and a probability below .5.",
        )
    data = _data(histories, covariates, lists, pair)
    model = f"{_NAMES[form]}, {data.pair[0]} and {data.pair[1]}"
    reason = _unsupported(data, folds)
    if reason:
        return Refusal(model=model, reason=reason)
    learn = nuisance or spline_regression(seed, _columns(categorical, data.covariates.shape[1]))
    found = _crossed(data, learn, folds, seed)
    if not np.isfinite(found).all():
        raise EstimationError(
            "the regression gives no probability for some persons",
            do="Give a regression that returns three numbers from 0 to 1 for each.",
        )
    q, moved = bounded(found, least)
    step, aimed = one_step(data.marks, q), targeted(data.marks, q, least)
    settings: dict[str, str | int | float] = {
        "form": form,
        "interval": "log-normal",
        "first": data.pair[0],
        "second": data.pair[1],
        "folds": folds,
        "least_probability": least,
        "raised": moved,
        "rounds_of_targeting": aimed.rounds,
        "regression": "given" if nuisance else "splines with ridge penalty",
        "seed": seed,
    }
    chosen = step if form == "one-step" else aimed
    return _estimate(model, data, chosen, (step, aimed), settings, level)


def _estimate(
    model: str,
    data: _Data,
    chosen: Inverse,
    both: tuple[Inverse, Inverse],
    settings: dict[str, str | int | float],
    level: float,
) -> DoublyRobustEstimate | Refusal:
    persons = len(data.marks)
    point = persons * chosen.value
    if point <= data.observed:
        return Refusal(
            model=model,
            reason=f"The estimate would be {round(point):,} persons, no more than the"
            f" {data.observed:,} recorded: given the covariates the two lists share more persons"
            " than independent lists would.",
        )
    # The recorded are n1 of a binomial of N: their number varies too, not only their terms.
    variance = persons * chosen.variance + persons * (chosen.value - 1) * chosen.value
    low, high = log_normal(point - persons, variance, level)
    step, aimed = both
    apart = abs(step.value - step.plug_in) * persons / variance**0.5
    notes = [
        (
            f"The regression alone gives {round(step.plug_in * persons):,}, corrected"
            f" {round(step.value * persons):,}, targeted {round(aimed.value * persons):,}."
        )
    ]
    if apart > 2:
        notes.append("The correction is large: the regression fits badly.")
    if settings["raised"]:
        notes.append(
            f"For {settings['raised']} persons the regression gave impossible or very small"
            " probabilities, which were moved to the nearest allowed: some kinds of persons are"
            " hardly ever in both lists."
        )
    if data.observed > persons:
        notes.append(f"{data.observed - persons:,} persons are in neither of the two lists.")
    return DoublyRobustEstimate(
        model=model,
        point=point,
        low=max(persons + low, float(data.observed)),
        high=persons + high,
        level=level,
        observed=data.observed,
        unrecorded=point - data.observed,
        assumptions=_ASSUMPTIONS,
        reference=_REFERENCE,
        settings=settings | {"standard_error": variance**0.5},
        lower_bound=False,
        diagnostics=tuple(notes),
        capture_probability=1 / chosen.value,
        plug_in=step.plug_in * persons,
        one_step=step.value * persons,
        targeted=aimed.value * persons,
    )


def _data(
    histories: ArrayLike,
    covariates: ArrayLike,
    lists: tuple[str, ...] | None,
    pair: tuple[int, int],
) -> _Data:
    try:
        marks = np.asarray(histories)
    except ValueError:
        marks = np.zeros(0)
    if marks.ndim != 2 or not np.isin(marks, (0, 1)).all():
        raise EstimationError(
            f"histories of shape {marks.shape}", do="Give 0 or 1 for each list, one row a person."
        )
    table = checked_covariates(covariates, len(marks))
    width = marks.shape[1]
    if len(pair) != 2 or not all(isinstance(place, int) for place in pair):
        raise EstimationError(f"the pair {pair!r}", do="Number two different lists from 0.")
    first, second = pair
    if first == second or not (0 <= first < width and 0 <= second < width):
        raise EstimationError(
            f"the lists {first} and {second} of {width}", do="Number two different lists from 0."
        )
    names = lists or tuple(f"list {j + 1}" for j in range(width))
    if len(names) != width:
        raise EstimationError(f"{len(names)} names for {width} lists", do="Name every list.")
    marks = marks.astype(np.int64)
    inside = (marks[:, first] + marks[:, second]) > 0
    others = [j for j in range(width) if j not in pair]
    if others:
        table = np.concatenate([table.astype(object), marks[:, others].astype(object)], axis=1)
    one, two = marks[inside, first], marks[inside, second]
    return _Data(
        marks=np.stack([one, two], axis=1).astype(np.float64),
        covariates=table[inside],
        cells=np.where(one & two, 2, np.where(one == 1, 0, 1)),
        observed=int(marks.any(axis=1).sum()),
        pair=(names[first], names[second]),
    )


def _columns(categorical: Sequence[int], width: int) -> tuple[int, ...]:
    for column in categorical:
        if not 0 <= column < width:
            raise EstimationError(
                f"the categorical column {column} of {width}", do="Number the columns from 0."
            )
    return tuple(categorical)


def _unsupported(data: _Data, folds: int) -> str:
    cells = np.bincount(data.cells, minlength=3)
    if cells[2] == 0:
        return (
            "No person is in both lists: without overlap two lists say nothing about whom both"
            " miss."
        )
    for name, alone in zip(data.pair, cells[:2], strict=True):
        if alone == 0:
            return f"Every person in {name} is in the other list too: nothing shows whom it misses."
    if cells.min() < 2 * max(folds, 2):
        return (
            f"Only {cells.min()} persons are in one of the three groups (either list alone, both):"
            f" too few to fit a regression on each of {folds} folds."
        )
    return ""


def _crossed(data: _Data, learn: Nuisance, folds: int, seed: int) -> NDArray[np.float64]:
    """Give each person's probabilities by the regression on the other folds, shape (n, 3)."""
    if folds == 1:
        return np.asarray(learn(data.covariates, data.cells, data.covariates), dtype=np.float64)
    rng = np.random.default_rng(seed)
    # Within each cell in turn, so that each fold holds its share of each.
    fold = np.empty(len(data.cells), dtype=np.int64)
    for cell in range(3):
        members = rng.permutation(np.flatnonzero(data.cells == cell))
        fold[members] = np.arange(len(members)) % folds
    result = np.empty((len(data.cells), 3))
    for k in range(folds):
        inside, outside = fold != k, fold == k
        result[outside] = learn(
            data.covariates[inside], data.cells[inside], data.covariates[outside]
        )
    return result
