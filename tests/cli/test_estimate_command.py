"""``everyname estimate``, as a user types it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from everyname.cli.main import main
from everyname.estimation import models
from everyname.estimation.result import PosteriorEstimate

TABLE = """\
hospital,press,sex,count
1,1,f,20
1,0,f,40
0,1,f,70
1,1,m,30
1,0,m,50
0,1,m,60
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def printed(capsys, *words):
    main(["estimate", *map(str, words)])
    return capsys.readouterr().out


def refused(capsys, *words):
    with pytest.raises(SystemExit) as stop:
        main(["estimate", *map(str, words)])
    out, said = capsys.readouterr()
    assert (stop.value.code, out) == (2, "")
    return said


def test_overlap_models_dependence_and_words_are_printed(table, capsys):
    text = printed(capsys, table, "--lists", "hospital,press", "--models", "chao,chapman")
    assert text.startswith("No interval is reported: 2 lists cannot show whether being on one")
    assert (
        "hospital  press  persons\n"
        "   x        x         50\n"
        "   x        .         90\n"
        "   .        x        130\n"
        "                     270\n\n"
        "model "
    ) in text
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Chao's lower bound at least 499 423 to 613 229" in lines
    assert "odds ratio between halves doubles halves total doubles total seen" in lines
    assert "hospital and press 0.5 2 - 3.15 -" in lines
    assert "none of them is a count." in " ".join(lines)


def test_json_is_all_that_is_printed(table, capsys):
    text = printed(capsys, table, "--by", "sex", "--models", "chapman", "--level", "0.9", "--json")
    found = json.loads(text)
    assert found["level"] == 0.9
    assert found["observed"] == 270
    assert [part["stratum"] for part in found["strata"]] == ["f", "m"]
    assert found["strata"][0]["comparison"]["results"][0]["settings"]["in_both"] == 20


def test_strata_are_printed_one_after_the_other(table, capsys):
    text = printed(capsys, table, "--by", "sex", "--models", "chapman")
    assert text.index("\nf\n") < text.index("\nm\n")


def test_the_draws_of_posteriors_are_written(table, tmp_path, capsys, monkeypatch):
    class Posterior:
        name, family, checks = "posterior", "classes", "none"

        def run(self, table, *, level, seed):
            draws = np.array([[400, 410], [420, seed]])
            base = {"model": "Posterior", "point": 410, "low": 400, "high": 420, "level": level,
                    "observed": table.observed, "unrecorded": 140, "assumptions": (),
                    "reference": "", "settings": {}, "lower_bound": False}  # fmt: skip
            return (PosteriorEstimate(**base, draws=draws),)

    monkeypatch.setattr("everyname.estimation.comparison.chosen_models", lambda *_: (Posterior(),))
    path = tmp_path / "draws.csv"
    printed(capsys, table, "--lists", "hospital,press", "--draws", path, "--seed", "7")
    assert path.read_text(encoding="utf-8").splitlines() == [
        "stratum,model,chain,draw,persons",
        ",Posterior,1,1,400",
        ",Posterior,1,2,410",
        ",Posterior,2,1,420",
        ",Posterior,2,2,7",
    ]


def test_what_is_wrong_is_said_and_nothing_printed(table, tmp_path, capsys):
    assert refused(capsys, table) == (
        f"everyname: {table}, row 2, column 'sex': f is neither 0 nor 1. Put 1 where the list holds"
        " the person and 0 where not; if 'sex' is no list, name the lists with lists= (--lists), or"
        " strata with by= (--by).\n"
    )
    assert refused(capsys, table, "--lists", "hospital,press", "--models", "chow") == (
        f"everyname: there is no model 'chow'. Choose from {', '.join(models.MODELS)}.\n"
    )
    assert "there is no such file" in refused(capsys, tmp_path / "other.csv")
    assert "is not a list of names such as a,b" in refused(capsys, table, "--lists", "a,,b")


PERSONS = {
    "f": {"110": 12, "101": 10, "011": 9, "111": 5, "100": 40, "010": 35, "001": 30},
    "m": {"110": 30, "101": 28, "011": 25, "111": 18, "100": 50, "010": 45, "001": 40},
    "": {"110": 9, "101": 8, "011": 8, "111": 5, "100": 20, "010": 18, "001": 16},
}


