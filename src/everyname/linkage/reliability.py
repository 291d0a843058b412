"""Reliability: whether pairs of a match probability of .8 are the same person in 80 of 100."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel, ConfigDict

from everyname.errors import LinkageError
from everyname.linkage.share import Share

BINS = 10


class ReliabilityBin(BaseModel):
    """Pairs of about one match probability.

    Parameters
    ----------
    low, high
        Match probabilities from `low` on and below `high`; the last bin holds 1 too.
    pairs
        Number of pairs.
    probability
        Their mean match probability.
    matches
        Those of them that are the same person, with the interval of their share.
    """

    model_config = ConfigDict(frozen=True)

    low: float
    high: float
    pairs: int
    probability: float
    matches: Share


class Reliability(BaseModel):
    """Match probabilities held against what is true.

    Parameters
    ----------
    pairs
        Number of pairs.
    error
        Expected calibration error: see `expected_calibration_error`.
    bins
        The bins that hold pairs, least probable first.
    """

    model_config = ConfigDict(frozen=True)

    pairs: int
    error: float
    bins: tuple[ReliabilityBin, ...]


def expected_calibration_error(
    probability: ArrayLike, is_match: ArrayLike, bins: int = BINS
) -> float:
    """Mean distance, over the pairs, between match probability and share of matches in a bin.

    Pairs that are almost certainly no match are right easily, and there are as many of them as
    one cares to score: say with the error which pairs it speaks of.

    Parameters
    ----------
    probability, is_match, bins
        As for `reliability`.

    Returns
    -------
    float
        From 0, calibrated, to 1.

    Raises
    ------
    LinkageError
        As for `reliability`.

    References
    ----------
    Naeini, M. P., Cooper, G. F., Hauskrecht, M. (2015). Obtaining well calibrated probabilities
    using Bayesian binning. AAAI, 2901-2907.
    Guo, C. et al. (2017). On calibration of modern neural networks. ICML, 1321-1330.
    """
    return reliability(probability, is_match, bins).error


def reliability(probability: ArrayLike, is_match: ArrayLike, bins: int = BINS) -> Reliability:
    """Put pairs of about one match probability beside the share of them that matches.

    Parameters
    ----------
    probability
        Match probability of each pair, from 0 to 1; shape (pairs,).
    is_match
        Whether it is the same person; shape (pairs,).
    bins
        Number of bins of one width.

    Returns
    -------
    Reliability
        The table, and the error that it comes to.

    Raises
    ------
    LinkageError
        There is no pair, a probability is not one, or the two differ in length.

    References
    ----------
    DeGroot, M. H., Fienberg, S. E. (1983). The comparison and evaluation of forecasters. The
    Statistician 32, 12-22.
    """
    p, match = _checked(probability, is_match, bins)
    place = np.minimum((p * bins).astype(np.int64), bins - 1)
    pairs = np.bincount(place, minlength=bins)
    sums = np.bincount(place, weights=p, minlength=bins)
    matches = np.bincount(place, weights=match, minlength=bins)
    return Reliability(
        pairs=len(p),
        error=float(np.abs(sums - matches).sum() / len(p)),
        bins=tuple(
            ReliabilityBin(
                low=at / bins,
                high=(at + 1) / bins,
                pairs=int(pairs[at]),
                probability=float(sums[at] / pairs[at]),
                matches=Share.counted(int(matches[at]), int(pairs[at])),
            )
            for at in np.flatnonzero(pairs).tolist()
        ),
    )


def _checked(
    probability: ArrayLike, is_match: ArrayLike, bins: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    p, match = np.asarray(probability, dtype=np.float64), np.asarray(is_match, dtype=np.bool_)
    if p.shape != match.shape or p.ndim != 1:
        raise LinkageError(
            f"there are {p.size:,} match probabilities, and labels of {match.size:,} pairs",
            do="Give one label for each match probability",
        )
    if not p.size:
        raise LinkageError("there is no pair to judge by", do="Give scored, labelled pairs")
    if not ((p >= 0) & (p <= 1)).all():
        raise LinkageError("a match probability is not between 0 and 1", do="Correct it")
    if bins < 1:
        raise LinkageError(f"{bins} bins hold no pairs", do="Use one or more")
    return p, match.astype(np.float64)
