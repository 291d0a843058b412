"""XLSX workbooks: sheets, styles and shared text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from everyname.errors import TableError
from everyname.intake.child_found import Found, Notes, no_cells, no_such_sheet
from everyname.intake.workbook_package import DAMAGED, Attributes, Package, local, target
from everyname.intake.workbook_sheet import Book, sheet_rows
from everyname.intake.workbook_value import format_kind, unescaped


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, its part, whether it is shown, its kind."""

    name: str
    part: str
    shown: bool
    kind: str

    @property
    def cells(self) -> bool:
        """Whether it has cells: a chart or a sheet of macros has none."""
        return self.kind == "worksheet"


def read(file: BinaryIO, sheet: str) -> Found:
    """Find one sheet of a workbook.

    Parameters
    ----------
    file
        The workbook.
    sheet
        Name of the sheet; empty for the first that is shown and has content.

    Returns
    -------
    Found
        Its rows are read as they are asked for.

    Raises
    ------
    TableError
        It is no workbook, has no such sheet, or the sheet has no cells.
    """
    package = Package(file)
    main = _main_part(package)
    since_1904, sheets = _sheets(package, main)
    if not sheets:
        raise TableError("this workbook has no sheet", do="Send the file again")
    names = [each.name for each in sheets]
    if sheet and sheet not in names:
        raise no_such_sheet(sheet, names)
    strings = _strings(package, main)
    book = Book(package, strings, _kinds(package, main), since_1904)
    # Who names a sheet knows that there are others.
    asked = [] if sheet else sheets
    with_content = [each for each in asked if each.cells and _has_content(book, each)]
    chosen = _chosen(sheets, with_content, sheet)
    notes = Notes()
    for other in with_content:
        if other != chosen:
            hidden = "" if other.shown else "hidden "
            notes.add(0, 0, f"the {hidden}sheet {other.name!r} has content too and is not read")
    if any(re.match(r"xl/(threaded)?comments", name) for name in package.names):
        notes.add(0, 0, "the workbook has comments beside its cells, which are not read")
    if not chosen.cells:
        raise no_cells(chosen.name, "a chart" if chosen.kind == "chartsheet" else "macros")
    rows = sheet_rows(book, chosen.part, notes)
    return Found(chosen.name, rows, f"workbook, sheet {chosen.name}", tuple(names), notes)


def _chosen(sheets: list[Sheet], with_content: list[Sheet], named: str) -> Sheet:
    if named:
        return next(each for each in sheets if each.name == named)
    orders = (
        [each for each in with_content if each.shown],
        [each for each in sheets if each.shown and each.cells],
        with_content,
        [each for each in sheets if each.cells],
        sheets,
    )
    return next(order[0] for order in orders if order)


def _has_content(book: Book, sheet: Sheet) -> bool:
    try:
        return any(sheet_rows(book, sheet.part, Notes()))
    except TableError:
        # It is said when the sheet is read.
        return True


def _drain(steps: Iterator[None]) -> None:
    deque(steps, maxlen=0)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relationships of a part: id -> the last word of the type, and the part it points to."""
    folder, _, name = part.rpartition("/")
    where = f"{folder}/_rels/{name}.rels".lstrip("/")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target(part, attributes.get("Target", "")))

    if package.has(where):
        _drain(package.parse(where, start))
    return found


def _main_part(package: Package) -> str:
    for kind, part in _relations(package, "").values():
        if kind == "officeDocument" and package.has(part):
            return part
    if package.has("xl/workbook.xml"):
        return "xl/workbook.xml"
    raise TableError("this is not a workbook (it has no main part)", do=DAMAGED)


def _sheets(package: Package, main: str) -> tuple[bool, list[Sheet]]:
    relations = _relations(package, main)
    sheets: list[Sheet] = []
    since_1904 = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal since_1904
        match local(tag):
            case "workbookPr":
                since_1904 = attributes.get("date1904", "0").casefold() in {"1", "true", "on"}
            case "sheet":
                key = next((v for k, v in attributes.items() if k.endswith("relationships id")), "")
                kind, part = relations.get(key, ("worksheet", ""))
                shown = attributes.get("state", "visible") == "visible"
                sheets.append(Sheet(attributes.get("name", ""), part, shown, kind))

    _drain(package.parse(main, start))
    return since_1904, sheets


def _other_part(package: Package, main: str, kind: str, usual: str) -> str:
    for found, part in _relations(package, main).values():
        if found == kind and package.has(part):
            return part
    folder = main.rpartition("/")[0]
    guess = f"{folder}/{usual}".lstrip("/")
    return guess if package.has(guess) else ""


def _strings(package: Package, main: str) -> list[str]:
    part = _other_part(package, main, "sharedStrings", "sharedStrings.xml")
    strings: list[str] = []
    pieces: list[str] = []
    within = phonetic = False

    def start(tag: str, _: Attributes) -> None:
        nonlocal within, phonetic
        match local(tag):
            case "si":
                pieces.clear()
            case "rPh":
                phonetic = True
            case "t":
                within = not phonetic

    def end(tag: str) -> None:
        nonlocal within, phonetic
        match local(tag):
            case "si":
                strings.append(unescaped("".join(pieces)))
            case "rPh":
                phonetic = False
            case "t":
                within = False

    def text(piece: str) -> None:
        if within:
            pieces.append(piece)

    if part:
        _drain(package.parse(part, start, end, text))
    return strings


def _kinds(package: Package, main: str) -> list[str]:
    """What each cell style shows, as `format_kind` says."""
    part = _other_part(package, main, "styles", "styles.xml")
    codes: dict[str, str] = {}
    kinds: list[str] = []
    within = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal within
        match local(tag):
            case "numFmt":
                codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
            case "cellXfs":
                within = True
            case "xf" if within:
                number = attributes.get("numFmtId", "0")
                known = int(number) if number.isdecimal() and len(number) < 9 else 0
                kinds.append(format_kind(known, codes.get(number, "")))

    def end(tag: str) -> None:
        nonlocal within
        if local(tag) == "cellXfs":
            within = False

    if part:
        _drain(package.parse(part, start, end))
    return kinds
