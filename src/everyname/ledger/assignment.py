"""Assignment: which person each record belongs to, as far as it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from everyname.ledger.canonical import Json, canonical_json, digest


@dataclass(frozen=True, slots=True)
class Assignment:
    """A change in who is who.

    Parameters
    ----------
    changes
        Pairs of record reference and person id, for records whose person changed; an empty
        person id means that the record is no longer in force.
    redirects
        Pairs of person ids: the first no longer holds records and leads to the second.
    """

    changes: tuple[tuple[str, str], ...]
    redirects: tuple[tuple[str, str], ...] = ()

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return {
            "changes": [list(change) for change in self.changes],
            "redirects": [list(redirect) for redirect in self.redirects],
        }

    @property
    def id(self) -> str:
        """SHA-256 of the content."""
        return digest("everyname.assignment.1", canonical_json(self.content))

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make an assignment from its sealed content."""
        return cls(
            changes=tuple((record, person) for record, person in content["changes"]),
            redirects=tuple((old, new) for old, new in content["redirects"]),
        )
