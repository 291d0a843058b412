"""All hierarchical log-linear models of a table of few lists, fitted together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from typing import Literal

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.poisson_regression import (
    EXISTS,
    Array,
    constant_of,
    first_variance,
    newton,
    saturated,
)

Term = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ModelSpace:
    """The hierarchical models of a number of lists.

    Attributes
    ----------
    terms
        Sets of lists, counted from 0, T of them: the empty set (the constant), each list alone,
        then pairs and larger sets in order.
    cells
        The observable cells, from (0, ..., 0, 1) to (1, ..., 1) as binary numbers, shape (c, L).
    design
        1 where a cell holds all lists of a term, shape (c, T).
    members
        Whether a model holds a term, shape (m, T).
    """

    terms: tuple[Term, ...]
    cells: NDArray[np.int8]
    design: Array
    members: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ModelFits:
    """Fits of m models to one table.

    Attributes
    ----------
    unrecorded
        Expected count of the cell of those in no list, shape (m,); NaN where no maximum exists.
    log_error
        Standard error of its logarithm (Poisson), shape (m,).
    log_likelihood
        Of independent Poisson counts; where no maximum exists, about its least upper bound.
    deviance
        Twice what the saturated model gains.
    parameters
        Number of terms, the constant among them.
    exists
        Whether the maximum likelihood estimate was proved to exist.
    predictor
        Log means of the cells, shape (m, c).
    """

    unrecorded: Array
    log_error: Array
    log_likelihood: Array
    deviance: Array
    parameters: NDArray[np.int64]
    exists: NDArray[np.bool_]
    predictor: Array


def table_cells(n_lists: int) -> NDArray[np.int8]:
    """List the observable cells of a table, as binary numbers from 1 up, shape (2^L - 1, L)."""
    numbers = np.arange(1, 2**n_lists)[:, None]
    return (numbers >> np.arange(n_lists - 1, -1, -1) & 1).astype(np.int8)


def cell_counts(histories: NDArray[np.int8], counts: NDArray[np.int64]) -> Array:
    """Spread the counts of patterns over all observable cells, shape (2^L - 1,)."""
    n_lists = histories.shape[1]
    places = 2 ** np.arange(n_lists - 1, -1, -1)
    result = np.zeros(2**n_lists - 1)
    np.add.at(result, histories.astype(np.int64) @ places - 1, counts)
    return result


@lru_cache(maxsize=8)
def model_space(n_lists: int, order: int) -> ModelSpace:
    """Enumerate the models with every list's own effect and interactions up to an order.

    A hierarchical model with an interaction holds all interactions within it. The interaction of
    all lists is never among them: nothing would then be known of those in no list.

    Parameters
    ----------
    n_lists
        2 to 5; 5 lists have 1,024 models of order 2 and 6,893 of order 4.
    order
        The largest number of lists in an interaction, at most ``n_lists - 1``.
    """
    families: list[frozenset[Term]] = [frozenset((i,) for i in range(n_lists))]
    terms: list[Term] = [(), *((i,) for i in range(n_lists))]
    for size in range(2, min(order, n_lists - 1) + 1):
        larger = list(combinations(range(n_lists), size))
        terms.extend(larger)
        families = [
            family | frozenset(chosen)
            for family in families
            for chosen in _subsets(
                [term for term in larger if family.issuperset(combinations(term, size - 1))]
            )
        ]
    members = np.array([[not term or term in family for term in terms] for family in families])
    return space_of(n_lists, terms, members)


def space_of(n_lists: int, terms: list[Term], members: NDArray[np.bool_]) -> ModelSpace:
    """Make the space of given models from their terms."""
    cells = table_cells(n_lists)
    design = np.column_stack([cells[:, list(term)].all(axis=1) for term in terms]).astype(float)
    members = members[np.argsort(members.sum(axis=1), kind="stable")]
    return ModelSpace(tuple(terms), cells, design, members)


def closed_space(n_lists: int, wanted: list[list[frozenset[int]]]) -> ModelSpace:
    """Make the space of the models with given interactions, and all that these hold."""
    families: list[set[Term]] = []
    for sets in wanted:
        inside: set[Term] = {
            part
            for term in sets
            for size in range(1, len(term) + 1)
            for part in combinations(sorted(term), size)
        }
        families.append(inside | {(i,) for i in range(n_lists)})
    held: list[Term] = sorted(
        set(chain.from_iterable(families)), key=lambda term: (len(term), term)
    )
    terms: list[Term] = [(), *held]
    members = np.array([[not term or term in family for term in terms] for family in families])
    return space_of(n_lists, terms, np.unique(members, axis=0))


def searched_space(counts: Array, n_lists: int, penalty: float) -> ModelSpace:
    """Search among pairwise interactions, from independent lists, one pair more or fewer at a time.

    At each step all neighbours of the best model so far are fitted; the search ends where none is
    better. All models that were fitted are returned: many lists have too many to fit them all.

    Parameters
    ----------
    counts
        Of the observable cells, shape (2^L - 1,).
    n_lists
        L.
    penalty
        What a parameter costs in the criterion: 2, or the logarithm of the recorded.
    """
    terms: list[Term] = [(), *((i,) for i in range(n_lists)), *combinations(range(n_lists), 2)]
    here = np.arange(len(terms)) <= n_lists
    seen = {here.tobytes()}
    fits = fit_models(space_of(n_lists, terms, here[None, :]), counts)
    best = _score(fits, penalty)[0]
    while True:
        around = [here ^ (np.arange(len(terms)) == i) for i in range(n_lists + 1, len(terms))]
        fresh = [model for model in around if model.tobytes() not in seen]
        if not fresh:
            break
        space = space_of(n_lists, terms, np.array(fresh))
        scores = _score(fit_models(space, counts), penalty)
        seen.update(model.tobytes() for model in space.members)
        if scores.min() >= best:
            break
        best, here = scores.min(), space.members[scores.argmin()]
    models = np.array([np.frombuffer(key, dtype=np.bool_) for key in sorted(seen)])
    return space_of(n_lists, terms, models)


def _score(fits: ModelFits, penalty: float) -> Array:
    score = -2 * fits.log_likelihood + penalty * fits.parameters
    return np.where(fits.exists, score, np.inf)


def generators(space: ModelSpace, model: int) -> tuple[Term, ...]:
    """Give the largest interactions of a model, which name it: larger first, then in order."""
    held = [space.terms[i] for i in np.flatnonzero(space.members[model])]
    largest = [term for term in held if term and not any(set(term) < set(other) for other in held)]
    return tuple(sorted(largest, key=lambda term: (-len(term), term)))


def fit_models(space: ModelSpace, counts: Array, start: Array | None = None) -> ModelFits:
    """Fit every model of a space to the counts of the observable cells.

    Parameters
    ----------
    space
        The models.
    counts
        Shape (c,).
    start
        Log means to start from, shape (m, c), such as those of a similar table.
    """
    counts = np.ascontiguousarray(counts, dtype=np.float64)
    if start is None:
        start = np.broadcast_to(np.log(counts + 0.5), (len(space.members), len(counts)))
    predictor = np.array(start, dtype=np.float64, order="C")
    constant, variance, value, exists = _fit_each(space.design, space.members, counts, predictor)
    unrecorded = np.where(exists, np.exp(np.minimum(constant, 700.0)), np.nan)
    return ModelFits(
        unrecorded=unrecorded,
        log_error=np.sqrt(variance),
        log_likelihood=value + constant_of(counts),
        deviance=saturated(counts) - 2 * value,
        parameters=space.members.sum(axis=1),
        exists=exists,
        predictor=predictor,
    )


def fit_all(
    histories: NDArray[np.int8], counts: NDArray[np.int64], order: int | None = None
) -> ModelFits:
    """Fit all hierarchical models of 3 to 5 lists.

    Parameters
    ----------
    histories, counts
        Distinct capture patterns, shape (k, L), and persons with each, shape (k,).
    order
        The largest number of lists in an interaction; where absent, one less than the lists, and
        2 for five lists.
    """
    n_lists = histories.shape[1]
    order = order or (2 if n_lists > 4 else n_lists - 1)
    return fit_models(model_space(n_lists, order), cell_counts(histories, counts))


def select_each(
    space: ModelSpace, tables: NDArray[np.int64], start: Array, criterion: Literal["aic", "bic"]
) -> tuple[Array, NDArray[np.int64]]:
    """Fit all models to each of many tables and take the best of each.

    Parameters
    ----------
    space
        The models.
    tables
        Counts of the observable cells, shape (b, c).
    start
        Log means to start from, shape (m, c).
    criterion
        What decides.

    Returns
    -------
    The unrecorded under each table's best model, NaN where no model has a maximum, and which model
    it is, shape (b,).
    """
    unrecorded = np.full(len(tables), np.nan)
    chosen = np.zeros(len(tables), dtype=np.int64)
    size = space.members.sum(axis=1)
    for b, table in enumerate(tables.astype(np.float64)):
        predictor = np.array(start, order="C")
        constant, _, value, exists = _fit_each(space.design, space.members, table, predictor)
        penalty = 2.0 if criterion == "aic" else np.log(max(table.sum(), 1.0))
        score = np.where(exists, penalty * size - 2 * value, np.inf)
        chosen[b] = score.argmin()
        if exists[chosen[b]]:
            unrecorded[b] = np.exp(constant[chosen[b]])
    return unrecorded, chosen


def _subsets(items: list[Term]) -> list[tuple[Term, ...]]:
    sizes = range(len(items) + 1)
    return list(chain.from_iterable(combinations(items, size) for size in sizes))


@njit(cache=True, nogil=True)
def _fit_each(
    design: Array, members: NDArray[np.bool_], counts: Array, predictor: Array
) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
    models, cells = len(members), len(counts)
    constant = np.full(models, np.nan)
    variance = np.full(models, np.nan)
    value = np.full(models, -np.inf)
    exists = np.zeros(models, dtype=np.bool_)
    for m in range(models):
        columns = np.flatnonzero(members[m])
        size = len(columns)
        part = np.empty((cells, size))
        for i in range(cells):
            for a in range(size):
                part[i, a] = design[i, columns[a]]
        coefficients = np.zeros(size)
        factor = np.zeros((size, size))
        value[m], status = newton(part, counts, predictor[m], coefficients, factor)
        if status == EXISTS:
            exists[m] = True
            constant[m] = coefficients[0]
            variance[m] = first_variance(factor)
    return constant, variance, value, exists
