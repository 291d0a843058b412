"""Data sets with a known truth that linkage is measured on."""

from __future__ import annotations

import hashlib
import inspect
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

import polars as pl

from everyname.vocabulary import FIELDS, ReadOptions

SHARED = Path(os.environ.get("EVERYNAME_SHARED", Path(__file__).parents[3] / "shared"))
"""Folder of the data kept beside the project."""
CACHE = Path(os.environ.get("EVERYNAME_BENCH_CACHE", "/tmp/everyname-bench"))  # noqa: S108
"""Folder that data sets are kept in once they are made."""

Score = Literal["pairs", "across", "bcubed"]
_LIST, _TRUTH = "__list__", "__truth__"


@dataclass(frozen=True, slots=True)
class DataSet:
    """Records, the lists they stand on, and who they are.

    Parameters
    ----------
    name
        Name of the set.
    values
        One row a record, columns named by fields of the vocabulary (and ``occupation``,
        ``residence_address``, ``residence_place``, ``residence_code`` where the set has them):
        canonical texts, null where not stated.
    lists
        The list of each record.
    truth
        The person of each record; None where nobody knows: such a record is linked but not
        scored.
    one_to_one
        Whether no person stands twice on one list.
    score
        What is scored: all ``pairs``, pairs ``across`` lists alone, or ``bcubed`` (all pairs
        too, but B-cubed and the count are what the issue asks for).
    """

    name: str
    values: pl.DataFrame
    lists: list[str]
    truth: list[str | None]
    one_to_one: bool
    score: Score

    @property
    def persons(self) -> int:
        """Distinct persons among the records whose truth is known."""
        return len({person for person in self.truth if person is not None})

    @property
    def true_pairs(self) -> int:
        """Pairs that are one person: across lists alone where `score` says so."""
        known = [(p, one) for p, one in zip(self.truth, self.lists, strict=True) if p is not None]
        pairs = _pairs(Counter(p for p, _ in known))
        return pairs - _pairs(Counter(known)) if self.score == "across" else pairs


def _pairs(sizes: Mapping[object, int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


@dataclass(frozen=True, slots=True)
class Records:
    """What a loader makes, before it is kept: rows of values, lists, truth."""

    values: pl.DataFrame
    lists: Sequence[str]
    truth: Sequence[str | None]


def kept(
    name: str,
    make: Callable[[], Records],
    *,
    one_to_one: bool,
    score: Score,
    data: Iterable[Path] = (),
    made_by: Iterable[ModuleType] = (),
) -> DataSet:
    """Load a data set from the cache; make and keep it where it is not there.

    Parameters
    ----------
    name, one_to_one, score
        As in `DataSet`.
    make
        Makes the records.
    data
        Files that they are made of: other ones are other data.
    made_by
        Modules, beside that of ``make``, whose change makes the data anew.

    Raises
    ------
    FileNotFoundError
        One of the files is not there.
    """
    version = hashlib.sha256(inspect.getsource(inspect.getmodule(make) or DataSet).encode())
    for module in made_by:
        version.update(inspect.getsource(module).encode())
    for path in data:
        found = path.stat()
        version.update(f"{path.name} {found.st_size} {found.st_mtime_ns}".encode())
    file = CACHE / f"{name}-{version.hexdigest()[:12]}.parquet"
    if not file.exists():
        records = make()
        CACHE.mkdir(parents=True, exist_ok=True)
        whole = records.values.with_columns(
            pl.Series(_LIST, records.lists, pl.String), pl.Series(_TRUTH, records.truth, pl.String)
        )
        beside = file.with_suffix(f".{os.getpid()}")
        whole.write_parquet(beside)
        beside.replace(file)
    whole = pl.read_parquet(file)
    return DataSet(
        name,
        whole.drop(_LIST, _TRUTH),
        whole[_LIST].to_list(),
        whole[_TRUTH].to_list(),
        one_to_one,
        score,
    )


def read(field: str, text: str | None, options: ReadOptions = ReadOptions()) -> str | None:  # noqa: B008
    """Read a text as intake does: its canonical form; None where unknown or not understood."""
    reading = FIELDS[field].read(text or "", options)
    return reading.value if reading.stance == "asserted" else None


def read_born(text: str | None) -> str | None:
    """Read a birth date; of a date that there is not, such as 1861-81-09, its year is kept."""
    text = text or ""
    options = ReadOptions(date_order="ymd", calendar="gregorian")
    return read("birth_date", text, options) or read("birth_date", text[:4], options)


def joined(*parts: str | None) -> str | None:
    """Join what is stated; None where nothing is."""
    return " ".join(part.strip() for part in parts if part and part.strip()) or None


def frame(rows: Sequence[Mapping[str, str | None]]) -> pl.DataFrame:
    """Put rows of values into columns, all of them texts; without columns that nobody fills."""
    names = list(dict.fromkeys(name for row in rows for name, text in row.items() if text))
    return pl.DataFrame(
        {name: [row.get(name) or None for row in rows] for name in names},
        schema=dict.fromkeys(names, pl.String),
    )
