from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import DOCUMENT, converted, mapping, notes, numbers, said, table

from everyname.errors import MappingError
from everyname.intake import CellAccount, CellNote, convert, total
from everyname.ledger import Locator, Record, Source, Statement, digest
from everyname.vocabulary import FIELDS

NAME = '[columns.Name]\nfield = "name"\n'
PERSON = sorted(name for name, field in FIELDS.items() if "person" in field.kinds)


def test_a_small_list_becomes_these_records():
    rows = [
        ["No", "Name", "Died", "Sex", "Bed"],
        ["7", "Ada Invented", "26.02.2031", "K", "12"],
        ["8", "Ben Invented", "", "male", ""],
    ]
    conversion = converted(
        rows,
        """
[records]
key = "No"
[constants]
fate = "killed"
[columns.Name]
field = "name"
[columns.Died]
field = ["date", "date_of_death"]
order = "dmy"
[columns.Sex]
field = "sex"
codes = { K = "female" }
""",
    )
    hospital = Source("river-valley-hospital", "River Valley Hospital")
    assert conversion.sources == {hospital.key: hospital}
    assert tuple(conversion.records) == (
        Record(
            source="river-valley-hospital",
            kind="person",
            key="7",
            document=DOCUMENT,
            locator=Locator("", 2),
            statements=(
                Statement("name", "Ada Invented"),
                Statement("date", "2031-02-26"),
                Statement("date_of_death", "2031-02-26"),
                Statement("sex", "female"),
                Statement("fate", "killed"),
            ),
            cells=tuple(zip(rows[0], rows[1], strict=True)),
        ),
        Record(
            source="river-valley-hospital",
            kind="person",
            key="8",
            document=DOCUMENT,
            locator=Locator("", 3),
            statements=(
                Statement("name", "Ben Invented"),
                Statement("sex", "male"),
                Statement("fate", "killed"),
            ),
            cells=tuple(zip(rows[0], rows[2], strict=True)),
        ),
    )
    assert conversion.account == CellAccount(
        file="list.csv",
        dialect="utf-8, comma",
        rows=2,
        records=2,
        cells=15,
        parsed=5,
        headers=5,
        empty=2,
        unmapped=3,
        rejected=0,
    )
    assert conversion.account.adds_up


def test_a_constant_gives_way_to_what_the_row_says():
    conversion = converted(
        [
            ["Name", "Fate"],
            ["Ada", ""],
            ["Ben", "missing"],
            ["Cleo", "unknown"],
            ["Dan", "xyzzy"],
        ],
        f'{NAME}[columns.Fate]\nfield = "fate"\n[constants]\nfate = "killed"\nsex = "female"',
    )
    fates = [
        [(s.value, s.stance) for s in record.statements if s.field == "fate"]
        for record in conversion.records
    ]
    # A word that was not understood is not overruled by what holds for every other row.
    assert fates == [
        [("killed", "asserted")],
        [("missing", "asserted")],
        [("unknown", "unknown")],
        [],
    ]
    assert [record.value("sex") for record in conversion.records] == ["female"] * 4


@pytest.mark.parametrize(
    ("constant", "found"),
    [
        ('age = "tall"', "the constant age = 'tall' is not understood: 'tall' is not an age"),
        ('fate = ""', "the constant fate = '' is not understood: empty"),
        (
            'date = "31.02.2031"',
            "the constant date = '31.02.2031' is not understood: no such date: 2031-02-31",
        ),
    ],
)
def test_a_constant_that_is_not_understood_is_refused(constant, found):
    with pytest.raises(MappingError) as caught:
        converted([["Name"], ["Ada"]], f"{NAME}[constants]\n{constant}")
    assert caught.value.found.startswith(found)
    assert (caught.value.where, caught.value.do) == ("list.toml", "Correct it under [constants]")


def test_a_number_that_occurs_twice_keeps_both_rows():
    conversion = converted(
        [["No", "Name"], *([n, "Ada"] for n in ("7", " 7 ", "", "7", "7#2", "x"))],
        f'{NAME}[records]\nkey = "No"',
    )  # fmt: skip
    assert [record.key for record in conversion.records] == [
        "7", "7#2", f"~{digest('', 'Ada')[:12]}", "7#3", "7#2#2", "x",
    ]  # fmt: skip
    reason = "this number stands in an earlier row too: both rows are kept"
    assert notes(conversion) == [
        (row, "No", own, "flagged", reason, 1) for row, own in ((3, "7"), (5, "7"), (6, "7#2"))
    ]


