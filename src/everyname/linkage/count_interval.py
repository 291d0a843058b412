"""Count interval: how far the number of persons is uncertain because linkage is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from everyname.errors import LinkageError
from everyname.linkage.calibration import Calibration
from everyname.linkage.clusters import Ties
from everyname.linkage.missed import credible_recall
from everyname.linkage.model import Model
from everyname.linkage.pairs import Pairs
from everyname.linkage.sampling import Interval, counts_of, interval, sample_clusterings

SEED = 613
DRAWS, LEAST_DRAWS = 200, 40
# Records times draws beyond which fewer are drawn: it takes some seconds.
DRAWN_RECORDS = 4_000_000


def count_interval(
    lists: Sequence[str],
    pairs: Pairs,
    ties: Ties,
    model: Model,
    calibration: Calibration | None = None,
    *,
    level: float = 0.95,
    draws: int | None = None,
    seed: int = SEED,
) -> Interval:
    """Interval of the number of persons, from whole clusterings drawn at random.

    Parameters
    ----------
    lists
        The list of each record.
    pairs
        Scored pairs, as the model gives them.
    ties
        What judgements hold.
    model
        What was learnt; its estimated blocking recall says how many matches were never compared.
    calibration
        How judgements correct the match probabilities, and how far that is known.
    level
        Share of the draws within.
    draws
        How many clusterings are drawn; None for 200, or fewer of more than 20,000 records, but at
        least 40.
    seed
        Equal ones give equal draws.

    Raises
    ------
    LinkageError
        The level is not between 0 and 1, or nothing is drawn; or a person has many records on one
        list: the draws take each record for likely to be somebody's only one, and would give far
        too many persons.
    """
    if pairs.expected.many:
        raise LinkageError(
            "a person has so many records on one list here that no interval can be drawn",
            do="Read the count from low to high, and judge pairs with `everyname review`",
        )
    size = len(lists)
    if draws is None:
        draws = min(DRAWS, max(LEAST_DRAWS, DRAWN_RECORDS // max(size, 1)))
    drawn = sample_clusterings(
        size,
        pairs,
        ties,
        np.random.default_rng(seed),
        draws,
        calibration=calibration,
        recall=credible_recall(model.blocking_recall or 1.0),
        lists=lists,
    )
    return interval(counts_of(drawn), level)
