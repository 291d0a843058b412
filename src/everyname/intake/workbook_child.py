"""Workbooks that are not XML of Excel: read by calamine, within the child process."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import python_calamine as calamine

from everyname.errors import TableError
from everyname.intake.child_found import LARGEST, Found, Notes, no_cells, no_such_sheet, too_wide
from everyname.intake.workbook_package import Package
from everyname.intake.workbook_value import cell_text

# The library gives an error as an empty cell. In the records of an .xls file an error is one of
# seven numbers behind row and column, or stands where the result of a formula would.
_ERRORS = re.compile(
    rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01"
    rb"|\x06\x00.\x00.{6}\x02.[\x00\x07\x0f\x17\x1d\x24\x2a]...\xff\xff",
    re.DOTALL,
)
_MERGED = "the cell is merged with cells below it: its text stands in the first row only"
AGAIN = "Send the file again, or save it as CSV"


def read(file: BinaryIO, sheet: str) -> Found:
    """Find one sheet of a workbook.

    Parameters
    ----------
    file
        An .xls, .xlsb or .ods file.
    sheet
        Name of the sheet; empty for the first that is shown and has content.

    Returns
    -------
    Found
        The rows from the first on, each up to its last filled cell.

    Raises
    ------
    TableError
        It is no workbook, is encrypted, or has no such sheet.
    """
    archive = _weigh(file)
    notes = Notes()
    if archive:
        notes.add(0, 0, "errors of formulas, such as #REF!, are empty cells in this kind of file")
    elif lost := len(_ERRORS.findall(file.read())):
        notes.add(0, 0, f"errors of formulas, such as #REF!, are read as empty cells: {lost} or so")
    file.seek(0)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(file)
    except calamine.PasswordError:
        raise TableError(
            "the workbook is encrypted", do="Send it without a password, or save it as CSV"
        ) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise TableError(f"this is not a workbook ({error})", do=AGAIN) from None
    names = workbook.sheet_names
    if not names:
        raise TableError("this workbook has no sheet", do="Send the file again")
    if sheet and sheet not in names:
        raise no_such_sheet(sheet, names)
    chosen = sheet or _chosen(workbook, notes)
    if _is_chart(workbook, chosen):
        raise no_cells(chosen, "a chart")
    data = _opened(workbook, chosen)
    rows = _rows(data)
    for (top, left), (bottom, _) in data.merged_cell_ranges or ():
        if top < bottom:
            notes.add(top + 1, left + 1, _MERGED)
    return Found(chosen, rows, f"workbook, sheet {chosen}", tuple(names), notes)


def _weigh(file: BinaryIO) -> bool:
    """Unpack an archive once and throw it away: the library would unpack without limit."""
    archive = zipfile.is_zipfile(file)
    file.seek(0)
    if archive:
        package = Package(file)
        for name in package.names:
            for _ in package.chunks(name):
                pass
        file.seek(0)
    return archive


def _is_chart(workbook: calamine.CalamineWorkbook, name: str) -> bool:
    chart = calamine.SheetTypeEnum.ChartSheet
    return any(sheet.name == name and sheet.typ == chart for sheet in workbook.sheets_metadata)


def _opened(workbook: calamine.CalamineWorkbook, name: str) -> calamine.CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except (calamine.CalamineError, ValueError) as error:
        raise TableError(f"the sheet cannot be read ({error})", do="Save it as CSV") from None


def _chosen(workbook: calamine.CalamineWorkbook, notes: Notes) -> str:
    """Name the first sheet that is shown and has content, and note the others that have."""
    shown: list[str] = []
    hidden: list[str] = []
    for sheet in workbook.sheets_metadata:
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and _filled(workbook, sheet.name):
            visible = sheet.visible == calamine.SheetVisibleEnum.Visible
            (shown if visible else hidden).append(sheet.name)
    for name in (shown + hidden)[1:]:
        kind = "hidden " if name in hidden else ""
        notes.add(0, 0, f"the {kind}sheet {name!r} has content too and is not read")
    return str((shown + hidden + workbook.sheet_names)[0])


def _filled(workbook: calamine.CalamineWorkbook, name: str) -> bool:
    try:
        return workbook.get_sheet_by_name(name).start is not None
    except (calamine.CalamineError, ValueError):
        return True


def _rows(sheet: calamine.CalamineSheet) -> Iterator[list[str]]:
    top, left = sheet.start or (0, 0)
    if sheet.height * (left + sheet.width) > LARGEST:
        raise too_wide(sheet.name, top + sheet.height)
    yield from ([] for _ in range(top))
    margin = [""] * left
    # The library fills the rectangle between its outermost cells: what ends a row is padding.
    empty = 0
    for values in sheet.to_python(skip_empty_area=True):
        while values and values[-1] == "":
            values.pop()
        if not values:
            empty += 1
            continue
        yield from ([] for _ in range(empty))
        empty = 0
        yield margin + [cell_text(value) for value in values]
