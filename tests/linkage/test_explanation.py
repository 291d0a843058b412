import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.linkage.explanation import Remark, explain
from everyname.linkage.natural_frequency import odds_bits
from everyname.linkage.weighing import Learnt

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
MODEL = Learnt.from_levels(LEVELS, 1 / 5200, 1 / 90_000, trained=True)
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
        (
            "Birth date or age: not stated by the second record, so this speaks neither for nor"
            " against."
        ),
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
    untrained = Learnt.from_levels(LEVELS, 0.1, 0.0, trained=False)
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
        ("step", "Name: nothing in common", -6.58),
        ("step", "Birth date or age: different birth dates", -5.57),
        ("silent", "Sex: not stated", 0.0),
        ("step", "Occupation: same", 1.0),
        ("total", "All together", -27.61),
    ]
    assert [s.start for s in steps[1:-1]] == [s.end for s in steps[:-2]]
    assert steps[-1].end == pytest.approx(explanation.weight)


@given(
    st.tuples(st.integers(-1, 2), *[st.integers(-1, 1)] * 3),
    st.none() | st.floats(1e-6, 1 - 1e-6),
    st.dictionaries(st.sampled_from(["name", "sex"]), st.floats(-8, 8)),
)
def test_all_steps_add_up_to_the_probability(levels, probability, adjustments):
    explanation = explain(
        MODEL, levels, ONE, OTHER, probability=probability, adjustments=adjustments
    )
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
    assert rest.kind == "adjustment"
    assert rest.weight == pytest.approx(-2 - plain.weight)
    assert rest.words == (
        "Beyond these averages linkage takes into account how common the very values are among"
        " these records, and limits that it sets itself: for this pair, that speaks further for"
        " two persons."
    )
    assert scored.steps[-2].label == "How common these values are, and limits"
    assert scored.words[-2] == rest.words


@pytest.mark.parametrize(
    ("adjustment", "words"),
    [
        (3.0, "rarer among these records than most that agree so, and counts 8 times more."),
        (-1.0, "more common among these records than most that agree so, and counts 2 times less."),
        (0.2, "it speaks strongly for one person."),
    ],
)
def test_a_rare_name_counts_for_more_and_is_told_so(adjustment, words):
    explanation = explain(MODEL, [0, -1, -1, -1], ONE, OTHER, adjustments={"name": adjustment})
    (name, *_) = explanation.contributions
    assert name.weight == pytest.approx(14.61 + adjustment, abs=0.01)
    assert name.words.endswith(words)


def test_what_says_something_and_cannot_be_compared_is_told():
    explanation = explain(
        MODEL, [-1, -1, -1, -1], {"birth_date": "1996"}, {"age": "34"}, within=False
    )
    assert explanation.contributions[1].words == (
        "Birth date or age: what the two records say cannot be compared (born 1996; aged 34), so"
        " this speaks neither for nor against."
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