@given(st.lists(st.sampled_from(["", "7", "7#2", "7#2#2", "row 3", " 7", "x"]), max_size=8))
def test_no_two_records_share_a_reference(keys):
    rows = [["No", "Name"], *([key, "Ada"] for key in keys)]
    records = converted(rows, f'{NAME}[records]\nkey = "No"').records
    assert len({record.reference for record in records}) == len(keys)


def test_blank_rows_and_footers_make_no_record():
    conversion = converted(
        [["No", "Name", "Age"], ["1", "Ada", "34"], [], ["Total", ""], ["", " ", "\t"], ["=SUM"]],
        f'{NAME}[columns.Age]\nfield = "age"',
    )  # fmt: skip
    assert said(conversion) == {"row 2": [("name", "Ada", "asserted"), ("age", "34", "asserted")]}
    reason = "no mapped column says anything of anybody in this row: it makes no record"
    assert notes(conversion) == [
        (4, "", "Total", "flagged", reason, 1),
        (6, "", "=SUM", "flagged", reason, 1),
        (6, "No", "=SUM", "flagged", "starts with '=': kept as text, not evaluated", 1),
    ]
    assert numbers(conversion.account) == {
        "cells": 12, "parsed": 2, "headers": 3, "empty": 4, "unmapped": 3, "rejected": 0,
    }  # fmt: skip
    assert conversion.account.kept == 10


@pytest.mark.parametrize(
    "total", ["Total", "TOTAL: 45", "Grand total", "Sub-total", "Итого", "Cəmi: 12", "المجموع"]
)
def test_a_row_that_adds_up_the_others_is_nobody(total):
    conversion = converted(
        [["No", "Name", "Age"], ["1", "Ada Total", "34"], [total, "2", "12"], ["", total, ""]],
        f'{NAME}[columns.Age]\nfield = "age"\n[records]\nkey = "No"',
    )
    assert [record.key for record in conversion.records] == ["1"]
    reason = "looks like a total of the list: it makes no record"
    assert [note[4] for note in notes(conversion)] == [reason, reason]
    assert conversion.account.adds_up
    assert conversion.account.unmapped == 5


def test_a_given_name_that_means_total_elsewhere_is_somebody():
    conversion = converted(
        [["First", "Last", "Sex"], ["Suma", "Invented", "female"], ["Sum", "Made", "male"]],
        '[columns.First]\nfield = "given_name"\n[columns.Last]\nfield = "family_name"\n'
        '[columns.Sex]\nfield = "sex"',
    )
    assert [record.value("given_name") for record in conversion.records] == ["Suma", "Sum"]


def test_numbers_sources_and_headers_alone_are_nobody():
    conversion = converted(
        [["No", "Name", "By"], ["1", "Ada", ""], ["2", "", ""], ["", "", "Agency"],
         ["No", "Name", "By"], ["3", "Ben", ""]],
        f'{NAME}[columns.No]\nfield = "listed_id"\n[constants]\nfate = "killed"\n'
        '[records]\nkey = "No"\n[source_columns]\nname = "By"',
    )  # fmt: skip
    assert [record.key for record in conversion.records] == ["1", "3"]
    silent = "no mapped column says anything of anybody in this row: it makes no record"
    assert [(note[0], note[4]) for note in notes(conversion)] == [
        (3, silent), (4, silent), (5, "repeats the header: it makes no record"),
    ]  # fmt: skip
    assert conversion.account.adds_up


def test_keys_made_of_a_row_and_keys_of_its_own_are_told_apart():
    conversion = converted(
        [["id", "town", "all", "army"], ["E1", "Ayta", "7", "x"], ["E1/all", "Bo", "3", ""],
         ["E2", "Co", "", "y"]],
        '[records]\nkind = "incident"\nkey = "id"\n[columns.town]\nfield = "place"\n[[also]]\n'
        'name = "all"\nkind = "figure"\nneeds = ["all"]\n[also.columns.all]\nfield = "best"\n'
        '[also.columns.army]\nfield = "note"',
    )  # fmt: skip
    assert [record.key for record in conversion.records] == [
        "E1", "E1/all", "E1/all#2", "E1/all#2/all", "E2",
    ]  # fmt: skip
    # The army of E2 stands in no record: its cell is kept, not understood.
    account = conversion.account
    assert account.adds_up
    assert (account.parsed, account.unmapped, account.empty) == (6, 4, 2)


