import pytest

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary import (
    AGE_GROUPS,
    CAUSE,
    COUNTING_UNIT,
    FATE,
    FIGURE_SOURCE_KIND,
    PLACE_PRECISION,
    SEX,
    SOURCE_KIND,
    SPEAKER_KIND,
    STATUS,
    CodeList,
    Reading,
    ReadOptions,
    read_credibility,
    read_reliability,
)

LISTS = [
    AGE_GROUPS,
    CAUSE,
    COUNTING_UNIT,
    FATE,
    FIGURE_SOURCE_KIND,
    PLACE_PRECISION,
    SEX,
    SOURCE_KIND,
    SPEAKER_KIND,
    STATUS,
]


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.name)
def test_every_code_and_label_is_read_as_its_code(codes):
    for code, label in codes.codes.items():
        stance = "unknown" if code == "unknown" else "asserted"

        assert codes.read(code) == Reading(code, stance)
        assert codes.read(label) == Reading(code, stance)


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.name)
def test_every_list_knows_unknown_in_several_languages(codes):
    for word in (
        "unknown",
        "Unknown ",
        "?",
        "неизвестно",
        "bilinmiyor",
        "naməlum",
        "مجهول",
        "inconnu",
    ):
        assert codes.read(word) == Reading("unknown", "unknown")


def test_the_codes_of_the_field():
    assert list(FATE.codes) == [
        "killed",
        "died_of_conditions",
        "missing",
        "held",
        "released",
        "injured",
        "displaced",
        "sexual_violence",
        "tortured",
        "identified_remains",
        "unidentified_remains",
        "unknown",
    ]
    assert SEX.codes == {
        "male": "man/boy",
        "female": "woman/girl",
        "other": "other",
        "unknown": "unknown",
    }
    assert list(STATUS.codes) == [
        "civilian",
        "other_protected_person",
        "armed_forces",
        "direct_participation",
        "unknown",
    ]


@pytest.mark.parametrize(
    ("codes", "text", "code"),
    [
        (SEX, " MALE ", "male"),
        (SEX, "Жінка", "female"),
        (SEX, "Kadın", "female"),
        (SEX, "KADIN", "female"),
        (SEX, "أنثى", "female"),
        (FATE, "ЗАГИНУЛА", "killed"),
        (FATE, "пропал без вести", "missing"),
        (FATE, "girov", "held"),
        (CAUSE, "Air-strike", "heavy_weapons"),
        (CAUSE, "Gunshot", "small_arms"),
        (STATUS, "Non-combatant", "civilian"),
        (AGE_GROUPS, "<18", "child"),
        (AGE_GROUPS, "18+", "adult"),
        (COUNTING_UNIT, "Bodies examined", "bodies_examined"),
    ],
)
def test_words_of_many_languages(codes, text, code):
    assert codes.read(text) == Reading(code)


def test_a_single_letter_is_flagged_because_languages_differ():
    assert SEX.read("M") == Reading("male", flags=("one-letter code",))
    assert SEX.read("M", ReadOptions(codes={"m": "female"})) == Reading("female")


def test_a_text_that_fits_no_code_is_refused_with_the_codes():
    assert SEX.read("H").reason == (
        "'H' is not a sex: add it to the column's codes in the mapping, "
        "as one of male, female, other, unknown"
    )
    assert "(near 'killed')" in FATE.read("kiled").reason


def test_partners_codes_are_compared_stripped_and_case_folded():
    options = ReadOptions(codes={" Yes ": "killed", "99": "unknown", "x": "slain badly"})

    assert FATE.read("yes", options) == Reading("killed")
    assert FATE.read(" 99", options) == Reading("unknown", "unknown")
    assert FATE.read("x", options).rejected


def test_codes_that_exchange_two_values_are_applied_once():
    options = ReadOptions(codes={"male": "female", "female": "male"})

    assert SEX.read("male", options) == Reading("female")


def test_a_case_extends_a_list_without_changing_the_built_in_one():
    longer = FATE.extended({"abducted": "abducted"}, {"kidnapped": "abducted"})

    assert longer.read("Kidnapped") == Reading("abducted")
    assert longer.label("abducted") == "abducted"
    assert "abducted" in longer
    assert "abducted" not in FATE
    assert FATE.read("kidnapped").rejected


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({"Killed": "killed"}, {}),
        ({"killed": "killed"}, {"dead": "lost"}),
        ({"killed": "killed", "held": "held"}, {"taken": "killed", "Taken!": "held"}),
    ],
)
def test_lists_that_contradict_themselves_are_refused(codes, words):
    with pytest.raises(ValueNotUnderstood):
        CodeList("test", codes, words)


def test_reliability_and_credibility_are_read_apart():
    assert read_reliability("b") == Reading("B")
    assert read_credibility("6") == Reading("6")
    assert read_reliability("6").rejected
    assert read_credibility("F").rejected
    assert read_reliability("") == Reading()
    assert read_reliability("unknown") == Reading("unknown", "unknown")
