"""Signed note: a text with the Ed25519 signatures of those who stand by it.

References
----------
C2SP signed-note, https://c2sp.org/signed-note.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.signing_key import SigningKey, VerifierKey

_MOST_SIGNATURES = 100
_LONGEST_NOTE = 1_000_000
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_GET_NOTE = "Ask for the note once more, and keep it as it is sent"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note.

    Parameters
    ----------
    name
        Name of the key.
    id
        Its four bytes.
    signature
        What was signed with it; 64 bytes for Ed25519.
    """

    name: str
    id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note taken apart; nothing in it is to be relied on before `verify`.

    Parameters
    ----------
    text
        The text, which ends in a newline.
    signatures
        In the note's order.
    """

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, note: str) -> SignedNote:
        """Take a note apart.

        Parameters
        ----------
        note
            Text, empty line, signature lines.

        Raises
        ------
        LedgerError
            Anything that C2SP signed-note does not allow, base64 that encodes the same bytes in
            another way, more than 100 signatures, or more than a million characters.
        """
        if len(note) > _LONGEST_NOTE:
            raise _malformed("it is longer than a million characters")
        _check_text(note)
        text, gap, signed = note.rpartition("\n\n")
        lines = signed.removesuffix("\n").split("\n")
        if not gap or not signed.endswith("\n"):
            raise _malformed("it has no signature lines after an empty line")
        if len(lines) > _MOST_SIGNATURES:
            raise _malformed(f"it has {len(lines)} signatures, more than {_MOST_SIGNATURES}")
        return cls(text + "\n", tuple(_signature(line) for line in lines))


def sign(text: str, key: SigningKey) -> str:
    """Make a signed note.

    Parameters
    ----------
    text
        Ends in a newline; no other control characters.
    key
        Whose signature it bears.

    Returns
    -------
    str
        The note.

    Raises
    ------
    LedgerError
        A text that cannot be in a note.
    """
    _check_text(text)
    signature = key.secret.sign(text.encode())
    return f"{text}\n— {key.name} {_base64(key.verifier.id + signature)}\n"


def verify(note: str, keys: Iterable[VerifierKey]) -> tuple[str, ...]:
    """Check the signatures of a note.

    Parameters
    ----------
    note
        A signed note.
    keys
        Keys that are trusted; signatures by others are ignored.

    Returns
    -------
    tuple of str
        Names of the keys that signed it, each once, in the note's order; at least one.

    Raises
    ------
    LedgerAltered
        A signature by a trusted key is wrong, or none of these keys signed.
    LedgerError
        The note is malformed, or two of the keys share name and id.
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.id), key) != key:
            raise LedgerError(
                f"two keys are both {key.name}+{key.id.hex()}", do="Name each key once"
            )
    parsed = SignedNote.parse(note)
    data = parsed.text.encode()
    names: dict[str, None] = {}
    for line in parsed.signatures:
        signer = known.get((line.name, line.id))
        if signer is None:
            continue
        if not signer.accepts(data, line.signature):
            raise LedgerAltered(f"the signature of {line.name} is not over this text", do=_GET_NOTE)
        names[line.name] = None
    if not names:
        signers = ", ".join(line.name for line in parsed.signatures)
        raise LedgerAltered(
            f"the note is signed with keys that are not trusted here: {signers}",
            do="Compare the key that you hold with the one that the signer published",
        )
    return tuple(names)


def _signature(line: str) -> Signature:
    match = _SIGNATURE_LINE.fullmatch(line)
    if not match:
        raise _malformed(f"{line!r} is not a signature line")
    name, encoded = match.groups()
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        data = b""
    if len(data) < 5 or _base64(data) != encoded:
        raise _malformed(f"the signature of {name} is not whole")
    return Signature(name, data[:4], data[4:])


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise _malformed("it does not end in a newline")
    if _CONTROL.search(text):
        raise _malformed("it holds control characters")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _malformed(f"it holds half a character at {error.start}") from error


def _malformed(found: str) -> LedgerError:
    return LedgerError(f"this is not a signed note: {found}", do=_GET_NOTE)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
