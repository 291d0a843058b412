"""JSON: where in a document the rows stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from everyname.errors import TableError
from everyname.intake.child_found import Found, no_such_sheet
from everyname.intake.json_rows import Rows, no_rows
from everyname.intake.json_value import Number, Pairs, compact, elements, parse, text_of

DEEPEST_ARRAY = 6
_BAD_LINE = "the line is no JSON: it is kept as it is"
_NAMES = 10
_NAME = 40


def read(file: BinaryIO, sheet: str, *, encoding: str = "", sure: bool = True) -> Found:
    """Read a JSON document, or JSON lines.

    Parameters
    ----------
    file
        The file.
    sheet
        Where in the document the rows stand: keys joined by points; empty to find them.
    encoding
        Empty to detect.
    sure
        Whether the file says that it is JSON: then a bad line is noted and not refused.

    Raises
    ------
    TableError
        It is not JSON, is nested too deeply, or holds no rows.
    """
    text = text_of(file.read(), encoding).removeprefix("\ufeff")
    try:
        if not sheet and _is_lines(text):
            return _lines(text, sure=sure)
        return _document(text, sheet)
    except json.JSONDecodeError as error:
        raise TableError(
            f"this is not JSON ({error.msg})",
            where=f"line {error.lineno}, column {error.colno}",
            do="Send the file again: it may have been cut off",
        ) from None
    except RecursionError:
        raise TableError(
            "this JSON is nested more deeply than any list", do="Send the list as CSV"
        ) from None


def _is_lines(text: str) -> bool:
    """Tell JSON lines from a document: the first line is a whole, and others follow."""
    first, _, rest = text.lstrip(" \t\r\n").partition("\n")
    if not rest.strip() or not first.startswith(("{", "[")):
        return False
    try:
        parse(first.strip())
    except json.JSONDecodeError:
        return False
    return True


def _lines(text: str, *, sure: bool) -> Found:
    rows = Rows()
    for line in text.split("\n"):
        stripped = line.strip(" \t\r")
        if not stripped:
            continue
        try:
            rows.add(parse(stripped))
        except json.JSONDecodeError:
            if not sure:
                raise
            rows.add_line(line.removesuffix("\r"), _BAD_LINE)
    return Found("", rows.table(), "JSON lines", notes=rows.notes, headed=rows.headed)


def _document(text: str, sheet: str) -> Found:
    start = len(text) - len(text.lstrip(" \t\n\r"))
    rows = Rows()
    if text[start : start + 1] == "[" and not sheet:
        for value in elements(text, start):
            rows.add(value)
        return Found("", rows.table(), "JSON", notes=rows.notes, headed=rows.headed)
    value = parse(text)
    if not isinstance(value, Pairs):
        raise no_rows()
    if not sheet and _is_features(value):
        return _features(value, rows)
    arrays = dict(_arrays(value, ()))
    if sheet and sheet not in arrays:
        raise no_such_sheet(sheet, arrays, "array")
    if not sheet and (keyed := _keyed(value, arrays)):
        for key, each in keyed:
            rows.add(each, key)
        return Found(
            "", rows.table(), "JSON, an object a row", notes=rows.notes, headed=rows.headed
        )
    if not arrays:
        rows.add(value)
        return Found("", rows.table(), "JSON, one object", notes=rows.notes, headed=rows.headed)
    chosen = sheet or max(arrays, key=lambda name: _weight(arrays[name]))
    for each in arrays[chosen]:
        rows.add(each)
    _note_others(rows, value, chosen)
    several = tuple(arrays) if len(arrays) > 1 else ()
    named = chosen if several else ""
    return Found(
        named, rows.table(), f"JSON, the array {chosen!r}", several, rows.notes, rows.headed
    )


def _arrays(pairs: Pairs, above: tuple[str, ...]) -> Iterator[tuple[str, list[Any]]]:
    """Arrays of objects or arrays within an object, with their keys."""
    for key, value in pairs:
        path = (*above, key)
        if isinstance(value, Pairs):
            if len(path) < DEEPEST_ARRAY:
                yield from _arrays(value, path)
        elif isinstance(value, list) and any(isinstance(each, list) for each in value):
            yield ".".join(path), value


def _weight(array: list[Any]) -> tuple[bool, int]:
    return any(isinstance(each, Pairs) for each in array), len(array)


def _keyed(value: Pairs, arrays: dict[str, list[Any]]) -> Pairs | None:
    """Object whose values are all objects of one kind: a row each."""
    while len(value) == 1 and isinstance(value[0][1], Pairs):
        inner = value[0][1]
        if not inner or not all(isinstance(each, Pairs) for _, each in inner):
            break
        value = inner
    objects = [each for _, each in value if isinstance(each, Pairs)]
    if len(objects) < max(len(value), 2):
        return None
    common = set.intersection(*({key for key, _ in each} for each in objects))
    return value if common or not arrays else None


def _note_others(rows: Rows, value: Pairs, chosen: str) -> None:
    others = [key for key, _ in value if key != chosen.split(".", 1)[0]]
    if others:
        named = ", ".join(repr(key[:_NAME]) for key in others[:_NAMES])
        more = f" and {len(others) - _NAMES} more" if len(others) > _NAMES else ""
        rows.notes.add(
            0, 0, f"the rows are {chosen!r}; what stands beside it is not read: {named}{more}"
        )


def _is_features(value: Pairs) -> bool:
    members = dict(value)
    features = members.get("features")
    return members.get("type") == "FeatureCollection" and isinstance(features, list)


def _features(value: Pairs, rows: Rows) -> Found:
    for feature in dict(value)["features"]:
        rows.add(_feature(feature) if isinstance(feature, Pairs) else feature)
    _note_others(rows, Pairs(pair for pair in value if pair[0] != "type"), "features")
    return Found("", rows.table(), "GeoJSON", notes=rows.notes, headed=rows.headed)


def _feature(feature: Pairs) -> Pairs:
    """Flatten a feature: its properties, and a point as longitude and latitude."""
    row = Pairs()
    for key, value in feature:
        if key == "properties" and (value is None or isinstance(value, Pairs)):
            row.extend(value or [])
        elif key == "geometry" and isinstance(value, Pairs):
            row.extend(_point(value) or [("geometry", Number(compact(value)))])
        elif (key, value) != ("type", "Feature"):
            row.append((key, value))
    return row


def _point(geometry: Pairs) -> list[tuple[str, Any]]:
    members = dict(geometry)
    place = members.get("coordinates")
    if members.get("type") != "Point" or len(members) > 2 or not isinstance(place, list):
        return []
    if not 2 <= len(place) <= 3 or not all(isinstance(each, Number) for each in place):
        return []
    return list(zip(("longitude", "latitude", "altitude"), place, strict=False))
