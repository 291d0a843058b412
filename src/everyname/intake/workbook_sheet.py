"""The rows of one sheet of an XLSX workbook, read as they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from everyname.errors import TableError
from everyname.intake.child_found import FAR, Notes, no_cells
from everyname.intake.workbook_package import DAMAGED, Attributes, Package, local
from everyname.intake.workbook_value import literal_text, serial_text, unescaped

ROWS, COLUMNS = 1_048_576, 16_384
_TIMED = frozenset({"date", "month", "time", "duration"})
_SHOWN = {
    "percent": "a number that the sheet shows as a percentage is written as the share it is",
    "padded": "a number that the sheet shows with leading zeros is written without them",
    "month": "the sheet shows no day; the date is written with the day that the cell holds",
}


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share.

    Parameters
    ----------
    package
        The archive.
    strings
        Texts that cells point to.
    kinds
        What each cell style shows.
    since_1904
        Whether days are counted from 1904.
    """

    package: Package
    strings: list[str]
    kinds: list[str]
    since_1904: bool


def sheet_rows(book: Book, part: str, notes: Notes) -> Iterator[list[str]]:
    """Rows of a sheet from the first on, each up to its last filled cell.

    Raises
    ------
    TableError
        The sheet is damaged.
    """
    sheet = _Sheet(book, notes)
    last = 0
    for _ in book.package.parse(part, sheet.start, sheet.end, sheet.pieces.append):
        for number, row in sheet.done:
            if number <= last:
                raise _damaged(f"row {number} stands below row {last}")
            if number - last > FAR:
                notes.add(number, 0, "this row stands far below the one before it")
            for _ in range(number - last - 1):
                yield []
            yield row
            last = number
        sheet.done.clear()
    sheet.note_merged(last)


