"""``everyname release`` and ``everyname custody``, as a user types them."""

from __future__ import annotations

import pytest

from everyname.cli.main import main

LIST = "No,Full name,Sex\n1,Arman Beloru,M\n2,Sela Beloru,F\n"
MAPPING = """\
[source]
name = "Clinic"
received = "2031-08-01"
received_from = "The secretary"
received_by = "R. Two"
address = "https://example.org/list"
[records]
key = "No"
[constants]
fate = "killed"
[columns."Full name"]
field = "name"
"""
CASE = '[case]\ntitle = "One list"\n[lists]\nclinic = ["clinic.csv"]\n'


@pytest.fixture
def said(capsys):
    """Runs a command; gives its status, what it said, and what it complained of."""

    def command(*words):
        code = 0
        try:
            main([*map(str, words)])
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture
def case(tmp_path, said):
    (tmp_path / "lists").mkdir()
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    (tmp_path / "lists" / "clinic.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "lists" / "clinic.toml").write_text(MAPPING, encoding="utf-8")
    assert said("run", tmp_path, "--quiet")[0] == 0
    return tmp_path


def test_a_release_is_said_and_the_case_stays_well(case, said):
    code, out, _ = said("release", case, "--title", "First report", "--by", "R")
    assert code == 0
    assert out.startswith("Released 'First report': 8 files, ledger ")
    assert said("verify", case)[0] == 0
    code, _, err = said("release", case, "--title", "First report")
    assert code == 2
    assert "this very release was made before" in err


def test_custody_is_shown_and_added_to(case, said):
    code, out, _ = said("custody", case, "clinic.csv")
    name, received, below = out.splitlines()
    assert code == 0
    assert name.startswith("clinic.csv  ")
    assert received == "  2031-08-01  received from The secretary, by R. Two"
    assert below == ("  Below the Berkeley minimum: it lacks HTML source, dated full-page image.")
    words = "--add", "handed to the archive", "--by", "R. One", "--note", "box 3"
    code, out, _ = said("custody", case, name.split()[1][:8], *words)
    assert code == 0
    assert out.splitlines()[2].endswith("  handed to the archive, by R. One: box 3")
    assert said("custody", case, "clinic.csv")[1] == out
    assert said("verify", case)[0] == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["clinic.csv", "--add", "x"], "a step needs what happened and who did it"),
        (["clinic.csv", "--by", "R"], "--by and --note describe a step: give it with --add"),
        (["other.csv"], "the ledger holds no document 'other.csv'"),
    ],
)
def test_what_cannot_be_done_is_said(case, said, words, complaint):
    code, _, err = said("custody", case, *words)
    assert code == 2
    assert complaint in err
