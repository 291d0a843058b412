"""Known formats: the columns are the publishers', every value is invented."""

import pytest

from everyname.errors import MappingError
from everyname.intake import Mapping, convert
from everyname.intake.cells import Cells
from everyname.intake.known import NAMES, known_format, recognise
from everyname.intake.table import Grid, shape

DOCUMENT = "d" * 64


def read(*rows, named):
    """Convert a file without a mapping file; return its records and how its cells add up."""
    grid = Grid("list.csv", "", Cells.pack(rows), "utf-8, comma")
    known = recognise(rows[0])
    assert known is not None
    assert known.name == named
    table = shape(known.reshape(grid), 1)
    mapping = Mapping.from_content(known.mapping("A list", table.columns), "list.toml")
    conversion = convert(table, mapping, DOCUMENT, "list.toml")
    assert conversion.account.adds_up
    return conversion


def said(conversion):
    return {
        ("~" if record.key.startswith("~") else record.key): (
            record.kind,
            [(s.field, s.value) for s in record.statements],
        )
        for record in conversion.records
    }


GED = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_name",
    "side_a", "side_b", "source_article", "source_headline", "where_prec", "where_coordinates",
    "where_description", "adm_1", "latitude", "longitude", "country", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low",
]  # fmt: skip


def test_an_event_of_ged_is_an_incident_and_its_figures():
    row = [
        "501", "INV-1", "2031", "1", "Clear", "1", "Valley: Government", "Government of Invented",
        "River Front", "Invented News", "Clash by the mill", "2", "Mill village", "near the mill",
        "Mill province", "10.5", "20.25", "Invented", "1", "2", "2031-02-03", "2031-02-05", "1",
        "2", "4", "0", "7", "9", "6",
    ]  # fmt: skip
    everywhere = [
        ("place", "Mill village"),
        ("place_precision", "district"),
        ("reported_in", "Invented News"),
        ("date", "2031-02-03/2031-02-05"),
        ("fate", "killed"),
        ("unit", "persons"),
        ("source_kind", "dataset"),
        ("said_by", "Uppsala Conflict Data Program"),
    ]

    def figure(numbers, victim_class, counts_what):
        last = [("victim_class", victim_class), ("counts_what", counts_what)]
        return ("figure", [*numbers, *everywhere, *last])

    conversion = read(GED, row, named="ucdp_ged")
    assert said(conversion) == {
        "501": (
            "incident",
            [
                ("title", "Valley: Government"),
                ("place", "Mill village"),
                ("place_precision", "district"),
                ("note", "near the mill"),
                ("note", "Clash by the mill"),
                ("latitude", "10.5"),
                ("longitude", "20.25"),
                ("low", "6"),
                ("best", "7"),
                ("high", "9"),
                ("note", "event clarity 1 of UCDP: a single event"),
                ("date", "2031-02-03/2031-02-05"),
                ("unit", "persons"),
            ],
        ),
        "501/all": figure(
            [("low", "6"), ("best", "7"), ("high", "9")], "all", "deaths, all sides and civilians"
        ),
        "501/civilians": figure([("best", "4")], "civilians", "deaths of civilians"),
        "501/side-a": figure(
            [("best", "1"), ("note", "Government of Invented")], "side a", "deaths of side A"
        ),
        "501/side-b": figure(
            [("best", "2"), ("note", "River Front")], "side b", "deaths of side B"
        ),
        "501/unknown": figure(
            [("best", "0")], "status unknown", "deaths of persons of unknown status"
        ),
    }
    assert conversion.account.unmapped == 9
    assert conversion.sources["a-list"].publisher == "Uppsala Conflict Data Program"
    assert conversion.sources["a-list"].kind == "dataset"


