"""What people write under ``hand/``, from the file to the report."""

from __future__ import annotations

import csv

import pytest

from everyname.case import CaseFolder, erase_record, run, verify
from everyname.case.corrections_file import in_another_order, read_corrections
from everyname.case.counts_stage import CountsOfCase
from everyname.case.hand_file import References
from everyname.case.rulings_file import read_rulings
from everyname.case.withdrawals_file import read_withdrawals
from everyname.errors import CaseError
from everyname.ledger import Correction, Ledger, LedgerReader, Locator, Record

SAME = (
    "record_a,record_b,decision,reviewer,time,reason\n"
    "clinic/1,parish-book/b1,same,Reviewer One,2031-05-01,same parents\n"
)
CORRECTIONS = "record,field,value,reviewer,time,reason\n"
WITHDRAWALS = "record,reviewer,time,reason\n"
RULINGS = CORRECTIONS


def write(case, name, text):
    (case / "hand" / name).write_text(text, encoding="utf-8")


def states(result):
    return dict(result.stages)


def ledger_of(case):
    return LedgerReader(CaseFolder(case).ledger)


def table(case, name):
    with (case / "out" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(case):
    return {row["reference"]: row for row in table(case, "records.csv")}


def people(case):
    counted = CountsOfCase(CaseFolder(case), CaseFolder(case).file()).result()
    return {name: person for person in counted.persons for name in person.names}


def published_text(case):
    files = [p for name in ("report", "data") for p in (case / "out" / name).rglob("*")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.is_file())


def test_a_correction_changes_the_count_and_is_told_to_the_team_with_its_reason(small_case):
    before = run(small_case).summary.count
    write(
        small_case,
        "corrections.csv",
        CORRECTIONS + "clinic/2,fate,injured,Reviewer One,2031-05-01,she came home\n"
        "clinic/2,date,,Reviewer One,,\n",
    )
    result = run(small_case)
    assert states(result)["intake clinic.csv"] == "unchanged"
    assert states(result)["linkage"] == states(result)["counts"] == "done"
    assert result.summary.count.best == before.best - 1
    assert records(small_case)["clinic/2"]["corrected"] == (
        "fate: injured instead of killed (Reviewer One, 2031-05-01: she came home); "
        "date: not stated instead of 2031-02-03 (Reviewer One)"
    )
    assert records(small_case)["clinic/1"]["corrected"] == ""
    assert set(states(run(small_case)).values()) == {"unchanged"}
    assert verify(small_case)[1] == ()


def test_the_report_says_that_something_was_decided_and_never_by_whom_or_why(small_case):
    write(
        small_case,
        "corrections.csv",
        CORRECTIONS + "clinic/2,sex,male,Reviewer Onesided,2031-05-01,seen in a photograph\n",
    )
    write(
        small_case,
        "rulings.csv",
        RULINGS + "clinic/1,age,35,The Panelists,2031-05-02,by certificate\n",
    )
    write(
        small_case,
        "withdrawals.csv",
        WITHDRAWALS + "parish-book/b3,The Parish itself,2031-05-03,another Milu\n",
    )
    run(small_case)
    everything = published_text(small_case)
    assert (
        "1 value of records was corrected by the team; 1 value of persons was decided by a "
        "panel; 1 record is withdrawn, and neither counted nor shown. What the sources say stays "
        "in the ledger."
    ) in everything
    for secret in ("Onesided", "photograph", "Panelists", "certificate", "Parish itself", "Milu"):
        assert secret not in everything


def test_a_line_taken_out_is_taken_back_by_an_entry(small_case):
    write(small_case, "corrections.csv", CORRECTIONS + "clinic/2,sex,male,Reviewer One,,\n")
    run(small_case)
    with ledger_of(small_case) as ledger:
        size = ledger.size()
    write(small_case, "corrections.csv", CORRECTIONS)
    run(small_case)
    with ledger_of(small_case) as ledger:
        assert ledger.corrections() == ()
        assert ledger.size() == size + 1
    assert records(small_case)["clinic/2"]["corrected"] == ""


def corrected_age(case):
    run(case)
    with ledger_of(case) as ledger:
        (age,) = {
            filed.record.value("age")
            for filed in ledger.records()
            if filed.record.reference == "clinic/2"
        }
    return age


def test_the_last_line_on_a_field_holds_wherever_it_comes_from(small_case):
    first, second = "clinic/2,age,32,Reviewer One,,\n", "clinic/2,age,33,Reviewer Two,,\n"
    for lines, holds in (
        (first + second, "33"),
        (second + first, "32"),
        (second, "33"),
        ("", "31"),
    ):
        write(small_case, "corrections.csv", CORRECTIONS + lines)
        assert corrected_age(small_case) == holds


@pytest.mark.parametrize(
    ("held", "wanted", "anew"),
    [
        ("", "ab", ""),
        ("ab", "ab", ""),
        ("ab", "abc", ""),
        ("abc", "ac", ""),
        ("ab", "ba", "ab"),
        ("ab", "cab", "ab"),
        ("ab", "acb", "b"),
        ("ab", "", ""),
    ],
)
def test_only_what_stands_in_another_order_is_entered_anew(held, wanted, anew):
    def made(letters):
        return [Correction("a/1", "note", letter, "R") for letter in letters]

    assert in_another_order(made(held), made(wanted)) == {c.id for c in made(anew)}


def test_a_withdrawn_record_is_neither_linked_nor_counted_and_what_was_held_of_it_waits(
    small_case,
):
    write(small_case, "judgements.csv", SAME)
    write(small_case, "corrections.csv", CORRECTIONS + "parish-book/b1,sex,male,R,,\n")
    assert run(small_case).summary.count.best == 4
    with ledger_of(small_case) as ledger:
        b3 = next(f for f in ledger.records() if f.record.reference == "parish-book/b3")
    lines = f"{b3.id[:12]},Reviewer One,2031-05-01,another year\nparish-book/b1,The parish,,\n"
    write(small_case, "withdrawals.csv", WITHDRAWALS + lines)
    assert run(small_case).summary.count.best == 3
    found = records(small_case)
    assert found["parish-book/b3"]["withdrawn"] == "(Reviewer One, 2031-05-01: another year)"
    assert found["parish-book/b1"]["withdrawn"] == "(The parish)"
    assert (found["parish-book/b3"]["person"], found["parish-book/b1"]["person"]) == ("", "")
    assert found["clinic/1"]["withdrawn"] == ""
    assert set(states(run(small_case)).values()) == {"unchanged"}
    write(small_case, "withdrawals.csv", WITHDRAWALS)
    assert run(small_case).summary.count.best == 4
    assert records(small_case)["parish-book/b1"]["corrected"] == "sex: male (R)"


def test_a_person_comes_back_from_a_withdrawal_under_the_same_id(small_case):
    run(small_case)
    before = records(small_case)["parish-book/b3"]["person"]
    write(small_case, "withdrawals.csv", WITHDRAWALS + "parish-book/b3,R,,\n")
    run(small_case)
    (small_case / "hand" / "withdrawals.csv").unlink()
    run(small_case)
    assert records(small_case)["parish-book/b3"]["person"] == before


RULED = (
    RULINGS + "clinic/1,age,35,The panel,2031-06-01,birth certificate\n"
    "parish-book/b1,sex,unknown,The panel,,\n"
)


@pytest.mark.parametrize("rule", ["majority", "range", "source_order"])
def test_a_ruling_holds_under_every_rule(small_case, edit, rule):
    edit("case.toml", "[[breakdowns]]", f'[rules]\nconflict = "{rule}"\n\n[[breakdowns]]')
    write(small_case, "judgements.csv", SAME)
    write(small_case, "rulings.csv", RULED)
    run(small_case)
    person = people(small_case)["Arman Beloru"]
    assert person.values["age"] == ("35", "34")
    assert person.classes["sex"] == "unknown"
    assert person.ruled == ("age", "sex")
    told = (
        "age: 35, where records say 34 (The panel, 2031-06-01: birth certificate); "
        "sex: unknown, where records say male (The panel)"
    )
    found = records(small_case)
    assert {r: found[r]["ruled"] for r in ("clinic/1", "parish-book/b1", "clinic/2")} == {
        "clinic/1": told,
        "parish-book/b1": told,
        "clinic/2": "",
    }


def test_a_new_ruling_redoes_the_counts_and_not_the_linkage(small_case):
    run(small_case)
    write(small_case, "rulings.csv", RULINGS + "clinic/3,fate,injured,The panel,,\n")
    result = run(small_case)
    assert states(result)["linkage"] == "unchanged"
    assert states(result)["counts"] == "done"
    assert people(small_case)["Tovi Karsen"].classes["fate"] == "injured"
    with ledger_of(small_case) as ledger:
        assert [ruling.value for ruling in ledger.rulings()] == ["injured"]
    assert set(states(run(small_case)).values()) == {"unchanged"}
    write(small_case, "rulings.csv", RULINGS)
    run(small_case)
    with ledger_of(small_case) as ledger:
        assert ledger.rulings() == ()


def test_two_rulings_that_differ_on_one_person_are_both_named_and_neither_is_entered(small_case):
    write(small_case, "judgements.csv", SAME)
    lines = "clinic/1,sex,male,Panel One,,\nparish-book/b1,sex,female,Panel Two,,\n"
    write(small_case, "rulings.csv", RULINGS + lines)
    with pytest.raises(CaseError) as caught:
        run(small_case)
    assert str(caught.value) == (
        "hand/rulings.csv: two rulings on one person contradict each other: clinic/1, sex = male "
        "(by Panel One), and parish-book/b1, sex = female (by Panel Two). Keep one of them, or "
        "judge the records different in hand/judgements.csv"
    )
    with ledger_of(small_case) as ledger:
        assert ledger.rulings() == ()


def test_a_ruling_on_a_withdrawn_record_waits(small_case):
    write(small_case, "rulings.csv", RULINGS + "parish-book/b3,sex,male,The panel,,\n")
    write(small_case, "withdrawals.csv", WITHDRAWALS + "parish-book/b3,R,,\n")
    run(small_case)
    assert all(not row["ruled"] for row in table(small_case, "records.csv"))
    (small_case / "hand" / "withdrawals.csv").unlink()
    run(small_case)
    assert people(small_case)["Milu Dovran"].classes["sex"] == "male"


def test_a_ruling_cannot_hide_that_a_record_speaks_of_sexual_violence(small_case, edit):
    edit("lists/clinic.toml", 'fate = "killed"', 'fate = "sexual_violence"')
    write(small_case, "rulings.csv", RULINGS + "clinic/1,fate,killed,The panel,,\n")
    run(small_case)
    assert "Milu Dovran" not in published_text(small_case)


def test_a_ledger_that_lost_decisions_gets_them_again(small_case):
    write(small_case, "corrections.csv", CORRECTIONS + "clinic/2,sex,male,R,,\n")
    write(small_case, "rulings.csv", RULINGS + "clinic/3,age,10,The panel,,\n")
    run(small_case)
    with Ledger.open(CaseFolder(small_case).ledger) as ledger, ledger.writing() as writer:
        writer.decide("correction", [])
        writer.decide("ruling", [])
    assert states(run(small_case))["linkage"] == "done"
    with ledger_of(small_case) as ledger:
        assert [c.value for c in ledger.corrections()] == ["male"]
        assert [r.value for r in ledger.rulings()] == ["10"]


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    """Knows one person's record, clinic/1, and one figure's, press/1."""
    with Ledger.open(tmp_path_factory.mktemp("hand") / "ledger.sqlite") as ledger:
        for source, kind in (("clinic", "person"), ("press", "figure")):
            record = Record(source, kind, "1", "d" * 64, Locator("", 2), (), ())
            ledger.deliver(f"{source}.csv", "d" * 64, "m", [record])
        yield References(ledger)


READERS = {
    "corrections": (read_corrections, CORRECTIONS),
    "withdrawals": (read_withdrawals, WITHDRAWALS),
    "rulings": (read_rulings, RULINGS),
}


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("corrections", "clinic/9,sex,male,R,,",
         "'record': there is no record 'clinic/9' in force, nor was there. Take the reference"),
        ("corrections", "clinic/1,shoe,42,R,,",
         "'field': a person record has no field 'shoe'. It has name, given_name, "),
        ("corrections", "clinic/1,best,42,R,,", "'field': a person record has no field 'best'."),
        ("corrections", "press/1,best,many,R,,", "'value': this is not understood as best ("),
        ("corrections", "clinic/1,sex,robot,R,,",
         "'value': this is not understood as sex ('robot' is not a sex"),
        ("corrections", "clinic/1,date,03/04/2031,R,,",
         "'value': this is not understood as date (day and month cannot be told apart"),
        ("corrections", "clinic/1,sex,male,,,", "'reviewer': nobody is named as the reviewer."),
        ("withdrawals", "clinic/9,R,,", "'record': there is no record 'clinic/9' in force"),
        ("withdrawals", "clinic/1,,,", "'reviewer': nobody is named as the reviewer."),
        ("rulings", "press/1,sex,male,R,,", "'record': a figure record is not about a person."),
        ("rulings", "clinic/1,note,x,R,,",
         "'field': nothing is ruled on the field 'note'. Rule on name, sex, age,"),
        ("rulings", "clinic/1,sex,,R,,", "'value': no value is given. Write one, or: unknown"),
        ("rulings", "clinic/1,sex,robot,R,,", "'value': this is not understood as sex ("),
        ("rulings", "clinic/1,sex,male,,,", "'reviewer': nobody is named as the reviewer."),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_row_and_column(tmp_path, references, name, line, said):
    read, header = READERS[name]
    path = tmp_path / f"{name}.csv"
    path.write_text(f"{header}\n{line}\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read(path, references)
    assert str(caught.value).startswith(f"{name}.csv, row 3, column {said}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"record,field,reviewer\n", "the column 'value' is missing. Use record,field,value,"),
        (b"", "the column 'record' is missing. Use record,field,value,"),
        (b"record,field,value,reviewer\n\xff", "is not UTF-8 text. Save the file as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, references, content, said):
    path = tmp_path / "corrections.csv"
    path.write_bytes(content)
    with pytest.raises(CaseError) as caught:
        read_corrections(path, references)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)


def test_time_and_reason_may_be_left_out_and_spaces_do_not_count(tmp_path, references):
    path = tmp_path / "corrections.csv"
    path.write_text("\ufeffreviewer,value,field,record\n R , 34 ,age, clinic/1 \n,,,\n", "utf-8")
    assert read_corrections(path, references) == (Correction("clinic/1", "age", "34", "R"),)
    assert read_corrections(tmp_path / "none.csv", references) == ()


def test_a_line_on_a_record_that_was_erased_asks_to_be_taken_out(small_case):
    write(small_case, "corrections.csv", CORRECTIONS + "clinic/2,sex,male,R,,\n")
    run(small_case)
    erase_record(small_case, "clinic/2", by="R", why="Order of the court")
    with pytest.raises(CaseError) as caught:
        run(small_case)
    assert str(caught.value) == (
        "corrections.csv, row 2, column 'record': this record was erased. Remove the line"
    )
    write(small_case, "corrections.csv", CORRECTIONS)
    run(small_case)
    assert "clinic/2" not in records(small_case)


FIGURES = "who,killed\nThe mayor,631\nThe council,9\n"
FIGURES_MAPPING = """
[source]
name = "Press review"
[records]
kind = "figure"
[constants]
fate = "killed"
[columns.who]
field = "said_by"
[columns.killed]
field = "best"
"""


def test_a_corrected_figure_is_not_published_as_what_its_source_says(small_case, edit):
    (small_case / "lists" / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (small_case / "lists" / "figures.toml").write_text(FIGURES_MAPPING, encoding="utf-8")
    edit("case.toml", "[lists]", '[lists]\nfigures = ["figures.csv"]')
    run(small_case)
    (mayor,) = (
        row["reference"] for row in table(small_case, "records.csv")
        if row["file"] == "figures.csv" and row["row"] == "2"
    )  # fmt: skip
    write(small_case, "corrections.csv", CORRECTIONS + f"{mayor},best,613,R,,misprint\n")
    result = run(small_case)
    assert states(result)["check"] == "done"
    figures = {row["said_by"]: row for row in table(small_case, "data/figures.csv")}
    assert (figures["The mayor"]["best"], figures["The mayor"]["corrected"]) == ("613", "best")
    assert (figures["The council"]["best"], figures["The council"]["corrected"]) == ("9", "")
    assert "Corrected by the team, not as stated: number" in published_text(small_case)
