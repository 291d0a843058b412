"""Canonical bytes: one content, one encoding, one digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from everyname.errors import LedgerError

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def canonical_json(content: Json) -> bytes:
    """Encode content as RFC 8785 canonical JSON.

    Only text, whole numbers up to 2^53, booleans, null, lists and objects with ASCII keys are
    allowed: for these the standard library's output, with sorted keys and no spaces, is the
    canonical one. Column names of partners' files are data, so they go into lists of pairs and
    never become keys.

    Parameters
    ----------
    content
        What to encode.

    Returns
    -------
    bytes
        UTF-8 JSON.

    Raises
    ------
    LedgerError
        A number that is not whole or too large, a key that is not ASCII, or text that is not
        valid Unicode.

    References
    ----------
    RFC 8785, JSON Canonicalization Scheme (2020).
    """
    _refuse_unsafe(content)
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return _utf8(text)


def _plain(content: object) -> object:
    return dict(content) if isinstance(content, Mapping) else list(cast("Iterable[Json]", content))


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"text with a lone surrogate at character {error.start} has no canonical form",
            do="Read the file again with its right encoding",
        ) from error


def _refuse_unsafe(content: Json) -> None:
    if content is None or isinstance(content, bool | str):
        return
    if isinstance(content, int):
        if abs(content) > 2**53:
            raise LedgerError(
                f"{content} is larger than 2^53 and has no canonical form",
                do="Store it as text",
            )
        return
    if isinstance(content, Mapping):
        for key, value in content.items():
            if not isinstance(key, str) or not key.isascii():
                raise LedgerError(f"the key {key!r} is not ASCII", do="Store it as a value")
            _refuse_unsafe(value)
        return
    # Bytes are a sequence too, of numbers that nobody meant.
    if isinstance(content, Sequence) and not isinstance(content, bytes | bytearray | memoryview):
        for value in content:
            _refuse_unsafe(value)
        return
    raise LedgerError(
        f"a {type(content).__name__} has no canonical form",
        do="Store it as text, a whole number, a list or an object",
    )


def length_delimited(*parts: bytes) -> bytes:
    """Join parts so that no two different sequences of parts give the same bytes.

    Parameters
    ----------
    *parts
        Byte strings of any length below 2^64.

    Returns
    -------
    bytes
        Each part preceded by its length as eight bytes, most significant first.
    """
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def digest(*parts: bytes | str) -> str:
    """SHA-256 of the length-delimited parts, in hexadecimal.

    Parameters
    ----------
    *parts
        Byte strings, or texts taken as UTF-8.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    LedgerError
        A text that is not valid Unicode.
    """
    encoded = (_utf8(part) if isinstance(part, str) else part for part in parts)
    return hashlib.sha256(length_delimited(*encoded)).hexdigest()
