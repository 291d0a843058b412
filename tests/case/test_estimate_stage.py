"""Estimates of a case."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from everyname.case import CaseFile, CaseFolder, run
from everyname.case.case_file import EstimateSection
from everyname.case.counts_stage import NOTHING
from everyname.case.estimate_stage import EstimatesOfCase, compare
from everyname.case.linkage_draws import LinkageDraws
from everyname.cli.page import page
from everyname.counts import CapturePatterns, Person
from everyname.errors import CaseError
from everyname.estimation import Refusal
from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.simulation import simulate

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
        ("replicates = 1", "0, or 2 or more"),
        ("imputations = 1", "0, or 2 or more"),
    ],
)
def test_what_cannot_be_is_refused(small_case, line, message):
    path = small_case / "case.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n[estimate]\n{line}\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        CaseFile.load(path)
    assert message in str(caught.value)


def test_persons_whose_class_is_unknown_or_disputed_are_imputed():
    persons = tuple(
        person(number, sex, *lists)
        for number, (sex, lists) in enumerate(
            (sex, lists)
            for sex, each in (("female", 9), ("male", 14), ("unknown", 3), ("sources disagree", 2))
            for lists in (
                ("field_team", "press"),
                ("press", "radio"),
                ("field_team",),
                ("press",),
                ("radio",),
            )
            for _ in range(each)
        )
    )
    counted = COUNTED.model_copy(update={"persons": persons})
    found = compare(counted, section(by=("sex",), models=("chao",)))
    assert [part.stratum for part in found.strata] == ["female", "male"]
    assert sum(part.comparison.observed for part in found.strata) == len(persons) == 140
    assert "is missing for 25 of 140 persons" in found.warnings[-1]
    own = compare(counted, section(by=("sex",), models=("chao",), imputations=0))
    assert own.strata[-1].stratum == "unknown"


@pytest.fixture(scope="module")
def three_lists(tmp_path_factory):
    """A simulated case after a run, with few linkages drawn."""
    path = tmp_path_factory.mktemp("linkage") / "case"
    simulate(path, persons=500, seed=3)
    case = path / "case.toml"
    text = case.read_text(encoding="utf-8")
    assert "[estimate]\n" in text
    case.write_text(
        text.replace("[estimate]\n", '[estimate]\nmodels = ["chao"]\nreplicates = 4\n'),
        encoding="utf-8",
    )
    return path, run(path)


def test_the_uncertainty_of_linkage_is_carried_in(three_lists):
    path, done = three_lists
    found = EstimatesOfCase(CaseFolder(path), CaseFile.load(path / "case.toml")).comparison()
    linked = found.with_linkage
    assert isinstance(linked, CombinedEstimate)
    assert linked == done.summary.with_linkage
    assert set(linked.shares) == {"estimation", "linkage"}
    assert linked.shares["linkage"] > 0
    assert linked.replicates == 4
    assert linked.settings["recorded_most"] > linked.observed
    shown = io.StringIO()
    Console(file=shown, width=500).print(page(done.summary))
    assert "With linkage" in shown.getvalue()
    assert "Share of the variance: estimation " in shown.getvalue()
    assert "of the evidence)." in shown.getvalue()


def test_linkages_are_drawn_again_only_where_something_changed(three_lists):
    path, _ = three_lists
    assert dict(run(path).stages)["estimate"] == "unchanged"
    case = path / "case.toml"
    before = case.read_text(encoding="utf-8")
    case.write_text(before.replace("replicates = 4", "replicates = 0"), encoding="utf-8")
    again = run(path)
    assert dict(again.stages)["estimate"] == "done"
    assert again.summary.with_linkage is None
    assert again.summary.reported is not None
    case.write_text(before, encoding="utf-8")


def test_the_same_seed_draws_the_same_linkages(three_lists):
    path, _ = three_lists
    draws = LinkageDraws(CaseFolder(path), CaseFile.load(path / "case.toml"))
    once, again = list(draws.tables(2)), list(draws.tables(2))
    assert once == again
    assert once[0] != once[1]
    assert draws.number(20_001) == 4


def test_linkages_that_cannot_be_drawn_are_refused(three_lists, monkeypatch):
    path, _ = three_lists
    draws = LinkageDraws(CaseFolder(path), CaseFile.load(path / "case.toml"))

    class Many:
        many = True

    class ManyTimes:
        expected = Many()

    monkeypatch.setattr("everyname.case.linkage_draws.scored_pairs", lambda _: ManyTimes())
    found = draws.estimate(2, pytest.fail, lambda _: None)
    assert found == Refusal(
        model="Reported interval with the uncertainty of linkage",
        reason="lists name a person many times, and such linkages cannot be drawn.",
    )


def test_large_cases_draw_no_linkages_unless_told(small_case):
    draws = LinkageDraws(CaseFolder(small_case), CaseFile.load(small_case / "case.toml"))
    assert (draws.number(20_000), draws.number(20_001)) == (20, 0)
