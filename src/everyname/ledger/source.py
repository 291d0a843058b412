"""Source: who says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from anyascii import anyascii

from everyname.ledger.canonical import Json, canonical_json, digest


def slug(name: str) -> str:
    """Short, stable, ASCII form of a name, for use as a key.

    Parameters
    ----------
    name
        A name in any script.

    Returns
    -------
    str
        Lower-case letters, digits and hyphens; ``"unnamed"`` when nothing is left.
    """
    latin = anyascii(unicodedata.normalize("NFKC", name)).lower()
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-") or "unnamed"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: a list, article, report, testimony, official statement, register.

    Parameters
    ----------
    key
        Stable short name; records refer to it.
    name
        Full name, as shown.
    kind
        Code of the list of source kinds.
    publisher, author
        Who published it, who wrote it.
    published
        Date published, as EDTF.
    language
        BCP 47 tag.
    reliability
        A to F on the Admiralty scale; F means that it cannot be judged.
    party
        Whether the source is a party to the conflict.
    derived_from
        Keys of the sources it copies: corroboration counts independent roots only.
    """

    key: str
    name: str
    kind: str = "list"
    publisher: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    reliability: str = "F"
    party: bool = False
    derived_from: tuple[str, ...] = ()

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return {**asdict(self), "derived_from": list(self.derived_from)}

    @property
    def id(self) -> str:
        """SHA-256 of the content: a source whose description changes is entered anew."""
        return digest("everyname.source.1", canonical_json(self.content))

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a source from its sealed content."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in content.items() if name in known}
        return cls(**{**values, "derived_from": tuple(content.get("derived_from", ()))})


def independent_roots(key: str, sources: Mapping[str, Source]) -> frozenset[str]:
    """Primary sources behind a source: three articles from one agency are one.

    Parameters
    ----------
    key
        The source asked about.
    sources
        All sources by key. A key that is not among them is its own root.

    Returns
    -------
    frozenset of str
        Keys of the sources that copy nobody. Where sources copy each other in a circle, the
        circle counts as one root, named by its first key in alphabetical order.
    """
    reached = _behind(key, sources)
    roots = set()
    for one in reached:
        circle = _behind(one, sources)
        if all(one in _behind(other, sources) for other in circle):
            roots.add(min(circle))
    return frozenset(roots)


def _behind(key: str, sources: Mapping[str, Source]) -> set[str]:
    """A source, and all whom it copies, directly or by way of others."""
    reached: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            if current in sources:
                waiting.extend(sources[current].derived_from)
    return reached
