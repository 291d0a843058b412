"""Latent classes by maximum likelihood, and the variance of the total that lists would give.

The cells are those of a Poisson table: history x has the mean N sum_k w_k prod_j p_kj(x). With one
class the lists are independent. A list may hang on another: the logit of its chance is then
a_kj + b x_i with i the other list, and b is a parameter too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

_Array = NDArray[np.float64]
_EDGE = 9.0
_SINGULAR = 1e-11
_STARTS = 12
_KEPT = 3
_EM_STEPS = 40
_HALVINGS = 80


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """Parameters of the cells.

    Parameters
    ----------
    total
        N, persons.
    weights
        Share of each class, shape (K,).
    logits
        Logit of the chance of each list in each class, shape (K, L).
    ties
        Triples (list, the list it hangs on, b); the list hung on has no tie of its own.
    """

    total: float
    weights: _Array
    logits: _Array
    ties: tuple[tuple[int, int, float], ...] = ()

    @property
    def parameters(self) -> int:
        """Number of free parameters, the total among them."""
        return len(self.weights) + self.logits.size + len(self.ties)


def all_cells(lists: int) -> _Array:
    """All histories of so many lists, in no list first, shape (2 ** lists, lists)."""
    return np.array(list(product((0.0, 1.0), repeat=lists)))


def means_and_slopes(classes: Classes) -> tuple[_Array, _Array]:
    """Give the mean of each cell and its derivative by each parameter.

    Parameters
    ----------
    classes
        The parameters.

    Returns
    -------
    Means, shape (2 ** L,), and slopes, shape (2 ** L, parameters), by log N, the log weights less
    that of the last class, the logits class by class, and b of each tie.
    """
    marks = all_cells(classes.logits.shape[1])
    logit = np.repeat(classes.logits[None], len(marks), axis=0)
    for at, on, strength in classes.ties:
        logit[:, :, at] += strength * marks[:, None, on]
    chance = 1 / (1 + np.exp(-logit))
    seen = marks[:, None, :] == 1
    within = np.where(seen, chance, 1 - chance).prod(axis=2) * classes.weights
    mixed = within.sum(axis=1)
    residual = marks[:, None, :] - chance
    columns = [mixed[:, None], within[:, :-1] - classes.weights[:-1] * mixed[:, None]]
    columns.append((within[:, :, None] * residual).reshape(len(marks), -1))
    for at, on, _ in classes.ties:
        columns.append(((within * residual[:, :, at]).sum(axis=1) * marks[:, on])[:, None])
    return classes.total * mixed, classes.total * np.concatenate(columns, axis=1)


def total_variance(classes: Classes) -> float | None:
    """Variance of the maximum likelihood estimate of N, for a fixed population; None where none.

    The information of the observable cells is inverted, and N is taken off for a population that
    is fixed and not Poisson (Sandland and Cormack 1984). With one class it is Darroch's (1958).

    Parameters
    ----------
    classes
        The parameters.

    Returns
    -------
    Variance (persons squared), or None where the observable cells do not determine N.
    """
    means, slopes = means_and_slopes(classes)
    means, slopes = means[1:], slopes[1:]
    if slopes.shape[1] > len(means) or means.min() <= 0:
        return None
    scaled = slopes / np.sqrt(means)[:, None]
    # Columns of one length: what is singular then hangs together, and is not merely small.
    lengths = np.linalg.norm(scaled, axis=0)
    if lengths.min() == 0:
        return None
    information = scaled.T @ scaled / np.outer(lengths, lengths)
    if np.linalg.eigvalsh(information)[0] < _SINGULAR:
        return None
    inverse = np.linalg.inv(information)
    variance = float(classes.total**2 * inverse[0, 0] / lengths[0] ** 2 - classes.total)
    return variance if variance > 0 else None


def fitted_classes(
    histories: NDArray[np.int8], counts: NDArray[np.int64], n_classes: int, seed: int
) -> tuple[Classes, float] | None:
    """Fit latent classes by maximum likelihood: EM from several starts, then a gradient method.

    Parameters
    ----------
    histories
        Distinct histories of recorded persons, shape (k, L).
    counts
        Persons with each, shape (k,).
    n_classes
        K; with 1 the lists are independent.
    seed
        Of the starts.

    Returns
    -------
    The parameters and the Poisson log-likelihood without its constant, or None where the best fit
    lies at the edge: a list that holds all or none of a class, or an empty class.
    """
    from scipy.optimize import minimize

    n_lists = histories.shape[1]
    observed = np.zeros(2**n_lists)
    observed[histories @ (1 << np.arange(n_lists)[::-1])] = counts
    shape = (n_classes, n_lists)

    def unpacked(theta: _Array) -> Classes:
        raised = np.exp(np.append(theta[1:n_classes], 0.0))
        return Classes(
            float(np.exp(theta[0])), raised / raised.sum(), theta[n_classes:].reshape(shape)
        )

    def loss(theta: _Array) -> tuple[float, _Array]:
        means, slopes = means_and_slopes(unpacked(theta))
        means, slopes, seen = np.maximum(means[1:], 1e-300), slopes[1:], observed[1:]
        value = float(means.sum() - seen @ np.log(means))
        return value, slopes.T @ (1 - seen / means)

    rng = np.random.default_rng(seed)
    starts = [_em(observed, shape, rng) for _ in range(_STARTS if n_classes > 1 else 1)]
    bounds = [(0.0, 60.0), *[(-_EDGE, _EDGE)] * (len(starts[0]) - 1)]
    lowest, highest = np.array(bounds).T
    options = {"maxiter": 2000, "ftol": 1e-14, "gtol": 1e-7}
    found = min(
        (
            minimize(
                loss,
                np.clip(theta, lowest, highest),
                jac=True,
                method="L-BFGS-B",
                bounds=bounds,
                options=options,
            )
            for theta in sorted(starts, key=lambda theta: loss(theta)[0])[:_KEPT]
        ),
        key=lambda result: float(result.fun),
    )
    if np.abs(found.x[1:]).max() > _EDGE - 0.5:
        return None
    return unpacked(found.x), -float(found.fun)


def _em(observed: _Array, shape: tuple[int, int], rng: np.random.Generator) -> _Array:
    """Steps of expectation and maximisation from a random start, as unconstrained parameters."""
    n_classes, n_lists = shape
    marks = all_cells(n_lists)
    counts = observed.copy()
    reach = counts @ marks / counts.sum() / 2
    chance = np.clip(reach * rng.uniform(0.3, 2.5, shape), 0.01, 0.99)
    weights = rng.dirichlet(np.full(n_classes, 5.0))
    seen = marks[:, None, :] == 1
    for _ in range(_EM_STEPS):
        within = np.where(seen, chance, 1 - chance).prod(axis=2) * weights
        mixed = within.sum(axis=1)
        counts[0] = observed[1:].sum() * mixed[0] / max(1 - mixed[0], 1e-9)
        share = within * (counts / np.maximum(mixed, 1e-300))[:, None]
        size = np.maximum(share.sum(axis=0), 1e-9)
        weights = size / size.sum()
        chance = np.clip(share.T @ marks / size[:, None], 1e-4, 1 - 1e-4)
    logits = np.log(chance / (1 - chance)).reshape(-1)
    return np.concatenate(
        ([np.log(counts.sum())], np.log(weights[:-1] / weights[-1]), logits), dtype=np.float64
    )


def shift_for_size(size_at: Callable[[float], float], size: float) -> float:
    """Find the shift of logits at which a list has the size, by halving.

    Parameters
    ----------
    size_at
        Size of the list (persons) at a shift, growing with it.
    size
        Persons it must hold, between the sizes at -20 and 20.

    Returns
    -------
    The shift.
    """
    low, high = -20.0, 20.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if size_at(middle) < size:
            low = middle
        else:
            high = middle
    return (low + high) / 2
