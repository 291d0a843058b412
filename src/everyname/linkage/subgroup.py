"""Subgroups: whether linkage is worse for women, for one script, or between two lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from everyname.errors import LinkageError
from everyname.linkage.agreement import Agreement, Labelling, coded
from everyname.linkage.share import Share

POINTS = 3.0
"""So many points below the whole a class is worse, where its number is enough to tell."""
FEWEST = 30
"""Independent pairs from which on a class can be called worse."""
MOST = 100
"""Classes that one subgroup may have."""
UNKNOWN = "unknown"

Verdict = Literal["", "worse", "too few"]
Numbers = NDArray[np.int64]


class SubgroupShare(BaseModel):
    """Recall or precision of a class beside that of the whole.

    Parameters
    ----------
    share
        Its pairs. The pairs of one person stand or fall together, so that for the interval they
        count for less: as (sum of pairs)^2 / sum of (pairs of each person)^2 independent ones.
    points
        Its value less that of the whole, in percentage points; None where it has none.
    verdict
        Where it is more than 3 points below the whole: "worse" if the interval lies below the
        whole too and 30 independent pairs are behind it, and else "too few"; otherwise empty. Of
        40 classes that are no worse, one will lie below by chance.
    """

    model_config = ConfigDict(frozen=True)

    share: Share
    points: float | None
    verdict: Verdict

    @classmethod
    def beside(cls, part: int, of: int, independent: float, whole: float) -> Self:
        """Put a share beside that of the whole.

        Parameters
        ----------
        part, of, independent
            As for `Share.counted`.
        whole
            Recall or precision of the whole.
        """
        share = Share.counted(part, of, independent)
        if share.value is None or share.high is None:
            return cls(share=share, points=None, verdict="")
        points = 100 * (share.value - whole)
        verdict: Verdict = ""
        # What is 3 points exactly must not be flagged for how fractions are stored.
        if points < -POINTS - 1e-9:
            verdict = "worse" if share.high < whole and independent >= FEWEST else "too few"
        return cls(share=share, points=points, verdict=verdict)


class SubgroupScore(BaseModel):
    """How well records of one class were linked.

    Parameters
    ----------
    subgroup
        What the records are told apart by, such as "sex".
    classes
        One class, for all pairs with at least one record of it; or two, which may be the same,
        for the pairs between a record of the one and a record of the other.
    records
        Records of the class or classes.
    recall, precision
        Of these pairs, beside the whole.
    blocking_recall
        Share of the true ones among them that are candidates; None where no candidates are given.
    """

    model_config = ConfigDict(frozen=True)

    subgroup: str
    classes: tuple[str, ...]
    records: int
    recall: SubgroupShare
    precision: SubgroupShare
    blocking_recall: Share | None

    @property
    def worse(self) -> bool:
        """Whether recall or precision is worse than that of the whole."""
        return "worse" in (self.recall.verdict, self.precision.verdict)


@dataclass(frozen=True, slots=True)
class Subgroup:
    """Classes of records.

    Parameters
    ----------
    name
        What they are told apart by.
    classes
        Their names, in order.
    of
        Number of each record's class; int64, shape (records,).
    """

    name: str
    classes: tuple[str, ...]
    of: Numbers

    @classmethod
    def labelled(cls, name: str, labels: Labelling) -> Self:
        """Number the classes; a record without one is of the class "unknown".

        Raises
        ------
        LinkageError
            There are more than 100 classes.
        """
        numbers, known = coded(labels)
        names = np.array([*map(str, known), UNKNOWN], dtype=np.str_)
        classes, place = np.unique(names, return_inverse=True)
        used, of = np.unique(place[numbers], return_inverse=True)
        if len(used) > MOST:
            raise LinkageError(
                f"{name} has {len(used):,} classes", do=f"Group them: {MOST} can be told apart"
            )
        return cls(name, tuple(classes[used].tolist()), of)

    @property
    def _kinds(self) -> int:
        """Number of the classes, and of the two classes of a pair in either order."""
        return len(self.classes) * (len(self.classes) + 1)

    def _kind(self, one: Numbers, other: Numbers) -> Numbers:
        """Number of two classes, whose order does not matter."""
        of = len(self.classes)
        return of + np.minimum(one, other) * of + np.maximum(one, other)

    def within(self, clusters: Numbers) -> tuple[Numbers, NDArray[np.float64]]:
        """Count the pairs of records within clusters.

        Parameters
        ----------
        clusters
            Cluster of each record, numbered from 0 without a gap; int64, shape (records,).

        Returns
        -------
        tuple of arrays
            For each kind, its pairs, and the sum over the clusters of their squares.
        """
        width = len(self.classes)
        keys, records = np.unique(clusters * width + self.of, return_counts=True)
        cluster, class_ = keys // width, keys % width
        size = np.bincount(clusters)[cluster] if len(clusters) else records
        kinds = [class_, self._kind(class_, class_)]
        # Of n records, k of the class: all pairs less those of the n - k others.
        pairs = [records * (2 * size - records - 1) // 2, records * (records - 1) // 2]
        at, step = np.arange(len(keys)), 1
        # Entries of one cluster are neighbours, the classes in order: one step after the other.
        while len(at := at[at + step < len(keys)]):
            at = at[cluster[at] == cluster[at + step]]
            kinds.append(self._kind(class_[at], class_[at + step]))
            pairs.append(records[at] * records[at + step])
            step += 1
        kind, number = np.concatenate(kinds), np.concatenate(pairs).astype(np.float64)
        totals = np.bincount(kind, weights=number, minlength=self._kinds)
        squares = np.bincount(kind, weights=number**2, minlength=self._kinds)
        return totals.astype(np.int64), squares.astype(np.float64)

    def among(self, a: Numbers, b: Numbers) -> Numbers:
        """Count pairs of records, given by position, for each kind."""
        one, other = self.of[a], self.of[b]
        kinds = np.concatenate([one, other[one != other], self._kind(one, other)])
        return np.bincount(kinds, minlength=self._kinds)

    def scores(self, counted: Counted, recall: float, precision: float) -> Iterator[SubgroupScore]:
        """Put each kind that has a pair, and each class, beside the whole.

        Parameters
        ----------
        counted
            Pairs of each kind.
        recall, precision
            Of the whole.
        """
        width, records = len(self.classes), np.bincount(self.of, minlength=len(self.classes))
        for kind in range(self._kinds):
            true, found, both = (int(n[kind]) for n in (counted.true, counted.found, counted.both))
            if kind >= width and not (true or found):
                continue
            both_of = (kind,) if kind < width else tuple(sorted({*divmod(kind - width, width)}))
            classes = (kind,) if kind < width else divmod(kind - width, width)
            candidates = counted.candidates
            yield SubgroupScore(
                subgroup=self.name,
                classes=tuple(self.classes[class_] for class_ in classes),
                records=int(sum(records[class_] for class_ in both_of)),
                recall=SubgroupShare.beside(both, true, counted.independent_true[kind], recall),
                precision=SubgroupShare.beside(
                    both, found, counted.independent_found[kind], precision
                ),
                blocking_recall=(
                    None if candidates is None else Share.counted(int(candidates[kind]), true)
                ),
            )


@dataclass(frozen=True, slots=True)
class Counted:
    """Pairs of each kind of a subgroup.

    Parameters
    ----------
    true, found, both
        Pairs that belong together, that were put together, and of which both holds.
    independent_true, independent_found
        As how many independent pairs the true and the found ones count.
    candidates
        True pairs that are candidates; None where these are not known.
    """

    true: Numbers
    found: Numbers
    both: Numbers
    independent_true: Sequence[float] | NDArray[np.float64]
    independent_found: Sequence[float] | NDArray[np.float64]
    candidates: Numbers | None = None

    @classmethod
    def of(
        cls, subgroup: Subgroup, agreement: Agreement, candidates: tuple[Numbers, Numbers] | None
    ) -> Self:
        """Count the pairs of two clusterings.

        Parameters
        ----------
        subgroup
            Classes of the records.
        agreement
            The two clusterings of these records.
        candidates
            True pairs that are candidates, each once, by position; None where not known.
        """
        true, true_squares = subgroup.within(agreement.true)
        found, found_squares = subgroup.within(agreement.found)
        both, _ = subgroup.within(agreement.cell)
        return cls(
            true=true,
            found=found,
            both=both,
            independent_true=_independent(true, true_squares),
            independent_found=_independent(found, found_squares),
            candidates=None if candidates is None else subgroup.among(*candidates),
        )


def _independent(pairs: Numbers, squares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Number of equal clusters that would leave a mean as uncertain (Kish 1965, section 11.7)."""
    return np.divide(
        pairs.astype(np.float64) ** 2, squares, out=np.zeros(len(pairs)), where=pairs > 0
    )
