"""What a breakdown into classes that may overlap leaves of a total."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from pydantic import BaseModel, ConfigDict

from everyname.errors import ValueNotUnderstood

DISJOINT: frozenset[frozenset[str]] = frozenset(
    frozenset(pair) for pair in (("children", "elderly"), ("women", "men and boys"))
)
"""Victim classes that no person is in both of, as sources use them.

Women and children may overlap (girls may stand in both), as may women and the elderly.
"""


class Residual(BaseModel):
    """Persons of a total who are in none of the classes of a breakdown.

    Attributes
    ----------
    low, high
        Fewest and most persons left over.
    explanation
        How the limits come about, in words.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    low: int
    high: int
    explanation: str


def breakdown_residual(
    total: int,
    parts: Mapping[str, int],
    disjoint: Collection[Collection[str]] = DISJOINT,
) -> Residual:
    """Bound the persons of a total who are in none of its parts, which may overlap.

    Most are left where the parts overlap as far as they can: the parts together are never fewer
    than the largest sum over parts that exclude each other. Fewest are left where the parts do not
    overlap at all. For up to four parts both limits can be reached; for more they are safe
    and the upper one may be wider than needed.

    Parameters
    ----------
    total
        Persons in all.
    parts
        Persons in each victim class.
    disjoint
        Pairs of classes that no person is in both of; pairs not named may overlap.

    Raises
    ------
    ValueNotUnderstood
        Where a part is negative or the parts cannot be parts of the total.

    Examples
    --------
    >>> left = breakdown_residual(613, {"children": 63, "women": 106, "elderly": 70})
    >>> left.low, left.high
    (374, 480)
    """
    for name, number in parts.items():
        if number < 0:
            raise ValueNotUnderstood(f"{number} {name}", do="Give a number of persons from 0.")
    excluding = {frozenset(pair) for pair in disjoint}
    fewest, apart = _largest_apart(parts, excluding)
    if fewest > total:
        raise ValueNotUnderstood(
            f"{' and '.join(apart)} are {fewest:,}, more than the total of {total:,}",
            do="Look the figures up in their source: they cannot be parts of this total.",
        )
    most = min(total, sum(parts.values()))
    if not parts:
        return Residual(low=total, high=total, explanation="No class is stated.")
    inside = "" if len(apart) == len(parts) else ", with all others among these"
    return Residual(
        low=total - most,
        high=total - fewest,
        explanation=(
            f"Together the classes are {fewest:,} persons at least ({' and '.join(apart)}{inside})"
            f" and {most:,} at most (with nobody in two), so {total - most:,} to"
            f" {total - fewest:,} of {total:,} are in none of them."
        ),
    )


def _largest_apart(
    parts: Mapping[str, int], excluding: set[frozenset[str]]
) -> tuple[int, tuple[str, ...]]:
    """Find the largest sum over classes that all exclude each other."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    for size in range(1, len(parts) + 1):
        for group in combinations(sorted(parts), size):
            if all(frozenset(pair) in excluding for pair in combinations(group, 2)):
                best = max(best, (sum(parts[name] for name in group), group))
    return best
