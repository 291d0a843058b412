"""Parquet files: read within the child process."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from everyname.errors import TableError
from everyname.intake.child_found import LARGEST, Found, Notes, too_wide
from everyname.intake.workbook_value import number_text

BATCH = 5_000
_BYTES = "the cell holds bytes and no text: they are written as hex"
_NOT_FINITE = "NaN or infinity stands in a column of numbers: it is kept as text"

Reader = Callable[[Any], list[Any]]


def read(file: BinaryIO, sheet: str) -> Found:
    """Find the table of a Parquet file.

    Parameters
    ----------
    file
        The file.
    sheet
        Must be empty: a Parquet file holds one table.

    Raises
    ------
    TableError
        The file is damaged, or holds more cells than any list.
    """
    if sheet:
        raise TableError(
            f"a Parquet file has no sheet {sheet!r}", do="Remove --sheet, or sheet under [table]"
        )
    try:
        # From the start of the file: the library does not know the length of a pipe.
        parquet = pq.ParquetFile(pa.PythonFile(file, mode="r"), page_checksum_verification=True)
        names = parquet.schema_arrow.names
        count = parquet.metadata.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(error) from None
    if count * max(len(names), 1) > LARGEST:
        raise too_wide("", count)
    notes = Notes()
    return Found("", _rows(parquet, names, notes), "Parquet", notes=notes, headed=True)


def _rows(parquet: pq.ParquetFile, names: list[str], notes: Notes) -> Iterator[list[str]]:
    yield list(names)
    done = 1
    try:
        for batch in parquet.iter_batches(batch_size=BATCH, use_threads=False):
            columns = [
                _texts(array, done, column, notes) for column, array in enumerate(batch.columns, 1)
            ]
            yield from map(list, zip(*columns, strict=True))
            done += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(error) from None


def _texts(array: Any, done: int, column: int, notes: Notes) -> list[str]:  # noqa: ANN401
    """Write a column's values as the text a person sees."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    values = _readable(array, kind)
    if pa.types.is_floating(kind):
        values = [_number(v, done + n, column, notes) for n, v in enumerate(values, 1)]
    elif _is_bytes(kind):
        values = [_decoded(v, done + n, column, notes) for n, v in enumerate(values, 1)]
    return ["" if value is None else value for value in values]


def _readable(array: Any, kind: Any) -> list[Any]:  # noqa: ANN401 - pyarrow has no types
    types = pa.types
    if types.is_string(kind) or types.is_large_string(kind) or _is_bytes(kind):
        return list(array.to_pylist())
    if types.is_float32(kind) or types.is_float16(kind):
        # Through the text of the type itself: in double precision 0.1 would be 0.10000000149.
        return [v and float(v) for v in pc.cast(array, pa.string()).to_pylist()]
    if types.is_floating(kind):
        return list(array.to_pylist())
    if types.is_timestamp(kind) or types.is_time(kind):
        return [v and _clock(v) for v in pc.cast(array, pa.string()).to_pylist()]
    if types.is_decimal(kind):
        return [v if v is None else format(v, "f") for v in array.to_pylist()]
    if types.is_nested(kind):
        return [v if v is None else _json(v) for v in array.to_pylist()]
    if types.is_null(kind):
        return [None] * len(array)
    return list(pc.cast(array, pa.string()).to_pylist())


def _is_bytes(kind: Any) -> bool:  # noqa: ANN401 - pyarrow has no types
    types = pa.types
    return bool(
        types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind)
    )


def _clock(text: str) -> str:
    """Date and time without zeros that say nothing, and the date alone at midnight."""
    whole, point, rest = text.partition(".")
    digits = rest.rstrip("0Z")
    zone = "Z" if rest.endswith("Z") else ""
    shown = f"{whole}.{digits}{zone}" if point and digits else whole + zone
    return shown.removesuffix(" 00:00:00")


def _number(value: float | None, row: int, column: int, notes: Notes) -> str | None:
    if value is None:
        return None
    if not math.isfinite(value):
        notes.add(row, column, _NOT_FINITE)
        return "NaN" if math.isnan(value) else str(value)
    return number_text(value)


def _decoded(value: bytes | None, row: int, column: int, notes: Notes) -> str | None:
    if value is None:
        return None
    try:
        return value.decode()
    except ValueError:
        notes.add(row, column, _BYTES)
        return value.hex()


def _json(value: Any) -> str:  # noqa: ANN401 - any nested value
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()


def _plain(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _damaged(error: Exception) -> TableError:
    why = type(error).__name__
    return TableError(f"this Parquet file is damaged ({why})", do="Send it again, or as CSV")
