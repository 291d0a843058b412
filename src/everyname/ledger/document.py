"""Document: the preserved original behind a source."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.canonical import Json


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes named by their SHA-256, and how they were received.

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
        When, as an ISO 8601 time in UTC.
    received_from
        From whom; empty when nobody said.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    received: str
    received_from: str = ""

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return asdict(self)

    @property
    def id(self) -> str:
        """The SHA-256 of the bytes."""
        return self.sha256

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make a document from its sealed content."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in content.items() if name in known})


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
    """

    folder: Path

    def path(self, sha256: str) -> Path:
        """Where the original with this SHA-256 is kept."""
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
        if path.exists():
            self.read(sha256)
            return sha256
        try:
            self._write(path, data)
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
        for folder in (path.parent, self.folder):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

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
        if sha256_of(data) != sha256:
            raise LedgerAltered(
                "this original was altered: its bytes do not give its name",
                where=str(path),
                do="Restore it from a backup",
            )
        return data
