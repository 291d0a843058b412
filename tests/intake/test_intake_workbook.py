# ruff: noqa: DTZ001 - a spreadsheet knows no time zones
import datetime as dt
import subprocess
import zipfile

import pytest
import python_calamine
import xlsxwriter
from lists import workbook

from everyname.errors import TableError
from everyname.intake import TableOptions, find_header, read_table, workbook_child
from everyname.intake.workbook_child import cell_text, read


def column(*values):
    return {(row, 0): value for row, value in enumerate(values)}


def test_values_are_the_text_that_a_person_sees(tmp_path):
    path = workbook(
        tmp_path / "list.xlsx",
        (
            "Register",
            column(
                "Value", 34.0, 34.5, 0.1 + 0.2, 1e22, True, False, "=1+1", "{=3+4}", " 007 ",
                dt.datetime(1992, 2, 26), dt.datetime(1992, 2, 26, 13, 5, 7), "a\nb", "😀 عربي",
            ),
        ),
    )  # fmt: skip
    table = read_table(path)
    assert [row[0] for row in table.rows] == [
        "34", "34.5", "0.3", "1" + "0" * 22, "TRUE", "FALSE", "=1+1", "7", " 007 ",
        "1992-02-26", "1992-02-26 13:05:07", "a\nb", "😀 عربي",
    ]  # fmt: skip
    assert (table.sheet, table.dialect, table.cells) == ("Register", "workbook, sheet Register", 14)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(1992, 2, 26), "1992-02-26"),
        (dt.time(13, 5), "13:05:00"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"),
        (-0.0, "0"),
        (float("inf"), "inf"),
        (12, "12"),
        (dt.datetime(1992, 2, 26), "1992-02-26"),
        (dt.datetime(1992, 2, 26, 13, 5), "1992-02-26 13:05:00"),
        (True, "TRUE"),
        (34.0, "34"),
        ("", ""),
    ],
)
def test_a_value_as_text(value, text):
    assert cell_text(value) == text


def test_row_numbers_and_margins_are_those_of_the_sheet(tmp_path):
    cells = {(2, 1): "Register of the valley", (4, 1): "Name", (4, 2): "Age", (7, 1): "Ada"}
    path = workbook(tmp_path / "list.xlsx", ("L", cells))
    table = read_table(path, TableOptions(header_row=5))
    assert table.columns == ("(column 1)", "Name", "Age")
    assert dict(zip(table.numbers, table.rows, strict=True)) == {
        6: ("", "", ""),
        7: ("", "", ""),
        8: ("", "Ada", ""),
    }
    assert (table.above, table.cells) == (6, 18)
    assert find_header(path) == table
    for header_row in (1, 4, 9):
        with pytest.raises(TableError, match=f"list.xlsx, sheet 'L': row {header_row} should name"):
            read_table(path, TableOptions(header_row=header_row))


def test_a_sheet_is_chosen_by_name_or_the_first_that_is_shown(tmp_path):
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    chart = book.add_chartsheet("Chart")
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series({"values": "=Hidden!$A$1:$A$2"})
    chart.set_chart(drawn)
    for name in ("Hidden", "March", "April"):
        book.add_worksheet(name).write(0, 0, f"Name {name}")
    book.get_worksheet_by_name("Hidden").hide()
    book.close()
    columns = {s: read_table(path, TableOptions(sheet=s)).columns for s in ("", "April", "Hidden")}
    assert columns == {"": ("Name March",), "April": ("Name April",), "Hidden": ("Name Hidden",)}
    with pytest.raises(TableError) as caught:
        read_table(path, TableOptions(sheet="May"))
    assert str(caught.value) == (
        "list.xlsx: there is no sheet 'May'; there are 'Chart', 'Hidden', 'March', 'April'. "
        "Correct sheet under [table] in the mapping file"
    )


