import json

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation import (
    MODELS,
    Comparison,
    Estimate,
    PatternTable,
    Refusal,
    ReportedEstimate,
    estimate,
)
from everyname.estimation.models import FAMILIES

NAMES = ("hospital", "press", "survey")
PATTERNS = [(1, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
QUICK = ("chao", "chapman")


def table_of(*counts):
    return PatternTable.from_rows(NAMES, list(zip(PATTERNS, counts, strict=True)))


TABLE = table_of(27, 63, 63, 63, 147, 147, 147)


def test_the_models_stand_side_by_side_in_one_order():
    found = estimate(TABLE, models=["chapman", "chao"], level=0.9)
    assert found.names == ("chao", "chapman", "chapman", "chapman")
    assert [result.model for result in found.results] == [
        "Chao's lower bound",
        "Chapman's two-list estimate, hospital and press",
        "Chapman's two-list estimate, hospital and survey",
        "Chapman's two-list estimate, press and survey",
    ]
    assert found.estimates == found.results
    assert (found.lists, found.observed, found.level) == (NAMES, 657, 0.9)
    assert found.table == TABLE
    assert found.warnings == ()
    assert [left.model for left in found.leave_one_out] == ["Chao's lower bound"]


def test_the_usual_models_take_different_things_for_granted():
    usual = [model for model in MODELS.values() if model.usual]
    assert {model.family for model in usual} == set(FAMILIES) - {"reach"}


def test_no_overlap_is_refused_by_every_model():
    found = estimate([[1, 0], [0, 1]], [20, 30], models=QUICK)
    assert all(isinstance(result, Refusal) for result in found.results)
    assert isinstance(found.sensitivity, Refusal)
    assert found.warnings == ("No person is in both list 1 and list 2.",)
    assert "and nobody is: no estimate is given." in found.paragraph


@pytest.mark.parametrize("rows", [[], [((1, 0), 30)]])
def test_nobody_and_one_list_are_refused_and_no_error(rows):
    found = estimate(PatternTable.from_rows(("a", "b"), rows), models=QUICK)
    assert found.refusals == found.results
    assert "o estimate" in found.paragraph or "nothing can be estimated" in found.paragraph


def test_an_estimate_that_hangs_on_one_person_is_refused():
    found = estimate([[1, 1], [1, 0], [0, 1]], [1, 40, 70], models=["chapman"])
    (result,) = found.results
    assert isinstance(result, Refusal)
    assert result.reason == (
        "It hangs on one person. With one person fewer in list 1 and list 2 and no other (now 1)"
        " there would be no estimate."
    )


def test_lists_that_copy_each_other_or_hold_nobody_are_pointed_out():
    rows = [((1, 1, 1, 0, 0), 9), ((0, 1, 1, 0, 0), 8), ((0, 0, 0, 1, 0), 7)]
    found = estimate(PatternTable.from_rows(("a", "b", "c", "d", "e"), rows), models=["chao"])
    assert found.warnings == (
        "e holds nobody.",
        "Everybody in a is in b too: it may be a copy of it.",
        "Everybody in a is in c too: it may be a copy of it.",
        "b and c hold the same persons: they are one list, not two.",
        "No person is in both a and d, nor in both b and d, nor in both c and d.",
    )


def test_pairs_that_contradict_each_other_are_pointed_out():
    found = estimate(table_of(40, 200, 20, 20, 300, 300, 300), models=["chapman"])
    assert found.warnings[0] == (
        "Pairs of lists contradict each other by more than their intervals: not all lists are"
        " independent."
    )


def test_strata_are_compared_apart_and_together():
    columns = {
        "a": [1, 1, 0] * 2,
        "b": [1, 0, 1] * 2,
        "sex": ["f"] * 3 + ["m"] * 3,
        "count": [20, 40, 70, 30, 50, 60],
    }
    told = []
    found = estimate(columns, by="sex", models=["chapman"], progress=told.append)
    assert found.observed == 270
    assert [part.stratum for part in found.strata] == ["f", "m"]
    alone = estimate([[1, 1], [1, 0], [0, 1]], [20, 40, 70], lists=("a", "b"), models=["chapman"])
    assert found.strata[0].comparison == alone
    assert told == [
        "chapman",
        "dependence of lists",
        "reported interval",
        "f: chapman",
        "f: dependence of lists",
        "f: reported interval",
        "m: chapman",
        "m: dependence of lists",
        "m: reported interval",
    ]


def test_a_comparison_survives_json():
    found = estimate(TABLE, models=QUICK)
    text = found.model_dump_json()
    again = Comparison.model_validate_json(text)
    assert again == found
    assert json.loads(text)["results"][0]["model"] == "Chao's lower bound"


def test_results_keep_in_json_what_their_kind_holds():
    found = estimate(TABLE, models=["mt"])
    assert json.loads(found.model_dump_json())["results"][0]["degrees_of_freedom"] == 3
    again = Comparison.model_validate_json(found.model_dump_json())
    assert again.results == found.results


def test_a_notebook_shows_the_models_and_the_words():
    text = estimate(TABLE, models=QUICK)._repr_html_()
    assert "<td>Chao&#x27;s lower bound</td><td>At least about " in text
    assert "none of them is a count." in text


def test_one_model_is_named_by_a_text():
    assert estimate(TABLE, models="chao").names == ("chao",)


def test_wrong_arguments_are_refused():
    with pytest.raises(EstimationError, match=r"there is no model 'chow'\. Choose from chao, ch"):
        estimate(TABLE, models=["chow"])
    with pytest.raises(EstimationError, match="no model is named"):
        estimate(TABLE, models=[])
    with pytest.raises(EstimationError, match="a level of 95"):
        estimate(TABLE, level=95)
    with pytest.raises(EstimationError, match="a table of nobody has no strata"):
        estimate({"a": [1], "b": [0], "sex": ["f"], "count": [0]}, by="sex")


def test_the_seed_decides_the_answer():
    once, again = (estimate(TABLE, models=["sparse"], seed=3).results[0] for _ in range(2))
    assert isinstance(once, Estimate)
    assert (once.low, once.high) == (again.low, again.high)


def test_quick_models_are_run_without_each_list_and_with_quick_arguments():
    found = estimate(TABLE, models=["sample-coverage", "loglinear"])
    assert [left.model for left in found.leave_one_out] == [
        found.results[0].model,
        "Log-linear models, averaged",
    ]
    # The whole is as first estimated; only the tables changed a little are estimated quickly.
    assert found.results[0].settings["replicates"] == 1000
    assert found.leave_one_out[0].high == found.results[0].high


def test_the_reported_interval_survives_json_with_its_families():
    found = estimate(TABLE, models=["chao"])
    again = Comparison.model_validate_json(found.model_dump_json())
    assert isinstance(found.reported, ReportedEstimate)
    assert again.reported == found.reported
    assert len(again.reported.families) == 3


def test_twelve_lists_end_with_results_or_reasons():
    rng = np.random.default_rng(5)
    marks = (rng.random((600, 12)) < np.linspace(0.05, 0.3, 12)).astype(int)
    found = estimate(marks[marks.any(axis=1)], models=["chao", "loglinear", "decomposable"])
    assert isinstance(found.results[0], Estimate)
    assert [type(result) for result in found.results[1:]] == [Refusal, Refusal]
    assert found.reported.reason.startswith("12 lists are more than the 8")
