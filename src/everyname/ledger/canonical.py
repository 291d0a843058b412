"""Canonical bytes: one content, one encoding, one digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import orjson

from everyname.errors import LedgerError

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_OPTIONS = orjson.OPT_SORT_KEYS


def canonical_json(content: Json) -> bytes:
    """Encode content as RFC 8785 canonical JSON.

    Only text, whole numbers up to 2^53, booleans, null, lists and objects with ASCII keys are
    allowed: for these orjson's output with sorted keys is the canonical one. Column names of
    partners' files are data, so they go into lists of pairs and never become keys.

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
    return encoded(content)


def encoded(content: object) -> bytes:
    """Encode content of which it is known that it has a canonical form, but for its texts.

    Parameters
    ----------
    content
        Texts, whole numbers, booleans, null, lists and objects with ASCII keys.

    Raises
    ------
    LedgerError
        Text that is not valid Unicode.
    """
    try:
        return orjson.dumps(content, default=_plain, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        _refuse_surrogates(content)
        raise LedgerError(
            f"a content has no canonical form ({error})", do="Store it in a flatter form"
        ) from error


def _plain(content: object) -> object:
    return dict(content) if isinstance(content, Mapping) else list(cast("Iterable[Json]", content))


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"text with a lone surrogate at character {error.start + 1} has no canonical form",
            do="Read the file again with its right encoding",
        ) from error


def _refuse_surrogates(content: object) -> None:
    if isinstance(content, str):
        _utf8(content)
    elif isinstance(content, Mapping):
        for value in content.values():
            _refuse_surrogates(value)
    elif isinstance(content, Sequence):
        for value in content:
            _refuse_surrogates(value)


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
    return b"".join([len(part).to_bytes(8, "big") + part for part in parts])


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
    pieces = [_utf8(part) if isinstance(part, str) else part for part in parts]
    return hashlib.sha256(length_delimited(*pieces)).hexdigest()
