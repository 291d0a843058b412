"""Arrival: a new list linked to persons already found, without linking everything again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.linkage.clusters import Clustering, Thresholds, cluster
from everyname.linkage.comparing import compared
from everyname.linkage.components import components
from everyname.linkage.keys import families
from everyname.linkage.linkage import FLOOR, Linkage
from everyname.linkage.model import Model
from everyname.linkage.pairs import Pairs
from everyname.linkage.rarity import CLASSES, NAME_CLASSES, PACKED_MODULUS, classes_of, packed
from everyname.linkage.traits import Traits, keyed, traits_of

# Candidates of each new record, in the mean.
PER_NEW_RECORD = 100
_OF_NAMES = ("name_class", "bones_class")


class Known(NamedTuple):
    """What a former linkage left.

    Parameters
    ----------
    frame
        `Traits.frame`.
    lists
        The list of each record.
    pairs
        Scored pairs.
    clustering
        Who is who.
    model
        What was learnt.
    """

    frame: pl.DataFrame
    lists: Sequence[str] | pl.Series
    pairs: Pairs
    clustering: Clustering
    model: Model


def link_new(
    values: pl.DataFrame,
    lists: Sequence[str] | pl.Series,
    known: Known,
    *,
    thresholds: Thresholds | None = None,
) -> Linkage:
    """Link new records to those already linked, by what was learnt from these.

    Only pairs with a new record are compared, and only clusters that such a pair touches are put
    together anew. How rare names and values are is taken from the known records. Judgements are
    not asked: a list that is to be counted is linked with all others in the end.

    Parameters
    ----------
    values
        The new records, as in `link_values`.
    lists
        The list that each new record stands on.
    known
        What a former linkage left.
    thresholds
        Where decisions change.

    Returns
    -------
    Linkage
        Of all records: the known ones in their order, then the new ones.
    """
    first, size = known.frame.height, known.frame.height + values.height
    frame = pl.concat([known.frame, _as_known(values, known.frame)], how="vertical_relaxed")
    a, b = _candidates(Traits(frame, {}), first, PER_NEW_RECORD * values.height)
    levels = compared(frame, a, b, known.model)
    names = np.concatenate([np.asarray(known.lists, np.str_), np.asarray(lists, np.str_)])
    probability = known.model.probability(levels.log_odds, names[a] == names[b])
    kept = probability >= FLOOR
    found = Pairs(a[kept], b[kept], probability[kept], np.zeros(int(kept.sum()), np.bool_))
    pairs = _with(known.pairs, found)
    clustering = _again(size, pairs, found, known.clustering, thresholds or Thresholds())
    return Linkage(Traits(frame, {}), pairs, clustering, known.model)


def _with(old: Pairs, new: Pairs) -> Pairs:
    return Pairs(
        np.concatenate([old.a, new.a]),
        np.concatenate([old.b, new.b]),
        np.concatenate([old.probability, new.probability]),
        np.concatenate([old.conflict, new.conflict]),
        old.repeats,
    )


def _as_known(values: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Traits of new records, with the tokens and classes of the known ones."""
    frame = traits_of(values).frame
    frame = frame.with_columns(
        pl.col("unique_id") + known.height, tokens=_tokens(frame["bones"], known)
    )
    return frame.with_columns(_classes(frame, known)).select(known.columns)


def _tokens(bones: pl.Series, known: pl.DataFrame) -> pl.Series:
    """Tokens of the new names: numbers and bits that the known ones have, else the rarest."""
    split = pl.col("bones").str.split(" ").list.unique().list.sort()
    stated = known.select("tokens", bones=split).drop_nulls().explode("bones", "tokens")
    token = dict(stated.unique("bones").select("bones", "tokens").iter_rows())
    rarest = float(np.log2(max(known.height, 2)))
    after = max(token.values(), default=0) // PACKED_MODULUS + 1
    for parts in bones.drop_nulls().unique().sort():
        for bone in parts.split(" "):
            if bone not in token:
                number = np.array([after + len(token)])
                token[bone] = int(packed(number, np.array([rarest]))[0])
    made = [
        None if parts is None else [token[bone] for bone in sorted(set(parts.split(" ")))]
        for parts in bones
    ]
    return pl.Series("tokens", made, dtype=pl.List(pl.Int64))


