"""Sourcing: who speaks in each row of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from everyname.intake.mapping import Mapping
from everyname.ledger import Source, slug


class Sourcing:
    """Says who speaks in each row.

    Parameters
    ----------
    mapping
        The mapping: the list's own source, and the columns that name another.
    """

    def __init__(self, mapping: Mapping) -> None:
        self._default = mapping.source.source()
        self._named = mapping.source_columns.named() if mapping.source_columns else {}
        self.columns = frozenset(self._named.values())
        self.sources: dict[str, Source] = {} if self._named else {self._default.key: self._default}

    def prefix(self, source: Source) -> str:
        """What sets a row apart from rows of the same source in another list."""
        return "" if source.key == self._default.key else f"{self._default.key}:"

    def source(self, row: Sequence[str], position: dict[str, int]) -> Source:
        """Return the source of a row: the list itself, or whom the row names."""
        places = ((what, position[column]) for what, column in self._named.items())
        said = {what: row[at].strip() if at < len(row) else "" for what, at in places}
        if not said.get("name"):
            self.sources.setdefault(self._default.key, self._default)
            return self._default
        key = slug(said["name"])
        if key == self._default.key:
            return self.sources.setdefault(key, self._default)
        if key not in self.sources:
            kind = slug(said.get("kind", "")).replace("-", "_") if said.get("kind") else "other"
            copied = [slug(n) for n in said.get("derived_from", "").split(";") if n.strip()]
            self.sources[key] = replace(
                self._default,
                key=key,
                name=said["name"],
                kind=kind,
                publisher="",
                author="",
                published="",
                language="",
                reliability="F",
                party=kind == "party",
                derived_from=tuple(copied),
            )
        return self.sources[key]
