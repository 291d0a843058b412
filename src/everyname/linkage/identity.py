"""Identity: persons keep their ids from run to run."""

from __future__ import annotations

import base64
import hmac
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from everyname.ledger import Assignment


def identify(
    clusters: Sequence[Sequence[str]],
    before: Mapping[str, str],
    redirects: Mapping[str, str],
    secret: bytes = b"",
) -> tuple[tuple[str, ...], Assignment]:
    """Give each cluster a permanent person id.

    A person keeps its id as long as most of its records stay together. Where persons merge, the
    id that holds most of the records stays and the others lead to it; where a person splits, the
    larger part keeps the id and the rest gets a new one. An id that leads elsewhere is never given
    again. An id whose records are all withdrawn comes back with the record it was made from; where
    that record had left it before, it leads nowhere (the empty id) for good.

    Parameters
    ----------
    clusters
        Record references, one sequence a person.
    before
        Person id of each record reference, as assigned last.
    redirects
        Ids that led elsewhere before.
    secret
        Known to nobody but the ledger, so that nobody can guess from a published id which of a
        partner's numbers (a national id, say) it was made from.

    Returns
    -------
    tuple of ids and Assignment
        One id a cluster, in their order, and what changed since.
    """
    claims = _claims(clusters, before)
    used = {*before.values(), *redirects}
    ids: list[str] = []
    for index, members in enumerate(clusters):
        id_ = claims.get(index) or _mint(min(members), used, secret)
        used.add(id_)
        ids.append(id_)
    now = {member: id_ for id_, members in zip(ids, clusters, strict=True) for member in members}
    changes = [(m, p) for m, p in sorted(now.items()) if before.get(m) != p]
    changes += [(m, "") for m in sorted(set(before) - set(now))]
    return tuple(ids), Assignment(tuple(changes), _redirects(before, now, redirects, secret))


def _claims(clusters: Sequence[Sequence[str]], before: Mapping[str, str]) -> dict[int, str]:
    """Which earlier id each cluster keeps."""
    held: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for index, members in enumerate(clusters):
        for member in members:
            if member in before:
                held[before[member]][index] += 1
    offers: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for id_, counts in held.items():
        index, number = min(counts.items(), key=lambda c: (-c[1], min(clusters[c[0]])))
        offers[index].append((-number, id_))
    return {index: min(those)[1] for index, those in offers.items()}


def _redirects(
    before: Mapping[str, str], now: Mapping[str, str], redirects: Mapping[str, str], secret: bytes
) -> tuple[tuple[str, str], ...]:
    """Where the ids lead that hold no record any more."""
    gone = set(before.values()) - set(now.values())
    heirs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    returning: set[str] = set()
    for member, id_ in before.items():
        if id_ in gone and member in now:
            heirs[id_][now[member]] += 1
        elif id_ in gone and id_ == _made_from(member, secret):
            returning.add(id_)
    pairs = []
    for id_ in sorted(gone):
        if id_ in heirs:
            leads_to = min(heirs[id_].items(), key=lambda c: (-c[1], c[0]))[0]
        elif id_ in returning:
            continue
        else:
            leads_to = ""
        if redirects.get(id_) != leads_to:
            pairs.append((id_, leads_to))
    return tuple(pairs)


def _mint(member: str, used: set[str], secret: bytes) -> str:
    """Make an id that nobody has."""
    again = 0
    while (id_ := _made_from(member, secret, again)) in used:
        again += 1
    return id_


def _made_from(member: str, secret: bytes, again: int = 0) -> str:
    """``P-`` and ten letters and digits."""
    seed = f"everyname.person.1 {member} {again}".encode()
    made = hmac.digest(secret, seed, "sha256")
    return f"P-{base64.b32encode(made).decode().lower()[:10]}"
