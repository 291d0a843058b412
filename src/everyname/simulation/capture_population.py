"""A population whose lists are described by how likely each capture history is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from everyname.errors import EstimationError

_MOST_LISTS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The recorded persons of one simulated population, and the truth.

    Parameters
    ----------
    lists
        Names of the lists, L of them.
    histories
        Distinct capture histories with somebody in them, shape (k, L); none is all zero.
    counts
        Persons with each history, shape (k,).
    n
        Persons in truth, recorded and unrecorded.
    """

    lists: tuple[str, ...]
    histories: NDArray[np.int8]
    counts: NDArray[np.int64]
    n: int

    @property
    def recorded(self) -> int:
        """Persons in at least one list."""
        return int(self.counts.sum())


@dataclass(frozen=True, slots=True, eq=False)
class CapturePopulation:
    """The chance of each capture history, for persons drawn independently of one another.

    Classes, strata, times of death and chances that vary from person to person are averaged over:
    whatever made the histories, a table of counts shows no more than these chances.

    Parameters
    ----------
    lists
        Names of the lists, L of them, at most 12.
    chances
        Chance of each history in the order of `histories`, shape (2 ** L,); the first is that of
        being in no list. They are divided by their sum.

    Raises
    ------
    EstimationError
        Where the chances are not such numbers.
    """

    lists: tuple[str, ...]
    chances: NDArray[np.float64]

    def __post_init__(self) -> None:
        chances = np.array(self.chances, dtype=np.float64)
        number = len(self.lists)
        if not 1 <= number <= _MOST_LISTS or len(set(self.lists)) != number:
            raise EstimationError(
                f"the lists {', '.join(self.lists) or '(none)'}",
                do=f"Give 1 to {_MOST_LISTS} names, all different.",
            )
        if chances.shape != (2**number,):
            raise EstimationError(
                f"chances of shape {chances.shape} for {number} lists",
                do=f"Give {2**number} chances, one for each capture history.",
            )
        if not np.isfinite(chances).all() or chances.min() < 0 or chances.sum() <= 0:
            raise EstimationError(
                "chances of capture histories that are negative, not finite or all zero",
                do="Give numbers of 0 or more.",
            )
        chances /= chances.sum()
        chances.setflags(write=False)
        object.__setattr__(self, "chances", chances)

    @property
    def histories(self) -> NDArray[np.int8]:
        """All capture histories, shape (2 ** L, L): in no list first, in every list last."""
        return all_histories(len(self.lists))

    @property
    def recorded_share(self) -> float:
        """Chance of being in at least one list."""
        return float(1 - self.chances[0])

    @property
    def reach(self) -> NDArray[np.float64]:
        """Chance of being in each list, shape (L,)."""
        result: NDArray[np.float64] = self.chances @ self.histories
        return result

    def draw(self, n: int, rng: np.random.Generator) -> Drawn:
        """Draw `n` persons; the cost does not grow with their number.

        Parameters
        ----------
        n
            Persons in truth, 1 or more.
        rng
            Source of chance; the same state gives the same persons.

        Raises
        ------
        EstimationError
            Where `n` is not positive.
        """
        if n < 1:
            raise EstimationError(f"a population of {n} persons", do="Give 1 or more.")
        counts = rng.multinomial(n, self.chances)
        counts[0] = 0
        held = np.flatnonzero(counts)
        return Drawn(self.lists, self.histories[held], counts[held], n)

    def tied(self, first: int, second: int, odds_ratio: float) -> CapturePopulation:
        """Tie two lists by an odds ratio, given the other lists, at an unchanged size of each.

        Above 1 each list holds the persons of the other more readily, below 1 less. Where the two
        lists were independent given the others, the result is the distribution of Plackett (1965).

        Parameters
        ----------
        first, second
            Positions of the two lists.
        odds_ratio
            Above 0; the odds ratio that the two lists have already is multiplied by it.

        Raises
        ------
        EstimationError
            Where the positions are not those of two lists, or the odds ratio is not positive.
        """
        _two(first, second, len(self.lists))
        if not 0 < odds_ratio < np.inf:
            raise EstimationError(f"an odds ratio of {odds_ratio}", do="Give one above 0.")
        # All histories of the other lists, each with its two-by-two table of the two lists.
        tables = np.moveaxis(self._cube(), (first, second), (-2, -1)).copy()
        flat = tables.reshape(-1, 2, 2)
        for at, table in enumerate(flat):
            flat[at] = _with_odds_ratio(table, odds_ratio)
        return self._from_cube(np.moveaxis(flat.reshape(tables.shape), (-2, -1), (first, second)))

    def passed_on(self, source: int, target: int, share: float) -> CapturePopulation:
        """Let one list pass a share of its persons to another, beyond those it finds itself.

        Parameters
        ----------
        source, target
            Positions of the list that passes names on and of the one that takes them.
        share
            Chance, from 0 to 1, that a person of the source whom the target would not have found
            is passed to it.

        Raises
        ------
        EstimationError
            Where the positions are not those of two lists, or the share is not from 0 to 1.
        """
        _two(source, target, len(self.lists))
        checked_chances(np.array(share), "a share passed on")
        cube = np.moveaxis(self._cube(), (source, target), (0, 1)).copy()
        moved = share * cube[1, 0]
        cube[1, 0] -= moved
        cube[1, 1] += moved
        return self._from_cube(np.moveaxis(cube, (0, 1), (source, target)))

    def with_unreached(self, share: float) -> CapturePopulation:
        """Add persons whom no list could ever record: no table of the lists can show them.

        Parameters
        ----------
        share
            Their share of the whole population, from 0 to below 1.

        Raises
        ------
        EstimationError
            Where the share is not such a number.
        """
        if not 0 <= share < 1:
            raise EstimationError(f"an unreached share of {share}", do="Give 0 or more, below 1.")
        chances = self.chances * (1 - share)
        chances[0] += share
        return CapturePopulation(self.lists, chances)

    def _cube(self) -> NDArray[np.float64]:
        return self.chances.reshape((2,) * len(self.lists))

    def _from_cube(self, cube: NDArray[np.float64]) -> CapturePopulation:
        return CapturePopulation(self.lists, cube.reshape(-1))


