"""A simulated case: whole, repeatable, and as messy as promised."""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from everyname.errors import CaseError
from everyname.simulation import Scenario, case_files, simulate

EXAMPLE = Path(__file__).parents[2] / "examples" / "river-valley"
FILES = {
    "accounts/.gitkeep",
    "case.toml",
    "hand/judgements.csv",
    "lists/burials.toml",
    "lists/burials.xlsx",
    "lists/hospital.csv",
    "lists/hospital.toml",
    "lists/press.csv",
    "lists/press.toml",
    "lists/rights-group.csv",
    "lists/rights-group.toml",
    "truth-persons.csv",
    "truth.csv",
}


def bytes_by_path(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def sheet(folder: Path, name: str) -> list[list[str]]:
    """All rows of a list as texts, titles and header included."""
    mapping = tomllib.loads((folder / f"lists/{name}.toml").read_text())
    table = mapping["table"]
    if "sheet" in table:
        book = CalamineWorkbook.from_path(folder / f"lists/{name}.xlsx")
        rows = book.get_sheet_by_name(table["sheet"]).to_python()
        return [[str(cell) for cell in row] for row in rows]
    with (folder / f"lists/{name}.csv").open(encoding=table["encoding"], newline="") as file:
        return list(csv.reader(file, delimiter=table["delimiter"]))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def valley(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("simulated") / "valley"
    simulate(folder, persons=2000, seed=1992)
    return folder


def test_the_example_is_what_the_simulation_writes(valley):
    written = bytes_by_path(valley)
    kept = bytes_by_path(EXAMPLE)
    kept.pop("README.md")
    kept = {path: content for path, content in kept.items() if not path.startswith("out/")}
    assert set(written) == set(kept) == FILES
    assert [path for path in sorted(FILES) if written[path] != kept[path]] == []


def test_equal_seeds_give_equal_bytes_and_others_do_not():
    one, same, other = (case_files(Scenario(persons=80, seed=seed)) for seed in (5, 5, 6))
    assert one == same
    assert {path for path in one if one[path] != other[path]} >= {
        "lists/burials.xlsx",
        "lists/hospital.csv",
        "truth.csv",
    }


def test_refuses_a_folder_that_holds_something(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CaseError) as refused:
        simulate(tmp_path, persons=60)
    assert str(refused.value) == (
        f"{tmp_path}: The folder is not empty. "
        "Name a new folder: nothing is written over what is there."
    )
    assert bytes_by_path(tmp_path) == {"mine.txt": b"mine"}


def test_refuses_a_file_and_takes_an_empty_folder(tmp_path):
    file = tmp_path / "case"
    file.write_text("")
    with pytest.raises(CaseError, match="This is a file"):
        simulate(file, persons=60)
    empty = tmp_path / "empty"
    empty.mkdir()
    simulate(empty, persons=60)
    assert set(bytes_by_path(empty)) == FILES


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"persons": 3}, "persons: 3 persons are too few to simulate. Ask for at least 50."),
        ({"seed": -1}, "seed: -1 is no seed. Give a whole number from 0 on."),
        ({"year": 3}, "year: 3 is outside the years that can be simulated."),
        ({"title": " "}, "title: The title is empty. Name the fictional valley."),
    ],
)
def test_refuses_options_out_of_bounds(tmp_path, options, message):
    with pytest.raises(CaseError, match=re.escape(message)):
        simulate(tmp_path / "case", **options)
    assert not (tmp_path / "case").exists()


def test_refuses_a_share_that_is_none():
    with pytest.raises(CaseError, match="missing_share: 2 is no share"):
        Scenario(missing_share=2)


def test_judgements_are_a_header_alone(valley):
    assert (valley / "hand/judgements.csv").read_text() == (
        "record_a,record_b,decision,reviewer,time,reason\n"
    )


