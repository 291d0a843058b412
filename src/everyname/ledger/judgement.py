"""Judgement: somebody holds that two records are about the same subject, or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self, get_args

from everyname.ledger.canonical import Json, canonical_json, digest

Decision = Literal["same", "different", "unsure"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who holds what about two records, when and why.

    Parameters
    ----------
    record_a, record_b
        References (``source/key``) of the two records.
    decision
        same, different, or unsure: it cannot be told.
    reviewer
        Who judged.
    time
        When, as written by the reviewer.
    reason
        Why.
    """

    record_a: str
    record_b: str
    decision: Decision
    reviewer: str
    time: str = ""
    reason: str = ""

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return asdict(self)

    @property
    def id(self) -> str:
        """SHA-256 of the content."""
        return digest("everyname.judgement.1", canonical_json(self.content))

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a judgement from its sealed content."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in content.items() if name in known}
        return cls(**values)
