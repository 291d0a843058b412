import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lists import DOCUMENT, found, table

from everyname.errors import TableError
from everyname.intake import Mapping, convert, propose
from everyname.intake.header import field_for_header


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Name", "name"),
        ("FULL NAME", "name"),
        ("FirstName", "given_name"),
        ("last_name", "family_name"),
        ("dateOfBirth", "birth_date"),
        ("DOB", "birth_date"),
        ("DoB", "birth_date"),
        ("Incident date", "date"),
        ("No.", "listed_id"),
        ("№", "listed_id"),
        ("ФИО", "name"),
        ("Дата рождения", "birth_date"),
        ("Doğum tarihi", "birth_date"),
        ("Geschlecht", "sex"),
        ("Fecha de nacimiento", "birth_date"),
        ("Âge", "age"),
        ("الاسم", "name"),
        ("العمر", "age"),
        ("ამსახ", ""),
        ("ასაკი", "age"),
        ("Սեռ", "sex"),
        ("Occupation", "occupation"),
        ("Род занятий", "occupation"),
        ("المهنة", "occupation"),
        ("Beruf", "occupation"),
        ("Home address", "residence_address"),
        ("Адрес проживания", "residence_address"),
        ("City of residence", "residence_place"),
        ("Place of residence", "place_origin"),
        ("Post code", "residence_code"),
        ("PLZ", "residence_code"),
        ("Address", "address"),
        ("Bed", ""),
        ("", ""),
        ("---", ""),
        ("A long question about whether the name of the person was known to us", ""),
    ],
)
def test_headers_are_known_in_several_languages(header, field):
    assert field_for_header(header) == field


LIST = table(
    ["No", "Full name", "Died on", "Gender", "Age", "Bed", "Names", "Killed"],
    ["1", "Ada Invented", "03/04/2031", "F", "34", "12", "Adi", "1"],
    ["2", "Ben Invented", "05/06/2031", "xyzzy", "29", "", "", "1"],
    ["3", "Cleo Invented", "", "qwert", "tall", "", "", "1"],
)
TOML = """\
# How everyname reads list.csv. Look it through:
# lines marked LOOK are guesses.

[source]
name = "The \\"Valley\\""
publisher = ""
kind = "list"
published = ""
language = ""
reliability = "F"
party = false

[table]
header_row = 1

[records]
kind = "person"
key = "No"

[constants]
# LOOK: does every row mean the same fate? fate = "killed"

[columns.No]
field = "listed_id"

[columns."Full name"]
field = "name"

[columns."Died on"]
field = "date_of_death"
# LOOK: 2 dates can be read as day-month-year or month-day-year, and none tells: \
set order = "dmy" or "mdy"

[columns.Gender]
field = "sex"
# LOOK: the header says sex, but only 33% of its cells read as such
# codes = { "their word" = "our code" }

[columns.Age]
field = "age"
# LOOK: 33% of its cells do not read as age

# Kept as written, in no field:
#   Bed
#   Names
#   Killed
"""


def test_the_mapping_proposed_for_a_small_list():
    assert propose(LIST).toml('The "Valley"') == TOML


def test_a_persons_word_is_taken_and_weighed():
    told = propose(LIST).settled("Died on", "date_of_death", "mdy").settled("Bed", "sex")
    columns = {c.column: (c.field, c.order, c.understood, c.unsure) for c in told.columns}
    assert columns["Died on"] == ("date_of_death", "mdy", 1.0, "")
    assert columns["Bed"] == ("sex", "", 0.0, "only 0% of its cells read as sex")
    kept = told.settled("Gender", "")
    assert [c.field for c in kept.columns if c.column == "Gender"] == [""]


def test_what_is_kept_raw_says_why():
    unsure = {c.column: c.unsure for c in propose(LIST).columns if not c.field}
    assert unsure == {
        "Bed": "",
        "Names": "name is taken by an earlier column; this one is kept as written",
        "Killed": "the header says best, which a person record does not have",
    }
    assert propose(LIST).columns[1].sample == ("Ada Invented", "Ben Invented", "Cleo Invented")


UNSETTLED = (
    'can be read as day-month-year or month-day-year, and none tells: set order = "dmy" or "mdy"'
)
NO_DATE = (
    "the header says date, but only 0% of its cells read as such: 'zzz' is no month. "
    "Write it as 1992-02-26, 26 February 1992 or 1992."
)
MIXED = (
    "1 date can only be day-month-year and 1 date only month-day-year: the column mixes two "
    'orders, none is taken; set order = "dmy" or "mdy" after correcting it'
)


