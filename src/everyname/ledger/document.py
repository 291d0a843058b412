"""Document: the preserved original behind a source."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.cipher import Cipher
from everyname.ledger.entered import Entered
from everyname.ledger.whole_file import sync_folder

MINIMUM = {"address": "web address", "html": "HTML source", "image": "dated full-page image"}
"""Parts that a digital capture has at least, in words; see `Document.below_minimum`."""


@dataclass(frozen=True, slots=True)
class Document(Entered):
    """Bytes named by their SHA-256, how they were received, and what they were made from.

    Parameters
    ----------
    sha256
        64 hexadecimal digits over the bytes as received.
    name
        File name under which they were received.
    media_type
        Such as ``text/csv``.
    size
        Number of bytes.
    received
        When: an ISO 8601 time in UTC, or as the mapping says it.
    received_from
        From whom; empty when nobody said.
    received_by
        Who received them.
    derived_from
        SHA-256 of the document that this working copy was made from; empty for an original.
    how
        By what means the copy was made.
    address
        Web address, of a digital capture.
    captured
        When it was captured.
    parts
        Which parts of `MINIMUM` the capture has.
    """

    kind: ClassVar[str] = "document"

    sha256: str
    name: str
    media_type: str
    size: int
    received: str
    received_from: str = ""
    received_by: str = ""
    derived_from: str = ""
    how: str = ""
    address: str = ""
    captured: str = ""
    parts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The SHA-256 of the bytes."""
        return self.sha256

    @property
    def below_minimum(self) -> tuple[str, ...]:
        """What a digital capture lacks of the Berkeley minimum, in words; empty for all else.

        References
        ----------
        Berkeley Protocol on Digital Open Source Investigations, paragraph 155, which we know
        second-hand only.
        """
        if not (self.address or self.captured or self.parts):
            return ()
        there = {"address"} if self.address else set()
        # An image that nobody dated is no dated image.
        there |= set(self.parts) - (set() if self.captured else {"image"})
        return tuple(words for part, words in MINIMUM.items() if part not in there)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a document from its sealed content."""
        parts = tuple(content.get("parts", ()))
        return super(Document, cls).from_content({**content, "parts": parts})


def original_of(document: Document, documents: Mapping[str, Document]) -> Document:
    """Find what a working copy was made from, by way of other copies if need be.

    Parameters
    ----------
    document
        A copy, or an original, which is its own.
    documents
        Documents by SHA-256.
    """
    passed: set[str] = set()
    while document.derived_from in documents and document.sha256 not in passed:
        passed.add(document.sha256)
        document = documents[document.derived_from]
    return document


_SHA256 = re.compile("[0-9a-f]{64}")


def sha256_of(data: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Originals:
    """Folder of preserved originals, each file named by the SHA-256 of its bytes.

    Parameters
    ----------
    folder
        Where they are kept; made when first needed.
    cipher
        With which they are encrypted at rest; None for plain files. Names are in either case the
        digests of the plain bytes.
    """

    folder: Path
    cipher: Cipher | None = None

    def path(self, sha256: str) -> Path:
        """Where the original with this SHA-256 is kept.

        Raises
        ------
        LedgerAltered
            This is no SHA-256: whoever wrote it into a ledger may have meant another file.
        """
        if not _SHA256.fullmatch(sha256):
            raise LedgerAltered(
                f"{sha256!r} is not the SHA-256 of an original",
                where=str(self.folder),
                do="Restore the ledger from a backup",
            )
        return self.folder / sha256[:2] / sha256

    def preserve(self, data: bytes) -> str:
        """Keep bytes unaltered.

        The bytes are on disk under their own name before this returns: a temporary file is
        written, synced and renamed, and its folder synced.

        Parameters
        ----------
        data
            The bytes as received.

        Returns
        -------
        str
            Their SHA-256.

        Raises
        ------
        LedgerAltered
            A file of that name is there and holds other bytes.
        LedgerError
            The folder cannot be written to.
        """
        sha256 = sha256_of(data)
        path = self.path(sha256)
        try:
            if path.exists():
                self.read(sha256)
                # Whoever wrote it may have died before its name was sure to last.
                self._sync(path)
                return sha256
            self._write(path, self.cipher.seal(data, sha256) if self.cipher else data)
        except OSError as error:
            raise LedgerError(
                f"the original could not be kept ({error.strerror})",
                where=str(path),
                do="Free the disk or correct the folder's permissions, then run again",
            ) from error
        return sha256

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o444)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        self._sync(path)

    def _sync(self, path: Path) -> None:
        for folder in (path.parent, self.folder, self.folder.parent):
            sync_folder(folder)

    def remove(self, sha256: str) -> None:
        """Remove an original for good, as an erasure orders.

        Raises
        ------
        LedgerError
            It cannot be removed.
        """
        path = self.path(sha256)
        try:
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                sync_folder(path.parent)
        except OSError as error:
            raise LedgerError(
                f"the original could not be removed ({error.strerror})",
                where=str(path),
                do="Correct the folder's permissions, then run again",
            ) from error

    def read(self, sha256: str) -> bytes:
        """Read an original and check it against its name.

        Raises
        ------
        LedgerAltered
            The file is missing, cannot be read, or its bytes are not those that were preserved.
        """
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise LedgerAltered(
                "this original is missing", where=str(path), do="Restore it from a backup"
            ) from None
        except OSError as error:
            raise LedgerAltered(
                f"this original cannot be read ({error.strerror})",
                where=str(path),
                do="Correct its permissions, or restore it from a backup",
            ) from error
        if self.cipher:
            data = self.cipher.open(data, sha256)
        if sha256_of(data) != sha256:
            raise LedgerAltered(
                "this original was altered: its bytes do not give its name",
                where=str(path),
                do="Restore it from a backup",
            )
        return data
