"""CSV files: bytes in some encoding and some dialect become a table."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice

from everyname.errors import TableError
from everyname.intake.cells import Cells
from everyname.intake.csv_delimiter import delimiter_name
from everyname.intake.csv_dialect import Dialect, detect_dialect, without_quote
from everyname.intake.csv_lines import Lines, line_end, split_lines
from everyname.intake.csv_notes import Notes
from everyname.intake.csv_quote import never_closed
from everyname.intake.csv_record import records_of_lines
from everyname.intake.csv_rows import RowReader
from everyname.intake.table import Grid, TableOptions
from everyname.intake.text_encoding import (
    KEEP,
    Encoding,
    detect_encoding,
    encoded_twice,
    find_encoding,
    shown,
)

__all__ = ["detect_delimiter", "detect_encoding", "read_csv"]

# A thousand rows tell a dialect as well as a million.
SAMPLE_ROWS = 1_000
SAMPLE = 400_000
# Of a cell of more lines than this, no more are measured.
LONG_CELL = 50
FEW_ROWS = 20_000
RARELY = 3
MOST_LOOKED_AT = 500_000
_DO = "Name the right encoding under [table] in the mapping file"
_WRITTEN = {"\\t": "\t", "tab": "\t", "TAB": "\t"}
_SEP = re.compile(r'"?sep=([^"\r\n]{1,3})"?[\r\n]*', re.IGNORECASE)
_ENDS = {"\r": "CR", "\n\r": "LF CR", "\r\r\n": "CR CR LF", "\x1e": "RS"}


def read_csv(file: str, data: bytes, options: TableOptions) -> Grid:
    """Read delimited text as rows of cells.

    A row is a row of the spreadsheet: an empty line is one, and a cell that holds line breaks
    does not make more of them. Rows that were mended, or have not the usual number of cells,
    are noted.

    Parameters
    ----------
    file
        Name, for messages.
    data
        The bytes.
    options
        What not to detect.

    Raises
    ------
    TableError
        The bytes are not text in the encoding that the options name, or the options name an
        encoding or delimiter that is none.
    """
    csv.field_size_limit(2**31 - 1)
    encoding = Encoding(options.encoding) if options.encoding else find_encoding(data)
    apart = _WRITTEN.get(options.delimiter, options.delimiter)
    quote = options.quote
    if (
        set(apart) & set("\r\n")
        or (quote and quote in apart)
        or (len(quote) > 1 and quote != "none")
    ):
        raise _no_delimiter(file, apart)
    strict = bool(options.encoding)
    try:
        _open(b"", encoding, strict=strict)
    except (LookupError, ValueError):
        raise _no_encoding(file, encoding.codec) from None
    try:
        return _read(file, data, encoding, (apart, quote), strict=strict)
    except UnicodeDecodeError as error:
        raise _not_text(file, data, encoding.codec, error) from None
    except UnicodeError:
        raise _no_encoding(file, encoding.codec) from None


def _no_encoding(file: str, codec: str) -> TableError:
    return TableError(
        f"there is no encoding {codec!r}",
        where=file,
        do="Write utf-8, cp1251 or another name under [table] encoding in the mapping file",
    )


def _read(
    file: str, data: bytes, encoding: Encoding, known: tuple[str, str], *, strict: bool
) -> Grid:
    notes = Notes()
    text = _open(data, encoding, strict=strict)
    sample = text.read(SAMPLE)
    end = line_end(sample)
    lines = Lines(_lines(data, encoding, end, strict=strict))
    apart, quote = known
    lines.reach(1)
    said = _SEP.fullmatch(lines.peek(0)) if lines.held else None
    if said:
        lines.at += 1
        apart = apart or said[1]
        notes.add(0, 0, "the first line names the delimiter (sep=): it is not a row")
    head = _sample(lines)
    dialect = detect_dialect(head, apart, "" if quote == "none" else quote)
    if quote == "none":
        dialect = Dialect(dialect.delimiter, "", dialect.escape, dialect.width)
    if dialect.quote and quote != dialect.quote and never_closed(head, dialect):
        text = _open(data, encoding, strict=strict)
        opened = never_closed(text, dialect)
        if opened:
            notes.add(
                0, 0, f"quotation marks open in {opened:,} rows and none closes: kept as text"
            )
            dialect = without_quote(head, dialect)
    usual = end or _usual_end(head)
    if not dialect.delimiter and sum("," in line for line in head) * 2 > len(head):
        notes.add(0, 0, "read as one column: the commas look like part of the text")
    if encoded_twice(sample):
        notes.add(0, 0, "letters look like UTF-8 that was read as another encoding and saved so")
    rows: Iterable[list[str]] = RowReader(lines, dialect, notes, usual).rows()
    if not (said or encoding.bad or dialect.escape) and len(sample) < SAMPLE:
        plain = sample.removeprefix("\ufeff")
        rows = records_of_lines(plain, dialect.delimiter, dialect.quote) or rows
    if encoding.bad:
        rows = _with_bad_bytes(rows, notes, encoding.codec)
    if _has_nul(data, encoding.codec):
        rows = _with_nul(rows, notes)
    cells = Cells.pack(rows)
    if dialect.quote == '"' and b"'" in data and len(cells) <= FEW_ROWS:
        _note_apostrophes(cells, notes)
    return Grid(
        file,
        "",
        cells,
        _dialect_text(encoding, dialect, usual),
        guessed=encoding.codec if encoding.guessed else "",
        notes=notes.all(),
    )


def _open(data: bytes, encoding: Encoding, *, strict: bool) -> TextIOWrapper:
    wide = encoding.codec.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    errors = "surrogatepass" if wide and not encoding.bad else "strict" if strict else KEEP
    return TextIOWrapper(BytesIO(data), encoding.codec, errors, newline="")


def _lines(data: bytes, encoding: Encoding, end: str, *, strict: bool) -> Iterator[str]:
    text = _open(data, encoding, strict=strict)
    lines = split_lines(text.read(), end) if end else iter(text)
    for first in islice(lines, 1):
        # The mark that a declared encoding leaves in the text.
        yield first.removeprefix("\ufeff")
    yield from lines


def _sample(lines: Lines) -> list[str]:
    """First lines, without most of those inside a cell of many lines."""
    kept: list[str] = []
    inside, run, at = False, 0, 0
    while len(kept) < SAMPLE_ROWS and at < MOST_LOOKED_AT and lines.reach(at + 1):
        line = lines.peek(at)
        at += 1
        marks = line.count('"')
        run = run + 1 if inside and not marks else 0
        inside ^= bool(marks % 2)
        if run < LONG_CELL:
            kept.append(line)
    if len(kept) < 2 * LONG_CELL:
        # Nothing but one cell that never ends: its lines are all there is.
        return _head(lines.held[lines.at : lines.at + SAMPLE_ROWS]) if inside else _head(kept)
    return _head(kept)


def _head(lines: list[str]) -> list[str]:
    """Lines up to the sample's size: some are endless."""
    size, head = 0, []
    for line in lines:
        head.append(line[:SAMPLE])
        size += len(line)
        if size > SAMPLE:
            break
    return head


