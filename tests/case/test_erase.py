"""Erasing a record of a case, from the command to the next runs."""

import io
import shutil

import pytest

from everyname.case import erase_record, prove, rebuild_ledger, run, verify
from everyname.cli import main
from everyname.errors import CaseError
from everyname.ledger import LedgerReader
from everyname.ledger.verify_bundle import check

NAME = b"Arman Beloru"


def holding(case, name=NAME):
    """Files below out/ that hold a name, but for the preserved originals."""
    return sorted(
        str(path.relative_to(case / "out"))
        for path in (case / "out").rglob("*")
        if path.is_file() and name in path.read_bytes() and "originals" not in path.parts
    )


def test_an_erased_record_is_nowhere_in_what_runs_made_and_does_not_come_back(finished):
    assert holding(finished) != []
    done = erase_record(finished, "clinic/1", by="A. Lee", why="Order 7")
    assert holding(finished) == []
    assert done.references == ("clinic/1",)
    assert done.note.read_text(encoding="utf-8").startswith("everyname erasure\n")
    (original,) = [c for c in done.copies if "originals" in c]
    assert done.copies == (
        original,
        str(finished / "lists" / "clinic.csv"),
        "backups of the case, and whatever was published or handed on",
    )
    run(finished)
    assert holding(finished) == []
    assert verify(finished)[1] == ()
    # The same person is on another list, which speaks for itself.
    with LedgerReader(finished / "out" / "ledger.sqlite") as ledger:
        names = sorted(filed.record.value("name") for filed in ledger.records())
    assert names == ["Beloru, Arman", "Karsen Tovi", "Milu Dovran", "Sela Beloru", "Tovi Karsen"]
    assert {state for _, state in run(finished).stages} == {"unchanged"}


def test_an_erased_original_is_not_preserved_again(finished):
    done = erase_record(finished, "clinic/1", by="A. Lee", why="Order 7", originals=True)
    assert not [copy for copy in done.copies if "originals" in copy]
    with pytest.raises(CaseError, match="this file was erased from the record"):
        run(finished)
    path = finished / "lists" / "clinic.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    run(finished)
    assert verify(finished)[1] == ()
    assert holding(finished) == []


def test_that_it_was_entered_can_still_be_proved(finished):
    with LedgerReader(finished / "out" / "ledger.sqlite") as ledger:
        (number,) = ledger.numbers_of("clinic/1")
    checkpoint = shutil.copy(next((finished / "out" / "checkpoints").iterdir()), finished)
    erase_record(finished, "clinic/1", by="A. Lee", why="Order 7")
    said = check(prove(finished, f"entry:{number}", finished / checkpoint))
    assert said[1].startswith(f"Entry {number} (record, ")
    assert said[1].endswith("Its content is not here: erased or withheld.")
    assert "unchanged" in said[2]


@pytest.mark.parametrize(
    ("record", "by", "why", "said"),
    [
        ("clinic/9", "A. Lee", "Order 7", "the ledger holds no record 'clinic/9'"),
        ("clinic/1", " ", "Order 7", "an erasure needs the name of who ordered it"),
        ("clinic/1", "A. Lee", "", "an erasure needs the name of who ordered it"),
    ],
)
def test_what_cannot_be_erased_changes_nothing(finished, record, by, why, said):
    with pytest.raises(CaseError, match=said):
        erase_record(finished, record, by=by, why=why)
    assert verify(finished)[1] == ()


ERASE = ("clinic/1", "--by", "A. Lee", "--why", "Order 7")


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_the_command_asks_first(finished, monkeypatch, capsys, answer):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    main(["erase", str(finished), *ERASE])
    assert capsys.readouterr().out.endswith("Nothing was erased.\n")
    assert verify(finished)[1] == ()


def test_the_command_says_what_went_and_what_is_left(finished, capsys):
    main(["erase", str(finished), *ERASE, "--yes"])
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "Erased clinic/1: 2 contents of the ledger."
    assert shown[2] == "Copies that only you can remove:"
    assert shown[-1] == f"Then run the case again: everyname run {finished}"
    main(["verify", str(finished)])
    assert capsys.readouterr().out.endswith(
        "There is no finished run whose results could be looked at.\n"
    )


def test_rebuilt_tables_are_those_that_were_there(finished):
    before = verify(finished)
    assert rebuild_ledger(finished) == before[0]
    assert verify(finished) == before
