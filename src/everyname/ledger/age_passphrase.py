"""Age passphrase: the scrypt recipient and the payload of an age file, in constant memory.

pyrage takes public keys in constant memory, but holds the whole of a file by passphrase.

References
----------
The age file encryption format, version 1, https://age-encryption.org/v1; RFC 7914 (2016), scrypt;
RFC 8439 (2018), ChaCha20-Poly1305; Hoang, Reyhanitabar, Rogaway, Vizár (2015), Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, CRYPTO (the STREAM construction).
"""

from __future__ import annotations

import base64
import hmac
import os
import re
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.age_reader import MOST_COST, Passphrase
from everyname.ledger.stream import Stream

VERSION = b"age-encryption.org/v1\n"
"""First line of an age file."""

_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([+/-9A-Za-z]{22}) ([1-9][0-9]?)\n"
    rb"([+/-9A-Za-z]{43})\n---) ([+/-9A-Za-z]{43})\n"
)
_CHUNK = 2**16
_TAG = 16


def encrypt_by_passphrase(source: Stream, target: Stream, to: Passphrase) -> None:
    """Write an age file that a passphrase opens.

    Parameters
    ----------
    source
        What to encrypt.
    target
        Where to write the age file.
    to
        The passphrase.

    Raises
    ------
    LedgerError
        There is too little memory, or a stream fails.
    """
    salt, file_key, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapping = ChaCha20Poly1305(_stretched(to.text, salt, to.cost, source))
    wrapped = wrapping.encrypt(bytes(12), file_key, None)
    header = b"%s-> scrypt %s %d\n%s\n---" % (VERSION, _base64(salt), to.cost, _base64(wrapped))
    target.write(header + b" " + _mac(file_key, header) + b"\n" + nonce)
    payload = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    for number, chunk, last in _chunks(source, _CHUNK):
        target.write(payload.encrypt(_chunk_nonce(number, last=last), chunk, None))


def decrypt_by_passphrase(source: Stream, target: Stream, by: Passphrase, begun: bytes) -> None:
    """Read an age file that a passphrase opens.

    Parameters
    ----------
    source
        The age file, read up to the end of its second line.
    target
        Where to write what was encrypted.
    by
        The passphrase.
    begun
        The two lines.

    Raises
    ------
    LedgerAltered
        The file is cut short or altered.
    LedgerError
        The passphrase is wrong, there is too little memory, or a stream fails.
    """
    parts = _HEADER.fullmatch(begun + source.line() + source.line())
    if parts is None:
        raise altered(source)
    header, salt, cost, wrapped, mac = parts.groups()
    if int(cost) > MOST_COST:
        raise _too_costly(int(cost), source)
    wrapping = ChaCha20Poly1305(_stretched(by.text, _unbase64(salt), int(cost), source))
    try:
        file_key = wrapping.decrypt(bytes(12), _unbase64(wrapped), None)
    except InvalidTag:
        raise LedgerError(
            "the passphrase is wrong",
            where=source.where,
            do="Type it again; if it is surely right, this file was altered: take another copy",
        ) from None
    if not hmac.compare_digest(mac, _mac(file_key, header)):
        raise altered(source)
    payload = ChaCha20Poly1305(_derived(file_key, source.read(16), b"payload"))
    for number, chunk, last in _chunks(source, _CHUNK + _TAG):
        try:
            data = payload.decrypt(_chunk_nonce(number, last=last), chunk, None)
        except InvalidTag:
            raise altered(source) from None
        if number and not data:
            raise altered(source)
        target.write(data)


def altered(source: Stream) -> LedgerAltered:
    """Say that an age file is not what was written."""
    return LedgerAltered(
        "this age file is cut short or was altered",
        where=source.where,
        do="Take another copy of the file",
    )


def _stretched(passphrase: str, salt: bytes, cost: int, source: Stream) -> bytes:
    labelled = b"age-encryption.org/v1/scrypt" + salt
    try:
        return Scrypt(labelled, 32, n=2**cost, r=8, p=1).derive(passphrase.encode())
    except MemoryError:
        raise _too_costly(cost, source) from None


def _too_costly(cost: int, source: Stream) -> LedgerError:
    # scrypt fills 128 r N bytes, with r = 8.
    return LedgerError(
        f"to try a passphrase on this file takes {2 ** (cost - 10):,} MiB of memory",
        where=source.where,
        do="Use a computer with more memory and the age program, or a file from somebody you trust",
    )


def _derived(file_key: bytes, salt: bytes | None, label: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, label).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return _base64(hmac.digest(_derived(file_key, None, b"header"), header, "sha256"))


def _chunk_nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _chunks(source: Stream, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes, and whether it is the last: an empty file is one empty chunk."""
    number, chunk = 0, source.read(size)
    while following := source.read(size):
        yield number, chunk, False
        number, chunk = number + 1, following
    yield number, chunk, True


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unbase64(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))
