"""Threshold counts: what the count would be at other thresholds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from pydantic import BaseModel, ConfigDict

from everyname.errors import LinkageError
from everyname.linkage.agreement import (
    Agreement,
    BCubedScore,
    Labelling,
    PairwiseScore,
    coded,
    of_one_length,
)
from everyname.linkage.clusters import Thresholds, Ties, cluster
from everyname.linkage.pairs import Pairs


class ThresholdCount(BaseModel):
    """Persons found at one threshold.

    A right count proves nothing by itself: as many wrong joins as missed ones leave it right. So
    the largest cluster and the scores stand beside it.

    Parameters
    ----------
    threshold
        Match probability from which a pair counts as one person.
    count
        Persons found.
    largest
        Records of the person with the most.
    count_error
        In per cent of the persons in truth; None, as what follows, where no truth is given. It
        and the scores are of the records whose true person is known.
    pairwise, b_cubed
        Agreement with the truth.
    """

    model_config = ConfigDict(frozen=True)

    threshold: float
    count: int
    largest: int
    count_error: float | None = None
    pairwise: PairwiseScore | None = None
    b_cubed: BCubedScore | None = None


def count_over_thresholds(
    size: int,
    pairs: Pairs,
    thresholds: Iterable[float],
    *,
    true: Labelling | None = None,
    ties: Ties | None = None,
) -> tuple[ThresholdCount, ...]:
    """Cluster at several thresholds, and count the persons at each.

    Parameters
    ----------
    size
        Number of records.
    pairs
        Scored pairs.
    thresholds
        Match probabilities between 0 and 1.
    true
        True person of each record, as for `evaluate`; None to count only.
    ties
        Judgements.

    Returns
    -------
    tuple of ThresholdCount
        One for each threshold, in their order.

    Raises
    ------
    LinkageError
        A threshold is not between 0 and 1, or persons are not given for each record or for none.
    """
    wanted = [float(each) for each in thresholds]
    for each in wanted:
        if not 0 < each < 1:
            raise LinkageError(f"{each:g} is not a threshold", do="Name one between 0 and 1")
    true_of = None
    if true is not None:
        of_one_length(size, true, "true persons")
        true_of, _ = coded(true)
        if not (true_of >= 0).any():
            raise LinkageError("no record has a known true person", do="Give the truth of some")
    found = []
    for each in wanted:
        # Nothing is undecided here: each threshold is looked at alone.
        best = cluster(size, pairs, Thresholds(each, each, each), ties).best
        sizes = np.unique(best, return_counts=True)[1]
        score = ThresholdCount(threshold=each, count=len(sizes), largest=int(sizes.max(initial=0)))
        if true_of is not None:
            known = true_of >= 0
            agreement = Agreement.between(best[known], true_of[known])
            persons = len(agreement.true_sizes)
            error = 100 * (len(agreement.found_sizes) - persons) / persons
            score = score.model_copy(
                update={
                    "count_error": error,
                    "pairwise": agreement.pairwise(),
                    "b_cubed": agreement.b_cubed(),
                }
            )
        found.append(score)
    return tuple(found)
