"""The example of published figures: its files fit each other and change no fact."""

import csv
import tomllib
from pathlib import Path

import pytest

CASE = Path(__file__).parents[2] / "examples" / "khojaly-1992"
LISTS = ("displacement", "figures", "positions", "responses")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", LISTS)
def test_mapping_names_columns_that_the_list_has(name):
    rows = rows_of(CASE / f"lists/{name}.csv")
    mapping = tomllib.loads((CASE / f"lists/{name}.toml").read_text())
    named = {*mapping["columns"], *mapping["source_columns"].values(), mapping["records"]["key"]}
    assert named <= set(rows[0])
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(None not in row and None not in row.values() for row in rows)


def test_every_row_says_who_said_it_and_whether_the_source_was_read():
    for name in LISTS:
        for row in rows_of(CASE / f"lists/{name}.csv"):
            assert row["said_by"], row
            assert row["read"] in {"source", "second-hand"}, row


def test_every_claim_is_one_of_the_figures_as_stated():
    said = {
        tuple(row.get(name, "") for name in ("said_by", "fate", "victim_class", "unit", "low"))
        for name in ("figures", "displacement")
        for row in rows_of(CASE / f"lists/{name}.csv")
    }
    claims = tomllib.loads((CASE / "case.toml").read_text())["claims"]
    assert len(claims) == 12
    for claim in claims:
        fields = (str(claim[n]) for n in ("said_by", "fate", "victim_class", "unit", "low"))
        assert tuple(fields) in said, claim["id"]


def test_displacement_of_both_sides_and_denials_are_there():
    places = {row["place"] for row in rows_of(CASE / "lists/displacement.csv")}
    assert places == {"Azerbaijan", "Armenia", "Azerbaijan and Armenia", "Karabakh"}
    texts = [row["text"] for row in rows_of(CASE / "lists/positions.csv")]
    assert any("denied" in text for text in texts)
    assert [row["title"] for row in rows_of(CASE / "lists/responses.csv")] == [
        f"UN Security Council resolution {number} (1993)" for number in (822, 853, 874, 884)
    ]


@pytest.mark.shared
def test_figures_are_carried_over_unchanged(shared):
    kept = {row["id"]: row for row in rows_of(CASE / "lists/figures.csv")}
    renamed = {"what": "fate", "url": "address"}
    for row in rows_of(shared / "data" / "khojaly" / "figures.csv"):
        here = kept.pop(row["id"])
        assert {name: here[renamed.get(name, name)] for name in row} == row
    assert kept == {}
