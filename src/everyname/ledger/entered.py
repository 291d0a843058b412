"""Entered: what an entry of the ledger seals, when it is a plain set of named values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, ClassVar, Self

from everyname.ledger.canonical import Json, canonical_json, digest


class Entered:
    """Base of frozen dataclasses that are entered as they are: content, id, and the way back."""

    __slots__ = ()

    kind: ClassVar[str]
    """Kind of the entries that hold it."""

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        made: Any = self
        return asdict(made)

    @property
    def id(self) -> str:
        """SHA-256 of the content."""
        return digest(f"everyname.{self.kind}.1", canonical_json(self.content))

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make it from a sealed content, of which a newer everyname may have written more."""
        made: Any = cls
        known = {field.name for field in fields(made)}
        return cls(**{name: value for name, value in content.items() if name in known})
