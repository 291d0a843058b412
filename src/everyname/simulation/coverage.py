"""Which list holds whom: the chance of being recorded differs from person to person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from everyname.simulation.population import ADULT, ELDERLY, Person
from everyname.simulation.valley import village


@dataclass(frozen=True, slots=True)
class Reach:
    """What raises or lowers a person's chance to be on a list, in logits.

    Attributes
    ----------
    base
        Of a grown civilian man killed in a village that lies near.
    remote, female, child, elderly, armed, cold, missing
        Added where it holds; ``missing`` of minus infinity keeps the missing off a list.
    known
        Weight of how well known a person was: one standard normal value per person, shared by all
        lists, which no list states.
    places
        Added for the persons of single villages.
    """

    base: float
    remote: float = 0.0
    female: float = 0.0
    child: float = 0.0
    elderly: float = 0.0
    armed: float = 0.0
    cold: float = 0.0
    missing: float = -np.inf
    known: float = 0.5
    places: Mapping[str, float] = field(default_factory=dict)


def chances(
    people: Sequence[Person], reaches: Sequence[Reach], known: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the chance of every person to be on every list.

    Parameters
    ----------
    people
        The persons, n of them.
    reaches
        The reach of each list, k of them.
    known
        How well known each person was, shape (n,).

    Returns
    -------
    ndarray, shape (n, k)
        Probabilities.
    """
    logits = np.array([[_logit(person, reach) for reach in reaches] for person in people])
    weights = np.array([reach.known for reach in reaches])
    return np.asarray(1.0 / (1.0 + np.exp(-(logits + known[:, None] * weights))))


def draw_coverage(
    people: Sequence[Person], reaches: Sequence[Reach], rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Draw which list holds whom, independently given a person's chances.

    Returns
    -------
    ndarray of bool, shape (persons, lists)
        Whether the list holds the person.
    """
    known = rng.standard_normal(len(people))
    return np.asarray(rng.random((len(people), len(reaches))) < chances(people, reaches, known))


def _logit(person: Person, reach: Reach) -> float:
    near = not village(person.place).remote
    return (
        reach.base
        + (0.0 if near else reach.remote)
        + (reach.female if person.sex == "female" else 0.0)
        + (reach.child if person.age < ADULT else 0.0)
        + (reach.elderly if person.age >= ELDERLY else 0.0)
        + (reach.armed if person.status == "armed_forces" else 0.0)
        + (reach.cold if person.fate == "died_of_conditions" else 0.0)
        + (reach.missing if person.fate == "missing" else 0.0)
        + reach.places.get(person.place, 0.0)
    )
