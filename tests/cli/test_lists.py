"""Lists at the command line: read, compare, map, intake and export, as a user types them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

LIST = 'No;Name;Sex/age;Died\n1;Ada Invented;F/34;26.02.2031\n2;"Ben; Invented";M/6;3.2.2031\n'
NEWER = "No;Name;Sex/age;Died\n1;Ada Invented;F/35;26.02.2031\n3;Cleo Made;F/7;4.2.2031\n"
CASE = '[case]\ntitle = "T"\n[scope]\nwhat = "W"\n[lists]\none = ["one.csv"]\n'


def everyname(*words, cwd):
    done = subprocess.run(
        [sys.executable, "-m", "everyname", *map(str, words)],
        capture_output=True,
        check=False,
        cwd=cwd,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_file_is_read_without_a_case(tmp_path):
    (tmp_path / "one.csv").write_bytes(LIST.encode("utf-16"))
    code, out, err = everyname("read", "one.csv", "--cells", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [
        ["No", "Name", "Sex/age", "Died"],
        ["1", "Ada Invented", "F/34", "26.02.2031"],
        ["2", "Ben; Invented", "M/6", "3.2.2031"],
    ]
    code, out, _ = everyname("read", "one.csv", "--json", cwd=tmp_path)
    told = json.loads(out)
    assert (code, told["rows"], told["cells"], told["key"]) == (0, 2, 12, "No")
    assert told["dialect"].startswith("utf-16")
    assert {c["name"]: c["read_as"] for c in told["columns"]} == {
        "No": "listed_id",
        "Name": "name",
        "Sex/age": "sex, age",
        "Died": "date_of_death",
    }
    code, out, _ = everyname("read", "one.csv", cwd=tmp_path)
    assert code == 0
    assert "2 rows of 4 columns, 12 cells, header in row 1" in out


def test_a_list_goes_in_and_comes_back(tmp_path):
    lists = tmp_path / "case" / "lists"
    lists.mkdir(parents=True)
    (tmp_path / "case" / "case.toml").write_text(CASE, encoding="utf-8")
    (lists / "one.csv").write_text(LIST, encoding="utf-8")
    code, out, _ = everyname("map", lists / "one.csv", "--yes", cwd=tmp_path)
    assert code == 0
    assert "set fate under [constants]" in out
    code, out, _ = everyname("intake", "case", cwd=tmp_path)
    assert code == 0
    assert "2 rows, 2 records, 12 cells: 8 understood, 4 kept as written, 0 rejected" in out
    code, out, _ = everyname("export", "case", "one.csv", "--out", "back.csv", cwd=tmp_path)
    assert (code, "2 records of the ledger say the same" in out) == (0, True)
    with (tmp_path / "back.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == list(csv.reader(LIST.splitlines(), delimiter=";"))
    code, _, err = everyname("export", "case", "one.csv", "--out", "back.csv", cwd=tmp_path)
    assert (code, "there already" in err) == (2, True)
    (lists / "one.csv").write_text(NEWER, encoding="utf-8")
    code, out, _ = everyname("intake", "case", cwd=tmp_path)
    assert code == 0
    assert "newer release: 1 added, 1 changed, 1 no longer listed, 0 as before" in out


def test_two_releases_are_compared_without_a_case(tmp_path):
    (tmp_path / "one.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "two.csv").write_text(NEWER, encoding="utf-8")
    code, out, _ = everyname("compare", "one.csv", "two.csv", "--out", "changes.csv", cwd=tmp_path)
    assert code == 0
    assert "1 added, 1 changed, 1 no longer listed, 0 as before" in out
    with (tmp_path / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert ["changed", "1", "1", "Sex/age", "F/34", "F/35"] in rows


def test_the_next_release_is_mapped_like_the_last(tmp_path):
    for name, text in (("one.csv", LIST), ("two.csv", NEWER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert everyname("map", "one.csv", "--yes", "--source", "Clinic", cwd=tmp_path)[0] == 0
    code, out, _ = everyname("map", "two.csv", "--like", "one.toml", cwd=tmp_path)
    assert (code, "as one.toml says" in out) == (0, True)
    text = (tmp_path / "two.toml").read_text(encoding="utf-8")
    assert 'name = "Clinic, two"' in text
    assert 'split = "{sex}/{age}"' in text
