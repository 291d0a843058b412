"""Rarity: how little a value that two records share could be shared by chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

CLASSES = (3.0, 6.0, 9.0, 12.0, 15.0)
"""Bits at which the next class of rarity begins: one in 8, 64, 512, 4,096, 32,768."""

NAME_CLASSES = (6.0, 9.0, 12.0, 15.0, 18.0, 22.0)
"""The same for what two names share."""

_PER_BIT = 32


class Rarity(NamedTuple):
    """Rarity of the values of one column.

    Parameters
    ----------
    classes
        Class of each record's value, 0 the commonest; int8, shape (n,), -1 where not stated.
    chance
        For each class, the share of all pairs of records with values that have one value of this
        class; float64, shape (classes,).
    """

    classes: NDArray[np.int8]
    chance: NDArray[np.float64]


def rarity(values: pl.Series, edges: tuple[float, ...] = CLASSES) -> Rarity:
    """Sort values into classes by how rare they are.

    Parameters
    ----------
    values
        One a record, null where not stated.
    edges
        Bits at which the next class begins.
    """
    counted = values.drop_nulls().value_counts(name="count")
    stated = int(counted["count"].sum() or 0)
    each = counted["count"].to_numpy().astype(np.float64)
    of_value = classes_of(-np.log2(each / max(stated, 1)), edges)
    chance = np.bincount(of_value, each * (each - 1), minlength=len(edges) + 1)
    table = counted.with_columns(pl.Series("class", of_value, dtype=pl.Int8))
    looked_up = pl.DataFrame({"value": values}).join(
        table, left_on="value", right_on=values.name, how="left", maintain_order="left"
    )
    classes = looked_up["class"].fill_null(-1).to_numpy()
    return Rarity(classes.astype(np.int8), chance / max(stated * (stated - 1.0), 1.0))


def classes_of(bits: NDArray[np.float64], edges: tuple[float, ...]) -> NDArray[np.int8]:
    """Class of each number of bits; int8, of the same shape."""
    return np.searchsorted(np.asarray(edges), bits, side="right").astype(np.int8)


def packed(number: NDArray[np.int64], bits: NDArray[np.float64]) -> NDArray[np.int64]:
    """Write the number of a token and its bits into one integer, so that SQL can add them up."""
    return number * (32 * _PER_BIT) + np.clip(
        np.rint(bits * _PER_BIT), 1, 32 * _PER_BIT - 1
    ).astype(np.int64)


def packed_bits_sql(total: str) -> str:
    """SQL for bits, from the sum of what `packed` wrote below the numbers."""
    return f"({total}) / {float(_PER_BIT)}"


PACKED_MODULUS = 32 * _PER_BIT
"""A packed integer modulo this is its bits, in 1/32."""
