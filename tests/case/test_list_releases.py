"""A newer release of a list in the place of the older one."""

from __future__ import annotations

import csv

import pytest

from everyname.case import CaseFolder, export_list, run, take_in
from everyname.case.list_releases import latest_release, no_longer_listed
from everyname.errors import CaseError
from everyname.ledger import LedgerReader

NEWER = """\
No,Name,Sex,Age,Date
1,Arman Beloru,M,35,2031-02-03
2,Tovi Karsen,M,9,2031-02-04
4,Nela Ostra,F,40,2031-02-05
"""


def replaced(case, text):
    (case / "lists" / "clinic.csv").write_text(text, encoding="utf-8")


def gone(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return [filed.record.reference for filed in no_longer_listed(ledger, "clinic.csv", "No")]


def test_a_newer_release_says_what_it_changed(small_case):
    assert [taken.release for taken in take_in(small_case)] == [None, None]
    replaced(small_case, NEWER)
    taken = take_in(small_case)[0]
    assert taken.state == "done"
    assert taken.release.sentence() == (
        "1 added, 1 changed, 1 renumbered, 1 no longer listed, 0 as before"
    )
    assert [(c.change, c.before, c.after, c.columns) for c in taken.release.changes] == [
        ("changed", "clinic/1", "clinic/1", (("Age", "34", "35"),)),
        ("renumbered", "clinic/3", "clinic/2", ()),
        ("added", "", "clinic/4", ()),
        ("no longer listed", "clinic/2", "", ()),
    ]
    again = take_in(small_case)[0]
    assert (again.state, again.release) == ("unchanged", taken.release)


def test_what_disappears_is_kept(small_case):
    take_in(small_case)
    assert gone(small_case) == []
    replaced(small_case, NEWER)
    take_in(small_case)
    assert gone(small_case) == ["clinic/2"]
    with LedgerReader(CaseFolder(small_case).ledger) as ledger:
        (filed,) = no_longer_listed(ledger, "clinic.csv", "No")
        assert filed.record.value("name") == "Sela Beloru"
        # What changed is kept in both forms.
        first, second = ledger.deliveries_of("clinic.csv")
        ages = [
            [f.record.value("age") for f in ledger.delivered(d) if f.record.key == "1"]
            for d in (first, second)
        ]
        assert ages == [["34"], ["35"]]


@pytest.mark.parametrize(("setting", "count"), [("leave_out", 4), ("include", 5)])
def test_who_is_no_longer_listed_is_counted_only_where_the_case_says_so(
    small_case, edit, setting, count
):
    edit("case.toml", "[scope]", f'[scope]\nno_longer_listed = "{setting}"')
    before = run(small_case).summary
    assert (before.releases, before.former) == ((), 0)
    replaced(small_case, NEWER)
    summary = run(small_case).summary
    assert [file for file, _ in summary.releases] == ["clinic.csv"]
    assert (summary.former, summary.former_counted) == (1, setting == "include")
    report = summary.report.read_text(encoding="utf-8")
    assert "1 record no longer stands in the list that held it" in report
    assert set(dict(run(small_case).stages).values()) == {"unchanged"}
    # Arman, Tovi (renumbered), Nela, Milu; Sela no longer stands in the clinic's list.
    assert summary.count.best == count


def test_who_comes_back_is_listed_again(small_case):
    older = (small_case / "lists" / "clinic.csv").read_text(encoding="utf-8")
    take_in(small_case)
    replaced(small_case, NEWER)
    take_in(small_case)
    replaced(small_case, older)
    assert take_in(small_case)[0].release.counts() == {
        "added": 1, "changed": 1, "renumbered": 1, "no longer listed": 1,
    }  # fmt: skip
    assert gone(small_case) == ["clinic/4"]


def test_sources_of_one_list_that_number_alike_are_kept_apart(small_case, edit):
    edit("lists/clinic.toml", "[records]", '[source_columns]\nname = "Of"\n[records]')
    rows = [
        "No,Name,Sex,Age,Date,Of", "1,Arman Beloru,M,34,2031-02-03,East",
        "1,Sela Beloru,F,31,2031-02-03,West", "2,Tovi Karsen,M,9,2031-02-04,West",
    ]  # fmt: skip
    replaced(small_case, "\n".join(rows) + "\n")
    take_in(small_case)
    del rows[2]
    replaced(small_case, "\n".join(rows) + "\n")
    release = take_in(small_case)[0].release
    (change,) = release.changes
    assert (change.change, release.unchanged) == ("no longer listed", 2)
    assert change.before.startswith("west/")
    assert gone(small_case) == [change.before]


def test_another_mapping_of_the_same_file_is_no_release(small_case, edit):
    take_in(small_case)
    edit("lists/clinic.toml", 'field = "age"', 'field = "note"')
    assert take_in(small_case)[0].release is None
    with LedgerReader(CaseFolder(small_case).ledger) as ledger:
        assert latest_release(ledger, "clinic.csv", "No") is None


def test_a_list_is_given_back_cell_for_cell(small_case, tmp_path):
    text = (
        'A title,,,,\n\nNo;x,Name,Sex,Age,Date\n1,"Beloru, ""Ari""\nMilu",M,,2031\n'
        '2, Sela ,F,"31",2031\n,,,,\n'
    )
    mapping = small_case / "lists" / "clinic.toml"
    mapping.write_text(
        '[source]\nname = "Clinic"\n[table]\nheader_row = 3\ndelimiter = ","\nquote = "\\""\n'
        '[columns.Name]\nfield = "name"\n',
        encoding="utf-8",
    )
    replaced(small_case, text)
    take_in(small_case)
    out = tmp_path / "back.csv"
    exported = export_list(small_case, "clinic.csv", out)
    expected = list(csv.reader(text.splitlines(keepends=True)))
    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == expected
    assert (exported.rows, exported.records) == (len(expected), 2)
    assert exported.cells == sum(map(len, expected))


def test_a_list_is_given_back_only_as_it_was_taken_in(small_case, edit, tmp_path):
    run(small_case)
    with pytest.raises(CaseError, match=r"no list .elsewhere\.csv. was taken in"):
        export_list(small_case, "elsewhere.csv", tmp_path / "x.csv")
    edit("lists/clinic.toml", 'field = "age"', 'field = "note"')
    with pytest.raises(CaseError, match="changed since it was taken in"):
        export_list(small_case, "clinic.csv", tmp_path / "x.csv")


def test_a_format_that_brings_rows_together_is_given_back_as_it_was(small_case, tmp_path):
    text = (
        "canonical_id,entity_id,prop,schema,value,dataset\n"
        "Q1,inv-1,name,Person,Arman Beloru,inv_list\n"
        "Q2,inv-2,name,Company,Mill,inv_list\n"
        "Q1,inv-1,gender,Person,male,inv_list\n"
    )
    (small_case / "lists" / "clinic.toml").unlink()
    replaced(small_case, text)
    take_in(small_case)
    out = tmp_path / "back.csv"
    exported = export_list(small_case, "clinic.csv", out)
    assert out.read_text(encoding="utf-8").splitlines() == text.splitlines()
    assert (exported.rows, exported.cells, exported.records) == (4, 24, 1)


def test_nothing_is_written_over_and_nothing_into_the_case_unless_forced(small_case, tmp_path):
    take_in(small_case)
    listed = (small_case / "lists" / "clinic.csv").read_text(encoding="utf-8")
    out = tmp_path / "back.csv"
    out.write_text("kept", encoding="utf-8")
    with pytest.raises(CaseError, match=r"back\.csv: .* is there already\. Name another file"):
        export_list(small_case, "clinic.csv", out)
    assert out.read_text(encoding="utf-8") == "kept"
    for inside in (small_case / "lists" / "clinic.csv", small_case / "lists" / "new.csv"):
        with pytest.raises(CaseError, match="lies inside the case folder"):
            export_list(small_case, "clinic.csv", inside)
    assert (small_case / "lists" / "clinic.csv").read_text(encoding="utf-8") == listed
    assert not (small_case / "lists" / "new.csv").exists()
    export_list(small_case, "clinic.csv", out, force=True)
    assert out.read_text(encoding="utf-8").splitlines() == listed.splitlines()
