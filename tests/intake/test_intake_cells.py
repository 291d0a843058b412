import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.intake import Cells, Grid, GridNote
from everyname.intake.table import shape

TEXT = st.text(max_size=6)
WHOLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(st.lists(st.lists(WHOLE, max_size=4), max_size=8))
def test_rows_come_back_as_they_were(rows):
    cells = Cells.pack(rows)
    assert list(cells.rows()) == rows
    assert [cells.row(i) for i in range(len(cells))] == rows
    assert cells.count == sum(map(len, rows))
    assert cells.width == max(map(len, rows), default=0)
    for column in range(cells.width):
        expected = [row[column] if column < len(row) else None for row in rows]
        assert cells.column(column).to_list() == expected
    assert cells.holding().tolist() == [
        sum(bool(c.strip(" \t\n")) for c in row) for row in rows
    ] or (
        # Python and Polars agree on what is blank; other white space is rare but must count alike.
        cells.holding().tolist() == [sum(bool(c.strip()) for c in row) for row in rows]
    )


@given(st.lists(st.lists(TEXT, max_size=4), max_size=6))
def test_half_characters_are_written_as_their_escapes_and_noted(rows):
    cells = Cells.pack(rows)
    halves = [
        (r, c)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if any("\ud800" <= letter <= "\udfff" for letter in text)
    ]
    assert list(cells.halves) == halves
    for r, row in enumerate(cells.rows()):
        for c, text in enumerate(row):
            if (r, c) not in halves:
                assert text == rows[r][c]


def test_an_escape_of_half_a_character_is_noted_where_the_sheet_shows_it():
    grid = Grid("list.json", "", Cells.pack([["Name"], ["Ada \ud83d"]]), "json", first=3)
    assert list(grid.cells.rows()) == [["Name"], ["Ada \\ud83d"]]
    reason = "half a character (a lone surrogate) stands in the cell: written as its escape"
    assert grid.all_notes == (GridNote(4, 1, reason),)


def test_a_row_of_sixteen_thousand_cells_costs_only_its_cells():
    cells = Cells.pack([["a"], ["x"] * 16_384, *([["b"]] * 50_000)])
    assert (cells.count, cells.width, len(cells)) == (66_385, 16_384, 50_002)
    assert cells.column(16_383).null_count() == 50_001


def test_a_row_outside_is_an_error():
    with pytest.raises(IndexError):
        Cells.pack([["a"]]).row(1)


def test_a_header_of_several_rows_gives_each_column_one_name():
    rows = [
        ["Register", "", "", "", ""],
        ["Victim", "", "", "Incident", ""],
        ["Name", "Age", "", "Date", "Place", "more"],
        ["Ada", "34", "", "2031", "Ayta"],
    ]
    table = shape(Grid("l.csv", "", Cells.pack(rows), ""), 2, 2)
    assert table.columns == (
        "Victim / Name",
        "Victim / Age",
        "Victim",
        "Incident / Date",
        "Incident / Place",
        "Incident / more",
    )
    assert list(table.rows()) == [["Ada", "34", "", "2031", "Ayta", ""]]
    assert (table.above, table.headers, table.count, list(table.numbers)) == (5, 16, 21, [4])
    assert table.column("Incident / Date").to_list() == ["2031"]
    assert np.array_equal(table.widths, [5])
