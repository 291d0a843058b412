from dataclasses import replace
from itertools import groupby
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.linkage.explanation import Remark, explain
from everyname.linkage.model import ComparisonModel, LevelModel, Model
from everyname.linkage.natural_frequency import odds_bits

LEVELS = (
    ("name", "all parts agree", 0.5, 0.00002),
    ("name", "two of three parts agree", 0.9, 0.00025),
    ("name", "nothing in common", 0.01, 0.96),
    ("birth", "same birth date", 0.6, 0.0001),
    ("birth", "different birth dates", 0.02, 0.95),
    ("sex", "same", 0.98, 0.5),
    ("sex", "different", 0.02, 0.5),
    ("occupation", "same", 0.5, 0.25),
    ("occupation", "different", 0.5, 0.75),
)
LABELS = {
    "name": "Name",
    "birth": "Birth date",
    "age": "Age",
    "sex": "Sex",
    "date": "Date",
    "place": "Place",
    "occupation": "Occupation",
}


def learnt(levels, prior, prior_within, *, trained):
    """A model of these levels: comparison, level, m, u."""
    return Model(
        trained=trained,
        prior=prior,
        prior_within=prior_within,
        comparisons=tuple(
            ComparisonModel(name, LABELS[name], tuple(LevelModel(*level[1:]) for level in those))
            for name, those in groupby(levels, key=lambda level: level[0])
        ),
    )


MODEL = learnt(LEVELS, 1 / 5200, 1 / 90_000, trained=True)
ONE = {
    "given_name": "Arman",
    "father_name": "Tovi",
    "family_name": "Beloru",
    "sex": "male",
    "birth_date": "1996-05-01",
    "age": "34",
}
OTHER = {"name": "Beloru Arman", "name_other": "Армян Белору", "sex": "male", "birth_date": ""}


def test_a_pair_is_explained_in_sentences_without_statistics():
    judged = Remark("judgement", "R. Ostin judged that these two records are about one person.")
    explanation = explain(MODEL, [1, -1, 0, -1], ONE, OTHER, remarks=[judged])
    assert explanation.words == (
        (
            "Before anything is compared: 1 of 5,200 pairs of records taken at random from two"
            " different lists is of one person. The shares below were learnt from these records,"
            " without being told who is who."
        ),
        (
            "Name: two of three parts agree (Arman Tovi Beloru; Beloru Arman, also Армян Белору)."
            " This is so in 9 of 10 pairs of records of one person, and in 1 of 4,000 pairs of"
            " records of two different people: it speaks strongly for one person."
        ),
        ("Birth date: not stated by the second record, so this speaks neither for nor against."),
        (
            "Sex: same (both say male). This is so in 98 of 100 pairs of records of one person, and"
            " in 1 of 2 pairs of records of two different people: it speaks a little for one"
            " person."
        ),
        "Occupation: not stated by either record, so this speaks neither for nor against.",
        (
            "Taken together, the model holds that 58 of 100 pairs like this one are of one person."
            " It weighs each comparison as if it were independent of the others, and knows only"
            " what the records say."
        ),
        "R. Ostin judged that these two records are about one person.",
    )


def test_what_was_not_learnt_is_not_told_as_learnt():
    untrained = learnt(LEVELS, 0.1, 0.0, trained=False)
    told = explain(untrained, [-1, -1, -1, -1], {}, {}, within=True).words
    assert told[0] == (
        "Before anything is compared: 1 of 10 pairs of records taken at random from one list is of"
        " one person. The shares below were set beforehand: these records are too few to learn"
        " them from."
    )
    assert told[-1].startswith(
        "Taken together, the model holds that 1 of 10 pairs like this one is of one person."
    )


def test_the_steps_run_from_the_odds_at_the_start_to_the_odds_at_the_end():
    explanation = explain(MODEL, [2, 1, -1, 0], ONE, OTHER, within=True)
    steps = explanation.steps
    assert [(s.kind, s.label, round(s.weight, 2)) for s in steps] == [
        ("begin", "Before comparing", -16.46),
        ("step", "Name: nothing in common", -12.0),
        ("step", "Birth date: different birth dates", -5.57),
        ("silent", "Sex: not stated", 0.0),
        ("step", "Occupation: same", 1.0),
        ("total", "All together", -33.03),
    ]
    assert [s.start for s in steps[1:-1]] == [s.end for s in steps[:-2]]
    assert steps[-1].end == pytest.approx(explanation.weight)


@given(
    st.tuples(st.integers(-1, 2), *[st.integers(-1, 1)] * 3), st.none() | st.floats(1e-6, 1 - 1e-6)
)
def test_all_steps_add_up_to_the_probability(levels, probability):
    explanation = explain(MODEL, levels, ONE, OTHER, probability=probability)
    steps = explanation.steps
    assert steps[-2].end == pytest.approx(steps[-1].end, abs=1e-9)
    if probability is not None:
        # A rest that nobody could see is no step.
        assert explanation.weight == pytest.approx(odds_bits(probability), abs=0.051)
    assert 0 <= explanation.probability <= 1


