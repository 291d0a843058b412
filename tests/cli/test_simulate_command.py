"""``everyname simulate``, as a user types it."""

from __future__ import annotations

import csv

import pytest

from everyname.cli.main import main


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
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path, capsys, words, said):
    code, told = simulate(tmp_path / "valley", *words, capsys=capsys)
    assert code == 2
    assert said in told.err
    assert not (tmp_path / "valley").exists()
