"""Prior: how probable a match is before two records are compared, within a list and across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.pairs import Pairs
from everyname.linkage.training import FEWEST_TO_TRAIN

ROUNDS = 20
# Who makes a list tries to name nobody twice. Among a few records, whose families look like
# duplicates, this share of the records is taken to be a second one of somebody already listed.
REPEATED = 0.02


class Priors(NamedTuple):
    """Probability that two records drawn at random match.

    Parameters
    ----------
    overall
        Whichever two.
    within, across
        Two of one list, and two of different lists; 0 where there are none.
    """

    overall: float
    within: float
    across: float


def settled(pairs: Pairs, begun: float, files: Sequence[str]) -> tuple[NDArray[np.float64], Priors]:
    """Settle the priors: the shares of matches among all pairs that the scores themselves imply.

    The prior that training begins with counts only agreements that are nearly certain, and is far
    too low where few duplicates are free of mistakes. With m and u held, this is expectation
    maximisation of the priors alone: one for pairs within a list, where one person seldom stands
    twice, and one for pairs across lists. For fewer records than training needs, the prior within
    a list is a cautious constant.

    Parameters
    ----------
    pairs
        Pairs scored under the prior `begun`.
    begun
        Probability that two records drawn at random match.
    files
        The list of each record, by position.

    Returns
    -------
    tuple of array and Priors
        Match probabilities under the settled priors, shape (n,), and these.
    """
    size = len(files)
    everything = size * (size - 1) / 2
    inside = sum(n * (n - 1) / 2 for n in Counter(files).values())
    numbers = np.unique(np.asarray(files, dtype=np.str_), return_inverse=True)[1]
    same: NDArray[np.bool_] = numbers[pairs.a] == numbers[pairs.b]
    bounded = np.clip(pairs.probability, 1e-12, 1 - 1e-12)
    odds = bounded / (1 - bounded) / (begun / (1 - begun))
    probability = np.empty(len(pairs))
    fixed = min(0.5, REPEATED * size / inside) if inside and size < FEWEST_TO_TRAIN else None
    probability[same], within = _settled(odds[same], begun, inside, fixed)
    probability[~same], across = _settled(odds[~same], begun, everything - inside)
    overall = (within * inside + across * (everything - inside)) / everything
    return probability, Priors(overall, within, across)


def _settled(
    odds: NDArray[np.float64], begun: float, everything: float, fixed: float | None = None
) -> tuple[NDArray[np.float64], float]:
    """Settle one prior among pairs whose evidence, without a prior, is `odds`."""
    if not everything:
        return np.empty(0), 0.0
    prior = begun if fixed is None else fixed
    for _ in range(ROUNDS):
        now = odds * prior / (1 - prior)
        probability = now / (1 + now)
        if fixed is None:
            prior = min(0.5, max(float(probability.sum()), 1.0) / everything)
    return probability, prior
