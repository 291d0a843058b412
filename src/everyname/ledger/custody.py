"""Custody: one step on the way of a document, from whom and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from everyname.ledger.canonical import Json
from everyname.ledger.entered import Entered

RECEIVED = "received"
CONVERTED = "converted"
MADE = "made"


@dataclass(frozen=True, slots=True)
class Custody(Entered):
    """What happened to a document, through whom and when.

    Parameters
    ----------
    document
        Its SHA-256.
    what
        `RECEIVED`; `CONVERTED` to a working copy; `MADE` as such a copy; or in words, as "handed
        to the archive".
    by
        Who did it; empty when nobody said.
    at
        When: an ISO 8601 time, or a date as EDTF.
    from_
        From whom; ``from`` in the sealed content.
    note
        Anything else.
    """

    kind: ClassVar[str] = "custody"

    document: str
    what: str
    by: str
    at: str
    from_: str = ""
    note: str = ""

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return {
            "document": self.document,
            "what": self.what,
            "by": self.by,
            "at": self.at,
            "from": self.from_,
            "note": self.note,
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a step from its sealed content."""
        said = {**content, "from_": content.get("from", "")}
        return super(Custody, cls).from_content(said)
