"""Gibbs sampler of a Dirichlet-process mixture of products of multinomials, on distinct rows."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int64]

_FEW = 16
_PRIOR = 0.25


@njit(cache=True, nogil=True)
def _shares(row: Codes, offsets: Codes, weights: Floats, chances: Floats, share: Floats) -> float:
    """Put into `share` the joint probability of each class and a row's known values; add up."""
    size = weights.shape[0]
    share[:] = weights
    for j in range(row.shape[0]):
        if row[j] >= 0:
            at = offsets[j] + row[j]
            for h in range(size):
                share[h] *= chances[at, h]
    total = 0.0
    for h in range(size):
        total += share[h]
    return total


@njit(cache=True, nogil=True)
def _drawn(share: Floats, total: float, rng: np.random.Generator) -> int:
    """Draw a class, each as probable as its share of the total."""
    mark = rng.random() * total
    h = 0
    while h < share.shape[0] - 1 and mark >= share[h]:
        mark -= share[h]
        h += 1
    return h


@njit(cache=True, nogil=True)
def _enter(row: Codes, offsets: Codes, h: int, number: int, classes: Codes, tallies: Codes) -> None:
    classes[h] += number
    for j in range(row.shape[0]):
        if row[j] >= 0:
            tallies[offsets[j] + row[j], h] += number


@njit(cache=True, nogil=True)
def _allocate(
    rows: Codes,
    counts: Codes,
    offsets: Codes,
    weights: Floats,
    chances: Floats,
    classes: Codes,
    tallies: Codes,
    rng: np.random.Generator,
) -> float:
    """Draw how many persons of each row are in each class; return the log-likelihood."""
    size = weights.shape[0]
    share = np.empty(size)
    likelihood = 0.0
    classes[:] = 0
    tallies[:] = 0
    for i in range(rows.shape[0]):
        total = _shares(rows[i], offsets, weights, chances, share)
        likelihood += counts[i] * np.log(total)
        left = counts[i]
        if left <= _FEW:
            for _ in range(left):
                _enter(rows[i], offsets, _drawn(share, total, rng), 1, classes, tallies)
            continue
        # Many persons at once: a binomial number for each class of those still left.
        rest = total
        for h in range(size):
            if left == 0:
                break
            chance = min(share[h] / rest, 1.0) if rest > 0.0 and h < size - 1 else 1.0
            number = rng.binomial(left, chance)
            if number > 0:
                _enter(rows[i], offsets, h, number, classes, tallies)
            left -= number
            rest -= share[h]
    return likelihood


@njit(cache=True, nogil=True)
def _draw_weights(
    classes: Codes, weights: Floats, concentration: float, rng: np.random.Generator
) -> float:
    """Draw the class weights by breaking a stick, and then the concentration."""
    size = weights.shape[0]
    after = classes.sum()
    stick, logs = 1.0, 0.0
    for h in range(size - 1):
        after -= classes[h]
        part = rng.beta(1.0 + classes[h], concentration + after)
        part = min(max(part, 1e-12), 1.0 - 1e-12)
        weights[h] = stick * part
        stick *= 1.0 - part
        logs += np.log(1.0 - part)
    weights[size - 1] = stick
    return float(rng.standard_gamma(_PRIOR + size - 1) / (_PRIOR - logs))


@njit(cache=True, nogil=True)
def _draw_chances(
    tallies: Codes, offsets: Codes, prior: Floats, chances: Floats, rng: np.random.Generator
) -> None:
    """Draw the probability of each value of each column within each class."""
    for j in range(offsets.shape[0] - 1):
        for h in range(tallies.shape[1]):
            total = 0.0
            for at in range(offsets[j], offsets[j + 1]):
                # Gamma draws of tiny shape round to nothing, and a class needs some probability.
                chances[at, h] = rng.standard_gamma(prior[at] + tallies[at, h]) + 1e-300
                total += chances[at, h]
            for at in range(offsets[j], offsets[j + 1]):
                chances[at, h] /= total


