import pytest
from lists import SOURCE, mapping, table

from everyname.errors import MappingError
from everyname.intake import Mapping, TableOptions
from everyname.ledger import Source

FULL = """\
[source]
name = "River Valley Hospital"
publisher = "The Valley"
author = "The clerk"
kind = "forensic_register"
published = "2031-08-01"
language = "en"
reliability = "B"
party = true
derived_from = ["Ward book", "The Parish"]
received_from = "the clerk"

[table]
sheet = "March"
header_row = 3
encoding = "cp1251"
delimiter = ";"

[records]
kind = "person"
key = "No"

[constants]
fate = "killed"

[columns."Full name"]
field = "name"
[columns.Died]
field = ["date", "date_of_death"]
order = "dmy"
[columns.Gender]
field = "sex"
codes = { K = "female" }

[source_columns]
name = "Said by"
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_mapping_file_is_read(tmp_path, mark):
    path = tmp_path / "hospital.toml"
    path.write_text(mark + FULL, encoding="utf-8")
    read = Mapping.load(path)
    assert read.source.source() == Source(
        key="river-valley-hospital",
        name="River Valley Hospital",
        kind="forensic_register",
        publisher="The Valley",
        author="The clerk",
        published="2031-08-01",
        language="en",
        reliability="B",
        party=True,
        derived_from=("ward-book", "the-parish"),
    )
    assert read.table.options() == TableOptions(
        sheet="March", header_row=3, encoding="cp1251", delimiter=";"
    )
    assert {name: column.fields for name, column in read.columns.items()} == {
        "Full name": ("name",),
        "Died": ("date", "date_of_death"),
        "Gender": ("sex",),
    }
    assert read.source_columns.named() == {"name": "Said by"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[columns.A]\nfield = "nmae"', "columns.A.field there is no field 'nmae'. Did you mean"),
        ('[columns.A]\nfield = ["name", "agge"]', "there is no field 'agge'. Did you mean age"),
        ("[columns.A]\nfield = []", "columns.A.field names no field; leave the column out"),
        ("[columns.str]\nfield = 5", "columns.str.field Input should be a valid"),
        ("[columns.A]\n", "columns.A give either field or split"),
        ('[columns.A]\nfield = "date"\norder = "ydm"', "columns.A.order Input should be 'ymd'"),
        ('[columns.A]\nfeild = "name"', "columns.A.feild is not a known setting"),
        ("", "columns is missing"),
        ('[columns]\n[tabel]\nsheet = "x"', "tabel is not a known setting"),
        ("[columns]\n[table]\nheader_row = 0", "table.header_row Input should be greater than or"),
        ('[columns]\n[table]\ndelimiter = "123456789"', "table.delimiter String should have at"),
        ('[columns]\n[constants]\nfaet = "killed"', "constants there is no field 'faet'. Did"),
        ("[columns]\n[constants]\nage = 5", "constants.age Input should be a valid string"),
        ('[columns]\n[records]\nkind = "victim"', "records.kind 'victim' is not a kind of record"),
        ('[columns.A]\nfield = "best"', "a person record has no field 'best'; it has name, given"),
        (
            '[columns]\n[constants]\nname = "Ada"\n[records]\nkind = "figure"',
            "a figure record has no field 'name'; it has date",
        ),
        ('[columns]\n[source_columns]\nkind = "x"', "source_columns.name is missing"),
    ],
)  # fmt: skip
def test_what_a_mapping_says_wrongly_is_named(text, said):
    with pytest.raises(MappingError) as caught:
        mapping(text)
    assert said in caught.value.found
    assert (caught.value.where, caught.value.do) == ("list.toml", "Correct the mapping file")


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(MappingError) as caught:
        mapping('reliabilty = "B"\nreliability = "G"\n[columns.A]\nfield = "x"')
    assert caught.value.found.count(";") == 2


@pytest.mark.parametrize("text", ['[source]\nname = ""\n[columns]', "[columns]"])
def test_a_source_needs_a_name(tmp_path, text):
    path = tmp_path / "list.toml"
    path.write_text(text)
    with pytest.raises(MappingError, match="source"):
        Mapping.load(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"[source\n",
            "this is not TOML (Expected ']' at the end of a table",
        ),
        (b'[source]\nname = "\xe9"\n', "this is not TOML ('utf-8' codec can't decode"),
    ],
)
def test_wrong_toml_names_the_line(tmp_path, content, said):
    path = tmp_path / "list.toml"
    path.write_bytes(content)
    with pytest.raises(MappingError) as caught:
        Mapping.load(path)
    assert caught.value.found.startswith(said)


def test_a_missing_mapping_says_how_to_write_one(tmp_path):
    with pytest.raises(MappingError, match=r"Write one with: everyname map .*list.csv"):
        Mapping.load(tmp_path / "list.toml")
    (tmp_path / "list.toml").mkdir()
    with pytest.raises(MappingError, match="this cannot be read"):
        Mapping.load(tmp_path / "list.toml")


@pytest.mark.parametrize(
    ("text", "column", "there"),
    [
        ('[columns."Ful name"]\nfield = "name"', "Ful name", "Near it are 'Full name'"),
        (
            '[columns]\n[records]\nkey = "zzz"',
            "zzz",
            "The file has 'No', 'Full name', 'Age'",
        ),
        (
            '[columns]\n[source_columns]\nname = "Age"\nkind = "Nos"',
            "Nos",
            "Near it are 'No'",
        ),
    ],
)
def test_a_column_that_is_missing_names_the_file_and_the_nearest(text, column, there):
    with pytest.raises(MappingError) as caught:
        mapping(text).fit(table(["No", "Full name", "Age"], sheet="March"), "list.toml")
    assert str(caught.value) == (
        f"list.toml: the mapping names a column {column!r} that list.csv, sheet 'March' does not "
        f"have. {there}. Correct the name, or set header_row under [table]"
    )


def test_a_wide_table_does_not_flood_the_message():
    wide = table([f"q{n}" for n in range(500)])
    with pytest.raises(MappingError) as caught:
        mapping('[columns."Full name"]\nfield = "name"').fit(wide, "list.toml")
    assert len(str(caught.value)) < 600


def test_the_source_alone_is_enough_to_name_it():
    assert mapping("[columns]").source.source() == Source("river-valley-hospital", SOURCE[17:-2])
