"""JSON files: small ones are read at once, large ones in a child process."""

from __future__ import annotations

import os
from typing import BinaryIO

from everyname.errors import TableError
from everyname.intake.child import grid_of, read_in_child
from everyname.intake.json_document import read
from everyname.intake.table import Grid, TableOptions

SMALL = 4 << 20


def read_json(name: str, file: BinaryIO, options: TableOptions, *, sure: bool = True) -> Grid:
    """Read a JSON file as rows of cells.

    Parameters
    ----------
    name
        Name of the file, for messages.
    file
        The open file.
    options
        ``sheet`` names the array that holds the rows; ``encoding`` what is not UTF.
    sure
        Whether the file says that it is JSON: then a bad line is noted and not refused.

    Raises
    ------
    TableError
        It is not JSON, or holds no rows.
    """
    if file.seek(0, os.SEEK_END) > SMALL:
        return read_in_child(
            "json", name, file, options.sheet, encoding=options.encoding, sure=sure
        )
    file.seek(0)
    try:
        return grid_of(name, read(file, options.sheet, encoding=options.encoding, sure=sure))
    except TableError as error:
        where = f"{name}, {error.where}" if error.where else name
        raise TableError(error.found, where=where, do=error.do) from None
