"""Workbooks: read in a child process, so that a hostile one kills the child and not the run."""

from __future__ import annotations

from typing import BinaryIO, Literal

from everyname.errors import TableError
from everyname.intake.child import read_in_child
from everyname.intake.table import Grid, TableOptions

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# An encrypted workbook names its one stream in the directory of the file, which is short.
_DIRECTORY = 64 << 20


def read_workbook(
    name: str,
    file: BinaryIO,
    options: TableOptions,
    kind: Literal["spreadsheet", "opendocument", "workbook"] = "workbook",
) -> Grid:
    """Read one sheet of a workbook as rows of cells.

    Parameters
    ----------
    name
        Name of the file, for messages.
    file
        The open file.
    options
        Which sheet; the first that is shown and has content, if none is named.
    kind
        ``spreadsheet`` for .xlsx and .xlsm, ``opendocument`` for .ods, ``workbook`` for the rest.

    Raises
    ------
    TableError
        The file is not a workbook, is encrypted, has no such sheet, holds more cells than
        any list, or needs more than 4 GiB or ten minutes.
    """
    file.seek(0)
    if file.read(len(OLE)) == OLE and _LOCKED in file.read(_DIRECTORY):
        raise TableError(
            "the workbook is encrypted",
            where=name,
            do="Send it without a password, or save it as CSV",
        )
    return read_in_child(kind, name, file, options.sheet)
