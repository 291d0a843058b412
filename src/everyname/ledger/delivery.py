"""Delivery: the records that one reading of one document yielded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from everyname.ledger.canonical import Json, canonical_json, digest


@dataclass(frozen=True, slots=True)
class Delivery:
    """One reading of a document under a mapping.

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
    records
        Number of records.
    records_digest
        SHA-256 over the record ids in their order.
    """

    file: str
    document: str
    mapping: str
    records: int
    records_digest: str

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return asdict(self)

    @property
    def id(self) -> str:
        """SHA-256 of the content."""
        return digest("everyname.delivery.1", canonical_json(self.content))

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a delivery from its sealed content."""
        return cls(**content)


def digest_of_ids(ids: Sequence[str]) -> str:
    """SHA-256 over record ids in their order."""
    return digest(*ids)
