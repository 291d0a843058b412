"""Questions: which pair to ask about next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.candidates import candidates
from everyname.linkage.check_sample import CheckSample
from everyname.linkage.clusters import Clustering, Thresholds, Ties
from everyname.linkage.neighbourhood import BROADEST, Neighbourhoods
from everyname.linkage.pairs import Pairs
from everyname.linkage.question import (
    CHANGES,
    CHECKS,
    CONTRADICTS,
    Contradiction,
    Purpose,
    Question,
)
from everyname.linkage.settled import Settled
from everyname.linkage.shortlist import Entry, Shortlist

Integers = NDArray[np.int64]

CHECK_SHARE = 0.25
"""Share of the questions that are drawn at random, to check the model."""

STILL_ONE = 0.75
"""Probability that two records are one person although they contradict each other: most
contradictions are slips of the pen."""

WEIGHED = 12
"""How many of the likeliest questions are worked out exactly before the best is asked."""

LARGEST = 3_000
"""Records of a neighbourhood up to which it is clustered again after an answer."""


class Questions:
    """Decides which pair to ask about next; made by `questions`.

    Parameters
    ----------
    pairs, clustering, thresholds, ties, size, contradictions, keys, check_share
        As for `questions`.
    """

    def __init__(
        self,
        pairs: Pairs,
        clustering: Clustering,
        thresholds: Thresholds,
        ties: Ties,
        size: int,
        contradictions: Sequence[Contradiction],
        keys: NDArray[np.uint64],
        check_share: float,
    ) -> None:
        self._pairs = pairs
        self._thresholds = thresholds
        self._check_share = check_share
        self.settled = Settled(ties)
        low, best, high = (
            labels.copy() for labels in (clustering.low, clustering.best, clustering.high)
        )
        self._labels = {"low": low, "best": best, "high": high}
        self._count = {name: len(np.unique(labels)) for name, labels in self._labels.items()}
        self._near = Neighbourhoods(pairs, clustering.low, thresholds, self.settled)
        self._checks = CheckSample(pairs, keys)
        self._asked = len(self.settled)
        self._contradictions = tuple(contradictions)
        self._shortlist = Shortlist(size, self.settled.says)
        self._shortlist.enter(self._entries(pairs, np.arange(size), high, best))

    @property
    def count(self) -> tuple[int, int, int]:
        """Persons as judged so far: low, best, high."""
        return self._count["low"], self._count["best"], self._count["high"]

    @property
    def open(self) -> int:
        """How many questions are left that may change the count."""
        return len(self._shortlist)

    @property
    def checked(self) -> tuple[int, int]:
        """How many pairs of the random sample are settled, and from how many it is drawn."""
        return sum(1 for _ in self._checks.drawn(self.settled)), sum(self._checks.sizes)

    def next(self) -> Question | None:
        """Question to be asked now; the same until it is judged or put off.

        Returns
        -------
        Question or None
            None when no answer would change the count.
        """
        entry = self._best()
        if entry is None:
            return None
        if int((self._asked + 1) * self._check_share) > int(self._asked * self._check_share):
            pair = self._checks.next(self.settled, self._shortlist.put_off)
            if pair is not None:
                a, b = int(self._pairs.a[pair]), int(self._pairs.b[pair])
                return Question(a, b, float(self._pairs.probability[pair]), 0.0, CHECKS)
        why: Purpose = CONTRADICTS if entry.words else CHANGES
        return Question(entry.a, entry.b, entry.probability, -entry.rank, why, entry.words)

    def about(self, a: int, b: int) -> Question:
        """Question about a pair of anybody's choice, such as one whose answer was taken back."""
        place = np.flatnonzero((self._pairs.a == a) & (self._pairs.b == b))
        probability = float(self._pairs.probability[place[0]]) if len(place) else 0.0
        return Question(a, b, probability, 0.0, CHANGES)

    def put_off(self, a: int, b: int) -> None:
        """Do not ask about a pair until `ask_again`."""
        self._shortlist.put_off.add((a, b))
        self._asked += 1

    def ask_again(self) -> bool:
        """Ask again about what was put off; tell whether anything was."""
        return self._shortlist.ask_again()

    def judge(self, a: int, b: int, decision: str) -> None:
        """Take in an answer, and what follows from it for the records near by.

        Parameters
        ----------
        a, b
            Positions.
        decision
            same, different or unsure.
        """
        self._asked += 1
        self.settled.add(a, b, decision)
        if decision != "different" and not self._near.one(a, b):
            self._near.divide(self.settled)
        self._renew(a, b)

    def take_back(self, a: int, b: int) -> None:
        """Take an answer back, and what followed from it."""
        self._asked -= 1
        self.settled.remove(a, b)
        self._near.divide(self.settled)
        self._renew(a, b)

    def _renew(self, a: int, b: int) -> None:
        """Cluster the neighbourhoods of two records again, and enter their questions anew."""
        for record in (a,) if self._near.one(a, b) else (a, b):
            if self._near.breadth(record) > LARGEST:
                continue
            near = self._near.around(record, self.settled)
            found = near.clustered(self._thresholds)
            for name, labels in (("low", found.low), ("best", found.best), ("high", found.high)):
                before = len(np.unique(self._labels[name][near.records]))
                self._count[name] += len(np.unique(labels)) - before
                self._labels[name][near.records] = near.records[labels]
            self._shortlist.forget(near.records)
            self._shortlist.enter(self._entries(near.pairs, near.records, found.high, found.best))

    def _entries(
        self, pairs: Pairs, records: Integers, high: Integers, best: Integers
    ) -> Iterator[Entry]:
        """Questions between the persons of some records, unless they were asked.

        Parameters
        ----------
        pairs
            Scored pairs; positions are places in `records`.
        records
            Positions.
        high, best
            Labels of `records`.
        """
        place = {record: at for at, record in enumerate(records.tolist())}
        closed = {
            frozenset((int(high[place[a]]), int(high[place[b]])))
            for (a, b), _ in self.settled.among(place)
        }
        found = candidates(pairs, high, best, self._thresholds)
        columns = (
            found.one,
            found.other,
            records[pairs.a[found.pair]],
            records[pairs.b[found.pair]],
            pairs.probability[found.pair],
            found.doubt,
            found.probability,
        )
        for one, other, a, b, probability, doubt, same in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            if not closed or frozenset((one, other)) not in closed:
                stamp = self._shortlist.stamp(a)
                yield Entry(-doubt, a, b, stamp, probability, same)
        for each in self._contradictions:
            if each.a in place and each.b in place and best[place[each.a]] == best[place[each.b]]:
                stamp = self._shortlist.stamp(each.a)
                doubt = 1 - STILL_ONE
                yield Entry(-doubt, each.a, each.b, stamp, 1.0, STILL_ONE, words=each.words)

    def _best(self) -> Entry | None:
        """Question that changes the count most, of the likeliest."""
        for _ in range(WEIGHED):
            top = self._shortlist.top()
            if top is None or top.exact:
                break
            weighed = self._weighed(top)
            if weighed.rank < 0:
                self._shortlist.replace(weighed)
            else:
                self._shortlist.drop()
        return self._shortlist.top()

    def _weighed(self, entry: Entry) -> Entry:
        """Work out what both answers would change, by clustering the neighbourhood with each."""
        if self._near.breadth(entry.a) > BROADEST or not self._near.one(entry.a, entry.b):
            return replace(entry, exact=True)
        near = self._near.around(entry.a, self.settled)
        now = len(np.unique(self._labels["best"][near.records]))
        if_same, if_different = (
            abs(near.persons_if(entry.a, entry.b, decision, self._thresholds) - now)
            for decision in ("same", "different")
        )
        change = entry.same * if_same + (1 - entry.same) * if_different
        return replace(entry, rank=-change, exact=True)


