"""``hand/places.csv``, from the file to the report."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from everyname.case import CaseFolder, run, verify
from everyname.case.counts_stage import CountsOfCase
from everyname.case.places_file import read_places
from everyname.errors import CaseError
from everyname.vocabulary.gazetteer_place import GazetteerPlace

HEADER = "name,other names,precision,latitude,longitude,within,note\n"
PLACES = HEADER + (
    "Northern district,,district,,,,\n"
    'Tarn,"Тарн; Tarın ;",village,39.9,46.75,Northern district,the mill by the lake\n'
    "Ford,,,,,,\n"
)


def write(case, text):
    (case / "hand" / "places.csv").write_text(text, encoding="utf-8")


@pytest.fixture
def placed_case(small_case, edit):
    """The small case, whose clinic writes a place in Latin and in Cyrillic letters."""
    edit("lists/clinic.csv", "Age,Date", "Age,Date,Place")
    for day, place in (("F,31,2031-02-03", "Тарн"), ("M,34,2031-02-03", "TARIN"),
                       ("M,9,2031-02-04", "Old Mill, Tarn")):  # fmt: skip
        edit("lists/clinic.csv", day, f'{day},"{place}"')
    edit("lists/clinic.toml", "[columns.Age]", '[columns.Place]\nfield = "place"\n[columns.Age]')
    edit("lists/parish.csv", "born;died", "born;died;where")
    edit("lists/parish.csv", "2031-03-01", "2031-03-01;Weir")
    edit("lists/parish.toml", "[columns.born]", '[columns.where]\nfield = "place"\n[columns.born]')
    edit("case.toml", 'by = ["sex"]', 'by = ["place"]\n[[breakdowns]]\nby = ["district"]')
    edit("case.toml", '"date"]', '"date", "place", "district"]')
    (small_case / "hand" / "judgements.csv").write_text(
        "record_a,record_b,decision,reviewer,time,reason\n"
        "clinic/1,parish-book/b1,same,R,,\nclinic/3,parish-book/b2,same,R,,\n",
        encoding="utf-8",
    )
    return small_case


def breakdowns(case):
    counted = CountsOfCase(CaseFolder(case), CaseFolder(case).file()).result()
    return [{row.where[0][1]: row.best for row in by.rows if row.best} for by in counted.breakdowns]


def unplaced(case):
    with (case / "out" / "places.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def report(case):
    return (case / "out" / "report" / "index.html").read_text(encoding="utf-8")


NOT_LISTED = "it is not in the gazetteer"


def test_places_are_read(tmp_path):
    path = tmp_path / "places.csv"
    assert len(read_places(path)) == 0
    path.write_text(PLACES, encoding="utf-8-sig")
    assert read_places(path).places == (
        GazetteerPlace("Northern district", "district"),
        GazetteerPlace("Tarn", "settlement", 39.9, 46.75, "Northern district", ("Тарн", "Tarın")),
        GazetteerPlace("Ford"),
    )


def test_the_example_in_the_documentation_is_read(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "case.md").read_text(encoding="utf-8")
    (example,) = re.findall(rf"```\n({HEADER}.*?)```", text, re.DOTALL)
    path = tmp_path / "places.csv"
    path.write_text(example, encoding="utf-8")
    gazetteer = read_places(path)
    school = gazetteer.find("Old school")
    assert [gazetteer.label(place) for place in gazetteer.chain(school)] == [
        "Alder Mill, Northern district", "Northern district",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,precision\nTarn,district\n", "the column 'other names' is missing"),
        (PLACES.replace("within", "whithin"), "there is no column 'whithin'. Use name,other"),
        (HEADER + ",Tarn,,,,,\n", "row 2, column 'name': there is no name"),
        (HEADER + "Ford,,,,,,\nTarn,,hamlets,,,,\n", "places.csv, row 3, column 'precision'"),
        (HEADER + "Tarn,,,thirty,,,\n", "row 2, column 'latitude': this is not understood"),
        (HEADER + "Tarn,,,99,46,,\n", "row 2, column 'latitude': this is not understood"),
        (HEADER + "Tarn,,,39,,,\n", "row 2, column 'longitude': there is no longitude"),
        (HEADER + "Tarn,,,,,North,\n", "row 2, column 'within': there is no place 'North'"),
        (HEADER + "Tarn,?,,,,,\n", "row 2, column 'other names': a name has no letter"),
        (HEADER + "Tarn,,,,,,\ntarn,,,,,,\n", "row 3, column 'name': 'tarn' is listed twice"),
        (HEADER + "A1,,,,,B1,\nB1,,,,,A1,\n", "places lie within each other: A1 within B1 within"),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_column(tmp_path, text, said):
    path = tmp_path / "places.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_places(path)
    assert said in str(caught.value)


def test_without_the_file_places_stand_as_written_and_are_listed_for_the_team(placed_case):
    result = run(placed_case)
    assert breakdowns(placed_case)[0] == {
        "Old Mill, Tarn": 1, "TARIN": 1, "Weir": 1, "Тарн": 1,
    }  # fmt: skip
    assert unplaced(placed_case) == [
        ("Old Mill, Tarn", "1", "", NOT_LISTED),
        ("TARIN", "1", "", NOT_LISTED),
        ("Weir", "1", "", NOT_LISTED),
        ("Тарн", "1", "", NOT_LISTED),
    ]
    assert result.summary.placing.places == 0
    assert "gazetteer" not in report(placed_case)


def test_spellings_count_together_and_the_records_stay_as_they_are(placed_case):
    run(placed_case)
    write(placed_case, PLACES)
    second = run(placed_case)
    assert dict(second.stages) == {
        "intake clinic.csv": "unchanged", "intake parish.csv": "unchanged", "linkage": "unchanged",
        "counts": "done", "estimate": "unchanged", "check": "unchanged", "publish": "done",
    }  # fmt: skip
    assert breakdowns(placed_case) == [
        {"Tarn": 3, "Weir": 1},
        {"Northern district": 3, "unknown": 1},
    ]
    assert unplaced(placed_case) == [
        ("Old Mill, Tarn", "1", "Tarn", "not in the gazetteer: Old Mill"),
        ("Weir", "1", "", NOT_LISTED),
    ]
    assert (
        "which lists 3 places: what sources write in several spellings and scripts is counted "
        "together. 1 spelling in 1 record is not in it, and counted as written."
    ) in report(placed_case)
    assert set(dict(run(placed_case).stages).values()) == {"unchanged"}
    assert verify(placed_case)[1] == ()


def test_a_claim_on_a_place_in_another_spelling_is_compared(placed_case, edit):
    write(placed_case, PLACES)
    edit("case.toml", "best = 3", 'best = 3\nplace = "Tarın"')
    run(placed_case)
    counted = CountsOfCase(CaseFolder(placed_case), CaseFolder(placed_case).file()).result()
    count = counted.claim_counts["mayor"]
    assert (dict(count.where)["place"], count.best) == ("Tarın", 3)
    edit("case.toml", 'date = "2031"', 'date = "2031"\nplaces = ["Тарн"]')
    run(placed_case)
    counted = CountsOfCase(CaseFolder(placed_case), CaseFolder(placed_case).file()).result()
    # The claim's place is the case's own, so all of the case are meant.
    assert "place" not in dict(counted.claim_counts["mayor"].where)
