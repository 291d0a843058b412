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
    assert text.startswith(
        "hospital  press  persons\n"
        "   x        x         50\n"
        "   x        .         90\n"
        "   .        x        130\n"
        "                     270\n\n"
        "model "
    )
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
        name, family, checks, seeded = "posterior", "classes", "none", False

        def run(self, table, *, level, seed):
            draws = np.array([[400, 410], [420, seed]])
            base = {"model": "Posterior", "point": 410, "low": 400, "high": 420, "level": level,
                    "observed": table.observed, "unrecorded": 140, "assumptions": (),
                    "reference": "", "settings": {}, "lower_bound": False}  # fmt: skip
            return (PosteriorEstimate(**base, draws=draws),)

    monkeypatch.setattr("everyname.estimation.comparison.chosen_models", lambda *_: (Posterior(),))
    monkeypatch.setattr("everyname.estimation.comparison._at_hand", lambda _: True)
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
