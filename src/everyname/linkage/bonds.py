"""Bonds: what holds the records of one person together, and where they would fall apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from everyname.linkage.pairs import Pairs

EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Bond:
    """A scored or judged pair within one person.

    Parameters
    ----------
    a, b
        Positions of the two records, ``a < b``.
    probability
        Match probability; 0 where the pair was not scored.
    judged
        Whether somebody judged the two to be one person.
    conflict
        Whether their names, both known, have nothing in common.
    """

    a: int
    b: int
    probability: float
    judged: bool = False
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Bonds:
    """What holds a person together.

    Parameters
    ----------
    tree
        The strongest bonds that connect the records without a circle: judged ones first, then the
        most probable.
    weakest
        The weakest of them that nobody judged; None where there is none.
    sides
        The two parts into which the person falls without it; empty where there is none.
    across
        How many pairs between the two sides were scored, and how many there are.
    against
        Pairs within the person that speak against it by themselves, the worst first: names in
        conflict, or a match probability under one half.
    unscored
        Number of pairs that linkage did not score, or held too improbable to keep.
    loose
        Parts that no bond connects with the others; empty where the tree holds all.
    """

    tree: tuple[Bond, ...]
    weakest: Bond | None
    sides: tuple[tuple[int, ...], ...]
    across: tuple[int, int]
    against: tuple[Bond, ...]
    unscored: int
    loose: tuple[tuple[int, ...], ...] = ()


def bonds(
    members: Sequence[int], pairs: Pairs, same: Collection[tuple[int, int]] = frozenset()
) -> Bonds:
    """Find what holds a person together and what speaks against it.

    Parameters
    ----------
    members
        Positions of the person's records.
    pairs
        Scored pairs, of these records or more.
    same
        Pairs judged to be one person, as positions ``(a, b)`` with ``a < b``.

    Returns
    -------
    Bonds

    References
    ----------
    Kruskal, J. B. (1956). On the shortest spanning subtree of a graph and the traveling salesman
    problem. Proceedings of the American Mathematical Society 7, 48-50.
    """
    scored = _inside(members, pairs, same)
    usable = [bond for bond in scored if bond.judged or not bond.conflict]
    usable.sort(key=lambda bond: (not bond.judged, -bond.probability, bond.a, bond.b))
    tree, parts = _spanned(members, usable)
    open_bonds = [bond for bond in tree if not bond.judged]
    weakest = min(open_bonds, key=lambda bond: bond.probability, default=None)
    sides: tuple[tuple[int, ...], ...] = ()
    across = (0, 0)
    if weakest is not None:
        _, fallen = _spanned(members, (bond for bond in tree if bond is not weakest))
        sides = tuple(part for part in fallen if {weakest.a, weakest.b} & set(part))
        across = _across(sides, scored)
    against = [b for b in scored if not b.judged and (b.conflict or b.probability < EVEN)]
    known = sum(bond.probability > 0 or bond.conflict for bond in scored)
    return Bonds(
        tree=tree,
        weakest=weakest,
        sides=sides,
        across=across,
        against=tuple(sorted(against, key=lambda b: (not b.conflict, b.probability, b.a, b.b))),
        unscored=len(members) * (len(members) - 1) // 2 - known,
        loose=parts if len(parts) > 1 else (),
    )


def _inside(members: Sequence[int], pairs: Pairs, same: Collection[tuple[int, int]]) -> list[Bond]:
    own = np.asarray(members, dtype=np.int64)
    some = pairs.where(np.isin(pairs.a, own) & np.isin(pairs.b, own))
    rows = zip(
        some.a.tolist(),
        some.b.tolist(),
        some.probability.tolist(),
        some.conflict.tolist(),
        strict=True,
    )
    found = {(a, b): Bond(a, b, p, (a, b) in same, c) for a, b, p, c in rows}
    for a, b in sorted(same):
        if a in members and b in members:
            found.setdefault((a, b), Bond(a, b, 0.0, judged=True))
    return list(found.values())


def _spanned(
    members: Sequence[int], ordered: Iterable[Bond]
) -> tuple[tuple[Bond, ...], tuple[tuple[int, ...], ...]]:
    """Connect records by bonds in their order; those that connect nothing new are left out."""
    part = {member: {member} for member in members}
    tree = []
    for bond in ordered:
        one, other = part[bond.a], part[bond.b]
        if one is other:
            continue
        tree.append(bond)
        one |= other
        for member in other:
            part[member] = one
    parts = {id(those): tuple(sorted(those)) for those in part.values()}
    return tuple(tree), tuple(sorted(parts.values()))


def _across(sides: Sequence[Collection[int]], scored: Iterable[Bond]) -> tuple[int, int]:
    one, other = sides
    between = sum(
        bond.probability > 0 and (bond.a in one) != (bond.b in one)
        for bond in scored
        if {bond.a, bond.b} <= {*one, *other}
    )
    return between, len(one) * len(other)
