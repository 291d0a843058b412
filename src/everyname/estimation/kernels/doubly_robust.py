"""Capture probability of two lists from three nuisance functions: one step, and targeted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inverse:
    """Estimates of one over the capture probability.

    Attributes
    ----------
    plug_in
        From the nuisance functions alone.
    value
        Corrected by the influence function, or of the targeted functions.
    variance
        Variance of one person's term of the influence function.
    rounds
        Rounds of targeting; 0 for the one-step estimate.
    """

    plug_in: float
    value: float
    variance: float
    rounds: int = 0


def bounded(q: Floats, least: float) -> tuple[Floats, int]:
    """Keep nuisance functions possible.

    Parameters
    ----------
    q
        Probabilities of the first list, the second and both, of each recorded person, shape
        (n, 3).
    least
        The least probability allowed.

    Returns
    -------
    The probabilities, of which both together is at least `least` and at most either alone; and
    how many persons had to be moved.
    """
    both = np.clip(q[:, 2], least, 1 - least)
    result = np.stack([np.clip(q[:, 0], both, 1), np.clip(q[:, 1], both, 1), both], axis=1)
    return result, int((np.abs(result - q) > 1e-9).any(axis=1).sum())


def influence(marks: Floats, q: Floats) -> Floats:
    """Give each person's term, whose mean is one over the capture probability.

    With q1, q2, q12 the probabilities of the lists among the recorded at the person's covariates,
    the term is q1 q2 / q12 (Y1 / q1 + Y2 / q2 - Y1 Y2 / q12). Its mean is off by the mean of
    [(q12 - q12*)(1/g - 1/g*) - (q1 - q1*)(q2 - q2*)] / q12* for functions q* in use and g =
    q12 / (q1 q2): either q1 or q2 may be wrong as long as q12 (or g) is right.

    Parameters
    ----------
    marks
        1 where the first and the second list hold the person, shape (n, 2).
    q
        Shape (n, 3).

    Returns
    -------
    Shape (n,).
    """
    first, second, both = q.T
    one, two = marks.T
    result: Floats = (first * second / both) * (one / first + two / second - one * two / both)
    return result


def one_step(marks: Floats, q: Floats) -> Inverse:
    """Estimate one over the capture probability by the mean of `influence`.

    References
    ----------
    Das, Kennedy and Jewell (2024), Journal of the American Statistical Association 119, 1309-1321;
    Kennedy (2022), Semiparametric doubly robust targeted double machine learning: a review.
    """
    terms = influence(marks, q)
    plug_in = float((q[:, 0] * q[:, 1] / q[:, 2]).mean())
    return Inverse(plug_in, float(terms.mean()), float(terms.var(ddof=1)))


def targeted(marks: Floats, q: Floats, least: float, rounds: int = 100) -> Inverse:
    """Move the nuisance functions until the plug-in estimate needs no correction.

    Each function is moved on the logit scale along its part of the influence function: q1 along
    q2 / q12, q2 along q1 / q12 and q12 along q1 q2 / q12^2, by the amount of greatest likelihood,
    again and again until the mean of the correction is small against its standard error.

    Parameters
    ----------
    marks, q
        As in `influence`.
    least
        As in `bounded`.
    rounds
        Most rounds.

    References
    ----------
    van der Laan and Rose (2011), Targeted Learning; Das, Kennedy and Jewell (2024), Journal of the
    American Statistical Association 119, 1309-1321.
    """
    outcomes = np.stack([marks[:, 0], marks[:, 1], marks[:, 0] * marks[:, 1]], axis=1)
    start = float((q[:, 0] * q[:, 1] / q[:, 2]).mean())
    size = len(q)
    done = 0
    while True:
        terms = influence(marks, q)
        plug_in = float((q[:, 0] * q[:, 1] / q[:, 2]).mean())
        error = float(terms.std(ddof=1)) / size**0.5
        if done == rounds or abs(float(terms.mean()) - plug_in) <= 1e-3 * error:
            return Inverse(start, plug_in, float(terms.var(ddof=1)), done)
        moved = q.copy()
        for k, direction in enumerate(
            (q[:, 1] / q[:, 2], q[:, 0] / q[:, 2], q[:, 0] * q[:, 1] / q[:, 2] ** 2)
        ):
            moved[:, k] = _moved(outcomes[:, k], q[:, k], direction)
        q = bounded(moved, least)[0]
        done += 1


def _moved(outcome: Floats, chance: Floats, direction: Floats) -> Floats:
    """Move a probability along a direction on the logit scale, by Newton's method."""
    held = np.clip(chance, 1e-6, 1 - 1e-6)
    offset = np.log(held / (1 - held))
    amount = 0.0
    for _ in range(50):
        fitted = 1 / (1 + np.exp(-(offset + amount * direction)))
        slope = float((direction**2 * fitted * (1 - fitted)).sum())
        if slope <= 0:
            break
        step = float((direction * (outcome - fitted)).sum()) / slope
        amount += float(np.clip(step, -0.5, 0.5))
        if abs(step) < 1e-10:
            break
    result: Floats = 1 / (1 + np.exp(-(offset + amount * direction)))
    return result
