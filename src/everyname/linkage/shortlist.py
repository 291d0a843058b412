"""Shortlist: questions that may be asked, those first that change the most."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, order=True, slots=True)
class Entry:
    """A question that may be asked.

    Parameters
    ----------
    rank
        The expected change of the count, negative; of two that are equal the first positions win.
    a, b
        Positions of the two records.
    stamp
        State of the record `a` for which it was entered.
    probability
        Match probability of the pair.
    same
        Probability that "same" is the answer, as far as anybody knows.
    exact
        Whether `rank` was worked out, or is what can be expected at first sight.
    words
        What contradicts, in words.
    """

    rank: float
    a: int
    b: int
    stamp: int
    probability: float = field(compare=False)
    same: float = field(compare=False)
    exact: bool = field(compare=False, default=False)
    words: str = field(compare=False, default="")


class Shortlist:
    """Questions that may be asked, those first that change the most.

    Parameters
    ----------
    size
        Number of records.
    settled
        Whether a pair needs no answer any more.
    """

    def __init__(self, size: int, settled: Callable[[int, int], object]) -> None:
        self._settled = settled
        self._stamp = np.zeros(size, dtype=np.int64)
        self._open = np.zeros(size, dtype=np.int64)
        self._stamps = 0
        self._heap: list[Entry] = []
        self._aside: list[Entry] = []
        self.put_off: set[tuple[int, int]] = set()

    def __len__(self) -> int:
        """How many questions hold."""
        return int(self._open.sum())

    def stamp(self, record: int) -> int:
        """State of a record, for an entry to carry."""
        return int(self._stamp[record])

    def forget(self, records: NDArray[np.int64]) -> None:
        """Let no question hold any more whose first record is one of these."""
        self._stamps += 1
        self._stamp[records] = self._stamps
        self._open[records] = 0

    def enter(self, entries: Iterable[Entry]) -> None:
        """Take in questions."""
        added = list(entries)
        for entry in added:
            self._open[entry.a] += 1
        if len(added) > len(self._heap):
            self._heap.extend(added)
            heapq.heapify(self._heap)
        else:
            for entry in added:
                heapq.heappush(self._heap, entry)

    def ask_again(self) -> bool:
        """Bring back what was put off; tell whether anything was."""
        again = bool(self.put_off)
        self.put_off.clear()
        for entry in self._aside:
            heapq.heappush(self._heap, entry)
        self._aside.clear()
        return again

    def top(self) -> Entry | None:
        """Return the first question that holds; throw away those before it that do not."""
        while self._heap:
            top = self._heap[0]
            if top.stamp != self._stamp[top.a]:
                heapq.heappop(self._heap)
            elif self._settled(top.a, top.b):
                self.drop()
            elif (top.a, top.b) in self.put_off:
                self._aside.append(heapq.heappop(self._heap))
            else:
                return top
        return None

    def drop(self) -> None:
        """Take the first question away."""
        self._open[heapq.heappop(self._heap).a] -= 1

    def replace(self, entry: Entry) -> None:
        """Put another entry of the same question in the place of the first."""
        heapq.heapreplace(self._heap, entry)
