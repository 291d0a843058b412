"""What a file is, by its first bytes; its ending decides only where they do not."""

from __future__ import annotations

import re
from typing import BinaryIO, Literal

from everyname.errors import TableError
from everyname.intake.workbook import OLE
from everyname.intake.zip_file import archive_names

Kind = Literal[
    "spreadsheet", "opendocument", "workbook", "parquet", "sqlite", "zip", "json", "text"
]

TEXT = frozenset({".csv", ".tsv", ".tab", ".txt"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
JSON = frozenset({".json", ".jsonl", ".ndjson", ".geojson"})
PARQUET = frozenset({".parquet", ".pq"})
SQLITE = frozenset({".sqlite", ".sqlite3", ".db", ".gpkg"})
LISTS = TEXT | WORKBOOKS | JSON | PARQUET | SQLITE
"""Endings of files that hold a list."""

CALLED = {
    "spreadsheet": "an Excel workbook",
    "opendocument": "an OpenDocument spreadsheet",
    "workbook": "an Excel workbook",
    "parquet": "a Parquet file",
    "sqlite": "an SQLite database",
    "zip": "a ZIP archive",
    "json": "JSON",
    "text": "text",
}
HEAD = 1 << 16
_EXPECTED: dict[str, frozenset[str]] = {
    "spreadsheet": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    "opendocument": frozenset({".ods", ".ots"}),
    "workbook": frozenset({".xls", ".xlsb", ".xlt"}),
    "parquet": PARQUET,
    "sqlite": SQLITE,
    "zip": frozenset({".zip"}),
    "json": JSON,
    "text": TEXT,
}
_OTHERS = (
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\x00", "an XZ archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"ARROW1\x00\x00", "an Arrow file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x09\x00\x04\x00", "a workbook from before 1997"),
    (b"\x09\x02\x06\x00", "a workbook from before 1997"),
    (b"\x09\x04\x06\x00", "a workbook from before 1997"),
)
_TABLE_OF_OBJECTS = re.compile(r'(?:\[\s*\{\s*["}]|\{\s*")')
# A cell of text may hold a tag: only one that opens the whole file makes a page of it.
_WHOLE_PAGE = re.compile(
    # Atomic: otherwise a thousand comments could be paired in too many ways.
    r"(?>(?:<!--.*?-->|<\?xml.*?\?>)\s*)*+"
    r"<(?:!doctype html|html|head|body|table|meta)\b[^>]*>(?!\s*[,;\t|])",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|table|meta|div)\b", re.IGNORECASE)


def kind_of(name: str, ending: str, file: BinaryIO) -> Kind:
    """Tell how a file is to be read.

    Parameters
    ----------
    name
        Name of the file, for messages.
    ending
        Its ending in small letters, with the point.
    file
        The open file.

    Raises
    ------
    TableError
        It is something that is not read; the message says what.
    """
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(OLE):
        return "workbook"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _archive_kind(name, ending, file)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"SQLite format 3\0"):
        return "sqlite"
    for magic, called in _OTHERS:
        if head.startswith(magic):
            raise _not_read(name, called)
    return _text_kind(name, ending, head)


def unexpected(kind: Kind, ending: str) -> str:
    """Say that a file is not what its ending says; empty where it is."""
    if ending in _EXPECTED[kind] or (kind == "zip" and ending not in LISTS):
        return ""
    if kind == "text" and ending not in LISTS:
        return ""
    return f"the file ends in {ending or 'nothing'} and is {CALLED[kind]}: read as what it is"


def _archive_kind(name: str, ending: str, file: BinaryIO) -> Kind:
    try:
        names = {each.replace("\\", "/").lstrip("/").casefold() for each in archive_names(file)}
    except TableError as error:
        if ending in WORKBOOKS:
            raise TableError(
                f"this is not a workbook ({error.found})",
                where=name,
                do="Send the file again, or save it as CSV",
            ) from None
        raise TableError(error.found, where=name, do=error.do) from None
    if any(each.endswith("workbook.bin") for each in names) and "[content_types].xml" in names:
        return "workbook"
    if any(each.startswith("xl/") for each in names) or "xl/workbook.xml" in names:
        return "spreadsheet"
    if "content.xml" in names:
        return "opendocument"
    if any(each.startswith("word/") for each in names):
        raise _not_read(name, "a Word document")
    if any(each.startswith("ppt/") for each in names):
        raise _not_read(name, "a PowerPoint presentation")
    return "spreadsheet" if "[content_types].xml" in names else "zip"


def _text_kind(name: str, ending: str, head: bytes) -> Kind:
    opening = _opening(head)
    if ending in TEXT:
        if _WHOLE_PAGE.match(opening):
            raise _not_read(name, "a web page (HTML)")
        # Whether it is JSON indeed is seen when it is read as such.
        return "json" if _TABLE_OF_OBJECTS.match(opening) else "text"
    if ending in JSON or opening.startswith(("{", "[")):
        return "json"
    if re.search(r"urn:schemas-microsoft-com:office:spreadsheet", opening[:4096]):
        raise _not_read(name, "an XML spreadsheet of Excel 2003")
    if opening.startswith("<?xml") or "office:document" in opening[:1024]:
        raise _not_read(name, "an XML document")
    if _PAGE.search(opening[:1024]) and opening.startswith("<"):
        raise _not_read(name, "a web page (HTML)")
    if ending in PARQUET | SQLITE or not _is_text(head):
        expected = f", although it ends in {ending}" if ending in LISTS else ""
        raise TableError(
            f"this is no file of any kind that is read{expected}",
            where=name,
            do="Save the list as .csv or .xlsx",
        )
    return "text"


def _opening(head: bytes) -> str:
    """First letters of what may be text, without what stands before them."""
    encoding = "utf-8"
    for mark, named in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\x00\x00\x00", "utf-32-be"),
        (b"\x00", "utf-16-be"),
    ):
        if head.startswith(mark):
            encoding = named
            break
    else:
        if head[1:4] == b"\0\0\0":
            encoding = "utf-32-le"
        elif head[1:2] == b"\0":
            encoding = "utf-16-le"
    return head.decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    few, many = sorted((head[::2].count(0), head[1::2].count(0)))
    if few == 0 and many * 4 > len(head):
        # Every other byte of Latin text in UTF-16 is zero.
        return True
    odd = sum(head.count(byte) for byte in (*range(7), *range(14, 27), *range(28, 32)))
    return odd * 100 <= len(head)


def _not_read(name: str, called: str) -> TableError:
    return TableError(
        f"this is {called}, which is not read", where=name, do="Save the list as .csv or .xlsx"
    )