def test_an_older_release_without_some_columns_fits_too():
    header = [name for name in GED if name not in {"deaths_unknown", "event_clarity", "low"}]
    row = ["" for _ in header]
    row[header.index("id")], row[header.index("best")] = "7", "3"
    row[header.index("date_start")] = row[header.index("date_end")] = "2031-02-03"
    records = said(read(header, row, named="ucdp_ged"))
    assert records["7"] == ("incident", [("best", "3"), ("date", "2031-02-03"),
                                         ("unit", "persons")])  # fmt: skip
    assert "7/unknown" not in records


def test_an_event_of_acled_has_one_number_of_fatalities():
    header = [
        "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
        "sub_event_type", "actor1", "country", "location", "latitude", "longitude",
        "geo_precision", "source", "notes", "fatalities",
    ]  # fmt: skip
    row = [
        "INV12", "03 February 2031", "2031", "2", "Political violence", "Battles", "Armed clash",
        "River Front", "Invented", "Mill", "10.5", "20.25", "1", "Invented News", "A clash.", "5",
    ]  # fmt: skip
    assert said(read(header, row, named="acled")) == {
        "INV12": (
            "incident",
            [
                ("date", "2031-02-03"),
                ("note", "time precision 2 of ACLED: the day is known to the week only"),
                ("place", "Mill"),
                ("place_precision", "settlement"),
                ("latitude", "10.5"),
                ("longitude", "20.25"),
                ("note", "A clash."),
                ("best", "5"),
                ("note", "Armed clash"),
                ("title", "Battles: Armed clash"),
                ("unit", "persons"),
            ],
        ),
        "INV12/all": (
            "figure",
            [
                ("best", "5"),
                ("date", "2031-02-03"),
                ("place", "Mill"),
                ("reported_in", "Invented News"),
                ("fate", "killed"),
                ("unit", "persons"),
                ("victim_class", "all"),
                ("source_kind", "dataset"),
                ("said_by", "ACLED"),
                ("counts_what", "fatalities of the event, of whatever side"),
            ],
        ),
    }


def test_an_incident_of_iraq_body_count_has_a_least_and_a_most():
    header = [
        "IBC code", "Start Date", "End Date", "Time", "Location", "Target", "Weapons",
        "Reported Minimum", "Reported Maximum", "Sources",
    ]  # fmt: skip
    row = ["k0", "20 Feb 2031", "21 Feb 2031", "-", "Mill", "a bus", "roadside bomb", "2", "3",
           "INV 21 Feb"]  # fmt: skip
    assert said(read(header, row, named="ibc_incidents")) == {
        "k0": (
            "incident",
            [
                ("place", "Mill"),
                ("title", "a bus"),
                ("note", "a bus"),
                ("cause", "planted_explosives"),
                ("low", "2"),
                ("high", "3"),
                ("date", "2031-02-20/2031-02-21"),
                ("unit", "persons"),
            ],
        ),
        "k0/civilians": (
            "figure",
            [
                ("low", "2"),
                ("high", "3"),
                ("place", "Mill"),
                ("reported_in", "INV 21 Feb"),
                ("date", "2031-02-20/2031-02-21"),
                ("fate", "killed"),
                ("unit", "persons"),
                ("victim_class", "civilians"),
                ("source_kind", "dataset"),
                ("said_by", "Iraq Body Count"),
                ("counts_what", "civilian deaths by violence"),
            ],
        ),
    }


def test_an_individual_of_iraq_body_count_is_a_person():
    header = [
        "IBC code", "Name or Identifying Details", "Age", "Sex", "Marital Status",
        "Parental Status", "Earliest Date", "Latest Date", "Location",
    ]  # fmt: skip
    rows = [
        ["k0-a", "Ada Invented", "34", "Female", "Married", "Parent", "20 Feb 2031",
         "20 Feb 2031", "Mill"],
        ["k0-b", "Ben Invented", "Child", "Male", "", "", "20 Feb 2031", "", "Mill"],
    ]  # fmt: skip
    assert said(read(header, *rows, named="ibc_individuals")) == {
        "k0-a": (
            "person",
            [
                ("listed_id", "k0-a"),
                ("name", "Ada Invented"),
                ("age", "34"),
                ("sex", "female"),
                ("place", "Mill"),
                ("date", "2031-02-20"),
                ("fate", "killed"),
                ("status", "civilian"),
            ],
        ),
        "k0-b": (
            "person",
            [
                ("listed_id", "k0-b"),
                ("name", "Ben Invented"),
                ("age_band", "child"),
                ("sex", "male"),
                ("place", "Mill"),
                ("date", "2031-02-20"),
                ("fate", "killed"),
                ("status", "civilian"),
            ],
        ),
    }


