"""A small case, written by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from everyname.case import back_up, run

CASE = """
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

[[breakdowns]]
by = ["sex"]

[[claims]]
id = "mayor"
text = "Three people were killed"
said_by = "The mayor"
best = 3

[publish]
fields = ["name", "sex", "date"]
persons = true
"""
CLINIC = """\
No,Name,Sex,Age,Date
1,Arman Beloru,M,34,2031-02-03
2,Sela Beloru,F,31,2031-02-03
3,Tovi Karsen,M,9,2031-02-04
"""
CLINIC_MAPPING = """
[source]
name = "Clinic"
[records]
key = "No"
[constants]
fate = "killed"
[columns.No]
field = "listed_id"
[columns.Name]
field = "name"
[columns.Sex]
field = "sex"
codes = { M = "male", F = "female" }
[columns.Age]
field = "age"
[columns.Date]
field = "date"
"""
PARISH = """\
entry;name;born;died
b1;Beloru, Arman;1996-05-01;2031-02-03
b2;Karsen Tovi;2021-07-09;2031-02-04
b3;Milu Dovran;1950-01-30;2031-03-01
"""
PARISH_MAPPING = """
[source]
name = "Parish book"
[records]
key = "entry"
[constants]
fate = "killed"
[columns.name]
field = "name"
[columns.born]
field = "birth_date"
[columns.died]
field = "date"
"""


def written(case: Path) -> Path:
    """Write the small case into a new folder."""
    (case / "lists").mkdir(parents=True)
    (case / "hand").mkdir()
    for name, text in {
        "case.toml": CASE,
        "lists/clinic.csv": CLINIC,
        "lists/clinic.toml": CLINIC_MAPPING,
        "lists/parish.csv": PARISH,
        "lists/parish.toml": PARISH_MAPPING,
    }.items():
        (case / name).write_text(text, encoding="utf-8")
    return case


@pytest.fixture
def small_case(tmp_path: Path) -> Path:
    """A case of two lists, six records, four persons."""
    return written(tmp_path / "villages")


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case after a run; not to be written to."""
    case = written(tmp_path_factory.mktemp("once") / "villages")
    run(case)
    return case


@pytest.fixture
def finished(run_once: Path, tmp_path: Path) -> Path:
    """The small case after a run, to do anything with."""
    return Path(shutil.copytree(run_once, tmp_path / "villages"))


@pytest.fixture(scope="session")
def backup(run_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain backup of the small case after a run."""
    return back_up(run_once, tmp_path_factory.mktemp("backups") / "villages.tar").file


@pytest.fixture
def edit(small_case: Path) -> Callable[[str, str, str], None]:
    """Replace a text in a file of the small case; the text must be there."""

    def replace(name: str, old: str, new: str) -> None:
        path = small_case / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