@cache
def all_histories(lists: int) -> NDArray[np.int8]:
    """All capture histories of so many lists, in no list first, shape (2 ** lists, lists)."""
    result = np.array(list(product((0, 1), repeat=lists)), dtype=np.int8)
    result.setflags(write=False)
    return result


def checked_chances(value: NDArray[np.float64], what: str) -> None:
    """Refuse numbers that are not chances.

    Raises
    ------
    EstimationError
        Where a number is below 0, above 1 or not a number.
    """
    if not ((value >= 0) & (value <= 1)).all():
        raise EstimationError(f"{what} of {value.tolist()}", do="Give numbers from 0 to 1.")


def _two(first: int, second: int, lists: int) -> None:
    if first == second or not (0 <= first < lists and 0 <= second < lists):
        raise EstimationError(
            f"{first} and {second} as the positions of two lists",
            do=f"Give two different positions from 0 to {lists - 1}.",
        )


def _with_odds_ratio(table: NDArray[np.float64], factor: float) -> NDArray[np.float64]:
    """Multiply the odds ratio of a two-by-two table, keeping its margins (Plackett 1965)."""
    total = table.sum()
    if factor == 1 or total == 0 or (table.sum(axis=0) * table.sum(axis=1)).prod() == 0:
        return table
    against, along = table[0, 1] * table[1, 0], table[0, 0] * table[1, 1]
    if against == 0 or along == 0:
        return table
    ratio = factor * along / against
    a, b = table[1].sum() / total, table[:, 1].sum() / total
    if abs(ratio - 1) < 1e-12:
        both = a * b
    else:
        whole = 1 + (a + b) * (ratio - 1)
        both = (whole - sqrt(whole**2 - 4 * ratio * (ratio - 1) * a * b)) / (2 * (ratio - 1))
    result: NDArray[np.float64] = np.array([[1 - a - b + both, b - both], [a - both, both]])
    result *= total
    return result
