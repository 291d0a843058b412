"""CSV files: bytes in some encoding and some dialect become a table."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from charset_normalizer import from_bytes

from everyname.errors import TableError
from everyname.intake.table import Grid, TableOptions

DELIMITERS = (",", ";", "\t", "|")
# Two thousand rows tell a dialect as well as two million.
SAMPLE_ROWS = 2_000
GUESSED_FROM = 1_000_000
LARGEST_CELL = 10_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Encodings that spreadsheets write; the rarer ones are mistaken for these more often than meant.
_GUESSES = (
    "cp1252", "cp1251", "cp1250", "cp1254", "cp1256", "cp1255", "cp1253", "cp1257", "cp1258",
    "koi8_r", "cp866", "cp874", "gb18030", "big5", "cp932", "euc_jp", "cp949", "utf_16_le",
    "utf_16_be",
)  # fmt: skip


def read_csv(file: str, data: bytes, options: TableOptions) -> Grid:
    """Read delimited text as rows of cells.

    A row is a row of the spreadsheet: an empty line is one, and a cell that holds line breaks
    does not make more of them.

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
        The bytes are not text in the encoding, or cannot be split into cells.
    """
    # A cell may be long already where the delimiter is being detected.
    csv.field_size_limit(LARGEST_CELL)
    encoding, guessed = options.encoding, False
    if not encoding:
        encoding, guessed = _detect(data)
    text = _decode(file, data, encoding)
    delimiter = options.delimiter or detect_delimiter(text)
    rows = _rows(file, text, delimiter)
    shown = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}.get(delimiter, delimiter)
    named = f"{encoding} (guessed)" if guessed else encoding
    return Grid(file, "", rows, f"{named}, {shown}", guessed=encoding if guessed else "")


def detect_encoding(data: bytes) -> str:
    """Name the encoding of text: by its mark, as UTF-8, or by its letters.

    Parameters
    ----------
    data
        The bytes of the file.

    Returns
    -------
    str
        A codec name that Python knows.
    """
    return _detect(data)[0]


def _detect(data: bytes) -> tuple[str, bool]:
    """Name the encoding, and tell whether it is a guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data[:GUESSED_FROM]), True
    return "utf-8", False


def _guess(data: bytes) -> str:
    best = from_bytes(data, cp_isolation=list(_GUESSES)).best()
    if best is None:
        return "latin-1"
    # Where two encodings give the same letters, the more usual one is named.
    usual = data.decode("cp1252", errors="replace") == str(best)
    return "cp1252" if usual else best.encoding


def _decode(file: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise _not_text(file, data, encoding, error) from None
        raise TableError(
            f"there is no encoding {encoding!r}",
            where=file,
            do="Write utf-8, cp1251 or another name under [table] encoding in the mapping file",
        ) from None
    if "\0" in text:
        raise TableError(
            "a NUL character stands in the text",
            where=f"{file}, row {_row_after(text[: text.index(chr(0))])}",
            do="Name the right encoding under [table] in the mapping file",
        )
    return text.removeprefix("\ufeff")


def _not_text(file: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> TableError:
    try:
        before = data[: error.start].decode(encoding, errors="replace")
    except UnicodeError:
        before = data[: error.start].decode("latin-1")
    likely = detect_encoding(data)
    return TableError(
        f"byte {data[error.start]:#04x} is not {encoding} text",
        where=f"{file}, row {_row_after(before)}",
        do="Name the right encoding under [table] in the mapping file"
        + (f" ({likely} is likely)" if likely != encoding else ""),
    )


def _row_after(text: str) -> int:
    """Row in which whatever follows the text stands."""
    rows = csv.reader(io.StringIO(text + ".", newline=""), delimiter=detect_delimiter(text))
    return sum(1 for _ in rows)


def detect_delimiter(text: str) -> str:
    """Choose the delimiter that splits most rows into the same number of cells.

    Parameters
    ----------
    text
        The file's text.

    Returns
    -------
    str
        One of comma, semicolon, tab and bar; a comma where nothing splits.
    """
    sample = "".join(islice(io.StringIO(text, newline=""), SAMPLE_ROWS))
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if row)
        if not widths:
            continue
        width, agreeing = widths.most_common(1)[0]
        score = 0.0 if width == 1 else agreeing / sum(widths.values()) + width / 1_000
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(file: str, text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        # A quote that never closes swallows the rest of the file as one cell: `strict` refuses it.
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if re.search("expected after", str(error)):
            return _rows_leniently(file, text, delimiter)
        raise _unsplit(file, len(rows) + 1, str(error)) from None
    except (TypeError, ValueError) as error:
        raise TableError(
            f"{delimiter!r} cannot separate cells ({error})",
            where=file,
            do="Correct delimiter under [table] in the mapping file, or remove it to detect it",
        ) from None
    return rows


def _rows_leniently(file: str, text: str, delimiter: str) -> list[list[str]]:
    """Split text in which quotation marks stand inside cells, as typed by hand."""
    # The reader does not say whether a quotation mark was open at the end of the file. A last
    # line of its own does: text holds no NUL, so only an open cell can have swallowed it.
    ending = "" if text.endswith(("\n", "\r")) else "\n"
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(f"{text}{ending}\0", newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _unsplit(file, len(rows) + 1, str(error)) from None
    if rows.pop() != ["\0"]:
        raise _unsplit(file, len(rows) + 1, "unexpected end of data")
    return rows


def _unsplit(file: str, row: int, why: str) -> TableError:
    return TableError(
        f"the row cannot be split into cells ({why})",
        where=f"{file}, row {row}",
        do="Look for a quotation mark that is opened and not closed",
    )
