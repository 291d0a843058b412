"""Belief: how often different people agree, held before there are records enough to count it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.comparisons import Comparison

# Any label that is not named below: what is believed of it is what is left, shared out.
_SAME_TEXT = {"same": 0.005, "spelt alike": 0.01}


class Belief(NamedTuple):
    """What is believed of one comparison.

    Parameters
    ----------
    pairs
        So many pairs of different people it weighs as much as.
    shares
        Share of such pairs at each level, by its label; what is left is of the other levels.
    """

    pairs: float
    shares: Mapping[str, float]


BELIEFS: Mapping[str, Belief] = {
    "name": Belief(
        200.0,
        {
            "same parts": 2e-5,
            "same sounds": 2e-5,
            "one within the other": 5e-4,
            "a part slightly misspelt": 3e-4,
            "a part misspelt": 7e-4,
            "alike": 1e-3,
            "somewhat alike": 0.02,
            "three or more parts in common, another differs": 0.02,
            "two parts in common, another differs": 0.05,
            # The few records of a case are of few families.
            "one part in common, another differs": 0.15,
        },
    ),
    "birth": Belief(
        200.0,
        {
            "same day": 1e-3,
            "one digit differs": 7e-4,
            "differs in one part": 1.3e-3,
            "may be the same": 0.02,
            "same year": 0.02,
            "within two years": 0.06,
        },
    ),
    "age": Belief(
        20.0,
        {
            "same": 0.03,
            "one year apart": 0.05,
            "up to three years apart": 0.1,
            "up to ten years apart": 0.25,
        },
    ),
    # Records of one case are of a few days and places: what they show soon counts for more.
    "date": Belief(5.0, {"same day": 0.05, "one day apart": 0.05, "within a week": 0.1}),
    "place": Belief(5.0, {"same place": 0.1, "one in the area of the other": 0.2}),
    "sex": Belief(5.0, {"same": 0.5}),
    "residence_address": Belief(20.0, _SAME_TEXT),
    "residence_code": Belief(20.0, _SAME_TEXT),
}
"""By name of the comparison. Of a handful of records, how rare a name or a birth date is cannot be
counted: two records that share all they state would share it by chance."""

OTHERWISE = Belief(5.0, {"same": 0.1, "spelt alike": 0.02})


def believing(
    found: NDArray[np.float64],
    comparison: Comparison,
    met: NDArray[np.float64],
    pairs: float,
) -> NDArray[np.float64]:
    """Weigh what records show of different people against what is believed of them.

    Parameters
    ----------
    found
        Shares of the sublevels as records show them, shape (sublevels,).
    comparison
        What is compared.
    met
        Candidate pairs at each sublevel; a level's share is divided among its classes like these.
    pairs
        Number of pairs in which both records state something.
    """
    belief = BELIEFS.get(comparison.name, OTHERWISE)
    named = [belief.shares.get(level.label, np.nan) for level in comparison.levels]
    level = np.array(named)
    left = np.isnan(level)
    level[left] = max(1 - np.nansum(level), 0.0) / max(left.sum(), 1)
    classes = met.reshape(-1, comparison.width) + 1e-3
    believed = (level[:, None] * classes / classes.sum(axis=1, keepdims=True)).ravel()
    both: NDArray[np.float64] = (pairs * found + belief.pairs * believed) / (pairs + belief.pairs)
    return both
