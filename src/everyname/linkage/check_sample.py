"""Check sample: pairs drawn at random, by which the model's probabilities can be checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.pairs import Pairs
from everyname.linkage.settled import Settled

BAND_EDGES: Final = (0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99)
"""Match probabilities at which one band ends and the next begins."""

KEY_DIGITS: Final = 15
"""So many hexadecimal digits of an id fit into a number of 64 bits."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pair that was drawn at random, and what came of it.

    Parameters
    ----------
    pair
        Its place among the pairs.
    band
        Number of its band, from 0.
    decision
        same, different or unsure.
    """

    pair: int
    band: int
    decision: str


def keys_of(ids: Iterable[str]) -> NDArray[np.uint64]:
    """Numbers of records that hang on nothing but their ids, which are hexadecimal.

    Parameters
    ----------
    ids
        Ids of records.
    """
    return np.array([int(id_[:KEY_DIGITS], 16) for id_ in ids], dtype=np.uint64)


class CheckSample:
    """Draws pairs at random, equally often from each band of match probability.

    Each band has all its pairs in one random order, which hangs on the keys of the two records and
    on nothing else, so that it is the same in every session. The pairs drawn are those at the
    beginning of that order. One that was judged for another purpose, or that follows from other
    judgements, is drawn all the same, but not asked again: leaving it out would leave a sample of
    the pairs that nothing made worth asking. Pairs whose names are in conflict are no part of it.

    Parameters
    ----------
    pairs
        Scored pairs.
    keys
        A number for each record that stays the same from session to session; uint64, shape (n,).
    """

    def __init__(self, pairs: Pairs, keys: NDArray[np.uint64]) -> None:
        self._pairs = pairs
        usable = np.flatnonzero(~pairs.conflict)
        band = np.searchsorted(BAND_EDGES, pairs.probability[usable], side="right")
        drawn = _mixed(keys[pairs.a[usable]], keys[pairs.b[usable]])
        order = np.lexsort((drawn, band))
        bounds = np.searchsorted(band[order], np.arange(len(BAND_EDGES) + 2))
        self._bands = [usable[order[first:last]] for first, last in pairwise(bounds.tolist())]

    def _open(
        self, band: int, settled: Settled, put_off: Collection[tuple[int, int]]
    ) -> tuple[int, int | None]:
        """How many of a band are drawn, and the next one to be asked."""
        for number, pair in enumerate(self._bands[band]):
            ends = int(self._pairs.a[pair]), int(self._pairs.b[pair])
            if ends not in put_off and not settled.says(*ends):
                return number, int(pair)
        return len(self._bands[band]), None

    def next(self, settled: Settled, put_off: Collection[tuple[int, int]] = ()) -> int | None:
        """Draw the next pair, from the band of which the fewest are drawn.

        Parameters
        ----------
        settled
            Judgements so far.
        put_off
            Pairs that are not to be asked now.

        Returns
        -------
        int or None
            Place among the pairs; None when every pair is settled or put off.
        """
        found = (self._open(band, settled, put_off) for band in range(len(self._bands)))
        return min(
            ((number, pair) for number, pair in found if pair is not None), default=(0, None)
        )[1]

    def drawn(self, settled: Settled) -> Iterator[Drawn]:
        """Go through what was drawn so far: of each band, all before the first open pair.

        Within a band it is a simple random sample of the band's pairs. To speak of all pairs,
        weigh each band by how many pairs it has.
        """
        for band, members in enumerate(self._bands):
            for pair in members:
                decision = settled.says(int(self._pairs.a[pair]), int(self._pairs.b[pair]))
                if not decision:
                    break
                yield Drawn(int(pair), band, decision)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many pairs each band has."""
        return tuple(len(band) for band in self._bands)


def _mixed(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix two keys, in whichever order, into a number as good as random (SplitMix64)."""
    with np.errstate(over="ignore"):
        return _stirred(_stirred(np.minimum(one, other)) ^ np.maximum(one, other))


def _stirred(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Finish SplitMix64.

    Source: Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators".
    """
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = x ^ (x >> np.uint64(31))
    return mixed
