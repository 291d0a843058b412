"""Groups of unnamed people, from the list to the report."""

from __future__ import annotations

import csv

import pytest

from everyname.case import run

GROUPS = """\
no,who,text,number,least,most,unit,fate,date
F1,Survivors,a family of four at the ford,4,,,persons,killed,2031-02-03
F2,Survivors,villagers on the road,,30,40,persons,killed,2031-03
F3,Survivors,wounded in the clinic,9,,,persons,injured,2031-03
F4,Survivors,households burnt out,2,,,families,killed,2031-03
R1,Radio,villagers on the road,25,,,persons,killed,2031-03
"""
GROUPS_MAPPING = """
[source]
name = "Groups told of"
[records]
kind = "group"
key = "no"
[source_columns]
name = "who"
[columns.number]
field = "best"
[columns.least]
field = "low"
[columns.most]
field = "high"
[columns.unit]
field = "unit"
[columns.fate]
field = "fate"
[columns.date]
field = "date"
[columns.text]
field = "note"
"""
NAMED = """\
no,who,name,group
1,Survivors,Osha Temir,F1
2,Survivors,Ilan Temir,F1
3,Survivors,Bero Halan,F9
"""
NAMED_MAPPING = """
[source]
name = "Names told"
[records]
key = "no"
[source_columns]
name = "who"
[constants]
fate = "killed"
date = "2031-02-03"
[columns.name]
field = "name"
[columns.group]
field = "member_of"
"""


@pytest.fixture
def grouped_case(small_case, edit):
    """The small case, with groups of which two people are named."""
    for name, text in (("groups.csv", GROUPS), ("groups.toml", GROUPS_MAPPING),
                       ("named.csv", NAMED), ("named.toml", NAMED_MAPPING)):  # fmt: skip
        (small_case / "lists" / name).write_text(text, encoding="utf-8")
    edit("case.toml", 'clinic = ["clinic.csv"]', 'clinic = ["clinic.csv"]\ntold = ["groups.csv", '
         '"named.csv"]')  # fmt: skip
    (small_case / "hand" / "judgements.csv").write_text(
        "record_a,record_b,decision,reviewer,time,reason\n"
        "clinic/1,parish-book/b1,same,R,,\nclinic/3,parish-book/b2,same,R,,\n",
        encoding="utf-8",
    )
    return small_case


def table(case, name):
    with (case / "out" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report(case):
    return (case / "out" / "report" / "index.html").read_text(encoding="utf-8")


def test_groups_stand_beside_the_count_and_never_inside_it(grouped_case):
    summary = run(grouped_case).summary
    # Four persons of the two villages, and three who are named in the third list.
    assert (summary.count.low, summary.count.best, summary.count.high) == (7, 7, 7)
    groups = summary.groups
    assert [len(some) for some in (groups.groups, groups.included, groups.counted)] == [5, 4, 3]
    assert groups.named == 2
    # Survivors: 4 and 30 to 40; the radio: 25. Of the four, two are named.
    assert (groups.stated.words, groups.remaining.words) == (
        "34 to 69, best 34", "32 to 67, best 32",
    )  # fmt: skip
    text = report(grouped_case)
    for words in (
        "Beside the count, and not in it, sources speak of 3 groups of unnamed people in scope;",
        "; left unnamed are 32 to 67, best 32.",
        "<dt>Group records</dt><dd>5, of which 1 out of scope</dd>",
        "<dt>Named among them</dt><dd>2 persons, whom the count has one by one</dd>",
        "<dt>Documented incl. unnamed groups</dt><dd>39 to 74, best 39; the count alone is 7 ",
        "low and best are those of the source in which they are largest",
        "2 persons of it are named, 2 left unnamed.",
        "Out of scope.",
    ):
        assert words in text, words


def test_the_team_has_every_group_and_every_member_without_one(grouped_case):
    run(grouped_case)
    rows = table(grouped_case, "groups.csv")
    shown = [(r["reference"], r["in scope"], r["stated"], r["unit"], r["named"], r["unnamed"],
              r["note"]) for r in rows]  # fmt: skip
    assert shown == [
        ("survivors/groups-told-of:F1", "yes", "4", "persons", "2", "2", ""),
        ("survivors/groups-told-of:F2", "yes", "30 to 40", "persons", "0", "30 to 40, best 30", ""),
        ("survivors/groups-told-of:F3", "no", "9", "persons", "0", "9", ""),
        ("survivors/groups-told-of:F4", "yes", "2", "families", "0", "not known", ""),
        ("radio/groups-told-of:R1", "yes", "25", "persons", "0", "25", ""),
        ("survivors/names-told:3", "", "", "", "", "",
         "member of 'F9': its source has no group of this number"),
    ]  # fmt: skip
    people = {row["reference"]: row["person"] for row in table(grouped_case, "records.csv")}
    expected = sorted(people[f"survivors/names-told:{n}"] for n in (1, 2))
    assert rows[0]["members"].split("; ") == expected


def test_a_member_who_is_withdrawn_is_no_longer_taken_out(grouped_case):
    (grouped_case / "hand" / "withdrawals.csv").write_text(
        "record,reviewer,time,reason\nsurvivors/names-told:1,R,,\n", encoding="utf-8"
    )
    groups = run(grouped_case).summary.groups
    assert (groups.named, groups.remaining.low) == (1, 33)


def test_groups_of_victims_of_sexual_violence_are_not_numbered_in_public(grouped_case, edit):
    edit("lists/groups.csv", "persons,injured", "persons,sexual_violence")
    edit("case.toml", 'fates = ["killed"]', "fates = []")
    summary = run(grouped_case).summary
    assert summary.groups.protected
    text = report(grouped_case)
    assert "Beside the count" not in text
    assert "are named" not in text
    assert "incl. unnamed groups" not in text


def test_a_case_of_groups_alone_counts_nobody(grouped_case, edit):
    edit("case.toml", 'clinic = ["clinic.csv"]', "")
    edit("case.toml", 'parish = ["parish.csv"]', "")
    edit("case.toml", ', "named.csv"', "")
    (grouped_case / "hand" / "judgements.csv").unlink()
    summary = run(grouped_case).summary
    assert summary.count is None
    assert (summary.groups.remaining.words, summary.groups.named) == ("34 to 69, best 34", 0)
    assert "<dt>Left unnamed</dt><dd>34 to 69, best 34</dd>" in report(grouped_case)
    assert "Documented incl. unnamed groups" not in report(grouped_case)
