"""Access: contents of the ledger left the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from everyname.ledger.entered import Entered


@dataclass(frozen=True, slots=True)
class Access(Entered):
    """Who took what out of the ledger, when and why.

    Parameters
    ----------
    who
        Name of the account, or of the person.
    when
        ISO 8601 time in UTC.
    what
        Such as the person or the record of which a bundle was made.
    why
        For what, or for whom.
    """

    kind: ClassVar[str] = "access"

    who: str
    when: str
    what: str
    why: str = ""
