"""Evaluation: what was linked, held against what is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel, ConfigDict

from everyname.errors import LinkageError
from everyname.linkage.agreement import (
    Agreement,
    BCubedScore,
    ClusterScore,
    Labelling,
    PairwiseScore,
    coded,
    of_one_length,
)
from everyname.linkage.pairs import Pairs
from everyname.linkage.reliability import Reliability, reliability
from everyname.linkage.share import Share
from everyname.linkage.subgroup import Counted, Subgroup, SubgroupScore

Numbers = NDArray[np.int64]


class Evaluation(BaseModel):
    """What was linked, held against what is true.

    Parameters
    ----------
    records
        Records whose true person is known: all that follows is of them alone.
    left_out
        Records whose true person is not known.
    count_found, count_true
        Persons found, and persons in truth.
    count_error
        How far the one is off the other, in per cent of the true; above 0 where too many.
    pairwise, b_cubed, clusters
        Agreement on pairs, as each record sees it, and on whole clusters.
    blocking_recall
        Share of the true pairs that are candidates; None where these are not given. In its
        interval each pair counts as independent.
    reliability
        Match probabilities held against the truth; None where no pairs are given.
    subgroups
        Every class of every subgroup, beside the whole.
    """

    model_config = ConfigDict(frozen=True)

    records: int
    left_out: int
    count_found: int
    count_true: int
    count_error: float
    pairwise: PairwiseScore
    b_cubed: BCubedScore
    clusters: ClusterScore
    blocking_recall: Share | None = None
    reliability: Reliability | None = None
    subgroups: tuple[SubgroupScore, ...] = ()

    @property
    def worse(self) -> tuple[SubgroupScore, ...]:
        """Classes that are worse than the whole by more than 3 points, and enough to tell."""
        return tuple(score for score in self.subgroups if score.worse)


def evaluate(
    found: Labelling,
    true: Labelling,
    *,
    pairs: Pairs | None = None,
    subgroups: Mapping[str, Labelling] | None = None,
    candidates: tuple[ArrayLike, ArrayLike] | None = None,
) -> Evaluation:
    """Hold persons found against the true ones.

    All scores follow from how many records each cluster and each person have in common, so that
    the cost grows with the records, not with the pairs among them.

    Parameters
    ----------
    found
        Cluster of each record: numbers, texts or whatever can be told apart.
    true
        True person of each record. None, an empty text or NaN where it is not known: such a
        record is left out everywhere, and its number told.
    pairs
        Scored pairs by position, for the calibration of their match probabilities. A pair whose
        names are in conflict counts with probability 0, as it does in clustering.
    subgroups
        For each name, such as "sex", the class of each record; a record without one is of the
        class "unknown".
    candidates
        Positions of the two records of each pair that blocking brought up, for its recall. A pair
        may stand there twice and in either order.

    Returns
    -------
    Evaluation
        The same whatever clusters are called and however records are ordered.

    Raises
    ------
    LinkageError
        Labels are not one for each record, a record has no cluster, no record has a known person,
        a pair names no record, a match probability is none, or a subgroup has over 100 classes.

    References
    ----------
    Binette, O., Steorts, R. C. (2022). (Almost) all of entity resolution. Science Advances 8.
    Christen, P. (2012). Data Matching. Springer; section 7.
    """
    of_one_length(len(found), true, "true persons")
    found_of, _ = coded(found)
    true_of, _ = coded(true)
    if (found_of < 0).any():
        at = int(np.argmax(found_of < 0))
        raise LinkageError(f"record {at} (from 0) has no cluster", do="Give every record one")
    known = true_of >= 0
    if not known.any():
        raise LinkageError("no record has a known true person", do="Give the truth of some")
    agreement = Agreement.between(found_of[known], true_of[known])
    pairwise, clusters = agreement.pairwise(), agreement.clusters()
    brought = None if candidates is None else _true_pairs(candidates, true_of)
    scores: list[SubgroupScore] = []
    for subgroup in _subgroups(subgroups or {}, known):
        moved = None if brought is None else (_moved(brought[0], known), _moved(brought[1], known))
        counted = Counted.of(subgroup, agreement, moved)
        scores.extend(subgroup.scores(counted, pairwise.recall, pairwise.precision))
    return Evaluation(
        records=len(agreement.found),
        left_out=int((~known).sum()),
        count_found=clusters.found,
        count_true=clusters.true,
        count_error=100 * (clusters.found - clusters.true) / clusters.true,
        pairwise=pairwise,
        b_cubed=agreement.b_cubed(),
        clusters=clusters,
        blocking_recall=(
            None if brought is None else Share.counted(len(brought[0]), pairwise.true)
        ),
        reliability=None if pairs is None else _reliability(pairs, true_of),
        subgroups=tuple(scores),
    )


def _subgroups(subgroups: Mapping[str, Labelling], known: NDArray[np.bool_]) -> Iterator[Subgroup]:
    for name, labels in subgroups.items():
        of_one_length(len(known), labels, f"classes by {name}")
        listed = labels if isinstance(labels, np.ndarray) else _objects(labels)
        yield Subgroup.labelled(name, listed[known])


def _objects(labels: Iterable[object]) -> NDArray[np.object_]:
    listed = list(labels)
    made = np.empty(len(listed), dtype=np.object_)
    made[:] = listed
    return made


def _moved(positions: Numbers, known: NDArray[np.bool_]) -> Numbers:
    """Positions among the known records alone."""
    return (np.cumsum(known) - 1)[positions]


def checked_pairs(a: ArrayLike, b: ArrayLike, size: int) -> tuple[Numbers, Numbers]:
    """Take pairs of positions, the smaller first.

    Raises
    ------
    LinkageError
        A pair names no record, or one record twice.
    """
    one, other = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    if one.shape != other.shape or one.ndim != 1:
        raise LinkageError(
            f"pairs name {one.size:,} first and {other.size:,} second records",
            do="Give as many of the one as of the other",
        )
    if one.size and (min(one.min(), other.min()) < 0 or max(one.max(), other.max()) >= size):
        raise LinkageError(
            f"a pair names a record that is not among the {size:,}", do="Use positions from 0"
        )
    if (one == other).any():
        raise LinkageError("a pair names one record twice", do="Remove it")
    return np.minimum(one, other), np.maximum(one, other)


def _true_pairs(
    candidates: tuple[ArrayLike, ArrayLike], true_of: Numbers
) -> tuple[Numbers, Numbers]:
    """Candidates that belong together, each once."""
    a, b = checked_pairs(*candidates, len(true_of))
    wanted = (true_of[a] == true_of[b]) & (true_of[a] >= 0)
    keys = np.unique(a[wanted] * len(true_of) + b[wanted])
    return keys // len(true_of), keys % len(true_of)


def _reliability(pairs: Pairs, true_of: Numbers) -> Reliability | None:
    a, b = checked_pairs(pairs.a, pairs.b, len(true_of))
    known = (true_of[a] >= 0) & (true_of[b] >= 0)
    if not known.any():
        return None
    probability = np.where(pairs.conflict, 0.0, pairs.probability)[known]
    return reliability(probability, (true_of[a] == true_of[b])[known])
