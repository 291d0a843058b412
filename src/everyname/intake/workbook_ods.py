"""OpenDocument spreadsheets: one sheet, read as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from everyname.errors import TableError
from everyname.intake.child_found import (
    LARGEST,
    LARGEST_TEXT,
    Found,
    Notes,
    no_such_sheet,
    too_long,
    too_wide,
)
from everyname.intake.workbook_package import Attributes, Package, local
from everyname.intake.workbook_value import literal_text

CONTENT = "content.xml"
ROWS, COLUMNS = 1_048_576, 16_384
# As many characters as a cell may have.
SPACES = 32_767
_DURATION = re.compile(r"(-?)PT(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:[.,]([0-9]+))?S)?")
_SHARE = "a number that the sheet shows as a percentage is written as the share it is"


@dataclass(slots=True)
class Sheet:
    """One sheet: its name, its style, whether a cell of it is filled, and its size.

    Parameters
    ----------
    cells, letters
        Cells, and characters in them, what is repeated counted as often.
    rows
        Number of the last filled row.
    beyond
        First row with which there are more cells than any list has; 0 where there is none.
    """

    name: str
    style: str
    filled: bool = False
    cells: int = 0
    letters: int = 0
    rows: int = 0
    beyond: int = 0

    def grow(self, row: list[str], times: int, before: int) -> None:
        """Count a row that is repeated, which stands behind so many rows."""
        if not row:
            return
        if self.cells + len(row) * times > LARGEST and not self.beyond:
            self.beyond = before + (LARGEST - self.cells) // len(row) + 1
        self.cells += len(row) * times
        self.letters += sum(map(len, row)) * times
        self.rows = before + times


def read(file: BinaryIO, sheet: str) -> Found:
    """Find one sheet of an OpenDocument spreadsheet.

    Parameters
    ----------
    file
        The spreadsheet.
    sheet
        Name of the sheet; empty for the first that is shown and has content.

    Raises
    ------
    TableError
        It is no such spreadsheet, is encrypted, has no such sheet, or more cells than any list.
    """
    package = Package(file)
    manifest = "META-INF/manifest.xml"
    if package.has(manifest) and b"encryption-data" in b"".join(package.chunks(manifest)):
        raise TableError(
            "the workbook is encrypted", do="Send it without a password, or save it as CSV"
        )
    survey = _Reader(Notes(), None)
    for _ in package.parse(CONTENT, survey.start, survey.end, survey.text):
        pass
    sheets = survey.sheets
    names = tuple(each.name for each in sheets)
    if not sheets:
        raise TableError("this workbook has no sheet", do="Send the file again")
    if sheet and sheet not in names:
        raise no_such_sheet(sheet, names)
    notes = Notes()
    filled = [each for each in sheets if each.filled]
    shown = [each for each in filled if each.style not in survey.hidden]
    chosen = sheet or (shown + filled + sheets)[0].name
    # Before anything that is repeated is written out.
    _weigh(next(each for each in sheets if each.name == chosen))
    for other in () if sheet else filled:
        if other.name != chosen:
            hidden = "hidden " if other.style in survey.hidden else ""
            notes.add(0, 0, f"the {hidden}sheet {other.name!r} has content too and is not read")
    rows = _rows(package, _Reader(notes, chosen))
    return Found(chosen, rows, f"workbook, sheet {chosen}", names, notes)


def _weigh(sheet: Sheet) -> None:
    if sheet.beyond:
        raise too_wide(sheet.name, sheet.beyond)
    if sheet.letters > LARGEST_TEXT:
        raise too_long()
    if sheet.rows > ROWS:
        raise TableError(f"the sheet is damaged: it has more than {ROWS:,} rows")


def _rows(package: Package, reader: _Reader) -> Iterator[list[str]]:
    gap = 0
    for _ in package.parse(CONTENT, reader.start, reader.end, reader.text):
        for row, times in reader.done:
            if not row:
                gap += times
                continue
            # Empty rows count only where a filled one follows.
            yield from ([] for _ in range(gap))
            gap = 0
            yield from (row for _ in range(times))
        reader.done.clear()


class _Reader:
    """What is known in the middle of the document."""

    def __init__(self, notes: Notes, wanted: str | None) -> None:
        self.sheets: list[Sheet] = []
        self.hidden: set[str] = set()
        self.done: list[tuple[list[str], int]] = []
        self._notes = notes
        self._wanted = wanted
        self._depth = 0
        self._style = ""
        self._row: list[str] = []
        self._number = 0
        self._gap = 0
        self._times = 1
        self._cell: dict[str, str] | None = None
        self._lines: list[list[str]] = []
        self._aside = 0

    @property
    def _within(self) -> bool:
        chosen = self._wanted is None or self.sheets[-1].name == self._wanted
        return self._depth == 1 and chosen

    def start(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        plain = {local(key): value for key, value in attributes.items()} if attributes else {}
        if tag == "table" and name.endswith("table:1.0 table"):
            self._start_table(plain)
        elif self._depth == 0:
            self._start_style(tag, plain)
        elif not self._within:
            return
        elif tag == "table-row":
            self._times = _repeated(plain.get("number-rows-repeated"), ROWS)
            self._row, self._gap = [], 0
        elif tag in {"table-cell", "covered-table-cell"}:
            # `calcext:value-type` says of an error what `office:value-type` calls a string.
            if "error" in {v for k, v in attributes.items() if k.endswith("value-type")}:
                plain["value-type"] = "error"
            self._cell, self._lines = plain, []
        elif tag == "annotation":
            self._aside += 1
        elif self._cell is not None and not self._aside:
            self._start_text(tag, plain)

    def _start_table(self, plain: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self._number = 0
            self.sheets.append(Sheet(plain.get("name", ""), plain.get("style-name", "")))

    def _start_style(self, tag: str, plain: dict[str, str]) -> None:
        if tag == "style":
            self._style = plain.get("name", "")
        elif tag == "table-properties" and plain.get("display") == "false":
            self.hidden.add(self._style)

    def _start_text(self, tag: str, plain: dict[str, str]) -> None:
        if tag == "p":
            self._lines.append([])
        elif self._lines:
            if tag == "s":
                self._lines[-1].append(" " * _repeated(plain.get("c"), SPACES))
            elif tag in {"tab", "line-break"}:
                self._lines[-1].append("\t" if tag == "tab" else "\n")

    def text(self, piece: str) -> None:
        if self._cell is not None and self._lines and not self._aside:
            self._lines[-1].append(piece)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "table" and name.endswith("table:1.0 table"):
            self._depth -= 1
        elif self._depth == 0 or not self._within:
            return
        elif tag == "annotation":
            self._aside -= 1
            self._notes.add(self._number + 1, 0, "a comment stands beside a cell: it is not read")
        elif self._cell is not None and tag in {"table-cell", "covered-table-cell"}:
            self._end_cell(self._cell)
            self._cell = None
        elif tag == "table-row":
            self.sheets[-1].grow(self._row, self._times, self._number)
            if self._wanted is not None:
                self.done.append((self._row, self._times))
            self._number += self._times

    def _end_cell(self, cell: dict[str, str]) -> None:
        times = _repeated(cell.get("number-columns-repeated"), COLUMNS)
        text = self._text(cell)
        if text is None:
            self._gap += times
            return
        self.sheets[-1].filled = True
        if len(self._row) + self._gap + times > COLUMNS:
            raise TableError("the sheet is damaged: a cell stands outside any sheet")
        self._row.extend([""] * self._gap)
        self._gap = 0
        if _repeated(cell.get("number-rows-spanned"), ROWS) > 1:
            self._note(
                "the cell is merged with cells below it: its text stands in the first row only"
            )
        self._row.extend([text] * times)

    def _note(self, reason: str, limit: int | None = None) -> None:
        self._notes.add(self._number + 1, len(self._row) + self._gap + 1, reason, limit)

    def _text(self, cell: dict[str, str]) -> str | None:
        """Text of the cell; None where it holds nothing."""
        shown = "\n".join("".join(line) for line in self._lines)
        kind = cell.get("value-type", "")
        if kind in {"float", "currency", "percentage"} and "value" in cell:
            if kind == "percentage":
                self._note(_SHARE, 1)
            return self._number_text(cell["value"])
        if kind == "date" and cell.get("date-value"):
            day, _, clock = cell["date-value"].partition("T")
            clock = clock.rstrip("0").rstrip(".") if "." in clock else clock
            return f"{day} {clock}" if clock.strip("0:") else day
        if kind == "time" and (found := _DURATION.fullmatch(cell.get("time-value", ""))):
            hours, minutes, seconds = (int(found[n] or 0) for n in (2, 3, 4))
            rest = (found[5] or "").rstrip("0")
            text = f"{found[1]}{hours:02}:{minutes:02}:{seconds:02}"
            return f"{text}.{rest}" if rest else text
        if kind == "boolean" and cell.get("boolean-value") in {"true", "false"}:
            return cell["boolean-value"].upper()
        if kind == "error":
            self._note("the cell holds an error of a formula")
        return shown or cell.get("string-value", "") if shown or kind else None

    def _number_text(self, value: str) -> str:
        try:
            return literal_text(value)
        except (ValueError, OverflowError):
            self._note("the cell should hold a number and does not: its text is kept")
            return value


def _repeated(times: str | None, most: int) -> int:
    if times is None:
        return 1
    number = int(times) if times.isdecimal() and len(times) < 9 else 0
    if not 1 <= number <= most:
        raise TableError("the sheet is damaged: something is repeated beyond measure")
    return number
