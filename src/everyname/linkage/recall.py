"""Recall: which share of the matches blocking brought up, estimated without labels."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

SURE = 0.9
MOST = 200_000


def estimated_recall(
    keys: pl.DataFrame,
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    probability: NDArray[np.float64],
) -> float:
    """Estimate the share of matches that blocking brought up.

    Families of keys are like lists: each brings up some of the matches. From how many matches only
    one family found, and how many just two, follows a lower bound of those that none found (Chao's,
    with the families as occasions). Families lean on the same fields, so that the true recall may
    be lower.

    Parameters
    ----------
    keys
        ``id``, ``key``, ``family``.
    a, b, probability
        Candidate pairs; shape (n,).

    References
    ----------
    Chao, A. (1987). Estimating the population size for capture-recapture data with unequal
    catchability. Biometrics 43, 783-791.
    """
    sure = np.flatnonzero(probability >= SURE)
    if not len(sure):
        return 1.0
    sure = sure[:: max(1, len(sure) // MOST)]
    pairs = pl.DataFrame({"a": a[sure], "b": b[sure]})
    found = (
        pairs.join(keys, left_on="a", right_on="id")
        .join(keys, left_on=["b", "key", "family"], right_on=["id", "key", "family"])
        .group_by("a", "b")
        .agg(families=pl.col("family").n_unique())["families"]
        .to_numpy()
    )
    once, twice = int((found == 1).sum()), int((found == 2).sum())
    missed = once * (once - 1) / (2 * (twice + 1))
    return float(len(found) / (len(found) + missed)) if len(found) else 1.0
