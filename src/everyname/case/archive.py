"""Archive: files in one tar whose every byte follows from a manifest and the files themselves.

First comes ``manifest.json``, which names each file with its size; then the files, in that order;
last ``SHA256SUMS``, as `sha256sum` writes it. Any tar program unpacks it. It is read here without
one: nothing is taken that is not, byte for byte, what would have been written, so there is neither
room for links, devices and names that lead elsewhere, nor for more bytes than the manifest says.

References
----------
POSIX.1-2017, pax, ustar interchange format and pax header blocks.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from everyname.errors import CaseError
from everyname.ledger.stream import opened, unread

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
CASE = "case"
BLOCK = 512
CHUNK = 2**20
END = bytes(2 * BLOCK)

# More than eleven octal digits do not fit into a header.
_MOST = 8**11


class Member(BaseModel):
    """A file or folder of an archive.

    Parameters
    ----------
    name
        Relative to the archive; that of a folder ends with a slash.
    size
        Number of bytes; 0 for a folder.
    mode
        Permission bits.
    mtime
        When it was last changed, in seconds since 1970.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str
    size: int = Field(ge=0, lt=2**63)
    mode: int = Field(ge=0, le=0o777)
    mtime: int = Field(ge=0, lt=_MOST)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.name.endswith("/")

    @property
    def header(self) -> bytes:
        """The blocks that stand before its content."""
        name = self.name.encode()
        kind = b"5" if self.is_folder else b"0"
        long = [(b"path", name)] if len(name) > 100 else []
        large = [(b"size", b"%d" % self.size)] if self.size >= _MOST else []
        block = _block(name[:100], 0 if large else self.size, self.mode, self.mtime, kind)
        if not long and not large:
            return block
        records = b"".join(_record(*pair) for pair in (*long, *large))
        before = _block(b"././@PaxHeader", len(records), 0o600, 0, b"x")
        return before + records + padding(len(records)) + block


class Manifest(BaseModel):
    """What an archive holds.

    Parameters
    ----------
    format
        Of the archive.
    everyname
        Version that wrote it.
    made
        When, as an ISO 8601 time in UTC.
    ledger
        Name of the ledger's snapshot; empty where there is no ledger yet.
    members
        In their order; each folder before what is in it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["everyname backup 1"] = "everyname backup 1"
    everyname: str
    made: str
    ledger: str = Field(pattern=r"\A(|ledger\.sqlite|ledger\.dump)\z")
    members: tuple[Member, ...]

    @model_validator(mode="after")
    def _leads_nowhere_else(self) -> Manifest:
        folders: set[str] = {""}
        names: set[str] = set()
        for member in self.members:
            name = member.name.removesuffix("/")
            parent, _, last = name.rpartition("/")
            below = name == CASE or name.startswith(f"{CASE}/") or name == self.ledger
            if not below or last in {"", ".", ".."} or "\0" in name:
                raise ValueError(f"a file cannot be called {member.name!r}")
            if name in names or parent not in folders:
                raise ValueError(f"{member.name!r} has no folder, or stands twice")
            names.add(name)
            if member.is_folder:
                folders.add(name)
        if self.ledger and self.ledger not in names:
            raise ValueError("the ledger is not among the files")
        return self

    @property
    def encoded(self) -> bytes:
        """The manifest's own file."""
        return self.model_dump_json(indent=1).encode() + b"\n"


class Source(NamedTuple):
    """A member, and the file whose content it is.

    Parameters
    ----------
    member
        As listed in the manifest.
    path
        The file; not read for a folder.
    """

    member: Member
    path: Path


def packed(manifest: Manifest, sources: Iterable[Source]) -> Iterator[bytes]:
    """Write an archive.

    Parameters
    ----------
    manifest
        What it holds.
    sources
        The files of its members, in their order.

    Yields
    ------
    bytes
        The archive, bit by bit.

    Raises
    ------
    CaseError
        A file has not the size that the manifest says.
    LedgerError
        A file cannot be read.
    """
    content = manifest.encoded
    sums = [summed(hashlib.sha256(content).hexdigest(), MANIFEST)]
    yield own_header(MANIFEST, len(content)) + content + padding(len(content))
    for member, path in sources:
        yield member.header
        if member.is_folder:
            continue
        digest = hashlib.sha256()
        for chunk in _content(member, path):
            digest.update(chunk)
            yield chunk
        sums.append(summed(digest.hexdigest(), member.name))
        yield padding(member.size)
    last = b"".join(sums)
    yield own_header(SUMS, len(last)) + last + padding(len(last)) + END


def own_header(name: str, size: int) -> bytes:
    """Header of the manifest and of the list of digests."""
    return Member(name=name, size=size, mode=0o600, mtime=0).header


def padding(size: int) -> bytes:
    """Zeros that fill a content's last block."""
    return bytes(-size % BLOCK)


def summed(digest: str, name: str) -> bytes:
    """Line of a file in ``SHA256SUMS``, as `sha256sum` writes it."""
    written = re.sub(r"[\\\n\r]", lambda found: _ESCAPES[found[0]], name)
    begins = b"\\" if written != name else b""
    return begins + digest.encode() + b"  " + written.encode() + b"\n"


class Chunks(io.RawIOBase):
    """Chunks of bytes as a file to read from.

    Parameters
    ----------
    chunks
        In their order.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any kind of buffer
        """Read into a buffer, until it is full or nothing is left."""
        into = memoryview(buffer)
        filled = 0
        while filled < len(into):
            if not self._rest:
                chunk = next(self._chunks, None)
                if chunk is None:
                    break
                self._rest = memoryview(chunk)
            some = self._rest[: len(into) - filled]
            into[filled : filled + len(some)] = some
            filled += len(some)
            self._rest = self._rest[len(some) :]
        return filled


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


def _content(member: Member, path: Path) -> Iterator[bytes]:
    left = member.size
    with opened(path) as file:
        while True:
            try:
                # One byte more than there should be: a file that grew is noticed.
                chunk = file.read(min(left + 1, CHUNK))
            except OSError as error:
                raise unread(str(path), error) from error
            left -= len(chunk)
            if left < 0 or (left and not chunk):
                raise CaseError(
                    "this file was changed while the backup was made",
                    where=str(path),
                    do="Give the same command again",
                )
            if not chunk:
                return
            yield chunk


def _record(key: bytes, value: bytes) -> bytes:
    """A record of a pax header, whose length counts the digits of the length."""
    length = len(key) + len(value) + 3
    while length != len(b"%d %s=%s\n" % (length, key, value)):
        length = len(b"%d %s=%s\n" % (length, key, value))
    return b"%d %s=%s\n" % (length, key, value)


def _block(name: bytes, size: int, mode: int, mtime: int, kind: bytes) -> bytes:
    fields = (
        name.ljust(100, b"\0"),
        b"%07o\0" % mode,
        b"%07o\0" % 0,
        b"%07o\0" % 0,
        b"%011o\0" % size,
        b"%011o\0" % mtime,
        b" " * 8,
        kind,
        bytes(100),
        b"ustar\x0000",
        bytes(32 + 32),
        b"%07o\0" % 0,
        b"%07o\0" % 0,
        bytes(155 + 12),
    )
    block = b"".join(fields)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]
