import os

import pytest
from lists import workbook

from everyname.errors import TableError
from everyname.intake.list_file import read_grid
from everyname.intake.table import TableOptions


def read(path):
    return read_grid(path, TableOptions())


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".html", ".md", ""])
def test_text_is_read_whatever_the_file_is_called(tmp_path, ending):
    path = tmp_path / f"list{ending}"
    path.write_text("Name,Age\nAda,34\n")
    grid = read(path)
    assert list(grid.cells.rows()) == [["Name", "Age"], ["Ada", "34"]]
    noted = [note.reason for note in grid.notes]
    expected = f"the file ends in {ending} and is text: read as what it is"
    assert noted == ([expected] if ending in {".xlsx", ".xls", ".ods"} else [])


@pytest.mark.parametrize("ending", [".csv", ".xls", ".parquet", ".json"])
def test_a_workbook_is_read_whatever_it_is_called(tmp_path, ending):
    whole = workbook(tmp_path / "whole.xlsx", ("L", {(0, 0): "Name"}))
    path = whole.rename(tmp_path / f"list{ending}")
    grid = read(path)
    assert list(grid.cells.rows()) == [["Name"]]
    assert [note.reason for note in grid.notes] == [
        f"the file ends in {ending} and is an Excel workbook: read as what it is"
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xls", b"<html><table><tr><td>Name</td></tr></table></html>", "a web page"),
        ("list.xls", b"<table border=1><tr><td>Name</td></tr></table>", "a web page"),
        (
            "list.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "an XML spreadsheet of Excel 2003",
        ),
        ("list.xls", b"\x09\x02\x06\x00rest", "a workbook from before 1997"),
        ("list.csv", b"%PDF-1.7\nrest", "a PDF document"),
        ("list.csv", b"\x1f\x8b\x08rest", "a gzip archive"),
        ("list.bin", bytes(range(256)) * 9, "no file of any kind that is read"),
        ("list.parquet", b"Name\n", "no file of any kind that is read"),
        ("list.csv", b"<html><body><table><tr><td>Name</td></tr></table>", "a web page (HTML)"),
        ("list.txt", b"<!-- saved -->\n<TABLE border=1>\n<tr><td>Name", "a web page (HTML)"),
        ("list.csv", b"", "this file is empty"),
        ("list.xlsx", b" \r\n", "this file is empty"),
    ],
)
def test_what_is_not_read_is_named(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableError) as caught:
        read(path)
    assert said in str(caught.value)
    assert name in str(caught.value)


def test_a_column_called_as_a_tag_makes_no_page(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("<table>,<date>\nx,1992\n")
    assert list(read(path).cells.rows()) == [["<table>", "<date>"], ["x", "1992"]]


def test_only_files_are_read(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "random.xlsx").symlink_to("/dev/urandom")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    for name in ("folder.csv", "zero.csv", "random.xlsx", "pipe.csv", "loop.csv", "a\0b.csv"):
        with pytest.raises(TableError, match="this cannot be read"):
            read(tmp_path / name)
    with pytest.raises(TableError, match="there is no such file"):
        read(tmp_path / "none.csv")
