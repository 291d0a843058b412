"""Identity: persons keep their ids from run to run."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.ledger import Assignment

LETTERS = 10
"""Letters and digits of an id, of five bits each."""
ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)


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
    sizes = np.array([len(members) for members in clusters], dtype=np.int64)
    references = [member for members in clusters for member in members]
    held = pl.DataFrame(
        {"record": list(before), "person": list(before.values())}, schema=_texts("record", "person")
    )
    persons, assignment = identify_columns(
        pl.Series(references, dtype=pl.String),
        np.repeat(np.arange(len(sizes)), sizes),
        held,
        redirects,
        secret,
    )
    return tuple(persons.gather(np.cumsum(sizes) - sizes)), assignment


def identify_columns(
    references: pl.Series,
    labels: NDArray[np.int64],
    before: pl.DataFrame,
    redirects: Mapping[str, str],
    secret: bytes = b"",
) -> tuple[pl.Series, Assignment]:
    """Give each cluster a permanent person id, as `identify` does, for records in columns.

    Parameters
    ----------
    references
        Reference of each record, each once.
    labels
        Cluster of each record, shape (records,); clusters take new ids in the order of their
        first records.
    before
        Columns `record` and `person`, as from `LedgerReader.membership_columns`.
    redirects, secret
        As for `identify`.

    Returns
    -------
    tuple of polars.Series and Assignment
        Person id of each record, by position, and what changed since.
    """
    members = pl.DataFrame({"record": references, "cluster": labels})
    clusters = members.group_by("cluster", maintain_order=True).agg(first=pl.col("record").min())
    kept = _kept(members, clusters, before)
    clusters = clusters.join(kept, on="cluster", how="left", maintain_order="left")
    used = {*before["person"].unique(), *redirects}
    new = clusters.filter(pl.col("person").is_null())
    new = new.with_columns(person=_minted(new["first"].to_list(), used, secret))
    named = pl.concat([kept, new.select("cluster", "person")])
    now = members.join(named, on="cluster", how="left", maintain_order="left").select(
        "record", "person"
    )
    redirected = _redirects(before, now, redirects, secret)
    return now["person"], Assignment(_changes(before, now), redirected)


def _texts(*names: str) -> dict[str, type[pl.String]]:
    return dict.fromkeys(names, pl.String)


def _kept(members: pl.DataFrame, clusters: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Which earlier id each cluster keeps: `cluster` and `person`."""
    held = members.join(before, on="record").group_by("cluster", "person").len()
    # An id stays with the cluster that holds most of its records, and of several with the one
    # whose first record comes first; a cluster keeps the id that most of its records had.
    return (
        held.join(clusters, on="cluster")
        .sort("person", "len", "first", descending=[False, True, False])
        .unique("person", keep="first", maintain_order=True)
        .sort("cluster", "len", "person", descending=[False, True, False])
        .unique("cluster", keep="first", maintain_order=True)
        .select("cluster", "person")
    )


def _changes(before: pl.DataFrame, now: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    """Records whose person is another one than before, and those no longer in force."""
    if before.is_empty():
        return tuple(now.sort("record").rows())
    other = now.join(before, on="record", how="left", suffix="_before").filter(
        pl.col("person").ne_missing(pl.col("person_before"))
    )
    gone = before.join(now, on="record", how="anti").with_columns(person=pl.lit(""))
    return (*other.select("record", "person").sort("record").rows(), *gone.sort("record").rows())


def _redirects(
    before: pl.DataFrame, now: pl.DataFrame, redirects: Mapping[str, str], secret: bytes
) -> tuple[tuple[str, str], ...]:
    """Where the ids lead that hold no record any more."""
    left = before.join(now, on="person", how="anti")
    if left.is_empty():
        return ()
    heirs = (
        left.join(now, on="record", suffix="_now")
        .group_by("person", "person_now")
        .len()
        .sort("person", "len", "person_now", descending=[False, True, False])
        .unique("person", keep="first")
        .select("person", "person_now")
    )
    without = left.join(heirs, on="person", how="anti")
    made = pl.Series(_made_from(without["record"].to_list(), secret), dtype=pl.String)
    # The record that an id was made from brings it back.
    returning = without.filter(made == without["person"])
    nowhere = without.join(returning, on="person", how="anti").select(
        pl.col("person").unique(), person_now=pl.lit("")
    )
    ways = pl.concat([heirs, nowhere]).sort("person").rows()
    return tuple((id_, leads_to) for id_, leads_to in ways if redirects.get(id_) != leads_to)


def _minted(members: Sequence[str], used: set[str], secret: bytes) -> pl.Series:
    """Make ids that nobody has."""
    made = _made_from(members, secret)
    for at, id_ in enumerate(made):
        again, new = 0, id_
        while new in used:
            again += 1
            (new,) = _made_from([members[at]], secret, again)
        made[at] = new
        used.add(new)
    return pl.Series(made, dtype=pl.String)


def _made_from(members: Sequence[str], secret: bytes, again: int = 0) -> list[str]:
    """``P-`` and ten letters and digits for each."""
    seeds = (f"everyname.person.1 {member} {again}".encode() for member in members)
    begun = b"".join([hmac.digest(secret, seed, "sha256")[:7] for seed in seeds])
    bits = np.unpackbits(np.frombuffer(begun, dtype=np.uint8).reshape(-1, 7), axis=1)
    fives = bits[:, : 5 * LETTERS].reshape(-1, LETTERS, 5) @ np.array([16, 8, 4, 2, 1], np.uint8)
    letters = np.empty((len(members), LETTERS + 2), dtype=np.uint8)
    letters[:, :2] = tuple(b"P-")
    letters[:, 2:] = ALPHABET[fives]
    made: list[str] = letters.view(f"S{LETTERS + 2}").ravel().astype(str).tolist()
    return made
