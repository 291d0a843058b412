import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists import csv_table

from everyname.errors import TableError
from everyname.intake import TableOptions, read_table
from everyname.intake.csv_file import detect_delimiter, detect_encoding, read_csv

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
    assert [list(row) for row in (table.columns, *table.rows)] == expected
    assert (table.dialect, table.guessed) == (dialect, guessed)


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_declared_encoding_is_used_and_its_mark_dropped(tmp_path, mark):
    for encoding in ("utf-8", "utf-16-le"):
        data = (mark + RUSSIAN).encode(encoding)
        table = csv_table(tmp_path, data, encoding=encoding)
        assert (table.columns, table.guessed) == (("Имя", "Возраст"), "")


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


def test_nul_names_the_row(tmp_path):
    with pytest.raises(TableError) as caught:
        csv_table(tmp_path, b'Name,Note\n"a\nb",1\nAda,\0\n')
    assert str(caught.value) == (
        "list.csv, row 3: a NUL character stands in the text. Name the right encoding under "
        "[table] in the mapping file"
    )


@pytest.mark.parametrize("bad", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said(tmp_path, bad):
    with pytest.raises(TableError, match="empty"):
        csv_table(tmp_path, bad)


def test_a_header_alone_is_a_table_without_rows(tmp_path):
    table = csv_table(tmp_path, "Name,Age\n")
    assert (table.columns, table.rows, table.cells) == (("Name", "Age"), (), 2)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_detected(tmp_path, delimiter):
    text = "Name,Age,Place\nAda Invented,34,\nBen Invented,29,\n".replace(",", delimiter)
    assert csv_table(tmp_path, text).columns == ("Name", "Age", "Place")


def test_commas_inside_cells_do_not_deceive(tmp_path):
    text = "Name;Age\nInvented, Ada;1,5\nInvented, Ben;2\nCleo;3\n"
    assert csv_table(tmp_path, text).rows[0] == ("Invented, Ada", "1,5")
    assert detect_delimiter("Name\nAda\n") == ","
    assert detect_delimiter("") == ","


def test_a_declared_delimiter_is_used(tmp_path):
    table = csv_table(tmp_path, "Name:Age\nAda:3\n", delimiter=":")
    assert (table.columns, table.dialect) == (("Name", "Age"), "utf-8, :")


def test_a_delimiter_that_cannot_be_one_is_said(tmp_path):
    with pytest.raises(TableError, match="'ab' cannot separate cells"):
        csv_table(tmp_path, "Name\n", delimiter="ab")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path, ending):
    # 1 header, 2 a cell of three lines, 3 blank, 4 Ben, 5 spaces only, 6 Cleo
    lines = ["Name,Note", '"Ada","one', "two", 'three"', "", "Ben,", " , ", "Cleo,x", ""]
    table = csv_table(tmp_path, ending.join(lines))
    shown = dict(zip(table.numbers, table.rows, strict=True))
    assert shown == {
        2: ("Ada", f"one{ending}two{ending}three"),
        3: ("", ""),
        4: ("Ben", ""),
        5: (" ", " "),
        6: ("Cleo", "x"),
    }


def test_ragged_rows_are_filled_and_cells_beyond_the_header_named(tmp_path):
    table = csv_table(tmp_path, "Name,Age\nAda,34,tall,left-handed\nBen\n\nCleo,3\n")
    assert table.columns == ("Name", "Age", "(column 3)", "(column 4)")
    assert table.rows == (
        ("Ada", "34", "tall", "left-handed"),
        ("Ben", "", "", ""),
        ("", "", "", ""),
        ("Cleo", "3", "", ""),
    )


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
    assert (table.above, table.columns, table.numbers, table.cells) == (1, ("Name", "Age"), (4,), 5)


@pytest.mark.parametrize("header_row", [2, 5])
def test_a_header_row_that_is_not_there_is_said(tmp_path, header_row):
    with pytest.raises(TableError) as caught:
        csv_table(tmp_path, "Name,Age\n\nAda,34\n", header_row=header_row)
    assert str(caught.value).startswith(
        f"list.csv: row {header_row} should name the columns and is empty or missing. Set "
    )


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Name,Age\nAda,34\n"Ben,29\nCleo,3\n', 3),
        # A quotation mark typed by hand in row 2 does not excuse the open one in row 3.
        ('Name,Age\n"Ada" Invented,34\nBen,"29\nCleo,3\n', 3),
        ('Name,Age\n"Ada" Invented,34\nBen,"29', 3),
    ],
)
def test_a_quote_that_never_closes_names_its_row(tmp_path, text, row):
    with pytest.raises(TableError) as caught:
        csv_table(tmp_path, text)
    assert str(caught.value) == (
        f"list.csv, row {row}: the row cannot be split into cells (unexpected end of data). "
        "Look for a quotation mark that is opened and not closed"
    )


def test_quotes_inside_cells_are_read_as_typed_by_hand(tmp_path):
    for ending in ("", "\n"):
        table = csv_table(tmp_path, f'Name,Note\n"Ada" Invented,5" tall\nBen,"a\nb"{ending}')
        assert table.rows == (("Ada Invented", '5" tall'), ("Ben", "a\nb"))


def test_a_cell_may_be_long_and_not_endless(tmp_path, monkeypatch):
    long = "x" * 200_000
    table = csv_table(tmp_path, f"Name;Note\nAda;{long}\nBen;{long}\n")
    assert (table.columns, len(table.rows[0][1])) == (("Name", "Note"), 200_000)
    monkeypatch.setattr("everyname.intake.csv_file.LARGEST_CELL", 1_000)
    for start in ("Ada", '"Ada" I'):
        with pytest.raises(TableError, match=r"row 2: the row cannot be split .*field limit"):
            csv_table(tmp_path, f"Name\n{start}{'x' * 1_001}\n")


def test_where_a_cell_stands(tmp_path):
    table = csv_table(tmp_path, "Name\nAda\n")
    assert table.where(2, "Name") == "list.csv, row 2, column 'Name'"
    assert list(table.column("Name")) == ["Ada"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.pdf", b"%PDF", "files that end in '.pdf' are not read"),
        ("list", b"x", "files that end in 'nothing' are not read"),
    ],
)
def test_other_files_are_not_read(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=said):
        read_table(tmp_path / name)


def test_a_missing_file_and_a_folder_are_said(tmp_path):
    with pytest.raises(TableError, match="there is no such file"):
        read_table(tmp_path / "list.csv")
    (tmp_path / "list.csv").mkdir()
    with pytest.raises(TableError, match=r"this cannot be read .Is a directory"):
        read_table(tmp_path / "list.csv")


def test_bytes_in_no_encoding_at_all_are_latin():
    assert detect_encoding(bytes(range(0x80, 0xA0)) * 3) in {"latin-1", "cp866", "cp1258"}


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_a_spreadsheet_writes_is_read_back(rows):
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    grid = read_csv("list.csv", written.getvalue().encode(), TableOptions(delimiter=","))
    first = [rows[0][0].removeprefix("\ufeff"), *rows[0][1:]]
    assert [list(row) for row in grid.rows] == [first, *rows[1:]]


@given(st.binary(max_size=60), st.sampled_from(["", "utf-8", "utf-16", "cp1251", "idna"]))
def test_any_bytes_are_a_grid_or_a_table_error(data, encoding):
    try:
        grid = read_csv("list.csv", data, TableOptions(encoding=encoding))
    except TableError:
        return
    assert all(isinstance(cell, str) for row in grid.rows for cell in row)