@njit(cache=True, nogil=True)
def _sweeps(
    rows: Codes,
    counts: Codes,
    offsets: Codes,
    prior: Floats,
    weights: Floats,
    chances: Floats,
    concentration: Floats,
    sweeps: int,
    every: int,
    rng: np.random.Generator,
) -> tuple[Floats, Floats, Floats, Codes]:
    size = weights.shape[0]
    kept = sweeps // every if every > 0 else 0
    kept_weights = np.empty((kept, size))
    kept_chances = np.empty((kept, offsets[-1], size))
    trace = np.empty((sweeps, 1 + offsets[-1]))
    classes = np.zeros(size, dtype=np.int64)
    tallies = np.zeros((offsets[-1], size), dtype=np.int64)
    occupied = np.empty(sweeps, dtype=np.int64)
    for t in range(sweeps):
        trace[t, 0] = _allocate(rows, counts, offsets, weights, chances, classes, tallies, rng)
        concentration[0] = _draw_weights(classes, weights, concentration[0], rng)
        _draw_chances(tallies, offsets, prior, chances, rng)
        for at in range(offsets[-1]):
            trace[t, 1 + at] = (weights * chances[at]).sum()
        occupied[t] = (classes > 0).sum()
        if every > 0 and (t + 1) % every == 0:
            kept_weights[(t + 1) // every - 1] = weights
            kept_chances[(t + 1) // every - 1] = chances
    return kept_weights, kept_chances, trace, occupied


def sweep(
    rows: Codes,
    counts: Codes,
    offsets: Codes,
    prior: Floats,
    state: tuple[Floats, Floats, Floats],
    *,
    sweeps: int,
    every: int,
    rng: np.random.Generator,
) -> tuple[Floats, Floats, Floats, Codes]:
    """Run the sampler and keep its state from time to time.

    Persons with the same row are drawn together, so the time grows with the distinct rows. Missing
    values are integrated out: a person's class is drawn from what is known of the person only, and
    a class learns only from what is known of its persons.

    Parameters
    ----------
    rows
        Distinct rows of codes, -1 where missing, shape (k, q).
    counts
        Persons with each row, shape (k,).
    offsets
        Where each column's values begin in `prior`, shape (q + 1,); the last is their number, v.
    prior
        Dirichlet parameters of the values of all columns, shape (v,), all above 0.
    state
        Class weights (H,), probabilities of the values in each class (v, H), and concentration
        (1,). Overwritten with the state at the end.
    sweeps
        Sweeps to run.
    every
        Keep the state after each so many sweeps; 0 to keep none.
    rng
        Source of chance.

    Returns
    -------
    Kept weights (kept, H); kept probabilities (kept, v, H); a trace (sweeps, 1 + v) of the
    log-likelihood and of the probability of each value over all classes; the classes in
    use after each sweep (sweeps,).

    References
    ----------
    Dunson and Xing (2009), Journal of the American Statistical Association 104, 1042-1051; Si and
    Reiter (2013), Journal of Educational and Behavioral Statistics 38, 499-521, whose prior of the
    concentration, Gamma(1/4, 1/4), is used; blocked sampler: Ishwaran and James (2001), Journal of
    the American Statistical Association 96, 161-173.
    """
    weights, chances, concentration = state
    kept_weights, kept_chances, trace, occupied = _sweeps(
        rows, counts, offsets, prior, weights, chances, concentration, sweeps, every, rng
    )
    return kept_weights, kept_chances, trace, occupied


@njit(cache=True, nogil=True)
def _complete(
    rows: Codes,
    person_row: Codes,
    offsets: Codes,
    weights: Floats,
    chances: Floats,
    rng: np.random.Generator,
    result: Codes,
) -> None:
    share = np.empty(weights.shape[0])
    for i in range(result.shape[0]):
        row = rows[person_row[i]]
        total = _shares(row, offsets, weights, chances, share)
        h = _drawn(share, total, rng)
        for j in range(result.shape[1]):
            result[i, j] = row[j]
            if row[j] < 0:
                column = chances[offsets[j] : offsets[j + 1], h]
                result[i, j] = _drawn(column, 1.0, rng)


def complete(
    rows: Codes,
    person_row: Codes,
    offsets: Codes,
    weights: Floats,
    chances: Floats,
    *,
    columns: int,
    rng: np.random.Generator,
) -> Codes:
    """Draw the missing values of every person, given one state of the mixture.

    A class is drawn for each person from what is known of the person, then each missing value
    from that class.

    Parameters
    ----------
    rows
        Distinct rows of codes, -1 where missing, shape (k, q).
    person_row
        The row of each person, shape (n,).
    offsets, weights, chances
        As in `sweep`: shapes (q + 1,), (H,) and (v, H).
    columns
        How many of the first columns to give, p.
    rng
        Source of chance.

    Returns
    -------
    Completed codes, shape (n, p).
    """
    result = np.empty((len(person_row), columns), dtype=np.int64)
    _complete(rows, person_row, offsets, weights, chances, rng, result)
    return result
