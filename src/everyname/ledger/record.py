"""Record: what one source says about one subject at one place in a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from everyname.ledger.canonical import Json, canonical_json, digest


class Statement(NamedTuple):
    """The smallest thing that can be cited: a field, a value, a stance.

    Parameters
    ----------
    field
        Name of a field of the vocabulary.
    value
        Canonical text.
    stance
        ``asserted``, ``denied`` or ``unknown``.
    """

    field: str
    value: str
    stance: str = "asserted"


class Locator(NamedTuple):
    """Where in a document a record stands.

    Parameters
    ----------
    sheet
        Name of the sheet; empty outside workbooks.
    row
        Row as the spreadsheet shows it, from 1; 0 when the document has no rows.
    """

    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        sheet = f"sheet {self.sheet}, " if self.sheet else ""
        return f"{sheet}row {self.row}"


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says about one subject at one place in a document.

    Parameters
    ----------
    source
        Key of the source.
    kind
        person, group, incident, figure, damage or response.
    key
        What the source calls this record, unique within source and kind.
    document
        SHA-256 of the document.
    locator
        Where in the document.
    statements
        What is said, field by field.
    cells
        The source's own cells, untouched: pairs of column name and text.
    """

    source: str
    kind: str
    key: str
    document: str
    locator: Locator
    statements: tuple[Statement, ...]
    cells: tuple[tuple[str, str], ...]

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return {
            "source": self.source,
            "kind": self.kind,
            "key": self.key,
            "document": self.document,
            "locator": {"sheet": self.locator.sheet, "row": self.locator.row},
            "statements": [list(statement) for statement in self.statements],
            "cells": [list(cell) for cell in self.cells],
        }

    @property
    def id(self) -> str:
        """SHA-256 of source, kind, key and content, each with its length before it."""
        return record_id(self.source, self.kind, self.key, canonical_json(self.content))

    @property
    def reference(self) -> str:
        """``source/key``: stays the same when the record is read again in another way."""
        return f"{self.source}/{self.key}"

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a record from its sealed content."""
        return cls(
            source=content["source"],
            kind=content["kind"],
            key=content["key"],
            document=content["document"],
            locator=Locator(**content["locator"]),
            statements=tuple(Statement(*statement) for statement in content["statements"]),
            cells=tuple((column, text) for column, text in content["cells"]),
        )

    def values(self, field: str) -> tuple[str, ...]:
        """Values asserted of a field, in the order in which they were written."""
        return tuple(
            s.value for s in self.statements if s.field == field and s.stance == "asserted"
        )

    def value(self, field: str) -> str:
        """First value asserted of a field; empty when there is none."""
        return next(iter(self.values(field)), "")


def record_id(source: str, kind: str, key: str, content: bytes) -> str:
    """Identify a record by what it says and who says it.

    Parameters
    ----------
    source, kind, key
        As in `Record`.
    content
        Canonical JSON of the content.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return digest("everyname.record.1", source, kind, key, content)
