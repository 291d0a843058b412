"""New traits: what of new records is compared, in the tokens and classes of the known ones."""

from __future__ import annotations

import numpy as np
import polars as pl

from everyname.linkage.rarity import CLASSES, NAME_CLASSES, PACKED_MODULUS, classes_of, packed
from everyname.linkage.traits import NAMING, keyed, traits_of

_OF_NAMES = ("name_class", "bones_class")


def new_traits(values: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Take from new records what is compared, so that it can stand below the known ones.

    How rare values are is told by the known records; what none of them states is the rarest.
    Spellings that the new records would teach by giving a name twice are not learnt: the known
    ones have been read without them.

    Parameters
    ----------
    values
        As for `traits_of`.
    known
        `Traits.frame` of the known records.

    Returns
    -------
    polars.DataFrame
        In the columns of the known ones, numbered on after them.
    """
    frame = traits_of(_names_once(values)).frame
    frame = frame.with_columns(
        pl.col("unique_id") + known.height, tokens=_tokens(frame["bones"], known)
    )
    return frame.with_columns(_classes(frame, known)).select(known.columns)


def _names_once(values: pl.DataFrame) -> pl.DataFrame:
    """Leave the second form of a name out where there is a first."""
    if "name_other" not in values.columns:
        return values
    first = [
        pl.col(field).cast(pl.String).fill_null("") != ""
        for field in ("name", *NAMING)
        if field in values.columns
    ]
    if not first:
        return values
    return values.with_columns(name_other=pl.when(~pl.any_horizontal(first)).then("name_other"))


def _tokens(bones: pl.Series, known: pl.DataFrame) -> pl.Series:
    """Tokens of the new names: numbers and bits that the known ones have, else the rarest."""
    new = bones.drop_nulls().unique().str.split(" ").explode().unique().sort()
    split = pl.col("bones").str.split(" ").list.unique().list.sort()
    stated = (
        known.select("tokens", "bones")
        .drop_nulls()
        .unique("bones")
        .with_columns(split)
        .explode("bones", "tokens")
        .join(pl.DataFrame({"bones": new}), on="bones", how="semi")
    )
    token = dict(stated.unique("bones").select("bones", "tokens").iter_rows())
    rarest = float(np.log2(max(known.height, 2)))
    last = known.select(pl.col("tokens").list.max().max()).item()
    after = 0 if last is None else last // PACKED_MODULUS + 1
    unknown = [bone for bone in new if bone not in token]
    numbers = after + np.arange(len(unknown), dtype=np.int64)
    made = packed(numbers, np.full(len(unknown), rarest))
    token.update(zip(unknown, made.tolist(), strict=True))
    return pl.Series(
        "tokens",
        [
            None if parts is None else [token[bone] for bone in sorted(set(parts.split(" ")))]
            for parts in bones
        ],
        dtype=pl.List(pl.Int64),
    )


def _classes(frame: pl.DataFrame, known: pl.DataFrame) -> list[pl.Series]:
    """Classes of rarity among the known records; what none of them states is the rarest."""
    new, old = frame.select(keyed()), known.select(keyed())
    found = []
    for column in new.columns:
        name = f"{column}_class"
        edges = NAME_CLASSES if name in _OF_NAMES else CLASSES
        stated = max(old[column].len() - old[column].null_count(), 1)
        rarest = int(classes_of(np.array([np.log2(stated)]), edges)[0])
        value = pl.DataFrame({"value": new[column]})
        of_value = (
            pl.DataFrame({"value": old[column], "class": known[name]})
            .join(value.unique(), on="value", how="semi")
            .unique("value")
        )
        looked_up = value.join(of_value, on="value", how="left", maintain_order="left")
        rare = pl.when(pl.col("value").is_not_null()).then(pl.col("class").fill_null(rarest))
        found.append(looked_up.select(rare.fill_null(-1).cast(pl.Int8).alias(name)).to_series())
    return found