class _Sheet:
    """What is known in the middle of a sheet's XML."""

    def __init__(self, book: Book, notes: Notes) -> None:
        self._book = book
        self._notes = notes
        self.done: list[tuple[int, list[str]]] = []
        self.pieces: list[str] = []
        self._columns: dict[str, int] = {}
        self._row: list[str] = []
        self._number = self._rows = 0
        self._next = 0
        self._column = 0
        self._type = ""
        self._kind = ""
        self._value: str | None = None
        self._inline: list[str] | None = None
        self._formula: str | None = None
        self._phonetic = False
        self._merged: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        if tag == "c":
            self._start_cell(attributes)
        elif tag in {"v", "t", "f"}:
            self.pieces.clear()
        elif tag == "is":
            self._inline = []
        elif tag == "row":
            self._start_row(attributes.get("r"))
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "chartsheet":
            raise no_cells("", "a chart")
        elif tag == "mergeCell":
            self._merged.append(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "v":
            self._value = "".join(self.pieces)
        elif tag == "c":
            self._end_cell()
        elif tag == "f":
            self._formula = "".join(self.pieces)
        elif tag == "t" and self._inline is not None and not self._phonetic:
            self._inline.append("".join(self.pieces))
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "row" and self._row:
            self.done.append((self._number, self._row))
            self._row = []
        # What stands between elements is no text of theirs.
        self.pieces.clear()

    def _start_row(self, number: str | None) -> None:
        self._rows += 1
        self._number = self._number + 1 if number is None else _row_number(number)
        # Rows without a number, and empty ones that bear the same, are counted too.
        if max(self._rows, self._number) > ROWS:
            raise _damaged(f"it has more than {ROWS:,} rows")
        self._row = []
        self._next = 0

    def _start_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        self._column = self._next if place is None else self._column_of(place)
        if self._column >= COLUMNS:
            raise _damaged("a cell stands outside any sheet")
        self._next = self._column + 1
        self._type = attributes.get("t", "n")
        style = attributes.get("s")
        kinds = self._book.kinds
        at = int(style) if style is not None and style.isdecimal() else 0
        self._kind = kinds[at] if at < len(kinds) else ""
        self._value = self._inline = self._formula = None

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_number(letters) - 1
        return column

    def _end_cell(self) -> None:
        text = self._text()
        if text is None:
            return
        row, column = self._row, self._column
        if column == len(row):
            row.append(text)
        elif column > len(row):
            if column - len(row) > FAR:
                self._note("this cell stands far to the right of the one before it")
            row.extend([""] * (column - len(row)))
            row.append(text)
        elif row[column]:
            raise _damaged(f"two cells of row {self._number} stand in column {column + 1}")
        else:
            row[column] = text

    def _note(self, reason: str, limit: int | None = None) -> None:
        self._notes.add(self._number, self._column + 1, reason, limit)

    def _text(self) -> str | None:
        """Text of the cell; None where it holds nothing."""
        value = self._value
        if self._inline is not None and (self._type == "inlineStr" or value is None):
            return unescaped("".join(self._inline))
        if value is None:
            return self._unreckoned()
        if self._type == "n":
            return self._number_text(value) if value else self._unreckoned()
        if self._type == "s":
            return self._shared(value) if value else None
        return self._other(value)

    def _unreckoned(self) -> str | None:
        if self._formula is None:
            return None
        self._note("a formula stands here without its result: the formula is written")
        return "=" + unescaped(self._formula)

    def _shared(self, value: str) -> str:
        try:
            return self._book.strings[int(value)] if int(value) >= 0 else ""
        except (ValueError, IndexError):
            self._note("the cell points to a text that the workbook does not hold")
            return ""

    def _other(self, value: str) -> str:
        if self._type == "b" and value.strip().casefold() in {"0", "1", "true", "false"}:
            return "TRUE" if value.strip().casefold() in {"1", "true"} else "FALSE"
        if self._type == "e":
            self._note("the cell holds an error of a formula")
        elif self._type == "d":
            day, _, clock = value.removesuffix("Z").partition("T")
            return f"{day} {clock}" if clock.strip("0:.") else day or clock
        return unescaped(value)

    def _number_text(self, value: str) -> str:
        kind = self._kind
        try:
            if kind in _TIMED:
                text = serial_text(float(value), kind, since_1904=self._book.since_1904)
                if text is not None:
                    if kind == "month":
                        self._note(_SHOWN[kind], 1)
                    return text
                self._note("the number is no date, as which the sheet would show it")
            elif kind:
                self._note(_SHOWN[kind], 1)
            return literal_text(value)
        except (ValueError, OverflowError):
            self._note("the cell should hold a number and does not: its text is kept")
            return unescaped(value)

    def note_merged(self, last: int) -> None:
        """Note cells merged over several rows: their text stands in the first only."""
        for place in self._merged:
            first, _, second = place.partition(":")
            try:
                top, bottom = (_row_number(corner.lstrip(_LETTERS)) for corner in (first, second))
                column = column_number(first.rstrip("0123456789"))
            except TableError:
                continue
            if top < bottom and top <= last:
                self._notes.add(
                    top,
                    column,
                    "the cell is merged with cells below it: its text stands in the first row only",
                )


_LETTERS = "$ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _row_number(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) < 9 else 0
    if not 1 <= number <= ROWS:
        raise _damaged("a row stands outside any sheet")
    return number


def column_number(letters: str) -> int:
    """Number of a column from 1: A is 1, XFD is 16,384.

    Raises
    ------
    TableError
        There is no such column.
    """
    number = 0
    plain = letters.replace("$", "").upper()
    if 1 <= len(plain) <= 3 and plain.isascii() and plain.isalpha():
        for letter in plain:
            number = number * 26 + ord(letter) - 64
    if not 1 <= number <= COLUMNS:
        raise _damaged("a cell stands outside any sheet")
    return number


def _damaged(why: str) -> TableError:
    return TableError(f"the sheet is damaged: {why}", do=DAMAGED)
