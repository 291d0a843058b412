"""Estimates of a case."""

from __future__ import annotations

import pytest

from everyname.case import CaseFile, CaseFolder, run
from everyname.case.case_file import EstimateSection
from everyname.case.counts_stage import NOTHING
from everyname.case.estimate_stage import EstimatesOfCase, compare
from everyname.counts import CapturePatterns, Person
from everyname.errors import CaseError
from everyname.estimation import Refusal

PATTERNS = CapturePatterns(
    lists=("field_team", "press", "radio"),
    rows=(((1, 1, 0), 20), ((1, 0, 0), 40), ((0, 1, 0), 70), ((0, 0, 1), 9)),
)
COUNTED = NOTHING.model_copy(update={"patterns": PATTERNS})


def person(number: int, sex: str, *lists: str, included: bool = True) -> Person:
    return Person(f"P-{number}", (), {"sex": sex}, lists, (), included, {})


def section(**settings) -> EstimateSection:
    return EstimateSection.model_validate({"models": ("chao", "chapman"), **settings})


def test_the_models_level_and_lists_of_the_case_are_used():
    found = compare(COUNTED, section(lists=("press", "field_team"), models=("chapman",), level=0.9))
    assert found.lists == ("field team", "press")
    assert found.observed == 130
    (result,) = found.results
    assert (result.level, result.settings["in_both"]) == (0.9, 20)


def test_strata_are_made_of_the_persons_in_scope():
    persons = (
        person(1, "female", "field_team", "press"),
        person(2, "female", "press"),
        person(3, "male", "radio", "a-file-of-no-list.csv"),
        person(4, "male", "press", included=False),
        person(5, "male"),
    )
    found = compare(COUNTED.model_copy(update={"persons": persons}), section(by=("sex",)))
    assert found.observed == 3
    assert [(s.stratum, s.comparison.observed) for s in found.strata] == [
        ("female", 2),
        ("male", 1),
    ]


def test_nobody_counted_is_no_comparison_and_nobody_on_the_lists_a_refusal():
    assert compare(NOTHING, section()) is None
    empty = NOTHING.model_copy(update={"patterns": CapturePatterns(lists=("a", "b"), rows=())})
    found = compare(empty, section(by=("sex",)))
    assert all(isinstance(result, Refusal) for result in found.results)


def test_lists_whose_names_differ_by_an_underscore_stay_apart():
    patterns = CapturePatterns(lists=("a_b", "a b"), rows=(((1, 0), 3), ((1, 1), 2)))
    found = compare(NOTHING.model_copy(update={"patterns": patterns}), section())
    assert found.lists == ("a_b", "a b")


def test_the_summary_has_the_words_and_the_file_all_of_it(small_case):
    summary = run(small_case).summary
    folder = CaseFolder(small_case)
    stage = EstimatesOfCase(folder, CaseFile.load(small_case / "case.toml"))
    assert stage.result() == summary.estimates
    assert summary.paragraph == stage.comparison().paragraph
    assert "in more than one list" in summary.paragraph


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('models = ["chow"]', "there is no model 'chow'; choose from chao, "),
        ('by = ["list"]', "strata cannot be made by 'list'; choose sex, "),
        ('by = ["sex", "sex"]', "a field stands twice"),
        ("level = 95", "level"),
        ("seed = -1", "seed"),
    ],
)
def test_what_cannot_be_is_refused(small_case, line, message):
    path = small_case / "case.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n[estimate]\n{line}\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        CaseFile.load(path)
    assert message in str(caught.value)
