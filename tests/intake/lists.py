"""Named fakes: small lists and mappings, written as a partner would send them."""

import tomllib

import xlsxwriter

from everyname.intake import Mapping, TableOptions, convert, found_table, read_table
from everyname.intake.cells import Cells
from everyname.intake.table import Grid, shape

DOCUMENT = "d" * 64
SOURCE = '[source]\nname = "River Valley Hospital"\n'


def table(*rows, first=1, header_row=1, header_rows=1, sheet=""):
    grid = Grid("list.csv", sheet, Cells.pack(rows), "utf-8, comma", first)
    return shape(grid, header_row, header_rows)


def found(path):
    """Table of a list, its header found by looking."""
    return found_table(path, TableOptions())[0]


def mapping(text):
    return Mapping.from_content(tomllib.loads(SOURCE + text), "list.toml")


def converted(rows, text):
    return convert(table(*rows), mapping(text), DOCUMENT, "list.toml")


def said(conversion):
    """Statements of each record, by its number or its row."""
    return {
        f"row {r.locator.row}" if r.key.startswith("~") else r.key: [tuple(s) for s in r.statements]
        for r in conversion.records
    }


def notes(conversion):
    return [
        (n.row, n.column, n.text, n.outcome, n.reason, n.times) for n in conversion.account.notes
    ]


def numbers(account):
    names = ("cells", "parsed", "headers", "empty", "unmapped", "rejected")
    return {name: getattr(account, name) for name in names}


def csv_table(folder, data, **options):
    path = folder / "list.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_table(path, TableOptions(**options))


def workbook(path, *sheets):
    """Write sheets, each a name and its cells by (row, column) from 0."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"})
    for name, cells in sheets:
        sheet = book.add_worksheet(name)
        for (row, column), value in cells.items():
            if isinstance(value, str) and not value.startswith("{"):
                sheet.write_string(row, column, value)
            elif isinstance(value, str):
                sheet.write_formula(row, column, value.strip("{}"), None, 7)
            else:
                sheet.write(row, column, value)
    book.close()
    return path
