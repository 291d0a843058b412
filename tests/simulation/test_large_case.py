"""A large simulated case in files: what the frame holds, with the truth beside it."""

import csv

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from everyname.case import CaseFolder
from everyname.case.run import take_in
from everyname.errors import CaseError
from everyname.ledger import Ledger
from everyname.simulation import simulate_large, simulated_records

OPTIONS = {"records": 600, "errors": 0.1, "seed": 3}


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large") / "case"
    simulate_large(folder, **OPTIONS)
    return folder


def test_files_and_equal_bytes_for_equal_seeds(case, tmp_path):
    assert list(files(case)) == [
        "case.toml",
        "lists/burials.csv",
        "lists/burials.toml",
        "lists/hospital.csv",
        "lists/hospital.toml",
        "lists/press.csv",
        "lists/press.toml",
        "lists/rights-group.csv",
        "lists/rights-group.toml",
        "truth.csv",
    ]
    simulate_large(tmp_path / "again", **OPTIONS)
    assert files(tmp_path / "again") == files(case)
    simulate_large(tmp_path / "other", **{**OPTIONS, "seed": 4})
    assert files(tmp_path / "other")["truth.csv"] != files(case)["truth.csv"]


def test_refuses_to_write_over_a_case(case):
    with pytest.raises(CaseError, match="The folder is not empty"):
        simulate_large(case, **OPTIONS)


def test_the_truth_names_every_row(case):
    with (case / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file))
    assert list(truth[0]) == ["file", "source", "row", "person"]
    assert [int(row["person"]) for row in truth] == simulated_records(**OPTIONS).persons.tolist()
    for path in sorted((case / "lists").glob("*.csv")):
        rows = [int(row["row"]) for row in truth if row["file"] == path.name]
        assert rows == list(range(2, len(pl.read_csv(path)) + 2))
        assert {row["source"] for row in truth if row["file"] == path.name} == {path.stem}


def test_taken_in_the_ledger_states_what_the_frame_holds(case):
    take_in(case)
    made = simulated_records(**OPTIONS)
    with Ledger.open(CaseFolder(case).ledger) as ledger:
        for name in made.lists.unique():
            fields = made.values.columns
            file = f"{name.replace('_', '-')}.csv"
            values = ledger.values(fields, [file])
            stated = made.values.filter(made.lists == name)
            if name != "burials":
                # Of "Arif oğlu" in a whole name intake takes the father's name.
                fields = [field for field in fields if field != "father_name"]
            assert_frame_equal(values.select(fields), stated.select(fields))
            assert values["reference"][0] == f"{name.replace('_', '-')}/1"