@pytest.mark.parametrize(
    ("values", "order", "unsure"),
    [
        (["03/04/2031", "25/04/2031"], "dmy", ""),
        (["03/04/2031", "04/25/2031"], "mdy", ""),
        (["03/04/2031"], "", f"1 date {UNSETTLED}"),
        (["03/04/2031", "25/04/2031", "04/25/2031"], "", MIXED),
        (["2031-04-03", "3 April 2031"], "", ""),
        (
            ["zzz", "zzz"],
            "",
            NO_DATE,
        ),
        ([], "", "the column is empty"),
        ([""], "", "the column is empty"),
    ],
)
def test_the_date_order_is_found_or_asked_for(values, order, unsure):
    (column,) = propose(table(["Date"], *([value] for value in values))).columns
    assert (column.field, column.order, column.unsure) == ("date", order, unsure)


@pytest.mark.parametrize(("ids", "key"), [("12", "No"), ("11", ""), ("1 ", "")])
def test_a_column_numbers_the_rows_only_when_it_does(ids, key):
    assert propose(table(["No", "Name"], *([id_, "Ada"] for id_ in ids))).key == key


def test_a_table_of_figures_is_proposed_as_such():
    proposal = propose(table(["Source", "Killed", "Note"], ["Radio", "613", "x"]))
    assert (proposal.kind, [c.field for c in proposal.columns]) == (
        "figure",
        ["said_by", "best", "note"],
    )
    assert 'kind = "figure"' in proposal.toml("Figures")


def test_a_guessed_encoding_is_written_down_to_be_looked_at(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Имя;Возраст\nИван Вымышлен;34\nМария;29\n".encode("cp1251"))
    text = propose(found(path)).toml("Список")
    assert (
        '[table]\nheader_row = 1\nencoding = "cp1251"\n'
        "# LOOK: the encoding is a guess. Are the names written rightly?\n"
    ) in text
    assert tomllib.loads(text)["source"]["name"] == "Список"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Name,Age\nAda,34\n", 1),
        ("\nName,Age\nAda,34\n", 2),
        ("Register of deaths\nValley hospital,2031\n\nNo,Name,Age\n1,Ada,34\n", 4),
        # Titles name fields too; the header names more.
        ("Name of the place,,\nNo,Name,Age\n1,Ada,34\n", 2),
        # A row of values is no header, whatever its words.
        ("Opfer,Folge,Rolle,Waffe\nAda,killed,civilian,no\nBen,killed,civilian,no\n", 1),
        ("who,what\nNo,name\n", 1),
        ("\n\nq1,q2\na,b\n", 3),
        ("\n" * 12 + "Name,Age\nAda,34\n", 13),
    ],
)
def test_the_header_is_found_below_titles(tmp_path, text, row):
    path = tmp_path / "list.csv"
    path.write_text(text)
    assert found(path).header_row == row


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(TableError, match="there is no such file"):
        found(tmp_path / "list.csv")


HEADER = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
KNOWN = st.sampled_from(
    ["Name", "Age", "Killed", "Source", "Date", "id", "Fate", "[a.b]", '"', "#"]
)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(HEADER | KNOWN | st.tuples(KNOWN, HEADER).map("".join), min_size=1, max_size=5), HEADER
)
@example(
    ['Name "x"', "foo\x01bar", "\x7f", "a\nb", "😀 Age", "'''", '"""', "x = [1]", "a.b"], "q\r\n"
)
@example(["zzz"], "")
def test_the_mapping_written_for_any_headers_loads_and_fits(headers, source):
    made = table(["h", *headers], ["1"] * 9, ["Ada"] * 3)
    text = propose(made).toml(source or "Hospital")
    read = Mapping.from_content(tomllib.loads(text), "list.toml")
    assert read.source.name == (source or "Hospital")
    assert convert(made, read, DOCUMENT, "list.toml").account.adds_up


def test_a_file_name_may_hold_anything():
    made = propose(table(["Name"], sheet='Q"1\n'))
    assert tomllib.loads(made.toml("x"))["table"] == {"sheet": 'Q"1\n', "header_row": 1}
