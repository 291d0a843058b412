"""A damaged row of a CSV file: what is read of it, what is noted, and that its neighbours live."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from everyname.errors import TableError
from everyname.intake.csv_file import read_csv
from everyname.intake.table import GridNote, TableOptions

ABOVE = "id,name,place,age\n1,Ada,North Bank,34\n2,Ben,Quay 7,29\n"
BELOW = "4,Dan,Mill,5\n5,Eve,Ferry,6\n6,Flo,Ferry,7\n"
FIRST = [
    ["id", "name", "place", "age"],
    ["1", "Ada", "North Bank", "34"],
    ["2", "Ben", "Quay 7", "29"],
]
LAST = [["4", "Dan", "Mill", "5"], ["5", "Eve", "Ferry", "6"], ["6", "Flo", "Ferry", "7"]]


def grid_of(text, **options):
    data = text if isinstance(text, bytes) else text.encode()
    return read_csv("list.csv", data, TableOptions(**options))


@pytest.mark.parametrize(
    ("written", "read", "reason"),
    [
        ('3,"Cleo,Mill,8', ["3", "Cleo", "Mill", "8"], "opens and none closes"),
        ('3,Cleo,Mill,"8', ["3", "Cleo", "Mill", "8"], "opens and none closes"),
        ('3,Cleo",Mill,8', ["3", 'Cleo"', "Mill", "8"], "closes and none opens"),
        ('3,Cl"eo,Mill,8', ["3", 'Cl"eo', "Mill", "8"], "kept as it is"),
        ('3,"Cl"eo,Mill,8', ["3", '"Cl"eo', "Mill", "8"], "behind the closing"),
        ('3,"Cleo "the", known",Mill,8', ["3", 'Cleo "the", known', "Mill", "8"], "not doubled"),
        ('3,"Cleo\nthe "one"",Mill,8', ["3", 'Cleo\nthe "one"', "Mill", "8"], "not doubled"),
        ("3;Cleo;Mill;8", ["3", "Cleo", "Mill", "8"], "another delimiter (semicolon)"),
        ('"3"|"Cleo"|"Mill"|"8"', ["3", "Cleo", "Mill", "8"], "another delimiter (bar)"),
        ("3||Cleo||Mill||8", ["3", "Cleo", "Mill", "8"], "another delimiter (||)"),
        ("3, Cleo, Mill, 8", ["3", "Cleo", "Mill", "8"], "a space behind every delimiter"),
        ("3,Cleo,Mill", ["3", "Cleo", "Mill"], "the row has 3 cells where rows usually have 4"),
        ("3,Cleo,Mill,8,", ["3", "Cleo", "Mill", "8", ""], "the row has 5 cells"),
        ("# Cleo, unsure", ["# Cleo, unsure"], "a comment"),
        ('"4,Dan\n5,Eve', ["4", "Dan"], "opens and none closes"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_mended_and_noted_and_harms_no_other(written, read, reason):
    grid = grid_of(f"{ABOVE}{written}\n{BELOW}")
    rows = list(grid.cells.rows())
    assert rows[:3] == FIRST
    assert rows[3] == read
    assert rows[-3:] == LAST
    assert any(note.row == 4 and reason in note.reason for note in grid.notes)


def test_marks_that_open_in_every_row_and_never_close_are_text():
    rows = [[str(n), f'"N{n}', str(n % 90)] for n in range(2_000)]
    text = "No,Name,Age\n" + "".join(f"{','.join(row)}\n" for row in rows)
    grid = grid_of(text)
    assert list(grid.cells.rows()) == [["No", "Name", "Age"], *rows]
    assert grid.dialect == "utf-8, comma, no quotes"
    reason = "quotation marks open in 2,000 rows and none closes: kept as text"
    assert grid.notes == (GridNote(0, 0, reason),)
    closed = grid_of(text + '2000,"Ada, known",4\n')
    assert closed.dialect == "utf-8, comma"
    assert any("opens and none closes" in note.reason for note in closed.notes)


def test_many_notes_of_one_kind_are_counted():
    grid = grid_of("No,Name,Age\n" + '"\n' * 6_000)
    reasons = [note.reason for note in grid.notes]
    assert len(reasons) < 5_000
    assert sum("a later row has" in reason for reason in reasons) == 1
    (counted,) = [reason for reason in reasons if "lone" in reason and "more)" in reason]
    assert counted.startswith("a lone quotation mark (and so, or nearly so, in ")


def test_a_row_with_another_quotation_mark():
    grid = grid_of(f"""{ABOVE}3,'Cleo, known',Mill,8\n{BELOW}7,"Gus, too",Mill,"9"\n""")
    assert list(grid.cells.rows())[3] == ["3", "Cleo, known", "Mill", "8"]
    assert [(note.row, note.column) for note in grid.notes] == [(4, 0)]


def test_what_follows_the_rule_is_not_noted():
    grid = grid_of(f'{ABOVE}3,"Cleo ""the"", known\r\nas C.","Mill\n",8\n{BELOW}')
    assert list(grid.cells.rows())[3] == ["3", 'Cleo "the", known\r\nas C.', "Mill\n", "8"]
    assert grid.notes == ()


def test_a_cell_that_holds_rows_is_read_by_the_rule_and_noted():
    grid = grid_of(f'{ABOVE}3,Cleo,"a,b\ne,f,g,h\ni",8\n{BELOW}')
    assert list(grid.cells.rows())[3] == ["3", "Cleo", "a,b\ne,f,g,h\ni", "8"]
    assert [(note.row, note.reason) for note in grid.notes] == [
        (4, "a cell of several lines holds lines that look like rows")
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", ", ", "||", "::", "~|~", "^", "§", "\x1f"])
def test_delimiters_of_one_and_several_characters(mark):
    rows = [*FIRST, *LAST]
    text = "".join(mark.join(row) + "\r\n" for row in rows)
    assert list(grid_of(text).cells.rows()) == rows
    quoted = "".join(mark.join(f'"{cell}{mark}"' for cell in row) + "\n" for row in rows)
    assert list(grid_of(quoted).cells.rows()) == [[cell + mark for cell in row] for row in rows]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\r", "\r\r\n"])
def test_line_ends(end):
    text = "".join(",".join(row) + end for row in (*FIRST, *LAST))
    assert list(grid_of(text).cells.rows()) == [*FIRST, *LAST]


def test_dialect_names_what_is_unusual():
    text = "'id';'name'\r'1';'O\\'Ada'\r'2';'Be;n'\r'3';'Cleo'\r"
    grid = grid_of(text)
    assert grid.dialect == "utf-8, semicolon, quote ', escape \\, lines end with CR"
    assert grid.cells.row(1) == ["1", "O'Ada"]


def test_the_first_line_may_name_the_delimiter():
    grid = grid_of("sep=;\r\nname;note\r\nAda;a,b,c\r\n")
    assert list(grid.cells.rows()) == [["name", "note"], ["Ada", "a,b,c"]]
    assert [(note.row, note.column) for note in grid.notes] == [(0, 0)]


def test_title_rows_a_second_table_and_a_footer_stay_as_they_are():
    text = f"Register of the valley\n\n{ABOVE}{BELOW}\nplace,killed\nMill,1\nFerry,2\nEnd of list\n"
    rows = list(grid_of(text).cells.rows())
    assert rows[:2] == [["Register of the valley"], []]
    assert rows[2:8] == [*FIRST, *LAST]
    assert rows[8:] == [[], ["place", "killed"], ["Mill", "1"], ["Ferry", "2"], ["End of list"]]


def test_one_column_of_names_keeps_its_commas():
    text = "name\nInvented, Ada\nMade, Ben\nUp, Cleo\n"
    assert list(grid_of(text).cells.rows())[1] == ["Invented, Ada"]


def test_options_override_what_is_detected():
    grid = grid_of("a;b,c\n1;2,3\n", delimiter=",", quote="none")
    assert list(grid.cells.rows()) == [["a;b", "c"], ["1;2", "3"]]
    assert grid.dialect == "utf-8, comma, no quotes"


def test_an_open_quote_in_a_long_file_is_found_again():
    rows = [f"{n},Ada,{n % 7},Mill" for n in range(3_000)]
    rows[1_500] = '1500,"Ada,2,Mill'
    grid = grid_of("id,name,age,place\n" + "\n".join(rows) + "\n")
    assert len(grid.cells) == 3_001
    assert {note.row for note in grid.notes} == {1_502}


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0\r"), max_size=8
)


@given(
    st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
@example([["", "", ""], ["", "\\", ";"]], ";", "\n", csv.QUOTE_MINIMAL)
def test_what_a_writer_writes_is_read_back(rows, delimiter, end, quoting):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    grid = grid_of(b"\xef\xbb\xbf" + written.getvalue().encode(), delimiter=delimiter, quote='"')
    assert list(grid.cells.rows()) == rows


@given(st.text(st.sampled_from("ab1,;|\"' \n\r\\#\t"), max_size=80))
def test_no_character_of_a_word_is_lost(text):
    try:
        grid = grid_of(text)
    except TableError:
        return
    read = "".join(cell for row in grid.cells.rows() for cell in row)
    assert [x for x in read if x.isalnum()] == [x for x in text if x.isalnum()]
