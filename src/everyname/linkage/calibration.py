"""Calibration: what match probabilities are worth, learnt from judged pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from everyname.errors import LinkageError

Numbers = NDArray[np.float64]
# Before any judgement, log-odds may all be wrong by a common shift of this standard deviation and
# a common factor of exp of this one: Splink's pairs at .8 to .95 (log-odds 1.4 to 2.9) were right
# in .38 to .59 of cases, which is 1.5 standard deviations below.
SHIFT_SPREAD = 1.0
SLOPE_SPREAD = 0.5
# A judgement is taken to be wrong this often.
MISTAKEN = 0.05
# From this many judgements on, the correction may leave the straight line, and this many in a
# stretch weigh as much as the line does.
MANY = 1000
LINE_COUNTS_AS = 50.0
# Beyond these log-odds scores are rounding errors.
FARTHEST = 20.0
STEPS = 100


class Disturbance(NamedTuple):
    """By how much the log-odds of all pairs are wrong together, one value a draw.

    Corrected log-odds ``y`` of original log-odds ``x`` become ``y + shift + tilt * x``.

    Parameters
    ----------
    shift, tilt
        float64, shape (draws,).
    """

    shift: Numbers
    tilt: Numbers


@dataclass(frozen=True, slots=True)
class Calibration:
    """A monotone correction of match probabilities, and how far it is known.

    Parameters
    ----------
    shift, slope
        Corrected log-odds are ``shift + slope * log-odds``; `slope` is positive.
    covariance
        Of `shift` and of the logarithm of `slope`: two rows of two.
    number
        Of judgements behind it; 0 is what holds before any.
    knots
        Where there are many judgements, what is added at which log-odds, in rising order:
        ``(log-odds, addition)``, straight lines between.
    """

    shift: float = 0.0
    slope: float = 1.0
    covariance: tuple[tuple[float, float], tuple[float, float]] = (
        (SHIFT_SPREAD**2, 0.0),
        (0.0, SLOPE_SPREAD**2),
    )
    number: int = 0
    knots: tuple[tuple[float, float], ...] = ()

    def apply(self, probability: Numbers) -> Numbers:
        """Correct match probabilities.

        Parameters
        ----------
        probability
            As the model gives them; any shape.

        Returns
        -------
        numpy.ndarray
            Corrected, in the same shape.
        """
        return _sigmoid(self.corrected(odds_of(probability)))

    def corrected(self, log_odds: Numbers) -> Numbers:
        """Correct log-odds.

        Parameters
        ----------
        log_odds
            As the model gives them (`odds_of`); any shape.
        """
        line = self.shift + self.slope * log_odds
        if not self.knots:
            return line
        places, additions = np.array(self.knots).T
        bent: Numbers = line + np.interp(log_odds, places, additions)
        return bent

    def draw(self, rng: np.random.Generator, draws: int) -> Disturbance:
        """Draw how the correction may be wrong, for all pairs together.

        Parameters
        ----------
        rng
            Source of chance.
        draws
            How many.
        """
        shift, stretch = rng.multivariate_normal((0, 0), self.covariance, draws).T
        return Disturbance(shift, self.slope * np.expm1(stretch))


def odds_of(probability: Numbers) -> Numbers:
    """Log-odds of match probabilities, limited to ±20.

    Parameters
    ----------
    probability
        Between 0 and 1; any shape.
    """
    bounded = np.clip(np.asarray(probability, dtype=np.float64), 1e-9, 1 - 1e-9)
    limited: Numbers = np.clip(np.log(bounded / (1 - bounded)), -FARTHEST, FARTHEST)
    return limited


def calibrate(
    probability: Sequence[float] | Numbers,
    same: Sequence[bool] | NDArray[np.bool_],
    weight: Sequence[float] | Numbers | None = None,
) -> Calibration:
    """Learn from judged pairs what match probabilities are worth.

    A straight line through log-odds (Platt 1999, *Probabilistic outputs for support vector
    machines*; beta calibration with one slope: Kull, Silva Filho and Flach 2017) at the mode of
    its posterior. The shift has a Normal prior around 0 and the logarithm of the slope one around
    0, so that a few judgements move it little; the covariance is Laplace's approximation. Each
    judgement is taken to be wrong with probability .05, so that no single one pulls the line far
    (mislabelling model: Copas 1988). From 1,000 judgements on, isotonic regression (Zadrozny and
    Elkan 2002) may bend the line, by as much as the judgements of each stretch outweigh 50.

    Parameters
    ----------
    probability
        Match probability of each judged pair as the model gave it *before* the judgement.
    same
        What was judged. Leave pairs judged unsure out.
    weight
        Where pairs were not chosen by their probability alone: one over the chance that each was
        chosen. Brought to a mean of 1.

    Returns
    -------
    Calibration
        The identity, with the spread that holds before any judgement, where there is none.

    Raises
    ------
    LinkageError
        The three differ in length, or a probability or weight is not one.
    """
    p = np.asarray(probability, dtype=np.float64)
    y = np.asarray(same, dtype=np.float64)
    w = np.ones(len(p)) if weight is None else np.asarray(weight, dtype=np.float64)
    if not len(p) == len(y) == len(w):
        raise LinkageError(
            f"{len(p)} probabilities, {len(y)} judgements and {len(w)} weights",
            do="Give one of each a pair",
        )
    if not (((p >= 0) & (p <= 1)).all() and (w > 0).all() and np.isfinite(w).all()):
        raise LinkageError(
            "a probability outside 0 to 1, or a weight that is not positive",
            do="Correct the judged pairs",
        )
    if not len(p):
        return Calibration()
    x = odds_of(p)
    w = w / w.mean()
    theta, covariance = _line(x, y, w)
    slope = float(np.exp(theta[1]))
    spread: list[float] = covariance.ravel().tolist()
    line = Calibration(
        float(theta[0]),
        slope,
        ((spread[0], spread[1]), (spread[2], spread[3])),
        len(p),
    )
    if len(p) < MANY:
        return line
    return Calibration(line.shift, slope, line.covariance, len(p), _bends(line, x, y, w))


def _sigmoid(log_odds: Numbers) -> Numbers:
    result: Numbers = 1 / (1 + np.exp(-log_odds))
    return result


def _line(x: Numbers, y: Numbers, w: Numbers) -> tuple[Numbers, Numbers]:
    """Mode and covariance of the shift and the logarithm of the slope.

    Newton's method with the expected information (Fisher scoring), halved while it overshoots.
    """
    precision = np.diag([SHIFT_SPREAD**-2.0, SLOPE_SPREAD**-2.0])
    theta = np.zeros(2)
    value = _posterior(theta, x, y, w)
    for _ in range(STEPS):
        gradient, information = _slopes(theta, x, y, w)
        step = np.linalg.solve(information + precision, gradient - precision @ theta)
        while (further := _posterior(theta + step, x, y, w)) < value and np.abs(step).max() > 1e-9:
            step = step / 2
        if np.abs(step).max() < 1e-9:
            break
        theta, value = theta + step, further
    information = _slopes(theta, x, y, w)[1]
    return theta, np.asarray(np.linalg.inv(information + precision), dtype=np.float64)


def _posterior(theta: Numbers, x: Numbers, y: Numbers, w: Numbers) -> float:
    judged_same = _judged_same(_sigmoid(theta[0] + np.exp(theta[1]) * x))
    prior = (theta[0] / SHIFT_SPREAD) ** 2 + (theta[1] / SLOPE_SPREAD) ** 2
    likelihood = np.where(y > 0, np.log(judged_same), np.log(1 - judged_same))
    return float((w * likelihood).sum() - prior / 2)


def _judged_same(probability: Numbers) -> Numbers:
    return MISTAKEN + (1 - 2 * MISTAKEN) * probability


def _slopes(theta: Numbers, x: Numbers, y: Numbers, w: Numbers) -> tuple[Numbers, Numbers]:
    """Gradient of the log-likelihood and its expected information."""
    stretched = np.exp(theta[1]) * x
    probability = _sigmoid(theta[0] + stretched)
    judged = _judged_same(probability)
    by_odds = (1 - 2 * MISTAKEN) * probability * (1 - probability)
    design = np.stack([np.ones(len(x)), stretched])
    gradient = design @ (w * by_odds * (y - judged) / (judged * (1 - judged)))
    information = (design * (w * by_odds**2 / (judged * (1 - judged)))) @ design.T
    return gradient, information


def _bends(
    line: Calibration, x: Numbers, y: Numbers, w: Numbers
) -> tuple[tuple[float, float], ...]:
    """What isotonic regression adds to a line."""
    order = np.argsort(x, kind="stable")
    x, y, w = x[order], y[order], w[order]
    # Equal scores are one point: their order is chance.
    places, of = np.unique(x, return_inverse=True)
    weight = np.bincount(of, w)
    share = np.bincount(of, w * y) / weight
    found = isotonic_regression(share, weights=weight)
    starts = found.blocks[:-1]
    mass = np.add.reduceat(weight, starts)
    level = np.clip((found.x[starts] - MISTAKEN) / (1 - 2 * MISTAKEN), 0.001, 0.999)
    # Each stretch has one level: a knot where it begins and one where it ends.
    knots = np.stack([starts, found.blocks[1:] - 1], axis=1).ravel()
    knots, kept = np.unique(knots, return_index=True)
    mass, level = np.repeat(mass, 2)[kept], np.repeat(level, 2)[kept]
    straight = line.corrected(places[knots])
    bent = (mass * level + LINE_COUNTS_AS * _sigmoid(straight)) / (mass + LINE_COUNTS_AS)
    additions = np.log(bent / (1 - bent)) - straight
    rising = _monotone(line, places[knots], additions)
    return tuple(zip(places[knots].tolist(), rising.tolist(), strict=True))


def _monotone(line: Calibration, places: Numbers, additions: Numbers) -> Numbers:
    straight = line.corrected(places)
    rising: Numbers = np.maximum.accumulate(straight + additions) - straight
    return rising
