"""Release: what was published, byte by byte, and from which ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from everyname.ledger.entered import Entered


@dataclass(frozen=True, slots=True)
class Release(Entered):
    """A report and its data, as they were given out.

    Parameters
    ----------
    title
        What it is cited by.
    made
        When, as an ISO 8601 time in UTC.
    by
        Who gave it out.
    outputs
        Path within ``out/`` and SHA-256 of each file, by path.
    root
        Root of the ledger's tree that the report names, in hexadecimal.
    note
        Anything else.
    """

    kind: ClassVar[str] = "release"

    title: str
    made: str
    by: str
    outputs: tuple[tuple[str, str], ...]
    root: str
    note: str = ""

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a release from its sealed content."""
        outputs = tuple((path, sha256) for path, sha256 in content["outputs"])
        # Without arguments, super() does not find the class that slots put in this one's place.
        return super(Release, cls).from_content({**content, "outputs": outputs})
