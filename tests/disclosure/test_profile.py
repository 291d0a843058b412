"""Publication profile: what may be published, and of whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from everyname.counts import COUNTABLE, DISAGREE, Breakdown, Count, Person
from everyname.disclosure import DEAD, PUBLISHABLE, Profile
from everyname.errors import CaseError
from everyname.vocabulary import CODE_LISTS

PERSON = Person(
    id="P-1",
    names=("Ivan Tomarov", "I. Tomarov"),
    classes={
        **dict.fromkeys(COUNTABLE, "unknown"),
        "sex": "male",
        "fate": "killed",
        "place": "Tamrud",
        "status": "civilian",
        "month": "2031-01",
    },
    lists=("hospital", "press"),
    records=("r" * 64, "s" * 64),
    included=True,
    values={
        "age": ("34", "35"),
        "birth_date": ("1996-05-01",),
        "date": ("2031-01-02",),
        "listed_id": ("ID-SECRET-77",),
    },
)


def fate(code: str) -> Person:
    return replace(PERSON, classes={**PERSON.classes, "fate": code})


def test_only_what_the_list_names_is_published():
    profile = Profile(fields=("name", "age", "date", "fate"), persons=True)
    assert profile.columns() == ("person", "name", "age", "date", "fate")
    assert profile.row(PERSON, ["killed"]) == {
        "person": "P-1",
        "name": "Ivan Tomarov / I. Tomarov",
        "age": "34 / 35",
        "date": "2031-01-02",
        "fate": "killed",
    }


def test_the_lists_that_hold_a_person_are_published_where_the_list_names_them():
    profile = Profile(fields=("sex", "list"), persons=True)
    assert profile.columns() == ("person", "sex", "list")
    assert profile.row(PERSON, ["killed"]) == {
        "person": "P-1",
        "sex": "male",
        "list": "hospital; press",
    }


def test_an_empty_list_publishes_nothing_about_a_person():
    assert Profile(persons=True).columns() == ("person",)
    assert Profile(persons=True).row(PERSON, ["killed"]) == {"person": "P-1"}


def test_persons_are_not_listed_unless_asked():
    assert Profile(fields=("name",)).row(PERSON, ["killed"]) is None


def test_persons_out_of_scope_are_not_listed():
    profile = Profile(fields=("name",), persons=True)
    assert profile.row(replace(PERSON, included=False), ["killed"]) is None


def test_every_row_has_the_columns():
    profile = Profile(fields=PUBLISHABLE, persons=True)
    row = profile.row(PERSON, ["killed"])
    assert row is not None
    assert tuple(row) == profile.columns()


def test_what_is_never_published_is_refused():
    never = ("listed_id", "birth_date", "father_name", "note", "latitude", "occupation",
             "residence_address", "residence_place", "residence_code", "no such field")  # fmt: skip
    for field in never:
        with pytest.raises(CaseError, match=f"'{field}' cannot be published"):
            Profile(fields=("name", field)).check()
    Profile(fields=PUBLISHABLE).check()


def test_what_is_never_published_does_not_appear_unchecked_either():
    profile = Profile(fields=("listed_id", "birth_date", "sex"), persons=True)
    assert profile.columns() == ("person", "sex")
    row = profile.row(PERSON, ["killed"])
    assert row is not None
    assert row == {"person": "P-1", "sex": "male"}


@pytest.mark.parametrize("code", [*CODE_LISTS["fate"].codes, DISAGREE])
def test_only_the_dead_are_named(code):
    row = Profile(fields=("name", "sex"), persons=True).row(fate(code), [])
    assert row is not None
    named = row["name"] == "Ivan Tomarov / I. Tomarov"
    assert named == (code in {"killed", "died_of_conditions", "identified_remains"})
    assert named or row["name"] == "(name withheld)"
    assert frozenset({"killed", "died_of_conditions", "identified_remains"}) == DEAD


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (["killed"], True),
        # First missing, then found dead: no source says that the person lives.
        (["killed", "missing"], True),
        (["identified_remains", "killed", "unidentified_remains", "unknown"], True),
        (["killed", "wounded"], False),
        (["held", "killed"], False),
        (["killed", "released"], False),
        (["displaced", "killed"], False),
    ],
)
def test_nobody_is_named_of_whom_any_source_states_a_living_fate(said, named):
    row = Profile(fields=("name", "sex"), persons=True).row(PERSON, said)
    name = "Ivan Tomarov / I. Tomarov" if named else "(name withheld)"
    assert row == {"person": "P-1", "name": name, "sex": "male"}


def test_the_dead_without_a_name():
    row = Profile(fields=("name",), persons=True).row(replace(PERSON, names=()), ["killed"])
    assert row is not None
    assert row["name"] == "(not named)"


@pytest.mark.parametrize(
    ("resolved", "said"),
    [
        ("sexual_violence", ["sexual_violence"]),
        # One of several sources says so; the rule resolves to another fate, or to none.
        ("killed", ["killed", "sexual_violence"]),
        (DISAGREE, ["killed", "sexual_violence"]),
    ],
)
def test_victims_of_sexual_violence_are_withheld_altogether(resolved, said):
    profile = Profile(fields=PUBLISHABLE, persons=True)
    assert profile.row(fate(resolved), said) is None


@pytest.mark.parametrize(
    ("persons", "fates", "listed"),
    [
        (True, [], True),
        (True, [("killed",), ("killed", "missing"), ()], True),
        # One source, of one person: the row left out could be had by subtraction.
        (True, [("killed",), ("killed", "sexual_violence")], False),
        (True, [("sexual_violence",)], False),
        (False, [("killed",)], False),
    ],
)
def test_nobody_is_listed_where_any_record_speaks_of_sexual_violence(persons, fates, listed):
    assert Profile(fields=("sex",), persons=persons).lists_persons(fates) == listed


def breakdown(*by: str, rows: tuple[Count, ...] = ()) -> Breakdown:
    return Breakdown(by=by, rows=rows)


def test_breakdowns_need_every_field():
    profile = Profile(fields=("sex", "date"))
    allowed = {
        by: profile.allows(breakdown(*by))
        for by in [("sex",), ("place",), ("sex", "place"), ("list",), ("sex", "list")]
    }
    assert allowed == {
        ("sex",): True,
        ("place",): False,
        ("sex", "place"): False,
        ("list",): False,
        ("sex", "list"): False,
    }
    listed = Profile(fields=("sex", "list"))
    assert listed.allows(breakdown("list"))
    assert listed.allows(breakdown("sex", "list"))
    assert not listed.allows(breakdown("list", "place"))


@pytest.mark.parametrize(
    ("where", "allowed"),
    [
        ((), True),
        ((("sex", "female"),), True),
        ((("age_group", "child"), ("sex", "female")), True),
        ((("month", "2031-01"),), True),
        ((("place", "Tamrud"),), False),
        ((("place", "Tamrud"), ("sex", "female")), False),
        ((("list", "hospital"),), False),
        ((("fate", "killed"),), True),
        ((("fate", "sexual_violence"),), False),
        ((("fate", "sexual_violence"), ("sex", "female")), False),
    ],
)
def test_a_count_needs_every_field_of_its_conditions(where, allowed):
    profile = Profile(fields=("sex", "age_band", "date", "fate"))
    assert profile.allows_where(where) == allowed


@pytest.mark.parametrize("field", ["year", "month", "day"])
def test_periods_need_the_date(field):
    assert not Profile(fields=("sex",)).allows(breakdown(field))
    assert Profile(fields=("date",)).allows(breakdown(field))
    assert Profile(fields=(field,)).allows(breakdown(field))


def test_a_breakdown_that_counts_sexual_violence_is_withheld_whole():
    profile = Profile(fields=("fate", "sex"))
    killed = Count(where=(("fate", "killed"),), low=1, best=2, high=2)
    # No source that the rule follows says so, one source does.
    said_once = Count(where=(("fate", "sexual_violence"),), low=0, best=0, high=1)
    assert profile.allows(breakdown("fate", rows=(killed,)))
    assert not profile.allows(breakdown("fate", rows=(killed, said_once)))
    crossed = Count(where=(("fate", "sexual_violence"), ("sex", "female")), low=0, best=0, high=1)
    assert not profile.allows(breakdown("fate", "sex", rows=(crossed,)))
