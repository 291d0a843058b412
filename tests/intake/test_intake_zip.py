import zipfile

import pytest
from lists import workbook

from everyname.errors import TableError
from everyname.intake.list_file import read_grid
from everyname.intake.table import TableOptions

CSV = "Name,Age\nAda,34\n"


def archive(folder, files, name="list.zip"):
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member, content in files.items():
            file.writestr(member, content)
    return path


def read(path, sheet=""):
    return read_grid(path, TableOptions(sheet=sheet))


def test_the_one_list_of_an_archive_is_read(tmp_path):
    path = archive(
        tmp_path, {"a/": "", "a/list.csv": CSV, "__MACOSX/a/._list.csv": "x", "b.md": ""}
    )
    grid = read(path)
    assert (grid.file, grid.sheet, grid.sheets) == ("list.zip", "", ())
    assert grid.dialect.startswith("ZIP, a/list.csv, utf-8")
    assert list(grid.cells.rows()) == [["Name", "Age"], ["Ada", "34"]]


def test_one_of_several_is_named_and_its_sheet(tmp_path):
    cells = {(0, 0): "Name"}
    book = workbook(tmp_path / "b.xlsx", ("L", cells), ("M", {(0, 0): "Other"}))
    path = archive(tmp_path, {"a.csv": CSV, "b.xlsx": book.read_bytes()})
    with pytest.raises(TableError) as caught:
        read(path)
    assert str(caught.value) == (
        "list.zip: this archive holds several files. "
        "Name one with --sheet, or as sheet under [table] in the mapping file: 'a.csv', 'b.xlsx'"
    )
    with pytest.raises(TableError, match=r"there is no file 'c.csv' in this archive"):
        read(path, "c.csv")
    for sheet in ("b.xlsx", "b.xlsx/M"):
        grid = read(path, sheet)
        assert grid.sheets == ("a.csv", "b.xlsx")
        # What the sheet is called leads to it again.
        assert read(path, grid.sheet).cells == grid.cells
    assert list(grid.cells.rows()) == [["Other"]]


def test_the_last_part_of_a_name_will_do_where_no_other_ends_so(tmp_path):
    files = {"a/one.csv": CSV, "a/two.csv": "No\n1\n", "b/two.csv": "No\n2\n"}
    path = archive(tmp_path, files)
    found = read(path, "one.csv")
    assert found.sheet == "a/one.csv"
    assert list(found.cells.rows()) == [["Name", "Age"], ["Ada", "34"]]
    with pytest.raises(TableError, match=r"there is no file 'two.csv' in this archive"):
        read(path, "two.csv")


def encrypted(path):
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x03\x04") + 6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


def test_what_cannot_be_unpacked_is_refused(tmp_path):
    inner = archive(tmp_path, {"a.csv": CSV}, "inner.zip")
    with pytest.raises(TableError, match=r"inner.zip: an archive within an archive is not read"):
        read(archive(tmp_path, {"inner.zip": inner.read_bytes()}))
    with pytest.raises(TableError, match="this archive is empty"):
        read(archive(tmp_path, {}))
    path = archive(tmp_path, {"a.csv": CSV})
    encrypted(path)
    with pytest.raises(TableError, match=r"list.zip, a.csv: the file is encrypted"):
        read(path)
    path = archive(tmp_path, {"a.csv": CSV * 1_000})
    path.write_bytes(path.read_bytes().replace(b"\x00Name", b"\x00Nome")[:-30])
    with pytest.raises(TableError, match="this archive is damaged"):
        read(path)


def test_a_bomb_is_refused_while_it_unpacks(tmp_path):
    path = archive(tmp_path, {"a.csv": b"0" * (100 << 20)})
    with pytest.raises(TableError, match=r"a.csv: the file unpacks to more than [0-9,]+ bytes"):
        read(path)
