"""Cipher: preserved originals encrypted at rest, under keys derived from a ledger's data key.

A sealed original is ``everyname`` and a zero byte, one byte of version (1), 12 random bytes of
nonce, the ciphertext, and 16 bytes of tag.

References
----------
NIST SP 800-38D (2007), AES-GCM; RFC 5869 (2010), HKDF.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers import CipherContext, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from everyname.errors import LedgerAltered, LedgerError

DATA_KEY_BYTES = 32
"""Length of a data key."""

_MAGIC = b"everyname\x00"
_VERSION = b"\x01"
_PREFIX = _MAGIC + _VERSION
_NONCE_BYTES = 12
_TAG_BYTES = 16
# More under one nonce would let GCM's counter run over: 2^39 - 256 bits.
_MOST_BYTES = 2**36 - 32
# OpenSSL takes less than 2^31 bytes at once.
_SLICE = 2**24
_RESTORE = "Restore it from a backup"


@dataclass(frozen=True, slots=True)
class Cipher:
    """Seals and opens preserved originals with AES-256-GCM.

    Whole files are held in memory: about twice an original's size is needed. One original holds at
    most 2^36 - 32 bytes (64 GiB), the most that GCM encrypts under one nonce. Nonces are random,
    which is safe for 2^32 originals under one data key.

    Parameters
    ----------
    data_key
        32 random bytes, as `Vault` keeps them.

    Raises
    ------
    LedgerError
        The data key has another length.
    """

    data_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_data_key(self.data_key)

    def seal(self, data: bytes, name: str) -> bytes:
        """Encrypt an original.

        Parameters
        ----------
        data
            The bytes as received.
        name
            Their SHA-256 as 64 hexadecimal digits; the sealed bytes open under this name only.

        Returns
        -------
        bytes
            39 bytes more than the data; others each time.

        Raises
        ------
        LedgerError
            The name is no SHA-256, or there are more than 2^36 - 32 bytes.
        """
        if len(data) > _MOST_BYTES:
            raise LedgerError(
                f"{len(data):,} bytes are more than can be encrypted as one original",
                where=name,
                do="Split the file into parts of less than 64 GiB, and import each",
            )
        nonce = os.urandom(_NONCE_BYTES)
        context = self._block_cipher(nonce).encryptor()
        context.authenticate_additional_data(_bound_to(name))
        sealed = io.BytesIO()
        sealed.write(_PREFIX + nonce)
        _pour(memoryview(data), context, sealed)
        context.finalize()
        sealed.write(context.tag)
        return sealed.getvalue()

    def open(self, sealed: bytes, name: str) -> bytes:
        """Decrypt an original, and prove that it is the one that was sealed under this name.

        Parameters
        ----------
        sealed
            As `seal` returned them.
        name
            SHA-256 of the original as 64 hexadecimal digits.

        Returns
        -------
        bytes
            The bytes as received.

        Raises
        ------
        LedgerAltered
            The bytes are not what was sealed under this name with this data key.
        LedgerError
            The name is no SHA-256.
        """
        bound_to = _bound_to(name)
        if not sealed.startswith(_MAGIC) or len(sealed) < len(_PREFIX) + _NONCE_BYTES + _TAG_BYTES:
            raise LedgerAltered(
                "this original is not encrypted, or is cut short", where=name, do=_RESTORE
            )
        if not sealed.startswith(_PREFIX):
            raise LedgerAltered(
                f"this original was altered, or sealed by another everyname (form "
                f"{sealed[len(_MAGIC)]}, not 1)",
                where=name,
                do=f"{_RESTORE}, or open it with the everyname that sealed it",
            )
        view = memoryview(sealed)[len(_PREFIX) :]
        context = self._block_cipher(bytes(view[:_NONCE_BYTES])).decryptor()
        context.authenticate_additional_data(bound_to)
        data = io.BytesIO()
        _pour(view[_NONCE_BYTES:-_TAG_BYTES], context, data)
        try:
            context.finalize_with_tag(bytes(view[-_TAG_BYTES:]))
        except InvalidTag:
            raise LedgerAltered(
                "this original was altered, put in another's place, or sealed with another key",
                where=name,
                do=_RESTORE,
            ) from None
        return data.getvalue()

    def _block_cipher(self, nonce: bytes) -> BlockCipher[modes.GCM]:
        key = _derived(self.data_key, b"everyname originals at rest, AES-256-GCM, 1")
        return BlockCipher(algorithms.AES256(key), modes.GCM(nonce))


def database_key(data_key: bytes) -> str:
    """Derive the raw key of a ledger's SQLCipher database.

    Parameters
    ----------
    data_key
        32 random bytes, as `Vault` keeps them.

    Returns
    -------
    str
        64 hexadecimal digits, to be given as ``PRAGMA key = "x'...'"``.

    Raises
    ------
    LedgerError
        The data key has another length.
    """
    check_data_key(data_key)
    return _derived(data_key, b"everyname ledger database, SQLCipher raw key, 1").hex()


def check_data_key(data_key: bytes) -> None:
    """Refuse what cannot be a data key.

    Raises
    ------
    LedgerError
        It does not hold 32 bytes.
    """
    if len(data_key) != DATA_KEY_BYTES:
        raise LedgerError(
            f"a data key of {len(data_key)} bytes, not of {DATA_KEY_BYTES}",
            do="Unlock the ledger's vault to get its key",
        )


def _derived(data_key: bytes, label: bytes) -> bytes:
    return HKDF(hashes.SHA256(), DATA_KEY_BYTES, salt=None, info=label).derive(data_key)


def _bound_to(name: str) -> bytes:
    if not re.fullmatch(r"[0-9a-f]{64}", name):
        raise LedgerError(
            f"{name!r} is not the SHA-256 of an original", do="Give 64 hexadecimal digits"
        )
    return _PREFIX + name.encode()


def _pour(data: memoryview, context: CipherContext, into: io.BytesIO) -> None:
    slices = (data[start : start + _SLICE] for start in range(0, len(data), _SLICE))
    into.writelines(context.update(part) for part in slices)
