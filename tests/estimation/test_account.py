import re

from everyname.estimation import Estimate, PatternTable, Refusal, chao, estimate, two_list
from everyname.estimation.account import account

TWO = PatternTable.from_rows(("hospital", "press"), [((1, 1), 20), ((1, 0), 40), ((0, 1), 70)])


def test_two_lists_are_told_with_what_they_cannot_show():
    assert estimate(TWO, models=["chao", "chapman"]).paragraph == (
        "Two lists (hospital, press) hold 130 persons, and 20 of these in more than one list. No"
        " interval is reported: 2 lists cannot show whether being on one makes it likelier to be on"
        " another: whatever is said of the unrecorded then rests on an assumption that nothing"
        " checks. Two lists alone cannot show whether they depend on each other: what is given"
        " holds only if being in one list made no difference to being in the other. Models that"
        " only bound the number from below give at least about 263 (Chao's lower bound). Models"
        " that take two lists at a time, and these as independent of each other give about 263"
        " (Chapman's two-list estimate, hospital and press). If all lists were independent, about"
        " 140 persons would be unrecorded. For hospital and press it would be twice as many if"
        " being in one multiplied the odds of being in the other by 2, and half as many if it"
        " multiplied them by 0.5. All of them take it that the lists are about the same population, which"
        " nobody joins or leaves, and that each person was recognised in every list; none of them"
        " is a count."
    )


def test_one_list_no_overlap_and_nobody_are_told_why_there_is_no_estimate():
    one = PatternTable.from_rows(("hospital", "press"), [((1, 0), 30)])
    assert account(one, []) == (
        "One list, hospital, holds 30 persons. How many are in no list can only be told from the"
        " overlap of lists, and there is none: no estimate is given. What no list shows is not"
        " estimated here; the record stands as it is."
    )
    apart = PatternTable.from_rows(("hospital", "press"), [((1, 0), 30), ((0, 1), 1)])
    assert account(apart, []) == (
        "Two lists (hospital, press) hold 31 persons, and nobody of these in more than one list."
        " How many are in no list can only be told from persons who are in several, and nobody is:"
        " no estimate is given. What no list shows is not estimated here; the record stands as it"
        " is."
    )
    assert account(PatternTable.from_rows(("hospital",), []), []) == (
        "No list holds anybody. Without records nothing can be estimated. What no list shows is"
        " not estimated here; the record stands as it is."
    )


def test_the_reported_interval_comes_first_or_why_there_is_none():
    found = chao(TWO)
    assert "The reported interval (95%) is 204 to 371 persons, recorded and unrecorded." in (
        account(TWO, [("bound", found)], reported=found)
    )
    refusal = Refusal(model="Reported interval", reason="The models are too far apart")
    assert "No interval is reported: The models are too far apart. Two lists alone" in account(
        TWO, [("bound", found)], reported=refusal
    )


def test_models_that_refuse_are_told_with_their_reasons():
    text = account(TWO, [("classes", Refusal(model="Latent classes", reason="Two lists only."))])
    assert (
        "Models that take the population as made of groups, within each of which the lists are"
        " independent give no estimate: Two lists only."
    ) in text


def test_models_far_apart_are_told_with_how_far():
    near = two_list(TWO)
    assert isinstance(near, Estimate)
    far = near.model_copy(update={"model": "Another model", "point": 600.0, "high": 900.0})
    text = account(TWO, [("pairs", near), ("highest order", far)])
    assert (
        "The highest of the estimates (Another model) is 2.3 times the lowest (Chapman's two-list"
        " estimate, hospital and press): their assumptions differ, and the lists cannot say which"
        " of these hold."
    ) in text


def test_the_words_take_no_side_and_call_no_number_true():
    text = estimate(TWO, models=["chao", "chapman"]).paragraph
    assert not re.search(r"\b(true|real|actual|correct|best)\b", text)
