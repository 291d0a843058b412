"""Cells: a file's rows of text, packed so that a million rows fit in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import numpy as np
import polars as pl

BATCH = 20_000
_HALF = re.compile("[\ud800-\udfff]")


class Cells:
    r"""Rows of cells, which may differ in length; read-only.

    Parameters
    ----------
    flat
        All cells, row after row.
    ends
        For each row, the number of cells up to and including it; shape (rows,), int64.

    Notes
    -----
    Text is kept as UTF-8, which has no half characters: `pack` writes a lone surrogate as the
    six characters of its escape, such as ``\ud800``, and notes where.
    """

    __slots__ = ("_ends", "_flat", "halves")

    def __init__(
        self, flat: pl.Series, ends: np.ndarray, halves: tuple[tuple[int, int], ...] = ()
    ) -> None:
        self._flat = flat
        self._ends = ends
        self.halves = halves
        """Row and column (from 0) of cells in which a lone surrogate stood."""

    @classmethod
    def pack(cls, rows: Iterable[Sequence[str]]) -> Cells:
        """Pack rows as they come; the rows themselves need never be all in memory."""
        parts: list[pl.Series] = []
        widths: list[np.ndarray] = []
        halves: list[tuple[int, int]] = []
        each = iter(rows)
        done = 0
        while batch := list(islice(each, BATCH)):
            widths.append(np.fromiter(map(len, batch), dtype=np.int64, count=len(batch)))
            try:
                parts.append(pl.Series(list(chain.from_iterable(batch)), dtype=pl.String))
            except UnicodeEncodeError:
                halves.extend(_halves(batch, done))
                whole = [_whole(text) for text in chain.from_iterable(batch)]
                parts.append(pl.Series(whole, dtype=pl.String))
            done += len(batch)
        flat = pl.concat(parts) if parts else pl.Series([], dtype=pl.String)
        ends = np.cumsum(np.concatenate(widths)) if widths else np.zeros(0, dtype=np.int64)
        return cls(flat, ends, tuple(halves))

    def __len__(self) -> int:
        return len(self._ends)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cells):
            return NotImplemented
        return np.array_equal(self._ends, other._ends) and self._flat.equals(other._flat)

    __hash__ = None  # type: ignore[assignment]

    @property
    def count(self) -> int:
        """Number of cells."""
        return len(self._flat)

    @property
    def widths(self) -> np.ndarray:
        """Number of cells of each row; shape (rows,)."""
        return np.diff(self._ends, prepend=0)

    @property
    def width(self) -> int:
        """Number of cells of the longest row."""
        return int(self.widths.max(initial=0))

    def row(self, index: int) -> list[str]:
        """Cells of one row, from 0."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        start = int(self._ends[index - 1]) if index else 0
        return self._flat.slice(start, int(self._ends[index]) - start).to_list()

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[list[str]]:
        """Rows from `start` to before `stop`, from 0, some thousand in memory at a time."""
        stop = len(self) if stop is None else min(stop, len(self))
        for first in range(start, stop, BATCH):
            last = min(first + BATCH, stop)
            begin = int(self._ends[first - 1]) if first else 0
            ends = (self._ends[first:last] - begin).tolist()
            texts = self._flat.slice(begin, ends[-1]).to_list()
            at = 0
            for end in ends:
                yield texts[at:end]
                at = end

    def column(self, index: int, start: int = 0, stop: int | None = None) -> pl.Series:
        """Cells of one column, from 0, of rows `start` to before `stop`; null in rows too short."""
        ends = self._ends[start:stop]
        widths = np.diff(ends, prepend=self._ends[start - 1] if start else 0)
        begins = ends - widths
        there = pl.Series(np.where(widths > index, begins + index, -1), dtype=pl.Int64)
        return self._flat.gather(there.replace(-1, None))

    def holding(self, start: int = 0) -> np.ndarray:
        """Number of cells of each row from `start` on that hold more than white space."""
        holds = (self._flat.str.strip_chars() != "").to_numpy()
        so_far = np.concatenate([[0], np.cumsum(holds)])
        ends = self._ends[start:]
        filled: np.ndarray = so_far[ends] - so_far[ends - self.widths[start:]]
        return filled

    def starting_with(self, text: str) -> Iterator[tuple[int, int]]:
        """Row and column, from 0, of the cells that start with a text."""
        places = self._flat.str.starts_with(text).arg_true().to_numpy()
        rows = np.searchsorted(self._ends, places, side="right")
        columns = places - (self._ends - self.widths)[rows]
        yield from zip(rows.tolist(), columns.tolist(), strict=True)


def _whole(text: str) -> str:
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _halves(batch: Sequence[Sequence[str]], first: int) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(batch, start=first):
        for column, text in enumerate(cells):
            if _HALF.search(text):
                yield row, column
