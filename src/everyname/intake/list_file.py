"""A list's file: its ending says how it is read."""

from __future__ import annotations

from pathlib import Path

from everyname.errors import TableError
from everyname.intake.csv_file import read_csv
from everyname.intake.table import Grid, Table, TableOptions, shape
from everyname.intake.workbook import read_workbook

TEXT = frozenset({".csv", ".tsv", ".txt"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


def read_table(path: Path, options: TableOptions | None = None) -> Table:
    """Read a CSV file or a workbook as a table.

    Parameters
    ----------
    path
        The file; its ending says what it is.
    options
        What not to detect.

    Returns
    -------
    Table
        Every cell, as text.

    Raises
    ------
    TableError
        The file is missing, empty, or not what its ending says.
    """
    options = options or TableOptions()
    return shape(read_grid(path, options), options.header_row)


def read_grid(path: Path, options: TableOptions) -> Grid:
    """Read a CSV file or a workbook as rows of cells.

    Parameters
    ----------
    path, options
        As in `read_table`; the header row does not matter here.

    Returns
    -------
    Grid
        Every cell, as text.

    Raises
    ------
    TableError
        The file is missing, empty, or not what its ending says.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise TableError(
            "there is no such file", where=str(path), do="Check its name under [lists]"
        ) from None
    except OSError as error:
        raise TableError(
            f"this cannot be read ({error.strerror})", where=str(path), do="Name a file"
        ) from error
    if not data.strip():
        raise TableError("this file is empty", where=path.name, do="Send the file with its rows")
    ending = path.suffix.lower()
    if ending in TEXT:
        return read_csv(path.name, data, options)
    if ending in WORKBOOKS:
        return read_workbook(path, options)
    raise TableError(
        f"files that end in {ending or 'nothing'!r} are not read",
        where=path.name,
        do="Save it as .csv or .xlsx",
    )