def test_an_assessment_of_airwars_keeps_its_grading():
    header = [
        "code", "permalink", "date", "location_name", "country_slug", "latitude", "longitude",
        "civilian_harm_status_slug", "civilian_non_combatants_killed_min",
        "civilian_non_combatants_killed_max", "children_killed_min", "children_killed_max",
    ]  # fmt: skip
    row = ["INV001", "https://example.org/inv001", "2031-02-03", "Mill", "invented", "10.5",
           "20.25", "fair", "2", "5", "1", "1"]  # fmt: skip
    everywhere = [
        ("place", "Mill"),
        ("address", "https://example.org/inv001"),
        ("note", "graded fair by Airwars"),
        ("date", "2031-02-03"),
        ("fate", "killed"),
        ("unit", "persons"),
        ("source_kind", "dataset"),
        ("said_by", "Airwars"),
    ]
    assert said(read(header, row, named="airwars_incidents")) == {
        "INV001": (
            "incident",
            [
                ("title", "INV001"),
                ("place", "Mill"),
                ("latitude", "10.5"),
                ("longitude", "20.25"),
                ("note", "graded fair by Airwars"),
                ("address", "https://example.org/inv001"),
                ("low", "2"),
                ("high", "5"),
                ("date", "2031-02-03"),
                ("unit", "persons"),
            ],
        ),
        "INV001/civilians": (
            "figure",
            [
                ("low", "2"), ("high", "5"), *everywhere,
                ("victim_class", "civilians"), ("counts_what", "civilians reported killed"),
            ],
        ),
        "INV001/children": (
            "figure",
            [
                ("low", "1"), ("high", "1"), *everywhere,
                ("victim_class", "children"), ("counts_what", "children reported killed"),
            ],
        ),
    }  # fmt: skip


def test_a_killed_list_is_of_persons():
    header = ["id", "name", "en_name", "dob", "sex", "age", "source"]
    row = ["900000001", "آدا مخترعة", "Ada Invented", "2001-02-03", "f", "30", "h"]
    assert said(read(header, row, named="t4p_killed")) == {
        "900000001": (
            "person",
            [
                ("listed_id", "900000001"),
                ("name", "آدا مخترعة"),
                ("name_other", "Ada Invented"),
                ("birth_date", "2001-02-03"),
                ("sex", "female"),
                ("age", "30"),
                ("fate", "killed"),
            ],
        )
    }


def test_daily_totals_are_figures():
    header = ["report_date", "report_source", "killed_cum", "killed_children_cum", "injured_cum"]
    row = ["2031-02-03", "mohtel", "40", "12", "90"]
    day = [("said_on", "2031-02-03"), ("as_of", "2031-02-03"), ("said_by", "mohtel")]
    assert said(read(header, row, named="t4p_daily")) == {
        "2031-02-03": (
            "figure",
            [
                *day, ("best", "40"), ("fate", "killed"), ("unit", "persons"),
                ("victim_class", "all"), ("counts_what", "killed so far"),
            ],
        ),
        "2031-02-03/children": (
            "figure",
            [
                ("best", "12"), *day, ("fate", "killed"), ("unit", "persons"),
                ("victim_class", "children"), ("counts_what", "children killed so far"),
            ],
        ),
        "2031-02-03/injured": (
            "figure",
            [
                ("best", "90"), *day, ("fate", "injured"), ("unit", "persons"),
                ("victim_class", "all"), ("counts_what", "injured so far"),
            ],
        ),
    }  # fmt: skip


