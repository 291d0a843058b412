import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.errors import MappingError
from everyname.vocabulary import (
    CODE_LISTS,
    FIELDS,
    KINDS,
    PartialDate,
    Reading,
    ReadOptions,
    extended_fields,
    field,
)

PLAIN = ReadOptions()
NAMES = {"name", "given_name", "family_name", "father_name", "name_other"}
DATES = {"birth_date", "date", "date_reported", "date_of_death", "said_on", "as_of"}
any_field = st.sampled_from(list(FIELDS.values()))
any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=50) | st.sampled_from(
    ["\x00", "\ud800", "=1+1", "n/a", "?", "'", "İ", "ſ", "１２", "½", "\u202e", "ΐ"]
)


def test_every_kind_has_its_fields():
    by_kind = {kind: [f.name for f in FIELDS.values() if kind in f.kinds] for kind in KINDS}

    assert by_kind["person"] == [
        "name",
        "given_name",
        "family_name",
        "father_name",
        "name_other",
        "sex",
        "age",
        "age_band",
        "birth_date",
        "occupation",
        "date",
        "date_reported",
        "date_of_death",
        "place",
        "place_origin",
        "residence_address",
        "residence_place",
        "residence_code",
        "place_precision",
        "latitude",
        "longitude",
        "status",
        "fate",
        "cause",
        "listed_id",
        "member_of",
        "note",
    ]
    for name in ("low", "best", "high", "unit", "fate", "victim_class", "counts_what", "said_by",
                 "said_on", "reported_in", "address", "read", "note", "date", "place", "as_of",
                 "source_kind"):  # fmt: skip
        assert name in by_kind["figure"]
    for kind in ("incident", "damage", "response"):
        for name in ("title", "date", "place", "note", "address", "low", "best", "high", "unit"):
            assert name in by_kind[kind]


def test_every_field_explains_itself():
    for name, each in FIELDS.items():
        assert each.name == name
        assert each.label[0].isupper()
        assert each.help
        assert each.kinds <= set(KINDS)


def test_a_misspelt_field_is_answered_with_the_nearest():
    assert field("sex") is FIELDS["sex"]
    with pytest.raises(
        MappingError, match=r"there is no field 'birthdate'. Did you mean birth_date"
    ):
        field("birthdate")
    with pytest.raises(MappingError, match="Fields are name, given_name"):
        field("zzzzzz")


@pytest.mark.parametrize("name", FIELDS)
def test_formulas_and_damaged_texts_are_refused(name):
    for text in ("=SUM(A1:A9)", " =cmd|' /C calc'!A0", "\ufeff=A1", "=-A1"):
        assert FIELDS[name].read(text, PLAIN).reason.startswith("starts with '=': a formula")
    assert "NUL" in FIELDS[name].read("a\x00b", PLAIN).reason
    assert "surrogate" in FIELDS[name].read("a\ud800", PLAIN).reason
    assert "characters" in FIELDS[name].read("a" * 1_000_001, PLAIN).reason


def test_a_signed_number_after_an_equals_sign_is_that_number():
    assert FIELDS["best"].read("=613", PLAIN) == Reading("613")
    assert FIELDS["latitude"].read("=-39.5", PLAIN) == Reading("-39.5")


@pytest.mark.parametrize("name", FIELDS)
def test_blank_cells_say_nothing(name):
    for text in ("", "   ", "-", "—", "n/a", "N/A", "\u200b", "..."):
        assert FIELDS[name].read(text, PLAIN) == Reading()


def test_blanks_that_can_be_values_are_kept():
    assert FIELDS["name"].read("Na", PLAIN) == Reading("Na")
    assert FIELDS["family_name"].read("Null", PLAIN) == Reading("Null")
    assert FIELDS["place"].read("Nil", PLAIN) == Reading("Nil")
    assert FIELDS["sex"].read("NA", PLAIN) == Reading()
    assert "zero" in FIELDS["best"].read("none", PLAIN).reason


@pytest.mark.parametrize("name", FIELDS)
def test_unknown_is_a_stance_in_every_field(name):
    for text in ("unknown", "Неизвестно", "bilinmiyor", "مجهول", "?"):
        reading = FIELDS[name].read(text, PLAIN)

        assert reading.stance == "unknown"
        assert reading.value == (text if name in NAMES else "unknown")


def test_partners_codes_work_in_any_field():
    options = ReadOptions(date_order="dmy", codes={"99": "unknown", "01.01.1900": ""})

    assert FIELDS["age"].read("99", options) == Reading("unknown", "unknown")
    assert FIELDS["date"].read("01.01.1900", options) == Reading()
    assert FIELDS["date"].read("03.02.1992", options) == Reading("1992-02-03")


def test_names_that_are_not_names_keep_their_text():
    read = FIELDS["name"].read

    assert read("Unidentified man", PLAIN) == Reading(
        "Unidentified man", "unknown", ("not a name",)
    )
    assert read("wife of A. Example", PLAIN).stance == "unknown"
    assert read("  Aram   Example ", PLAIN) == Reading("Aram Example")
    assert read("Aram 2", PLAIN) == Reading("Aram 2", flags=("digits in a name",))
    assert read("12345", PLAIN).reason == "no letters in a name: check the column"
    assert read("a" * 10_001, PLAIN).rejected


def test_each_bound_reads_only_what_the_text_states():
    assert FIELDS["low"].read("477-478", PLAIN) == Reading("477", flags=("range",))
    assert FIELDS["high"].read("477-478", PLAIN) == Reading("478", flags=("range",))
    assert FIELDS["best"].read("477-478", PLAIN).reason == (
        "'477-478' states no best number: map the column to low or high"
    )
    assert FIELDS["high"].read("more than 1,000", PLAIN).rejected


def test_addresses_without_a_scheme_are_flagged():
    assert FIELDS["address"].read("https://example.org/a", PLAIN) == Reading(
        "https://example.org/a"
    )
    assert FIELDS["address"].read("page 5", PLAIN).flags == ("not a web address",)


def test_a_case_can_extend_the_code_lists_of_fields():
    fields = extended_fields({"fate": CODE_LISTS["fate"].extended({"abducted": "abducted"})})

    assert field("fate", fields).read("Abducted", PLAIN) == Reading("abducted")
    assert FIELDS["fate"].read("Abducted", PLAIN).rejected
    with pytest.raises(MappingError, match="has no code list"):
        extended_fields({"note": CODE_LISTS["fate"]})
    with pytest.raises(MappingError, match="there is no field"):
        extended_fields({"fates": CODE_LISTS["fate"]})


@settings(max_examples=400)
@given(any_field, any_text, st.sampled_from([None, "ymd", "dmy", "mdy"]))
def test_any_text_in_any_field_is_read_and_its_value_is_canonical(each, text, order):
    reading = each.read(text, ReadOptions(order))

    assert not (reading.rejected and reading.value is not None)
    if reading.value is not None:
        again = each.read(reading.value, PLAIN)
        assert (again.value, again.stance) == (reading.value, reading.stance)
        if each.name in DATES and reading.stance == "asserted":
            assert PartialDate.from_edtf(reading.value).edtf == reading.value
        if each.name in {"low", "best", "high"} and reading.stance == "asserted":
            assert re.fullmatch("[0-9]+", reading.value)