def _classes(frame: pl.DataFrame, known: pl.DataFrame) -> list[pl.Series]:
    """Classes of rarity among the known records; what none of them states is the rarest."""
    new, old = frame.select(keyed()), known.select(keyed())
    found = []
    for column in new.columns:
        name = f"{column}_class"
        of_value = pl.DataFrame({"value": old[column], "class": known[name]}).drop_nulls()
        edges = NAME_CLASSES if name in _OF_NAMES else CLASSES
        stated = max(of_value.height, 1)
        rarest = int(classes_of(np.array([np.log2(stated)]), edges)[0])
        looked_up = pl.DataFrame({"value": new[column]}).join(
            of_value.unique("value"), on="value", how="left", maintain_order="left"
        )
        unstated = pl.col("value").is_null()
        cls = pl.when(unstated).then(-1).otherwise(pl.col("class").fill_null(rarest))
        found.append(looked_up.select(cls.cast(pl.Int8).alias(name)).to_series())
    return found


def _candidates(
    traits: Traits, first: int, most: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs with a new record that share a key; of each family those of the rarest keys."""
    made = []
    for _, keys in families(traits):
        new = keys.filter(pl.col("id") >= first)
        shared = keys.join(new.select("key").unique(), on="key", how="semi")
        shared = shared.with_columns(n=pl.len().over("key")).filter(pl.col("n") > 1)
        if shared.height:
            made.append((shared, new.join(shared.select("key", "n").unique(), on="key")))
    pairs = []
    for shared, new in made:
        sizes = new.group_by("n").agg(pairs=pl.col("n").sum()).sort("n")
        within = sizes.filter(pl.col("pairs").cum_sum() <= most / len(made))["n"]
        largest = max(2, int(within[-1]) if len(within) else 2)
        chosen = new.filter(pl.col("n") <= largest).select("key", new="id")
        pairs.append(chosen.join(shared.select("key", "id"), on="key").select("new", "id"))
    if not pairs:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    both = pl.concat(pairs).filter(pl.col("id") < pl.col("new")).unique().sort("id", "new")
    return both["id"].to_numpy().astype(np.int64), both["new"].to_numpy().astype(np.int64)


def _again(
    size: int, pairs: Pairs, new: Pairs, former: Clustering, thresholds: Thresholds
) -> Clustering:
    """Put together anew what new pairs touch; the rest stays as it was."""
    first = len(former.best)
    # A join needs at least one pair that is not decided against.
    linked = pairs.where(pairs.probability >= thresholds.low)
    group = components(size, linked.a, linked.b)
    reached = new.where(new.probability >= thresholds.low)
    touched = np.isin(group, np.unique(group[reached.a]))
    touched[first:] = True
    at = np.flatnonzero(touched)
    place = np.full(size, -1, np.int64)
    place[at] = np.arange(len(at))
    inside = pairs.where(touched[pairs.a] & touched[pairs.b])
    inside = Pairs(
        place[inside.a], place[inside.b], inside.probability, inside.conflict, inside.repeats
    )
    part = cluster(len(at), inside, thresholds)

    def put_in(old: NDArray[np.int64], again: NDArray[np.int64]) -> NDArray[np.int64]:
        labels = np.concatenate([old, np.arange(first, size)])
        labels[at] = at[again]
        return labels

    unsure = (pairs.probability >= thresholds.low) & (pairs.probability < thresholds.high)
    return Clustering(
        put_in(former.low, part.low),
        put_in(former.best, part.best),
        put_in(former.high, part.high),
        int((unsure & ~pairs.conflict).sum()),
    )
