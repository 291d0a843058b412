"""Known formats that set rows apart, bring them together, or come from databases of cases."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from test_intake_known import read, said

from everyname.intake.cells import Cells
from everyname.intake.known import known_format
from everyname.intake.table import Grid, GridNote

STATEMENTS = [
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin",
    "lang", "original_value", "external", "first_seen", "last_seen", "id",
]  # fmt: skip


def statement(entity, prop, value, schema="Person", dataset="inv_list", canonical="Q0", lang=""):
    return [canonical, entity, prop, "", schema, value, dataset, "", lang, "", "false",
            "2031-01-01", "2031-02-01", f"{entity}-{prop}-{value}"]  # fmt: skip


def grid(*rows):
    return Grid("list.csv", "", Cells.pack(rows), "utf-8, comma")


def test_statements_become_a_row_for_each_entity_of_a_data_set():
    rows = [
        statement("inv-1", "name", "Ada Invented"),
        statement("inv-2", "name", "Mill Company", schema="Company"),
        statement("inv-1", "name", "Ada the Invented"),
        statement("inv-1", "gender", "female"),
        statement("inv-1", "birthDate", "1998"),
        statement("other-1", "name", "A. Invented", dataset="other_list"),
    ]
    conversion = read(STATEMENTS, *rows, named="ftm_statements")
    assert said(conversion) == {
        "a-list:inv-1": (
            "person",
            [
                ("listed_id", "inv-1"),
                ("name", "Ada Invented"),
                ("name_other", "Ada the Invented"),
                ("sex", "female"),
                ("birth_date", "1998"),
            ],
        ),
        "a-list:other-1": ("person", [("listed_id", "other-1"), ("name", "A. Invented")]),
    }
    assert [source.name for source in conversion.sources.values()] == ["inv_list", "other_list"]


def test_every_statement_stands_in_the_row_of_its_entity_with_where_it_stood():
    rows = [
        statement("inv-1", "name", "Ada Invented"),
        statement("inv-2", "name", "Ben Invented"),
        statement("inv-1", "gender", "female"),
    ]
    shaped = known_format("ftm_statements").reshape(grid(STATEMENTS, *rows))
    header, first, second = shaped.cells.rows()
    ada, ben = (dict(zip(header, row, strict=True)) for row in (first, second))
    assert (ada["(rows)"], ben["(rows)"]) == ("2, 4", "3")
    assert json.loads(ada["(statements)"]) == [rows[0], rows[2]]
    assert json.loads(ben["(statements)"]) == [rows[1]]
    assert shaped.notes == (
        GridNote(0, 0, "3 statements stand in 2 rows, one for each entity of a data set"),
    )


def test_the_tenth_value_and_further_ones_share_a_column():
    rows = [statement("inv-1", "alias", f"Ada {n}") for n in range(1, 13)]
    shaped = known_format("ftm_statements").reshape(grid(STATEMENTS, *rows))
    ada = dict(zip(*shaped.cells.rows(), strict=True))
    assert ada["Person.alias"] == "Ada 1"
    assert ada["Person.alias 9"] == "Ada 9"
    assert ada["Person.alias 10"] == "Ada 10; Ada 11; Ada 12"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@settings(max_examples=50)
@given(st.lists(st.lists(texts, min_size=14, max_size=14), min_size=1, max_size=8))
def test_no_cell_of_the_statements_is_lost(rows):
    shaped = known_format("ftm_statements").reshape(grid(STATEMENTS, *rows))
    header = shaped.cells.row(0)
    at, where = header.index("(statements)"), header.index("(rows)")
    found = {}
    for row in shaped.cells.rows(1):
        numbers = map(int, row[where].split(", "))
        found.update(zip(numbers, json.loads(row[at]), strict=True))
    assert found == dict(enumerate(rows, start=2))


def test_only_persons_of_the_entities_become_persons():
    header = ["id", "caption", "schema", "properties.name", "properties.birthDate", "datasets"]
    rows = [
        ["inv-1", "Ada", "Person", "Ada Invented", "1998-02-03", "inv_list"],
        ["inv-2", "Mill", "Company", "Mill Company", "", "inv_list"],
    ]
    conversion = read(header, *rows, named="ftm_entities")
    assert said(conversion) == {
        "inv-1": (
            "person",
            [("listed_id", "inv-1"), ("name", "Ada Invented"), ("birth_date", "1998-02-03")],
        )
    }
    assert conversion.account.unmapped == 3 + 5


def test_rows_set_apart_keep_their_cells_their_numbers_and_their_notes():
    header = ["id", "schema", "name", "aliases", "birth_date", "countries", "identifiers",
              "dataset"]  # fmt: skip
    person = ["inv-1", "Person", "Ada Invented", "", "1998", "xx", "", "list"]
    company = ["inv-2", "Company", "Mill", "", "", "xx", "", "list"]
    before = Grid(
        "list.csv", "", Cells.pack([header, company, person]), "utf-8",
        notes=(GridNote(2, 3, "mended"), GridNote(3, 3, "doubtful")),
    )  # fmt: skip
    after = known_format("opensanctions_simple").reshape(before)
    assert list(after.cells.rows()) == [
        [*header, *(f"apart:{name}" for name in header)],
        [*[""] * 8, *company],
        person,
    ]
    assert after.notes == (
        GridNote(2, 11, "mended"),
        GridNote(3, 3, "doubtful"),
        GridNote(0, 0, "1 rows are of another kind by column 'schema': kept as written"),
    )


def test_a_file_of_persons_only_is_left_alone():
    header = ["id", "schema", "name", "aliases", "birth_date", "countries", "identifiers",
              "dataset"]  # fmt: skip
    before = grid(header, ["inv-1", "Person", "Ada Invented", "A", "1998", "xx", "", "list"])
    assert known_format("opensanctions_simple").reshape(before) is before
    assert known_format("opensanctions_simple").reshapes
    assert not known_format("ucdp_ged").reshapes


def test_the_formats_of_huridocs():
    event = [
        "event_record_number", "event_title", "confidentiality", "initial_date", "final_date",
        "event_description",
    ]  # fmt: skip
    assert said(
        read(event, ["E1", "The mill", "n", "2031-02-03", "2031-02-05", "A raid."],
             named="huridocs_event")
    ) == {
        "E1": (
            "incident",
            [("title", "The mill"), ("note", "A raid."), ("date", "2031-02-03/2031-02-05")],
        )
    }  # fmt: skip
    person = [
        "Person Record Number", "Counting unit", "Name", "Other names", "Date of Birth", "Sex",
        "Deceased", "Number of persons in group",
    ]  # fmt: skip
    rows = [
        ["P1", "persons", "Ada Invented", "Adele", "1998-02-03", "Female", "y", ""],
        ["P2", "families", "people of the mill", "", "", "", "", "7"],
    ]
    assert said(read(person, *rows, named="huridocs_person")) == {
        "P1": (
            "person",
            [
                ("listed_id", "P1"),
                ("name", "Ada Invented"),
                ("name_other", "Adele"),
                ("birth_date", "1998-02-03"),
                ("sex", "female"),
            ],
        ),
        "~": (
            "group",
            [
                ("listed_id", "P2"),
                ("note", "people of the mill"),
                ("unit", "families"),
                ("best", "7"),
            ],
        ),
    }
    act = ["2101", "2102", "2103", "2109", "2111", "2112", "2114", "2118"]
    assert said(
        read(act, ["A1", "P1", "E1", "Torture", "2031-02-03", "at the mill", "beating", "33"],
             named="huridocs_act")
    ) == {
        "A1": (
            "person",
            [
                ("listed_id", "P1"),
                ("fate", "tortured"),
                ("place", "at the mill"),
                ("cause", "other_means"),
                ("age", "33"),
                ("date", "2031-02-03"),
            ],
        )
    }  # fmt: skip


def test_the_formats_of_bayanat():
    actor = [
        "", "id", "name", "name_ar", "nickname", "nickname_ar", "middle_name", "last_name",
        "last_name_ar", "mother_name", "mother_name_ar", "sex", "age", "civilian", "type",
        "related_bulletins.bulletin-1",
    ]  # fmt: skip
    rows = [
        ["0", "7", "Ada Invented", "آدا مخترعة", "", "", "", "Invented", "", "", "", "Female",
         "Minor", "Civilian", "Person", "3-The mill"],
        ["1", "8", "River Front", "", "", "", "", "", "", "", "", "", "", "", "Entity", ""],
    ]  # fmt: skip
    assert said(read(actor, *rows, named="bayanat_actors")) == {
        "7": (
            "person",
            [
                ("listed_id", "7"),
                ("name", "Ada Invented"),
                ("name_other", "آدا مخترعة"),
                ("family_name", "Invented"),
                ("sex", "female"),
                ("age_band", "child"),
                ("status", "civilian"),
            ],
        )
    }
    bulletin = [
        "", "id", "title", "title_ar", "origin_id", "source_link", "sjac_title", "sjac_title_ar",
        "description", "publish_date", "documentation_date", "locations.location-1",
    ]  # fmt: skip
    row = ["0", "3", "The mill", "", "", "https://example.org/3", "", "", "A film.", "2031-02-04",
           "2031-02-06", "9-Mill"]  # fmt: skip
    assert said(read(bulletin, row, named="bayanat_bulletins")) == {
        "3": (
            "incident",
            [
                ("title", "The mill"),
                ("note", "A film."),
                ("date_reported", "2031-02-04"),
                ("address", "https://example.org/3"),
                ("place", "9-Mill"),
            ],
        )
    }


def test_the_lists_of_police_killings():
    wapo = [
        "id", "name", "date", "manner_of_death", "armed", "age", "gender", "race", "city",
        "state", "signs_of_mental_illness", "threat_level", "flee", "body_camera", "longitude",
        "latitude", "is_geocoding_exact",
    ]  # fmt: skip
    row = ["3", "Ben Invented", "2031-02-03", "shot", "unarmed", "53", "M", "A", "Mill", "WA",
           "True", "attack", "Not fleeing", "False", "-20.25", "10.5", "True"]  # fmt: skip
    assert said(read(wapo, row, named="wapo_shootings")) == {
        "3": (
            "person",
            [
                ("listed_id", "3"),
                ("name", "Ben Invented"),
                ("date", "2031-02-03"),
                ("age", "53"),
                ("sex", "male"),
                ("latitude", "10.5"),
                ("longitude", "-20.25"),
                ("place", "Mill, WA"),
                ("fate", "killed"),
                ("cause", "small_arms"),
            ],
        )
    }
    mpv = [
        "Victim's name", "Victim's age", "Victim's gender", "Date of Incident (month/day/year)",
        "City", "State", "Cause of death", "WaPo ID (If included in WaPo database)", "MPV ID",
    ]  # fmt: skip
    row = ["Ben Invented", "53", "Male", "2/3/2031", "Mill", "WA", "Gunshot, Taser", "3", "9"]
    assert said(read(mpv, row, named="mapping_police_violence")) == {
        "9": (
            "person",
            [
                ("listed_id", "9"),
                ("name", "Ben Invented"),
                ("age", "53"),
                ("sex", "male"),
                ("date", "2031-02-03"),
                ("note", "Gunshot, Taser"),
                ("place", "Mill, WA"),
                ("fate", "killed"),
            ],
        )
    }


def test_data_sets_of_events_by_year_month_and_day():
    gtd = [
        "eventid", "iyear", "imonth", "iday", "country_txt", "provstate", "city", "latitude",
        "longitude", "specificity", "summary", "attacktype1_txt", "weaptype1_txt", "nkill",
        "nwound",
    ]  # fmt: skip
    row = ["203102030001", "2031", "2", "3", "Invented", "Mill province", "Mill", "10.5", "20.25",
           "1", "A raid.", "Armed Assault", "Firearms", "4", "9"]  # fmt: skip
    everywhere = [("date", "2031-02-03"), ("place", "Mill, Mill province"), ("unit", "persons"),
                  ("victim_class", "all"), ("source_kind", "dataset"),
                  ("said_by", "Global Terrorism Database")]  # fmt: skip
    assert said(read(gtd, row, named="gtd")) == {
        "203102030001": (
            "incident",
            [
                ("title", "Armed Assault"),
                ("note", "A raid."),
                ("place_precision", "settlement"),
                ("latitude", "10.5"),
                ("longitude", "20.25"),
                ("note", "Firearms"),
                ("best", "4"),
                ("date", "2031-02-03"),
                ("place", "Mill, Mill province"),
                ("unit", "persons"),
            ],
        ),
        "203102030001/killed": (
            "figure",
            [("best", "4"), *everywhere, ("fate", "killed"),
             ("counts_what", "killed, perpetrators included")],
        ),
        "203102030001/injured": (
            "figure",
            [("best", "9"), *everywhere, ("fate", "injured"),
             ("counts_what", "injured, perpetrators included")],
        ),
    }  # fmt: skip
