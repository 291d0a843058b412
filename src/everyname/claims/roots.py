"""Who repeats whom: the primary sources behind agreeing figures that are not the claim's own."""

from __future__ import annotations

from collections.abc import Iterable

from everyname.claims.claim import Claim
from everyname.counts.figure import Figure
from everyname.ledger import slug


def party_key(name: str) -> str:
    """Write a name as the ledger writes the keys of sources, so that names and keys compare.

    Parameters
    ----------
    name
        Name or key of a source, a person or a place, in any script.

    Returns
    -------
    As `everyname.ledger.slug`, but empty for an empty name.
    """
    return slug(name) if name.strip() else ""


def figure_roots(figure: Figure) -> frozenset[str]:
    """Name the primary sources of a figure; its speaker, or its source, where it names none."""
    named = {party_key(root) for root in figure.roots} - {""}
    return frozenset(named or {party_key(figure.said_by) or party_key(figure.source_id)})


def own_sources(claim: Claim, agreeing: Iterable[Figure]) -> frozenset[str]:
    """Name the claimant, the sources the claim copies, and the roots of what these say alike.

    Parameters
    ----------
    claim
        The claim.
    agreeing
        Comparable figures that agree with it.
    """
    own = {party_key(name) for name in (claim.said_by, *claim.copies)} - {""}
    waiting = list(agreeing)
    while True:
        mine = [figure for figure in waiting if _said_by_one_of(figure, own)]
        if not mine:
            return frozenset(own)
        waiting = [figure for figure in waiting if figure not in mine]
        own = own.union(*(figure_roots(figure) for figure in mine))


def repeats(figure: Figure, own: frozenset[str]) -> bool:
    """Tell whether a figure goes back to nothing but the claim's own sources."""
    return _said_by_one_of(figure, own) or figure_roots(figure) <= own


def independent_roots(figures: Iterable[Figure], own: frozenset[str]) -> frozenset[str]:
    """Name the primary sources behind figures, without the claim's own sources."""
    found: set[str] = set()
    for figure in figures:
        if not repeats(figure, own):
            found |= figure_roots(figure)
    return frozenset(found - own)


def _said_by_one_of(figure: Figure, own: Iterable[str]) -> bool:
    return party_key(figure.said_by) in own or party_key(figure.source_id) in own
