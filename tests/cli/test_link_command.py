"""``everyname link``, as a user types it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from everyname.case import link_lists
from everyname.case import linking as case_linking
from everyname.cli.main import main

HOSPITAL = """\
No,Full name,Sex,Age,Date of death,Place,Ward
1,Ivan Tomarov,M,34,2031-01-02,Tamrud,3
2,Aylin Demirhan,F,7,2031-02-02,Mzikara,
3,Aram Grigorian,M,old,2031-03-05,Oskelan,
"""
PRESS = """\
Name;Sex;Age;Died;Place
Томаров Иван;m;34;2 January 2031;Tamrud
Əylin Dəmirhan;f;7;2 February 2031;Mzikara
Giorgi Berashvili;m;66;5 March 2031;Oskelan
family of seven;;;5 March 2031;Oskelan
"""
MAPPING = """\
[source]
name = "The Press"
[columns.Name]
field = "name"
[columns.Died]
field = "date"
"""
PERSONS = """\
hospital.csv,2,P1
hospital.csv,3,P2
hospital.csv,4,P3
press.csv,2,P1
press.csv,3,P2
press.csv,4,P4
"""
SAID_OF_LISTS = """\
hospital.csv: 3 records of persons in 3 rows, by its columns' names and values
  column         taken for      unsure
  No             listed_id
  Full name      name
  Sex            sex
  Age            age            33% of its cells do not read as age
  Date of death  date_of_death
  Place          place
  Taken for nothing: Ward
  1 cell not understood: see `everyname read`
press.csv: 3 records of persons in 4 rows, by its columns' names and values
  column  taken for      unsure
  Name    name
  Sex     sex
  Age     age
  Died    date_of_death
  Place   place
  1 further record, such as of groups of unnamed people: not linked
