"""Signing key: with which a ledger's checkpoints are signed, and its public half.

References
----------
C2SP signed-note, https://c2sp.org/signed-note; RFC 8032 (2017), Ed25519.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from everyname.errors import LedgerError

_ED25519 = b"\x01"
_GET_KEY = "Ask whoever keeps the ledger for the key once more"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a signing key, and its name.

    Parameters
    ----------
    name
        Whose key it is, such as ``example.org/river-valley``; printable, with neither spaces
        nor plus signs.
    public
        32 bytes as of RFC 8032.

    Raises
    ------
    LedgerError
        A name or a number of bytes that cannot be.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.public) != 32:
            raise LedgerError(f"a public key of {len(self.public)} bytes, not of 32", do=_GET_KEY)

    @property
    def id(self) -> bytes:
        """Four bytes that stand for name and key in a signature."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key in one line: name, id and key."""
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read a key from its line.

        Raises
        ------
        LedgerError
            The line is not exactly what `text` gives for a key.
        """
        try:
            name, _id, encoded = text.split("+", 2)
            key = cls(name, base64.b64decode(encoded, validate=True)[1:])
        except ValueError as error:
            if "PRIVATE KEY" in text:
                raise LedgerError(
                    "this is a secret key, which nobody else may see",
                    do="Give the public one, ledger.vkey",
                ) from None
            raise LedgerError("this is not a verifier key", do=_GET_KEY) from error
        if key.text != text:
            raise LedgerError(
                "this is not a verifier key for Ed25519, or it was copied wrongly", do=_GET_KEY
            )
        return key

    def accepts(self, data: bytes, signature: bytes) -> bool:
        """Tell whether a signature over data is by this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key to sign with, made by `generate` or `load`.

    Parameters
    ----------
    name
        As of `VerifierKey`.
    secret
        The private key.
    """

    name: str
    secret: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        _check_name(self.name)

    @classmethod
    def generate(cls, name: str) -> SigningKey:
        """Make a new key.

        Raises
        ------
        LedgerError
            A name that cannot be.
        """
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, path: Path, name: str) -> SigningKey:
        """Read a key from its file.

        Parameters
        ----------
        path
            PEM file as written by `save`.
        name
            Name of the key, which the file does not hold.

        Raises
        ------
        LedgerError
            The file is missing, can be read by others, or does not hold an Ed25519 key.
        """
        try:
            with path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                data = file.read()
        except OSError as error:
            raise LedgerError(
                f"the signing key cannot be read ({error.strerror})",
                where=str(path),
                do="Name the file of the key, or make a key",
            ) from error
        if mode & 0o077:
            raise LedgerError(
                "others can read this signing key, and whoever holds it can sign",
                where=str(path),
                do=f"If nobody else has it, run: chmod 600 {path}; else make another key",
            )
        try:
            secret = serialization.load_pem_private_key(data, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise LedgerError(
                "this is not a signing key (PEM, PKCS #8, not encrypted)",
                where=str(path),
                do="Restore it from a backup, or make another key",
            ) from error
        if not isinstance(secret, Ed25519PrivateKey):
            raise LedgerError(
                "this key is not an Ed25519 key",
                where=str(path),
                do="Name the file of the key that signs this ledger",
            )
        return cls(name, secret)

    def save(self, path: Path) -> None:
        """Write the key to a new file that only its owner can read.

        Parameters
        ----------
        path
            PEM file; appears complete and synced, or not at all.

        Raises
        ------
        LedgerError
            The file is there already, since a key that is written over is lost, or it cannot be
            written.
        """
        data = self.secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_new(path, data)
        except OSError as error:
            if path.exists():
                raise LedgerError(
                    "a file is here already",
                    where=str(path),
                    do="Use that key, or name another file",
                ) from None
            raise LedgerError(
                f"the signing key could not be written ({error.strerror})",
                where=str(path),
                do="Name a folder of your own on this computer's disk",
            ) from error

    @property
    def verifier(self) -> VerifierKey:
        """The key to check with, for publication."""
        return VerifierKey(self.name, self.secret.public_key().public_bytes_raw())


def _check_name(name: str) -> None:
    if not name or not name.isprintable() or re.search(r"[\s+]", name):
        raise LedgerError(
            f"{name!r} cannot be the name of a key: it is empty or holds spaces, plus signs or "
            "characters that do not show",
            do="Name it like an address without http, such as example.org/our-ledger",
        )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _write_new(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link never takes the place of a key that is there.
        os.link(temporary, path)
    finally:
        Path(temporary).unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