def test_values_that_are_not_understood_are_kept_and_listed():
    conversion = converted(
        [
            ["Name", "Age", "Date", "Bed"],
            ["=CMD|x", "1985", "02.02.203", "=1+1"],
            ["Ada", "about 40", "03/04/2031", ""],
            ["Ben", "about 40", "2031-02-26", ""],
            ["Cleo", "-", "n/a", ""],
        ],
        f'{NAME}[columns.Age]\nfield = "age"\n[columns.Date]\nfield = "date"',
    )
    assert said(conversion) == {
        "row 2": [],
        "row 3": [("name", "Ada", "asserted"), ("age", "40~", "asserted")],
        "row 4": [
            ("name", "Ben", "asserted"),
            ("age", "40~", "asserted"),
            ("date", "2031-02-26", "asserted"),
        ],
        "row 5": [("name", "Cleo", "asserted")],
    }
    assert [note[:4] for note in notes(conversion)] == [
        (2, "Age", "1985", "rejected"),
        (2, "Bed", "=1+1", "flagged"),
        (2, "Date", "02.02.203", "rejected"),
        (2, "Name", "=CMD|x", "rejected"),
        (3, "Age", "about 40", "flagged"),
        (3, "Date", "03/04/2031", "rejected"),
    ]
    # One doubt about one text is one note, with how often it occurs.
    assert [note[4:] for note in notes(conversion) if note[2] == "about 40"] == [("approximate", 2)]
    assert numbers(conversion.account) == {
        "cells": 20, "parsed": 6, "headers": 4, "empty": 5, "unmapped": 1, "rejected": 4,
    }  # fmt: skip
    assert dict(next(iter(conversion.records)).cells)["Date"] == "02.02.203"


def test_a_column_that_feeds_two_fields_counts_once():
    conversion = converted(
        [["What", "Name"], ["34", "Ada"], ["zzz", "Ben"], ["", "Cleo"]],
        f'[columns.What]\nfield = ["age", "date"]\n{NAME}[constants]\ndate = "2031"',
    )
    assert said(conversion) == {
        # What is no date keeps the constant from speaking: the cell was about a date too.
        "row 2": [("age", "34", "asserted"), ("name", "Ada", "asserted")],
        "row 3": [("name", "Ben", "asserted")],
        "row 4": [("name", "Cleo", "asserted"), ("date", "2031", "asserted")],
    }  # fmt: skip
    assert numbers(conversion.account) == {
        "cells": 8, "parsed": 4, "headers": 2, "empty": 1, "unmapped": 0, "rejected": 1,
    }  # fmt: skip
    assert [(row, outcome) for row, _, _, outcome, _, _ in notes(conversion)] == [
        (2, "flagged"), (3, "rejected"), (3, "rejected"),
    ]  # fmt: skip


FIGURES = """
[records]
kind = "figure"
[constants]
fate = "killed"
[columns.Number]
field = "best"
[source_columns]
name = "Who"
kind = "Kind"
derived_from = "After"
"""


def test_each_row_may_name_its_own_source():
    conversion = converted(
        [
            ["Who", "Kind", "After", "Number"],
            ["The Ministry", "party", "", "613"],
            ["Valley Radio", "media", "The Ministry; Press Agency; ", "600"],
            ["the ministry", "party", "", "636"],
            ["", "", "", "40"],
            ["River Valley Hospital", "ngo", "", "50"],
            ["Somebody", "", "", "60"],
        ],
        FIGURES,
    )
    assert conversion.sources == {
        "the-ministry": Source("the-ministry", "The Ministry", kind="party", party=True),
        "valley-radio": Source(
            "valley-radio",
            "Valley Radio",
            kind="media",
            derived_from=("the-ministry", "press-agency"),
        ),
        "river-valley-hospital": Source("river-valley-hospital", "River Valley Hospital"),
        "somebody": Source("somebody", "Somebody", kind="other"),
    }
    # The list's own name stands in the key of a row that another speaks in: two lists that quote
    # the same source never share a reference.
    assert [(r.source, r.key.partition("~")[0], r.value("best")) for r in conversion.records] == [
        ("the-ministry", "river-valley-hospital:", "613"),
        ("valley-radio", "river-valley-hospital:", "600"),
        ("the-ministry", "river-valley-hospital:", "636"),
        ("river-valley-hospital", "", "40"),
        ("river-valley-hospital", "", "50"),
        ("somebody", "river-valley-hospital:", "60"),
    ]
    assert numbers(conversion.account) == {
        "cells": 28, "parsed": 16, "headers": 4, "empty": 8, "unmapped": 0, "rejected": 0,
    }  # fmt: skip


def test_a_mapping_that_does_not_fit_is_refused():
    with pytest.raises(MappingError, match=r"names a column 'Name' that list\.csv does not have"):
        converted([["Nom"], ["Ada"]], NAME)


def test_reading_again_gives_the_same_records():
    rows = [["Name", "Note"], ["Ada", "x"], ["Ben", ""]]
    first, again = (converted(rows, NAME) for _ in range(2))
    assert [r.id for r in first.records] == [r.id for r in again.records]


