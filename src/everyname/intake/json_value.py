"""JSON values that lose nothing: numbers as they are written, keys that stand twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from everyname.errors import TableError

_SPACE = re.compile(r"[ \t\n\r]*")
_QUOTED = json.JSONEncoder(ensure_ascii=False)


class Number(str):
    """A number, in the digits that stand in the file."""

    __slots__ = ()


class Constant(Number):
    """NaN or Infinity, which JSON does not have and some programs write."""

    __slots__ = ()


class Pairs(list[tuple[str, Any]]):
    """An object: its keys and values in order, a key that stands twice included."""


_DECODER = json.JSONDecoder(
    object_pairs_hook=Pairs,
    parse_float=Number,
    parse_int=Number,
    parse_constant=Constant,
)


def text_of(data: bytes, encoding: str = "") -> str:
    """Decode a JSON file: UTF-8, UTF-16 or UTF-32, with its mark or without.

    Raises
    ------
    TableError
        It is in another encoding, and none is named.
    """
    named = encoding or json.detect_encoding(data)
    try:
        return data.decode(named, "surrogatepass" if named.startswith("utf") else "strict")
    except LookupError:
        raise TableError(
            f"there is no encoding {named!r}", do="Correct encoding under [table]"
        ) from None
    except ValueError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise TableError(
            f"the text is not {named}",
            where=f"line {line}",
            do="Name the right encoding under [table] in the mapping file",
        ) from None


def parse(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Parse one JSON value.

    Raises
    ------
    json.JSONDecodeError
        It is not one JSON value.
    RecursionError
        It is nested too deeply.
    """
    return _DECODER.decode(text)


def elements(text: str, at: int) -> Iterator[Any]:
    """Elements of the array that is the whole text, one in memory at a time.

    Parameters
    ----------
    text
        The document.
    at
        Where its opening bracket stands.

    Raises
    ------
    json.JSONDecodeError
        It is not one JSON array.
    RecursionError
        It is nested too deeply.
    """
    at = _after_space(text, at + 1)
    if text[at : at + 1] == "]":
        at += 1
    else:
        mark = ","
        while mark == ",":
            value, at = _DECODER.raw_decode(text, _after_space(text, at))
            yield value
            at = _after_space(text, at)
            mark = text[at : at + 1]
            at += 1
        if mark != "]":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at - 1)
    at = _after_space(text, at)
    if at != len(text):
        raise json.JSONDecodeError("Extra data", text, at)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def compact(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Write a value as JSON without spaces; numbers keep their digits and letters their script."""
    if isinstance(value, Pairs):
        inner = ",".join(f"{_QUOTED.encode(key)}:{compact(each)}" for key, each in value)
        return "{" + inner + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    return str(value) if isinstance(value, Number) else _QUOTED.encode(value)


def is_constant(value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Tell whether NaN or Infinity is a value or stands in it."""
    if isinstance(value, Pairs):
        return any(is_constant(each) for _, each in value)
    if isinstance(value, list):
        return any(map(is_constant, value))
    return isinstance(value, Constant)
