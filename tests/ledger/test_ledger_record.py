from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import ADA

from everyname.errors import LedgerError
from everyname.ledger import Locator, Record, Source, Statement, independent_roots, slug
from everyname.ledger.canonical import canonical_json
from everyname.ledger.record import record_id

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
RECORDS = st.builds(
    Record,
    source=TEXT,
    kind=TEXT,
    key=TEXT,
    document=TEXT,
    locator=st.builds(Locator, TEXT, st.integers(0, 2**20)),
    statements=st.lists(st.builds(Statement, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    cells=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)


def test_the_id_of_a_record_stays_what_it_is():
    # Ids are cited: they must never change with a release.
    assert ADA.id == "04c67fb9a98f61ebc62f2d5f1e44220cfd74bd0fca144f2dc82246368423010b"


@pytest.mark.parametrize(
    "changed",
    [
        replace(ADA, source="hospital2"),
        replace(ADA, kind="group"),
        replace(ADA, key="01"),
        replace(ADA, document="0" * 64),
        replace(ADA, locator=Locator("Sheet1", 2)),
        replace(ADA, locator=Locator("", 3)),
        replace(ADA, statements=ADA.statements[:1]),
        replace(ADA, statements=(*ADA.statements[:1], Statement("fate", "killed", "denied"))),
        replace(ADA, cells=(("No", "1"), ("Name", "Ada Invented "))),
        replace(ADA, cells=(("No1", ""), ("Name", "Ada Invented"))),
    ],
)
def test_any_change_gives_another_id(changed):
    assert changed.id != ADA.id


@given(RECORDS, RECORDS)
def test_two_records_share_an_id_only_when_they_are_equal(one, other):
    assert (one.id == other.id) == (one == other)


@given(st.tuples(TEXT, TEXT, TEXT, TEXT), st.data())
def test_moving_the_borders_between_parts_gives_another_id(parts, data):
    joined = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(joined)), min_size=3, max_size=3)))
    moved = tuple(joined[a:b] for a, b in zip((0, *cuts), (*cuts, len(joined)), strict=True))
    same = record_id(*parts[:3], parts[3].encode()) == record_id(*moved[:3], moved[3].encode())
    assert same == (parts == moved)


@given(RECORDS)
def test_a_record_comes_back_from_its_content(record):
    assert Record.from_content(record.content) == record


@given(RECORDS)
def test_a_record_is_entered_in_its_canonical_form(record):
    made = record.encoded()
    assert made.content == canonical_json(record.content)
    assert made.id.hex() == record.id
    assert (made.source, made.kind, made.key) == (record.source, record.kind, record.key)


@pytest.mark.parametrize(
    "odd",
    [
        replace(ADA, cells=(("Age", 34.5),)),
        replace(ADA, statements=(Statement("age", b"34"),)),
        replace(ADA, locator=Locator("", 2.0)),
        replace(ADA, key=1.5),
    ],
)
def test_what_has_no_canonical_form_is_refused(odd):
    with pytest.raises(LedgerError, match="has no canonical form"):
        odd.encoded()


def test_values_are_those_asserted():
    said = (Statement("age", "unknown", "unknown"), Statement("age", "34"), Statement("age", "35"))
    record = replace(ADA, statements=said)
    assert (record.values("age"), record.value("age"), record.value("sex")) == (
        ("34", "35"),
        "34",
        "",
    )
    assert (record.reference, str(record.locator)) == ("hospital/1", "row 2")
    assert str(Locator("March", 7)) == "sheet March, row 7"


def test_half_a_character_has_no_id():
    with pytest.raises(LedgerError, match="lone surrogate"):
        _ = replace(ADA, cells=(("Name", "\ud800"),)).id


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("River Valley Hospital", "river-valley-hospital"),
        ("  --Größe & Co.  ", "grosse-co"),
        ("Пример", "primer"),
        ("???", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_slugs(name, key):
    assert slug(name) == key


def test_roots_are_the_sources_that_copy_nobody():
    sources = {
        key: Source(key, key, derived_from=derived)
        for key, derived in {
            "agency": (),
            "daily": ("agency",),
            "weekly": ("daily", "witness"),
            "egg": ("hen",),
            "hen": ("egg",),
        }.items()
    }
    roots = {key: sorted(independent_roots(key, sources)) for key in (*sources, "stranger")}
    assert roots == {
        "agency": ["agency"],
        "daily": ["agency"],
        "weekly": ["agency", "witness"],
        "egg": ["egg"],
        "hen": ["egg"],
        "stranger": ["stranger"],
    }
