import re

from everyname.estimation import Estimate, PatternTable, Refusal, chao, estimate, two_list
from everyname.estimation.account import account

TWO = PatternTable.from_rows(("hospital", "press"), [((1, 1), 20), ((1, 0), 40), ((0, 1), 70)])


MANY = PatternTable.from_rows(("hospital", "press"), [((1, 1), 900), ((1, 0), 60), ((0, 1), 40)])
FAR = {"model": "Another model", "point": 600.0, "high": 900.0, "unrecorded": 470.0}


def number_of(observed, unrecorded):
    return Estimate(
        model=f"Model of {unrecorded}",
        point=observed + unrecorded,
        low=observed + unrecorded / 2,
        high=observed + 2 * unrecorded,
        level=0.95,
        observed=observed,
        unrecorded=unrecorded,
        assumptions=(),
        reference="",
        settings={},
        lower_bound=False,
    )


def test_two_lists_are_told_with_what_they_cannot_show():
    assert estimate(TWO, models=["chao", "chapman"]).paragraph == (
        "Two lists (hospital, press) hold 130 persons, and 20 of these in more than one list. No"
        " interval is reported: 2 lists cannot show whether being on one makes it likelier to be"
        " on another: whatever is said of the unrecorded then rests on an assumption that nothing"
        " checks. Two lists alone cannot show whether they depend on each other: what is given"
        " holds only if being in one list made no difference to being in the other. Models that"
        " only bound the number from below give at least about 263, interval 204 to 371 (Chao's"
        " lower bound). Models that take two lists at a time, and these as independent of each"
        " other give about 263, interval 204 to 368 (Chapman's two-list estimate, hospital and"
        " press). If all lists were independent, about 140 persons would be unrecorded. For"
        " hospital and press it would be twice as many if being in one multiplied the odds of"
        " being in the other by 2, and half as many if it multiplied them by 0.5. All of them"
        " take it that the lists are about the same population, which nobody joins or leaves, and"
        " that each person was recognised in every list; none of them is a count."
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
    far = near.model_copy(update=FAR)
    text = account(TWO, [("pairs", near), ("highest order", far)])
    assert (
        "The highest estimate of the unrecorded (Another model) is 3.5 times the lowest (Chapman's"
        " two-list estimate, hospital and press): their assumptions differ, and the lists cannot"
        " say which of these hold."
    ) in text


def test_how_far_models_agree_is_told_of_the_unrecorded_not_of_the_total():
    """With 1,000 recorded all totals agree within 5%, though the unrecorded differ tenfold."""

    def said(*unrecorded):
        return account(MANY, [("classes", number_of(1000, n)) for n in unrecorded])

    assert (
        "The highest estimate of the unrecorded (Model of 40) is 10 times the lowest (Model of 4):"
        " their assumptions differ"
    ) in said(4, 40)
    assert (
        "The estimates of the unrecorded go from 0 (Model of 0.2) to 40 (Model of 40): their"
        " assumptions differ"
    ) in said(0.2, 40)
    assert "The highest estimate of the unrecorded is 1.3 times the lowest." in said(40, 52)
    assert "The estimates of the unrecorded are within 5% of each other." in said(40, 41)
    assert "All estimates put the unrecorded at 0." in said(0, 0.3)
    assert "is 150 times the lowest" in said(2, 300)


def test_points_and_intervals_of_a_family_are_told_apart_and_refusals_are_counted():
    refusal = Refusal(model="Latent classes", reason="The posterior has several modes.")
    two = [("classes", number_of(1000, n)) for n in (4, 40)]
    does = (
        "Models that take the population as made of groups, within each of which the lists are"
        " independent give "
    )
    assert f"{does}points of 1,004 to 1,040, intervals from 1,002 to 1,080 (2 estimates)." in (
        account(MANY, two)
    )
    assert f"{does}points of 1,004 to 1,040, intervals from 1,002 to 1,080 (2 estimates; 1" in (
        account(MANY, [*two, ("classes", refusal)])
    )
    assert f"{does}about 1,004, interval 1,002 to 1,008 (Model of 4; 2 refused)." in (
        account(MANY, [two[0], ("classes", refusal), ("classes", refusal)])
    )


def test_the_words_take_no_side_and_call_no_number_true():
    text = estimate(TWO, models=["chao", "chapman"]).paragraph
    assert not re.search(r"\b(true|real|actual|correct|best)\b", text)
