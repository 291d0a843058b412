"""Populations on which intervals are judged: nine named designs, and random ones like them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from everyname.errors import EstimationError
from everyname.simulation.capture_behaviour import (
    growth,
    independent,
    latent_classes,
    logit_normal,
)
from everyname.simulation.capture_population import CapturePopulation, Drawn

_Chances: TypeAlias = NDArray[np.float64]
_REACH = 12.0
"""No chance of a held-out design is shifted by more than this on the logit scale."""


@dataclass(frozen=True, slots=True)
class CaptureDesign:
    """A population with a name and a sentence that says how its lists come about.

    Parameters
    ----------
    name
        Short name in lower case with hyphens.
    says
        What holds in this population.
    population
        The chance of each capture history.
    """

    name: str
    says: str
    population: CapturePopulation

    def draw(self, n: int, rng: np.random.Generator) -> Drawn:
        """Draw `n` persons.

        Parameters
        ----------
        n
            Persons in truth, 1 or more.
        rng
            Source of chance.

        Raises
        ------
        EstimationError
            Where `n` is not positive.
        """
        return self.population.draw(n, rng)


def _nine() -> tuple[CaptureDesign, ...]:
    return (
        # Recorded 52%; Chao's log-linear bound is 1.00 of the truth.
        CaptureDesign(
            "independent",
            "Three lists record every person alike, independently of one another.",
            independent([0.30, 0.20, 0.15]),
        ),
        # Recorded 56%; the bound is .76 of the truth.
        CaptureDesign(
            "two-classes-4",
            "Of two classes of persons one is recorded far less by each of four lists.",
            latent_classes([0.25, 0.75], [[0.35, 0.80, 0.20, 0.65], [0.06, 0.20, 0.05, 0.20]]),
        ),
        # Recorded 58%; the bound is .80 of the truth.
        CaptureDesign(
            "three-classes-5",
            "Three classes of persons are recorded ever more readily by five lists.",
            latent_classes(
                [0.45, 0.30, 0.25],
                [
                    [0.15, 0.03, 0.08, 0.05, 0.07],
                    [0.15, 0.30, 0.20, 0.15, 0.10],
                    [0.20, 0.75, 0.45, 0.25, 0.40],
                ],
            ),
        ),
        # Recorded 48%; the bound is .75 of the truth.
        CaptureDesign(
            "two-classes-3",
            "Of two classes of persons one is recorded far less by each of three lists.",
            latent_classes([0.5, 0.5], [[0.10, 0.06, 0.08], [0.38, 0.15, 0.50]]),
        ),
        # Recorded 56%; the bound is .86 of the truth.
        CaptureDesign(
            "positive-dependence",
            "Two of four lists hold the same persons more often than chance (odds ratio 4).",
            independent([0.25, 0.20, 0.15, 0.20]).tied(0, 1, 4.0),
        ),
        # Recorded 54%; the bound is .96 of the truth.
        CaptureDesign(
            "list-growth",
            "Three of four lists grow, each from its own time on, and one fades.",
            growth([0.40, 0.28, 0.25, 0.25], [0.25, 0.35, 0.50, 0.40], [0.10, 0.12, 0.10, -0.15]),
        ),
        # Recorded 51%; the bound is .77 of the truth.
        CaptureDesign(
            "logit-normal",
            "How easily a person is recorded varies continuously, alike for all of four lists.",
            logit_normal([-1.4, -1.8, -1.6, -2.0], 1.0),
        ),
        # Recorded 55%; the bound is .85 of the truth.
        CaptureDesign(
            "referral",
            "One list passes 40% of its names to another; two further lists avoid each other.",
            independent([0.25, 0.10, 0.15, 0.20]).passed_on(0, 1, 0.4).tied(2, 3, 0.4),
        ),
        # Recorded 57%; the bound is 1.05 of the truth.
        CaptureDesign(
            "places",
            "Three of five lists work mostly in one place and two mostly in another.",
            latent_classes(
                [0.65, 0.35], [[0.22, 0.15, 0.20, 0.08, 0.10], [0.06, 0.05, 0.10, 0.30, 0.25]]
            ),
        ),
    )


NINE = {design.name: design for design in _nine()}
"""The nine designs of the study of coverage, by name; recorded shares are 45 to 60%."""


def capture_design(name: str) -> CaptureDesign:
    """Give a design of the nine by its name.

    Parameters
    ----------
    name
        A key of `NINE`.

    Raises
    ------
    EstimationError
        Where there is none of that name.
    """
    if name not in NINE:
        raise EstimationError(f"a design {name!r}", do=f"Use one of {', '.join(NINE)}.")
    return NINE[name]


def held_out(seed: int, number: int = 9) -> tuple[CaptureDesign, ...]:
    """Make random designs of the kinds of the nine, to see that nothing is fitted to those.

    Each is shifted on the logit scale until 45 to 60% of the persons are recorded; lists are 3 to
    6.

    Parameters
    ----------
    seed
        The same seed gives the same designs.
    number
        How many; the kinds take turns.

    Raises
    ------
    EstimationError
        Where `number` is not positive.
    """
    if number < 1:
        raise EstimationError(f"{number} designs", do="Ask for 1 or more.")
    rng = np.random.default_rng(seed)
    kinds = tuple(_KINDS.items())
    return tuple(
        CaptureDesign(
            f"held-out-{seed}-{at + 1}-{name}",
            f"Random design of the kind {name}.",
            _scaled(make(rng), float(rng.uniform(0.45, 0.60))),
        )
        for at, (name, make) in enumerate(kinds[i % len(kinds)] for i in range(number))
    )


_Scalable: TypeAlias = Callable[[float], CapturePopulation]


def _scaled(make: _Scalable, share: float) -> CapturePopulation:
    """Find the shift of all logits that gives the recorded share, by halving."""
    low, high = -_REACH, _REACH
    for _ in range(60):
        middle = (low + high) / 2
        if make(middle).recorded_share < share:
            low = middle
        else:
            high = middle
    return make((low + high) / 2)


def _shifted(chances: _Chances, by: float) -> _Chances:
    odds = chances / (1 - chances) * np.exp(by)
    result: _Chances = odds / (1 + odds)
    return result


def _reach(rng: np.random.Generator, *shape: int) -> _Chances:
    return rng.beta(1.5, 4.0, size=shape).clip(0.02, 0.95)


def _independent(rng: np.random.Generator) -> _Scalable:
    chances = _reach(rng, int(rng.integers(3, 6)))
    return lambda by: independent(_shifted(chances, by))


def _classes(classes: int, lists: int) -> Callable[[np.random.Generator], _Scalable]:
    def make(rng: np.random.Generator) -> _Scalable:
        weights = rng.dirichlet(np.full(classes, 4.0))
        # Sorted: one class is easier to record for every list, as in most real tables.
        chances = np.sort(_reach(rng, classes, lists), axis=0)
        return lambda by: latent_classes(weights, _shifted(chances, by))

    return make


def _dependent(rng: np.random.Generator) -> _Scalable:
    chances, ratio = _reach(rng, int(rng.integers(4, 6))), float(rng.uniform(2, 8))
    return lambda by: independent(_shifted(chances, by)).tied(0, 1, ratio)


def _growing(rng: np.random.Generator) -> _Scalable:
    lists = int(rng.integers(4, 6))
    ceilings, starts = _reach(rng, lists), rng.uniform(0.2, 0.7, lists)
    paces = rng.uniform(0.1, 0.3, lists) * rng.choice([1, 1, 1, -1], lists)
    return lambda by: growth(_shifted(ceilings, by), starts, paces)


def _varying(rng: np.random.Generator) -> _Scalable:
    logits, spread = rng.normal(-1.8, 0.4, int(rng.integers(4, 7))), float(rng.uniform(0.5, 1.4))
    return lambda by: logit_normal(logits + by, spread)


def _referring(rng: np.random.Generator) -> _Scalable:
    chances, share = _reach(rng, 4), float(rng.uniform(0.1, 0.5))
    ratio = float(rng.uniform(0.2, 0.8))
    return lambda by: independent(_shifted(chances, by)).passed_on(0, 1, share).tied(2, 3, ratio)


def _places(rng: np.random.Generator) -> _Scalable:
    places, lists = int(rng.integers(2, 4)), 5
    weights, chances = rng.dirichlet(np.full(places, 5.0)), _reach(rng, places, lists)
    return lambda by: latent_classes(weights, _shifted(chances, by))


_KINDS: dict[str, Callable[[np.random.Generator], _Scalable]] = {
    "independent": _independent,
    "two-classes-4": _classes(2, 4),
    "three-classes-5": _classes(3, 5),
    "two-classes-3": _classes(2, 3),
    "positive-dependence": _dependent,
    "list-growth": _growing,
    "logit-normal": _varying,
    "referral": _referring,
    "places": _places,
}
