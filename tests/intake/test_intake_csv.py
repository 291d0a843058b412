import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists import csv_table

from everyname.errors import TableError
from everyname.intake import TableOptions, read_table
from everyname.intake.csv_file import detect_delimiter, detect_encoding, read_csv
from everyname.intake.table import GridNote

RUSSIAN = "Имя;Возраст\nИван Вымышлен;34\nМария Вымышлена;29\n"
FRENCH = "nom,lieu\nChloé Inventée,Orléans\nAndré Gaël,Besançon\n"


@pytest.mark.parametrize(
    ("text", "encoding", "dialect", "guessed"),
    [
        (RUSSIAN, "utf-8", "utf-8, semicolon", ""),
        (RUSSIAN, "utf-8-sig", "utf-8-sig, semicolon", ""),
        (RUSSIAN, "utf-16", "utf-16, semicolon", ""),
        (RUSSIAN, "utf-32", "utf-32, semicolon", ""),
        (RUSSIAN, "cp1251", "cp1251 (guessed), semicolon", "cp1251"),
        (FRENCH, "latin-1", "cp1252 (guessed), comma", "cp1252"),
    ],
)
def test_the_encoding_is_detected(tmp_path, text, encoding, dialect, guessed):
    table = csv_table(tmp_path, text.encode(encoding))
    expected = list(csv.reader(io.StringIO(text), delimiter=text[3]))
    assert [list(table.columns), *table.rows()] == expected
    assert (table.dialect, table.grid.guessed) == (dialect, guessed)


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_declared_encoding_is_used_and_its_mark_dropped(tmp_path, mark):
    for encoding in ("utf-8", "utf-16-le"):
        data = (mark + RUSSIAN).encode(encoding)
        table = csv_table(tmp_path, data, encoding=encoding)
        assert (table.columns, table.grid.guessed) == (("Имя", "Возраст"), "")


def test_a_wrong_encoding_names_the_row(tmp_path):
    data = 'Nom,Lieu\n"deux\nlignes",ici\n\nAndré,là\n'.encode("cp1252")
    with pytest.raises(TableError) as caught:
        csv_table(tmp_path, data, encoding="utf-8")
    assert str(caught.value).startswith("list.csv, row 4: byte 0xe9 is not utf-8 text. Name the")
    assert "is likely" in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-99", "hex", "undefined", "utf\0"])
def test_an_encoding_that_is_none_is_said(tmp_path, encoding):
    with pytest.raises(TableError, match="there is no encoding"):
        csv_table(tmp_path, "Name\nAda\n", encoding=encoding)


def test_nul_is_kept_and_noted(tmp_path):
    table = csv_table(tmp_path, b'Name,Note\n"a\nb",1\nAda,x\0\n')
    assert list(table.rows()) == [["a\nb", "1"], ["Ada", "x\0"]]
    assert table.grid.all_notes == (GridNote(3, 2, "a NUL character stands in the cell"),)


@pytest.mark.parametrize("bad", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said(tmp_path, bad):
    with pytest.raises(TableError, match="empty"):
        csv_table(tmp_path, bad)


def test_a_header_alone_is_a_table_without_rows(tmp_path):
    table = csv_table(tmp_path, "Name,Age\n")
    assert (table.columns, list(table.rows()), table.count) == (("Name", "Age"), [], 2)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_detected(tmp_path, delimiter):
    text = "Name,Age,Place\nAda Invented,34,\nBen Invented,29,\n".replace(",", delimiter)
    assert csv_table(tmp_path, text).columns == ("Name", "Age", "Place")


def test_commas_inside_cells_do_not_deceive(tmp_path):
    text = "Name;Age\nInvented, Ada;1,5\nInvented, Ben;2\nCleo;3\n"
    assert next(csv_table(tmp_path, text).rows()) == ["Invented, Ada", "1,5"]
    assert detect_delimiter("Name\nAda\n") == ""
    assert detect_delimiter("") == ""


def test_a_declared_delimiter_is_used(tmp_path):
    table = csv_table(tmp_path, "Name:Age\nAda:3\n", delimiter=":")
    assert (table.columns, table.dialect) == (("Name", "Age"), "utf-8, colon")


def test_a_delimiter_that_cannot_be_one_is_said(tmp_path):
    with pytest.raises(TableError, match=r"'\\n' cannot separate cells"):
        csv_table(tmp_path, "Name\n", delimiter="\n")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path, ending):
    # 1 header, 2 a cell of three lines, 3 blank, 4 Ben, 5 spaces only, 6 Cleo
    lines = ["Name,Note", '"Ada","one', "two", 'three"', "", "Ben,", " , ", "Cleo,x", ""]
    table = csv_table(tmp_path, ending.join(lines))
    shown = dict(zip(table.numbers, table.rows(), strict=True))
    assert shown == {
        2: ["Ada", f"one{ending}two{ending}three"],
        3: ["", ""],
        4: ["Ben", ""],
        5: [" ", " "],
        6: ["Cleo", "x"],
    }