def test_a_list_with_flags_names_the_source_of_each_row():
    header = ["id", "name", "gov_id", "dob", "sex", "age", "source", "flg_name", "flg_gov_id",
              "flg_dob", "flg_age"]  # fmt: skip
    row = ["1", "آدا مخترعة", "900000001", "2001-01-01", "F", "30", "Families", "", "",
           "YYYY-01-01", ""]  # fmt: skip
    conversion = read(header, row, named="gaza_moh_checked")
    assert said(conversion) == {
        "a-list:1": (
            "person",
            [
                ("name", "آدا مخترعة"),
                ("listed_id", "900000001"),
                ("birth_date", "2001-01-01"),
                ("sex", "female"),
                ("age", "30"),
                ("note", "YYYY-01-01"),
                ("fate", "killed"),
            ],
        )
    }
    assert [source.name for source in conversion.sources.values()] == ["Families"]


@pytest.mark.parametrize("name", NAMES)
def test_every_template_is_a_mapping_and_is_recognised_by_its_signature(name):
    known = known_format(name)
    columns = [names[0] for names in known.signature]
    assert recognise(columns) is known
    assert recognise([column.upper().replace(" ", "_") for column in columns]) is known
    Mapping.from_content(known.mapping("A list", columns), name)


@pytest.mark.parametrize(
    "columns",
    [
        ["No", "Name", "Sex", "Age", "Date of death", "Place"],
        ["id", "name", "dob", "sex", "age", "source"],
        ["id", "name", "date", "city", "state", "age", "gender", "race"],
        ["id", "name", "gov_id", "dob", "sex"],
        ["date", "place", "killed", "injured", "source", "notes"],
        ["id", "title", "description", "date", "best", "low", "high"],
        ["101", "102", "901", "903"],
        ["101", "102", "113"],
        ["901", "903", "915"],
        ["101", "102", "113", "Name", "Sex", "Age", "Place"],
        ["id", "name", "en_name", "dob", "sex", "prison", "status"],
        ["id", "name", "en_name", "dob", "sex", "age", "source", "Status of the person"],
        ["id", "name", "en_name", "dob", "sex", "age", "source", "detained_on"],
        ["incident_id", "date", "civilians_killed_min", "civilians_killed_max"],
        ["code", "date", "civilians_killed_min", "civilians_killed_max"],
        ["report_date", "killed_cum", "injured_cum"],
        ["Name", "First name", "Surname", "Father's name", "Birth date", "Gender"],
        ["id", "schema", "value"],
        [],
    ],
)  # fmt: skip
def test_an_ordinary_list_is_no_known_format(columns):
    assert recognise(columns) is None


def test_numbers_name_the_columns_only_of_a_table_that_goes_by_them():
    event = ["0101", "0102", "0108", "0111", "0113", "0114", "0115", "0150", "0160"]
    assert recognise(event) is known_format("huridocs_event")
    assert recognise([*event, "file"]) is known_format("huridocs_event")
    assert recognise([*event, "file", "typist"]) is None
    person = ["901", "903", "904", "911", "915", "931"]
    assert recognise(person) is known_format("huridocs_person")


def test_what_columns_a_format_is_not_known_to_have():
    columns = ["Event ID cnty", "civilian_targeting", "notes", "Fate", "event_type"]
    assert known_format("acled").others(columns) == ("Fate",)


def test_an_event_of_another_kind_is_no_cause():
    header = ["event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1",
              "fatalities"]  # fmt: skip
    row = ["INV13", "03 February 2031", "Strategic developments", "Other", "River Front", "0"]
    assert said(read(header, row, named="acled"))["INV13"] == (
        "incident",
        [
            ("date", "2031-02-03"),
            ("best", "0"),
            ("note", "sub-event type Other of ACLED"),
            ("title", "Strategic developments: Other"),
            ("unit", "persons"),
        ],
    )


def test_a_format_that_nobody_knows():
    with pytest.raises(MappingError, match="'ged' is not a known format"):
        known_format("ged")
