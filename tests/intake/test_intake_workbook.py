# ruff: noqa: DTZ001 - a spreadsheet knows no time zones
import datetime as dt
import io
import subprocess
import sys
import time
import zipfile

import pytest
import python_calamine
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lists import found, workbook

from everyname.errors import TableError
from everyname.intake import (
    child,
    child_found,
    workbook_child,
    workbook_ods,
    workbook_sheet,
    workbook_xlsx,
)
from everyname.intake.list_file import read_grid, read_table
from everyname.intake.table import TableOptions
from everyname.intake.workbook_value import cell_text, format_kind, literal_text, serial_text

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def column(*values):
    return {(row, 0): value for row, value in enumerate(values)}


def grid(path, sheet=""):
    return read_grid(path, TableOptions(sheet=sheet))


def rows(path, sheet=""):
    return list(grid(path, sheet).cells.rows())


def notes(path, sheet=""):
    return [(n.row, n.column, n.reason) for n in grid(path, sheet).all_notes]


def altered(folder, part, content, cells=None):
    """A workbook one of whose parts is another; without content, is missing."""
    whole = workbook(folder / "whole.xlsx", ("L", cells or column("Name", "Ada")))
    path = folder / "list.xlsx"
    with (
        zipfile.ZipFile(whole) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name == part and content is not None:
                new.writestr(name, content)
            elif name != part:
                new.writestr(name, old.read(name))
    return path


def sheet_of(*rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


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
    assert [row[0] for row in table.rows()] == [
        "34", "34.5", "0.3", "1" + "0" * 22, "TRUE", "FALSE", "=1+1", "7", " 007 ",
        "1992-02-26", "1992-02-26 13:05:07", "a\nb", "😀 عربي",
    ]  # fmt: skip
    assert (table.sheet, table.dialect, table.count) == ("Register", "workbook, sheet Register", 14)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(1992, 2, 26), "1992-02-26"),
        (dt.time(13, 5), "13:05:00"),
        (dt.time(13, 5, 0, 500_000), "13:05:00.5"),
        (dt.timedelta(hours=30), "30:00:00"),
        (-0.0, "0"),
        (float("inf"), "inf"),
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (41.71513800000001, "41.715138"),
        (0.8444218515250481, "0.8444218515250481"),
        (12345678901234567890.0, "12345678901234567000"),
        (1e300, "1e+300"),
        (dt.datetime(1992, 2, 26), "1992-02-26"),
        (dt.datetime(1992, 2, 26, 13, 5), "1992-02-26 13:05:00"),
        (True, "TRUE"),
        (34.0, "34"),
        ("", ""),
    ],
)
def test_a_value_as_text(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("12345678901234567890", "12345678901234567890"),
        ("-0", "0"),
        ("0.10", "0.1"),
        ("34.0", "34"),
        ("0.30000000000000004", "0.3"),
        ("1E2", "100"),
    ],
)
def test_a_number_keeps_the_digits_of_the_file(literal, text):
    assert literal_text(literal) == text


@pytest.mark.parametrize("literal", ["", "x", "nan", "inf", "1e999"])
def test_what_is_no_number_is_said(literal):
    with pytest.raises(ValueError):
        literal_text(literal)


@pytest.mark.parametrize(
    ("value", "kind", "since_1904", "text"),
    [
        (33660, "date", False, "1992-02-26"),
        (32198, "date", True, "1992-02-26"),
        (59, "date", False, "1900-02-28"),
        (60, "date", False, "1900-02-29"),
        (61, "date", False, "1900-03-01"),
        (1, "date", False, "1900-01-01"),
        (0, "date", True, "1904-01-01"),
        (0.5, "time", False, "12:00:00"),
        (33660.5, "time", False, "1992-02-26 12:00:00"),
        (1.5, "duration", False, "36:00:00"),
        (-0.5, "duration", False, "-12:00:00"),
        (-1, "date", False, None),
        (3_000_000, "date", False, None),
        (float("nan"), "date", False, None),
    ],
)
def test_days_are_counted_as_spreadsheets_do(value, kind, since_1904, text):
    assert serial_text(value, kind, since_1904=since_1904) == text


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", "date"),
        ("[$-409]d\\-mmm\\-yy;@", "date"),
        ("mmm yyyy", "month"),
        ("h:mm AM/PM", "time"),
        ("[h]:mm", "duration"),
        ("0.0%", "percent"),
        ("00000", "padded"),
        ("#,##0.00", ""),
        ("0.00E+00", ""),
        ('0 "days"', ""),
        ("[Red]0", ""),
        ("General", ""),
    ],
)
def test_a_number_format_says_what_a_number_is(code, kind):
    assert format_kind(164, code) == kind


