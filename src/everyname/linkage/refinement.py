"""Refinement: what judgements on single pairs say of all match probabilities."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.calibration import Calibration, calibrate
from everyname.linkage.check_sample import CheckSample
from everyname.linkage.clusters import Thresholds, cluster
from everyname.linkage.evidence import Ties
from everyname.linkage.pairs import Pairs
from everyname.linkage.settled import Settled

# Shares of a person's records that must agree with one that is put to them: see `Repeats`.
SHARES = (0.4, 0.2, 0.1)
# So few pairs drawn at random say nothing of all others.
FEWEST = 20


def refined(
    pairs: Pairs,
    ties: Ties,
    keys: NDArray[np.uint64] | None = None,
    thresholds: Thresholds | None = None,
) -> tuple[Pairs, Calibration]:
    """Correct all match probabilities by what was judged of some pairs.

    Only pairs that were drawn at random (`CheckSample`) count: those asked because they change the
    count lie between persons that nothing else has joined, and would make all pairs of their
    probability look less probable than they are. A pair is drawn by its match probability alone,
    so that the correction, which is a function of it, needs no weights. Each judgement is taken
    to be wrong now and then (`calibrate`).

    Where a person has many records, all judgements also choose how many of them must agree with
    one that is put to them: of three shares the one whose clusters, made without the judgements,
    contradict the fewest of them.

    Parameters
    ----------
    pairs
        Scored pairs, with the probabilities as the model gives them.
    ties
        Judgements; those judged unsure say nothing.
    keys
        The number of each record by which the random sample was drawn, as for `questions`;
        positions if left out.
    thresholds
        Where decisions change.

    Returns
    -------
    Pairs
        With corrected probabilities, where enough pairs were drawn; else as they are.
    Calibration
        The correction, and how far it is known: for `sample_clusterings`, with the pairs as they
        were before it.
    """
    if not len(pairs) or not (ties.same or ties.different):
        return pairs, Calibration()
    if keys is None:
        # A judged record may be in no scored pair.
        judged = (max(pair) for pair in (*ties.same, *ties.different))
        keys = np.arange(max(int(pairs.b.max()), *judged) + 1, dtype=np.uint64)
    drawn = [
        (each.pair, each.decision == "same")
        for each in CheckSample(pairs, keys).drawn(Settled(ties))
        if each.decision != "unsure"
    ]
    if len(drawn) < FEWEST:
        return pairs, Calibration()
    places, same = (np.array(column) for column in zip(*drawn, strict=True))
    found = calibrate(pairs.probability[places], same)
    corrected = replace(pairs, probability=found.apply(pairs.probability))
    if pairs.expected.many:
        corrected = _agreeing(corrected, ties, len(keys), thresholds or Thresholds())
    return corrected, found


def _agreeing(pairs: Pairs, ties: Ties, size: int, thresholds: Thresholds) -> Pairs:
    """Choose the share of records that must agree by what was judged."""
    same = np.array(ties.same, dtype=np.int64).reshape(-1, 2)
    different = np.array(ties.different, dtype=np.int64).reshape(-1, 2)
    tried = [replace(pairs, least_share=share) for share in SHARES]

    def contradicted(one: Pairs) -> int:
        labels = cluster(size, one, thresholds).best
        apart = labels[same[:, 0]] != labels[same[:, 1]]
        together = labels[different[:, 0]] == labels[different[:, 1]]
        return int(apart.sum() + together.sum())

    return min(tried, key=contradicted)
