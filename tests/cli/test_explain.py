"""``everyname explain``, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from everyname.case import explain_pair, run
from everyname.cli.main import main

LISTS = {
    "case.toml": """
[case]
title = "Two villages"
summary = "Invented."
codebook = "1.0"
[scope]
what = "Persons killed in two villages"
fates = ["killed"]
date = "2031"
[lists]
clinic = ["clinic.csv"]
parish = ["parish.csv"]
""",
    "lists/clinic.csv": """\
No,Name,Age,Date
1,Arman Beloru,34,2031-02-03
2,Sela Karsen,31,2031-02-03
""",
    "lists/parish.csv": 'No,Name,Age,Date\n1,"Beloru, [red]Arman",34,2031-02-03\n',
}
MAPPING = """
[source]
name = "{name}"
[records]
key = "No"
[constants]
fate = "killed"
[columns.No]
field = "listed_id"
[columns.Name]
field = "name"
[columns.Age]
field = "age"
[columns.Date]
field = "date"
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained") / "villages"
    (folder / "lists").mkdir(parents=True)
    mappings = {f"lists/{n}.toml": MAPPING.format(name=n.title()) for n in ("clinic", "parish")}
    for name, text in {**LISTS, **mappings}.items():
        (folder / name).write_text(text, encoding="utf-8")
    run(folder)
    return folder


def said(*words: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = 0
    try:
        main(["explain", *map(str, words)])
    except SystemExit as stop:
        code = int(str(stop.code))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_pair_is_shown_with_bars_and_sentences(case, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    code, out, _ = said(case, "clinic/1", "parish/1", capsys=capsys)
    assert code == 0
    lines = out.splitlines()
    # Even odds before anything is compared: a bar without length.
    bars = [line for line in lines if "█" in line or "│" in line]
    begun = [line.split(":")[0].split("  ")[0] for line in bars]
    assert (begun[0], begun[1], begun[-1]) == ("Before comparing", "Name", "All together")
    assert {"Age", "Date"} <= set(begun)
    assert "[red]" in out
    assert "clinic.csv, row 2" in lines[0]
    assert "The shares below were set beforehand" in " ".join(out.split())
    assert max(map(len, lines)) <= 100


def test_a_person_is_shown_with_its_bonds(case, capsys):
    code, out, _ = said(case, "clinic/1", capsys=capsys)
    assert code == 0
    flat = " ".join(out.split())
    assert "has 2 records." in flat
    assert "The weakest place:" in flat
    code, out, _ = said(case, "clinic/2", capsys=capsys)
    assert "has one record, clinic/2: nothing was put together." in " ".join(out.split())


def test_json_holds_the_same(case, capsys):
    code, out, _ = said(case, "clinic/1", "parish/1", "--json", capsys=capsys)
    told = json.loads(out)
    found = explain_pair(case, "clinic/1", "parish/1")
    assert code == 0
    assert told == json.loads(json.dumps(found.as_json()))
    assert told["words"] == list(found.words)
    assert told["weight"] == pytest.approx(
        told["begin"]
        + sum(c["weight"] for c in told["contributions"])
        + sum(r["weight"] for r in told["remarks"])
    )
    code, out, _ = said(case, "clinic/1", "--json", capsys=capsys)
    assert {r["reference"] for r in json.loads(out)["records"]} == {"clinic/1", "parish/1"}


@pytest.mark.parametrize(
    ("name", "begin"), [("why.png", b"\x89PNG"), ("why.svg", b"<svg"), ("why.html", b"<!DOCTYPE")]
)
def test_a_chart_is_written(case, tmp_path, capsys, name, begin):
    code, out, _ = said(case, "clinic/1", "parish/1", "--chart", tmp_path / name, capsys=capsys)
    assert code == 0
    assert (tmp_path / name).read_bytes().startswith(begin)
    assert "Wrote " in out


def test_what_cannot_be_done_is_said_and_nothing_is_written(case, tmp_path, capsys):
    chart = tmp_path / "why.gif"
    for words, message in (
        (("clinic/1", "parish/1", "--chart", chart), "Name a file that ends in .svg, .png, .html"),
        (("clinic/2", "--chart", tmp_path / "why.png"), "there is no weakest place to draw"),
        (("clinic/7", "parish/1"), "the last run linked no record 'clinic/7'"),
    ):
        code, out, err = said(case, *words, capsys=capsys)
        assert (code, out) == (2, "")
        assert message in err
    assert list(tmp_path.iterdir()) == []