@pytest.fixture
def gaps(tmp_path):
    """Three lists by sex, which is missing for some."""
    lines = [
        ",".join([*pattern, sex, str(count)])
        for sex, patterns in PERSONS.items()
        for pattern, count in patterns.items()
    ]
    path = tmp_path / "gaps.csv"
    path.write_text("\n".join(["a,b,c,sex,count", *lines, ""]), encoding="utf-8")
    return path


def words_of(text):
    return " ".join(text.split())


def test_what_the_reported_interval_rests_on_is_printed_below_it(gaps, capsys):
    text = words_of(printed(capsys, gaps, "--lists", "a,b,c", "--models", "chao"))
    assert text.startswith("Reported interval: About ")
    assert "If some lists depend on each other: " in text
    assert "of the evidence)." in text
    assert "The interval is " in text
    assert text.index("of the evidence).") < text.index("a b c persons")


def test_strata_are_added_up_and_missing_ones_imputed(gaps, capsys):
    text = printed(capsys, gaps, "--by", "sex", "--models", "chao")
    lines = [words_of(line) for line in text.splitlines()]
    head = lines.index("stratum persons 95% interval recorded")
    assert [line.split()[0] for line in lines[head + 1 : head + 4]] == ["f", "m", "sum"]
    assert lines[head + 3].endswith(" 461")
    assert lines[head + 4].startswith("Sum: Share of the variance: estimation ")
    assert "imputation" in lines[head + 4]
    assert "Note: sex is missing for 84 of 461 persons (18%) and imputed 10 times" in words_of(text)
    assert "The strata add up to " in words_of(text)


def test_json_holds_strata_and_total(gaps, capsys):
    found = json.loads(printed(capsys, gaps, "--by", "sex", "--models", "chao", "--json"))
    assert [part["stratum"] for part in found["strata"]] == ["f", "m"]
    assert set(found["total"]["shares"]) == {"estimation", "imputation"}
    assert found["consistency"].startswith("The strata add up to ")


def test_without_imputation_the_missing_are_a_stratum(gaps, capsys):
    found = json.loads(
        printed(capsys, gaps, "--by", "sex", "--models", "chao", "--imputations", 0, "--json")
    )
    assert [part["stratum"] for part in found["strata"]] == ["f", "m", "unknown"]
    assert [part["comparison"]["observed"] for part in found["strata"]] == [141, 236, 84]


def test_strata_that_are_all_refused_are_named_with_the_reason(table, capsys):
    text = words_of(printed(capsys, table, "--by", "sex", "--models", "chapman"))
    assert "No interval for f, m: 2 lists cannot show whether" in text
    assert "No interval for the sum: No stratum has an estimate." in text


def test_plots_are_written_to_a_folder(gaps, tmp_path, capsys):
    folder = tmp_path / "plots"
    main(["estimate", str(gaps), "--lists", "a,b,c", "--models", "chao", "--plots", str(folder)])
    assert "files to " in capsys.readouterr().err
    assert {"comparison.html", "forest.svg", "upset.svg"} <= {p.name for p in folder.iterdir()}


def test_draws_never_replace_a_file(table, capsys):
    before = table.read_bytes()
    said = refused(capsys, table, "--lists", "hospital,press", "--draws", table)
    assert "there is a file already, and nothing is written over what is there" in said
    assert table.read_bytes() == before


def test_no_file_is_written_where_no_model_gives_draws(table, tmp_path, capsys):
    path = tmp_path / "draws.csv"
    main(
        [
            "estimate",
            str(table),
            "--lists",
            "hospital,press",
            "--models",
            "chao",
            "--draws",
            str(path),
        ]
    )
    assert "No model that was asked for gives draws" in capsys.readouterr().err
    assert not path.exists()


def test_names_of_lists_may_be_given_one_by_one(table, capsys):
    once = printed(capsys, table, "--lists", "hospital,press", "--models", "chao")
    assert (
        printed(capsys, table, "--lists", "hospital", "--lists", "press", "--models", "chao")
        == once
    )