def test_truth_names_every_row_of_every_list_and_no_other(valley):
    truth = rows_of(valley / "truth.csv")
    known = {row["person"] for row in rows_of(valley / "truth-persons.csv")}
    assert {row["person"] for row in truth} <= known
    for name, file in (
        ("hospital", "hospital.csv"),
        ("burials", "burials.xlsx"),
        ("rights-group", "rights-group.csv"),
        ("press", "press.csv"),
    ):
        mapping = tomllib.loads((valley / f"lists/{name}.toml").read_text())
        first = mapping["table"]["header_row"] + 1
        rows = sheet(valley, name)
        stated = [int(row["row"]) for row in truth if row["file"] == file]
        assert stated == list(range(first, len(rows) + 1))
        assert rows[first - 2][0] == mapping["records"]["key"]


def test_mapping_names_headers_that_the_list_has(valley):
    for name in ("hospital", "burials", "rights-group", "press"):
        mapping = tomllib.loads((valley / f"lists/{name}.toml").read_text())
        header = sheet(valley, name)[mapping["table"]["header_row"] - 1]
        assert set(mapping["columns"]) <= set(header)
        for column, mapped in mapping["columns"].items():
            cells = {row[header.index(column)] for row in sheet(valley, name)}
            assert set(mapped.get("codes", ())) <= cells


def test_about_four_thousand_records_and_one_person_in_six_on_no_list(valley):
    dead = [row for row in rows_of(valley / "truth-persons.csv") if row["fate"] != "missing"]
    unrecorded = sum(not row["on_lists"] for row in dead) / len(dead)
    lists = Counter(name for row in dead for name in row["on_lists"].split("+") if name)
    assert len(dead) == 2000
    assert 0.15 <= unrecorded <= 0.25
    assert 3700 <= len(rows_of(valley / "truth.csv")) <= 4300
    assert min(lists.values()) < 0.8 * max(lists.values())
    assert set(lists) == {"hospital", "burials", "rights_group", "press"}


def test_every_list_holds_some_person_twice(valley):
    times = Counter((row["file"], row["person"]) for row in rows_of(valley / "truth.csv"))
    twice = Counter(file for (file, _), n in times.items() if n > 1)
    assert set(twice) == {"hospital.csv", "burials.xlsx", "rights-group.csv", "press.csv"}
    assert 0.015 <= sum(twice.values()) / len(times) <= 0.05


def test_families_die_together(valley):
    names = Counter()
    for row in sheet(valley, "burials")[3:]:
        names[row[1], row[6], row[7]] += 1
    assert max(names.values()) >= 3


def test_single_faults_are_there(valley):
    hospital, rights, press = (
        sheet(valley, name) for name in ("hospital", "rights-group", "press")
    )
    assert sum(row[4].startswith(("19", "20")) and len(row[4]) == 4 for row in hospital[1:]) == 2
    assert [row[5] for row in rights if row[5].startswith("31.02.")] == ["31.02.2031"]
    assert [row[-1] for row in press if row[-1].startswith("=")] == ["=B2"]
    assert any(row[2] == "unidentified man" for row in press)
    assert any(row[3].startswith("about ") for row in press)


def test_burials_keep_dates_as_dates_and_names_in_several_scripts(valley):
    book = CalamineWorkbook.from_path(valley / "lists/burials.xlsx")
    rows = book.get_sheet_by_name("Захоронения").to_python()
    assert rows[0][0] == "Книга захоронений долины"
    assert rows[2][:3] == ["№", "Фамилия", "Имя"]
    assert all(row[6] == "" or row[6].year in (2030, 2031, 2032) for row in rows[3:])
    names = " ".join(str(row[1]) for row in rows[3:])
    for script in ("а-я", "ա-ֆ", "ა-ჰ", "α-ω", "ء-ي", "a-z"):
        assert re.search(f"[{script}]", names)


def test_claims_are_right_too_low_too_high_and_of_families(valley):
    claims = tomllib.loads((valley / "case.toml").read_text())["claims"]
    right, low, high, families = claims
    assert right["low"] <= 2000 <= right["high"]
    assert set(low) >= {"high"}
    assert low["high"] == 900
    assert high["low"] == 9000
    assert [claim["unit"] for claim in claims] == ["persons", "persons", "persons", "families"]
    assert families["best"] < 2000