def test_ragged_rows_are_noted_and_cells_beyond_the_header_named(tmp_path):
    table = csv_table(tmp_path, "Name,Age\nAda,34,tall,left-handed\nBen\n\nCleo,3\nDan,4\n")
    assert table.columns == ("Name", "Age", "(column 3)", "(column 4)")
    assert list(table.rows()) == [
        ["Ada", "34", "tall", "left-handed"],
        ["Ben", ""],
        ["", ""],
        ["Cleo", "3"],
        ["Dan", "4"],
    ]
    noted = {note.row: note.reason for note in table.grid.notes}
    assert noted[2] == "the row has 4 cells where rows usually have 2"
    assert noted[3] == "the row has 1 cells where rows usually have 2"


def test_every_column_has_a_name_of_its_own(tmp_path):
    table = csv_table(tmp_path, "Name,,Name, (column 2) ,Full \xa0 name,Name,Name (3)\n")
    assert table.columns == (
        "Name",
        "(column 2)",
        "Name (3)",
        "(column 2) (4)",
        "Full name",
        "Name (6)",
        "Name (3) (7)",
    )


def test_rows_above_the_header_are_counted(tmp_path):
    table = csv_table(tmp_path, "Register of the valley\n\nName,Age\nAda,34\n", header_row=3)
    assert (table.above, table.columns, table.numbers, table.count) == (
        1,
        ("Name", "Age"),
        range(4, 5),
        5,
    )


@pytest.mark.parametrize("header_row", [2, 5])
def test_a_header_row_that_is_not_there_is_said(tmp_path, header_row):
    with pytest.raises(TableError) as caught:
        csv_table(tmp_path, "Name,Age\n\nAda,34\n", header_row=header_row)
    assert str(caught.value).startswith(
        f"list.csv: row {header_row} should name the columns and is empty or missing. Set "
    )


def test_a_long_cell_is_kept_and_noted(tmp_path):
    long = "x" * 1_000_001
    table = csv_table(tmp_path, f"Name;Note\nAda;{long}\nBen;1\n")
    assert next(table.rows()) == ["Ada", long]
    assert table.grid.notes == (GridNote(2, 2, "the cell is very long (1000001 characters)"),)


def test_where_a_cell_stands(tmp_path):
    table = csv_table(tmp_path, "Name\nAda\n")
    assert table.where(2, "Name") == "list.csv, row 2, column 'Name'"
    assert list(table.column("Name")) == ["Ada"]


def test_a_missing_file_and_a_folder_are_said(tmp_path):
    with pytest.raises(TableError, match="there is no such file"):
        read_table(tmp_path / "list.csv")
    (tmp_path / "list.csv").mkdir()
    with pytest.raises(TableError, match=r"this cannot be read .Is a directory"):
        read_table(tmp_path / "list.csv")


def test_bytes_in_no_encoding_at_all_are_read_and_guessed():
    data = bytes(range(0x80, 0xA0)) * 3
    assert data.decode(detect_encoding(data))


# Two cells of a backtick each are read as one, quoted by backticks: nothing tells them apart.
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0`"), max_size=6)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=5
        )
    )
)
def test_what_a_spreadsheet_writes_is_read_back(rows):
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    grid = read_csv("list.csv", written.getvalue().encode(), TableOptions(delimiter=","))
    first = [rows[0][0].removeprefix("\ufeff"), *rows[0][1:]]
    assert list(grid.cells.rows()) == [first, *rows[1:]]


@given(st.binary(max_size=60), st.sampled_from(["", "utf-8", "utf-16", "cp1251", "idna"]))
def test_any_bytes_are_a_grid_or_a_table_error(data, encoding):
    try:
        grid = read_csv("list.csv", data, TableOptions(encoding=encoding))
    except TableError:
        return
    assert all(isinstance(cell, str) for row in grid.cells.rows() for cell in row)
