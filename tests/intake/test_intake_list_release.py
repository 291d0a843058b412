import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.intake import ListedRow, compare
from everyname.intake.list_release import RowChange

COLUMNS = ("No", "Name", "Age", "Place")


def release(*rows, key="No"):
    at = COLUMNS.index(key) if key else None
    return [
        ListedRow(row[at] if at is not None else f"~{i}", tuple(zip(COLUMNS, row, strict=True)))
        for i, row in enumerate(rows)
    ]


BEFORE = release(
    ("1", "Ada Invented", "34", "Ayta"),
    ("2", "Ben Invented", "5", "Ayta"),
    ("3", "Cleo Invented", "60", "Bo"),
    ("4", "Dan Invented", "9", "Co"),
    ("5", "Eve Invented", "70", "Co"),
)
AFTER = release(
    ("1", "Ada Invented", "35", "Ayta"),
    ("2", "Cleo Invented", "60", "Bo"),
    ("4", "Fay Fictive", "1", "Do"),
    ("5", " Eve  Invented", "70", "Co"),
    ("6", "Ben Invented", "5", "Ayta"),
    ("7", "Gus Fictive", "2", "Eo"),
)


def test_what_a_newer_release_changes():
    found = compare(BEFORE, AFTER, "No")
    assert found.unchanged == 1
    assert found.changes == (
        RowChange(change="changed", before="1", after="1", columns=(("Age", "34", "35"),)),
        RowChange(change="renumbered", before="3", after="2"),
        RowChange(
            change="number reused", before="4", after="4",
            columns=(("Name", "Dan Invented", "Fay Fictive"), ("Age", "9", "1"),
                     ("Place", "Co", "Do")),
        ),
        RowChange(change="renumbered", before="2", after="6"),
        RowChange(change="added", after="7"),
    )  # fmt: skip
    assert found.sentence() == ("1 added, 1 changed, 2 renumbered, 1 number reused, 1 as before")


def test_what_disappears_is_no_longer_listed():
    found = compare(BEFORE, BEFORE[:3], "No")
    assert found.changes == (
        RowChange(change="no longer listed", before="4"),
        RowChange(change="no longer listed", before="5"),
    )
    assert found.sentence() == "2 no longer listed, 3 as before"


def test_without_numbers_a_changed_row_is_known_by_its_other_cells():
    before = release(("", "Ada Invented", "34", "Ayta"), ("", "Ben", "5", "Bo"), key="")
    after = release(("", "Ben", "5", "Bo"), ("", "Ada Invented", "35", "Ayta"), key="")
    found = compare(before, after)
    assert found.changes == (
        RowChange(change="changed", before="~0", after="~1", columns=(("Age", "34", "35"),)),
    )


def test_rows_that_could_be_either_are_not_paired():
    before = release(("", "Ada", "34", "Ayta"), ("", "Ada", "36", "Ayta"), key="")
    after = release(("", "Ada", "35", "Ayta"), key="")
    assert compare(before, after).counts() == {"added": 1, "no longer listed": 2}


def test_the_same_row_twice_is_two_rows():
    twice = release(("", "Ada", "34", "Ayta"), ("", "Ada", "34", "Ayta"), key="")
    assert compare(twice, twice[:1]).counts() == {"no longer listed": 1}
    assert compare(twice[:1], twice).counts() == {"added": 1}


ROW = st.tuples(
    st.sampled_from("123456"), st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("pq")
)


@pytest.mark.parametrize("key", ["No", ""])
@given(st.data())
def test_every_row_of_both_releases_is_told_once(key, data):
    rows = st.lists(ROW, max_size=8, unique_by=(lambda row: row[0]) if key else None)
    before, after = release(*data.draw(rows), key=key), release(*data.draw(rows), key=key)
    found = compare(before, after, key)
    in_both = {"changed", "renumbered", "number reused"}
    told = [change for change in found.changes if change.change in in_both]
    gone = [change for change in found.changes if change.change == "no longer listed"]
    added = [change for change in found.changes if change.change == "added"]
    assert found.unchanged + len(told) + len(gone) == len(before)
    assert found.unchanged + len(told) + len(added) == len(after)
    assert compare(after, after, key).changes == ()