def test_an_empty_sheet_is_said(tmp_path):
    path = workbook(tmp_path / "list.xlsx", ("L", {}))
    with pytest.raises(TableError, match="row 1 should name the columns"):
        find_header(path)


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".xlsb", ".xlsm"])
@pytest.mark.parametrize("content", [b"Name,Age\nAda,3\n", b"PK\x03\x04" + b"x" * 80])
def test_what_is_not_a_workbook_is_refused(tmp_path, ending, content):
    path = tmp_path / f"list{ending}"
    path.write_bytes(content)
    with pytest.raises(TableError, match=f"list{ending}: this is not a workbook"):
        read_table(path)


def test_a_workbook_without_its_sheet_is_refused(tmp_path):
    whole = workbook(tmp_path / "whole.xlsx", ("L", column("Name")))
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if "sheet1" not in name:
                new.writestr(name, old.read(name))
    with pytest.raises(TableError, match="the sheet cannot be read"):
        read_table(path)


def test_an_open_document_is_read(tmp_path):
    path = tmp_path / "list.ods"
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p>'
        "</table:table-cell></table:table-row>"
        for text in ("Name", "Ada Invented")
    )
    xmlns = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{xmlns}:{name}:1.0"' for name in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{xmlns}:manifest:1.0"/>',
        )
        file.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names}><office:body>'
            f'<office:spreadsheet><table:table table:name="L">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    table = read_table(path)
    assert (table.sheet, table.columns, table.rows) == ("L", ("Name",), (("Ada Invented",),))


def test_a_hostile_workbook_kills_its_reader_and_not_the_run(tmp_path):
    cells = {(0, 0): "Name", (1_048_575, 16_383): "far away"}
    path = workbook(tmp_path / "list.xlsx", ("L", cells))
    with pytest.raises(TableError, match="the reader ran out of memory or gave up"):
        read_table(path)


def test_one_far_cell_is_a_sheet_of_one_cell(tmp_path):
    path = workbook(tmp_path / "list.xlsx", ("L", {(1_048_575, 16_383): "Name"}))
    with pytest.raises(TableError, match="row 1 should name the columns"):
        read_table(path)


def test_a_stray_cell_that_blows_up_the_sheet_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_child, "LARGEST", 1000)
    path = workbook(tmp_path / "list.xlsx", ("L", {(0, 1): "Name", (499, 1): "stray"}))
    assert read(str(path), "")["first"] == 1
    path = workbook(tmp_path / "list.xlsx", ("L", {(0, 1): "Name", (500, 1): "stray"}))
    assert read(str(path), "") == {
        "error": "sheet 'L' spans 1,002 cells, more than the 1,000 allowed",
        "do": "Look for a stray cell far from the list, or save the list as CSV",
    }


def test_the_child_says_what_it_cannot_read(tmp_path):
    assert read(str(tmp_path / "none.xlsx"), "")["error"].startswith("this is not a workbook")
    path = workbook(tmp_path / "list.xlsx", ("L", column("Name", "Ada")), ("M", {}))
    assert read(str(path), "") == {"sheet": "L", "first": 1, "rows": [["Name"], ["Ada"]]}
    assert read(str(path), "M") == {"sheet": "M", "first": 1, "rows": []}
    assert read(str(path), "N")["error"] == "there is no sheet 'N'; there are 'L', 'M'"


class NoSheets:
    """A workbook in which nothing can be read."""

    sheet_names = ()
    sheets_metadata = ()

    def get_sheet_by_name(self, name):
        raise python_calamine.WorksheetNotFound(name)


class HiddenSheets(NoSheets):
    """A workbook whose only sheet is not shown."""

    sheet_names = ("Secret",)


@pytest.mark.parametrize(
    ("book", "said"),
    [(NoSheets, "this workbook has no sheet"), (HiddenSheets, "the sheet cannot be read (Secret)")],
)
def test_a_workbook_without_a_sheet_to_read(monkeypatch, book, said):
    monkeypatch.setattr(python_calamine, "load_workbook", lambda _path: book())
    assert read("list.xlsx", "")["error"] == said


def test_a_reader_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    def endless(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(subprocess, "run", endless)
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(TableError, match="took over 600 seconds"):
        read_table(path)