def _usual_end(lines: list[str]) -> str:
    ends = Counter(line[len(line.rstrip("\r\n")) :] for line in lines)
    ends.pop("", None)
    if not ends:
        return ""
    end, many = ends.most_common(1)[0]
    return end if many >= 0.9 * ends.total() else ""


def _has_nul(data: bytes, codec: str) -> bool:
    wide = codec.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    return b"\0\0" in data if wide else b"\0" in data


def _with_nul(rows: Iterable[list[str]], notes: Notes) -> Iterator[list[str]]:
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if "\0" in cell:
                notes.add(number, column, "a NUL character stands in the cell")
        yield row


def _with_bad_bytes(rows: Iterable[list[str]], notes: Notes, codec: str) -> Iterator[list[str]]:
    for number, row in enumerate(rows, start=1):
        cells = [shown(cell) for cell in row]
        if cells != row:
            for column, (cell, was) in enumerate(zip(cells, row, strict=True), start=1):
                if cell is not was:
                    notes.add(number, column, f"bytes that are not {codec}: read as Windows would")
        yield cells


def _note_apostrophes(cells: Cells, notes: Notes) -> None:
    """Note an apostrophe at one edge of a cell, where it is no habit of the list."""
    found = [
        (number, column)
        for number, row in enumerate(cells.rows(), start=1)
        for column, cell in enumerate(row, start=1)
        if cell.startswith("'") != cell.endswith("'")
    ]
    for number, column in found if len(found) <= RARELY else ():
        notes.add(number, column, "an apostrophe at one edge of the cell may be a quotation mark")


def _dialect_text(encoding: Encoding, dialect: Dialect, end: str) -> str:
    named = f"{encoding.codec} (guessed)" if encoding.guessed else encoding.codec
    parts = [named, delimiter_name(dialect.delimiter)]
    if dialect.quote != '"':
        parts.append(f"quote {dialect.quote}" if dialect.quote else "no quotes")
    if dialect.escape:
        parts.append("escape \\")
    if end in _ENDS:
        parts.append(f"lines end with {_ENDS[end]}")
    return ", ".join(parts)


def detect_delimiter(text: str) -> str:
    """Choose the delimiter that splits most rows into the same number of values.

    Parameters
    ----------
    text
        The file's text.

    Returns
    -------
    str
        One character or several; empty where nothing splits.
    """
    return detect_dialect(_head(text.splitlines()[:SAMPLE_ROWS])).delimiter


def _not_text(file: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> TableError:
    # The decoder saw a part of the file only: the place in the whole is looked up.
    try:
        data.decode(encoding)
        place, byte = 0, error.object[error.start]
    except UnicodeDecodeError as whole:
        place, byte = whole.start, data[whole.start]
    try:
        before = data[:place].decode(encoding, errors="replace")
    except UnicodeError:
        before = data[:place].decode("latin-1")
    likely = detect_encoding(data)
    return TableError(
        f"byte {byte:#04x} is not {encoding} text",
        where=f"{file}, row {_row_after(before)}",
        do=_DO + (f" ({likely} is likely)" if likely != encoding else ""),
    )


def _row_after(text: str) -> int:
    """Row in which whatever follows the text stands."""
    lines = f"{text}.".splitlines(keepends=True)
    dialect = detect_dialect(_head(lines[:SAMPLE_ROWS]))
    return sum(1 for _ in RowReader(Lines(lines), dialect, Notes()).rows())


def _no_delimiter(file: str, delimiter: str) -> TableError:
    return TableError(
        f"{delimiter!r} cannot separate cells",
        where=file,
        do="Correct delimiter and quote under [table] in the mapping file, or remove them",
    )
