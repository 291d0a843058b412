"""Recall: which share of the matches blocking brought up, estimated without labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

SURE = 0.9
MOST = 200_000


def estimated_recall(
    keys: pl.DataFrame,
    families: Sequence[str],
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    probability: NDArray[np.float64],
) -> float:
    """Estimate the share of matches that blocking brought up.

    The families of keys that ask for the name and those that do not are taken as two lists of
    matches: from how many matches each brought up, and how many both did, follows how many neither
    did. The two lean on the same records, and where one of the kinds is missing only on each other,
    so that the true recall may be lower.

    Parameters
    ----------
    keys
        ``id``, ``key``, ``family``.
    families
        Names of the families.
    a, b, probability
        Candidate pairs; shape (n,).

    References
    ----------
    Chapman, D. G. (1951). Some properties of the hypergeometric distribution with applications to
    zoological sample censuses. University of California Publications in Statistics 1, 131-160.
    """
    sure = np.flatnonzero(probability >= SURE)
    if not len(sure):
        return 1.0
    if len(sure) > MOST:
        # Engines give pairs in any order: without one, each run would take others.
        sure = sure[np.lexsort((b[sure], a[sure]))]
        sure = sure[:: len(sure) // MOST]
    pairs = pl.DataFrame({"a": a[sure], "b": b[sure]})
    named = pl.Series(["name" in family for family in families], dtype=pl.Boolean)
    kind = keys.with_columns(named=pl.lit(named).gather("family"))
    wanted = pl.concat([pairs["a"], pairs["b"]]).unique().implode()
    kind = kind.filter(pl.col("id").is_in(wanted))
    found = (
        pairs.join(kind, left_on="a", right_on="id")
        .join(
            kind, left_on=["b", "key", "family", "named"], right_on=["id", "key", "family", "named"]
        )
        .group_by("a", "b")
        .agg(by_name=pl.col("named").any(), without=(~pl.col("named")).any())
    )
    by_name, without = int(found["by_name"].sum()), int(found["without"].sum())
    both = int((found["by_name"] & found["without"]).sum())
    if not by_name or not without:
        return 1.0
    everyone = (by_name + 1) * (without + 1) / (both + 1) - 1
    return float(min(1.0, len(found) / max(everyone, 1.0)))
