import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists import converted, mapping, notes, said

from everyname.errors import MappingError
from everyname.intake.template import Template


@pytest.mark.parametrize(
    ("template", "text", "parts"),
    [
        ("{sex}/{age}", "M/34", {"sex": "M", "age": "34"}),
        ("{sex}/{age}", " f / about 40 ", {"sex": "f", "age": "about 40"}),
        ("{sex} {age}", "female  34", {"sex": "female", "age": "34"}),
        (
            "{name}, son of {father_name}, {age}, {note}",
            "Ada Invented, SON OF Ben, 34, shot, near the mill",
            {
                "name": "Ada Invented",
                "father_name": "Ben",
                "age": "34",
                "note": "shot, near the mill",
            },
        ),
        ("{name} ({age})", "Ada (Adi) Invented (34)", {"name": "Ada (Adi) Invented", "age": "34"}),
        ("({age})", "(34)", {"age": "34"}),
        ("{sex}/{age}", "M", None),
        ("{sex}/{age}", "/34", None),
        ("{sex}/{age}", "M/", None),
        ("{age}", "", None),
    ],
)
def test_a_template_divides_a_cell(template, text, parts):
    assert (
        (parts in Template(template).divide(text)) if parts else not Template(template).divide(text)
    )


@pytest.mark.parametrize(
    ("template", "said_"),
    [
        ("age", "names no field"),
        ("{age}{sex}", "nothing between two fields"),
        ("{age}/{age}", "names a field twice"),
        ("{agge}/{sex}", "there is no field 'agge'"),
    ],
)
def test_a_template_that_cannot_be_is_refused(template, said_):
    with pytest.raises(MappingError, match=said_):
        mapping(f'[columns.A]\nsplit = "{template}"')


@given(st.text(max_size=12), st.text(max_size=12))
def test_what_a_template_divides_it_loses_nothing_of(one, other):
    parts = Template("{name}|{note}").divide(f"{one}|{other}")
    assert parts if one.strip() and other.strip() else not parts or "|" in one + other
    for way in parts:
        joined = f"{way['name']}|{way['note']}"
        assert "".join(joined.split()) == "".join(f"{one}|{other}".split())


def test_a_column_that_holds_several_fields_is_divided():
    conversion = converted(
        [
            ["Who"],
            ["Ada Invented, daughter of Ben, 34, shot"],
            ["Cleo Invented, 29"],
            ["Dan Invented, tall"],
            ["Eve Invented"],
        ],
        '[columns.Who]\nsplit = ["{name}, daughter of {father_name}, {age}, {note}", '
        '"{name}, {age}", "{name}"]',
    )
    assert said(conversion) == {
        "row 2": [
            ("name", "Ada Invented", "asserted"),
            ("father_name", "Ben", "asserted"),
            ("age", "34", "asserted"),
            ("note", "shot", "asserted"),
        ],
        "row 3": [("name", "Cleo Invented", "asserted"), ("age", "29", "asserted")],
        # "tall" is no age: the template that understands the whole is taken.
        "row 4": [("name", "Dan Invented, tall", "asserted")],
        "row 5": [("name", "Eve Invented", "asserted")],
    }
    assert conversion.account.parsed == 4


def test_a_cell_of_no_template_is_rejected_and_kept():
    conversion = converted(
        [["Sex/age", "Name"], ["M34", "Ada"]],
        '[columns."Sex/age"]\nsplit = "{sex}/{age}"\n[columns.Name]\nfield = "name"',
    )
    assert notes(conversion) == [
        (2, "Sex/age", "M34", "rejected", "is not of the form {sex}/{age}", 1)
    ]
    assert dict(next(iter(conversion.records)).cells)["Sex/age"] == "M34"


def test_columns_that_make_one_field_together_are_joined():
    conversion = converted(
        [["Y", "M", "D", "Name"], ["2031", "2", "26", "Ada"], ["2031", "", "", "Ben"],
         ["", "", "", "Cleo"], ["2031", "13", "1", "Dan"]],
        '[columns.Name]\nfield = "name"\n[[joined]]\ncolumns = ["Y", "M", "D"]\nwith = "-"\n'
        'field = "date"',
    )  # fmt: skip
    dates = [record.value("date") for record in conversion.records]
    assert dates == ["2031-02-26", "2031", "", ""]
    account = conversion.account
    assert (account.parsed, account.rejected, account.empty) == (8, 3, 5)
    assert account.adds_up


def test_a_row_makes_further_records():
    conversion = converted(
        [["id", "town", "all", "civilians"], ["1", "Ayta", "7", "3"], ["2", "Bo", "", ""],
         ["3", "", "", "0"]],
        """
[records]
kind = "incident"
key = "id"
[columns.town]
field = "place"
[[also]]
name = "all"
kind = "figure"
constants = { fate = "killed", unit = "persons" }
[also.columns.all]
field = "best"
[also.columns.town]
field = "place"
[[also]]
name = "civilians"
kind = "figure"
constants = { fate = "killed", victim_class = "civilians" }
[also.columns.civilians]
field = "best"
""",
    )  # fmt: skip
    assert [(r.kind, r.key, [tuple(s)[:2] for s in r.statements]) for r in conversion.records] == [
        ("incident", "1", [("place", "Ayta")]),
        ("figure", "1/all",
         [("best", "7"), ("place", "Ayta"), ("fate", "killed"), ("unit", "persons")]),
        ("figure", "1/civilians",
         [("best", "3"), ("fate", "killed"), ("victim_class", "civilians")]),
        ("incident", "2", [("place", "Bo")]),
        ("figure", "2/all", [("place", "Bo"), ("fate", "killed"), ("unit", "persons")]),
        ("figure", "3/civilians",
         [("best", "0"), ("fate", "killed"), ("victim_class", "civilians")]),
    ]  # fmt: skip
    assert conversion.account.records == len(conversion.records) == 6
    assert conversion.account.adds_up


def test_a_low_number_above_a_high_one_is_flagged():
    conversion = converted(
        [["low", "best", "high"], ["7", "5", "3"], ["1", "2", "3"], ["", "9", "3"], ["4", "", "4"]],
        '[records]\nkind = "figure"\n[columns.low]\nfield = "low"\n[columns.best]\nfield = "best"\n'
        '[columns.high]\nfield = "high"',
    )
    reason = "a lower bound of the number stands above a higher one: look at the source"
    assert [(note[0], note[4]) for note in notes(conversion)] == [(2, reason), (4, reason)]
