"""``everyname simulate``, as a user types it."""

from __future__ import annotations

import csv
import json

import pytest

from everyname.cli.main import main
from everyname.cli.simulate import simulate as command
from everyname.estimation.table_input import as_table
from everyname.simulation.capture_designs import NINE


def simulate(*words, capsys):
    code = 0
    try:
        main(["simulate", *map(str, words)])
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr()


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_large_case_has_as_many_records_as_asked_and_is_made_again_alike(tmp_path, capsys):
    words = ("--records", "300", "--lists", "3", "--errors", ".2", "--seed", "5")
    for name in ("one", "two"):
        code, told = simulate(tmp_path / name, *words, capsys=capsys)
        assert (code, told.err) == (0, "")
        assert told.out == f"Made {tmp_path / name}. Next: everyname run {tmp_path / name}\n"
    assert files(tmp_path / "one") == files(tmp_path / "two")
    lists = sorted((tmp_path / "one" / "lists").glob("*.csv"))
    assert len(lists) == 3
    rows = sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in lists)
    assert rows == 300
    with (tmp_path / "one" / "truth.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 300


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--records", "0"), "0 is not in the range x>=1"),
        (("--records", "9", "--errors", "1.5"), "1.5 is not in the range 0<=x<=1"),
        (("--records", "9", "--lists", "0"), "0 is not in the range 1<=x<=100"),
        (("--errors", ".1"), "--errors is for a large case: give --records too"),
        (("--lists", "7"), "--lists is for a large case: give --records too"),
        (("--records", "9", "--persons", "5"), "--persons and --records exclude each other"),
        (("--design", "places", "--records", "9"), "--records and --design exclude each other"),
        (("--design", "places", "--lists", "3"), "--lists and --design exclude each other"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path, capsys, words, said):
    code, told = simulate(tmp_path / "valley", *words, capsys=capsys)
    assert code == 2
    assert said in told.err
    assert not (tmp_path / "valley").exists()


def test_a_table_of_patterns_has_its_truth_beside_it_and_is_made_again_alike(tmp_path, capsys):
    words = ("--design", "two-classes-3", "--persons", "400", "--seed", "2")
    for name in ("one", "two"):
        table = tmp_path / name / "table.csv"
        code, told = simulate(table, *words, capsys=capsys)
        assert (code, told.err) == (0, "")
        assert told.out == (
            f"Made {table}; the truth is in {table.with_suffix('.truth.json')}."
            f" Next: everyname estimate {table}\n"
        )
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert sorted(files(tmp_path / "one")) == ["table.csv", "table.truth.json"]
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["list 1", "list 2", "list 3", "count"]
    recorded = sum(int(row[-1]) for row in rows[1:])
    assert json.loads(table.with_suffix(".truth.json").read_text(encoding="utf-8")) == {
        "design": "two-classes-3",
        "says": "Of two classes of persons one is recorded far less by each of three lists.",
        "persons": 400,
        "recorded": recorded,
        "unrecorded": 400 - recorded,
        "expected_recorded_share": 0.4791,
        "seed": 2,
    }
    assert as_table(table).observed == recorded


def test_an_unknown_design_is_refused_with_those_there_are(tmp_path, capsys):
    code, told = simulate(tmp_path / "t.csv", "--design", "oops", capsys=capsys)
    assert code == 2
    said = " ".join(told.err.split())
    assert "a design 'oops'. Use one of independent, two-classes-4, three-classes-5," in said
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over_a_table_or_its_truth(tmp_path, capsys):
    for there in ("t.csv", "t.truth.json"):
        (tmp_path / there).write_text("mine", encoding="utf-8")
        code, told = simulate(tmp_path / "t.csv", "--design", "places", capsys=capsys)
        assert code == 2
        assert "nothing is written over what is there" in " ".join(told.err.split())
        assert files(tmp_path) == {there: b"mine"}
        (tmp_path / there).unlink()


def test_a_table_that_cannot_be_written_is_refused(tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, told = simulate(tmp_path / "file" / "t.csv", "--design", "places", capsys=capsys)
    assert code == 2
    assert "cannot be written" in " ".join(told.err.split())


def test_help_names_every_design():
    (option,) = [one for one in command.params if one.name == "design"]
    assert all(name in option.help for name in NINE)