@given(st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)), st.integers(0, 86_399_999))
@example(dt.date(9999, 12, 31), 86_399_999)
def test_every_day_and_thousandth_comes_back(day, thousandths):
    value = (day - dt.date(1899, 12, 30)).days + thousandths / 86_400_000
    text = serial_text(value, "date", since_1904=False)
    clock = dt.timedelta(milliseconds=thousandths)
    assert dt.datetime.fromisoformat(text) == dt.datetime.combine(day, dt.time()) + clock


CELL = st.none() | st.integers(-(10**15), 10**15) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8
)  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(rows=st.lists(st.lists(CELL, max_size=6), max_size=8))
def test_whatever_is_written_is_read(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("sheet") / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("L")
    for at, row in enumerate(rows):
        for number, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, number, value)
            elif value is not None:
                sheet.write_string(at, number, value)
    book.close()
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    expected = [["" if v is None else str(v) for v in row] for row in rows]
    for row in expected:
        while row and not row[-1]:
            row.pop()
    assert list(grid(path).cells.rows()) == expected


def test_rows_are_numbered_from_the_first_of_the_sheet(tmp_path):
    cells = {(2, 1): "Register of the valley", (4, 1): "Name", (4, 2): "Age", (7, 1): "Ada"}
    path = workbook(tmp_path / "list.xlsx", ("L", cells))
    assert rows(path) == [
        [], [], ["", "Register of the valley"], [], ["", "Name", "Age"], [], [], ["", "Ada"],
    ]  # fmt: skip
    table = found(path)
    assert (table.header_row, table.columns) == (5, ("(column 1)", "Name", "Age"))
    assert dict(zip(table.numbers, table.rows(), strict=True)) == {
        6: ["", "", ""],
        7: ["", "", ""],
        8: ["", "Ada", ""],
    }
    with pytest.raises(TableError, match=r"list.xlsx, sheet 'L': row 9 should name"):
        read_table(path, TableOptions(header_row=9))


def test_the_first_sheet_that_is_shown_and_has_content_is_read(tmp_path):
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    chart = book.add_chartsheet("Chart")
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series({"values": "=Hidden!$A$1:$A$2"})
    chart.set_chart(drawn)
    for name in ("Hidden", "Empty", 'Mär\'z & "x"', "April"):
        sheet = book.add_worksheet(name)
        if name != "Empty":
            sheet.write(0, 0, f"Name {name}")
    book.get_worksheet_by_name("Hidden").hide()
    book.close()
    found = grid(path)
    assert (found.sheet, found.sheets) == (
        'Mär\'z & "x"',
        ("Chart", "Hidden", "Empty", 'Mär\'z & "x"', "April"),
    )
    assert notes(path) == [
        (0, 0, "the hidden sheet 'Hidden' has content too and is not read"),
        (0, 0, "the sheet 'April' has content too and is not read"),
    ]
    assert rows(path, "Hidden") == [["Name Hidden"]]
    assert rows(path, "Empty") == []
    with pytest.raises(
        TableError, match=r"list.xlsx: the sheet 'Chart' holds a chart and no cells"
    ):
        rows(path, "Chart")
    with pytest.raises(TableError) as caught:
        rows(path, "May")
    assert str(caught.value) == (
        "list.xlsx: there is no sheet 'May'; there are 'Chart', 'Hidden', 'Empty', "
        "'Mär\\'z & \"x\"', 'April'. Correct --sheet, or sheet under [table] in the mapping file"
    )


def test_what_a_sheet_shows_otherwise_is_noted(tmp_path):
    content = sheet_of(
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>A1+1</f></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c><c r="B2"><v>many</v></c><c r="D2" s="1"/></row>',
        '<row><c><v>7</v></c><c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b'
        '</t></r><rPh><t>x</t></rPh></is></c><c t="b"><v>1</v></c></row>',
        '<row r="4"><c r="A4" t="str"><v>_x0041_\n</v></c><c t="d"><v>1992-02-26T00:00:00</v></c>',
        "</row>",
    )
    path = altered(tmp_path, SHEET, content)
    assert rows(path) == [
        ["#REF!", "=A1+1"],
        ["", "many"],
        ["7", "a b", "TRUE"],
        ["A\n", "1992-02-26"],
    ]
    assert notes(path) == [
        (1, 1, "the cell holds an error of a formula"),
        (1, 2, "a formula stands here without its result: the formula is written"),
        (2, 1, "the cell points to a text that the workbook does not hold"),
        (2, 2, "the cell should hold a number and does not: its text is kept"),
    ]


