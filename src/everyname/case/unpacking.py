"""Unpacking: the files of an archive, written as its bytes come in."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from everyname.case.archive import (
    BLOCK,
    CHUNK,
    END,
    MANIFEST,
    SUMS,
    Manifest,
    Member,
    own_header,
    padding,
    summed,
)
from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.stream import unwritten
from everyname.ledger.whole_file import sync_folder

# Some million files; a manifest has to fit into memory.
_LONGEST_MANIFEST = 2**29
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
# Of a tar header: where the size stands.
_SIZE = slice(124, 135)

_Steps = Generator[int, bytes, None]


class Unpacking:
    """Takes an archive bit by bit, and writes its files.

    Parameters
    ----------
    into
        An empty folder that nobody else writes to.
    where
        What to call the archive in an error.
    """

    def __init__(self, into: Path, where: str) -> None:
        self._into = into
        self._where = where
        self._rest = bytearray()
        self._sums: list[tuple[str, bytes]] = []
        self._manifest: Manifest | None = None
        self._steps = self._all()
        self._wanted = next(self._steps)

    def write(self, data: bytes) -> int:
        """Take some more of the archive.

        Raises
        ------
        LedgerAltered
            It is not what was packed.
        LedgerError
            It is no backup, or a file cannot be written.
        """
        self._rest += data
        while self._manifest is None and len(self._rest) >= self._wanted:
            piece = bytes(memoryview(self._rest)[: self._wanted])
            del self._rest[: self._wanted]
            try:
                self._wanted = self._steps.send(piece)
            except StopIteration as end:
                self._manifest = end.value
        if self._rest and self._manifest is not None:
            raise self._altered("there is more in this backup than was packed")
        return len(data)

    def finish(self) -> Manifest:
        """Say that this was all, and return the manifest.

        Raises
        ------
        LedgerAltered
            It was not all.
        """
        if self._manifest is None:
            raise self._altered("this backup is cut short")
        return self._manifest

    def _all(self) -> Generator[int, bytes, Manifest]:
        """Ask for the bytes of one step after the other."""
        manifest = yield from self._read_manifest()
        for member in manifest.members:
            yield from self._expect(member.header, member.name)
            yield from self._write(member)
        yield from self._compare()
        for member in reversed(manifest.members):
            if member.is_folder:
                _settle(self._into / member.name, member.mode)
        return manifest

    def _read_manifest(self) -> Generator[int, bytes, Manifest]:
        header = yield BLOCK
        size = _octal(header[_SIZE])
        if not 0 < size <= _LONGEST_MANIFEST or header != own_header(MANIFEST, size):
            raise LedgerError(
                "this is not a backup that everyname made, or its beginning was altered",
                where=self._where,
                do="Name a file that `everyname backup` wrote, or take another copy of it",
            )
        content = yield size
        yield from self._expect(padding(size), MANIFEST)
        try:
            manifest = Manifest.model_validate_json(content)
        except ValidationError as error:
            why = error.errors()[0]["msg"]
            raise self._altered(f"the manifest of this backup is none ({why})") from None
        self._sum(MANIFEST, hashlib.sha256(content).hexdigest())
        return manifest

    def _write(self, member: Member) -> _Steps:
        path = self._into / member.name
        try:
            if member.is_folder:
                path.mkdir(mode=0o700)
                return
            with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file:
                digest = yield from _poured(member.size, file)
                file.flush()
                os.fchmod(file.fileno(), member.mode)
                os.utime(file.fileno(), (member.mtime, member.mtime))
                os.fsync(file.fileno())
        except OSError as error:
            raise unwritten(str(path), error) from error
        self._sum(member.name, digest)
        yield from self._expect(padding(member.size), member.name)

    def _sum(self, name: str, digest: str) -> None:
        self._sums.append((name, summed(digest, name)))

    def _compare(self) -> _Steps:
        """Compare the list of digests with what was unpacked, and name the files that differ."""
        size = sum(len(line) for _, line in self._sums)
        yield from self._expect(own_header(SUMS, size), SUMS)
        differing = []
        for name, line in self._sums:
            if (yield len(line)) != line:
                differing.append(name)
        if differing:
            raise self._altered(f"{', '.join(differing)}: not what was packed")
        yield from self._expect(padding(size) + END, SUMS)

    def _expect(self, expected: bytes, name: str) -> _Steps:
        if expected and (yield len(expected)) != expected:
            raise self._altered(f"{name}: not as the manifest says")

    def _altered(self, found: str) -> LedgerAltered:
        return LedgerAltered(found, where=self._where, do="Take another copy of the backup")


def _poured(size: int, file: BinaryIO) -> Generator[int, bytes, str]:
    """Write so many bytes to a file, and return their SHA-256."""
    digest = hashlib.sha256()
    while size:
        chunk = yield min(size, CHUNK)
        digest.update(chunk)
        file.write(chunk)
        size -= len(chunk)
    return digest.hexdigest()


def _octal(digits: bytes) -> int:
    return int(digits, 8) if re.fullmatch(rb"[0-7]+", digits) else 0


def _settle(folder: Path, mode: int) -> None:
    try:
        folder.chmod(mode | 0o700)
        sync_folder(folder)
    except OSError as error:
        raise unwritten(str(folder), error) from error
