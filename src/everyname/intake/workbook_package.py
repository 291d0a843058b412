"""The parts of a workbook that is a ZIP archive of XML, read within limits."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from everyname.errors import TableError

CHUNK = 1 << 16
# Deflate makes a thousand bytes of one at most. A long sheet gets near a hundred.
BOMB_FROM, BOMB_RATIO = 64 << 20, 300
LARGEST_PART = 16 << 30
DAMAGED = "Open the workbook in a spreadsheet program and save it again"
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip
"""What reading a damaged archive raises."""

Attributes = dict[str, str]


class Package:
    """A workbook's archive.

    Parameters
    ----------
    file
        The open file.

    Raises
    ------
    TableError
        It is no archive.
    """

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
        except BROKEN as error:
            raise TableError(
                f"this is not a workbook ({type(error).__name__})",
                do="Send the file again, or save it as CSV",
            ) from None
        # Some programs write backslashes, and the format does not tell capitals apart.
        self._parts = {_plain(info.filename): info for info in self._archive.infolist()}

    @property
    def names(self) -> list[str]:
        """Names of all parts, in small letters."""
        return list(self._parts)

    def has(self, name: str) -> bool:
        """Tell whether there is such a part."""
        return _plain(name) in self._parts

    def chunks(self, name: str) -> Iterator[bytes]:
        """Bytes of a part, some at a time.

        Raises
        ------
        TableError
            There is no such part, it is damaged or encrypted, or grows beyond all measure.
        """
        info = self._parts.get(_plain(name))
        if info is None:
            raise TableError(f"the workbook has no part {name!r}", do=DAMAGED)
        if info.flag_bits & 1:
            raise TableError(
                "the workbook is encrypted", do="Send it without a password, or save it as CSV"
            )
        done = 0
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(CHUNK):
                    done += len(chunk)
                    if done > LARGEST_PART or (
                        done > BOMB_FROM and done > BOMB_RATIO * info.compress_size
                    ):
                        raise _bomb(done)
                    yield chunk
        except BROKEN:
            raise TableError(f"the part {name!r} is damaged", do=DAMAGED) from None

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], Any],
        end: Callable[[str], Any] | None = None,
        text: Callable[[str], Any] | None = None,
    ) -> Iterator[None]:
        """Parse a part's XML, calling with the names of elements without their namespace.

        A generator, so that what was understood can be taken out after every chunk.

        Raises
        ------
        TableError
            The part is missing, damaged, or defines entities.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)  # noqa: FBT003 - it takes no name
                yield
            parser.Parse(b"", True)  # noqa: FBT003
        except (expat.ExpatError, LookupError, ValueError) as error:
            line = getattr(error, "lineno", 0)
            raise TableError(f"the part {name!r} is damaged at line {line}", do=DAMAGED) from None
        yield


def local(name: str) -> str:
    """Name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def target(base: str, address: str) -> str:
    """Name of the part that a relationship of another part points to."""
    address = address.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/" + posixpath.dirname(base), address)).lstrip("/")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _bomb(done: int) -> TableError:
    return TableError(
        f"a part of the archive unpacks to more than {done:,} bytes, as no list does",
        do="Do not open this file elsewhere without care; ask the sender for the list as CSV",
    )


def _refuse_doctype(*_: object) -> None:
    raise TableError(
        "the workbook defines XML entities, which no spreadsheet program does",
        do="Ask the sender for the list as CSV",
    )