def test_merged_cells_are_noted_where_values_hang_on_them(tmp_path):
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("L")
    sheet.merge_range("A1:C1", "Victim")
    sheet.merge_range("A2:A4", "family")
    book.close()
    assert rows(path) == [["Victim"], ["family"]]
    assert notes(path) == [
        (2, 1, "the cell is merged with cells below it: its text stands in the first row only")
    ]


def test_one_far_cell_does_not_hide_the_list(tmp_path):
    cells = {(0, 0): "Name", (1, 0): "Ada", (1_048_575, 16_383): "far away"}
    path = workbook(tmp_path / "list.xlsx", ("L", cells))
    found = grid(path)
    assert (len(found.cells), found.cells.row(1)) == (1_048_576, ["Ada"])
    assert found.cells.row(1_048_575)[-1] == "far away"
    assert notes(path) == [
        (1_048_576, 0, "this row stands far below the one before it"),
        (1_048_576, 16_384, "this cell stands far to the right of the one before it"),
    ]


def test_formats_without_content_are_no_cells(tmp_path):
    content = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>',
        *(f'<row r="{n}"><c r="A{n}" s="1"/><c r="XFD{n}" s="1"/></row>' for n in range(2, 5_000)),
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
    )
    assert rows(altered(tmp_path, SHEET, content)) == [["1"]]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('<row r="0"/>', "a row stands outside any sheet"),
        ('<row r="1048577"/>', "a row stands outside any sheet"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "a cell stands outside any sheet"),
        ('<row r="1"><c r="1"><v>1</v></c></row>', "a cell stands outside any sheet"),
        (
            '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
            "row 1 stands below row 2",
        ),
        (
            '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
            "two cells of row 1 stand in column 1",
        ),
        ("<row>", "is damaged at line 1"),
    ],
)
def test_a_damaged_sheet_is_refused(tmp_path, row, said):
    with pytest.raises(TableError, match=said):
        rows(altered(tmp_path, SHEET, sheet_of(row)))


def test_a_sheet_that_spans_too_much_is_refused(tmp_path):
    each = (f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 3_000))
    path = altered(tmp_path, SHEET, sheet_of(*each))
    with pytest.raises(TableError, match="spans more than the 40,000,000 cells allowed"):
        rows(path)


def test_a_bomb_is_refused_while_it_unpacks(tmp_path):
    inflated = f'<sst xmlns="{MAIN}"><si><t>'.encode() + b"0" * (100 << 20)
    path = altered(tmp_path, "xl/sharedStrings.xml", inflated)
    with pytest.raises(TableError, match=r"unpacks to more than [0-9,]+ bytes, as no list does"):
        rows(path)


def test_entities_are_refused(tmp_path):
    laughs = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    content = (
        f'<!DOCTYPE l [<!ENTITY a "lol">{laughs}]><sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>'
    )
    with pytest.raises(TableError, match="defines XML entities"):
        rows(altered(tmp_path, "xl/sharedStrings.xml", content))


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".xlsb", ".xlsm"])
def test_a_cut_off_workbook_is_refused(tmp_path, ending):
    path = tmp_path / f"list{ending}"
    whole = workbook(tmp_path / "whole.xlsx", ("L", column("Name")))
    path.write_bytes(whole.read_bytes()[:2_000])
    with pytest.raises(TableError, match=f"list{ending}: this is not a workbook"):
        rows(path)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_a_workbook_without_its_parts_is_refused(tmp_path, part):
    with pytest.raises(TableError, match=r"list.xlsx: .*(no part|no main part)"):
        rows(altered(tmp_path, part, None))