def test_what_the_levels_leave_open_is_a_step_of_its_own():
    plain = explain(MODEL, [1, -1, 0, -1], ONE, OTHER)
    scored = explain(MODEL, [1, -1, 0, -1], ONE, OTHER, probability=0.2)
    (rest,) = scored.remarks
    assert rest.kind == "rest"
    assert rest.weight == pytest.approx(-2 - plain.weight)
    assert rest.words == (
        "Linkage holds more of this pair than follows from these comparisons: that speaks further"
        " for two persons."
    )
    assert scored.steps[-2].label == "Beyond what was compared"
    assert scored.words[-2] == rest.words


EVENT_LEVELS = (
    ("name", "same parts", 0.5, 0.001),
    ("name", "nothing in common", 0.25, 0.5),
    ("age", "same", 0.5, 0.125),
    ("sex", "same", 0.5, 0.5),
    ("sex", "different", 0.125, 0.5),
    ("date", "same day, common (more than 1 in 8)", 0.5, 0.25),
    ("date", "further apart", 0.125, 0.5),
    ("place", "same place, common (more than 1 in 8)", 0.5, 0.25),
    ("place", "different", 0.125, 0.5),
)
EVENT_MODEL = replace(
    learnt(EVENT_LEVELS, 0.5, 0.0, trained=True),
    name_in_event=((0.002, 0.5), (0.004, 0.5), (0.001, 0.5), *((0.001, 0.5),) * 3, (0.003, 0.5)),
    event=(1.0, 8.0, 16.0, 1.0, 1.0, 1.0),
)


def weights(levels, event=-1):
    explanation = explain(EVENT_MODEL, levels, {}, {}, event=event)
    steps = {s.label.split(":")[0]: s.weight for s in explanation.steps[1:-1]}
    assert sum(steps.values()) == pytest.approx(explanation.weight)
    return explanation, steps


def test_who_died_in_one_event_is_compared_with_others_of_one_event():
    explanation, steps = weights([0, 0, 0, 0, 0], event=1)
    assert steps == pytest.approx(
        {"Name": log2(0.5 / 0.004), "Age": 2, "Sex": 0, "Date": 1, "Place": 1,
         "The same day and place together": -3}
    )  # fmt: skip
    assert explanation.contributions[0].words == (
        "Name: same parts. This is so in 1 of 2 pairs of records of one person, and in 1 of 250"
        " pairs of records of two different people who may have died in one event: it speaks"
        " strongly for one person."
    )
    assert explanation.remarks[0].words == (
        "Both records speak of the same day at the same place. Many died there together: of two"
        " different people that is 8 times as common as the day and the place, each by itself,"
        " would make it, and these count for so much less."
    )


@pytest.mark.parametrize(
    ("levels", "u"),
    [([0, -1, -1, 0, -1], 0.003), ([0, -1, -1, 1, 0], 0.001), ([0, -1, -1, 0, 1], 0.001)],
)
def test_only_about_one_day_and_at_no_other_place_it_may_be_one_event(levels, u):
    assert weights(levels)[1]["Name"] == pytest.approx(log2(0.5 / u))


def test_of_two_names_in_conflict_an_event_says_nothing():
    explanation, steps = weights([1, 0, 1, 0, 0], event=1)
    assert steps == pytest.approx({"Name": -12, "Age": 0, "Sex": -2, "Date": 0, "Place": 0})
    assert explanation.contributions[0].words.endswith(
        "Two names with nothing in common always count at least 4,100 to 1 for two persons."
    )
    assert explanation.contributions[3].words.endswith(
        "As the names have nothing in common, it counts nothing: so do all who died in one event"
        " agree."
    )


def test_an_age_is_not_compared_where_both_birth_dates_are():
    born = {"birth_date": "1996-05-01", "age": "34"}
    explanation = explain(EVENT_MODEL, [-1] * 5, born, born)
    assert explanation.contributions[1].words == (
        "Age: the two birth dates are compared instead, so this speaks neither for nor against."
    )


def test_what_says_something_and_cannot_be_compared_is_told():
    explanation = explain(MODEL, [-1, -1, -1, -1], {"sex": "other"}, {"sex": "unknown"})
    assert explanation.contributions[2].words == (
        "Sex: what the two records say cannot be compared (other; unknown), so this speaks neither"
        " for nor against."
    )


@pytest.mark.parametrize(
    ("kinds", "detail"),
    [
        ([], "pairs like this that are of one person"),
        (["conflict"], "but names with nothing in common decide"),
        (["conflict", "judgement"], "but a judgement decides"),
        (["clustering"], "pairs like this that are of one person"),
    ],
)
def test_the_last_bar_says_what_decides_beyond_it(kinds, detail):
    remarks = [Remark(kind, "Because.") for kind in kinds]
    assert explain(MODEL, [0, 0, 0, 0], {}, {}, remarks=remarks).steps[-1].detail == detail
