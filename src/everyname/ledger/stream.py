"""Stream: an open file whose errors say which file, whoever reads or writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, ParamSpec, TypeVar

from everyname.errors import LedgerError

_LINE = 2**16
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Stream:
    """An open file whose first error names it, and is kept: pyrage hides some and renames others.

    When pyrage is done it drops its last buffer, and whatever writing that buffer raised with it.

    Parameters
    ----------
    file
        Open for reading or for writing.
    where
        What to call it in an error.
    """

    def __init__(self, file: BinaryIO, where: str) -> None:
        self._file = file
        self.where = where
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """Read up to so many bytes."""
        return self._kept(unread, self._file.read, size)

    def line(self) -> bytes:
        """Read up to the end of a line, or 64 KiB."""
        return self._kept(unread, self._file.readline, _LINE)

    def rewind(self) -> None:
        """Go back to the beginning."""
        self._kept(unread, self._file.seek, 0)

    def write(self, data: bytes) -> int:
        """Write bytes."""
        return self._kept(unwritten, self._file.write, data)

    def _kept(
        self,
        named: Callable[[str, OSError], LedgerError],
        act: Callable[_P, _T],
        *args: _P.args,
        **kwargs: _P.kwargs,
    ) -> _T:
        try:
            return act(*args, **kwargs)
        except OSError as error:
            self.error = self.error or named(self.where, error)
            raise self.error from error
        except BaseException as error:
            self.error = self.error or error
            raise


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading.

    Raises
    ------
    LedgerError
        It cannot be opened.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise unread(str(path), error) from error
    with file:
        yield file


def unread(where: str, error: OSError) -> LedgerError:
    """Say that a file cannot be read."""
    return LedgerError(
        f"this file cannot be read ({error.strerror})",
        where=where,
        do="Correct the name or the permissions, then run again",
    )


def unwritten(where: str, error: OSError) -> LedgerError:
    """Say that a file could not be written."""
    return LedgerError(
        f"this file could not be written ({error.strerror})",
        where=where,
        do="Free the disk or name a folder of your own, then run again",
    )
