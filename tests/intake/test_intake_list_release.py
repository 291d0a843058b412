from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.intake import ListedRow, compare, list_release
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


def listed(text, columns=("No", "Name", "Date", "Place", "Rel")):
    rows = [line.split(",") for line in text.split()]
    return [ListedRow(row[0], tuple(zip(columns, row, strict=True))) for row in rows]


def told(found):
    return [(change.change, change.before, change.after) for change in found.changes]


def test_a_number_that_occurs_twice_in_each_release_is_paired_with_the_most_alike():
    before = release(("1", "Ada", "34", "Ayta"), ("1", "Ben", "5", "Bo"))
    after = release(("1", "Ben", "6", "Bo"), ("1", "Ada", "35", "Ayta"))
    assert [change.columns for change in compare(before, after, "No").changes] == [
        (("Age", "5", "6"),),
        (("Age", "34", "35"),),
    ]
    others = release(("1", "Cy", "7", "Co"), ("1", "Di", "8", "Do"))
    assert told(compare(before, others, "No")) == [("number reused", "1", "1")] * 2


def test_who_is_delisted_is_not_the_neighbour_who_takes_the_number():
    before = listed("1,Ali,d,T,v1 2,Vali,d,T,v1 3,Sara,d,T,v1 4,Nino,d,T,v1")
    after = listed("1,Ali,d,T,v2 2,Sara,d,T,v2 3,Nino,d,T,v2")
    for names in ((), ("Name",)):
        assert told(compare(before, after, "No", names)) == [
            ("changed", "1", "1"),
            ("changed", "3", "2"),
            ("changed", "4", "3"),
            ("no longer listed", "2", ""),
        ]


def test_who_shares_only_what_many_share_is_another_person():
    same = [f"{n},Name{n},d,T,v" for n in range(3, 40)]
    before, after = (
        [ListedRow(f"~{row.key}", row.cells[1:]) for row in listed(" ".join([own, *same]))]
        for own in ("1,Ali,d,T,v", "2,Vali,d,T,v")
    )
    assert compare(before, after).counts() == {"added": 1, "no longer listed": 1}


def test_rows_that_share_no_word_of_the_name_are_two_persons():
    before = release(("1", "Ada Invented", "34", "Ayta"))
    after = release(("1", "Ben Fictive", "34", "Ayta"))
    assert told(compare(before, after, "No")) == [("changed", "1", "1")]
    assert told(compare(before, after, "No", ("Name",))) == [("number reused", "1", "1")]
    shouted = release(("1", "INVENTED, Ada", "34", "Ayta"))
    assert told(compare(before, shouted, "No", ("Name",))) == [("changed", "1", "1")]


def test_a_name_corrected_under_its_number_is_a_change():
    same = [f"{n},Name{n},d,T,v" for n in range(2, 40)]
    before, after = (
        listed(" ".join([own, *same])) for own in ("1,Ali.Probe,d,T,v", "1,Aly.Probe,d,T,v")
    )
    assert told(compare(before, after, "No", ("Name",))) == [("changed", "1", "1")]


def test_a_column_that_is_new_or_written_anew_tells_nobody_apart():
    before = listed(" ".join(f"{n},Name{n},date{n},place{n},v" for n in range(20)))
    after = listed(
        " ".join(f"{n + 1},Name{n},tag{n},place{n},new{n}" for n in range(20)),
        ("No", "Name", "Date", "Place", "More"),
    )
    assert told(compare(before, after, "No")) == [
        ("changed", f"{n}", f"{n + 1}") for n in range(20)
    ]


def test_rows_of_two_sources_with_one_number_are_not_one_row():
    cells = [(("No", "1"), ("Name", name)) for name in ("Ada", "Ben", "Cy")]
    before = [ListedRow("a/1", cells[0]), ListedRow("b/1", cells[1])]
    after = [ListedRow("a/1", cells[0]), ListedRow("b/1", cells[2])]
    assert told(compare(before, after, "No")) == [("number reused", "b/1", "b/1")]


@pytest.mark.parametrize(
    ("key", "numbered"),
    [("1", True), ("~ab", False), ("clinic/1", True), ("clinic/~ab", False),
     ("clinic/list:7", True), ("clinic/list:~ab", False)],
)  # fmt: skip
def test_which_keys_are_numbers(key, numbered):
    assert ListedRow(key, ()).numbered is numbered


def test_many_rows_with_the_same_cells_are_compared_in_no_time():
    many = 30_000
    before = [ListedRow(f"{n}", (("Place", "T"),)) for n in range(many)]
    after = [ListedRow(f"{n}", (("Place", "T"),)) for n in reversed(range(1, many + 1))]
    start = process_time()
    assert told(compare(before, after)) == [("renumbered", "0", f"{many}")]
    assert process_time() - start < 10


@pytest.mark.parametrize("most", [0, 20_000])
def test_where_too_many_rows_are_left_only_numbers_are_compared(monkeypatch, most):
    monkeypatch.setattr(list_release, "MOST_LEFT", most)
    before = release(("1", "Ada", "34", "Ayta"), ("2", "Ben", "5", "Bo"))
    after = release(("1", "Ada", "35", "Ayta"), ("3", "Ben", "6", "Bo"))
    moved = [("changed", "2", "3")] if most else [("added", "", "3"), ("no longer listed", "2", "")]
    assert told(compare(before, after, "No")) == [("changed", "1", "1"), *moved]


ROW = st.tuples(
    st.sampled_from("123456"), st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("pq")
)


@pytest.mark.parametrize("key", ["No", ""])
@pytest.mark.parametrize("names", [(), ("Name",)])
@given(st.data())
def test_every_row_of_both_releases_is_told_once(names, key, data):
    rows = st.lists(ROW, max_size=8)
    before, after = release(*data.draw(rows), key=key), release(*data.draw(rows), key=key)
    found = compare(before, after, key, names)
    in_both = {"changed", "renumbered", "number reused"}
    both = [change for change in found.changes if change.change in in_both]
    gone = [change for change in found.changes if change.change == "no longer listed"]
    added = [change for change in found.changes if change.change == "added"]
    assert found.unchanged + len(both) + len(gone) == len(before)
    assert found.unchanged + len(both) + len(added) == len(after)
    assert compare(after, after, key).changes == ()
