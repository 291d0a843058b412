"""One error tree: whatever everyname refuses, it refuses with one of these.

::

    EverynameError            anything a user can act on; the doors print it without a traceback
    ├── CaseError             the case folder or case.toml
    ├── MappingError          a mapping file beside a list
    ├── TableError            a list that cannot be read as a table
    ├── ValueNotUnderstood    a value of the field that cannot be read
    ├── LedgerError           the ledger refuses an entry or cannot be opened
    │   └── LedgerAltered     what is stored is not what was written
    ├── LinkageError          records that cannot be linked
    ├── SeveralErrors         several of these at once
    └── EstimationError       an array that is not a table of capture patterns

Every message says what was found, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class EverynameError(Exception):
    """Base of all errors that a user can act on.

    Parameters
    ----------
    found
        What was found, in a sentence without its full stop.
    where
        File, row and column, as far as they are known.
    do
        What to do about it.
    """

    def __init__(self, found: str, *, where: str = "", do: str = "") -> None:
        self.found = found
        self.where = where
        self.do = do
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        text = f"{self.where}: {self.found}" if self.where else self.found
        return f"{text}. {self.do}" if self.do else text


class CaseError(EverynameError):
    """The case folder or its ``case.toml`` cannot be used."""


class MappingError(EverynameError):
    """A mapping file does not fit its list."""


class TableError(EverynameError):
    """A file cannot be read as a table."""


class ValueNotUnderstood(EverynameError, ValueError):  # noqa: N818 - says what happened
    """A text cannot be read as the value it should be."""


class LedgerError(EverynameError):
    """The ledger cannot be opened or refuses an entry."""


class LedgerAltered(LedgerError):  # noqa: N818 - says what happened
    """What is stored is not what was written."""


class LinkageError(EverynameError):
    """Records cannot be linked."""


class EstimationError(EverynameError, ValueError):
    """An array is not a table of capture patterns."""


class SeveralErrors(EverynameError):  # noqa: N818 - says what happened
    """Several things are wrong at once: all are said, not only the first.

    Parameters
    ----------
    errors
        The errors.
    """

    def __init__(self, errors: Sequence[EverynameError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))
