"""Record: what one source says about one subject at one place in a document."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, Self

from everyname.ledger.canonical import Json, canonical_json, encoded, length_delimited


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


class EncodedRecord(NamedTuple):
    """A record as it is entered.

    Parameters
    ----------
    id
        32 bytes.
    content
        Canonical JSON.
    source, kind, key
        As in `Record`.
    """

    id: bytes
    content: bytes
    source: str
    kind: str
    key: str


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
            "statements": list(map(tuple, self.statements)),
            "cells": list(map(tuple, self.cells)),
        }

    def encoded(self) -> EncodedRecord:
        """Make the record ready to be entered.

        Raises
        ------
        LedgerError
            As from `canonical_json`.
        """
        content = encoded(self.content) if self._is_plain() else canonical_json(self.content)
        id_ = record_id(self.source, self.kind, self.key, content)
        return EncodedRecord(id_, content, self.source, self.kind, self.key)

    def _is_plain(self) -> bool:
        """Whether it is texts and a row number: seen at once, without going through it all."""
        own = self.source, self.kind, self.key, self.document, self.locator.sheet
        try:
            "".join(
                chain(chain.from_iterable(self.statements), chain.from_iterable(self.cells), own)
            )
        except TypeError:
            return False
        return type(self.locator.row) is int

    @property
    def id(self) -> str:
        """SHA-256 of source, kind, key and content, each with its length before it."""
        return self.encoded().id.hex()

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
            locator=Locator(content["locator"]["sheet"], content["locator"]["row"]),
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


def record_id(source: str, kind: str, key: str, content: bytes) -> bytes:
    """Identify a record by what it says and who says it.

    Parameters
    ----------
    source, kind, key
        As in `Record`.
    content
        Canonical JSON of the content.

    Returns
    -------
    bytes
        32 bytes.
    """
    named = key.encode()
    whole = _begun(source, kind).copy()
    whole.update(_LENGTH(len(named)) + named + _LENGTH(len(content)))
    whole.update(content)
    return whole.digest()


_LENGTH = struct.Struct(">Q").pack


@lru_cache(maxsize=1024)
def _begun(source: str, kind: str) -> hashlib._Hash:
    parts = b"everyname.record.1", source.encode(), kind.encode()
    return hashlib.sha256(length_delimited(*parts))
