"""The child process that opens a workbook; imports nothing of everyname, so it starts at once."""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
from typing import Any

import python_calamine as calamine

MEMORY = 4 << 30
# Two filled cells far apart make a sheet of all the cells between them.
LARGEST = 40_000_000


def cell_text(value: object) -> str:
    """Write a workbook's value as the text a person sees in it.

    Parameters
    ----------
    value
        What the reader gave: text, number, date, time, duration, boolean.

    Returns
    -------
    str
        Whole numbers without a decimal point; dates as ISO 8601.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def read(path: str, sheet: str) -> dict[str, Any]:
    """Read one sheet.

    Parameters
    ----------
    path
        The workbook.
    sheet
        Name of the sheet; empty for the first that is shown.

    Returns
    -------
    dict
        ``sheet``, ``first`` (number of the first row) and ``rows``; or ``error`` and ``do``.
    """
    try:
        workbook = calamine.load_workbook(path)
    except (calamine.CalamineError, OSError, ValueError) as error:
        return {
            "error": f"this is not a workbook ({error})",
            "do": "Send the file again, or save it as CSV",
        }
    names = workbook.sheet_names
    if sheet and sheet not in names:
        return {
            "error": f"there is no sheet {sheet!r}; there are {', '.join(map(repr, names))}",
            "do": "Correct sheet under [table] in the mapping file",
        }
    if not names:
        return {"error": "this workbook has no sheet", "do": "Send the file again"}
    try:
        return _sheet(workbook, sheet or _first_shown(workbook))
    except (calamine.CalamineError, ValueError) as error:
        return {"error": f"the sheet cannot be read ({error})", "do": "Save the sheet as CSV"}


def _first_shown(workbook: calamine.CalamineWorkbook) -> str:
    for sheet in workbook.sheets_metadata:
        shown = sheet.visible == calamine.SheetVisibleEnum.Visible
        if shown and sheet.typ == calamine.SheetTypeEnum.WorkSheet:
            return sheet.name
    return workbook.sheet_names[0]


def _sheet(workbook: calamine.CalamineWorkbook, name: str) -> dict[str, Any]:
    data = workbook.get_sheet_by_name(name)
    top, left = data.start or (0, 0)
    cells = data.height * (left + data.width)
    if cells > LARGEST:
        return {
            "error": f"sheet {name!r} spans {cells:,} cells, more than the {LARGEST:,} allowed",
            "do": "Look for a stray cell far from the list, or save the list as CSV",
        }
    margin = [""] * left
    rows = data.to_python(skip_empty_area=True)
    return {
        "sheet": name,
        "first": top + 1,
        "rows": [margin + [cell_text(value) for value in row] for row in rows],
    }


def main(path: str, sheet: str) -> None:
    """Write what `read` gives as JSON, within the limit on memory."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(read(path, sheet), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:3])