def questions(
    pairs: Pairs,
    clustering: Clustering,
    thresholds: Thresholds,
    ties: Ties,
    size: int,
    *,
    contradictions: Sequence[Contradiction] = (),
    keys: NDArray[np.uint64] | None = None,
    check_share: float = CHECK_SHARE,
) -> Questions:
    """Make ready to ask about pairs, those first whose answers change the count the most.

    Of each two likely persons (reading *high*) between which a pair is at least undecided, one
    pair is asked about: the one that speaks for a match most. What an answer changes is worked out
    by clustering the neighbourhood again with it, so that all joins and splits that follow are
    counted. What is judged, or follows from judgements, is never asked.

    Parameters
    ----------
    pairs
        Scored pairs, each once.
    clustering
        What `cluster` made of them.
    thresholds
        Where decisions change.
    ties
        Judgements so far; they do not contradict each other.
    size
        Number of records.
    contradictions
        Pairs within persons that state what cannot both be true.
    keys
        A number for each record that stays the same from session to session, by which the random
        share is drawn; positions if left out. Shape (size,).
    check_share
        Share of the questions that are drawn at random from all bands of probability, 0 to 1; see
        `CheckSample`.

    Returns
    -------
    Questions
        Ask it for the `next`, and tell it what was judged.
    """
    if keys is None:
        keys = np.arange(size, dtype=np.uint64)
    return Questions(
        pairs, clustering, thresholds, ties, size, tuple(contradictions), keys, check_share
    )