TEXT = st.sampled_from(
    ["", " ", "-", "Ada Invented", "34", "1985", "2031-02-26", "31.02.2031", "03/04/2031", "f", "M",
     "killed", "unknown", "=1+1", "x" * 300, "a'b\"c", "40-50", "12,5", "😀", "\ud7ff"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)  # fmt: skip


@st.composite
def lists(draw):
    width = draw(st.integers(1, 5))
    grid = draw(st.lists(st.lists(TEXT, max_size=6), max_size=6))
    header = ["h", *draw(st.lists(TEXT, min_size=width - 1, max_size=width - 1))]
    made = table(["above", ""], header, *grid, header_row=2)
    named = draw(st.lists(st.sampled_from(made.columns), unique=True, max_size=4))
    fields = st.lists(st.sampled_from(PERSON), min_size=1, max_size=2)
    sections = {
        name: {"field": draw(fields), "order": draw(st.sampled_from(["dmy", "ymd", "mdy"]))}
        for name in named
    }
    content = {"source": {"name": "Hospital"}, "columns": sections}
    if draw(st.booleans()):
        content["records"] = {"key": draw(st.sampled_from(made.columns))}
    if draw(st.booleans()):
        content["source_columns"] = {"name": draw(st.sampled_from(made.columns))}
    return made, type(mapping("[columns]")).from_content(content, "list.toml")


@settings(deadline=None, max_examples=150)
@given(lists())
def test_every_cell_of_any_list_is_accounted_for_once(made):
    listed, how = made
    conversion = convert(listed, how, DOCUMENT, "list.toml")
    account = conversion.account
    assert account.adds_up
    assert account.parsed + account.kept + account.rejected == account.cells == listed.count
    # No record loses a cell: records and unrecorded rows together are the table.
    recorded = {r.locator.row: tuple(text for _, text in r.cells) for r in conversion.records}
    rows = dict(zip(listed.numbers, map(tuple, listed.rows()), strict=True))
    assert {number: recorded.get(number, row) for number, row in rows.items()} == rows
    beside = {"listed_id", "member_of"}
    used = {name for name, column in how.columns.items() if not beside.issuperset(column.fields)}
    for number in rows.keys() - recorded.keys():
        named = dict(zip(listed.columns, rows[number], strict=False))
        repeated = all(named.get(name, "") in {"", name} for name in how.columns)
        assert repeated or not any(named.get(name, "").strip() for name in used)
    assert len({record.reference for record in conversion.records}) == len(conversion.records)
    assert {record.source for record in conversion.records} <= set(conversion.sources)
    rejected = Counter((n.row, n.column) for n in account.notes if n.outcome == "rejected")
    assert len(rejected) == account.rejected
    account.reasons()


def note(text, reason, *, row=2, outcome="rejected", times=1):
    return CellNote(
        file="list.csv", sheet="", row=row, column="Age", text=text, outcome=outcome,
        reason=reason, times=times,
    )  # fmt: skip


def account(*notes_, file="list.csv"):
    return CellAccount(
        file=file, dialect="utf-8, comma", rows=2, records=2, cells=9, parsed=3, headers=3,
        empty=1, unmapped=1, rejected=1, notes=notes_,
    )  # fmt: skip


def test_equal_reasons_gather_whatever_the_cells_hold():
    long = "many words that go on and on and on and on and on and on and on"
    made = account(
        note("a", "'a' is not an age. Write years", row=5),
        note(" Tall ", "'tall' is not an age. Write years", row=3),
        note(long, f"{long[:60]!r} is not an age. Write years", row=9),
        note("it's", '"it\'s" is not an age. Write years', row=8),
        note("=1", "starts with '=': a formula"),
        note("", "this number stands in an earlier row too", outcome="flagged"),
        note("40~", "approximate", outcome="flagged", times=7),
    )
    assert made.reasons() == (
        ("flagged", "Age", "approximate", 7, 2),
        ("flagged", "Age", "this number stands in an earlier row too", 1, 2),
        ("rejected", "Age", "starts with '=': a formula", 1, 2),
        ("rejected", "Age", "the value is not an age. Write years", 4, 5),
    )


def test_accounts_add_up_over_files():
    one, other = account(note("a", "x")), account(file="other.csv")
    assert total([one, other]) == CellAccount(
        file="all files", dialect="", rows=4, records=4, cells=18, parsed=6, headers=6, empty=2,
        unmapped=2, rejected=2,
    )  # fmt: skip
    assert total([]).adds_up
    assert (one.without_notes().notes, one.without_notes().cells) == ((), 9)
