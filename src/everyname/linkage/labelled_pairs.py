"""Labelled pairs: pairs of records of which somebody said whether they are one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel, ConfigDict

from everyname.errors import LinkageError
from everyname.linkage.agreement import Labelling, coded, of_one_length
from everyname.linkage.evaluation import checked_pairs
from everyname.linkage.reliability import Reliability, reliability
from everyname.linkage.share import Share, f1
from everyname.linkage.subgroup import Counted, Subgroup, SubgroupScore


class PairEvaluation(BaseModel):
    """What was linked, held against labelled pairs.

    They tell how often a pair was decided rightly, of pairs such as these; nothing of the count,
    and of precision in general only where they were drawn at random from the pairs put together.

    Parameters
    ----------
    pairs, same
        Labelled pairs, each once, and those of them that are the same person.
    recall
        Of those labelled the same, how many were put together.
    precision
        Of those put together, how many are labelled the same.
    kept_apart
        Of those labelled different, how many were kept apart.
    f1
        Harmonic mean of precision and recall; None where one of them has nothing to go by.
    reliability
        Match probabilities held against the labels; None where none are given.
    subgroups
        Every class of every subgroup, beside the whole.
    """

    model_config = ConfigDict(frozen=True)

    pairs: int
    same: int
    recall: Share
    precision: Share
    kept_apart: Share
    f1: float | None
    reliability: Reliability | None = None
    subgroups: tuple[SubgroupScore, ...] = ()

    @property
    def worse(self) -> tuple[SubgroupScore, ...]:
        """Classes that are worse than the whole by more than 3 points, and enough to tell."""
        return tuple(score for score in self.subgroups if score.worse)


def evaluate_pairs(
    found: Labelling,
    labelled_pairs: Iterable[tuple[int, int, bool]] | NDArray[np.int64],
    *,
    probability: ArrayLike | None = None,
    subgroups: Mapping[str, Labelling] | None = None,
) -> PairEvaluation:
    """Hold persons found against labelled pairs.

    Parameters
    ----------
    found
        Cluster of each record.
    labelled_pairs
        Positions of the two records, and whether they are the same person. What follows from
        several labels together is not concluded. A pair that stands there again counts once.
    probability
        Match probability of each labelled pair, for calibration; shape (labelled pairs,).
    subgroups
        As for `evaluate`.

    Raises
    ------
    LinkageError
        There is no pair, a pair names no record or one record twice, or it is labelled the same
        and different; or labels are not one for each record.
    """
    rows = labelled_pairs if isinstance(labelled_pairs, np.ndarray) else list(labelled_pairs)
    if not len(rows):
        raise LinkageError("there is no labelled pair", do="Give some")
    table = np.asarray(rows, dtype=np.int64)
    a, b, same, first = _once(table, len(found))
    numbers, _ = coded(found)
    together = (numbers[a] == numbers[b]) & (numbers[a] >= 0)
    both = int((together & same).sum())
    recall = Share.counted(both, int(same.sum()))
    precision = Share.counted(both, int(together.sum()))
    scores: list[SubgroupScore] = []
    for name, labels in (subgroups or {}).items():
        of_one_length(len(found), labels, f"classes by {name}")
        subgroup = Subgroup.labelled(name, labels)
        true_of, found_of, both_of = (
            subgroup.among(a[wanted], b[wanted]) for wanted in (same, together, same & together)
        )
        counted = Counted(
            true_of, found_of, both_of, true_of.astype(np.float64), found_of.astype(np.float64)
        )
        scores.extend(subgroup.scores(counted, recall.value or 0.0, precision.value or 0.0))
    known = recall.value is not None and precision.value is not None
    return PairEvaluation(
        pairs=len(a),
        same=int(same.sum()),
        recall=recall,
        precision=precision,
        kept_apart=Share.counted(int((~same & ~together).sum()), int((~same).sum())),
        f1=f1(precision.value or 0.0, recall.value or 0.0) if known else None,
        reliability=_reliability(probability, len(table), first, same),
        subgroups=tuple(scores),
    )


def _reliability(
    probability: ArrayLike | None, pairs: int, first: NDArray[np.int64], same: NDArray[np.bool_]
) -> Reliability | None:
    if probability is None:
        return None
    given = np.asarray(probability, dtype=np.float64)
    if given.shape != (pairs,):
        raise LinkageError(
            f"there are {pairs:,} labelled pairs, and {given.size:,} match probabilities",
            do="Give one for each pair",
        )
    return reliability(given[first], same)


def _once(
    table: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Each pair once, its label, and where it stood first."""
    a, b = checked_pairs(table[:, 0], table[:, 1], size)
    same = table[:, 2] != 0
    keys, first, place = np.unique(a * size + b, return_index=True, return_inverse=True)
    other = np.flatnonzero(same != same[first][place])
    if other.size:
        at = int(other[0])
        raise LinkageError(
            f"records {a[at]} and {b[at]} (from 0) are labelled both the same and different",
            do="Settle which",
        )
    return keys // size, keys % size, same[first], first
