"""Delivery: the records that one reading of one document yielded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from everyname.ledger.canonical import Json, canonical_json, digest

Runs = tuple[tuple[int, int], ...]
"""Runs of consecutive numbers, each as its first and last."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The beginning of an import: which document is read, under which mapping.

    An import that was interrupted goes on under the same arrival.

    Parameters
    ----------
    file
        Name of the file under ``lists/``.
    document
        SHA-256 of the file's bytes.
    mapping
        SHA-256 of the mapping that is applied.
    reading
        How often the same was read before with another outcome, as by an older everyname.
    """

    file: str
    document: str
    mapping: str
    reading: int = 0

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return {
            "file": self.file,
            "document": self.document,
            "mapping": self.mapping,
            "reading": self.reading,
        }

    @property
    def id(self) -> str:
        """SHA-256 of the content."""
        return digest("everyname.arrival.1", canonical_json(self.content))

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make an arrival from its sealed content."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in content.items() if name in known})

    @property
    def again(self) -> Arrival:
        """The same, read once more."""
        return replace(self, reading=self.reading + 1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One reading of a document under a mapping, complete.

    The records in force are those of the latest delivery of each file: a record that a newer
    delivery does not hold stays in the ledger and is no longer listed.

    Parameters
    ----------
    file
        Name of the file under ``lists/``.
    document
        SHA-256 of the file's bytes.
    mapping
        SHA-256 of the mapping that was applied.
    arrival
        Number of the entry with which the import began.
    entries
        Numbers of the entries that hold the records, in the file's order, as runs.
    """

    file: str
    document: str
    mapping: str
    arrival: int
    entries: Runs

    @property
    def records(self) -> int:
        """Number of records."""
        return sum(last - first + 1 for first, last in self.entries)

    @property
    def records_digest(self) -> str:
        """SHA-256 over the numbers of the records' entries: the same for the same records."""
        return digest("everyname.records.1", canonical_json([list(run) for run in self.entries]))

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return {
            "file": self.file,
            "document": self.document,
            "mapping": self.mapping,
            "arrival": self.arrival,
            "entries": [list(run) for run in self.entries],
        }

    @property
    def id(self) -> str:
        """SHA-256 of the content."""
        return digest("everyname.delivery.1", canonical_json(self.content))

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a delivery from its sealed content."""
        return cls(
            file=content["file"],
            document=content["document"],
            mapping=content["mapping"],
            arrival=content["arrival"],
            entries=tuple((first, last) for first, last in content["entries"]),
        )


def runs_of(numbers: Iterable[int]) -> Runs:
    """Gather numbers into runs.

    Parameters
    ----------
    numbers
        In any order, which is kept.
    """
    runs: list[tuple[int, int]] = []
    first = last = None
    for number in numbers:
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            runs.append((first, last))
        first = last = number
    if first is not None and last is not None:
        runs.append((first, last))
    return tuple(runs)


def numbers_of(runs: Iterable[Iterable[int]]) -> Iterator[int]:
    """Numbers that runs stand for, in their order."""
    for first, last in runs:
        yield from range(first, last + 1)