def test_an_old_workbook_is_refused_when_it_is_none(tmp_path):
    path = tmp_path / "list.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    with pytest.raises(TableError, match=r"list.xls: this is not a workbook"):
        rows(path)
    path.write_bytes(path.read_bytes() + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(TableError, match=r"list.xls: the workbook is encrypted"):
        rows(path)


class OneSheet:
    """A workbook as calamine gives it: typed values in a rectangle."""

    sheet_names = ("L",)
    name = "L"
    start, height, width = (2, 1), 3, 3

    def get_sheet_by_name(self, name):
        if name != "L":
            raise python_calamine.WorksheetNotFound(name)
        return self

    @property
    def sheets_metadata(self):
        kinds = python_calamine.SheetTypeEnum, python_calamine.SheetVisibleEnum
        return [python_calamine.SheetMetadata("L", kinds[0].WorkSheet, kinds[1].Visible)]

    def to_python(self, skip_empty_area):
        assert skip_empty_area
        return [["Name", 34.0, ""], ["", "", ""], ["Ada", "", ""]]


def test_padding_of_the_library_is_no_content():
    found = list(workbook_child._rows(OneSheet()))
    assert found == [[], [], ["", "Name", "34"], [], ["", "Ada"]]


def test_a_rectangle_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_child, "LARGEST", 11)
    with pytest.raises(TableError, match="sheet 'L' spans more than"):
        list(workbook_child._rows(OneSheet()))


def ods(path, *sheets, styles="", manifest=""):
    xmlns = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(
        f'xmlns:{name}="{xmlns}:{name}:1.0"' for name in ("office", "table", "text", "style")
    )
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    body = "".join(
        f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'
        for name, style, rows in sheets
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        file.writestr(
            "content.xml",
            f"<office:document-content {names}>{styles}<office:body><office:spreadsheet>"
            f"{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def typed(kind, text="", more="", **values):
    given = "".join(f' office:{key.replace("_", "-")}="{v}"' for key, v in values.items())
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return (
        f'<table:table-cell office:value-type="{kind}"{given}{more}>{paragraph}</table:table-cell>'
    )


def row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def test_an_open_document_is_read(tmp_path):
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    path = ods(
        tmp_path / "list.ods",
        (
            "L",
            "shown",
            [
                row(typed("string", "Name"), typed("string", "Age"), blank),
                row(more=' table:number-rows-repeated="2"'),
                row(typed("string", 'a<text:s text:c="3"/>b<text:line-break/>c'), blank),
                row(typed("float", "34,00", value="34.0"), typed("percentage", "5%", value="0.05")),
                row(
                    typed("date", "26.2.92", date_value="1992-02-26"),
                    typed("date", "x", date_value="1992-02-26T13:05:00.500000"),
                    typed("time", "36:00", time_value="PT36H00M01S"),
                    typed("boolean", "WAHR", boolean_value="true"),
                    typed("string", "#REF!", ' calcext:value-type="error"'),
                ),
                row(
                    typed("string", "x", ' table:number-columns-repeated="2"'),
                    more=' table:number-rows-repeated="2"',
                ),
                row(blank, more=' table:number-rows-repeated="1048000"'),
            ],
        ),
    )
    assert rows(path) == [
        ["Name", "Age"],
        [],
        [],
        ["a   b\nc"],
        ["34", "0.05"],
        ["1992-02-26", "1992-02-26 13:05:00.5", "36:00:01", "TRUE", "#REF!"],
        ["x", "x"],
        ["x", "x"],
    ]
    assert notes(path) == [
        (5, 2, "a number that the sheet shows as a percentage is written as the share it is"),
        (6, 5, "the cell holds an error of a formula"),
    ]


def test_sheets_of_an_open_document(tmp_path):
    styles = (
        '<office:automatic-styles><style:style style:name="off"><style:table-properties '
        'table:display="false"/></style:style></office:automatic-styles>'
    )
    name = row(typed("string", "Name"))
    path = ods(
        tmp_path / "list.ods",
        ("Empty", "on", []), ("Off", "off", [name]), ("On", "on", [name, name]),
        styles=styles,
    )  # fmt: skip
    assert (grid(path).sheet, grid(path).sheets) == ("On", ("Empty", "Off", "On"))
    assert notes(path) == [(0, 0, "the hidden sheet 'Off' has content too and is not read")]
    assert rows(path, "Off") == [["Name"]]
    with pytest.raises(TableError, match="there is no sheet 'May'"):
        rows(path, "May")
    ods(path, ("L", "", [name]), manifest="<encryption-data/>")
    with pytest.raises(TableError, match="the workbook is encrypted"):
        rows(path)
    ods(path, ("L", "", [row(typed("string", "x", ' table:number-columns-repeated="16385"'))]))
    with pytest.raises(TableError, match="repeated beyond measure"):
        rows(path)


@pytest.mark.parametrize(
    ("times", "before", "said"),
    [
        (
            1_048_576,
            0,
            "sheet 'L' spans more than the 40,000,000 cells allowed, in the first 2,442",
        ),
        (1, 1_048_576, "it has more than 1,048,576 rows"),
    ],
)
def test_what_is_repeated_is_weighed_before_it_is_written_out(tmp_path, times, before, said):
    wide = typed("string", "x", ' table:number-columns-repeated="16384"')
    gap = row(more=f' table:number-rows-repeated="{before}"') if before else ""
    far = row(wide, more=f' table:number-rows-repeated="{times}"')
    path = ods(tmp_path / "list.ods", ("L", "", [gap, far]))
    with path.open("rb") as file, pytest.raises(TableError, match=said):
        workbook_ods.read(file, "")


def test_more_rows_than_a_sheet_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_sheet, "ROWS", 3)
    for each in ("<row><c><v>1</v></c></row>", '<row r="1"/>'):
        path = altered(tmp_path, "xl/worksheets/sheet1.xml", sheet_of(each * 4))
        with path.open("rb") as file, pytest.raises(TableError, match="more than 3 rows"):
            list(workbook_xlsx.read(file, "").rows)


def test_a_workbook_of_a_chart_alone_is_refused(tmp_path):
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series({"values": "=Chart!$A$1:$A$2"})
    book.add_chartsheet("Chart").set_chart(drawn)
    book.close()
    with pytest.raises(TableError, match=r"list.xlsx: the sheet 'Chart' holds a chart and no cel"):
        rows(path)
    alone = altered(tmp_path, "xl/worksheets/sheet1.xml", f'<chartsheet xmlns="{MAIN}"/>')
    with pytest.raises(TableError, match="the sheet holds a chart and no cells"):
        rows(alone)


def test_a_small_workbook_is_read_at_once(tmp_path):
    path = workbook(tmp_path / "list.xlsx", ("L", column("Name", "Ada")))
    times = []
    for _ in range(5):
        start = time.perf_counter()
        grid(path)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.25


DYING = """
import sys
print('{"sheet":"L","sheets":[],"dialect":""}')
print('[["Name"]]')
sys.stdout.flush()
"""


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("", "the reader ran out of memory or gave up"),
        ("import time; time.sleep(60)", "reading this file took over 1 seconds"),
    ],
)
def test_a_child_that_dies_or_never_ends_is_said(tmp_path, monkeypatch, ending, said):
    script = tmp_path / "dying.py"
    script.write_text(DYING + ending)
    monkeypatch.setattr(child, "MAIN", script)
    monkeypatch.setattr(child, "SECONDS", 1.0)
    path = workbook(tmp_path / "list.xlsx", ("L", column("Name", "Ada")))
    with pytest.raises(TableError, match=said):
        rows(path)


