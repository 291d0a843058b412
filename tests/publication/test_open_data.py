import csv
import hashlib
import json
import unicodedata

import pytest
import synthetic_editions
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import CaseError
from everyname.publication import write
from everyname.publication.open_data import safe_cell
from everyname.publication.words import legible

NAMES = [
    "counts.csv",
    "patterns.csv",
    "persons.csv",
    "figures.csv",
    "findings.csv",
    "sources.csv",
    "datapackage.json",
]


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_an_edition_becomes_seven_files(tmp_path):
    edition = synthetic_editions.rich(50)
    paths = write(edition, tmp_path / "data")
    assert [path.name for path in paths] == NAMES
    assert sorted(p.name for p in (tmp_path / "data").iterdir()) == sorted(NAMES)
    assert table(paths[0])[:2] == [
        ["id", "low", "best", "high", "codebook"],
        ["total", "8", "50", "145", "1.0"],
    ]
    assert table(paths[1])[0] == ["hospital", "burials", "rights_group", "press", "persons"]
    assert sum(int(row[-1]) for row in table(paths[1])[1:]) == 50
    assert table(paths[3])[2][:8] == [
        f"{2:064x}", "Council of the southern district", "media", "2032-02-11", "2400", "", "",
        "persons",
    ]  # fmt: skip


def test_only_columns_of_the_profile_are_written(tmp_path):
    edition = synthetic_editions.rich(3).model_copy(update={"columns": ("person", "sex")})
    persons = table(write(edition, tmp_path)[2])
    assert persons[0] == ["person", "sex"]
    assert {len(row) for row in persons} == {2}


def test_the_package_describes_each_file(tmp_path):
    paths = write(synthetic_editions.figures_only(), tmp_path)
    package = json.loads(paths[-1].read_text(encoding="utf-8"))
    assert [resource["path"] for resource in package["resources"]] == NAMES[:-1]
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert table(tmp_path / resource["path"])[0] == fields


def test_equal_editions_give_equal_bytes_and_files_are_replaced(tmp_path):
    first = [p.read_bytes() for p in write(synthetic_editions.rich(50), tmp_path)]
    write(synthetic_editions.figures_only(), tmp_path)
    again = [p.read_bytes() for p in write(synthetic_editions.rich(50), tmp_path)]
    assert first == again


def test_a_formula_is_written_as_text(tmp_path):
    hostile = '=HYPERLINK("https://evil.example","x")'
    edition = synthetic_editions.rich(1)
    person = {**edition.persons[0], "name": hostile}
    paths = write(edition.model_copy(update={"persons": (person,)}), tmp_path)
    assert table(paths[2])[1][1] == "'" + hostile


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\nx", "＝1"])
def test_texts_that_begin_like_a_formula_get_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


def test_control_characters_are_replaced_in_cells_heads_and_the_package(tmp_path):
    assert safe_cell("a\x1b[31m\x00\x7f\x85b\tc\r\nd\re") == "a�[31m���b\tc\nd\ne"
    edition = synthetic_editions.rich(1)
    person = {**edition.persons[0], "na\x1bme": "x\x9by"}
    paths = write(
        edition.model_copy(
            update={"columns": ("na\x1bme",), "persons": (person,), "title": "River\x7f"}
        ),
        tmp_path,
    )
    assert table(paths[2]) == [["na�me"], ["x�y"]]
    assert json.loads(paths[-1].read_text(encoding="utf-8"))["title"] == "River�"


def test_a_finding_says_when_it_agrees_only_with_what_it_repeats(tmp_path):
    edition = synthetic_editions.rich(50)
    head, *rows = table(write(edition, tmp_path)[4])
    assert head[-1] == "note"
    assert "independent_roots" in head
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert {f["note"] for f in told} == {"", "agrees only with what it repeats"}
    assert all(f["outcome"] == "consistent" for f in told if f["note"])


def test_numbers_stay_numbers():
    assert [safe_cell(cell) for cell in (-5, 0, 12345, None, True)] == [
        "-5",
        "0",
        "12345",
        "",
        "true",
    ]


@given(st.text())
def test_no_text_is_lost_and_none_is_a_formula(text):
    cell = safe_cell(text)
    assert cell.removeprefix("'") == legible(text).removeprefix("'")
    assert not any(unicodedata.category(c) == "Cc" and c not in "\t\n" for c in cell)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(CaseError, match="data"):
        write(synthetic_editions.figures_only(), tmp_path / "data")