"""
SAID_OF_PERSONS = """\
Conflicts  0 pairs within persons
Learnt     nothing, since the records are too few
To go on: name pairs that you know about in a table (source_a, row_a, source_b, row_b and decision:
same, different or unsure) and give it with --judgements. In a case, `everyname review` asks about
the pairs that matter most, and `everyname explain` says why: see `everyname new`.
Wrote clusters.csv.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "hospital.csv").write_text(HOSPITAL, encoding="utf-8")
    (tmp_path / "press.csv").write_text(PRESS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def link(*words, capsys):
    code = 0
    try:
        main(["link", *map(str, words)])
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr()
    return code, "".join(f"{line.rstrip()}\n" for line in told.out.splitlines()), told.err


def persons(text):
    return "".join(f"{line.rpartition(',')[0]}\n" for line in text.splitlines()[1:])


def test_two_lists_become_persons_and_it_is_told_what_was_taken_for_what(folder, capsys):
    code, out, err = link("hospital.csv", "press.csv", capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith(SAID_OF_LISTS + "Records    6 of persons, on 2 lists\nPersons    4 (low ")
    assert out.endswith(SAID_OF_PERSONS)
    text = (folder / "clusters.csv").read_text(encoding="utf-8")
    assert text.startswith("source,row,person,probability\n")
    assert persons(text) == PERSONS
    assert all(0.5 < p <= 1 for p in pl.read_csv(folder / "clusters.csv")["probability"])
    assert sorted(path.name for path in folder.iterdir()) == [
        "clusters.csv",
        "hospital.csv",
        "press.csv",
    ]


def test_parquet_and_standard_output_hold_the_same(folder, capsys):
    assert link("hospital.csv", "press.csv", "--out", "c.parquet", capsys=capsys)[0] == 0
    code, out, err = link("hospital.csv", "press.csv", "--out", "-", capsys=capsys)
    assert code == 0
    assert persons(out) == PERSONS
    assert "Persons    4" in err
    frame = pl.read_parquet(folder / "c.parquet")
    assert frame.write_csv() == out
    assert frame.schema == {
        "source": pl.String,
        "row": pl.Int64,
        "person": pl.String,
        "probability": pl.Float64,
    }


def test_a_mapping_beside_a_list_or_given_says_what_is_what(folder, capsys):
    (folder / "press.toml").write_text(MAPPING, encoding="utf-8")
    code, out, _ = link("hospital.csv", "press.csv", capsys=capsys)
    assert code == 0
    assert "press.csv: 3 records of persons in 4 rows, as press.toml says\n" in out
    assert "  Died    date\n  Taken for nothing: Sex, Age, Place\n" in out
    (folder / "press.toml").rename(folder / "ours.toml")
    words = ("--map", "ours.toml", "--out", "again.csv")
    code, out, _ = link("press.csv", *words, capsys=capsys)
    assert code == 0
    assert "press.csv: 3 records of persons in 4 rows, as ours.toml says\n" in out


BY_ROW = """\
source_a,row_a,source_b,row_b,decision
hospital.csv,4,press.csv,4,same
hospital.csv,2,press.csv,2,different
"""
BY_REFERENCE = """\
record_a,record_b,decision,reviewer
hospital/3,{third},Same,Ann
hospital/1,{first},different,Ann
"""


@pytest.mark.parametrize(
    "judged",
    [
        BY_ROW,
        BY_REFERENCE,
    ],
    ids=["by row", "by reference"],
)
def test_judgements_override_the_model(folder, capsys, judged):
    reference = dict(link_lists([folder / "press.csv"]).values.select("row", "reference").rows())
    text = judged.format(first=reference[2], third=reference[4])
    (folder / "judged.csv").write_text(text, encoding="utf-8")
    words = ("hospital.csv", "press.csv", "--judgements", "judged.csv", "--out", "-")
    code, out, _ = link(*words, capsys=capsys)
    assert code == 0
    person = {tuple(line.split(",")[:2]): line.split(",")[2] for line in out.splitlines()}
    assert person["hospital.csv", "4"] == person["press.csv", "4"]
    assert person["hospital.csv", "2"] != person["press.csv", "2"]
    # What judgements alone put together is certain.
    assert "press.csv,4,P3,1.0\n" in out


CONTRADICTING = """\
source_a,row_a,source_b,row_b,decision
hospital.csv,2,hospital.csv,3,same
hospital.csv,3,press.csv,3,same
hospital.csv,2,press.csv,3,different
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Missing argument 'LIST...'"),
        (["nowhere.csv"], "nowhere.csv: there is no such file. Name a list"),
        (["hospital.csv", "./hospital.csv"], "hospital.csv: this list is named twice"),
        (["empty.csv"], "empty.csv: this file is empty"),
        (["weather.csv"], "weather.csv: no column is taken for anything that linkage compares"),
        (["groups.csv"], "groups.csv: none of its 1 rows makes a record of a person"),
        (["hospital.csv", "--map", "nowhere.toml"], "nowhere.toml: there is no such file. Name"),
        (
            ["hospital.csv", "--map", "a.toml", "--map", "b.toml"],
            "--map: the mappings a.toml and b.toml are called like no list",
        ),
        (
            ["hospital.csv", "--map", "empty.csv"],
            "empty.csv: columns is missing; source is missing",
        ),
        (["hospital.csv", "--memory", "much"], "'much' is not an amount of memory such as 500MB"),
        (["hospital.csv", "--memory", "0GB"], "'0GB' is not an amount of memory"),
        (["hospital.csv", "--threshold", "1"], "1.0 is not in the range 0<x<1"),
        (["hospital.csv", "--engine", "abacus"], "'abacus' is not one of 'duckdb', 'spark'"),
        (["hospital.csv", "--out", "no/c.csv"], "no: there is no such folder. Make it"),
        (["hospital.csv", "--out", "hospital.csv"], "the result would replace one of the files"),
        (["hospital.csv", "--out", "press.csv"], "there is something here already that linkage"),
        (["hospital.csv", "--out", "."], "there is something here already that linkage"),
        (["hospital.csv", "--judgements", "none.csv"], "none.csv: there is no such file"),
        (["hospital.csv", "--judgements", "press.csv"], "there is no column 'record_a'"),
        (
            ["hospital.csv", "press.csv", "--judgements", "contradicting.csv"],
            "contradicting.csv: judgements contradict each other: hospital.csv, row 2 and ",
        ),
        (
            ["hospital.csv", "--judgements", "contradicting.csv"],
            "contradicting.csv, row 3: press.csv, row 3 holds no record that was linked",
        ),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(folder, capsys, words, said):
    (folder / "empty.csv").write_text("", encoding="utf-8")
    (folder / "weather.csv").write_text("rain;sun\n3;4\n", encoding="utf-8")
    (folder / "groups.csv").write_text("Name\nfamily of seven\n", encoding="utf-8")
    (folder / "contradicting.csv").write_text(CONTRADICTING, encoding="utf-8")
    code, _, err = link(*words, capsys=capsys)
    assert code == 2
    assert said in err
    assert "Traceback" not in err
    assert not (folder / "clusters.csv").exists()
    assert (folder / "press.csv").read_text(encoding="utf-8") == PRESS


def test_what_an_interrupted_run_left_is_used_and_then_removed(folder, capsys, monkeypatch):
    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    whole = case_linking.Clusters
    monkeypatch.setattr(case_linking, "Clusters", interrupted)
    code, _, err = link("hospital.csv", "press.csv", capsys=capsys)
    assert (code, err.strip()) == (130, "Interrupted. Run the same command again to go on.")
    kept = sorted(path.suffix for path in (folder / "clusters.csv.part").iterdir())
    assert kept == [".json", ".json", ".json", ".parquet", ".parquet", ".parquet"]
    assert not (folder / "clusters.csv").exists()
    assert (folder / "clusters.csv.part").stat().st_mode & 0o077 == 0
    (folder / "clusters.csv.part" / "mine.txt").touch()
    # Nothing is read or compared again: the engine is not there any more.
    monkeypatch.setattr(case_linking, "Clusters", whole)
    monkeypatch.setattr(case_linking, "link_values", interrupted)
    code, out, _ = link("hospital.csv", "press.csv", capsys=capsys)
    assert code == 0
    assert out.startswith(SAID_OF_LISTS)
    assert persons((folder / "clusters.csv").read_text(encoding="utf-8")) == PERSONS
    assert [path.name for path in (folder / "clusters.csv.part").iterdir()] == ["mine.txt"]


def test_what_was_kept_of_another_list_is_not_used(folder, monkeypatch):
    link_lists([folder / "hospital.csv"], interim=folder / "clusters.csv.part")
    (folder / "hospital.csv").write_text(HOSPITAL.replace("Ivan", "Iwan"), encoding="utf-8")
    monkeypatch.setattr(case_linking, "link_values", lambda *_, **__: pytest.fail("compared"))
    with pytest.raises(pytest.fail.Exception, match="compared"):
        link_lists([folder / "hospital.csv"], interim=folder / "clusters.csv.part")


def test_two_files_of_one_name_are_told_apart_by_their_folders(folder, capsys):
    (folder / "later").mkdir()
    (folder / "hospital.csv").rename(folder / "later" / "press.csv")
    code, out, _ = link("press.csv", "later/press.csv", "--out", "-", capsys=capsys)
    assert code == 0
    assert {line.split(",")[0] for line in out.splitlines()[1:]} == {"press.csv", "later/press.csv"}


def test_a_stop_while_it_runs_leaves_no_half_result(folder):
    rows = "".join(f"{n},Person {n} Number{n % 997},2031-01-02\n" for n in range(30_000))
    (folder / "large.csv").write_text("No,Name,Date of death\n" + rows, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "everyname", "link", "large.csv"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": "100"},
    )
    until = time.monotonic() + 120
    while not (folder / "clusters.csv.part").exists() and time.monotonic() < until:
        assert run.poll() is None, run.stderr.read()
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert err.decode().endswith("Interrupted. Run the same command again to go on.\n")
    assert not (folder / "clusters.csv").exists()
    assert not list(folder.glob(".everyname-*"))
