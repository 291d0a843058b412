"""Settled: what judgements say about any pair, directly or by way of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from everyname.linkage.clusters import Ties

Pair = tuple[int, int]


class Settled:
    """Judgements on pairs of records, and what follows from them.

    Who is the same as somebody is different from everybody whom that one is different from.

    Parameters
    ----------
    ties
        Judgements so far.
    """

    def __init__(self, ties: Ties) -> None:
        self._decisions: dict[Pair, str] = {}
        for decision, pairs in (
            ("same", ties.same),
            ("different", ties.different),
            ("unsure", ties.unsure),
        ):
            self._decisions.update(((min(p), max(p)), decision) for p in pairs)
        self._follow()

    def _follow(self) -> None:
        self._parent: dict[int, int] = {}
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        self._beside: defaultdict[int, set[int]] = defaultdict(set)
        for pair, decision in self._decisions.items():
            self._note(pair, decision)

    def _note(self, pair: Pair, decision: str) -> None:
        a, b = pair
        self._beside[a].add(b)
        self._beside[b].add(a)
        one, other = self._root(a), self._root(b)
        if decision == "different":
            self._apart[one].add(other)
            self._apart[other].add(one)
        elif decision == "same" and one != other:
            self._parent[other] = one
            for third in self._apart.pop(other, set()):
                self._apart[third].discard(other)
                self._apart[third].add(one)
                self._apart[one].add(third)

    def _root(self, x: int) -> int:
        while (above := self._parent.get(x, x)) != x:
            self._parent[x] = self._parent.get(above, above)
            x = above
        return x

    def __len__(self) -> int:
        return len(self._decisions)

    def judged(self, a: int, b: int) -> str:
        """What was judged of this very pair; empty when nothing was."""
        return self._decisions.get((min(a, b), max(a, b)), "")

    def says(self, a: int, b: int) -> str:
        """What is settled of a pair: same, different or unsure; empty when it is open.

        Parameters
        ----------
        a, b
            Positions.
        """
        one, other = self._root(a), self._root(b)
        if one == other:
            return "same"
        if other in self._apart.get(one, ()):
            return "different"
        return self.judged(a, b)

    def add(self, a: int, b: int, decision: str) -> None:
        """Take in a judgement."""
        pair = (min(a, b), max(a, b))
        known = pair in self._decisions
        self._decisions[pair] = decision
        if known:
            self._follow()
        else:
            self._note(pair, decision)

    def remove(self, a: int, b: int) -> None:
        """Take a judgement back, with what followed from it."""
        self._decisions.pop((min(a, b), max(a, b)), None)
        self._follow()

    def pairs(self) -> Iterator[tuple[Pair, str]]:
        """Go through the pairs that were judged, with what was judged."""
        yield from self._decisions.items()

    def among(self, records: Collection[int]) -> Iterator[tuple[Pair, str]]:
        """Go through the pairs that were judged of which both records are among these."""
        if len(records) > len(self._decisions):
            for (a, b), decision in self._decisions.items():
                if a in records and b in records:
                    yield (a, b), decision
            return
        for a in records:
            for b in self._beside.get(a, ()):
                if a < b and b in records:
                    yield (a, b), self._decisions[a, b]

    def ties(self, records: Sequence[int]) -> Ties:
        """Judgements on some records, as `cluster` takes them.

        Parameters
        ----------
        records
            Positions, ascending; in what is returned each is replaced by its place among these.
        """
        place = {record: at for at, record in enumerate(records)}
        found = sorted(((place[a], place[b]), said) for (a, b), said in self.among(place))
        same, different, unsure = (
            tuple(pair for pair, said in found if said == wanted)
            for wanted in ("same", "different", "unsure")
        )
        return Ties(same, different, unsure)
