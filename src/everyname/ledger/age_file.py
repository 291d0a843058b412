"""Age file: a file encrypted with age, by a passphrase or to public keys.

What is written here is opened by every age tool, and the other way round.

References
----------
The age file encryption format, version 1, https://age-encryption.org/v1.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pyrage

from everyname.errors import LedgerError
from everyname.ledger.age_passphrase import (
    VERSION,
    altered,
    decrypt_by_passphrase,
    encrypt_by_passphrase,
)
from everyname.ledger.age_reader import Identities, Passphrase, Recipients
from everyname.ledger.stream import Stream, opened
from everyname.ledger.whole_file import written_whole


def encrypt_file(source: Path, target: Path, to: Passphrase | Recipients) -> None:
    """Encrypt a file with age, in constant memory.

    Parameters
    ----------
    source
        What to encrypt; of any size.
    target
        Appears complete, synced and readable by its owner only, or not at all.
    to
        Who can open it.

    Raises
    ------
    LedgerError
        The source cannot be read, the target is there already or cannot be written.
    """
    with opened(source) as file, written_whole(target) as sealed:
        encrypt_stream(Stream(file, str(source)), Stream(sealed, str(target)), to)


def decrypt_file(source: Path, target: Path, by: Passphrase | Identities) -> None:
    """Decrypt an age file, in constant memory.

    Parameters
    ----------
    source
        An age file, not armored; of any size.
    target
        Appears complete, synced and readable by its owner only, or not at all.
    by
        What opens it.

    Raises
    ------
    LedgerAltered
        The source is cut short or altered.
    LedgerError
        The source cannot be read, is not an age file or not one that this opens; the target is
        there already or cannot be written.
    """
    with opened(source) as file, written_whole(target) as plain:
        decrypt_stream(Stream(file, str(source)), Stream(plain, str(target)), by)


def encrypt_bytes(data: bytes, to: Passphrase | Recipients) -> bytes:
    """Encrypt bytes in memory, as `encrypt_file` does a file."""
    sealed = io.BytesIO()
    encrypt_stream(Stream(io.BytesIO(data), ""), Stream(sealed, ""), to)
    return sealed.getvalue()


def decrypt_bytes(sealed: bytes, by: Passphrase | Identities, where: str = "") -> bytes:
    """Decrypt bytes in memory, as `decrypt_file` does a file, so that they are on no disk.

    Parameters
    ----------
    sealed
        The bytes of an age file.
    by
        What opens it.
    where
        What to call the age file in an error.

    Raises
    ------
    LedgerAltered
        It is cut short or altered.
    LedgerError
        It is not an age file, or not one that this opens.
    """
    data = io.BytesIO()
    decrypt_stream(Stream(io.BytesIO(sealed), where), Stream(data, where), by)
    return data.getvalue()


def encrypt_stream(source: Stream, target: Stream, to: Passphrase | Recipients) -> None:
    """Encrypt, as `encrypt_file` does a file, what is read bit by bit.

    Parameters
    ----------
    source
        What to encrypt; only ever asked for its next bytes.
    target
        Where to write the age file.
    to
        Who can open it.

    Raises
    ------
    LedgerError
        A stream fails.
    """
    if isinstance(to, Passphrase):
        encrypt_by_passphrase(source, target, to)
        return
    keys = [pyrage.x25519.Recipient.from_str(key) for key in to.keys]
    said = _by_pyrage(pyrage.encrypt_io, source, target, keys)
    if said:
        raise LedgerError(
            f"age cannot encrypt this ({said})",
            where=source.where,
            do="Take another copy of the file",
        )


def decrypt_stream(source: Stream, target: Stream, by: Passphrase | Identities) -> None:
    """Decrypt, as `decrypt_file` does a file, and hand on what was decrypted bit by bit.

    What is handed on is authentic; that nothing is missing at its end is known only when this
    returns.

    Parameters
    ----------
    source
        An age file.
    target
        Where to write what was encrypted.
    by
        What opens it.

    Raises
    ------
    LedgerAltered
        It is cut short or altered.
    LedgerError
        It is not an age file or not one that this opens, or a stream fails.
    """
    version = source.read(len(VERSION))
    stanza = source.line()
    if not VERSION.startswith(version):
        raise LedgerError(
            "this is not an age file (or one that is armored as text)",
            where=source.where,
            do="Name a file that was encrypted with age, without --armor",
        )
    if not stanza.endswith(b"\n"):
        raise altered(source)
    if not stanza.startswith(b"-> scrypt "):
        if isinstance(by, Passphrase):
            raise LedgerError(
                "this file is encrypted to public keys and no passphrase opens it",
                where=source.where,
                do="Give the identity of one of them",
            )
        _decrypt_by_identities(source, target, by)
        return
    if not isinstance(by, Passphrase):
        raise LedgerError(
            "this file is encrypted by a passphrase and no identity opens it",
            where=source.where,
            do="Give its passphrase",
        )
    decrypt_by_passphrase(source, target, by, version + stanza)


def _by_pyrage(work: Callable[..., object], source: Stream, target: Stream, keys: object) -> str:
    said = ""
    try:
        work(source, target, keys)
    except (pyrage.EncryptError, pyrage.DecryptError, OSError) as error:
        said = str(error)
    for stream in (source, target):
        if stream.error is not None:
            raise stream.error
    return said


def _decrypt_by_identities(source: Stream, target: Stream, by: Identities) -> None:
    source.rewind()
    keys = [pyrage.x25519.Identity.from_str(key) for key in by.keys]
    said = _by_pyrage(pyrage.decrypt_io, source, target, keys)
    if said == "No matching keys found":
        raise LedgerError(
            "this file is not encrypted to this identity",
            where=source.where,
            do="Give the identity of one of the public keys it was encrypted to",
        )
    if said:
        raise altered(source)