def test_more_text_than_any_list_has_is_refused(monkeypatch):
    monkeypatch.setattr(child_found, "LARGEST_TEXT", 10)
    found = child_found.Found("", [["12345"], ["123456"]], "")
    with pytest.raises(TableError, match="hold more than 10 characters"):
        list(found.limited())


def test_the_child_imports_no_more_of_everyname_than_it_needs(tmp_path):
    path = workbook(tmp_path / "list.xlsx", ("L", column("Name")))
    with path.open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-P", "-X", "importtime", child.MAIN, "spreadsheet", '{"sheet":""}'],
            stdin=file,
            capture_output=True,
            text=True,
            check=True,
        )
    assert "polars" not in done.stderr
    assert "numpy" not in done.stderr
    assert done.stdout.splitlines()[1] == '[["Name"]]'


def test_many_notes_of_one_kind_are_counted():
    found = child_found.Notes(each=2)
    for number in range(1, 6):
        found.add(number, 1, "odd")
    assert found.listed() == [(1, 1, "odd"), (2, 1, "odd"), (0, 0, "odd (and so in 3 more)")]


def test_bytes_of_a_workbook_need_no_file(tmp_path):
    path = workbook(tmp_path / "list.xlsx", ("L", column("Name")))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.xlsx", path.read_bytes())
    (tmp_path / "list.zip").write_bytes(packed.getvalue())
    assert rows(tmp_path / "list.zip") == [["Name"]]
