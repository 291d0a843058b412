"""Traits: what of a record is compared."""

from __future__ import annotations

from linked import FIVE_SCRIPTS, person

from everyname.ledger import Filed, Locator, Record, Statement
from everyname.linkage import Traits, full_name, traits_of
from everyname.linkage.traits import COMMON_KEY, COMMON_PART, table_of

NOTHING = Traits(None, None, (), (), (), None, None, None, None, None, None, None, None)


def test_a_record_becomes_traits():
    filed = person(
        "list",
        1,
        name="Tomarov, Ivan",
        sex="male",
        age="34",
        date="2031-01-02",
        place="Верхний Лог",
    )
    assert traits_of(filed.record) == Traits(
        name="ivan tomarov",
        bones="fn tmrf",
        parts=("ivan", "tomarov"),
        bone_parts=("fn", "tmrf"),
        sounds=("fna+1", "tmrf+1"),
        sex="male",
        date_low=22281,
        date_high=22281,
        born_low=None,
        born_high=None,
        age_low=34.0,
        age_high=34.0,
        place="verkhniy log",
    )


def test_a_name_is_put_together_from_its_parts():
    record = person("list", 1, family_name="Tomarov", father_name="Petr", given_name="Ivan").record
    assert full_name(record) == "Ivan Petr Tomarov"
    assert traits_of(record).name == "ivan petr tomarov"


def test_a_whole_name_goes_before_its_parts():
    assert full_name(person("list", 1, given_name="Ivan", name="I. Tomarov").record) == "I. Tomarov"


def test_no_name():
    assert full_name(person("list", 1, sex="male").record) == ""


def test_words_for_nobody_knows_give_no_name():
    for text in ("unidentified man", "N.N.", "Неизвестный", "wife of Ivan Tomarov"):
        assert traits_of(person("list", 1, name=text).record) == NOTHING, text


def test_names_in_five_scripts_meet_in_their_skeletons():
    met = {
        name: set(traits_of(person("a", 1, name=name).record).bone_parts)
        & set(traits_of(person("b", 1, name=other).record).bone_parts)
        for name, other, *_ in FIVE_SCRIPTS
    }
    assert {name: len(common) >= 2 for name, common in met.items()} == dict.fromkeys(met, True)


def test_dates_and_ages_are_intervals():
    traits = traits_of(person("list", 1, date="2031-03", birth_date="1990", age="38/42").record)
    assert (traits.date_low, traits.date_high) == (22339, 22369)
    assert (traits.born_low, traits.born_high) == (7305, 7669)
    assert (traits.age_low, traits.age_high) == (38.0, 42.0)


def test_the_age_follows_from_birth_and_incident():
    traits = traits_of(person("list", 1, date="2031-03-05", birth_date="1990").record)
    assert (traits.age_low, traits.age_high) == (40.0, 41.0)


def test_the_date_of_death_stands_in_for_the_incident():
    assert traits_of(person("list", 1, date_of_death="2031-01-02").record).date_low == 22281


def test_dates_that_no_life_spans_give_no_age():
    for born in ("1850-01-01", "2040-01-01"):
        traits = traits_of(person("list", 1, date="2031-03-05", birth_date=born).record)
        assert (traits.age_low, traits.age_high) == (None, None), born


def test_what_a_source_says_it_does_not_know_is_not_compared():
    statements = tuple(
        Statement(field, "not known", "unknown")
        for field in ("name", "date", "birth_date", "age", "sex", "place")
    )
    record = Record("list", "person", "1", "d" * 64, Locator("", 2), statements, ())
    assert traits_of(record) == NOTHING


def test_what_a_source_denies_is_not_compared():
    denied = (Statement("sex", "male", "denied"), Statement("sex", "female"))
    record = Record("list", "person", "1", "d" * 64, Locator("", 2), denied, ())
    assert traits_of(record).sex == "female"


def test_a_sex_that_tells_nothing_is_not_compared():
    assert traits_of(person("list", 1, sex="unknown").record).sex is None


def _keys(*records: Filed) -> list[list[str]]:
    keys: list[list[str]] = table_of([traits_of(f.record) for f in records])["keys"].to_pylist()
    return keys


def test_keys_of_a_record():
    (keys,) = _keys(
        person("list", 1, name="Ivan Tomarov", date="2031-01-02", birth_date="1990-05-01")
    )
    assert keys == [
        "fn", "tmrf", "fn tmrf", "born 7425 fn", "born 7425 tmrf",
        "even 11140 fn", "even 11140 tmrf", "odd 11141 fn", "odd 11141 tmrf",
    ]  # fmt: skip


def test_days_next_to_each_other_share_a_key():
    days = ["2031-01-02", "2031-01-03", "2031-01-04"]
    first, second, third = (
        {k for k in keys if k.startswith(("even", "odd"))}
        for keys in _keys(*(person("a", i, name="Ivan", date=d) for i, d in enumerate(days)))
    )
    assert first & second
    assert second & third
    assert not first & third


def test_keys_that_too_many_share_are_left_out():
    same = [person("a", i, name="Ivan Tomarov") for i in range(COMMON_PART + 1)]
    assert _keys(*same)[0] == ["fn tmrf"]
    same = [person("a", i, name="Ivan Tomarov") for i in range(COMMON_KEY + 1)]
    assert _keys(*same)[0] == []


def test_no_records():
    assert table_of([]).num_rows == 0
