"""Scores of a linkage of a data set whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.vocabulary.script import script
from linkage_sets import DataSet

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a linkage found: labels under its three readings, and the pairs that it scored.

    Positions are rows of ``DataSet.values``; ``a < b``.
    """

    low: Labels
    best: Labels
    high: Labels
    a: Labels
    b: Labels
    probability: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shares:
    """Precision and recall."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.4f} / {self.recall:.4f} / {self.f1:.4f}"


def numbers(labels: Sequence[object]) -> Labels:
    """Whole numbers in place of labels of any kind."""
    known: dict[object, int] = {}
    return np.array([known.setdefault(label, len(known)) for label in labels], dtype=np.int64)


class Scored:
    """A linkage beside the truth; records whose truth is unknown are left out.

    Parameters
    ----------
    data
        The data set.
    linked
        What was found.
    """

    def __init__(self, data: DataSet, linked: Linked) -> None:
        self._data, self._linked = data, linked
        self._known = np.array([t is not None for t in data.truth])
        self._list = numbers(data.lists)
        # Every record of unknown truth gets a number of its own: it is nobody's pair.
        self._truth = numbers([t if t is not None else at for at, t in enumerate(data.truth)])
        self._true = self._pairs_of(self._truth)
        self._found = self._pairs_of(linked.best)

    def _pairs_of(self, labels: Labels) -> NDArray[np.int64]:
        """All pairs of known records with one label, as ``a * n + b``, that are scored."""
        places = np.flatnonzero(self._known)
        places = places[np.argsort(labels[places], kind="stable")]
        ends = np.flatnonzero(np.diff(labels[places], append=-1))
        starts = np.concatenate([[0], ends[:-1] + 1])
        parts = [np.empty((0, 2), dtype=np.int64)]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            if end > start:
                members = np.sort(places[start : end + 1])
                a, b = np.triu_indices(len(members), 1)
                parts.append(np.stack([members[a], members[b]], axis=1))
        both = np.concatenate(parts)
        if self._data.score == "across":
            both = both[self._list[both[:, 0]] != self._list[both[:, 1]]]
        return np.sort(both[:, 0] * len(labels) + both[:, 1])

    def pairwise(self) -> Shares:
        """Precision and recall of pairs."""
        both = len(np.intersect1d(self._true, self._found, assume_unique=True))
        return Shares(_share(both, len(self._found)), _share(both, len(self._true)))

    def bcubed(self) -> Shares:
        """B-cubed precision and recall (Bagga and Baldwin 1998) of the records known."""
        truth, found = self._truth[self._known], self._linked.best[self._known]
        size = len(self._truth) + 1
        cells, cell = np.unique(truth * size + _dense(found), return_inverse=True)
        together = np.bincount(cell, minlength=len(cells))[cell]
        of_truth, of_found = (np.unique(x, return_inverse=True)[1] for x in (truth, found))
        precision = together / np.bincount(of_found)[of_found]
        recall = together / np.bincount(of_truth)[of_truth]
        return Shares(float(precision.mean()), float(recall.mean()))

    def counts(self) -> tuple[int, int, int, int]:
        """Persons: low, best, high, true, of the records known."""
        linked = self._linked
        low, best, high, true = (
            len(np.unique(labels[self._known]))
            for labels in (linked.low, linked.best, linked.high, self._truth)
        )
        return low, best, high, true

    def recall_of_candidates(self) -> float:
        """Share of the true pairs that were scored at all."""
        scored = np.unique(self._linked.a * len(self._truth) + self._linked.b)
        return _share(len(np.intersect1d(self._true, scored)), len(self._true))

    def calibration(self, floor: float = 0.01, bins: int = 10) -> float:
        """Expected calibration error of the pairs with a probability of at least ``floor``."""
        linked = self._linked
        wanted = (linked.probability >= floor) & self._known[linked.a] & self._known[linked.b]
        if self._data.score == "across":
            wanted &= self._list[linked.a] != self._list[linked.b]
        probability = linked.probability[wanted]
        true = self._truth[linked.a[wanted]] == self._truth[linked.b[wanted]]
        which = np.minimum((probability * bins).astype(int), bins - 1)
        weight = np.bincount(which, minlength=bins)
        off = np.bincount(which, probability, bins) - np.bincount(which, true, bins)
        return _share(float(np.abs(off).sum()), float(weight.sum()))

    def largest(self) -> int:
        """Records of the largest cluster."""
        return int(np.bincount(_dense(self._linked.best)).max())

    def by(self, subgroup: Sequence[str]) -> dict[str, tuple[int, Shares]]:
        """True pairs, precision and recall of the pairs of each subgroup.

        A pair belongs to what its two records say, put together: "female" where one says so and
        the other says nothing, "Arabic-Latin" where they differ.
        """
        names = np.array(subgroup, dtype=object)
        true, found = self._grouped(self._true, names), self._grouped(self._found, names)
        result = {}
        for name in sorted({*true, *found}):
            t, f = (of.get(name, np.empty(0, dtype=np.int64)) for of in (true, found))
            both = len(np.intersect1d(t, f, assume_unique=True))
            result[name] = len(t), Shares(_share(both, len(f)), _share(both, len(t)))
        return result

    def _grouped(
        self, pairs: NDArray[np.int64], names: NDArray[np.object_]
    ) -> dict[str, NDArray[np.int64]]:
        a, b = np.divmod(pairs, len(self._truth))
        joined = np.array(
            ["-".join(sorted({x, y} - {""})) for x, y in zip(names[a], names[b], strict=True)],
            dtype=object,
        )
        return {str(name): pairs[joined == name] for name in set(joined.tolist())}


def sexes(data: DataSet) -> list[str]:
    """Sex of each record; empty where it does not say."""
    if "sex" not in data.values.columns:
        return [""] * data.values.height
    return [sex or "" for sex in data.values["sex"].to_list()]


def scripts(data: DataSet) -> list[str]:
    """Script of the name of each record; empty where it has none."""
    columns = [c for c in ("name", "given_name", "family_name") if c in data.values.columns]
    rows = data.values.select(columns).iter_rows()
    return [script(" ".join(part for part in row if part)) for row in rows]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _dense(labels: Labels) -> Labels:
    return np.asarray(np.unique(labels, return_inverse=True)[1], dtype=np.int64)
